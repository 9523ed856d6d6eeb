"""What papers about a list are printed from: nominees, evaluations and parcels."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from juxian.records.models import (
    Cycle,
    Office,
    Proceeding,
    ProceedingItem,
    ProceedingMember,
    Stop,
    Submission,
)
from juxian.records.packs import pack_of
from juxian.regulation.ballot import BallotRule
from juxian.regulation.calendar import in_words
from juxian.regulation.pack import Pack
from juxian.regulation.parcel_pages import parcel_number
from juxian.regulation.refusal import NotReady
from juxian.regulation.tally import Tally
from juxian.regulation.words import Act, Kind, Level
from juxian.selectors.ballot import Round, rounds_of
from juxian.selectors.core_facts import CoreFacts, core_facts
from juxian.selectors.evaluation import draft_of, keeps_out_of, scores_of
from juxian.selectors.facts import unsealed
from juxian.selectors.findings import marks_of
from juxian.selectors.nomination import preferred
from juxian.selectors.paper_inputs import (
    CandidateFact,
    EvaluationInput,
    ExpertFact,
    NominationInput,
    NomineeFact,
    PackingInput,
    Parcel,
    SignInInput,
    SummaryInput,
)
from juxian.selectors.paper_opinions import opinions_of
from juxian.selectors.papers import NOMINATION, copies_of
from juxian.selectors.seats import live_nominations

PER_NOMINEE, PER_NOMINATOR = "applicant", "nominator"  # whom a paper of the call is printed for


def nominated(cycle: Cycle, office: Office) -> QuerySet[ProceedingItem]:
    """Whom an office has nominated and not lost since, by track and rank."""
    return _items(
        ProceedingItem.objects.filter(
            proceeding__cycle=cycle,
            proceeding__office=office,
            act=Act.RECOMMEND,
            void_at__isnull=True,
        )
    )


def nominated_at(offices: Collection[int]) -> QuerySet[ProceedingItem]:
    """The same of several offices in every cycle, the newest cycle first."""
    items = live_nominations().filter(proceeding__office__in=offices)
    order = ("-proceeding__cycle", "proceeding__office", "application__track", "rank", "pk")
    return _items(items).order_by(*order)


def _items(items: QuerySet[ProceedingItem]) -> QuerySet[ProceedingItem]:
    return items.select_related(
        "proceeding__office", "proceeding__cycle__organiser", "application__employer"
    ).order_by("application__track", "rank", "pk")


def nomination_numbered(number: str) -> ProceedingItem | None:
    """The live nomination of the application of that number."""
    items = ProceedingItem.objects.filter(
        application__number=number, proceeding__kind=Kind.RECOMMEND, void_at__isnull=True
    )
    return _items(items.exclude(bucket="")).last()


def evaluation_numbered(pk: int) -> Proceeding | None:
    return (
        Proceeding.objects.filter(pk=pk, kind=Kind.REVIEW)
        .select_related("office", "cycle__organiser", "corrected_by")
        .first()
    )


def parcel_numbered(cycle: int, office: int) -> tuple[Cycle, Office] | None:
    sent = Proceeding.objects.filter(cycle=cycle, office=office, kind=Kind.RECOMMEND)
    first = sent.select_related("cycle__organiser", "office").first()
    return None if first is None else (first.cycle, first.office)


def nomination_input(item: ProceedingItem) -> NominationInput:
    """The recommendation form of one person on a nominating unit's list."""
    proceeding = item.proceeding
    pack = pack_of(proceeding.cycle)
    application = item.application
    listed = ProceedingItem.objects.filter(
        Q(proceeding=proceeding) | Q(act=Act.RECOMMEND, void_at__isnull=True),
        proceeding__cycle=proceeding.cycle_id,
        proceeding__office=proceeding.office_id,
        proceeding__kind=Kind.RECOMMEND,
        application__track=application.track,
    ).exclude(Q(bucket="") | Q(act=Act.PASS_OVER))
    (nominee,) = nominee_facts(pack, [item])
    return NominationInput(
        title=pack.programme.nomination_form_title,
        programme=pack.programme.title,
        issuer=proceeding.cycle.organiser.name,
        nominator=proceeding.office.name,
        phone=proceeding.office.phone,
        copies=copies_of(pack, NOMINATION),
        dated=proceeding.concluded_at or proceeding.opened_at,
        nominee=nominee,
        listed=listed.count(),
        opinions=tuple(
            fact for fact in opinions_of(application) if fact.kind is not Kind.RECOMMEND
        ),
    )


def summary_input(proceeding: Proceeding) -> SummaryInput:
    """The list of a nomination as it stands: those in a bucket."""
    items = _items(proceeding.items.exclude(bucket="").exclude(act=Act.PASS_OVER))
    pack = pack_of(proceeding.cycle)
    return SummaryInput(
        programme=pack.programme.title,
        issuer=proceeding.cycle.organiser.name,
        nominator=proceeding.office.name,
        made_at=proceeding.concluded_at or proceeding.opened_at,
        nominees=nominee_facts(pack, list(items)),
    )


def packing_input(cycle: Cycle, office: Office) -> PackingInput:
    """The office's package: one parcel a track; NotReady before anybody is nominated."""
    items = list(nominated(cycle, office))
    if not items:
        raise NotReady(_("还没有已上报的推荐人选；上报以后才能打印装箱单"))
    pack = pack_of(cycle)
    nominees = nominee_facts(pack, items)
    return PackingInput(
        programme=pack.programme.title,
        issuer=cycle.organiser.name,
        nominator=office.name,
        phone=office.phone,
        address=office.address,
        postcode=office.postcode,
        dated=max(item.proceeding.concluded_at or item.proceeding.opened_at for item in items),
        parcels=tuple(
            _parcel(pack, cycle, office, code, nominees)
            for code in dict.fromkeys(item.application.track for item in items)
        ),
    )


def _parcel(
    pack: Pack, cycle: Cycle, office: Office, code: str, nominees: Sequence[NomineeFact]
) -> Parcel:
    track = pack.track(code)
    receiving = track.receiving
    return Parcel(
        number=parcel_number(cycle.pk, office.pk, track.letter),
        track=track.title,
        office=receiving.name,
        address=receiving.address,
        postcode=receiving.postcode,
        phone=receiving.phone,
        nominees=tuple(nominee for nominee in nominees if nominee.track == track.title),
        per_nominee=_papers(pack, PER_NOMINEE),
        per_nominator=_papers(pack, PER_NOMINATOR),
    )


def _papers(pack: Pack, per: str) -> tuple[tuple[str, int], ...]:
    return tuple((paper.title, paper.copies) for paper in pack.papers if paper.per == per)


@dataclass(frozen=True, slots=True)
class _Known:
    """What other rows say of the applications of a list, by application."""

    submissions: Mapping[int, Submission]
    nominators: Mapping[int, str]
    reviews: Mapping[int, ProceedingItem]
    notices: Mapping[int, ProceedingItem]


def nominee_facts(pack: Pack, items: Sequence[ProceedingItem]) -> tuple[NomineeFact, ...]:
    """In the items' order. 4 queries, whatever their number."""
    keys = [item.application_id for item in items]
    submissions = Submission.objects.filter(application__in=keys).order_by("turn")
    stops = Stop.objects.filter(application__in=keys, level=Level.NOMINATOR)
    known = _Known(
        submissions={row.application_id: row for row in submissions},
        nominators=dict(stops.values_list("application_id", "office__name")),
        reviews=_passed(keys, Kind.REVIEW, Act.ADMIT),
        notices=_passed(keys, Kind.PUBLICIZE, Act.CLEAR),
    )
    return tuple(_nominee(pack, item, known) for item in items)


def _passed(keys: Iterable[int], kind: Kind, act: Act) -> dict[int, ProceedingItem]:
    """By application, the last list of that kind that it passed."""
    rows = (
        ProceedingItem.objects.filter(
            application__in=keys, proceeding__kind=kind, act=act, void_at__isnull=True
        )
        .select_related("proceeding")
        .order_by("proceeding__concluded_at", "pk")
    )
    return {row.application_id: row for row in rows}


def _nominee(pack: Pack, item: ProceedingItem, known: _Known) -> NomineeFact:
    application = item.application
    submission = known.submissions[application.pk]
    form = pack.form.for_track(application.track)
    answers = unsealed(submission.answers)
    core = core_facts(pack, answers)
    review = known.reviews.get(application.pk)
    return NomineeFact(
        number=application.number,
        turn=submission.turn,
        track=pack.track(application.track).title,
        nominator=known.nominators.get(application.pk, ""),
        form=form,
        answers=answers,
        name=core.name,
        sex=_sex(pack, core),
        birth_date=core.birth_date,
        employer=submission.header["employer"],
        is_nonpublic=application.employer.is_nonpublic,
        title=core.title,
        speciality=core.speciality,
        digest=submission.digest,
        marks=marks_of(pack, application),
        bucket=pack.seat_rule(item.bucket).bucket.title if item.bucket else "",
        rank=item.rank,
        preferred=preferred(pack, item),
        tally=review.tally if review else None,
        present=review.proceeding.present if review else None,
        publicity=_publicity(known.notices.get(application.pk)),
        reason=item.opinion,
        evidence=len(submission.evidence),
    )


def _sex(pack: Pack, core: CoreFacts) -> str:
    """The word of the form's own choice; the core fact is its code."""
    for path in pack.core.sex:
        section, field, *_column = path.split(".")
        return pack.form.label_of(pack.form.section(section).field(field), core.sex)
    return core.sex


def _publicity(item: ProceedingItem | None) -> str:
    notice = item.proceeding if item else None
    if notice is None or notice.starts_on is None or notice.ends_on is None:
        return ""
    return f"{in_words(notice.starts_on)}至{in_words(notice.ends_on)}，无异议"


def evaluation_input(proceeding: Proceeding) -> EvaluationInput:
    """An evaluation's record; NotReady before its votes are on record."""
    pack = pack_of(proceeding.cycle)
    step = pack.procedure.step(proceeding.step)
    rounds = rounds_of(proceeding) if step.secret else []
    members = rounds[0].members if rounds else proceeding.members
    present = rounds[0].present if rounds else proceeding.present
    if members is None or present is None:
        raise NotReady(_("请先登记评议情况和票数，再打印汇总表"))
    items = list(proceeding.items.select_related("application__employer").order_by("rank", "pk"))
    experts = list(proceeding.experts.prefetch_related("marks").order_by("pk"))
    rule = pack.ballots.get(step.ballot)
    return EvaluationInput(
        number=f"PY-{proceeding.pk}",
        programme=pack.programme.title,
        issuer=proceeding.cycle.organiser.name,
        office=proceeding.office.name,
        step=step.title,
        track=_track(pack, items),
        held_on=proceeding.held_on,
        place=proceeding.place,
        method=proceeding.method,
        chair=proceeding.chair,
        members=members,
        present=present,
        dated=proceeding.concluded_at or proceeding.opened_at,
        candidates=tuple(
            _scored(_candidate(pack, item, rounds), scores_of(item.pk, experts), rule)
            for item in items
        ),
        experts=_experts(experts, items),
        rule=rule,
        papers=proceeding.papers,
        remark=proceeding.remark,
        corrects=f"PY-{proceeding.corrects_id}" if proceeding.corrects_id else "",
    )


def _experts(
    experts: Iterable[ProceedingMember], items: Iterable[ProceedingItem]
) -> tuple[ExpertFact, ...]:
    names = {item.pk: item.application.name for item in items}
    return tuple(
        ExpertFact(
            row.name,
            row.employer,
            row.title,
            row.speciality,
            row.is_present,
            f"{row.signed_in_at:%H:%M}" if row.signed_in_at else row.absence,
            keeps_out_of(row, names),
        )
        for row in experts
    )


def _scored(
    candidate: CandidateFact, scores: tuple[Decimal, ...], rule: BallotRule | None
) -> CandidateFact:
    mean = rule.scoring.mean(scores) if rule and rule.scoring else None
    return replace(candidate, scores=scores, mean=mean)


def sign_in_input(proceeding: Proceeding) -> SignInInput:
    """With the experts typed so far, or those on record. 2 queries."""
    pack = pack_of(proceeding.cycle)
    draft = draft_of(proceeding)
    typed = draft.typed if draft else {}
    return SignInInput(
        number=f"QD-{proceeding.pk}",
        programme=pack.programme.title,
        office=proceeding.office.name,
        step=pack.procedure.step(proceeding.step).title,
        held_on=proceeding.held_on,
        place=proceeding.place or typed.get("place", ""),
        dated=proceeding.concluded_at or proceeding.opened_at,
        experts=_named_in(typed) or _experts(proceeding.experts.order_by("pk"), ()),
    )


def _named_in(typed: Mapping[str, str]) -> tuple[ExpertFact, ...]:
    def said(number: int, name: str) -> str:
        return typed.get(f"expert-{number}-{name}", "").strip()

    return tuple(
        ExpertFact(said(n, "name"), said(n, "employer"), said(n, "title"), said(n, "speciality"))
        for n in range(len(typed))
        if said(n, "name")
    )


def _track(pack: Pack, items: Sequence[ProceedingItem]) -> str:
    codes = {item.application.track for item in items}
    return "、".join(track.title for track in pack.tracks if track.code in codes)


def _candidate(pack: Pack, item: ProceedingItem, rounds: Sequence[Round]) -> CandidateFact:
    """With the votes on record, or those of the last round of a secret ballot that voted on him."""
    application = item.application
    voted = next((r for r in reversed(rounds) if application.pk in r.tallies), None)
    return CandidateFact(
        name=application.name,
        employer=application.employer.name,
        title=application.title,
        speciality=application.speciality,
        tally=voted.tallies[application.pk] if voted else item.tally or Tally(0, 0),
        present=voted.present if voted else None,
        rank=item.rank,
        opinion=item.opinion,
        admitted=item.act == Act.ADMIT if item.act else None,
        marks=marks_of(pack, application),
    )
