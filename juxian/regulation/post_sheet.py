"""A sheet of people and their posts (人员与岗位) held against those on file."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from juxian.regulation.pasting import Line
from juxian.regulation.register import Book, Fate, Known, Reach
from juxian.regulation.words import Role

LOGIN = re.compile(r"[A-Za-z0-9_.-]{4,50}")
LOGIN_SAYS = "登录名用4至50个字母、数字、点、短横或下划线。"
BELOW = (Role.HANDLER, Role.REVIEWER, Role.SIGNATORY, Role.DISCIPLINE)
AT_HOME = (Role.HANDLER,)

COLUMNS: Mapping[str, str] = {
    "office": "机构",
    "login": "登录名",
    "name": "姓名",
    "phone": "手机",
    "roles": "岗位",
    "track": "类别",
    "starts_on": "开始日期",
    "ends_on": "结束日期",
}


@dataclass(frozen=True, slots=True)
class KnownPerson:
    pk: int
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class KnownPost:
    """A post that is not over."""

    pk: int
    person: int
    office: int
    role: str
    track: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class PostLine:
    """What becomes of one line; of its roles those that are new, and posts whose end changes."""

    number: int
    says: str
    fate: Fate
    faults: tuple[tuple[str, str], ...] = ()
    office: int = 0
    login: str = ""
    name: str = ""
    phone: str = ""
    person: int | None = None  # None: an account is made
    roles: tuple[str, ...] = ()
    track: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    prolonged: tuple[int, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Register:
    """Who is on file, and who sends the sheet in."""

    offices: Book
    people: Mapping[str, KnownPerson]  # by login, in small letters
    posts: Mapping[tuple[int, int, str, str], KnownPost]  # person, office, role, track
    reach: Reach
    sender: int
    today: date
    role_names: Mapping[str, str] = field(default_factory=dict)


def roles_to_give(reach: Reach, office: int) -> tuple[Role, ...]:
    """What somebody may appoint to at the office: at their own, handlers alone.

    So that nobody fills the other pairs of eyes of the own office (四眼) by themselves.
    """
    if reach.is_whole:
        return tuple(Role)
    if reach.has_below(office):
        return BELOW
    return AT_HOME if reach.has(office) else ()


def plan_posts(lines: Sequence[Line], register: Register) -> tuple[PostLine, ...]:
    """One answer per line, in the order of the sheet."""
    plan = _Plan(register)
    return tuple(plan.answer(line) for line in lines)


class _Plan:
    def __init__(self, register: Register) -> None:
        self.on_file = register
        self.names: dict[str, tuple[str, int]] = {}
        self.posts: dict[tuple[str, int, str, str], int] = {}

    def answer(self, line: Line) -> PostLine:
        login, name = _text(line, "login"), _text(line, "name")
        faults = [*line.faults, *((label, "请填写。") for label in line.missing)]
        office, why = self.on_file.offices.find(_text(line, "office"))
        if why or office is None:
            said = why or f"没有找到“{_text(line, 'office')}”，请填写机构代码或全称。"
            faults += [] if "机构" in dict(faults) else [("机构", said)]
        if not faults:
            faults += self._check_person(line, login, name)
        if not faults and office is not None:
            faults += self._check_roles(line, office, login)
        if faults or office is None:
            return PostLine(line.number, name or login, Fate.REJECTED, tuple(faults))
        return self._planned(line, office)

    def _check_person(self, line: Line, login: str, name: str) -> Iterator[tuple[str, str]]:
        if not LOGIN.fullmatch(login):
            yield "登录名", LOGIN_SAYS
            return
        first, number = self.names.setdefault(login.lower(), (name, line.number))
        if first != name:
            yield "姓名", f"登录名与第{number}行相同，姓名却不同。"
        known = self.on_file.people.get(login.lower())
        if known is None:
            return
        if known.name != name:
            yield "登录名", "这个登录名已属于另一人；不是同一人的，请换一个登录名。"
        elif known.login != login:
            yield "登录名", f"现有账号写作“{known.login}”，大小写须一致。"
        elif known.pk == self.on_file.sender:
            yield "登录名", "不能给自己设岗位，请由上级或系统管理办理。"

    def _check_roles(self, line: Line, office: Known, login: str) -> Iterator[tuple[str, str]]:
        may = roles_to_give(self.on_file.reach, office.pk)
        if not may:
            yield "机构", f"“{office.name}”不在您管理的范围内。"
            return
        for role in _list(line.values.get("roles")):
            says = self.on_file.role_names.get(role, role)
            key = (login.lower(), office.pk, role, _text(line, "track"))
            if role not in may:
                yield "岗位", f"“{says}”须由上级机构或系统管理设置。"
            elif (first := self.posts.setdefault(key, line.number)) != line.number:
                yield "岗位", f"“{says}”与第{first}行相同。"
        starts, ends = _day(line, "starts_on"), _day(line, "ends_on")
        if ends and ends < (starts or self.on_file.today):
            yield "结束日期", "结束日期早于开始日期，请更正。"

    def _planned(self, line: Line, office: Known) -> PostLine:
        login, track = _text(line, "login"), _text(line, "track")
        person = self.on_file.people.get(login.lower())
        starts, ends = _day(line, "starts_on"), _day(line, "ends_on")
        new, prolonged = [], []
        for role in _list(line.values.get("roles")):
            key = (person.pk, office.pk, role, track) if person else None
            post = self.on_file.posts.get(key) if key else None
            if post is None:
                new.append(role)
            elif ends and post.ends_on != ends:
                prolonged.append(post.pk)
        changes = [self.on_file.role_names.get(role, role) for role in new]
        changes += ["结束日期"] if prolonged else []
        fate = Fate.NEW if person is None else Fate.CHANGED if changes else Fate.UNCHANGED
        return PostLine(
            line.number,
            f"{_text(line, 'name')}（{office.name}）",
            fate,
            office=office.pk,
            login=login,
            name=_text(line, "name"),
            phone=_text(line, "phone"),
            person=person.pk if person else None,
            roles=tuple(new),
            track=track,
            starts_on=starts,
            ends_on=ends,
            prolonged=tuple(prolonged),
            changes=tuple(changes),
        )


def _text(line: Line, column: str) -> str:
    return str(line.values.get(column) or "").strip()


def _list(value: object) -> Iterable[str]:
    return value if isinstance(value, list) else ()


def _day(line: Line, column: str) -> date | None:
    said = _text(line, column)
    return date.fromisoformat(said) if said else None
