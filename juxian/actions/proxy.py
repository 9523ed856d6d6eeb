"""Filling for another (代填): a unit clerk types, the applicant signs; both stay in the trace."""

import secrets
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.duties import duties_with
from juxian.actions.application import begin, own
from juxian.actions.person import register
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import Application, Office, Person, Proxy
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Role
from juxian.selectors.application import is_with_applicant
from juxian.selectors.proxy import proxy_of

READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # no letters that look like digits
GROUPS, LETTERS = 3, 4


@dataclass(frozen=True, slots=True)
class Begun:
    """`password` is shown once and kept nowhere."""

    application: Application
    password: str = field(repr=False)


@transaction.atomic
def let_fill(application_id: int, *, by: Person) -> Proxy:
    """The applicant lets the clerks of the employer type; saying it twice says it once."""
    application = own(application_id, by, "employer")
    if not is_with_applicant(application):
        raise NotPossible(_("已提交的申报不能修改，不需要代填"))
    live = proxy_of(application)
    return live or _grant(application, application.employer, by)


@transaction.atomic
def end_proxy(application_id: int, *, by: Person) -> None:
    """The applicant takes the leave back; nothing that was typed is lost."""
    application = own(application_id, by)
    live = proxy_of(application)
    if live is None:
        return
    live.ended_at = now()
    live.save(update_fields=["ended_at"])
    leave("end_proxy", application, by=by, office=live.office_id)


@transaction.atomic
def begin_for(  # noqa: PLR0913 - what the clerk is asked
    cycle_id: int, *, by: Person, office_id: int, login: str, name: str, phone: str, track: str
) -> Begun:
    """An account and a draft for one of the office's own people who came with a paper form.

    Whoever has an account already says himself that others may type for him.
    """
    office = _office_of(by, office_id, track)
    if Person.objects.filter(login=login).exists():
        said = _(
            "这个登录名已有账号：请本人登录，在填写目录中选“请单位代填”；不是本人的，换一个登录名"
        )
        raise NotReady(said, (("login", said),))
    password = one_time_password()
    person = register(login, password, name=name, phone=phone, employer=office)
    person.password_is_given = True
    person.save(update_fields=["password_is_given"])
    application = begin(cycle_id, by=person, employer_id=office.pk, track=track)
    _grant(application, office, by)
    return Begun(application, password)


def one_time_password() -> str:
    """Easy to read off a slip: three groups of four, some 59 bits."""
    groups = (
        "".join(secrets.choice(READABLE) for _letter in range(LETTERS)) for _g in range(GROUPS)
    )
    return "-".join(groups)


def _grant(application: Application, office: Office, by: Person) -> Proxy:
    live = Proxy.objects.create(
        application=application, office=office, granted_by=by, granted_at=now()
    )
    leave("let_fill", application, by=by, office=office.pk)
    return live


def _office_of(by: Person, office_id: int, track: str) -> Office:
    for duty in duties_with(by, Role.HANDLER):
        if duty.covers(office_id, track):
            return Office.objects.get(pk=office_id)
    raise NotAllowed(_("只有本单位的经办人可以为本单位人员代填"))
