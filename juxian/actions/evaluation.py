"""An evaluation by experts, recorded from its paper record (同行专家评议、评审)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.proceeding import (
    check_held_on,
    conclude_items,
    locked_proceeding,
    step_in,
)
from juxian.actions.trace import leave
from juxian.records.models import Person, Proceeding, ProceedingItem, ProceedingMember
from juxian.records.packs import pack_of
from juxian.regulation.ballot import Outcome, Result, count
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.tally import Papers, Tally, check_arithmetic, check_papers, check_votes
from juxian.regulation.words import Act, Kind

VOTES = ("ayes", "nays", "abstained", "recused", "void", "unreturned", "opinion")


@dataclass(frozen=True, slots=True)
class ExpertEntry:
    name: str
    employer: str
    title: str = ""
    speciality: str = ""
    is_present: bool = True


@dataclass(frozen=True, slots=True)
class Sitting:
    held_on: date
    place: str
    method: str
    chair: str
    experts: tuple[ExpertEntry, ...]
    papers: Papers | None = None  # None: one for everybody present, all came back and are valid

    @property
    def present(self) -> int:
        return sum(expert.is_present for expert in self.experts)

    @property
    def counted(self) -> Papers:
        return self.papers or Papers(self.present, self.present, 0, self.present)


@dataclass(frozen=True, slots=True)
class CandidateTally:
    ayes: int
    nays: int
    abstained: int = 0
    recused: int = 0
    opinion: str = ""
    void: int = 0
    unreturned: int = 0

    @property
    def tally(self) -> Tally:
        return Tally(self.ayes, self.nays, self.abstained, self.recused, self.void, self.unreturned)


@transaction.atomic
def record(
    proceeding_id: int, *, by: Person, sitting: Sitting, tallies: Mapping[int, CandidateTally]
) -> Proceeding:
    """Keep the sitting and every candidate's votes; may be recorded again until concluded."""
    proceeding = locked_proceeding(proceeding_id, Kind.REVIEW, by=by)
    if step_in(proceeding).secret:
        raise NotPossible(_("这个环节须由评委会在线无记名投票，不能登记票数"))
    check_held_on(sitting.held_on)
    items = list(proceeding.items.all())
    _check_figures(sitting, tallies, {item.application_id for item in items})
    proceeding.held_on = sitting.held_on
    proceeding.place, proceeding.method = sitting.place.strip(), sitting.method.strip()
    proceeding.chair = sitting.chair.strip()
    proceeding.members, proceeding.present = len(sitting.experts), sitting.present
    papers = sitting.counted
    proceeding.issued, proceeding.returned = papers.issued, papers.returned
    proceeding.valid = papers.valid
    proceeding.save()
    proceeding.experts.all().delete()
    ProceedingMember.objects.bulk_create(
        ProceedingMember(
            proceeding=proceeding,
            name=expert.name.strip(),
            employer=expert.employer.strip(),
            title=expert.title.strip(),
            speciality=expert.speciality.strip(),
            is_present=expert.is_present,
        )
        for expert in sitting.experts
    )
    for item in items:
        figures = tallies[item.application_id]
        item.ayes, item.nays = figures.ayes, figures.nays
        item.abstained, item.recused = figures.abstained, figures.recused
        item.void, item.unreturned = figures.void, figures.unreturned
        item.opinion = figures.opinion.strip()
    ProceedingItem.objects.bulk_update(items, VOTES)
    leave("record_evaluation", proceeding, by=by, present=sitting.present)
    return proceeding


def _check_figures(
    sitting: Sitting, tallies: Mapping[int, CandidateTally], listed: set[int]
) -> None:
    if not sitting.experts:
        raise NotReady(_("请登记参加评议的专家"), (("experts", _("至少登记一名专家")),))
    unnamed = [expert for expert in sitting.experts if not expert.name.strip()]
    if unnamed:
        raise NotReady(_("每位专家都须填写姓名"), (("experts", _("请填写专家姓名")),))
    if set(tallies) != listed:
        raise NotReady(_("请登记名单上每一位申报人的票数"))
    papers = sitting.counted
    amiss = check_papers(papers, sitting.present)
    if amiss:
        raise NotReady(_("选票张数对不上，请核对"), amiss)
    faults = tuple(
        (str(candidate), fault)
        for candidate, figures in tallies.items()
        for fault in (
            check_arithmetic(figures.tally, sitting.present) or check_votes(figures.tally, papers)
        )
    )
    if faults:
        raise NotReady(_("票数与到会人数对不上，请核对"), faults)


def outcome_of(proceeding: Proceeding) -> Outcome:
    """The count of the recorded votes by the pack's rule for the step."""
    if proceeding.members is None or proceeding.present is None:
        raise NotReady(_("请先登记评议情况和票数"))
    items = proceeding.items.order_by("pk")
    tallies = {item.application_id: item.tally or Tally(0, 0) for item in items}
    rule = pack_of(proceeding.cycle).ballots[step_in(proceeding).ballot]
    return count(rule, proceeding.members, proceeding.present, tallies)


@transaction.atomic
def conclude(proceeding_id: int, *, by: Person) -> Outcome:
    """Those carried go on with their rank; those lost do not (通知四（一）（二））."""
    proceeding = locked_proceeding(proceeding_id, Kind.REVIEW, by=by)
    outcome = outcome_of(proceeding)
    if not outcome.has_quorum:
        raise NotReady(_("到会专家未达到法定人数，评议无效，请重新组织评议"))
    items = list(proceeding.items.all())
    for item in items:
        item.rank = outcome.of(item.application_id).rank
    ProceedingItem.objects.bulk_update(items, ["rank"])
    acts = {
        counted.candidate: (
            (Act.ADMIT, "") if counted.result is Result.CARRIED else (Act.DISMISS, _("评议未通过"))
        )
        for counted in outcome.counted
    }
    conclude_items(proceeding, acts, by=by)
    return outcome
