"""Whether a person is published by name (涉密人员), as the employer's clerk says."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juxian.access.duties import covers_all
from juxian.actions import classification as actions
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.office.forms.classification import ClassificationForm
from juxian.desks.office.frame import file_address, file_at, page
from juxian.records.models import Application
from juxian.regulation.words import Role


def classify(request: SignedInRequest, number: str) -> HttpResponse:
    application = file_at(request, number)
    if not may_classify(request, application):
        raise Http404
    form = ClassificationForm(posted(request), initial={"reason": application.classified})
    if done(
        form,
        lambda: actions.classify(
            application.pk, by=request.user, reason=form.cleaned_data["reason"]
        ),
    ):
        messages.success(request, _("已登记，公示名单随之更新。"))
        return redirect(file_address(request, number))
    context = {"application": application, "form": form}
    return page(request, "office/classify.html", context, refused=bool(form.errors))


def may_classify(request: SignedInRequest, application: Application) -> bool:
    return covers_all(request.user, Role.HANDLER, application.employer_id, [application.track])
