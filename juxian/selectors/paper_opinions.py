"""What each step of a file's ladder said, for the boxes of a printed form.

The words go on official papers, which are Chinese whatever the language of the pages.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from juxian.records.models import Application, Handling, Objection, ProceedingItem
from juxian.records.packs import pack_of
from juxian.regulation.calendar import in_words
from juxian.regulation.pack import Pack
from juxian.regulation.procedure import FORWARD, Step
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Act, Kind, Level, Standing
from juxian.selectors.nomination import preferred
from juxian.selectors.paper_inputs import OpinionFact
from juxian.selectors.route import route_of

ON_PAPER = (Kind.REVIEW, Kind.DECIDE)  # what the province leaves a box for
OPINION_WORDS: Mapping[str, str] = {
    "none": "未收到反映，未发现影响推荐的问题。",
    "cleared": "有反映，已查清，不影响推荐。",
    "deferred": "建议暂缓。",
    "disagreed": "不同意推荐。",
}


@dataclass(frozen=True, slots=True)
class Done:
    """What is on record of a step: the handling, and the list it was decided on."""

    handling: Handling
    item: ProceedingItem | None
    objections: int = 0


Writers = Mapping[Kind, Callable[[Pack, Done], tuple[str, ...]]]


def opinions_of(
    application: Application, *, turn: int | None = None, for_applicant: bool = False
) -> tuple[OpinionFact, ...]:
    """A fact for every step that a form leaves a box for, in the ladder's order. 3 queries.

    What was said of the present turn is not said of an earlier `turn`: its boxes are empty.
    An applicant reads what each step came to; votes, ranks, opinions and objections stay closed.
    """
    pack = pack_of(application.cycle)
    procedure = pack.procedure.along(_ladder(application, pack))
    steps = [step for step in procedure.steps if _has_a_box(step)]
    if not application.is_submitted or turn not in (None, application.turn):
        return tuple(OpinionFact(step.title, step.kind) for step in steps)
    here = procedure.index(application.step)
    over = application.standing == Standing.SELECTED
    passed = {step.code for step in procedure.steps[: None if over else here]}
    done = _done(application, passed)
    words = OUTCOMES if for_applicant else WORDS
    return tuple(_fact(pack, step, done.get(step.code), words) for step in steps)


def _ladder(application: Application, pack: Pack) -> tuple[str, ...]:
    """The file's own ladder; before it has one, the ladder its employer leads to."""
    if application.ladder:
        return tuple(application.ladder)
    try:
        return route_of(application, pack).ladder
    except NotReady:
        return tuple(step.code for step in pack.procedure.steps if not step.channels)


def _has_a_box(step: Step) -> bool:
    return step.kind is not Kind.FILL and (
        step.level is not Level.PROVINCE or step.kind in ON_PAPER
    )


def _done(application: Application, passed: Iterable[str]) -> dict[str, Done]:
    """By step, the latest act that took the file past it; an opinion as last renewed."""
    forward = [act.value for act in FORWARD.values()]
    handlings = (
        Handling.objects.filter(application=application, step__in=passed, act__in=forward)
        .select_related("office", "by")
        .order_by("id")
    )
    rows = ProceedingItem.objects.filter(application=application, void_at__isnull=True)
    listed = list(rows.select_related("proceeding").order_by("pk"))
    items = {item.proceeding_id: item for item in listed}
    heard = {item.proceeding.step: item for item in listed if item.act == Act.CONCUR}
    objected = list(
        Objection.objects.filter(application=application).values_list("proceeding_id", flat=True)
    )
    return {
        handling.step: Done(
            handling,
            heard.get(handling.step) or items.get(handling.proceeding_id or 0),
            objected.count(handling.proceeding_id or 0),
        )
        for handling in handlings
    }


def _fact(pack: Pack, step: Step, done: Done | None, words: Writers) -> OpinionFact:
    if done is None:
        return OpinionFact(step.title, step.kind)
    handling = done.handling
    return OpinionFact(
        title=step.title,
        kind=step.kind,
        words=words[step.kind](pack, done),
        office=handling.office.name if handling.office else "",
        by="" if step.kind.is_collective else handling.by.name,
        done_on=timezone.localtime(handling.done_at).date(),
        confidential=step.kind is Kind.OPINE,
    )


def _verified(_pack: Pack, done: Done) -> tuple[str, ...]:
    return (done.handling.opinion or "审核通过。",)


def _reviewed(_pack: Pack, done: Done) -> tuple[str, ...]:
    item = done.item
    if item is None or item.ayes is None:
        return _verified(_pack, done)
    proceeding = item.proceeding
    votes = f"同意{item.ayes}票，反对{item.nays or 0}票，弃权{item.abstained or 0}票"
    if item.recused:
        votes += f"，回避{item.recused}人"
    came = ""
    if proceeding.members is not None:
        came = f"应到{proceeding.members}人，实到{proceeding.present}人；"
    return tuple(filter(None, (f"{came}{votes}，评议通过。", item.opinion)))


def _publicised(_pack: Pack, done: Done) -> tuple[str, ...]:
    notice = done.item.proceeding if done.item else None
    if notice is None or notice.starts_on is None or notice.ends_on is None:
        return ("公示无异议。",)
    period = f"{in_words(notice.starts_on)}至{in_words(notice.ends_on)}在{notice.place}公示，"
    if not done.objections:
        return (period + "无异议。",)
    return (period + f"收到异议{done.objections}件，经核查均不成立。",)


def _opined(_pack: Pack, done: Done) -> tuple[str, ...]:
    """What it came to; the remark is for the office and the body alone (R46)."""
    item = done.item
    if item is None:
        return _verified(_pack, done)
    number = f"（{item.proceeding.document_number}）" if item.proceeding.document_number else ""
    said = OPINION_WORDS.get(item.code, "")
    return (f"{said}{number}",)


def _decided(_pack: Pack, done: Done) -> tuple[str, ...]:
    decision = done.item.proceeding if done.item else None
    if decision is None or decision.held_on is None:
        return ("审定同意。",)
    number = f"（{decision.document_number}）" if decision.document_number else ""
    return (f"{in_words(decision.held_on)}{decision.body}审定同意{number}。",)


def _recommended(pack: Pack, done: Done) -> tuple[str, ...]:
    item = done.item
    if item is None or not item.bucket:
        return ("同意推荐。",)
    bucket = pack.seat_rule(item.bucket).bucket.title
    because = preferred(pack, item)
    first = f"同等条件下优先（{because}）。" if because else ""
    return (f"同意推荐，使用“{bucket}”，排序第{item.rank}名。{first}",)


def _only(says: str) -> Callable[[Pack, Done], tuple[str, ...]]:
    return lambda _pack, _done: (says,)


WORDS: Writers = {
    Kind.VERIFY: _verified,
    Kind.REVIEW: _reviewed,
    Kind.PUBLICIZE: _publicised,
    Kind.OPINE: _opined,
    Kind.DECIDE: _decided,
    Kind.RECOMMEND: _recommended,
}
OUTCOMES: Writers = {
    **WORDS,
    Kind.VERIFY: _only("审核通过。"),
    Kind.REVIEW: _only("评议通过。"),
    Kind.PUBLICIZE: _only("公示期满，无影响推荐的情形。"),
    Kind.OPINE: _only("已办理。"),
    Kind.RECOMMEND: _only("同意推荐。"),
}
