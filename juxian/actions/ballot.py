"""A secret ballot (无记名投票): opening it, casting, the count, and voiding it.

Casting writes one envelope and nothing else: no trace, no time, no message. What the envelopes
held becomes papers only at the count: all at once, in one transaction, in shuffled order.
"""

import json
import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from procrastinate.contrib.django import app

from juxian.access.acts import check_secretary
from juxian.actions.panel import record_found, seat_of
from juxian.actions.proceeding import locked_proceeding, step_in
from juxian.actions.trace import leave
from juxian.records import envelopes
from juxian.records.clock import day, now
from juxian.records.models import (
    Application,
    Ballot,
    BallotPaper,
    Envelope,
    Panel,
    PanelMember,
    Person,
    Proceeding,
    ProceedingItem,
    Recusal,
)
from juxian.regulation.ballot import FEWEST, Outcome
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Kind
from juxian.selectors.ballot import due_round, live_items, open_places_for, outcome_of, rule_of
from juxian.selectors.panel import candidates_on

CHOICES = ("aye", "nay", "abstain")
ROOM = 48  # bytes of an envelope for each candidate: the longest key and choice in JSON, and some

PATIENCE = "2s"
OLDER_THAN_THE_COUNT = """
    WITH counted AS (SELECT min(age(xmin)) AS age FROM records_envelope WHERE sealed = '')
    SELECT EXISTS (
        SELECT FROM pg_stat_activity, counted
        WHERE pid <> pg_backend_pid() AND (
            age(backend_xid) >= counted.age
            OR (datname = current_database() OR datname IS NULL)
            AND age(backend_xmin) >= counted.age
        )
    )"""
"""Who reads in another database keeps no row of this one; who writes there does, since every
snapshot taken meanwhile reaches back to them."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A new ballot and its opening phrase, to be shown this once (开票口令)."""

    ballot: Ballot
    phrase: str = field(repr=False)


@transaction.atomic
def open_ballot(
    panel_id: int, proceeding_id: int, *, by: Person, seats: int | None = None
) -> Opened:
    """The next round due: everybody on the list, those carried on, or only the tied ones.

    `seats` None takes the places left of the allotment, if it has been set.
    """
    proceeding = locked_proceeding(proceeding_id, Kind.REVIEW, by=by)
    panel = Panel.objects.select_related("cycle").get(pk=panel_id)
    _check_may_open(panel, proceeding, by)
    listed = _listed(panel, proceeding)
    if seats is None:
        seats = open_places_for(proceeding, next(iter(listed.values())).track)
    due = due_round(proceeding, seats)
    if due is None:
        raise NotPossible(_("这份名单的表决已有结果，请提出拟入选名单"))
    candidates = [listed[key] for key in due.candidates]
    members = list(panel.members.select_related("person__employer__parent").order_by("pk"))
    if len(members) < FEWEST:
        raise NotReady(_("无记名投票至少须有%d名委员，否则各人能推知他人的投票") % FEWEST)
    record_found(members, candidates)
    _check_voters(panel, candidates, len(members))
    keys = envelopes.new_keys()
    last = Ballot.objects.filter(proceeding=proceeding).aggregate(last=Max("round"))["last"]
    ballot = Ballot.objects.create(
        panel=panel,
        proceeding=proceeding,
        round=(last or 0) + 1,
        seats=seats,
        public_key=keys.public_key,
        locked_key=keys.locked_key,
        opened_by=by,
        opened_at=now(),
    )
    ballot.candidates.set(candidates)
    leave("open_ballot", ballot, by=by, round=ballot.round, candidates=len(candidates))
    return Opened(ballot, keys.phrase)


def _check_may_open(panel: Panel, proceeding: Proceeding, by: Person) -> None:
    check_secretary(by, panel.cycle.organiser_id)
    if not step_in(proceeding).secret:
        raise NotPossible(_("这个环节不用无记名投票，请登记评议结果"))
    if (panel.cycle_id, panel.step) != (proceeding.cycle_id, proceeding.step):
        raise NotPossible(_("这个评委会不评审这份名单，请重新选择评委会"))
    if Ballot.objects.filter(proceeding=proceeding, closed_at__isnull=True).exists():
        raise NotReady(_("这份名单上一轮表决还没有开票，请先开票或作废"))


def _listed(panel: Panel, proceeding: Proceeding) -> dict[int, Application]:
    """Those still on the list, of one track: a track's places are lent to no other (通知三)."""
    listed = {item.application_id: item.application for item in live_items(proceeding)}
    tracks = {application.track for application in listed.values()}
    if not tracks:
        raise NotReady(_("名单上没有需要表决的人选"))
    if len(tracks) > 1:
        raise NotReady(_("名单里有不同类别的人选，名额互不调剂；请按类别分别建立名单、分别表决"))
    if panel.track and panel.track not in tracks:
        raise NotPossible(_("这个评委会不评审这个类别，请重新选择评委会"))
    return listed


def _check_voters(panel: Panel, candidates: Sequence[Application], members: int) -> None:
    """Enough may vote on each candidate that the figures will not tell who voted how.

    On whom nobody may vote there will be no figures.
    """
    recusals = Recusal.objects.filter(member__panel=panel).values_list("application_id", flat=True)
    kept_out = Counter(recusals)
    few = [one.name for one in candidates if 0 < members - kept_out[one.pk] < FEWEST]
    if few:
        raise NotReady(
            _(
                "%(name)s除去回避的委员，可投票的不足%(n)d名，开票会暴露投票人；"
                "请组建委员更多的评委会，或将此人选另列名单评审"
            )
            % {"name": "、".join(few), "n": FEWEST}
        )


@sensitive_variables("choices", "content", "sealed")
@transaction.atomic
def cast(ballot_id: int, *, by: Person, choices: Mapping[int, str]) -> None:
    """Seal a member's choices, one for each candidate he does not keep out of; the last one counts.

    A member who keeps out of everybody casts no choices, and is present.
    """
    ballot = _locked(ballot_id)
    member = _voter(ballot, by)
    kept_out = set(member.recusals.values_list("application_id", flat=True))
    _check_choices(candidates_on(ballot), kept_out, choices)
    content = json.dumps(choices, separators=(",", ":")).encode()
    room = ROOM * ballot.candidates.count()
    sealed = envelopes.seal(
        ballot.public_key, content, room=room, purpose=_purpose(ballot.pk, member.pk)
    )
    Envelope.objects.update_or_create(ballot=ballot, member=member, defaults={"sealed": sealed})


def _voter(ballot: Ballot, person: Person) -> PanelMember:
    member = seat_of(ballot.panel_id, person)
    if ballot.is_void:
        raise NotPossible(_("本轮表决已作废，请等待重新表决"))
    if ballot.closed_at is not None:
        raise NotPossible(_("本轮表决已经开票，不能再投票"))
    if member.pledged_at is None:
        raise NotReady(_("请先阅读并同意保密与回避承诺，再投票"))
    return member


@sensitive_variables("choices", "choice")
def _check_choices(
    candidates: Sequence[Application], kept_out: set[int], choices: Mapping[int, str]
) -> None:
    """One choice of three for every candidate but those kept out of, and for nobody else."""
    faults: list[tuple[str, str]] = []
    for candidate in candidates:
        who = {"name": candidate.name}
        choice = choices.get(candidate.pk)
        if candidate.pk in kept_out and choice is not None:
            faults.append((str(candidate.pk), _("您须回避%(name)s，不能对其投票") % who))
        elif candidate.pk not in kept_out and choice not in CHOICES:
            faults.append((str(candidate.pk), _("请对%(name)s选择同意、反对或弃权") % who))
    strangers = set(choices) - {candidate.pk for candidate in candidates}
    if strangers:
        raise NotPossible(_("选票上有不在本轮名单里的人，请刷新页面后重新投票"))
    if faults:
        raise NotReady(_("选票还没有填完或有误，没有投出；请按提示更正"), tuple(faults))


@sensitive_variables("phrase", "votes")
@transaction.atomic
def close_ballot(ballot_id: int, *, by: Person, phrase: str) -> Outcome:
    """Count: open all envelopes, empty them, destroy the key, and keep shuffled papers.

    A wrong phrase, a missing quorum, too few papers on somebody or a broken envelope changes
    nothing; the ballot stays open. No member declares a recusal while it is counted.
    """
    ballot = _locked(ballot_id)
    check_secretary(by, ballot.panel.cycle.organiser_id)
    if ballot.closed_at is not None:
        raise NotPossible(_("本轮表决已经开票，不能重复开票"))
    proceeding = locked_proceeding(ballot.proceeding_id, Kind.REVIEW, by=by)
    members = list(ballot.panel.members.select_for_update().order_by("pk"))
    cast_by = list(Envelope.objects.filter(ballot=ballot).order_by("member"))
    _check_quorum(ballot, len(members), len(cast_by))
    votes = _opened(ballot, cast_by, phrase)
    _check_papers(ballot, votes)
    secrets.SystemRandom().shuffle(votes)
    BallotPaper.objects.bulk_create(
        BallotPaper(ballot=ballot, application_id=candidate, choice=choice)
        for candidate, choice in votes
    )
    Envelope.objects.filter(ballot=ballot).update(sealed=b"")
    _shut(ballot, by)
    leave("close_ballot", ballot, by=by, round=ballot.round, present=len(cast_by))
    return _record(proceeding, ballot)


def _check_quorum(ballot: Ballot, members: int, present: int) -> None:
    needed = rule_of(ballot.proceeding).opens_at(members)
    if present < needed:
        raise NotReady(
            _(
                "应到%(members)d人，已投票%(present)d人，未达到开票所需的%(needed)d人；"
                "表决仍在进行，请等委员投票后再开票"
            )
            % {"members": members, "present": present, "needed": needed}
        )


@sensitive_variables("phrase", "key", "content", "choices", "votes")
def _opened(ballot: Ballot, cast_by: Sequence[Envelope], phrase: str) -> list[tuple[int, str]]:
    """Every vote as (candidate, choice); a vote on somebody recused since counts for nothing."""
    try:
        key = envelopes.unlock(ballot.locked_key, phrase)
    except envelopes.WrongPhrase:
        raise NotReady(
            _("开票口令不对，选票没有打开；请核对12位口令后重新输入"),
            (("phrase", _("口令不对")),),
        ) from None
    kept_out = set(
        Recusal.objects.filter(member__panel=ballot.panel_id).values_list(
            "member_id", "application_id"
        )
    )
    votes: list[tuple[int, str]] = []
    for envelope in cast_by:
        purpose = _purpose(ballot.pk, envelope.member_id)
        try:
            content = envelopes.unseal(key, bytes(envelope.sealed), purpose=purpose)
        except envelopes.BrokenSeal:
            raise NotReady(
                _("有选票封被改动过，无法打开，没有开票；请作废本轮后重新表决，并报告监督人员")
            ) from None
        choices = {int(candidate): choice for candidate, choice in json.loads(content).items()}
        votes += [
            (candidate, choice)
            for candidate, choice in choices.items()
            if (envelope.member_id, candidate) not in kept_out
        ]
    return votes


@sensitive_variables("votes", "papers")
def _check_papers(ballot: Ballot, votes: Sequence[tuple[int, str]]) -> None:
    """Fewer than `FEWEST` papers on one candidate tell how each was cast; none tell nothing."""
    papers = Counter(candidate for candidate, _choice in votes)
    few = [one.name for one in candidates_on(ballot) if 0 < papers[one.pk] < FEWEST]
    if few:
        raise NotReady(
            _(
                "%(name)s的选票不足%(n)d张，开票会暴露投票人，没有开票；请等其他委员投票后再开票，"
                "或作废本轮，组建委员更多的评委会，或将此人选另列名单评审"
            )
            % {"name": "、".join(few), "n": FEWEST}
        )


def _record(proceeding: Proceeding, ballot: Ballot) -> Outcome:
    """Write each candidate's figures and rank on the list; return what all rounds came to."""
    live = [item.application_id for item in live_items(proceeding)]
    outcome = outcome_of(proceeding, seats=ballot.seats, among=live)
    if outcome is None:
        raise NotReady(_("本轮的人选都已撤回，请作废本轮表决"))
    items = list(proceeding.items.filter(application__in=live))
    for item in items:
        counted = outcome.of(item.application_id)
        item.ayes, item.nays = counted.tally.ayes, counted.tally.nays
        item.abstained, item.recused = counted.tally.abstained, counted.tally.recused
        item.rank = counted.rank
    ProceedingItem.objects.bulk_update(items, ["ayes", "nays", "abstained", "recused", "rank"])
    chair = ballot.panel.members.select_related("person").filter(is_chair=True).first()
    proceeding.members, proceeding.present = outcome.members, outcome.counted[0].present
    proceeding.held_on = day(now())
    proceeding.method = _("无记名投票")
    proceeding.body = ballot.panel.title
    proceeding.chair = chair.person.name if chair else ""
    proceeding.save()
    return outcome


@transaction.atomic
def void_ballot(ballot_id: int, *, by: Person, reason: str) -> Ballot:
    """Give up a ballot before its count; its envelopes are emptied unopened."""
    ballot = _locked(ballot_id)
    check_secretary(by, ballot.panel.cycle.organiser_id)
    if ballot.closed_at is not None:
        raise NotPossible(_("本轮表决已经开票或作废，不能再作废"))
    if not reason.strip():
        raise NotReady(_("请填写作废的理由"), (("reason", _("请填写理由")),))
    proceeding = locked_proceeding(ballot.proceeding_id, Kind.REVIEW, by=by)
    Envelope.objects.filter(ballot=ballot).update(sealed=b"")
    ballot.is_void = True
    _shut(ballot, by)
    said = _("第%(round)d轮表决作废：%(reason)s")
    line = said % {"round": ballot.round, "reason": " ".join(reason.split())}
    proceeding.remark = f"{proceeding.remark}\n{line}".strip()
    proceeding.save(update_fields=["remark"])
    leave("void_ballot", ballot, by=by, round=ballot.round)
    return ballot


def _shut(ballot: Ballot, by: Person) -> None:
    ballot.locked_key = ""
    ballot.closed_by = by
    ballot.closed_at = now()
    ballot.save(update_fields=["locked_key", "closed_by", "closed_at", "is_void"])
    app.configure_task("shred_envelopes").defer()


def shred_envelopes() -> bool:
    """Write the files of envelopes and keys anew, without the rows that were emptied.

    Until then PostgreSQL keeps what they held. False when somebody's older transaction may still
    read it: try again later. Runs outside any transaction, locks both tables for a moment, and
    fails when it cannot have them within `PATIENCE`.
    """
    names = [connection.ops.quote_name(model._meta.db_table) for model in (Envelope, Ballot)]  # noqa: SLF001
    with connection.cursor() as cursor:
        cursor.execute(OLDER_THAN_THE_COUNT)
        if cursor.fetchone()[0]:
            return False
        cursor.execute("SELECT set_config('lock_timeout', %s, false)", [PATIENCE])
        try:
            cursor.execute(f"VACUUM (FULL) {', '.join(names)}")
        finally:
            cursor.execute("RESET lock_timeout")
    return True


def _locked(ballot_id: int) -> Ballot:
    ballot = (
        Ballot.objects.select_for_update(of=("self",))
        .select_related("panel__cycle", "proceeding__cycle")
        .filter(pk=ballot_id)
        .first()
    )
    if ballot is None:
        raise NotPossible(_("没有找到这次表决，请刷新页面"))
    return ballot


def _purpose(ballot: int, member: int) -> str:
    return f"ballot {ballot} member {member}"
