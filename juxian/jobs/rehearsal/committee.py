"""The committee's part of a rehearsal: convene, recuse, vote in secret, propose the list."""

from collections.abc import Sequence

from juxian.actions.ballot import cast, close_ballot, open_ballot
from juxian.actions.cycle import set_allotment
from juxian.actions.panel import convene, declare, pledge
from juxian.actions.proceeding import open_proceeding
from juxian.actions.selection import propose, release_reserve
from juxian.jobs.rehearsal.shares import ABSENT, KEPT_OUT
from juxian.jobs.rehearsal.stage import Broken, Stage
from juxian.records.models import Allotment, Application, Panel, PanelMember, Proceeding, Recusal
from juxian.regulation.ballot import ChairDecision, Outcome
from juxian.regulation.procedure import Step
from juxian.regulation.refusal import NotReady
from juxian.selectors.ballot import due_round, open_places_for, outcome_of

ROUNDS = 12
RELATION = "曾为同一项目组成员"
SHARE_SELECTED = 0.16


def vote(stage: Stage, step: Step, files: Sequence[Application], *, conclude: bool = True) -> None:
    """One track's committee, from its appointment to the proposed list."""
    secretary = stage.officer(files[0], step)
    track = files[0].track
    listed = open_proceeding(step.code, [file.pk for file in files], by=secretary)
    panel = convene(
        stage.cycle.pk,
        by=secretary,
        step=step.code,
        title=f"{stage.pack.track(track).title}评审委员会",
        track=track,
        person_ids=[person.pk for person in stage.region.experts],
        chair_id=stage.region.experts[0].pk,
        document_number="人社发〔示例〕12号",
    )
    _enter(stage, panel, files)
    seats = max(round(len(files) * SHARE_SELECTED * 4), 1)
    if not conclude:
        open_ballot(panel.pk, listed.pk, by=secretary)
        return
    if not Allotment.objects.filter(cycle=stage.cycle, track=track).exists():
        _ballot(stage, panel, listed)
        with stage.refused("名额未下达即提名单"):
            propose(listed.pk, by=secretary)
        set_allotment(
            stage.cycle.pk, track, by=secretary, places=seats, document_number="人社部函〔示例〕5号"
        )
    _propose(stage, panel, listed)
    stage.take(step.code, listed)


def _enter(stage: Stage, panel: Panel, files: Sequence[Application]) -> None:
    """Members pledge, and keep out of the votes on those they know."""
    for member in panel.members.select_related("person").order_by("pk"):
        pledge(panel.pk, by=member.person)
        known = {file.pk: RELATION for file in files if stage.chance(KEPT_OUT)}
        if len(files) - len(known) > 0:
            declare(panel.pk, by=member.person, relations=known)
            stage.figures["回避"] += len(known)


def _ballot(stage: Stage, panel: Panel, listed: Proceeding) -> Outcome:
    secretary = panel.convened_by
    opened = open_ballot(panel.pk, listed.pk, by=secretary)
    candidates = list(opened.ballot.candidates.order_by("pk").values_list("pk", flat=True))
    merit = {pk: stage.dice.uniform(0.45, 1) for pk in candidates}
    members = list(panel.members.select_related("person").order_by("pk"))
    for number, member in enumerate(members):
        if number and stage.chance(ABSENT):
            continue
        known = kept_out(member)
        choices = {
            pk: "aye" if stage.chance(merit[pk]) else stage.dice.choice(("nay", "abstain"))
            for pk in candidates
            if pk not in known
        }
        cast(opened.ballot.pk, by=member.person, choices=choices)
    with stage.refused("开票口令不对"):
        close_ballot(opened.ballot.pk, by=secretary, phrase="0000 0000 0000")
    stage.figures["无记名投票轮次"] += 1
    return close_ballot(opened.ballot.pk, by=secretary, phrase=opened.phrase)


def kept_out(member: PanelMember) -> set[int]:
    return set(Recusal.objects.filter(member=member).values_list("application", flat=True))


def _propose(stage: Stage, panel: Panel, listed: Proceeding) -> None:
    """Vote again on ties while the rule says so, then let the chair order them with a reason."""
    secretary = panel.convened_by
    outcome: Outcome | None = None
    decisions: list[ChairDecision] = []
    for _round in range(ROUNDS):
        try:
            outcome = propose(listed.pk, by=secretary, decisions=decisions)
            break
        except NotReady:
            stage.refusals["并列未排定即提名单"] += 1
            seats = open_places_for(listed, panel.track)
            if due_round(listed, seats) is not None:
                _ballot(stage, panel, listed)
            elif (tied := outcome_of(listed, seats=seats)) is not None:
                decisions = [
                    ChairDecision(tuple(tie.candidates), "按近五年业绩排序。") for tie in tied.ties
                ]
    if outcome is None:
        raise Broken("评审结果没有定下来")
    if outcome.reserve:
        stage.figures["备选"] += len(outcome.reserve)
        release_reserve(listed.pk, by=secretary, reason="名额已满，备选不再递补。")
