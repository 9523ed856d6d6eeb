"""An applicant at the form: fills every section as its page asks, rows and photograph included."""

from collections.abc import Mapping
from typing import Any

from playwright.sync_api import Locator, expect

from juxian.regulation.fields import Field, FieldKind, Form, Section
from tests.house.world import another_pdf, photograph
from tests.journeys.visitor import Visitor, pick

Values = Mapping[str, Any]


def fill_form(who: Visitor, form: Form, answers: Mapping[str, Values]) -> None:
    """From the page of the first section to the last, each by the button that leads on."""
    for section in form.sections:
        fill_section(who, section, answers[section.code])
        who.picture(f"{section.number}-{section.title}")
        button = who.page.locator('main button[name="go"][value="next"]')
        button.click()
        who.is_told("已保存")


def fill_section(who: Visitor, section: Section, values: Values) -> None:
    """What the page of the section asks; a row is saved before the next one is begun."""
    expect(who.page.locator("main h1")).to_contain_text(section.title)
    fill_fields(who, section.fields, values)
    for field in section.fields:
        if field.kind is FieldKind.ROWS:
            for row in values.get(field.code, ()):
                add_row(who, field, row)


def add_row(who: Visitor, table: Field, row: Values) -> None:
    """By the table's button: the one for this row where the page offers one for each."""
    sheet = who.page.locator(f"#t-{table.code}")
    key = table.columns[0].code
    wanted = sheet.locator(f'button[value="{table.code}/new?{key}={row.get(key)}"]')
    plain = sheet.locator(f'button[value="{table.code}/new"]')
    count = sheet.locator(".row-card").count()
    (wanted if wanted.count() else plain).click()
    heading = who.page.get_by_role("heading", name=f"添加{table.label}", exact=True)
    expect(heading).to_be_visible()
    form = who.page.locator("form", has=heading).last  # on the page of its own, or in its place
    fill_fields(who, table.columns, row, within=form)
    who.press("保存这一条")
    who.is_told("已保存")
    expect(sheet.locator(".row-card")).to_have_count(count + 1)


def fill_fields(
    who: Visitor, fields: tuple[Field, ...], values: Values, *, within: Locator | None = None
) -> None:
    """Every field with an answer; one that follows another is left for the system to bring out."""
    form = within or who.page.locator("main")
    for field in fields:
        control = form.locator(f'[name="{field.code}"]')
        if field.kind is FieldKind.PHOTO:
            portrait = {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
            control.set_input_files(portrait)
        elif field.code in values and field.kind is not FieldKind.ROWS and not field.follows:
            answer(control, values[field.code])


def answer(control: Locator, value: Any) -> None:
    """By the control that the page has for the field, in the way a person would."""
    sort = control.first.evaluate("one => one.type")
    said = str(value).lower() if isinstance(value, bool) else str(value)
    if isinstance(value, list):
        for place, one in enumerate(value):
            if sort == "checkbox":
                control.and_(control.page.locator(f'[value="{one}"]')).check()
            else:
                pick(control.nth(place), str(one))
    elif sort == "radio":
        control.and_(control.page.locator(f'[value="{said}"]')).check()
    elif sort == "checkbox":
        control.set_checked(value)
    elif sort == "select-one":
        pick(control, said)
    else:
        control.fill(said)
        control.blur()


def upload(who: Visitor, material: str, name: str, claim: str = "") -> None:
    """One PDF for a material of the evidence page; no two files are the same."""
    slot = who.page.locator(f"#m-{material}")
    if not slot.locator(f"#u-{material}").is_visible():
        slot.locator(".in summary").click()
    content = another_pdf(name)
    file = {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": content}
    slot.locator(f"#u-{material}").set_input_files(file)
    if claim:
        slot.locator('select[name="claim"]').select_option(label=claim)
    who.press("上传", within=slot)
    expect(slot.get_by_role("link", name=name, exact=True)).to_be_visible()
