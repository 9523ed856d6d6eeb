"""Taking a concluded evaluation up again (复议): who comes back, and what stands in its way."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import F, Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from juxian.access.acts import evaluator_of, procedure_of, step_of
from juxian.records.models import (
    Application,
    Handling,
    Proceeding,
    ProceedingItem,
    Proposal,
    Stop,
)
from juxian.records.packs import pack_of
from juxian.regulation.words import Kind, Standing


@dataclass(frozen=True, slots=True)
class Bar:
    """Somebody who has gone too far to come back, and what may be done about it."""

    application: Application
    why: str


@dataclass(frozen=True, slots=True)
class Reconsideration:
    """`returning` come back to the evaluation; `staying_out` have withdrawn since."""

    returning: tuple[ProceedingItem, ...]
    staying_out: tuple[ProceedingItem, ...]
    bars: tuple[Bar, ...]

    @property
    def obstacles(self) -> tuple[tuple[str, tuple[Application, ...]], ...]:
        """What stands in the way, with everybody whom it is said of."""
        found: dict[str, list[Application]] = defaultdict(list)
        for bar in self.bars:
            found[bar.why].append(bar.application)
        return tuple((why, tuple(people)) for why, people in found.items())


def may_be_reconsidered(proceeding: Proceeding, corrector: Proceeding | None) -> bool:
    """Whether it is a concluded evaluation recorded from paper, which none has corrected yet."""
    step = pack_of(proceeding.cycle).procedure.step(proceeding.step)
    on_paper = proceeding.kind == Kind.REVIEW and not step.secret
    return on_paper and proceeding.concluded_at is not None and corrector is None


def corrector_of(proceeding: Proceeding) -> Proceeding | None:
    """The list that corrects this one. 1 query."""
    return getattr(proceeding, "corrected_by", None)


def reconsideration_of(proceeding: Proceeding) -> Reconsideration:
    """Of a concluded evaluation. 5 queries, whatever the list holds."""
    items = list(
        ProceedingItem.objects.filter(proceeding=proceeding)
        .select_related("application__cycle", "application__employer", "application__holder")
        .order_by(F("rank").asc(nulls_last=True), "application__name_key", "pk")
    )
    left = tuple(i for i in items if i.application.standing == Standing.WITHDRAWN)
    returning = tuple(item for item in items if item not in left)
    files = [item.application for item in returning]
    with_route(files)
    gone = _gone_further(proceeding, returning)
    return Reconsideration(
        returning, left, tuple(Bar(one, gone[one.pk]) for one in files if one.pk in gone)
    )


def with_route(files: Collection[Application]) -> None:
    """Loads the offices of their routes. 1 query."""
    stops = Stop.objects.select_related("office")
    prefetch_related_objects(list(files), Prefetch("stops", stops))


def _gone_further(proceeding: Proceeding, items: Collection[ProceedingItem]) -> dict[int, str]:
    """By application, why it cannot come back. 3 queries."""
    keys = [item.application_id for item in items]
    done = {one.application_id: one for one in _last_handlings(keys)}
    listed = _listed_since(items)
    proposed = set(
        Proposal.objects.filter(application__in=keys, ended_at__isnull=True).values_list(
            "application", flat=True
        )
    )
    found = {}
    for item in items:
        one = item.application
        why = (
            _handled(proceeding, one, done.get(one.pk))
            or _listed(one, listed.get(one.pk))
            or _elsewhere(one, is_proposed=one.pk in proposed)
        )
        if why:
            found[one.pk] = why
    return found


def _listed_since(items: Collection[ProceedingItem]) -> dict[int, ProceedingItem]:
    """By application, its line on a later list of the step where it is. 1 query."""
    own = {item.application_id: item.pk for item in items}
    rows = ProceedingItem.objects.filter(
        application__in=own, proceeding__step=F("application__step")
    ).select_related("proceeding")
    return {row.application_id: row for row in rows if row.pk > own[row.application_id]}


def _last_handlings(keys: Iterable[int]) -> QuerySet[Handling]:
    rows = Handling.objects.filter(application__in=keys).select_related("office")
    return rows.order_by("application", "-pk").distinct("application")


def _handled(proceeding: Proceeding, one: Application, last: Handling | None) -> str:
    if last is None or last.proceeding_id == proceeding.pk:
        return ""
    said = _("已由%(office)s在“%(step)s”办理，只能由现在的办理单位依程序处理。")
    step = procedure_of(one).step(last.step).title
    return said % {"office": last.office or one.name, "step": step}


def _listed(one: Application, item: ProceedingItem | None) -> str:
    if item is None:
        return ""
    step = {"step": procedure_of(one).step(item.proceeding.step).title}
    if item.proceeding.concluded_at is not None:
        return _("已列入“%(step)s”办结的名单，不能再回到评议。") % step
    if item.proceeding.starts_on is not None:
        return _("“%(step)s”已经发布，不能再回到评议；请按异议处理。") % step
    return _("已列入“%(step)s”的名单；请先从那份名单移出，再来复议。") % step


def _elsewhere(one: Application, *, is_proposed: bool) -> str:
    standing = Standing(one.standing)
    if standing is Standing.OPEN and one.holder != evaluator_of(one):
        return _("已到%(office)s的“%(step)s”；请联系该单位依程序处理。") % {
            "office": one.holder,
            "step": step_of(one).title,
        }
    if is_proposed:
        return _("“%(step)s”已有人拟办；请先退回经办。") % {"step": step_of(one).title}
    if standing is Standing.SELECTED:
        return _("已经入选，不能再回到评议。")
    return ""
