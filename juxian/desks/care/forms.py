"""What those who care for offices fill in."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from juxian.actions.accepted import WORKBOOKS
from juxian.desks.common.accounts import LOGIN_FORM
from juxian.desks.common.forms import Day, MobileField, NameField, PlainForm, Words
from juxian.papers.table_sheet import LARGEST
from juxian.records.labels import ROLES
from juxian.records.models import EmployerRequest, Person
from juxian.regulation.fields import Choice
from juxian.regulation.post_sheet import COLUMNS
from juxian.regulation.words import Role


class SheetForm(PlainForm):
    sheet = forms.FileField(
        label=_("填好的表格"),
        widget=forms.FileInput(attrs={"accept": WORKBOOKS.accept}),
        help_text=format_lazy(
            _("{kinds}，不超过2MB，最多两万行；读取第一张表，第一行是表头。"), kinds=WORKBOOKS.words
        ),
    )

    def clean_sheet(self) -> bytes:
        file = self.cleaned_data["sheet"]
        if file.size > LARGEST:
            raise ValidationError(_("文件超过2MB；请只保留要导入的行，另存后再上传。"))
        content: bytes = file.read()
        return content


class GiveForm(PlainForm):
    """The columns of the sheet of posts, for one person."""

    login = forms.CharField(
        label=_("登录名"),
        max_length=50,
        help_text=_("4至50个字母或数字；已有账号的，填原登录名。例：gulnar1976"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    name = NameField()
    phone = MobileField(label=_("手机"), widget=forms.TextInput(attrs={"inputmode": "tel"}))
    roles = forms.MultipleChoiceField(label=_("岗位"), widget=forms.CheckboxSelectMultiple)
    track = forms.ChoiceField(
        label=_("类别"), required=False, help_text=_("只办理一个类别的才选。")
    )
    starts_on = Day(label=_("开始日期"), required=False, help_text=_("不填为今天。"))
    ends_on = Day(label=_("结束日期"), required=False, help_text=_("当天仍有效；长期任职的不填。"))

    def __init__(
        self, *args: Any, roles: tuple[Role, ...], tracks: tuple[Choice, ...], **facts: Any
    ) -> None:
        super().__init__(*args, **facts)
        self.fields["roles"].choices = [(role, ROLES[role]) for role in roles]  # type: ignore[attr-defined]
        offered = [("", _("全部类别")), *((one.value, one.label) for one in tracks)]
        self.fields["track"].choices = offered  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, Any]:
        """As a line of the sheet says them."""
        said = {code: self.cleaned_data.get(code) or "" for code in COLUMNS if code != "office"}
        return said | {code: str(said[code]) for code in ("starts_on", "ends_on")}


class PostForm(PlainForm):
    """What is asked before a post is changed; nothing for its end."""

    def __init__(self, *args: Any, colleagues: list[Person], **facts: Any) -> None:
        super().__init__(*args, **facts)
        if "colleague_id" in self.fields:
            offered = [("", _("请选择")), *((one.pk, one.name) for one in colleagues)]
            self.fields["colleague_id"].choices = offered  # type: ignore[attr-defined]


class StandInForm(PostForm):
    colleague_id = forms.TypedChoiceField(label=_("由谁代理"), coerce=int)
    starts_on = Day(label=_("从"), help_text=_("含当日。"))
    ends_on = Day(label=_("到"), help_text=_("含当日，次日自动终止。"))


class HandOverForm(PostForm):
    colleague_id = forms.TypedChoiceField(label=_("移交给谁"), coerce=int)
    views = forms.BooleanField(label=_("常用筛选一并复制给接手人"), required=False, initial=True)


class AcceptForm(PlainForm):
    """What the office above adds to what the employer said of itself."""

    login = forms.CharField(
        label=_("经办人的登录名"), validators=[LOGIN_FORM], help_text=_("申请时希望用的，可以改。")
    )
    affiliation = forms.ChoiceField(label=_("隶属关系"), required=False)
    is_nonpublic = forms.BooleanField(label=_("非公有制单位"), required=False)

    def __init__(
        self, *args: Any, request: EmployerRequest, affiliations: tuple[Choice, ...], **facts: Any
    ) -> None:
        super().__init__(*args, **facts)
        self.initial["login"] = request.login
        offered = [("", _("暂不确定")), *((one.value, one.label) for one in affiliations)]
        self.fields["affiliation"].choices = offered  # type: ignore[attr-defined]


class TurnDownForm(PlainForm):
    is_final = forms.TypedChoiceField(
        label=_("怎样答复"),
        coerce=lambda said: said == "refused",
        choices=[("returned", _("退回补正，改好可以再申请")), ("refused", _("不予登记"))],
        widget=forms.RadioSelect,
    )
    answer = Words(
        label=_("原因"), limit=500, rows=3, help_text=_("申请人凭回执号看到的就是这段话。")
    )


class ChangeForm(PlainForm):
    """From which day an office changes, and by what."""

    from_on = Day(label=_("生效日期"), help_text=_("今天或以前的立即办理，以后的到日自动办理。"))
    reason = Words(label=_("依据"), limit=500, rows=3, help_text=_("文号、日期和事由。"))


class RenameForm(ChangeForm):
    name = forms.CharField(label=_("新名称"), max_length=100)
    short_name = forms.CharField(label=_("新简称"), max_length=40, required=False)
    field_order = ("name", "short_name", "from_on", "reason")


class MoveForm(ChangeForm):
    other = forms.CharField(label=_("新的上级"), max_length=100, help_text=_("填机构代码或全称。"))
    field_order = ("other", "from_on", "reason")


class MergeForm(ChangeForm):
    other = forms.CharField(
        label=_("并入哪个机构"), max_length=100, help_text=_("填机构代码或全称。")
    )
    field_order = ("other", "from_on", "reason")
