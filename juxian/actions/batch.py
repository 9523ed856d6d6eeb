"""One act done to several files, each for itself: what is refused leaves the others done."""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.acts import check
from juxian.actions._move import locked
from juxian.actions.message import remind
from juxian.actions.signing import Draft, put_forward
from juxian.actions.trace import leave
from juxian.records.models import Application, Person
from juxian.regulation.refusal import NotReady, Refusal
from juxian.regulation.words import Act
from juxian.selectors.batch import TOGETHER, files_of, reminding, unread
from juxian.selectors.points import points_for

Outcomes = dict[int, str]
"""By application: why it was not done, "" where it was."""


def endorse_each(
    ids: Sequence[int], *, by: Person, opinion: str = "", all_hold: bool = False
) -> Outcomes:
    """Pass on, or propose where others sign, every file that single endorsing would, and that its
    office has opened; `all_hold` answers every point of the checklist for each of them.
    """

    def act(file: int) -> None:
        asked = points_for(_read(file, by=by)) if all_hold else ()
        points = {one.code: True for one in asked}
        put_forward(file, Draft(Act.ENDORSE, opinion, points=points), by=by)

    return _each(ids, act)


def remind_each(ids: Sequence[int], *, by: Person, may_go: bool = False) -> Outcomes:
    """Write to the applicants of returned files (催办), once a day to each."""
    return _each(ids, lambda file: _remind(file, by=by, may_go=may_go))


def _each(ids: Sequence[int], act: Callable[[int], None]) -> Outcomes:
    if not ids:
        raise NotReady(_("请先勾选要办理的申报"))
    if len(ids) > TOGETHER:
        raise NotReady(_("一次最多%(most)d份，请分几次办理") % {"most": TOGETHER})
    return {file: _tried(file, act) for file in dict.fromkeys(ids)}


def _tried(file: int, act: Callable[[int], None]) -> str:
    try:
        with transaction.atomic():
            act(file)
    except Refusal as refusal:
        return str(refusal)
    return ""


def _read(file: int, *, by: Person) -> Application:
    """Under the lock that endorsing takes again."""
    application = locked(file)
    check(by, Act.ENDORSE, application)
    why = unread(application)
    if why:
        raise NotReady(_("%(why)s，请逐份办理") % {"why": why})
    return application


def _remind(file: int, *, by: Person, may_go: bool) -> None:
    locked(file)
    known: Iterable[Application] = files_of(by, [file])
    chance = next(iter(reminding(by, list(known))), None)
    if chance is None:
        raise NotReady(_("没有找到这份申报，可能已被移除；请刷新页面"))
    if chance.why:
        raise NotReady(chance.why)
    application = chance.task.application
    remind(application, may_go=may_go)
    leave("remind", application, by=by)
