"""Posts (岗位): giving one, its holder's first password, standing in, handing over, the end."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from juxian.access import care
from juxian.actions.person import told_of_post
from juxian.actions.proxy import one_time_password
from juxian.actions.register import lock_register, write_posts
from juxian.actions.trace import Left, leave, leave_all
from juxian.actions.work_view import MOST_KEPT
from juxian.records.clock import day, now
from juxian.records.models import Appointment, Office, Person, WorkView
from juxian.regulation.names import read_name
from juxian.regulation.pasting import Line
from juxian.regulation.post_sheet import COLUMNS, plan_posts, roles_to_give
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.register import Fate
from juxian.regulation.words import Role
from juxian.selectors.posts import colleagues_of, is_without_password, open_post
from juxian.selectors.register import register_for


@dataclass(frozen=True, slots=True)
class Given:
    """`password` is shown once and kept nowhere; "" for who has an account already."""

    person: Person
    password: str = field(repr=False)


@transaction.atomic
def give_post(office_id: int, values: dict[str, Any], *, by: Person) -> Given:
    """One person's posts at an office, by the rules of the sheet; a new account where needed.

    `values` are the columns of such a sheet but the office; NotReady names them.
    """
    care.check_cares(by)
    lock_register()
    office, moment = Office.objects.get(pk=office_id), now()
    line = Line(1, {**values, "office": office.code, "name": read_name(values["name"]).name})
    known = register_for([line], by=by, today=day(moment))
    (planned,) = plan_posts([line], known)
    if planned.faults:
        codes = {label: code for code, label in COLUMNS.items()}
        faults = tuple((codes[label], why) for label, why in planned.faults)
        raise NotReady(faults[0][1], faults)
    if planned.fate is Fate.UNCHANGED:
        raise NotReady(_("此人已经有这个岗位，没有需要改动的"))
    leave_all(write_posts([planned], by, moment), by=by, at=moment)
    person = Person.objects.get(login=planned.login)
    password = first_password(person.pk, by=by) if planned.person is None else ""
    return Given(person, password)


@transaction.atomic
def first_password(person_id: int, *, by: Person) -> str:
    """A password for an account that never had one; whoever forgot theirs is not served here.

    Only for people all of whose posts the one who asks may give: nobody signs in as another pair
    of eyes (四眼).
    """
    person = Person.objects.select_for_update(of=("self",)).get(pk=person_id)
    posts = Appointment.objects.filter(person=person, ended_at__isnull=True)
    reach = care.check_cares(by)
    may = [Role(post.role) in roles_to_give(reach, post.office_id) for post in posts]
    if not may or not all(may):
        raise NotAllowed(_("此人有不由您设置的岗位，请由上级或系统管理发放口令"))
    if not is_without_password(person):
        raise NotPossible(_("这个账号已有口令；忘记口令的，请联系系统管理"))
    password = one_time_password()
    person.set_password(password)
    person.password_is_given = True
    person.save(update_fields=["password", "password_is_given"])
    leave("give_password", person, by=by)
    return password


@transaction.atomic
def end_post(post_id: int, *, by: Person) -> None:
    """From this moment nothing more is done by it, nor by who stands in for it."""
    post = _manageable(post_id, by)
    _end([post, *post.stand_ins.filter(ended_at__isnull=True)], by, now())


@transaction.atomic
def stand_in(
    post_id: int, *, by: Person, colleague_id: int, starts_on: date, ends_on: date
) -> Appointment:
    """A colleague acts for the post besides its holder, for some days (代理)."""
    post, moment = _own_right(_manageable(post_id, by)), now()
    if ends_on < starts_on or ends_on < day(moment):
        raise NotReady(
            _("请核对代理的日期"), (("ends_on", _("结束日期不能早于开始日期，也不能早于今天。")),)
        )
    if post.ends_on is not None and ends_on > post.ends_on:
        raise NotReady(_("请核对代理的日期"), (("ends_on", _("不能晚于这个岗位自己的结束日期。")),))
    made = _given_on(post, colleague_id, by, moment, starts_on=starts_on, ends_on=ends_on)
    leave("stand_in", made, by=by, at=moment, **told_of_post(made))
    return made


@transaction.atomic
def hand_over(post_id: int, *, by: Person, colleague_id: int, views: bool) -> Appointment:
    """A colleague takes the post over from now on (移交); kept views go along where asked."""
    post, moment = _own_right(_manageable(post_id, by)), now()
    _end([post, *post.stand_ins.filter(ended_at__isnull=True)], by, moment)
    made = _given_on(post, colleague_id, by, moment, ends_on=post.ends_on)
    copied = _hand_views(post.person_id, colleague_id, moment) if views else 0
    leave("hand_over", made, by=by, at=moment, rows=copied, **told_of_post(made))
    return made


def _manageable(post_id: int, by: Person) -> Appointment:
    """One's own post, or one that the person may give; locked."""
    post = (
        Appointment.objects.select_for_update(of=("self",)).select_related("office").get(pk=post_id)
    )
    if post.person_id != by.pk:
        reach = care.check_cares(by)
        if Role(post.role) not in roles_to_give(reach, post.office_id):
            raise NotAllowed(_("这个岗位由上级机构或系统管理设置，您不能更改"))
    if not open_post(post, day(now())):
        raise NotPossible(_("这个岗位已经终止"))
    return post


def _own_right(post: Appointment) -> Appointment:
    """Who stands in for another passes nothing on: it would outlive the other's post."""
    if post.stands_for_id is not None:
        raise NotPossible(_("这是代理的岗位，请由原任职人请人代理或移交"))
    return post


def _given_on(
    post: Appointment, colleague_id: int, by: Person, moment: datetime, **dates: date | None
) -> Appointment:
    """The same post for a colleague of the office who does not have it yet."""
    if not colleagues_of(post).filter(pk=colleague_id).exists():
        said = _("请从本机构的人员中选择；没有的，先为其设岗位")
        raise NotReady(said, (("colleague_id", said),))
    over = Q(ends_on__isnull=True) | Q(ends_on__gte=dates.get("starts_on") or day(moment))
    there = Appointment.objects.filter(
        over,
        person=colleague_id,
        office=post.office_id,
        role=post.role,
        track=post.track,
        ended_at__isnull=True,
    )
    if there.exists():
        said = _("此人已经有这个岗位")
        raise NotReady(said, (("colleague_id", said),))
    return Appointment.objects.create(
        **{"starts_on": day(moment), **dates},
        person_id=colleague_id,
        office=post.office,
        role=post.role,
        track=post.track,
        given_by=by,
        given_at=moment,
        stands_for=post if "starts_on" in dates else None,
    )


def _end(posts: Sequence[Appointment], by: Person, moment: datetime) -> None:
    Appointment.objects.filter(pk__in=[post.pk for post in posts]).update(ended_at=moment)
    left = [Left("end_post", post, told_of_post(post)) for post in posts]
    leave_all(left, by=by, at=moment)


def _hand_views(giver: int, taker: int, moment: datetime) -> int:
    """Copies of the kept views whose names the colleague does not use, as many as there is room."""
    taken = set(WorkView.objects.filter(person=taker).values_list("name", flat=True))
    room = MOST_KEPT - len(taken)
    mine = WorkView.objects.filter(person=giver).exclude(name__in=taken).order_by("pk")[:room]
    copies = [
        WorkView(person_id=taker, name=view.name, query=view.query, saved_at=moment)
        for view in mine
    ]
    return len(WorkView.objects.bulk_create(copies))
