"""Letting the employer's clerks type (请单位代填), and taking that back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from juxian.actions.proxy import end_proxy, let_fill
from juxian.desks.applicant.own import around, own_or_404, timed
from juxian.desks.common.http import SignedInRequest, answer
from juxian.regulation.refusal import Refusal
from juxian.selectors.application import is_with_applicant
from juxian.selectors.proxy import proxy_of, typists_of


def proxy(request: SignedInRequest, number: str) -> HttpResponse:
    application = own_or_404(request, number)
    if not is_with_applicant(application):
        return redirect("applicant:progress", number)
    refusal: Refusal | None = None
    if request.method == "POST":
        try:
            said = _settled(request, application.pk)
        except Refusal as no:
            refusal = no
        else:
            messages.success(request, said)
            return redirect("applicant:tasks", number)
    context = {"proxy": proxy_of(application), "typists": typists_of(application)}
    page = around(application, **context, refusal=refusal, **timed(application))
    return answer(request, "applicant/proxy.html", page, refused=refusal is not None)


def _settled(request: SignedInRequest, application: int) -> str:
    if request.POST.get("go") == "end":
        end_proxy(application, by=request.user)
        return _("已停止代填，单位不能再填写这份登记表。")
    let_fill(application, by=request.user)
    return _("已请单位代填。您可以随时停止；签名提交仍由您本人办理。")
