"""Keeping a person's name out of what is published (涉密人员)."""

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.duties import covers_all
from juxian.actions.trace import leave
from juxian.records.models import Application, Person
from juxian.regulation.publishing import CLASSIFIED
from juxian.regulation.refusal import NotAllowed, NotPossible
from juxian.regulation.words import Role


@transaction.atomic
def classify(application_id: int, *, by: Person, reason: str) -> Application:
    """By the employer's clerk, with a reason code; "" publishes the person like everybody (R45).

    It counts at once, also for a notice that is running.
    """
    application = Application.objects.select_for_update().get(pk=application_id)
    if not covers_all(by, Role.HANDLER, application.employer_id, [application.track]):
        raise NotAllowed(_("是否公开姓名由申报人所在单位登记"))
    if not application.is_submitted:
        raise NotPossible(_("还没有提交的申报不用登记"))
    if reason and reason not in CLASSIFIED:
        raise NotPossible(_("没有这样的理由，请重新选择"))
    if application.classified != reason:
        application.classified = reason
        application.save(update_fields=["classified"])
        leave("classify", application, by=by, classified=reason)
    return application
