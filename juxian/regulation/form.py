"""What an application form is made of: sections, fields, columns, and when each is asked."""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Annotated, TypeVar

import pydantic

from juxian.regulation.codes import CodeLists
from juxian.regulation.problems import STRICT

Plain = str | pydantic.StrictBool | pydantic.StrictInt
Bound = str | pydantic.StrictInt


class FieldKind(StrEnum):
    TEXT = "text"  # 一行文字
    LONG_TEXT = "long_text"  # 一段文字
    CHOICE = "choice"  # 单选
    CHOICES = "choices"  # 多选
    DATE = "date"  # 年月日
    YEAR_MONTH = "year_month"  # 年月
    YEAR = "year"  # 年
    INTEGER = "integer"  # 整数
    MONEY = "money"  # 金额，万元
    BOOLEAN = "boolean"  # 是否
    NAME = "name"  # 姓名
    RESIDENT_ID = "resident_id"  # 居民身份证号码
    CREDIT_CODE = "credit_code"  # 统一社会信用代码
    MOBILE = "mobile"  # 手机
    PHONE = "phone"  # 电话
    EMAIL = "email"  # 电子邮箱
    POSTCODE = "postcode"  # 邮编
    CODE = "code"  # 代码表中的一项
    ROWS = "rows"  # 表格
    PHOTO = "photo"  # 照片，存放处的编号


class EntryKind(StrEnum):
    """What a row of a table tells of, whatever the table is called in a programme's form."""

    DEGREE = "degree"  # 学历学位
    TITLE = "title"  # 职称
    HONOUR = "honour"  # 人才计划与荣誉
    POST = "post"  # 学习工作经历
    AWARD = "award"  # 获奖
    PROJECT = "project"  # 科研项目
    PAPER = "paper"  # 论文
    WORK = "work"  # 著作、标准、教材
    PATENT = "patent"  # 知识产权
    TRANSFER = "transfer"  # 成果转化
    INNOVATION = "innovation"  # 技术革新、先进操作法、绝招绝技
    CONTEST = "contest"  # 技能大赛
    MENTORING = "mentoring"  # 带徒传技与人才培养
    DEED = "deed"  # 专项业绩、事迹


@dataclass(frozen=True, slots=True)
class Choice:
    __pydantic_config__ = STRICT

    value: str
    label: str
    clause: str = ""
    tracks: tuple[str, ...] = ()  # none named: all
    parent: str = ""  # the choice of the field named by `within` that this one belongs to


@dataclass(frozen=True, slots=True)
class When:
    """Another answer that decides: `name` beside the field, or "section.name" further up.

    One of the three is given. An answer of several values holds when any of them does.
    """

    __pydantic_config__ = STRICT

    field: str
    equals: Plain | None = None
    one_of: tuple[Plain, ...] = ()
    filled: pydantic.StrictBool = False

    def holds(self, answer: object) -> bool:
        if self.filled:
            return not is_blank(answer)
        wanted = self.one_of if self.equals is None else (self.equals,)
        given = answer if isinstance(answer, list) else [answer]
        return any(type(one) is type(value) and one == value for one in given for value in wanted)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many rows may or must tick a BOOLEAN column, over all tables of the section."""

    __pydantic_config__ = STRICT

    column: str
    label: str
    minimum: pydantic.StrictInt = 0
    maximum: pydantic.StrictInt = 1


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that is asked; or, with ROWS, a table whose `columns` are asked per row."""

    __pydantic_config__ = STRICT

    code: str
    kind: FieldKind
    label: str
    help: str = ""
    example: str = ""
    required: pydantic.StrictBool = False
    required_when: When | None = None
    shown_when: When | None = None
    limit: pydantic.StrictInt | None = None  # characters, as `count_characters` counts
    minimum: Bound | None = None  # written as answers are kept; of CHOICES: how many are picked
    maximum: Bound | None = None
    choices: Annotated[tuple[Choice, ...], pydantic.Field(validation_alias="choice")] = ()
    code_list: str = ""
    code_levels: tuple[str, ...] = ()  # none named: any level of the list may be picked
    tracks: tuple[str, ...] = ()
    clause: str = ""
    sealed: pydantic.StrictBool = False  # encrypted at rest; a RESIDENT_ID always is
    columns: Annotated[tuple["Field", ...], pydantic.Field(validation_alias="column")] = ()
    rows_min: pydantic.StrictInt = 0
    rows_max: pydantic.StrictInt = 20
    prints_as: str = ""  # the caption on paper, where it differs from the label
    follows: str = ""  # "sibling.attribute": filled in from it, and must agree with it
    suggests: str = ""  # the code list whose names are offered while it is typed
    begins_as: str = ""  # "sibling.attribute": filled in from it while blank, and may differ
    out_of: str = ""  # sibling that "2/7" answers too: 2 of 7
    lists: str = ""  # "section.table" further up: a text that begins as the list of its rows
    list_columns: tuple[str, ...] = ()  # what it says of each row
    carried: pydantic.StrictBool = False  # of a column: a new row begins with the last one's
    within: str = ""  # sibling whose answer is the `parent` of this one's choices
    differs_from: str = ""  # sibling whose answer may not be given again here
    same_as: str = ""  # "section.field" that must be equal on completion: a typed signature
    affirm: pydantic.StrictBool = False  # a BOOLEAN that only yes completes
    until_now: pydantic.StrictBool = False  # an end left blank means to the present (至今)
    one_row_each: tuple[str, ...] = ()  # siblings: each value picked there has its own row here
    group: str = ""  # the heading that it stands under on its page, with its neighbours
    fact: str = ""  # what it is called across programmes; of ROWS: the EntryKind of a row

    def __post_init__(self) -> None:
        if self.kind is FieldKind.RESIDENT_ID:
            object.__setattr__(self, "sealed", True)

    @property
    def caption(self) -> str:
        return self.prints_as or self.label

    @property
    def known_as(self) -> str:
        """The name of a column among entries of its kind."""
        return self.fact or self.code

    def column(self, code: str) -> "Field":
        """The column of that code; LookupError when there is none."""
        return _of_code(self.columns, code)


@dataclass(frozen=True, slots=True)
class Section:
    __pydantic_config__ = STRICT

    code: str
    number: str  # as printed: 一
    title: str
    clause: str
    intro: str = ""
    tracks: tuple[str, ...] = ()
    fields: Annotated[tuple[Field, ...], pydantic.Field(validation_alias="field")] = ()
    tallies: Annotated[tuple[Tally, ...], pydantic.Field(validation_alias="tally")] = ()

    def field(self, code: str) -> Field:
        """The field of that code; LookupError when there is none."""
        return _of_code(self.fields, code)


@dataclass(frozen=True, slots=True)
class Form:
    sections: tuple[Section, ...]
    tracks: tuple[str, ...]
    codes: CodeLists = field(repr=False, compare=False)
    of_tracks: dict[str, "Form"] = field(default_factory=dict, repr=False, compare=False)
    offered: dict[tuple[str, tuple[str, ...]], tuple["Choice", ...]] = field(
        default_factory=dict, repr=False, compare=False
    )

    def section(self, code: str) -> Section:
        """The section of that code; LookupError when there is none."""
        for section in self.sections:
            if section.code == code:
                return section
        raise LookupError(code)

    def for_track(self, track: str) -> "Form":
        """The form as an applicant of that track sees it; made once and kept."""
        if track not in self.of_tracks:
            kept = tuple(
                replace(section, fields=_for_track(section.fields, track))
                for section in _kept(self.sections, track)
            )
            own = replace(self, sections=kept, of_tracks={})
            own.of_tracks[track] = own
            self.of_tracks[track] = own
        return self.of_tracks[track]

    def options(self, asked: Field) -> tuple[Choice, ...]:
        """What may be picked: the field's own choices, or its code list's codes in force."""
        if not asked.code_list:
            return asked.choices
        named = (asked.code_list, asked.code_levels)
        if named not in self.offered:
            codes = self.codes[asked.code_list].in_force(asked.code_levels)
            self.offered[named] = tuple(
                Choice(code.value, code.label, parent=code.parent) for code in codes
            )
        return self.offered[named]

    def label_of(self, asked: Field, value: object) -> str:
        """What one picked value is called; the value itself when it is not a known one."""
        if isinstance(value, bool):
            return "是" if value else "否"
        for choice in asked.choices:
            if choice.value == value:
                return choice.label
        code = self.codes[asked.code_list].get(str(value)) if asked.code_list else None
        return code.label if code is not None else str(value)


Part = TypeVar("Part", Section, Field, Choice)


def is_blank(answer: object) -> bool:
    """Whether nothing has been answered; no and 0 are answers."""
    return answer in (None, "", [])


def _of_code(fields: tuple[Field, ...], code: str) -> Field:
    for asked in fields:
        if asked.code == code:
            return asked
    raise LookupError(code)


def _kept(parts: tuple[Part, ...], track: str) -> tuple[Part, ...]:
    return tuple(part for part in parts if not part.tracks or track in part.tracks)


def _for_track(fields: tuple[Field, ...], track: str) -> tuple[Field, ...]:
    return tuple(
        replace(
            asked,
            choices=_kept(asked.choices, track),
            columns=_for_track(asked.columns, track),
        )
        for asked in _kept(fields, track)
    )
