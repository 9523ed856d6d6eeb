"""Code lists: what a coded answer may be, and what each code is called."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from juxian.regulation.problems import PackProblem

HEADER = ("title", "source", "year")
COLUMNS = ("code", "name", "parent", "level", "since", "until")


@dataclass(frozen=True, slots=True)
class Code:
    """One code. `extra` holds the list's own further columns, such as a title's `grade`."""

    value: str
    label: str
    parent: str = ""
    level: str = ""
    since: str = ""
    until: str = ""  # the year it was abolished
    extra: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_in_force(self) -> bool:
        return not self.until

    def attribute(self, name: str) -> str:
        """A column by name, its own code among them; "" when the list has none."""
        if name == "code":
            return self.value
        return self.parent if name == "parent" else self.extra.get(name, "")


@dataclass(frozen=True, slots=True, eq=False)
class CodeList:
    """A standard's list, or a dictionary of our own: which one is said by `source` and `year`."""

    name: str
    title: str
    source: str
    year: str
    codes: tuple[Code, ...]
    attributes: tuple[str, ...] = ()  # the names `Code.attribute` knows
    parents: str = ""  # the list that holds the parents, when it is not this one
    _by_value: dict[str, Code] = field(init=False, repr=False, compare=False)
    _by_label: dict[str, Code] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named = Counter(code.label for code in self.codes if code.is_in_force)
        by_label = {
            code.label: code for code in self.codes if code.is_in_force and named[code.label] == 1
        }
        object.__setattr__(self, "_by_value", {code.value: code for code in self.codes})
        object.__setattr__(self, "_by_label", by_label)

    def get(self, value: str) -> Code | None:
        return self._by_value.get(value)

    def find(self, label: str) -> Code | None:
        """The code in force of that name; None when there is none, or more than one."""
        return self._by_label.get(label)

    def in_force(self, levels: tuple[str, ...] = ()) -> tuple[Code, ...]:
        """The codes to offer, in the list's order; of these levels only, when any are named."""
        return tuple(
            code for code in self.codes if code.is_in_force and (not levels or code.level in levels)
        )

    def path(self, value: str) -> tuple[Code, ...]:
        """The code with those above it, widest first; () for an unknown one."""
        steps: list[Code] = []
        code = self.get(value)
        while code is not None and code not in steps:
            steps.insert(0, code)
            code = self.get(code.parent)
        return tuple(steps)


@dataclass(frozen=True, slots=True)
class CodeLists:
    """All lists of a `codes` folder; `problems` says what is wrong with any of its files."""

    lists: Mapping[str, CodeList]
    problems: tuple[PackProblem, ...] = ()

    def __contains__(self, name: object) -> bool:
        return name in self.lists

    def __getitem__(self, name: str) -> CodeList:
        return self.lists[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.lists)


def load_codes(folder: Path) -> CodeLists:
    """Every `*.tsv` of `folder`; the file's name is the list's name."""
    problems: list[PackProblem] = []
    lists = {path.stem: _read(path, problems) for path in sorted(folder.glob("*.tsv"))}
    if not lists:
        problems.append(PackProblem("codes", "-", "没有任何代码表"))
    for code_list in lists.values():
        problems += _orphans(code_list, lists)
    return CodeLists(lists, tuple(problems))


def _read(path: Path, problems: list[PackProblem]) -> CodeList:
    file = f"codes/{path.name}"
    lines = path.read_text(encoding="utf-8").splitlines()
    notes = dict(_note(line) for line in lines if line.startswith("#"))
    unsaid = [name for name in HEADER if not notes.get(name)]
    problems += [PackProblem(file, name, "缺少这一项说明") for name in unsaid]
    table = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    columns, *rows = table or [[]]
    if columns[:2] != ["code", "name"]:
        problems.append(PackProblem(file, "-", "前两列须为 code 和 name"))
        rows = []
    codes = tuple(_codes(file, columns, rows, problems))
    repeated = [value for value, times in Counter(c.value for c in codes).items() if times > 1]
    problems += [PackProblem(file, value, "代码重复") for value in repeated]
    return CodeList(
        name=path.stem,
        title=notes.get("title", ""),
        source=notes.get("source", ""),
        year=notes.get("year", ""),
        codes=codes,
        attributes=tuple(c for c in columns if c == "parent" or c not in COLUMNS),
        parents=notes.get("parents", ""),
    )


def _note(line: str) -> tuple[str, str]:
    name, _, text = line.removeprefix("#").partition(":")
    return name.strip(), text.strip()


def _codes(
    file: str, columns: list[str], rows: list[list[str]], problems: list[PackProblem]
) -> Iterator[Code]:
    for row in rows:
        cells = dict(zip(columns, row, strict=False))
        if len(row) != len(columns) or not cells["code"] or not cells["name"]:
            problems.append(PackProblem(file, row[0] or "-", "列数不符，或缺少代码、名称"))
            continue
        yield Code(
            value=cells["code"],
            label=cells["name"],
            parent=cells.get("parent", ""),
            level=cells.get("level", ""),
            since=cells.get("since", ""),
            until=cells.get("until", ""),
            extra={name: text for name, text in cells.items() if name not in COLUMNS},
        )


def _orphans(code_list: CodeList, lists: Mapping[str, CodeList]) -> list[PackProblem]:
    file = f"codes/{code_list.name}.tsv"
    above = lists.get(code_list.parents or code_list.name)
    if above is None:
        return [PackProblem(file, "parents", f"没有名为 {code_list.parents} 的代码表")]
    return [
        PackProblem(file, code.value, f"没有上级代码 {code.parent}")
        for code in code_list.codes
        if code.parent and above.get(code.parent) is None
    ]
