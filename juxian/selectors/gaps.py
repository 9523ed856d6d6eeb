"""What keeps a form from being submitted: each gap with the place where it is mended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from juxian.records.models import Application, CorrectionItem, Evidence
from juxian.records.packs import pack_of
from juxian.regulation.answers import Reading
from juxian.regulation.eligibility import Facts, Finding, Verdict, find
from juxian.regulation.precheck import Outcome, mended_at, outcome_of, place_called
from juxian.regulation.support import Bare
from juxian.regulation.words import Standing
from juxian.selectors.application import bare_claims_of, unproved
from juxian.selectors.correction import EVIDENCE, open_correction, unanswered
from juxian.selectors.openings import seatless

Gap = tuple[str, str]
"""A path of the form, "evidence.<material>" or "returned.<item>", and what is wrong there."""

PLENTY = 10**6  # files
RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Block:
    """One thing that keeps the form from being submitted; `finding` is the rule's that says so.

    `says` is whole, `brief` what is left of it beside the rule's own words.
    """

    path: str
    says: str
    brief: str = ""
    finding: Finding | None = None
    is_for_want_of_seats: bool = False


def gaps_of(
    application: Application,
    reading: Reading,
    facts: Facts,
    findings: Sequence[Finding],
    files: Sequence[Evidence],
) -> tuple[Gap, ...]:
    """Everything that submitting is refused for, in the order of the form; evidence comes last."""
    blocks = blocks_of(application, reading, facts, findings, files)
    return tuple((block.path, block.says) for block in blocks)


def blocks_of(
    application: Application,
    reading: Reading,
    facts: Facts,
    findings: Sequence[Finding],
    files: Sequence[Evidence],
    left: Sequence[CorrectionItem] | None = None,
) -> tuple[Block, ...]:
    """The gaps with the rules behind them; `left` of a return, where that is known already.

    Whether the same person has applied elsewhere is only told when nothing else is left to mend.
    """
    missing = [
        Block(f"{fault.section}.{fault.path}", f"{fault.label}：{fault.message}")
        for fault in reading.missing()
    ]
    wanted = missing_in(reading)
    outcomes = [(f, outcome_of(f, facts, reading.form, wanted)) for f in findings]
    musts = [finding for finding, outcome in outcomes if outcome is Outcome.MUST]
    shut_out = seatless(application, facts)
    asked = _left(application, reading, files) if left is None else left
    found = (
        *missing,
        *(block for finding in musts for block in _unmet(finding, facts, reading)),
        *([Block(*shut_out, is_for_want_of_seats=True)] if shut_out else ()),
        *_unshown(application, facts, musts, files),
        *_absent(application, facts, files),
        *(_returned(item) for item in asked),
    )
    return found or tuple(_twice(application))


def missing_in(reading: Reading) -> frozenset[str]:
    """The answers that are still wanted or faulty, as "section.field"."""
    return frozenset(
        f"{fault.section}.{fault.path.partition('.')[0]}" for fault in reading.missing()
    )


def wants_evidence(finding: Finding, facts: Facts) -> bool:
    """Whether the condition blocks, and more files alone would meet it."""
    given = finding.condition.given
    if not finding.blocks or "claim" not in given:
        return False
    claimed = (facts.get(given["claim"]), *(facts.get(given["others"]) or ()))
    proved = {**facts, "evidence.supports": dict.fromkeys(claimed, PLENTY)}
    return find(finding.condition, proved).verdict is Verdict.MET


def clash_words(reading: Reading, finding: Finding) -> list[tuple[str, str]]:
    """Every place where a rule is not met: “获奖”第2条的本人排名大于完成人数."""
    form = reading.form
    return [(clash.path, f"{place_called(form, clash.path)}{clash}") for clash in finding.clashes]


def _unmet(finding: Finding, facts: Facts, reading: Reading) -> Iterator[Block]:
    condition = finding.condition
    if not finding.blocks:
        says = _("%(says)s；请写明理由") % {"says": condition.says}
        yield Block(condition.reason_field, says, _("请写明理由"), finding)
        return
    if wants_evidence(finding, facts):
        return
    head = condition.says
    if not condition.exclusion:
        head = _("不符合“%(says)s”") % {"says": condition.says}
    places = clash_words(reading, finding)
    if not places:
        places = [(mended_at(condition, reading.form), finding.detail)]
    for path, brief in places:
        yield Block(path, f"{head}：{brief}".rstrip("："), brief, finding)


def _unshown(
    application: Application, facts: Facts, musts: Sequence[Finding], files: Sequence[Evidence]
) -> Iterator[Block]:
    """The claimed conditions that only want evidence."""
    behind = next((finding for finding in musts if wants_evidence(finding, facts)), None)
    if behind is not None:
        for claim in bare_claims_of(application, facts, files):
            says = _("请为所选条件“%(claim)s”上传证明材料") % {"claim": claim.label}
            yield Block(_slot_for(claim), says, says, behind)


def _absent(application: Application, facts: Facts, files: Sequence[Evidence]) -> Iterator[Block]:
    for material in unproved(application, facts, files):
        says = _("请上传%(material)s") % {"material": material.title}
        yield Block(f"{EVIDENCE}.{material.code}", says)


def _left(
    application: Application, reading: Reading, files: Sequence[Evidence]
) -> Sequence[CorrectionItem]:
    """What an open return asks for and is neither mended nor answered; 3 queries where it is."""
    correction = open_correction(application)
    if correction is None:
        return ()
    answers = {code: dict(values) for code, values in reading.answers.items()}
    return unanswered(correction, answers, files)


def _returned(item: CorrectionItem) -> Block:
    says = _("%(label)s：请修改，或书面答复") % {"label": item.label}
    return Block(f"{RETURNED}.{item.pk}", says)


def _twice(application: Application) -> Iterator[Block]:
    """Another application of the same resident in this cycle is on its way (一人一批次一份)."""
    if application.submitted_at or not application.id_mark:
        return
    others = Application.objects.filter(
        cycle=application.cycle_id, id_mark=application.id_mark, submitted_at__isnull=False
    )
    if others.exclude(standing=Standing.WITHDRAWN).exclude(pk=application.pk).exists():
        core = pack_of(application.cycle).core
        says = _("同一证件号码在本批次已有一份申报，不能重复申报；如非本人所为，请联系受理部门")
        yield Block(next(iter(core.resident_id or core.name)), says)


def _slot_for(claim: Bare) -> str:
    """The first material that supports it."""
    return ".".join([EVIDENCE, *(material.code for material in claim.materials[:1])])
