"""What must hold in an application form, beyond each of its entries being well formed."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from juxian.regulation.codes import CodeLists
from juxian.regulation.form import EntryKind, Field, FieldKind, Form, Section, When

Fault = tuple[str, str]
"""The key and the reason."""

CODE_NAME = re.compile(r"[a-z][a-z0-9_]*")
FACT_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
RESERVED = frozenset({"at", "base", "go", "held", "inline", "row", "version"})
"""What the pages of a form send beside its answers, which are sent by their codes."""
TEXTS = (FieldKind.TEXT, FieldKind.LONG_TEXT)
PICKED = (FieldKind.CHOICE, FieldKind.CHOICES, FieldKind.CODE)
DATED: Mapping[FieldKind, str] = {
    FieldKind.DATE: r"\d{4}-\d{2}-\d{2}",
    FieldKind.YEAR_MONTH: r"\d{4}-\d{2}",
    FieldKind.MONEY: r"\d+(\.\d+)?",
}
NUMBERED = (FieldKind.INTEGER, FieldKind.YEAR, FieldKind.CHOICES)
NOT_IN_ROWS = (FieldKind.ROWS, FieldKind.PHOTO, FieldKind.RESIDENT_ID)
FROM_ID = ("birth_date", "sex")

# Attributes that only some kinds have: who may have each.
ONLY_FOR: Mapping[str, tuple[FieldKind, ...]] = {
    "limit": TEXTS,
    "choices": (FieldKind.CHOICE, FieldKind.CHOICES),
    "code_list": PICKED,
    "code_levels": PICKED,
    "minimum": (*DATED, *NUMBERED),
    "maximum": (*DATED, *NUMBERED),
    "columns": (FieldKind.ROWS,),
    "rows_min": (FieldKind.ROWS,),
    "one_row_each": (FieldKind.ROWS,),
    "affirm": (FieldKind.BOOLEAN,),
    "within": (FieldKind.CHOICE,),
    "differs_from": PICKED,
    "suggests": (FieldKind.TEXT,),
    "lists": (FieldKind.LONG_TEXT,),
    "list_columns": (FieldKind.LONG_TEXT,),
    "out_of": (FieldKind.INTEGER,),
    "until_now": (FieldKind.DATE, FieldKind.YEAR_MONTH, FieldKind.YEAR),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A field where it stands: what is asked before it, and what is asked beside it."""

    field: Field
    key: str
    above: Mapping[str, Field]  # "section.field", all that come before
    beside: Mapping[str, Field]  # the section's fields, or the row's columns
    before: frozenset[str]  # those of `beside` that come before
    codes: CodeLists
    in_row: bool = False

    def fault(self, attribute: str, reason: str) -> Fault:
        return f"{self.key}.{attribute}", reason


def faults_of(form: Form) -> Iterator[Fault]:
    yield from _repeated("section", (section.code for section in form.sections))
    if not form.sections:
        yield "section", "至少须有一个部分"
    for section in form.sections:
        yield from _section(form, section)
    singles = (one.fact for part in form.sections for one in part.fields if not one.columns)
    yield from _repeated("fact", (fact for fact in singles if fact))
    for place in _places(form):
        for check in CHECKS:
            yield from check(place)
        yield from _tracks(place.key, place.field.tracks, form)
        for choice in place.field.choices:
            yield from _tracks(f"{place.key}.choice[{choice.value}]", choice.tracks, form)


def _section(form: Form, section: Section) -> Iterator[Fault]:
    key = f"section[{section.code}]"
    if not CODE_NAME.fullmatch(section.code):
        yield f"{key}.code", "代码只能用小写字母、数字和下划线，字母开头"
    for name in ("number", "title", "clause"):
        if not getattr(section, name):
            yield f"{key}.{name}", "不能为空"
    if not section.fields:
        yield f"{key}.field", "至少须有一项"
    yield from _repeated(f"{key}.field", (asked.code for asked in section.fields))
    yield from _tracks(key, section.tracks, form)
    yield from _groups(key, section)
    for tally in section.tallies:
        columns = [c for f in section.fields for c in f.columns if c.code == tally.column]
        if not columns or any(column.kind is not FieldKind.BOOLEAN for column in columns):
            yield f"{key}.tally[{tally.column}]", "表格中没有这个“是否”列"
        if not 0 <= tally.minimum <= tally.maximum:
            yield f"{key}.tally[{tally.column}]", "最少不能大于最多"


def _groups(key: str, section: Section) -> Iterator[Fault]:
    """Each group stands together; a section has all its questions in groups, or none."""
    singles = [asked for asked in section.fields if asked.kind is not FieldKind.ROWS]
    runs = [group for group, _run in groupby(singles, key=lambda asked: asked.group)]
    yield from _repeated(f"{key}.group", runs)
    if "" in runs and len(runs) > 1:
        yield f"{key}.group", "各项须都写明分组，或者都不写"
    for table in section.fields:
        if table.kind is FieldKind.ROWS and any(c.group for c in (table, *table.columns)):
            yield f"{key}.field[{table.code}].group", "表格和表格的列不能有分组"


def _places(form: Form) -> Iterator[Place]:
    above: dict[str, Field] = {}
    for section in form.sections:
        beside = {asked.code: asked for asked in section.fields}
        before: list[str] = []
        for asked in section.fields:
            key = f"section[{section.code}].field[{asked.code}]"
            yield Place(asked, key, dict(above), beside, frozenset(before), form.codes)
            above[f"{section.code}.{asked.code}"] = asked
            before.append(asked.code)
            yield from _column_places(asked, key, above, form.codes)


def _column_places(
    table: Field, key: str, above: Mapping[str, Field], codes: CodeLists
) -> Iterator[Place]:
    beside = {column.code: column for column in table.columns}
    before: list[str] = []
    for column in table.columns:
        at = f"{key}.column[{column.code}]"
        yield Place(column, at, dict(above), beside, frozenset(before), codes, in_row=True)
        before.append(column.code)


def _repeated(key: str, codes: Iterable[str]) -> Iterator[Fault]:
    for code, times in Counter(codes).items():
        if times > 1:
            yield f"{key}[{code}]", "代码重复"


def _tracks(key: str, tracks: Iterable[str], form: Form) -> Iterator[Fault]:
    for track in tracks:
        if track not in form.tracks:
            yield f"{key}.tracks", f"没有名为 {track} 的类别"


def _names(place: Place) -> Iterator[Fault]:
    field = place.field
    if not CODE_NAME.fullmatch(field.code) or field.code == "id":
        yield place.fault("code", "代码只能用小写字母、数字和下划线，字母开头，且不能是 id")
    if field.code in RESERVED:
        yield place.fault("code", f"代码不能是 {field.code}，填写页面用它传送别的内容")
    if not field.label:
        yield place.fault("label", "不能为空")


def _attributes(place: Place) -> Iterator[Fault]:
    for name, kinds in ONLY_FOR.items():
        given = getattr(place.field, name)
        if given not in (None, "", (), 0, False) and place.field.kind not in kinds:
            yield place.fault(name, f"{place.field.kind} 不能有这一项")


def _limits(place: Place) -> Iterator[Fault]:
    field = place.field
    if field.kind in TEXTS and (field.limit is None or field.limit < 1):
        yield place.fault("limit", "须写明字数上限，且至少为1")
    if not 0 <= field.rows_min <= field.rows_max:
        yield place.fault("rows_min", "最少行数不能大于最多行数")
    bounds = [("minimum", field.minimum), ("maximum", field.maximum)]
    for name, bound in bounds:
        pattern = DATED.get(field.kind)
        if pattern and bound is not None and not re.fullmatch(pattern, str(bound)):
            yield place.fault(name, "写法须与答案相同，如 2015-03-01、2015-03、12.5")
        if field.kind in NUMBERED and bound is not None and not isinstance(bound, int):
            yield place.fault(name, "应为整数")


def _picked(place: Place) -> Iterator[Fault]:
    field = place.field
    if field.kind in PICKED and bool(field.choices) == bool(field.code_list):
        yield place.fault("choice", "须写明选项或代码表，只写一样")
    if field.suggests and field.suggests not in place.codes:
        yield place.fault("suggests", f"没有名为 {field.suggests} 的代码表")
    yield from _repeated(f"{place.key}.choice", (choice.value for choice in field.choices))
    if not field.code_list:
        return
    if field.code_list not in place.codes:
        yield place.fault("code_list", f"没有名为 {field.code_list} 的代码表")
        return
    levels = {code.level for code in place.codes[field.code_list].codes}
    for level in field.code_levels:
        if level not in levels:
            yield place.fault("code_levels", f"代码表 {field.code_list} 没有 {level} 这一级")


def _tables(place: Place) -> Iterator[Fault]:
    field = place.field
    if field.kind is FieldKind.ROWS and not field.columns:
        yield place.fault("column", "表格至少须有一列")
    yield from _repeated(f"{place.key}.column", (column.code for column in field.columns))
    for column in field.columns:
        if column.kind in NOT_IN_ROWS:
            yield place.fault(f"column[{column.code}].kind", f"表格中不能有 {column.kind}")
    for name in field.one_row_each:
        if name not in place.beside:
            yield place.fault("one_row_each", f"旁边没有 {name} 这一项")


def _conditions(place: Place) -> Iterator[Fault]:
    for name in ("shown_when", "required_when"):
        when: When | None = getattr(place.field, name)
        if when is None:
            continue
        if (when.equals is not None) + bool(when.one_of) + when.filled != 1:
            yield place.fault(name, "equals、one_of、filled 须写且只写一样")
        if when.field not in place.above and when.field not in place.before:
            yield place.fault(name, f"前面没有 {when.field} 这一项")


def _siblings(place: Place) -> Iterator[Fault]:
    field = place.field
    for name in ("within", "differs_from"):
        sibling = getattr(field, name)
        if sibling and sibling not in place.before:
            yield place.fault(name, f"前面没有 {sibling} 这一项")
    if field.within and not all(choice.parent for choice in field.choices):
        yield place.fault("choice", "有 within 时，每个选项须写明 parent")
    if field.same_as and field.same_as not in place.above:
        yield place.fault("same_as", f"前面没有 {field.same_as} 这一项")
    if field.follows:
        yield from _followed(place)


def _followed(place: Place) -> Iterator[Fault]:
    name, _, attribute = place.field.follows.partition(".")
    source = place.beside.get(name)
    if source is None or source.follows:
        yield place.fault("follows", f"旁边没有 {name} 这一项，或它也随别的项填写")
    elif source.kind is FieldKind.RESIDENT_ID:
        if attribute not in FROM_ID:
            yield place.fault("follows", f"身份证号码中没有 {attribute}")
    elif source.code_list not in place.codes:
        yield place.fault("follows", f"{name} 不是代码表中的一项")
    elif attribute not in place.codes[source.code_list].attributes:
        yield place.fault("follows", f"代码表 {source.code_list} 没有 {attribute} 这一列")


def _saving(place: Place) -> Iterator[Fault]:
    """What spares typing: a list, an answer to two questions, what another answer begins."""
    field = place.field
    table = place.above.get(field.lists)
    if field.lists and table is None:
        yield place.fault("lists", f"前面没有 {field.lists} 这一项")
    elif {*field.list_columns} - {column.code for column in (table.columns if table else ())}:
        yield place.fault("list_columns", f"{field.lists} 中没有这一列")
    whole = place.beside.get(field.out_of)
    if field.out_of and (whole is None or whole.kind is not FieldKind.INTEGER):
        yield place.fault("out_of", f"旁边没有 {field.out_of} 这一项，或它不是整数")
    if field.begins_as:
        yield from _begun(place)


def _begun(place: Place) -> Iterator[Fault]:
    name, _, attribute = place.field.begins_as.partition(".")
    source = place.beside.get(name)
    named = (source.suggests or source.code_list) if source else ""
    if named not in place.codes:
        yield place.fault("begins_as", f"旁边没有 {name} 这一项，或它没有代码表")
    elif attribute not in ("code", *place.codes[named].attributes):
        yield place.fault("begins_as", f"代码表 {named} 没有 {attribute} 这一列")


def _facts(place: Place) -> Iterator[Fault]:
    """A fact is what is carried from form to form; what must be done anew has none."""
    field = place.field
    if field.kind is FieldKind.ROWS:
        yield from _entry_facts(place)
    elif field.fact and (field.affirm or field.same_as or field.kind is FieldKind.PHOTO):
        yield place.fault("fact", "照片、声明和签名每次都须重新办理，不能有这一项")
    elif field.fact and not place.in_row and not FACT_NAME.fullmatch(field.fact):
        yield place.fault("fact", "写法须如 person.mobile")


def _entry_facts(place: Place) -> Iterator[Fault]:
    field = place.field
    named = [column for column in field.columns if column.fact]
    if field.fact and field.fact not in list(EntryKind):
        yield place.fault("fact", f"没有 {field.fact} 这一种，可用：{'、'.join(EntryKind)}")
    if named and not field.fact:
        yield place.fault("fact", "列有 fact 的，表格也须写明")
    for column in named:
        if not CODE_NAME.fullmatch(column.fact):
            yield place.fault(f"column[{column.code}].fact", "只能用小写字母、数字和下划线")
    if named:
        yield from _repeated(f"{place.key}.column.fact", (one.known_as for one in field.columns))


CHECKS = (_names, _attributes, _limits, _picked, _tables, _conditions, _siblings, _saving, _facts)
