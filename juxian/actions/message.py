"""Writing to people's inboxes (站内消息)."""

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.records.clock import now
from juxian.records.labels import ACTS
from juxian.records.models import Handling, Message
from juxian.records.packs import pack_of
from juxian.regulation.words import Act

TOLD = (
    Act.SUBMIT,
    Act.WITHDRAW,
    Act.TAKE_BACK,
    Act.SEND_BACK,
    Act.REJECT,
    Act.RECOMMEND,
    Act.PASS_OVER,
    Act.UPHOLD,
    Act.APPROVE,
)
"""Acts an applicant is told of as they happen; votes and opinions are not among them."""


@transaction.atomic
def tell_of(handling_id: int) -> None:
    """Tell the applicant of an act, once; idempotent."""
    handling = (
        Handling.objects.select_related("application__cycle", "office").filter(pk=handling_id)
    ).first()
    if handling is None or Act(handling.act) not in TOLD:
        return
    application = handling.application
    step = pack_of(application.cycle).procedure.step(handling.step)
    Message.objects.get_or_create(
        person_id=application.applicant_id,
        handling=handling,
        defaults={
            "application": application,
            "text": _("您的申报%(number)s：%(step)s，%(act)s")
            % {"number": application.number, "step": step.title, "act": ACTS[Act(handling.act)]},
            "sent_at": now(),
        },
    )
