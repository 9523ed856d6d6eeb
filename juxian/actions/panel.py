"""Convening a panel (评委会), its members' pledges, and who keeps out of whose vote."""

from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.acts import check_secretary
from juxian.access.scope import judged
from juxian.actions.message import invite
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import Application, Cycle, Panel, PanelMember, Person, Recusal
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotAllowed, NotReady
from juxian.regulation.words import Kind
from juxian.selectors.panel import candidates_before
from juxian.selectors.recusal import found_recusals


@transaction.atomic
def convene(  # noqa: PLR0913 - what the appointment document says
    cycle_id: int,
    *,
    by: Person,
    step: str,
    title: str,
    track: str,
    person_ids: Sequence[int],
    chair_id: int,
    document_number: str,
) -> Panel:
    """A panel for a review step, of one track or ("") of all (通知四（三）)."""
    cycle = Cycle.objects.select_for_update(of=("self",)).get(pk=cycle_id)
    duty = check_secretary(by, cycle.organiser_id)
    if duty.track not in ("", track):
        raise NotAllowed(_("这个类别的评委会不由您组建"))
    _check_seat(cycle, step, track)
    people = _people(person_ids, chair_id, by)
    if not title.strip():
        raise NotReady(_("请填写评委会名称"), (("title", _("请填写评委会名称")),))
    panel = Panel.objects.create(
        cycle=cycle,
        step=step,
        title=title.strip(),
        track=track,
        document_number=document_number.strip(),
        convened_by=by,
        convened_at=now(),
    )
    PanelMember.objects.bulk_create(
        PanelMember(panel=panel, person=person, is_chair=person.pk == chair_id) for person in people
    )
    invite(panel)
    leave("convene", panel, by=by, step=step, track=track, members=[p.pk for p in people])
    return panel


def _check_seat(cycle: Cycle, step: str, track: str) -> None:
    """The panel sits at a review of the procedure, for a track of the pack."""
    pack = pack_of(cycle)
    if pack.procedure.step(step).kind is not Kind.REVIEW:
        raise NotReady(_("只有评审环节可以组建评委会，请重新选择环节"))
    if track and track not in {entry.code for entry in pack.tracks}:
        raise NotReady(_("没有这个申报类别，请重新选择"))


def _people(person_ids: Sequence[int], chair_id: int, secretary: Person) -> list[Person]:
    people = list(Person.objects.filter(pk__in=person_ids, is_active=True).order_by("pk"))
    if not people or len(people) != len(set(person_ids)):
        raise NotReady(_("委员名单里有人不存在或已停用，请重新选择"))
    if chair_id not in {person.pk for person in people}:
        raise NotReady(_("请在委员中选定一位主任委员"))
    if secretary in people:
        raise NotReady(_("评委会秘书不担任委员，请从名单中移出自己"))
    return people


@transaction.atomic
def pledge(panel_id: int, *, by: Person) -> PanelMember:
    """A member promises secrecy and impartiality; doing it again changes nothing."""
    member = seat_of(panel_id, by)
    if member.pledged_at is None:
        member.pledged_at = now()
        member.save(update_fields=["pledged_at"])
        leave("pledge", member.panel, by=by, at=member.pledged_at)
    return member


@transaction.atomic
def recuse(panel_id: int, application_id: int, *, by: Person, relation: str) -> Recusal:
    """A member keeps out of one candidate's vote; `relation` is a code of RELATIONS, or words."""
    declare(panel_id, by=by, relations={application_id: relation})
    return Recusal.objects.get(
        member__panel=panel_id, member__person=by, application=application_id
    )


@transaction.atomic
def declare(panel_id: int, *, by: Person, relations: Mapping[int, str]) -> list[Recusal]:
    """A member's whole declaration, empty for none (确认无回避情形); what is found is added to it.

    A recusal stands: it is taken back by nobody.
    """
    member = seat_of(panel_id, by)
    if member.pledged_at is None:
        raise NotReady(_("请先阅读并同意保密与回避承诺"))
    candidates = {row.pk: row for row in candidates_before(member.panel)}
    faults = tuple(
        (str(key), fault)
        for key, relation in relations.items()
        if (fault := _fault(candidates.get(key), relation))
    )
    if faults:
        raise NotReady(faults[0][1], faults)
    record_found([member], candidates.values())
    known = set(member.recusals.values_list("application_id", flat=True))
    moment = now()
    Recusal.objects.bulk_create(
        Recusal(
            member=member,
            application_id=key,
            relation=relation.strip()[:100],
            declared_at=moment,
        )
        for key, relation in relations.items()
        if key not in known
    )
    member.declared_at = moment
    member.save(update_fields=["declared_at"])
    standing = list(member.recusals.filter(application__in=candidates).order_by("pk"))
    leave("declare", member.panel, by=by, at=moment, kept_out=[r.application_id for r in standing])
    return standing


@transaction.atomic
def open_file(panel_id: int, application_id: int, *, by: Person) -> tuple[PanelMember, Application]:
    """A member reads a candidate's file; the reading leaves a trace. The seat and the file."""
    member = seat_of(panel_id, by)
    candidate = judged(by).filter(pk=application_id).first()
    if candidate is None:
        raise NotAllowed(_("您须回避这位人选，或尚未承诺保密，不能查看其材料"))
    leave("open_file", candidate, by=by, panel=panel_id)
    return member, candidate


def _fault(candidate: Application | None, relation: str) -> str:
    if candidate is None:
        return _("这份申报不在本评委会正在评审的名单里，请刷新页面")
    if not relation.strip():
        return _("请说明与%(name)s的关系") % {"name": candidate.name}
    return ""


def record_found(members: Iterable[PanelMember], candidates: Iterable[Application]) -> None:
    """Write the recusals that the records prove; those written before stay as they are."""
    moment = now()
    Recusal.objects.bulk_create(
        (
            Recusal(
                member_id=found.member,
                application_id=found.application,
                relation=found.relation,
                is_computed=True,
                declared_at=moment,
            )
            for found in found_recusals(members, list(candidates))
        ),
        ignore_conflicts=True,
    )


def seat_of(panel_id: int, person: Person) -> PanelMember:
    """The person's own seat, locked; NotAllowed for everybody else."""
    member = (
        PanelMember.objects.select_for_update(of=("self",))
        .select_related("panel__cycle", "person__employer__parent")
        .filter(panel=panel_id, person=person)
        .first()
    )
    if member is None:
        raise NotAllowed(_("您不是这个评委会的委员"))
    return member
