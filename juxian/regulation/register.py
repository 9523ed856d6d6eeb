"""A sheet of offices (机构、用人单位) held against those on file: what is new, changed or wrong."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from juxian.regulation.pasting import Line

MOST = 20_000  # lines of one sheet
CODE = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?")
DIVISION = "division"
NAMED = ("parent", "files_to")  # columns that name another office
FIXED: Mapping[str, str] = {
    "name": "名称与现有的“{}”不同；要更名的，请在该机构页面办理，以便留下曾用名和生效日期。",
    "parent": "上级机构与现有的“{}”不同；要划转的，请在该机构页面办理，以便写明生效日期。",
    "files_to": "报送单位与现有的“{}”不同；要划转的，请在该机构页面办理，以便写明生效日期。",
    "credit_code": "统一社会信用代码与现有的不同，请对照证照核对；确需更正的，请联系系统管理。",
    "starts_on": "启用日期不能通过导入更改，请留空。",
}
OPERATORS = ("holder", "is_county")  # columns that only an operator fills in


class Fate(StrEnum):
    """What becomes of a line."""

    NEW = "new"  # 新增
    CHANGED = "changed"  # 变更
    UNCHANGED = "unchanged"  # 无变化
    REJECTED = "rejected"  # 有误，不导入


@dataclass(frozen=True, slots=True)
class Known:
    """An office on file; `facts` are its columns as a sheet writes them."""

    pk: int
    code: str
    name: str
    credit_code: str
    parent: int | None
    files_to: int | None
    is_live: bool
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reach:
    """Which offices somebody may care for: the own and those below, by their keys, or all."""

    is_whole: bool = False
    own: frozenset[int] = frozenset()
    below: frozenset[int] = frozenset()

    def has_below(self, office: int) -> bool:
        return self.is_whole or office in self.below

    def has(self, office: int) -> bool:
        return self.has_below(office) or office in self.own


@dataclass(frozen=True, slots=True)
class Named:
    """Another office that a line names: one on file, or one of another line."""

    pk: int | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class OfficeLine:
    """What becomes of one line; `facts` are the columns to write, `changes` their captions."""

    number: int
    says: str
    fate: Fate
    faults: tuple[tuple[str, str], ...] = ()  # column and reason
    pk: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    parent: Named | None = None
    files_to: Named | None = None
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """Captions by code of column, and whether the sheet lists employers, known by credit code."""

    captions: Mapping[str, str]
    by_credit_code: bool = False


def plan_offices(
    lines: Sequence[Line], known: Iterable[Known], *, reach: Reach, sheet: Sheet
) -> tuple[OfficeLine, ...]:
    """One answer per line, in the order of the sheet."""
    plan = _Plan(lines, known, reach, sheet)
    plan.read()
    plan.refuse_circles()
    plan.refuse_below_the_refused()
    return tuple(plan.answer(line) for line in lines)


class Book:
    """Offices by whatever a sheet may call them: code, credit code, or a name that only one has."""

    def __init__(self, known: Iterable[Known]) -> None:
        self.by_pk = {one.pk: one for one in known}
        self.by_code = {one.code: one for one in self.by_pk.values()}
        self.by_credit = {one.credit_code: one for one in self.by_pk.values() if one.credit_code}
        self.by_name: dict[str, list[Known]] = defaultdict(list)
        for one in self.by_pk.values():
            if one.is_live:
                self.by_name[one.name].append(one)

    def find(self, said: str) -> tuple[Known | None, str]:
        """The office, or why it is not clear which; both empty when there is none."""
        found = self.by_code.get(said.lower()) or self.by_credit.get(said.upper())
        if found is not None:
            return found, "" if found.is_live else f"“{found.name}”已撤销，请填写现在的机构。"
        named = self.by_name.get(said, [])
        if len(named) > 1:
            return None, f"有{len(named)}个机构叫“{said}”，请改填机构代码。"
        return (named[0], "") if named else (None, "")


class _Plan:
    def __init__(
        self, lines: Sequence[Line], known: Iterable[Known], reach: Reach, sheet: Sheet
    ) -> None:
        self.lines, self.reach, self.sheet = lines, reach, sheet
        self.book = Book(known)
        self.faults: dict[int, list[tuple[str, str]]] = {
            line.number: [
                *line.faults,
                *((label, "请填写。") for label in line.missing if not self._is_on_file(line)),
            ]
            for line in lines
        }
        self.keys = {line.number: self._key(line) for line in lines}
        self.of_key: dict[str, int] = {}
        self.repeated: set[int] = set()
        self.of_credit: dict[str, int] = {}
        self.of_name: dict[str, list[int]] = defaultdict(list)
        self.named: dict[tuple[int, str], Named] = {}
        for line in lines:
            self._enter(line)

    def _is_on_file(self, line: Line) -> bool:
        return self._existing(line) is not None

    def _existing(self, line: Line) -> Known | None:
        credit = _text(line, "credit_code")
        if self.sheet.by_credit_code:
            return self.book.by_credit.get(credit)
        return self.book.by_code.get(_text(line, "code").lower())

    def _key(self, line: Line) -> str:
        return _text(line, "credit_code" if self.sheet.by_credit_code else "code").lower()

    def _enter(self, line: Line) -> None:
        """Into the indexes of the sheet; a second of the same is told of the first."""
        key, credit = self.keys[line.number], _text(line, "credit_code")
        if key and self.of_key.setdefault(key, line.number) != line.number:
            self._fault(line, self._key_column, f"与第{self.of_key[key]}行相同。")
            self.repeated.add(line.number)
            return
        if credit and self.of_credit.setdefault(credit, line.number) != line.number:
            self._fault(line, "credit_code", f"与第{self.of_credit[credit]}行相同。")
        self.of_name[_text(line, "name")].append(line.number)

    @property
    def _key_column(self) -> str:
        return "credit_code" if self.sheet.by_credit_code else "code"

    def _fault(self, line: Line, column: str, reason: str) -> None:
        self.faults[line.number].append((self.sheet.captions.get(column, column), reason))

    def read(self) -> None:
        for line in self.lines:
            if line.number in self.repeated:
                continue
            existing = self._existing(line)
            for column in NAMED:
                self._find(line, column)
            self._check_operators(line)
            if existing is None:
                self._check_new(line)
            else:
                self._check_existing(line, existing)

    def _find(self, line: Line, column: str) -> None:
        said = _text(line, column)
        if not said:
            return
        number = self.of_key.get(said.lower()) or self.of_credit.get(said.upper())
        found, why = self.book.find(said)
        same = self.of_name.get(said, [])
        if number is None and found is None and not why and len(same) == 1:
            number = same[0]
        if found is not None and not why:
            self.named[line.number, column] = Named(pk=found.pk)
        elif number is not None:
            self.named[line.number, column] = Named(line=number)
        elif not why and len(same) > 1:
            why = f"本表有{len(same)}行叫“{said}”，请改填机构代码。"
        if why and number is None:
            self._fault(line, column, why)
        elif found is None and number is None:
            self._fault(line, column, f"没有找到“{said}”；请填写机构代码，或先在本表中列出它。")

    def _check_operators(self, line: Line) -> None:
        if self.reach.is_whole:
            return
        for column in OPERATORS:
            if line.values.get(column):
                self._fault(line, column, "只有系统管理可以设置，请留空。")

    def _check_new(self, line: Line) -> None:
        code, credit, name = (_text(line, one) for one in ("code", "credit_code", "name"))
        if code and not CODE.fullmatch(code.lower()):
            self._fault(line, "code", "只用小写字母、数字和短横，例：ks-hospital-2。")
        taken = self.book.by_credit.get(credit) if credit else None
        if taken is not None:
            self._fault(line, "credit_code", f"已登记在“{taken.name}”（{taken.code}）名下。")
        self._check_name(line, name)
        if not self.reach.is_whole and not any(_text(line, one) for one in NAMED):
            self._fault(line, "files_to", "请填写报送到哪个机构。")
        for column in NAMED:
            named = self.named.get((line.number, column))
            if named is not None and named.pk is not None and not self.reach.has(named.pk):
                above = self.book.by_pk[named.pk]
                self._fault(line, column, f"“{above.name}”不在您管理的范围内。")

    def _check_name(self, line: Line, name: str) -> None:
        if line.values.get("kind") == DIVISION or not name:
            return
        others = [one for one in self.book.by_name.get(name, ()) if one.facts["kind"] != DIVISION]
        if others:
            said = f"已有同名机构（{others[0].code}）；确是另一机构的，请在名称中写明所在地。"
            self._fault(line, "name", said)
        elif (first := self.of_name[name][0]) != line.number:
            self._fault(line, "name", f"与第{first}行同名；确是两个机构的，请在名称中写明所在地。")

    def _check_existing(self, line: Line, existing: Known) -> None:
        if not self.reach.has_below(existing.pk):
            said = f"“{existing.name}”不在您管理的范围内。"
            self._fault(line, self._key_column, said)
            return
        if not existing.is_live:
            self._fault(line, self._key_column, f"“{existing.name}”已撤销，不能再更改。")
        before = {"name": existing.name}
        for column in NAMED:
            known = self.book.by_pk.get(getattr(existing, column) or 0)
            before[column] = known.name if known else "无"
        differs = {
            "name": _differs(line, "name", existing.name),
            "credit_code": bool(existing.credit_code)
            and _differs(line, "credit_code", existing.credit_code),
            "starts_on": _differs(line, "starts_on", existing.facts.get("starts_on")),
            **{column: self._moves(line, column, existing) for column in NAMED},
        }
        for column, is_other in differs.items():
            if is_other:
                self._fault(line, column, FIXED[column].format(before.get(column, "")))

    def _moves(self, line: Line, column: str, existing: Known) -> bool:
        """Whether the line names another office above than it has; one it lacked is no move."""
        named, before = self.named.get((line.number, column)), getattr(existing, column)
        return named is not None and before is not None and named.pk != before

    def refuse_circles(self) -> None:
        """Offices that would stand above themselves, by either tree."""
        by_node = {
            self._node(line): line for line in self.lines if line.number not in self.repeated
        }
        for column in NAMED:
            for circle in _circles(self._above(column)):
                way = "→".join(self._called(node, by_node) for node in (*circle, circle[0]))
                for node in circle:
                    if node in by_node:
                        said = f"{self.sheet.captions[column]}绕成一圈：{way}。"
                        self._fault(by_node[node], column, said)

    def _node(self, line: Line) -> int:
        """One number for an office of either sort: below nought the key of one on file."""
        existing = self._existing(line)
        return line.number if existing is None else -existing.pk

    def _above(self, column: str) -> dict[int, int]:
        """By node, the node above it, as it would be."""
        above = {
            -one.pk: -getattr(one, column)
            for one in self.book.by_pk.values()
            if getattr(one, column)
        }
        nodes = {line.number: self._node(line) for line in self.lines}
        for (number, of), named in self.named.items():
            if of == column:
                target = -named.pk if named.pk is not None else nodes[named.line or 0]
                above.setdefault(nodes[number], target)
        return above

    def _called(self, node: int, by_node: Mapping[int, Line]) -> str:
        return f"第{by_node[node].number}行" if node in by_node else self.book.by_pk[-node].name

    def refuse_below_the_refused(self) -> None:
        """What stands under a line that is not taken cannot be taken either."""
        by_number = {line.number: line for line in self.lines}
        below: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for (number, column), named in self.named.items():
            if named.line is not None:
                below[named.line].append((number, column))
        waiting = [number for number, faults in self.faults.items() if faults]
        while waiting:
            refused = waiting.pop()
            for number, column in below.get(refused, ()):
                if not self.faults[number]:
                    said = f"第{refused}行（{self._says(by_number[refused])}）有误，须先改正。"
                    self._fault(by_number[number], column, said)
                    waiting.append(number)

    def _says(self, line: Line) -> str:
        return _text(line, "name") or self.keys[line.number] or "没有名称"

    def answer(self, line: Line) -> OfficeLine:
        says, faults = self._says(line), tuple(self.faults[line.number])
        if faults:
            return OfficeLine(line.number, says, Fate.REJECTED, faults)
        existing = self._existing(line)
        parent, files_to = (self.named.get((line.number, column)) for column in NAMED)
        if existing is None:
            facts = {code: value for code, value in _said(line) if code not in NAMED}
            facts["code"] = _text(line, "code").lower() or self.keys[line.number]
            return OfficeLine(
                line.number, says, Fate.NEW, facts=facts, parent=parent, files_to=files_to
            )
        changed = dict(_changed(line, existing))
        placed = [
            column
            for column in NAMED
            if getattr(existing, column) is None and (line.number, column) in self.named
        ]
        return OfficeLine(
            line.number,
            existing.name,
            Fate.CHANGED if changed or placed else Fate.UNCHANGED,
            pk=existing.pk,
            facts=changed,
            parent=parent if "parent" in placed else None,
            files_to=files_to if "files_to" in placed else None,
            changes=tuple(self.sheet.captions[code] for code in (*changed, *placed)),
        )


def _text(line: Line, column: str) -> str:
    return str(line.values.get(column) or "").strip()


def _said(line: Line) -> Iterator[tuple[str, object]]:
    """What the line says; a blank cell says nothing."""
    for code, value in line.values.items():
        if code != "id" and value not in (None, "", []):
            yield code, value


def _differs(line: Line, column: str, known: object) -> bool:
    said = _text(line, column)
    return bool(said) and said != str(known or "")


def _changed(line: Line, existing: Known) -> Iterator[tuple[str, object]]:
    for code, value in _said(line):
        if code not in (*NAMED, "code", "name", "starts_on"):
            known = existing.credit_code if code == "credit_code" else existing.facts.get(code)
            if value != known:
                yield code, value


def _circles(above: Mapping[int, int]) -> Iterator[tuple[int, ...]]:
    """Each circle once, from its first line."""
    done: set[int] = set()
    for start in sorted(above):
        way: dict[int, int] = {}
        here: int | None = start
        while here is not None and here not in done and here not in way:
            way[here] = len(way)
            here = above.get(here)
        if here is not None and here in way:
            circle = tuple(way)[way[here] :]
            first = circle.index(min(circle, key=lambda node: (node < 0, abs(node))))
            yield circle[first:] + circle[:first]
        done.update(way)
