"""Signing up and signing in: in the house's words, and through the house's one writer."""

from dataclasses import dataclass
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import ChangePasswordForm, LoginForm, SignupForm
from allauth.mfa.adapter import DefaultMFAAdapter
from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.validators import RegexValidator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from juxian.access.care import cares
from juxian.access.duties import duties_of
from juxian.actions.person import change_own_password, register
from juxian.desks.common.forms import MobileField, NameField, PlainForm
from juxian.desks.common.held import bring
from juxian.records.models import Person
from juxian.regulation.words import Role
from juxian.selectors.desks import sits_on_a_panel
from juxian.selectors.inbox import person_with_unread

OFFICE = (Role.HANDLER, Role.REVIEWER, Role.SIGNATORY, Role.DISCIPLINE)

LOGIN_FORM = RegexValidator(
    r"^[A-Za-z0-9_.-]{4,50}$", _("登录名用4至50个字母、数字、点、短横或下划线。")
)

CARE = _("机构维护")


class Accounts(AuthenticationBackend):  # type: ignore[misc]
    """Brings whoever is signed in with the number of their unread messages, for every page."""

    def get_user(self, user_id: int) -> Person | None:
        person = person_with_unread(user_id)
        return person if person is not None and self.user_can_authenticate(person) else None


@dataclass(frozen=True, slots=True)
class Desk:
    url: str
    title: "str | Promise"
    says: "str | Promise"


def desks_of(person: Person) -> tuple[Desk, ...]:
    """The desks the person may sit at; everybody may apply, so the applicant's comes last."""
    roles = {duty.role for duty in duties_of(person)}
    desks = []
    if roles.intersection(OFFICE):
        desks.append(Desk(reverse("office:inbox"), _("审核端"), _("审核、评议、公示、推荐与名额")))
    if Role.SECRETARY in roles:
        desks.append(
            Desk(reverse("secretariat:home"), _("管理端"), _("批次、评委会、表决、公示与上报"))
        )
    if Role.SUPERVISOR in roles:
        desks.append(
            Desk(reverse("supervision:home"), _("监督端"), _("办理进展、审计检索、投票核验"))
        )
    if Role.OPERATOR in roles:
        desks.append(Desk(reverse("operation:status"), _("运行端"), _("运行状态，不含申报内容")))
    if sits_on_a_panel(person):
        desks.append(Desk(reverse("expert:home"), _("专家端"), _("回避申报、审阅材料、投票表决")))
    if cares(person):
        desks.append(Desk(reverse("care:home"), CARE, _("机构、人员与岗位，导入和权限清单")))
    mine = Desk(reverse("applicant:home"), _("申报端"), _("填写登记表、提交申报、查看进度"))
    return (*desks, mine)


def landing(person: Person) -> str:
    """Where a person sits down after signing in: the only desk, or the choice between several."""
    desks = desks_of(person)
    at_work = [desk for desk in desks[:-1] if desk.title is not CARE] or desks[-1:]
    return at_work[0].url if len(at_work) == 1 else reverse("common:desks")


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("验证码不正确，请核对时间后重新输入。"),
    }


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("登录名或口令不正确，请重新输入。"),
        "incorrect_password": _("口令不正确，请重新输入。"),
        "enter_current_password": _("现在的口令不正确，请重新输入。"),
        "too_many_login_attempts": _("登录失败次数过多，请等 5 分钟再试。"),
    }

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return landing(request.user) if isinstance(request.user, Person) else reverse("public:home")

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        if isinstance(user, Person):
            change_own_password(user, password)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return self.get_login_redirect_url(request)

    def save_user(
        self,
        request: HttpRequest,  # noqa: ARG002 - allauth's signature
        user: AbstractBaseUser,  # noqa: ARG002
        form: forms.BaseForm,
        commit: bool = True,  # noqa: ARG002, FBT001, FBT002
    ) -> Person:
        given = form.cleaned_data
        return register(
            given["username"], given["password1"], name=given["name"], phone=given["phone"]
        )


class Login(PlainForm, LoginForm):  # type: ignore[misc]
    """Five wrong passwords for one name, or ten from one place in a minute, and it waits.

    `held` is what had been typed when the session ended.
    """

    held = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        login, password = self.fields["login"], self.fields["password"]
        login.label, password.label = _("登录名"), _("口令")
        password.help_text = _("同一登录名连续输错 5 次，须等 5 分钟再试。")
        without_placeholders(self)

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        bring(request, self.cleaned_data["held"])
        answer: HttpResponse = super().login(request, redirect_url=redirect_url)
        return answer


class Signup(PlainForm, SignupForm):  # type: ignore[misc]
    name = NameField(widget=forms.TextInput(attrs={"autocomplete": "name"}))
    phone = MobileField(
        label=_("手机"),
        help_text=_("退回修改时用来通知您，不对外公开。例：13800000000"),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    field_order = ("username", "name", "phone", "password1", "password2")

    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        username, first, again = (self.fields[x] for x in ("username", "password1", "password2"))
        username.label = _("登录名")
        username.help_text = _("4 至 50 个字母或数字，登录时使用。例：gulnar1976")
        username.validators.append(LOGIN_FORM)
        first.label, again.label = _("口令"), _("再输一次口令")
        first.help_text = _("至少 8 位，不能全是数字，不要与登录名、姓名、手机相近。")
        without_placeholders(self)


class ChangePassword(PlainForm, ChangePasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **facts: Any) -> None:
        super().__init__(*args, **facts)
        old, first, again = (self.fields[x] for x in ("oldpassword", "password1", "password2"))
        old.label, first.label, again.label = _("现在的口令"), _("新口令"), _("再输一次新口令")
        old.help_text = ""
        first.help_text = _("至少 8 位，不能全是数字，不要与登录名、姓名、手机相近。")
        without_placeholders(self)


def without_placeholders(form: forms.Form) -> None:
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
