"""Telling colleagues that one has a file open, as long as the page tells so itself."""

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.acts import duty_for
from juxian.records.clock import now
from juxian.records.models import Application, Person, Reading
from juxian.regulation.refusal import NotAllowed
from juxian.selectors.desk_facts import LAPSES_AFTER


@transaction.atomic
def keep_reading(application: Application, *, by: Person) -> None:
    """Only whoever works on the file is told of; what has lapsed is not kept (`LAPSES_AFTER`)."""
    if duty_for(by, application) is None:
        raise NotAllowed(_("这份申报现在不由您所在的单位办理"))
    moment = now()
    rows = Reading.objects.filter(application=application)
    rows.filter(seen_at__lt=moment - LAPSES_AFTER).delete()
    Reading.objects.bulk_create(
        [Reading(application=application, by=by, since=moment, seen_at=moment)],
        update_conflicts=True,
        unique_fields=["application", "by"],
        update_fields=["seen_at"],
    )
