"""Copies (抄送): offices that a file has passed are shown what is done to it elsewhere."""

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access import scope
from juxian.access.duties import duties_with
from juxian.records.clock import now
from juxian.records.models import Application, FileCopy, Handling, Office, Person, Stop
from juxian.regulation.refusal import NotAllowed
from juxian.regulation.telling import COPIED_TO_OFFICES
from juxian.regulation.words import Act


def copy_to_offices(handling_id: int) -> None:
    """To every office that the file has reached, but one that acted itself or has it now to
    verify again; idempotent."""
    handling = (
        Handling.objects.select_related("application")
        .filter(pk=handling_id, act__in=COPIED_TO_OFFICES)
        .first()
    )
    if handling is None:
        return
    acted = None if handling.act == Act.WITHDRAW else handling.office_id
    passed = Stop.objects.filter(application=handling.application_id, reached_at__isnull=False)
    asked = handling.application.holder_id if handling.act == Act.SEND_DOWN else None
    offices = set(passed.values_list("office", flat=True)) - {acted, asked}
    FileCopy.objects.bulk_create(
        [
            FileCopy(office_id=office, application_id=handling.application_id, handling=handling)
            for office in sorted(offices)
        ],
        ignore_conflicts=True,
    )


def mark_read(application: Application, *, by: Person) -> None:
    """For the person's offices; others have their own copies."""
    unread = scope.copies(by).filter(application=application, read_at__isnull=True)
    unread.update(read_at=now())


@transaction.atomic
def mark_all_read(*, by: Person) -> int:
    """All copies of the person's offices and tracks; how many."""
    if not duties_with(by, *scope.OFFICE_ROLES):
        raise NotAllowed(_("您没有这里的岗位"))
    return scope.copies(by).filter(read_at__isnull=True).update(read_at=now())


def hand_on(closed: Office, successor: Office) -> None:
    """What an office that is closed was sent goes to its successor, once."""
    had = FileCopy.objects.filter(office=successor).values("handling")
    FileCopy.objects.filter(office=closed).exclude(handling__in=had).update(office=successor)
