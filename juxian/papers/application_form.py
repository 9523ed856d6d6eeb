"""The application form (《专家情况登记表》): any pack's sections, then opinions and proofs."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from juxian.papers import layout, render
from juxian.papers.answers import (
    NOTHING,
    Said,
    asked_in,
    asked_in_row,
    in_cell,
    paragraphs,
    rows_in,
)
from juxian.papers.portrait import portrait
from juxian.papers.sheet import Block, FormSheet, Grid, Opinion, Part, Passage, Row, Rows, Stamp
from juxian.regulation.calendar import in_words
from juxian.regulation.form import Field, FieldKind, Form, Section
from juxian.regulation.words import Kind
from juxian.selectors.paper_inputs import EvidenceFact, FormInput, OpinionFact
from juxian.selectors.windows import CountedSince

TEMPLATE = "application_form"
SHORT_TEXT = 76  # characters of a long text that a grid cell still takes
LONG_DETAIL = 700  # characters below a row; a longer one may break over pages
CENTRED = (
    FieldKind.BOOLEAN,
    FieldKind.CHOICE,
    FieldKind.DATE,
    FieldKind.INTEGER,
    FieldKind.MONEY,
    FieldKind.YEAR,
    FieldKind.YEAR_MONTH,
)
CHAIR = "组长签字"
OFFICER = "负责人签字"
PROMISE = "本表由本人填报，内容真实、准确，与网上提交的电子数据一致；所附材料与原件一致。"


def application_form(given: FormInput) -> bytes:
    """All copies in one PDF, each page marked with its copy and number (通知五（一）)."""
    return render.render(TEMPLATE, sheet_of(given))


def sheet_of(given: FormInput) -> FormSheet:
    stamp = Stamp(
        title=given.title,
        number=given.number,
        turn=given.turn,
        digest=given.digest,
        copies=given.copies,
        author=given.issuer,
        dated=given.dated,
    )
    parts = [_part(given, section) for section in given.form.sections]
    parts.append(_opinions(given, len(parts) + 1))
    if given.evidence:
        parts.append(_evidence(given, len(parts) + 1))
    return FormSheet(
        stamp=stamp,
        subtitle=f"（{given.programme}）",
        cover=(
            ("姓　　名", given.name or NOTHING),
            ("工作单位", given.employer or NOTHING),
            ("推荐单位", given.nominator or NOTHING),
            ("申报类别", given.track),
        ),
        filled_on="草稿" if stamp.is_draft else f"填表日期：{in_words(given.dated.date())}",
        parts=tuple(parts),
    )


def _part(given: FormInput, section: Section) -> Part:
    said = list(asked_in(section, given.answers))
    tables = [one for one in said if one.field.kind is FieldKind.ROWS]
    empty = [one.field.caption for one in tables if not rows_in(one.value)]
    alone = len(tables) == 1 and len(said) == 1
    blocks: list[Block] = []
    pairs: list[tuple[str, str]] = []
    photo = _photo(given, said)
    for one in said:
        block = _block(given, section, one, alone=alone)
        if block is None:
            pairs += [_pair(given.form, one)] if _is_in_grid(one) else []
            continue
        blocks += _grid(pairs, photo if not blocks else None)
        pairs = []
        blocks.append(block)
    if empty:
        pairs.append(("未填写", "；".join(empty)))
    blocks += _grid(pairs, photo if not blocks else None)
    starred = any(row.star for block in blocks if isinstance(block, Rows) for row in block.rows)
    note = _note(given.counted) if starred else ""
    return Part(section.number, section.title, tuple(blocks), note)


def _photo(given: FormInput, said: Sequence[Said]) -> str | None:
    if all(one.field.kind is not FieldKind.PHOTO for one in said):
        return None
    return portrait(given.photo) if given.photo else ""


def _grid(pairs: Sequence[tuple[str, str]], photo: str | None) -> list[Block]:
    if not pairs and photo is None:
        return []
    return [Grid(layout.pack(pairs, photo=photo is not None), photo)]


def _is_in_grid(one: Said) -> bool:
    return one.field.kind not in (FieldKind.ROWS, FieldKind.PHOTO)


def _pair(form: Form, one: Said) -> tuple[str, str]:
    """A promise is printed whole; other questions by their caption."""
    label = one.field.label if one.field.affirm else one.field.caption
    return label, in_cell(form, one) or NOTHING


def _block(given: FormInput, section: Section, one: Said, *, alone: bool) -> Block | None:
    """A block of its own for a long text or a table with rows; None for what goes into a grid."""
    field = one.field
    if field.kind is FieldKind.LONG_TEXT:
        text = paragraphs(str(one.value or ""))
        is_long = layout.width("".join(text)) > SHORT_TEXT
        return Passage(field.caption, text) if is_long else None
    rows = rows_in(one.value) if field.kind is FieldKind.ROWS else []
    if not rows:
        return None
    path = f"{section.code}.{field.code}"
    rules = [rule for rule in given.counted if path in rule.tables]
    caption = "" if alone or field.caption == section.title else field.caption
    return _rows(given, field, rows, rules, caption)


def _rows(
    given: FormInput,
    table: Field,
    rows: Sequence[Mapping[str, Any]],
    rules: Sequence[CountedSince],
    caption: str,
) -> Rows:
    form, columns = given.form, table.columns
    words = [
        {one.field.code: in_cell(form, one) for one in asked_in_row(columns, row, given.answers)}
        for row in rows
    ]
    used = [
        column
        for column in columns
        if (column.required and column.shown_when is None)
        or any(said.get(column.code) for said in words)
    ]
    measured = [
        layout.Measured(
            label=column.caption,
            values=[said.get(column.code, "") for said in words],
            centred=column.kind in CENTRED,
            below=column.kind is FieldKind.LONG_TEXT,
        )
        for column in used
    ]
    kept, widths = layout.place(measured)
    side = [used[n] for n in kept]
    below = [column for n, column in enumerate(used) if n not in kept]
    return Rows(
        caption,
        widths,
        tuple(
            _row(said, side, below, star=any(rule.counts(row) for rule in rules))
            for said, row in zip(words, rows, strict=True)
        ),
    )


def _row(
    said: Mapping[str, str], side: Sequence[Field], below: Sequence[Field], *, star: bool
) -> Row:
    detail = tuple(
        (column.caption, paragraphs(said[column.code])) for column in below if said.get(column.code)
    )
    size = sum(len(line) for _label, lines in detail for line in lines)
    cells = tuple(said.get(column.code) or NOTHING for column in side)
    return Row(cells, detail, star=star, breakable=size > LONG_DETAIL)


def _note(counted: Sequence[CountedSince]) -> str:
    said = "；".join(dict.fromkeys(rule.in_words for rule in counted))
    return f"★ 为{said}取得，计入近年业绩。"


def _opinions(given: FormInput, number: int) -> Part:
    boxes = [Opinion("申报人签名", (PROMISE,), signer="申报人签名", sealed=False)]
    boxes += [_opinion(fact) for fact in given.opinions]
    return Part(numeral(number), "各级意见", tuple(boxes))


def _opinion(fact: OpinionFact) -> Opinion:
    """What was recorded; confidential words are left for the body itself to write by hand."""
    signer = CHAIR if fact.kind is Kind.REVIEW else OFFICER
    if fact.done_on is None or fact.confidential:
        return Opinion(fact.title, signer=signer)
    record = "　".join(filter(None, (fact.office, fact.by, in_words(fact.done_on))))
    return Opinion(fact.title, fact.words, f"系统办理记录：{record}", signer)


def _evidence(given: FormInput, number: int) -> Part:
    """The contents of the annex, pages counted through it (通知五（一）)."""
    return annex_part(given, numeral(number))


def annex_part(given: FormInput, number: str = "") -> Part:
    """What proves the form, page by page as it is bound; without a number it stands alone."""
    lines = list(_evidence_lines(given))
    measured = [
        layout.Measured("材料类别", [line[0] for line in lines]),
        layout.Measured("名称", [line[1] for line in lines]),
        layout.Measured("证明内容", [line[2] for line in lines]),
        layout.Measured("页数", [line[3] for line in lines], centred=True),
        layout.Measured("起止页", [line[4] for line in lines], centred=True),
    ]
    _kept, columns = layout.place(measured)
    rows = Rows("", columns, tuple(Row(line) for line in lines))
    pages = sum(one.pages for one in given.evidence)
    note = f"共{len(lines)}份、{pages}页，按下列次序装订。"
    return Part(number, "附件目录" if number else "", (rows,), note)


def _evidence_lines(given: FormInput) -> Iterator[tuple[str, ...]]:
    page = 1
    for one in given.evidence:
        last = page + one.pages - 1
        span = str(page) if last == page else f"{page}—{last}"
        claim = _claim(given, one) or NOTHING
        yield one.material, one.title, claim, str(one.pages), span
        page = last + 1


def _claim(given: FormInput, one: EvidenceFact) -> str:
    """获奖第2条, for a claim that names a row; the section's title for a wider one."""
    section_code, _, rest = one.claim.partition(".")
    field_code, _, row_id = rest.partition(".")
    section = next((s for s in given.form.sections if s.code == section_code), None)
    if section is None:
        return ""
    field = next((f for f in section.fields if f.code == field_code), None)
    if field is None:
        return section.title
    rows = rows_in(given.answers.get(section_code, {}).get(field_code))
    for number, row in enumerate(rows, start=1):
        if row.get("id") == row_id:
            return f"{field.caption}第{number}条"
    return field.caption


def numeral(number: int) -> str:
    """一 to 九十九."""
    digits = "〇一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[ones] if ones or not tens else "")
