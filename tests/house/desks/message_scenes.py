"""The pages about messages, with as many of them as wanted."""

from django.urls import reverse

from juxian.records.clock import now
from juxian.records.models import Application, Dispatch
from juxian.regulation.messages import KINDS, Carrier, Occasion, State


def message_pages(world, file, rows):
    clerk = world.hospital_handler
    for state in (State.WAITING, State.SENT):
        written(world.hospital, file, rows, state)
    yield "office:outbox", clerk, reverse("office:outbox")
    yield "office:outbox sent", clerk, reverse("office:outbox") + "?tab=sent"
    group = [world.hospital.pk, Occasion.RETURNED, Carrier.SMS]
    yield "office:outgoing", clerk, reverse("office:outgoing", args=group)
    yield "office:sending_rules", clerk, reverse("office:sending_rules")
    yield "office:sending_rule", clerk, reverse("office:sending_rule", args=group[1:])
    yield "office:robot", clerk, reverse("office:robot")


def written(office, file, rows, state):
    """So many messages of an office, about as many files like this one."""
    moment = now()
    is_sent = state is State.SENT
    files = Application.objects.filter(employer=file.employer).order_by("pk")[:rows]
    Dispatch.objects.bulk_create(
        Dispatch(
            office=office,
            occasion=Occasion.RETURNED,
            carrier=Carrier.SMS,
            person_id=one.applicant_id,
            application=one,
            words=KINDS[Occasion.RETURNED].words,
            values={"姓名": one.name, "编号": one.number},
            key=f"scene-{state}-{one.pk}",
            made_at=moment,
            state=state,
            due_at=moment if is_sent else None,
            settled_at=moment if is_sent else None,
        )
        for one in files
    )
