"""The columns of the sheets that the register of offices takes, with the words of this site."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juxian.records.labels import HOLDERS, OFFICE_KINDS, ROLES, Labels
from juxian.records.models import Cycle
from juxian.records.packs import pack_named
from juxian.regulation.codes import CodeLists, load_codes
from juxian.regulation.fields import Choice, Field, FieldKind, Form, Section
from juxian.regulation.post_sheet import COLUMNS
from juxian.regulation.register import MOST, Fate
from juxian.regulation.words import SheetKind

TITLES: Labels = {
    SheetKind.OFFICES: gettext_lazy("机构"),
    SheetKind.EMPLOYERS: gettext_lazy("用人单位"),
    SheetKind.POSTS: gettext_lazy("人员与岗位"),
}
FATES: Labels = {
    Fate.NEW: gettext_lazy("新增"),
    Fate.CHANGED: gettext_lazy("变更"),
    Fate.UNCHANGED: gettext_lazy("无变化"),
    Fate.REJECTED: gettext_lazy("有误，不导入"),
}


def form_of(kind: SheetKind) -> Form:
    """A form of one section and one table: the sheet. 1 query for posts, none for others."""
    columns = {
        SheetKind.OFFICES: _office_columns,
        SheetKind.EMPLOYERS: _employer_columns,
        SheetKind.POSTS: _post_columns,
    }[kind]()
    table = Field("lines", FieldKind.ROWS, str(TITLES[kind]), columns=columns, rows_max=MOST)
    section = Section("register", "一", str(TITLES[kind]), "", fields=(table,))
    return Form((section,), (), codes())


def table_of(form: Form) -> Field:
    return form.sections[0].fields[0]


def captions_of(form: Form) -> Mapping[str, str]:
    return {column.code: column.label for column in table_of(form).columns}


@cache
def codes() -> CodeLists:
    return load_codes(Path(settings.PACKS_DIR) / "codes")


def _office_columns() -> tuple[Field, ...]:
    code = Field(
        *("code", FieldKind.TEXT, _("机构代码")),
        help=_("一经使用不再更改，只用小写字母、数字和短横。"),
        example="ks-hospital-2",
        required=True,
        limit=40,
    )
    credit = Field("credit_code", FieldKind.CREDIT_CODE, _("统一社会信用代码"))
    holder = Field(
        *("holder", FieldKind.CHOICE, _("推荐单位类别")),
        help=_("持有名额的机构才填，只有系统管理可以填。"),
        choices=_choices(HOLDERS),
    )
    county = Field(
        "is_county",
        FieldKind.BOOLEAN,
        _("县级"),
        help=_("县（市、区）人力资源和社会保障部门填“是”。"),
    )
    return (code, *_named_columns(), credit, *_place_columns(), holder, county)


def _employer_columns() -> tuple[Field, ...]:
    credit = Field(
        *("credit_code", FieldKind.CREDIT_CODE, _("统一社会信用代码")),
        help=_("用来认出同一单位，对照证照填写。"),
        required=True,
    )
    named = [column for column in _named_columns() if column.code != "parent"]
    above = replace(named[-1], required=True, help=_("主管部门，或所在地、县的人社部门。"))
    return (credit, *named[:-1], above, *_place_columns())


def _named_columns() -> tuple[Field, ...]:
    named = _("填机构代码、统一社会信用代码或全称；可以是本表中的另一行。")
    return (
        Field("name", FieldKind.TEXT, _("名称"), required=True, limit=100),
        Field("short_name", FieldKind.TEXT, _("简称"), limit=40),
        Field(
            *("kind", FieldKind.CHOICE, _("类型")), required=True, choices=_choices(OFFICE_KINDS)
        ),
        Field("parent", FieldKind.TEXT, _("上级机构"), help=named, limit=100),
        Field(
            *("files_to", FieldKind.TEXT, _("报送至")),
            help=_("申报逐级报送的上一级；与上级机构相同的，留空。"),
            limit=100,
        ),
    )


def _place_columns() -> tuple[Field, ...]:
    return (
        Field(
            *("region", FieldKind.CODE, _("所在地")),
            help=_("填行政区划代码或名称。"),
            example="653101",
            required=True,
            code_list="regions",
        ),
        Field("affiliation", FieldKind.CODE, _("隶属关系"), code_list="affiliations"),
        Field("is_nonpublic", FieldKind.BOOLEAN, _("非公有制单位")),
        Field("phone", FieldKind.PHONE, _("联系电话")),
        Field("address", FieldKind.TEXT, _("地址"), limit=200),
        Field("postcode", FieldKind.POSTCODE, _("邮编")),
        Field("starts_on", FieldKind.DATE, _("启用日期"), help=_("不填为导入当日。")),
    )


def _post_columns() -> tuple[Field, ...]:
    said = {
        "office": _("填机构代码、统一社会信用代码或全称。"),
        "login": _("4至50个字母或数字；已有账号的，填原登录名。"),
        "name": _("与身份证一致。"),
        "roles": _("一人在同一机构有几个岗位的，用“、”分开。"),
        "track": _("只办理一个类别的才填，不填为全部类别。"),
        "starts_on": _("不填为导入当日。"),
        "ends_on": _("当天仍有效；长期任职的留空。"),
    }
    kinds = {
        "name": FieldKind.NAME,
        "phone": FieldKind.MOBILE,
        "roles": FieldKind.CHOICES,
        "track": FieldKind.CHOICE,
        "starts_on": FieldKind.DATE,
        "ends_on": FieldKind.DATE,
    }
    choices = {"roles": _choices(ROLES), "track": track_choices()}
    return tuple(
        Field(
            *(code, kinds.get(code, FieldKind.TEXT), label),
            help=said.get(code, ""),
            required=code in ("office", "login", "name", "roles"),
            choices=choices.get(code, ()),
        )
        for code, label in COLUMNS.items()
    )


def affiliation_choices() -> tuple[Choice, ...]:
    return tuple(Choice(one.value, one.label) for one in codes()["affiliations"].in_force())


def region_name(code: str) -> str:
    """With those it lies in: 喀什地区喀什市; the code itself where it is unknown."""
    path = [one.label for one in codes()["regions"].path(code) if one.level != "province"]
    return "".join(path) or code


def track_choices() -> tuple[Choice, ...]:
    """The tracks of all packs in use, each once. 1 query."""
    packs = Cycle.objects.order_by("pack").values_list("pack", flat=True).distinct()
    tracks = {track.code: track.title for code in packs for track in pack_named(code).tracks}
    return tuple(Choice(code, title) for code, title in tracks.items())


def _choices(labels: Labels) -> tuple[Choice, ...]:
    return tuple(Choice(str(value), str(label)) for value, label in labels.items())
