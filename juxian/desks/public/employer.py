"""An employer that is not on file asks to be registered (单位登记), and learns the answer."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from juxian.actions.accepted import SCANS
from juxian.actions.employer_request import Asked, ask
from juxian.desks.common.accounts import LOGIN_FORM
from juxian.desks.common.acting import done
from juxian.desks.common.forms import MobileField, NameField, PlainForm
from juxian.desks.common.http import answer
from juxian.desks.common.throttle import is_too_often
from juxian.records.labels import OFFICE_KINDS, REQUEST_OUTCOMES
from juxian.regulation.words import OfficeKind
from juxian.selectors.employer_request import (
    grouped,
    offices_to_ask,
    regions,
    request_by_receipt,
)

ASKINGS = {"times": 10, "seconds": 3600}
QUESTIONS = {"times": 20, "seconds": 600}
RECEIPT = "employer_receipt"
KINDS = [kind for kind in OfficeKind if kind not in (OfficeKind.DIVISION, OfficeKind.HR_OFFICE)]


class RegisterForm(PlainForm):
    credit_code = forms.CharField(
        label=_("统一社会信用代码"),
        max_length=40,
        help_text=_("18位，照营业执照、事业单位法人证书等填写。已登记的会马上告诉您。"),
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    name = forms.CharField(
        label=_("单位全称"),
        max_length=100,
        help_text=_("与证照一致。"),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(
        label=_("类型"),
        choices=[("", _("请选择")), *((one, OFFICE_KINDS[one]) for one in KINDS)],
    )
    region = forms.ChoiceField(label=_("所在地"))
    above = forms.TypedChoiceField(
        label=_("主管部门"),
        coerce=int,
        empty_value=None,
        required=False,
        help_text=_("有主管部门的，选主管部门；没有的不选，由所在地人社部门办理。"),
    )
    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    contact = NameField(label=_("联系人"), help_text=_("本单位人事部门的人，登记后由其办理申报。"))
    phone = MobileField(
        label=_("联系人手机"),
        help_text=_("查询答复时核对。例：13800000000"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    login = forms.CharField(
        label=_("希望的登录名"),
        validators=[LOGIN_FORM],
        help_text=_("联系人登录用，4 至 50 个字母或数字。例：renshi2020"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    proof = forms.FileField(
        label=_("证照扫描件"),
        widget=forms.FileInput(attrs={"accept": SCANS.accept}),
        help_text=format_lazy(_("{kinds}，20MB以内。"), kinds=SCANS.words),
    )

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        places = [(one.value, one.label) for one in regions()]
        self.fields["region"].choices = [("", _("请选择")), *places]  # type: ignore[attr-defined]
        offices = [("", _("没有主管部门")), *grouped(offices_to_ask())]
        self.fields["above"].choices = offices  # type: ignore[attr-defined]

    @property
    def asked(self) -> Asked:
        return Asked(**self.cleaned_data | {"proof": self.cleaned_data["proof"].read()})


class AnswerForm(PlainForm):
    receipt = forms.CharField(
        label=_("回执号"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", "autocomplete": "off"}),
    )
    phone = MobileField(label=_("联系人手机"), widget=forms.TextInput(attrs={"inputmode": "tel"}))


@login_not_required
def register(request: HttpRequest) -> HttpResponse:
    sending = request.method == "POST"
    form = RegisterForm(request.POST, request.FILES) if sending else RegisterForm()
    if sending and is_too_often(request, "employer", **ASKINGS):
        form.add_error(None, gettext("提交太频繁，请过一小时再试。"))
    asked = done(form, lambda: ask(form.asked))
    if asked is not None:
        request.session[RECEIPT] = asked.receipt
        return redirect("public:employer_received")
    return answer(request, "public/employer.html", {"form": form}, refused=bool(form.errors))


@login_not_required
def received(request: HttpRequest) -> HttpResponse:
    receipt = request.session.get(RECEIPT)
    if receipt is None:
        raise Http404
    return answer(request, "public/employer_received.html", {"receipt": receipt})


@login_not_required
def progress(request: HttpRequest) -> HttpResponse:
    """The answer to a request, for who has its receipt and the phone number that it gave."""
    form, found = AnswerForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        if is_too_often(request, "employer-progress", **QUESTIONS):
            form.add_error(None, gettext("查询太频繁，请过十分钟再试。"))
        else:
            found = request_by_receipt(form.cleaned_data["receipt"], form.cleaned_data["phone"])
            if found is None:
                form.add_error(None, gettext("没有查到。请核对回执号和申请时填写的手机。"))
    outcome = REQUEST_OUTCOMES[found.outcome] if found else ""
    context = {"form": form, "found": found, "outcome": outcome}
    return answer(request, "public/employer_progress.html", context, refused=bool(form.errors))
