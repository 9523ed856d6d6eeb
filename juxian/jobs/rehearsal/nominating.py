"""A nominating unit's list in a rehearsal: ranked, within its seats, too many tried once."""

from juxian.actions import nomination
from juxian.jobs.rehearsal.shares import FILL, FILL_OF_BUCKET, PLANTED
from juxian.jobs.rehearsal.stage import Stage
from juxian.records.models import Person, Proceeding
from juxian.regulation.procedure import Step
from juxian.regulation.words import Act
from juxian.selectors.nomination import OTHER, overtaking

REASON = "长期在一线工作，业绩突出，同行公认。"
PREFERRED = "票数接近，经集体研究，按长期实绩排在前面。"


def nominate(stage: Stage, step: Step, listed: Proceeding, officer: Person) -> None:
    """Rank, take the proposed buckets, give reasons, try one too many, pass the others over."""
    order = list(listed.items.order_by("pk").values_list("application", flat=True))
    stage.dice.shuffle(order)
    assignment = nomination.arrange(listed.pk, by=officer, order=order)
    left_over = dict.fromkeys(assignment.unplaced, "名额已满，按排序未列入。")
    for pk in overtaking(listed):
        nomination.prefer(listed.pk, pk, by=officer, preference=OTHER, reason=PREFERRED)
    if step.reason_limit is not None:
        _give_reasons(stage, listed, order, left_over, officer)
    if left_over:
        _overfill(stage, listed, order, left_over, officer)
    left_over |= _held_back(stage, listed)
    nomination.submit_list(listed.pk, by=officer, passed_over=left_over)
    for item in listed.items.filter(act=Act.RECOMMEND):
        stage.figures[f"指标 {stage.pack.seat_rule(item.bucket).bucket.title}"] += 1


def _held_back(stage: Stage, listed: Proceeding) -> dict[int, str]:
    """Not every unit uses every seat: those ranked last are left for another time."""
    if not stage.region.is_whole:
        return {}
    holder = listed.office.holder
    used: dict[str, int] = {}
    back: dict[int, str] = {}
    items = listed.items.exclude(bucket="").select_related("application").order_by("rank")
    held = listed.office.seats.filter(cycle=stage.cycle)
    seats = dict(held.values_list("bucket", "granted"))
    limits: dict[str, int] = {}
    for item in items:
        share = FILL_OF_BUCKET.get(item.bucket) or FILL.get(holder, {}).get(item.application.track)
        granted = seats.get(item.bucket)
        if share is None or granted is None:
            continue
        if item.bucket not in limits:
            limits[item.bucket] = sum(stage.chance(share) for _seat in range(granted))
        used[item.bucket] = used.get(item.bucket, 0) + 1
        if used[item.bucket] > max(limits[item.bucket], 1):
            back[item.application_id] = "按排序，本单位本次不再推荐。"
    return back


def _give_reasons(
    stage: Stage, listed: Proceeding, order: list[int], left_over: dict[int, str], officer: Person
) -> None:
    if len(left_over) < len(order) and stage.chance(PLANTED):
        with stage.refused("推荐而不写理由"):
            nomination.submit_list(listed.pk, by=officer, passed_over=left_over)
    for pk in order:
        nomination.give_reason(listed.pk, pk, by=officer, reason=REASON)


def _overfill(
    stage: Stage, listed: Proceeding, order: list[int], left_over: dict[int, str], officer: Person
) -> None:
    """Squeeze somebody into a full bucket: the whole list must be refused."""
    fits = dict(listed.items.values_list("application", "application__fits"))
    held = set(listed.items.exclude(bucket="").values_list("bucket", flat=True))
    for pk in order:
        full = sorted(held.intersection(fits[pk])) if pk in left_over else []
        if full:
            nomination.choose_bucket(listed.pk, pk, full[0], by=officer)
            others = {key: said for key, said in left_over.items() if key != pk}
            with stage.refused("超指标上报"):
                nomination.submit_list(listed.pk, by=officer, passed_over=others)
            nomination.choose_bucket(listed.pk, pk, "", by=officer)
            return
