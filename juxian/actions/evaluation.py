"""An evaluation by experts, recorded from its paper record (同行专家评议、评审)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.proceeding import (
    check_held_on,
    conclude_items,
    locked_proceeding,
    step_in,
)
from juxian.actions.trace import leave
from juxian.records.models import (
    Application,
    EvaluationDraft,
    ExpertMark,
    Person,
    Proceeding,
    ProceedingItem,
    ProceedingMember,
)
from juxian.records.packs import pack_of
from juxian.regulation.ballot import BallotRule, ChairDecision, Outcome, Result
from juxian.regulation.evaluation_ranks import put_in_order
from juxian.regulation.recusal import panel_relation
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.tally import Papers, Tally, check_arithmetic, check_papers, check_votes
from juxian.regulation.words import Act, Corrects, Kind
from juxian.selectors.evaluation import outcome_in
from juxian.selectors.proceeding import docket_of

VOTES = ("ayes", "nays", "abstained", "recused", "void", "unreturned", "opinion")

Fault = tuple[str, str]


@dataclass(frozen=True, slots=True)
class ExpertEntry:
    """`absence` says why one did not come; `kept_out` is a relation by application (回避)."""

    name: str
    employer: str
    title: str = ""
    speciality: str = ""
    is_present: bool = True
    signed_in_at: time | None = None
    absence: str = ""
    kept_out: Mapping[int, str] = field(default_factory=dict)
    scores: Mapping[int, Decimal] = field(default_factory=dict)

    def relation_to(self, candidate: Application, rule: BallotRule) -> str:
        """Why the expert keeps out of the candidate's vote: as computed, or as declared."""
        known = self.name.strip(), self.employer.strip()
        other = candidate.name, candidate.employer.name
        computed = panel_relation(known, other, colleagues=rule.recuses_colleagues)
        return computed or self.kept_out.get(candidate.pk, "")


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

    def recused_from(self, candidate: Application, rule: BallotRule) -> tuple[ExpertEntry, ...]:
        """Those present who keep out of the candidate's vote."""
        return tuple(e for e in self.experts if e.is_present and e.relation_to(candidate, rule))


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
    proceeding = open_sitting(proceeding_id, by=by)
    check_held_on(sitting.held_on)
    _check_is_later(proceeding, sitting)
    rule = pack_of(proceeding.cycle).ballots[step_in(proceeding).ballot]
    items = list(proceeding.items.select_related("application__employer"))
    _check_experts(sitting)
    _check_figures(sitting, tallies, items, rule)
    _check_scores(sitting, tallies, items, rule)
    proceeding.held_on = sitting.held_on
    proceeding.place, proceeding.method = sitting.place.strip(), sitting.method.strip()
    proceeding.chair = sitting.chair.strip()
    proceeding.members, proceeding.present = len(sitting.experts), sitting.present
    papers = sitting.counted
    proceeding.issued, proceeding.returned = papers.issued, papers.returned
    proceeding.valid = papers.valid
    proceeding.save()
    _keep_experts(proceeding, sitting, items, rule)
    for item in items:
        figures = tallies[item.application_id]
        item.ayes, item.nays = figures.ayes, figures.nays
        item.abstained, item.recused = figures.abstained, figures.recused
        item.void, item.unreturned = figures.void, figures.unreturned
        item.opinion = figures.opinion.strip()
    ProceedingItem.objects.bulk_update(items, VOTES)
    EvaluationDraft.objects.filter(proceeding=proceeding).delete()
    leave("record_evaluation", proceeding, by=by, present=sitting.present)
    return proceeding


def open_sitting(proceeding_id: int, *, by: Person) -> Proceeding:
    """The open list, locked, if its votes are recorded from paper."""
    proceeding = locked_proceeding(proceeding_id, Kind.REVIEW, by=by)
    if step_in(proceeding).secret:
        raise NotPossible(_("这个环节须由评委会在线无记名投票，不能登记票数"))
    return proceeding


def _check_is_later(proceeding: Proceeding, sitting: Sitting) -> None:
    """A new sitting instead of a void one has a day of its own (复议)."""
    if proceeding.corrects is None or proceeding.corrects_what != Corrects.SITTING:
        return
    before = proceeding.corrects.held_on
    if before is not None and sitting.held_on < before:
        fault = _("重新评议的日期不能早于原来的评议")
        raise NotReady(fault, (("held_on", fault),))


def _keep_experts(
    proceeding: Proceeding, sitting: Sitting, items: Sequence[ProceedingItem], rule: BallotRule
) -> None:
    proceeding.experts.all().delete()
    made = ProceedingMember.objects.bulk_create(
        ProceedingMember(
            proceeding=proceeding,
            name=expert.name.strip(),
            employer=expert.employer.strip(),
            title=expert.title.strip(),
            speciality=expert.speciality.strip(),
            is_present=expert.is_present,
            signed_in_at=expert.signed_in_at,
            absence=expert.absence.strip(),
        )
        for expert in sitting.experts
    )
    ExpertMark.objects.bulk_create(
        mark
        for member, expert in zip(made, sitting.experts, strict=True)
        for mark in _marks(member, expert, items, rule)
    )


def _marks(
    member: ProceedingMember, expert: ExpertEntry, items: Sequence[ProceedingItem], rule: BallotRule
) -> Iterator[ExpertMark]:
    for item in items:
        relation = expert.relation_to(item.application, rule)
        score = expert.scores.get(item.application_id)
        if relation:
            yield ExpertMark(expert=member, item=item, relation=relation)
        elif score is not None and rule.scoring and expert.is_present:
            yield ExpertMark(expert=member, item=item, score=score)


def _check_experts(sitting: Sitting) -> None:
    """Faults of one expert are keyed `absence-<place>`, places counted from 0."""
    if not sitting.experts:
        raise NotReady(_("请登记参加评议的专家"), (("experts", _("至少登记一名专家")),))
    if not all(expert.name.strip() for expert in sitting.experts):
        raise NotReady(_("每位专家都须填写姓名"), (("experts", _("请填写专家姓名")),))
    unexplained = tuple(
        (f"absence-{place}", _("没有到会的，请写明原因"))
        for place, expert in enumerate(sitting.experts)
        if not expert.is_present and not expert.absence.strip()
    )
    if unexplained:
        raise NotReady(_("请写明专家没有到会的原因"), unexplained)
    came = {expert.name.strip() for expert in sitting.experts if expert.is_present}
    if came and sitting.chair.strip() not in came:
        fault = _("组长须是到会的专家，姓名与名单一致")
        raise NotReady(_("请核对组长"), (("chair", fault),))


def _check_figures(
    sitting: Sitting,
    tallies: Mapping[int, CandidateTally],
    items: Sequence[ProceedingItem],
    rule: BallotRule,
) -> None:
    if set(tallies) != {item.application_id for item in items}:
        raise NotReady(_("请登记名单上每一位申报人的票数"))
    papers = sitting.counted
    amiss = check_papers(papers, sitting.present)
    if amiss:
        raise NotReady(_("选票张数对不上，请核对"), amiss)
    faults = tuple(
        (str(item.application_id), fault)
        for item in items
        for fault in _faults_of(item.application, tallies[item.application_id], sitting, rule)
    )
    if faults:
        raise NotReady(_("票数与到会人数对不上，请核对"), faults)


def _faults_of(
    candidate: Application, figures: CandidateTally, sitting: Sitting, rule: BallotRule
) -> tuple[str, ...]:
    recused = sitting.recused_from(candidate, rule)
    if figures.recused < len(recused):
        names = "、".join(expert.name.strip() for expert in recused)
        said = _("%(names)s须回避，回避应不少于%(count)d人。")
        return (said % {"names": names, "count": len(recused)},)
    return check_arithmetic(figures.tally, sitting.present) or check_votes(
        figures.tally, sitting.counted
    )


def _check_scores(
    sitting: Sitting,
    tallies: Mapping[int, CandidateTally],
    items: Sequence[ProceedingItem],
    rule: BallotRule,
) -> None:
    """Faults are keyed `score-<application>-<place of the expert>`."""
    if rule.scoring is None:
        return
    said = _("请填0至%(top)d的分数") % {"top": rule.scoring.top}
    faults = tuple(
        (f"score-{item.application_id}-{place}", said)
        for item in items
        for place in _unscored(item, sitting, tallies[item.application_id].recused, rule)
    )
    if faults:
        raise NotReady(_("到会专家须给每位人选评分，回避的除外"), faults)


def _unscored(item: ProceedingItem, sitting: Sitting, recused: int, rule: BallotRule) -> list[int]:
    """Places of those who owe the candidate a score; as many as are recused need not give one."""
    named = sitting.recused_from(item.application, rule)
    owing, wrong = [], []
    for place, expert in enumerate(sitting.experts):
        if not expert.is_present or expert in named:
            continue
        score = expert.scores.get(item.application_id)
        if score is None:
            owing.append(place)
        elif rule.scoring and score > rule.scoring.top:
            wrong.append(place)
    return wrong + (owing if len(owing) > recused - len(named) else [])


@transaction.atomic
def conclude(proceeding_id: int, *, by: Person, decisions: Sequence[ChairDecision] = ()) -> Outcome:
    """Those carried go on with their rank; those lost do not (通知四（一）（二）).

    Who share a rank keep it, unless one of `decisions` puts them in order for a reason.
    """
    proceeding = open_sitting(proceeding_id, by=by)
    if EvaluationDraft.objects.filter(proceeding=proceeding).exists():
        raise NotReady(_("有暂存的修改还没有保存，请先保存或放弃"))
    docket = docket_of(proceeding)
    outcome = outcome_in(docket)
    if not outcome.has_quorum:
        raise NotReady(_("到会专家未达到法定人数，评议无效，请重新组织评议"))
    for decision in decisions:
        outcome = put_in_order(outcome, decision)
    items = [row.item for row in docket.rows]
    for item in items:
        item.rank = outcome.of(item.application_id).rank
    ProceedingItem.objects.bulk_update(items, ["rank"])
    names = {item.application_id: item.application.name for item in items}
    proceeding.remark = "\n".join(_in_words(decision, names) for decision in outcome.decisions)
    acts = {
        counted.candidate: (
            (Act.ADMIT, "") if counted.result is Result.CARRIED else (Act.DISMISS, _("评议未通过"))
        )
        for counted in outcome.counted
    }
    conclude_items(proceeding, acts, by=by)
    return outcome


def _in_words(decision: ChairDecision, names: Mapping[int, str]) -> str:
    """It goes on official papers, which are Chinese whatever the language of the pages."""
    order = "、".join(names[candidate] for candidate in decision.order)
    return f"并列后由组长排定先后：{order}。理由：{decision.reason.strip()}"
