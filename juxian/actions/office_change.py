"""Changes of an office from a day on: a new name, another place in the tree, its end in another."""

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from juxian.access import care
from juxian.actions._move import pass_on
from juxian.actions.copying import hand_on
from juxian.actions.office import spell_paths
from juxian.actions.trace import leave
from juxian.records.clock import day, now
from juxian.records.models import (
    Appointment,
    EmployerRequest,
    FormerName,
    Office,
    OfficeChange,
    Person,
    Proxy,
)
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.register import Book
from juxian.regulation.words import OfficeChangeKind, OfficeKind
from juxian.selectors.office_change import drafts_of, in_the_way, touched_by
from juxian.selectors.register import known_offices


@dataclass(frozen=True, slots=True)
class Wanted:
    """`other` names the new office above, or the one it becomes part of; `name` is the new one."""

    kind: OfficeChangeKind
    from_on: date
    reason: str
    name: str = ""
    short_name: str = ""
    other: str = ""


@transaction.atomic
def decide(office_id: int, wanted: Wanted, *, by: Person) -> OfficeChange:
    """Done at once where its day has come; otherwise it waits for its day."""
    office = _locked(office_id)
    _check_may(office, by)
    today = day(now())
    if not wanted.reason.strip():
        raise NotReady(_("请写明依据"), (("reason", _("请写明依据")),))
    if office.starts_on >= wanted.from_on:
        said = _("生效日期须晚于启用日期")
        raise NotReady(said, (("from_on", said),))
    other = _other(office, wanted, by)
    if wanted.kind is OfficeChangeKind.RENAME:
        _check_name(office, wanted.name.strip(), wanted.from_on)
    try:
        with transaction.atomic():
            change = OfficeChange.objects.create(
                office=office,
                kind=wanted.kind,
                from_on=wanted.from_on,
                name=wanted.name.strip(),
                short_name=wanted.short_name.strip(),
                other=other,
                reason=wanted.reason.strip(),
                decided_by=by,
                decided_at=now(),
            )
    except IntegrityError:
        raise NotPossible(_("这个机构已有一项变更等待生效，请先撤销")) from None
    leave("decide_change", change, by=by, office=office.pk, kind=wanted.kind)
    if wanted.from_on <= today:
        _carry_out(change)
    return change


@transaction.atomic
def drop(change_id: int, *, by: Person) -> None:
    """A change whose day has not come is not done after all."""
    change = OfficeChange.objects.select_for_update().get(pk=change_id)
    _check_may(_locked(change.office_id), by)
    if change.done_at is not None:
        raise NotPossible(_("这项变更已经生效，不能撤销"))
    if change.dropped_at is None:
        change.dropped_at = now()
        change.save(update_fields=["dropped_at"])
        leave("drop_change", change, by=by, office=change.office_id)


def carry_out_due() -> int:
    """Do what was decided for today or earlier; what is refused waits, and is seen on the page."""
    due = OfficeChange.objects.filter(
        done_at__isnull=True, dropped_at__isnull=True, from_on__lte=day(now())
    )
    done = 0
    for change in due.order_by("from_on", "pk"):
        try:
            with transaction.atomic():
                _carry_out(change)
                done += 1
        except NotReady:
            continue
    return done


def _carry_out(change: OfficeChange) -> None:
    office, kind = _locked(change.office_id), OfficeChangeKind(change.kind)
    touched = touched_by(office)
    against = in_the_way(kind, office, touched)
    if against:
        raise NotReady("；".join(against))
    if kind is OfficeChangeKind.RENAME:
        _rename(office, change)
    elif change.other is not None:
        (_move if kind is OfficeChangeKind.MOVE else _merge)(office, change.other, change)
    change.figures, change.done_at = asdict(touched), now()
    change.save(update_fields=["figures", "done_at"])
    leave("change_office", office, by=change.decided_by, at=change.done_at, change=change.pk)


def _rename(office: Office, change: OfficeChange) -> None:
    """The former name stays findable; what was submitted under it says it as before."""
    FormerName.objects.create(
        office=office,
        name=office.name,
        short_name=office.short_name,
        until_on=change.from_on,
    )
    office.name, office.short_name = change.name, change.short_name
    office.save(update_fields=["name", "short_name"])


def _move(office: Office, above: Office, _change: OfficeChange) -> None:
    """Files under way keep the offices they were given when they were first submitted."""
    office.files_to = above
    if office.parent_id is not None:
        office.parent = above
    office.save(update_fields=["files_to", "parent"])
    spell_paths([office.pk])


def _merge(office: Office, into: Office, change: OfficeChange) -> None:
    """Its drafts, open files, people and offices below go on with the other; history stays."""
    pass_on(office, into)
    hand_on(office, into)
    drafts_of(office).update(employer=into)
    Proxy.objects.filter(office=office, ended_at__isnull=True).update(office=into)
    Person.objects.filter(employer=office).update(employer=into)
    below = [*Office.objects.filter(parent=office).values_list("pk", flat=True)]
    Office.objects.filter(parent=office).update(parent=into)
    Office.objects.filter(files_to=office).update(files_to=into)
    EmployerRequest.objects.filter(above=office, outcome="").update(above=into)
    spell_paths(below)
    _pass_posts(office, into, change)
    office.ends_on = change.from_on
    office.save(update_fields=["ends_on"])


def _pass_posts(office: Office, into: Office, change: OfficeChange) -> None:
    """Each post at the closed office ends, and goes on at the other unless it is held there."""
    moment = now()
    posts = Appointment.objects.filter(office=office, ended_at__isnull=True).order_by("pk")
    there = set(
        Appointment.objects.filter(office=into, ended_at__isnull=True).values_list(
            "person", "role", "track"
        )
    )
    for post in posts:
        if (post.person_id, post.role, post.track) not in there:
            Appointment.objects.create(
                person_id=post.person_id,
                office=into,
                role=post.role,
                track=post.track,
                starts_on=day(moment),
                ends_on=post.ends_on,
                given_by=change.decided_by,
                given_at=moment,
            )
    posts.update(ended_at=moment)


def _locked(office_id: int) -> Office:
    return Office.objects.select_for_update(of=("self",)).get(pk=office_id)


def _check_may(office: Office, by: Person) -> None:
    if not care.check_cares(by, builds=True).has_below(office.pk):
        raise NotAllowed(_("本机构的更名、划转、并入由上级机构或系统管理办理"))
    if office.ends_on is not None:
        raise NotPossible(_("这个机构已撤销，不能再变更"))


def _other(office: Office, wanted: Wanted, by: Person) -> Office | None:
    """The other office, in the reach of whoever decides, and not below the office itself."""
    if wanted.kind is OfficeChangeKind.RENAME:
        return None
    known, why = Book(known_offices()).find(wanted.other.strip())
    reach = care.reach_of(by)
    if known is None:
        why = why or _("没有找到这个机构，请填写机构代码或全称。")
    elif not why and not reach.has(known.pk):
        why = _("“%(name)s”不在您管理的范围内。") % {"name": known.name}
    elif not why and care.with_below([office.pk]).filter(pk=known.pk).exists():
        why = _("不能选本机构或它下面的机构。")
    if why or known is None:
        raise NotReady(why, (("other", why),))
    return Office.objects.get(pk=known.pk)


def _check_name(office: Office, name: str, from_on: date) -> None:
    same = Office.objects.filter(name=name, ends_on__isnull=True).exclude(kind=OfficeKind.DIVISION)
    said = ""
    if not name or name == office.name:
        said = _("请填写新的名称")
    elif same.exists():
        said = _("已有同名机构；请在名称中写明所在地")
    if said:
        raise NotReady(said, (("name", said),))
    if FormerName.objects.filter(office=office, until_on=from_on).exists():
        said = _("这一天已经更名一次，请换一个生效日期")
        raise NotReady(said, (("from_on", said),))
