"""One applicant's planted error, made through the same actions as a true one, and what came of it.

What a rule refuses is mended at once. What no rule sees goes on, for an officer to find.
"""

from collections.abc import Callable
from dataclasses import dataclass

from juxian.actions.application import save_section, withdraw
from juxian.actions.evidence import attach, detach, set_photo
from juxian.actions.submission import submit
from juxian.jobs.rehearsal import scans
from juxian.jobs.rehearsal.filling import Filler
from juxian.jobs.rehearsal.lives import options
from juxian.jobs.rehearsal.slips import IN_FORM, Slip
from juxian.jobs.rehearsal.spoiling import broken_by, slip_up
from juxian.jobs.rehearsal.stage import Broken, Flaw, Stage
from juxian.records.models import Application, Evidence, Person, Section
from juxian.regulation.eligibility import Condition, Severity
from juxian.regulation.form import FieldKind
from juxian.regulation.words import Standing
from juxian.selectors.application import answers_in, photo_of, sections_of
from juxian.selectors.evidence import content_of

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Desk:
    """An applicant at a draft that wants nothing but the signature."""

    application: Application
    filler: Filler
    person: Person


Maker = Callable[[Stage, Desk, Slip], None]


def blunder(stage: Stage, desk: Desk, slip: Slip | None, *, again: Callable[[], Desk]) -> bool:
    """Make the slip; whether the applicant goes on and submits afterwards."""
    if slip is None:
        return True
    if slip in GIVE_UP:
        return _out_of_scope(stage, desk, slip)
    if slip is Slip.TWICE:
        _twice(stage, desk, again)
        return False
    _makers()[slip](stage, desk, slip)
    _check_draft(desk)
    return True


def _makers() -> dict[Slip, Maker]:
    return {
        **dict.fromkeys(IN_FORM, _in_form),
        **dict.fromkeys(BAD_FILES, _bad_file),
        **dict.fromkeys(ODD_SCANS, _odd_scan),
        Slip.UNDECLARED: _undeclared,
        Slip.WRONG_SIGNATURE: _missigned,
        Slip.OVERLAP: _overlap,
        Slip.GPS: _placed_photo,
        Slip.UNCLEAR: _unclear,
    }


ON_REGISTER = "register_is_clear"
GIVE_UP = (Slip.EXCLUDED, Slip.OUTSIDER, Slip.ON_REGISTER)
BAD_FILES: dict[Slip, Callable[[str, str], bytes]] = {
    Slip.LOCKED_FILE: scans.locked_pdf,
    Slip.EMPTY_FILE: lambda _title, _name: b"",
    Slip.BROKEN_FILE: scans.broken_pdf,
}
ODD_SCANS: dict[Slip, tuple[Callable[[str, str], bytes], str]] = {
    Slip.CLASSIFIED: (scans.classified_pdf, "扫描件上有密级标志，请换成经过脱密处理的材料。"),
    Slip.ROTATED: (scans.rotated_scan, "扫描件是横倒的，请转正后重新上传。"),
    Slip.SHARED_SCAN: (scans.plain_scan, "扫描件上不是本人的姓名，请上传本人的证书。"),
}


def _check_draft(desk: Desk) -> None:
    application = desk.application
    application.refresh_from_db()
    if application.standing != Standing.OPEN or application.submitted_at is not None:
        raise Broken(f"{application.number} 被拒绝后状态变了")


def _sign(desk: Desk, name: str = "", *, declared: bool = True) -> None:
    signed = name or desk.filler.who.name
    submit(desk.application.pk, by=desk.person, signed_name=signed, declared=declared)


def _undeclared(stage: Stage, desk: Desk, slip: Slip) -> None:
    with stage.refused(slip):
        _sign(desk, declared=False)


def _missigned(stage: Stage, desk: Desk, slip: Slip) -> None:
    with stage.refused(slip):
        _sign(desk, "某某")


def _bad_file(stage: Stage, desk: Desk, slip: Slip) -> None:
    with stage.refused(slip):
        _attach(desk, _material(desk), BAD_FILES[slip](slip, desk.filler.who.name))


def _in_form(stage: Stage, desk: Desk, slip: Slip) -> None:
    found = _spoilt(desk, slip)
    if found is None:
        return
    condition, section, bad = found
    _save(desk, section, bad)
    with stage.refused(slip, condition.says):
        _sign(desk)
    _save(desk, section, desk.filler.answers[section])


def _spoilt(desk: Desk, slip: Slip) -> tuple[Condition, str, Values] | None:
    """A condition that the slip breaks, the section and its answers with the error in them."""
    filler = desk.filler
    good = {code: _copy(values) for code, values in filler.answers.items()}
    choices = broken_by(filler, slip)
    filler.dice.shuffle(choices)
    for condition in choices:
        section = slip_up(filler, slip, condition)
        bad, filler.answers = filler.answers, {code: _copy(v) for code, v in good.items()}
        if section:
            return condition, section, bad[section]
    return None


def _save(desk: Desk, section: str, values: Values) -> None:
    row = Section.objects.get(application=desk.application, code=section)
    kept = {**values}
    for asked in desk.filler.form.section(section).fields:
        if asked.kind is FieldKind.PHOTO:
            kept.pop(asked.code, None)
    save_section(desk.application.pk, section, kept, by=desk.person, version=row.version)


def _copy(values: Values) -> Values:
    return {
        key: [dict(row) if isinstance(row, dict) else row for row in value]
        if isinstance(value, list)
        else value
        for key, value in values.items()
    }


def _out_of_scope(stage: Stage, desk: Desk, slip: Slip) -> bool:
    """Refused, and there is nothing to mend: the draft is taken back."""
    wanted = ""
    if slip is Slip.EXCLUDED:
        found = _spoilt(desk, slip)
        if found is None:
            return True
        wanted = found[0].says
        _save(desk, found[1], found[2])
    elif slip is Slip.ON_REGISTER:
        wanted = next(c.says for c in desk.filler.pack.conditions if c.check == ON_REGISTER)
    with stage.refused(slip, wanted):
        _sign(desk)
    withdraw(desk.application.pk, by=desk.person, reason="不符合申报范围")
    stage.figures["不在范围而撤回"] += 1
    return False


def _unclear(stage: Stage, desk: Desk, slip: Slip) -> None:
    """An answer on which no rule can decide, so an office must."""
    filler = desk.filler
    choices = [
        condition
        for condition in filler.pack.conditions
        if condition.severity is Severity.HARD
        and condition.given.get("unclear")
        and condition.unless is None
        and (not condition.tracks or filler.track in condition.tracks)
        and "field" in condition.given
        and set(condition.given["unclear"]) & set(options(filler.form, condition.given["field"]))
    ]
    if not choices:
        return
    condition = filler.dice.choice(choices)
    section, _dot, code = condition.given["field"].partition(".")
    allowed = options(filler.form, condition.given["field"])
    filler.answers[section][code] = next(v for v in condition.given["unclear"] if v in allowed)
    filler.fill_gaps()
    _save(desk, section, filler.answers[section])
    stage.ledger.plant(slip)
    stage.doubtful[desk.application.pk] = condition.code


def _twice(stage: Stage, desk: Desk, again: Callable[[], Desk]) -> None:
    """The first application goes on; the second is refused and taken back."""
    _sign(desk)
    first = stage.pack.procedure.first.code
    stage.passed[first] += 1
    stage.figures[f"类别 {stage.pack.track(desk.filler.track).title}"] += 1
    second = again()
    with stage.refused(Slip.TWICE):
        _sign(second)
    _check_draft(second)
    withdraw(second.application.pk, by=second.person, reason="重复申报")


def _material(desk: Desk) -> str:
    """A kind of material that this applicant gave."""
    given = Evidence.objects.filter(application=desk.application).order_by("pk")
    return given.values_list("material", flat=True)[desk.filler.dice.randrange(given.count())]


def _attach(desk: Desk, material: str, content: bytes) -> Evidence:
    title = desk.filler.pack.material(material).title
    return attach(
        desk.application.pk, by=desk.person, material=material, title=title, content=content
    )


def _odd_scan(stage: Stage, desk: Desk, slip: Slip) -> None:
    """A scan that opens, so that no rule can refuse it."""
    draw, words = ODD_SCANS[slip]
    material = _material(desk)
    title, name = desk.filler.pack.material(material).title, desk.filler.who.name
    theirs = "无名氏" if slip is not Slip.SHARED_SCAN else stage.scanned.get(material, "")
    stage.scanned.setdefault(material, name)
    if not theirs:
        return
    good = Evidence.objects.filter(application=desk.application, material=material).latest("pk")
    detach(good.pk, by=desk.person)
    bad = _attach(desk, material, draw(title, theirs if slip is Slip.SHARED_SCAN else name))
    stage.ledger.plant(slip)

    def mend(_application: Application) -> None:
        detach(bad.pk, by=desk.person)
        _attach(desk, material, stage.scan(title, f"{name}（更换）"))

    stage.flaws[desk.application.pk] = Flaw(slip, f"evidence.{material}", title, words, mend)


def _overlap(stage: Stage, desk: Desk, slip: Slip) -> None:
    """A hint: it keeps nobody from submitting, and an officer asks for it to be mended."""
    found = _spoilt(desk, slip)
    if found is None:
        return
    condition, section, bad = found
    _save(desk, section, bad)
    stage.ledger.plant(slip)
    good = desk.filler.answers[section]
    path = condition.given["rows"]
    label = desk.filler.form.section(section).field(path.partition(".")[2]).label

    def mend(_application: Application) -> None:
        _save(desk, section, good)

    words = f"{condition.says}，请核对后修改。"
    stage.flaws[desk.application.pk] = Flaw(Slip.OVERLAP, path, label, words, mend, condition.code)


def _placed_photo(stage: Stage, desk: Desk, slip: Slip) -> None:
    """A photograph that says where it was taken; found when what is kept no longer says it."""
    for section in desk.filler.form.sections:
        for asked in section.fields:
            if asked.kind is FieldKind.PHOTO:
                row = Section.objects.get(application=desk.application, code=section.code)
                set_photo(
                    desk.application.pk,
                    section.code,
                    asked.code,
                    by=desk.person,
                    version=row.version,
                    content=scans.placed_portrait(desk.filler.who.name),
                )
                stage.ledger.plant(slip)
                kept = photo_of(desk.application, answers_in(sections_of(desk.application)))
                if kept is not None and not scans.says_place(content_of(kept)):
                    stage.ledger.find(slip, "保存的照片不带拍摄位置")
