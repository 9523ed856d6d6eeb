"""Which rows a person may see. Every read of a desk starts here."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.db.models import BigIntegerField, Case, Exists, Func, OuterRef, Q, QuerySet, When
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, JSONObject

from juxian.access.duties import Duty, duties_of, duties_with
from juxian.records.models import (
    Application,
    Ballot,
    Cycle,
    Dispatch,
    Evidence,
    FileCopy,
    Objection,
    Office,
    Panel,
    PanelMember,
    Parcel,
    Person,
    Proceeding,
    ProceedingItem,
    Proxy,
    Recusal,
    Report,
    Seats,
    Stop,
    Submission,
    Trace,
)
from juxian.records.packs import pack_of
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import Act, OfficeKind, Role, Standing

OFFICE_ROLES = (Role.HANDLER, Role.REVIEWER, Role.SIGNATORY, Role.DISCIPLINE, Role.SECRETARY)
WRITING_ROLES = (Role.HANDLER, Role.REVIEWER, Role.SIGNATORY, Role.SECRETARY)
"""Who writes to people for an office; its discipline body answers to the office alone."""


def applications(person: Person) -> QuerySet[Application]:
    """Their own, and those that have reached an office they serve."""
    return Application.objects.filter(Q(applicant=person) | _reached(duties_of(person)))


def own(person: Person) -> QuerySet[Application]:
    """Only their own, whatever else they may see."""
    return Application.objects.filter(applicant=person)


def typed(person: Person) -> QuerySet[Application]:
    """Those of others that the person may type in for them (代填), while they are filled in."""
    rows = Q(pk__in=())
    for duty in duties_with(person, Role.HANDLER):
        live = Proxy.objects.filter(
            application=OuterRef("pk"), office__in=duty.office_ids, ended_at__isnull=True
        )
        of_office = Q(Exists(live))
        rows |= of_office & Q(track=duty.track) if duty.track else of_office
    unsent = Q(holder__isnull=True, standing=Standing.OPEN)
    with_applicant = unsent | Q(standing=Standing.RETURNED)
    return Application.objects.filter(rows, with_applicant).exclude(applicant=person)


def worked(person: Person) -> QuerySet[Application]:
    """Only those that have reached an office they serve."""
    return Application.objects.filter(_reached(duties_of(person)))


def copies(person: Person) -> QuerySet[FileCopy]:
    """What the person's offices were sent of files of the person's tracks (抄送)."""
    return FileCopy.objects.filter(at_offices(person))


def at_offices(person: Person) -> Q:
    """Of rows with an office and an application: those of the person's offices and tracks."""
    here = Q(pk__in=())
    for duty in duties_with(person, *OFFICE_ROLES):
        of_office = Q(office__in=duty.office_ids)
        here |= of_office & Q(application__track=duty.track) if duty.track else of_office
    return here


def held(person: Person) -> QuerySet[Application]:
    """Only those that an office they serve holds now; what it holds has reached it."""
    offices: dict[str, set[int]] = {}
    for duty in duties_with(person, *OFFICE_ROLES):
        offices.setdefault(duty.track, set()).update(duty.office_ids)
    here = Q(pk__in=())
    for track, holders in offices.items():
        here |= Q(holder__in=holders, track=track) if track else Q(holder__in=holders)
    return Application.objects.filter(here)


def _reached(duties: tuple[Duty, ...]) -> Q:
    seen = Q(pk__in=())
    for duty in duties:
        if duty.role not in OFFICE_ROLES:
            continue
        stops = Stop.objects.filter(
            application=OuterRef("pk"), office__in=duty.office_ids, reached_at__isnull=False
        )
        reached = Q(Exists(stops))
        seen |= reached & Q(track=duty.track) if duty.track else reached
    return seen


def judged(person: Person) -> QuerySet[Application]:
    """Candidates before a panel the person sits on and has pledged to, less those kept out of.

    A member reads a file as soon as an open list has brought it before the panel, and as long as
    there is a ballot on it. Kept out of are the recused, and whom the records alone would recuse.
    """
    seats = PanelMember.objects.filter(person=person, pledged_at__isnull=False)
    voted_on = seats.filter(panel__ballots__candidates=OuterRef("pk"))
    here = Q(panel__cycle=OuterRef("cycle"), panel__step=OuterRef("step"))
    of_track = Q(panel__track="") | Q(panel__track=OuterRef("track"))
    listed = ProceedingItem.objects.filter(
        application=OuterRef("pk"),
        act="",
        proceeding__step=OuterRef("step"),
        proceeding__concluded_at__isnull=True,
    )
    waits = Q(Exists(seats.filter(here, of_track)), Exists(listed), standing=Standing.OPEN)
    kept_out = Recusal.objects.filter(member__person=person, application=OuterRef("pk"))
    rows = Application.objects.filter(Q(Exists(voted_on)) | waits).filter(~Exists(kept_out))
    return rows.exclude(_tied_to(person)).select_related("cycle", "employer")


def _tied_to(person: Person) -> Q:
    """Candidates that `regulation.recusal` finds tied to the person, whether recorded or not."""
    rival = Application.objects.filter(
        applicant=person,
        cycle=OuterRef("cycle"),
        step=OuterRef("step"),
        standing=Standing.OPEN,
    )
    tied = Q(applicant=person) | Q(Exists(rival))
    employer = person.employer
    if employer is not None and employer.kind == OfficeKind.DIVISION and employer.parent:
        employer = employer.parent
    if employer is None:
        return tied
    division = Q(employer__kind=OfficeKind.DIVISION, employer__parent=employer)
    return tied | Q(employer=employer) | division  # a credit code is one office's alone


def evidence(person: Person) -> QuerySet[Evidence]:
    """All of their own and of those they type in; of those they work on or judge, what the latest
    turn submitted.

    What an applicant adds or removes while mending a returned form is nobody else's to see.
    """
    others = Q(application__in=worked(person)) | Q(application__in=judged(person))
    filled = Q(application__applicant=person) | Q(application__in=typed(person))
    return Evidence.objects.filter(filled | others & Q(_submitted()))


def _submitted() -> Exists:
    """Of a row of Evidence: whether the submission of the application's turn names it."""
    named = Func(JSONObject(id=OuterRef("pk")), function="jsonb_build_array")
    return Exists(
        Submission.objects.filter(
            application=OuterRef("application"),
            turn=OuterRef("application__turn"),
            evidence__contains=named,
        )
    )


def proceedings(person: Person) -> QuerySet[Proceeding]:
    """Lists of the person's offices; a duty for one track leaves out those of other tracks only."""
    seen = Q(pk__in=())
    for duty in duties_with(person, *OFFICE_ROLES):
        here = Q(office__in=duty.office_ids)
        if duty.track:
            listed = ProceedingItem.objects.filter(proceeding=OuterRef("pk"))
            here &= Q(Exists(listed.filter(application__track=duty.track))) | ~Q(Exists(listed))
        seen |= here
    return Proceeding.objects.filter(seen)


def objections(person: Person) -> QuerySet[Objection]:
    return Objection.objects.filter(proceeding__in=proceedings(person))


def cycles(person: Person) -> QuerySet[Cycle]:
    """Cycles of the offices the person is secretary at."""
    offices = [duty.office.pk for duty in duties_with(person, Role.SECRETARY)]
    return Cycle.objects.filter(organiser__in=offices)


def seats(person: Person) -> QuerySet[Seats]:
    """Seats of the person's offices, and all seats of the cycles they run."""
    offices = [office for duty in duties_with(person, *OFFICE_ROLES) for office in duty.office_ids]
    return Seats.objects.filter(Q(office__in=offices) | Q(cycle__in=cycles(person)))


def reports(person: Person) -> QuerySet[Report]:
    """Reports of the person's offices, those handed in to them, and those of cycles they run."""
    offices = [office for duty in duties_with(person, *OFFICE_ROLES) for office in duty.office_ids]
    mine = Q(office__in=offices) | Q(receiver__in=offices)
    return Report.objects.filter(mine | Q(cycle__in=cycles(person)))


def dispatches(person: Person) -> QuerySet[Dispatch]:
    """Messages that leave the system in the name of their offices, about files of their tracks."""
    here = Q(pk__in=())
    for duty in duties_with(person, *WRITING_ROLES):
        of_office = Q(office__in=duty.office_ids)
        of_track = Q(application__isnull=True) | Q(application__track=duty.track)
        here |= of_office & of_track if duty.track else of_office
    return Dispatch.objects.filter(here)


Receivers = Mapping[tuple[int, str], Office]
"""By cycle and track, the office that receives the track's papers."""


def receivers() -> Receivers:
    """Of cycles whose pack is as it was. 2 queries."""
    named: dict[tuple[int, str], str] = {}
    for cycle in Cycle.objects.all():
        with suppress(Refusal):
            for track in pack_of(cycle).tracks:
                named[cycle.pk, track.code] = track.receiving.office
    offices = {one.code: one for one in Office.objects.filter(code__in={*named.values()})}
    return {key: offices[code] for key, code in named.items() if code in offices}


def posted(person: Person, received: Receivers) -> QuerySet[ProceedingItem]:
    """Live nominations whose papers the person's offices post or receive, or of cycles they run.

    Papers of a track go to the office that the pack names for it, and to no other (通知五（二）).
    """
    duties = duties_with(person, *OFFICE_ROLES)
    theirs = Q(proceeding__cycle__in=cycles(person))
    for duty in duties:
        sent = Q(proceeding__office__in=duty.office_ids)
        theirs |= sent & Q(application__track=duty.track) if duty.track else sent
    for (cycle, track), office in received.items():
        if any(duty.covers(office.pk, track) for duty in duties):
            theirs |= Q(proceeding__cycle=cycle, application__track=track)
    live = ProceedingItem.objects.filter(act=Act.RECOMMEND, void_at__isnull=True)
    return live.filter(theirs)


def ballots(person: Person) -> QuerySet[Ballot]:
    """Ballots of panels the person sits on, and of the cycles they run."""
    return Ballot.objects.filter(_sits(person) | Q(panel__cycle__in=cycles(person)))


def votable(person: Person) -> QuerySet[Ballot]:
    """Ballots of panels the person sits on."""
    return Ballot.objects.filter(_sits(person))


def _sits(person: Person) -> Q:
    return Q(Exists(PanelMember.objects.filter(person=person, panel=OuterRef("panel"))))


def supervised(person: Person) -> QuerySet[Cycle]:
    """Cycles of the offices the person is supervisor at."""
    offices = [duty.office.pk for duty in duties_with(person, Role.SUPERVISOR)]
    return Cycle.objects.filter(organiser__in=offices)


def watched(person: Person) -> QuerySet[Application]:
    """Files sent in under the cycles they supervise; no draft, and never their own."""
    here = Q(pk__in=())
    for duty in duties_with(person, Role.SUPERVISOR):
        of_office = Q(cycle__organiser=duty.office)
        here |= of_office & Q(track=duty.track) if duty.track else of_office
    sent_in = Application.objects.filter(here, submitted_at__isnull=False)
    return sent_in.exclude(applicant=person)


def watched_ballots(person: Person) -> QuerySet[Ballot]:
    """Ballots of their cycles and tracks, every round of a list or none.

    None of a list on which they were voted on themselves.
    """
    here = Q(pk__in=())
    candidates = Application.objects.filter(ballots__proceeding=OuterRef("proceeding"))
    for duty in duties_with(person, Role.SUPERVISOR):
        of_office = Q(panel__cycle__organiser=duty.office)
        other = Q(Exists(candidates.exclude(track=duty.track))) if duty.track else Q(pk__in=())
        here |= of_office & ~other
    return Ballot.objects.filter(here).exclude(Exists(candidates.filter(applicant=person)))


def watched_lists(person: Person) -> QuerySet[Proceeding]:
    """Lists of their cycles; not those of other tracks only, and none that they are on."""
    here = Q(pk__in=())
    listed = ProceedingItem.objects.filter(proceeding=OuterRef("pk"))
    for duty in duties_with(person, Role.SUPERVISOR):
        of_office = Q(cycle__organiser=duty.office)
        if duty.track:
            of_track = Q(Exists(listed.filter(application__track=duty.track)))
            of_office &= of_track | ~Q(Exists(listed))
        here |= of_office
    own_one = listed.filter(application__applicant=person)
    return Proceeding.objects.filter(here).exclude(Exists(own_one))


def watched_panels(person: Person) -> QuerySet[Panel]:
    """Panels of their cycles and tracks; none that they are a candidate before."""
    here = Q(pk__in=())
    for duty in duties_with(person, Role.SUPERVISOR):
        of_office = Q(cycle__organiser=duty.office)
        here |= of_office & Q(track__in=("", duty.track)) if duty.track else of_office
    before_it = ProceedingItem.objects.filter(
        Q(proceeding__ballots__panel=OuterRef("pk"))
        | Q(proceeding__cycle=OuterRef("cycle"), proceeding__step=OuterRef("step")),
        application__applicant=person,
    )
    return Panel.objects.filter(here).exclude(Exists(before_it))


def watched_parcels(person: Person) -> QuerySet[Parcel]:
    """Parcels of their cycles and tracks."""
    here = Q(pk__in=())
    for duty in duties_with(person, Role.SUPERVISOR):
        of_office = Q(cycle__organiser=duty.office)
        here |= of_office & Q(track=duty.track) if duty.track else of_office
    return Parcel.objects.filter(here)


def watched_seats(person: Person, cycle: Cycle) -> QuerySet[Seats]:
    """Seats of the cycle, of their tracks; none that they have been nominated for."""
    here = Q(pk__in=())
    for duty in duties_with(person, Role.SUPERVISOR):
        of_track = [
            rule.bucket.code
            for rule in pack_of(cycle).seats
            if duty.track in ("", rule.bucket.track)
        ]
        here |= Q(cycle__organiser=duty.office, bucket__in=of_track)
    own_one = ProceedingItem.objects.filter(
        application__applicant=person,
        bucket=OuterRef("bucket"),
        proceeding__office=OuterRef("office"),
        proceeding__cycle=OuterRef("cycle"),
    )
    return Seats.objects.filter(here, cycle=cycle).exclude(Exists(own_one))


def traces(person: Person, cycle: Cycle) -> QuerySet[Trace]:
    """Traces of one cycle they supervise, with the subject's `key`; none of drafts.

    Of what was done on a list to one person, only what was done to those they watch over.
    """
    cycles = supervised(person).filter(pk=cycle.pk)
    files = watched(person).filter(cycle__in=cycles)
    listed = watched_lists(person).filter(cycle__in=cycles)
    subjects: dict[str, QuerySet[Any]] = {
        "application": files,
        "evidence": Evidence.objects.filter(application__in=files),
        "objection": Objection.objects.filter(proceeding__in=listed, application__in=files),
        "cycle": cycles,
        "seats": watched_seats(person, cycle),
        "proceeding": listed,
        "panel": watched_panels(person).filter(cycle__in=cycles),
        "ballot": watched_ballots(person).filter(panel__cycle__in=cycles),
        "report": Report.objects.filter(cycle__in=cycles),
        "parcel": watched_parcels(person).filter(cycle__in=cycles),
    }
    seen = Q(pk__in=())
    for subject, rows in subjects.items():
        seen |= Q(subject=subject) & Q(Exists(rows.filter(pk=OuterRef("key"))))
    is_key = When(subject_id__regex=r"^[0-9]{1,18}$", then="subject_id")
    named = Cast(KeyTextTransform("application", "detail"), BigIntegerField())
    of_file = Q(detail__application__isnull=True) | Q(Exists(files.filter(pk=OuterRef("named"))))
    rows = Trace.objects.annotate(key=Cast(Case(is_key), BigIntegerField()), named=named)
    return rows.filter(seen & of_file)
