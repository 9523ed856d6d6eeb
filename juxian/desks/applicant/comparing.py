"""Two versions of a section side by side: what is typed now, and what was saved elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from django.http import QueryDict
from django.utils.translation import gettext as _

from juxian.desks.applicant.asking import widget_of
from juxian.desks.applicant.filled import Filled
from juxian.desks.applicant.stamps import Stamps, stamp
from juxian.regulation.answers import clean
from juxian.regulation.fields import Field, FieldKind
from juxian.selectors.form_reading import words_of

HERE, THERE, BOTH = "here", "there", "both"
MINE, THEIRS = "mine", "theirs"
PICK = "pick."  # before the path, the name of its choice on the page

Raw = Mapping[str, Any]
Row = Mapping[str, Any] | None
Marked: TypeAlias = list[tuple[str, bool]]

LONG = 12  # letters


@dataclass(frozen=True, slots=True)
class Pair:
    """One answer in words, twice."""

    label: str
    mine: str
    theirs: str

    @property
    def mine_marked(self) -> Marked:
        return _marked(self.mine, self.theirs)

    @property
    def theirs_marked(self) -> Marked:
        return _marked(self.theirs, self.mine)


def _marked(text: str, other: str) -> Marked:
    """The text in pieces, and whether each is only here; a short text is seen at a glance."""
    if len(text) < LONG or not other:
        return [(text, False)]
    found = SequenceMatcher(None, other, text, autojunk=False).get_opcodes()
    return [(text[c:d], kind != "equal") for kind, _a, _b, c, d in found if d > c]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field, or a row of a table, that is not the same; `side` says where it was changed.

    `mine` and `theirs` are in words; a row that only one version has is told in `only`.
    """

    path: str
    label: str
    pairs: tuple[Pair, ...]
    side: str
    is_row: bool = False
    only: str = ""  # MINE or THEIRS
    picked: str = ""

    @property
    def name(self) -> str:
        return PICK + self.path


def typed_rows(rows: Any) -> dict[str, Mapping[str, Any]]:
    found = rows if isinstance(rows, list) else []
    return {str(row["id"]): row for row in found if isinstance(row, Mapping) and row.get("id")}


def differences(
    at: Filled, raw: Raw, base: Stamps, picks: QueryDict | None = None
) -> tuple[Difference, ...]:
    """Where what was typed differs from what is kept; `picks` are the choices already made."""
    mine = clean(at.form, at.section.code, raw).values
    found: list[Difference] = []
    for asked in at.open_fields or at.section.fields:
        if asked.code in raw and asked.kind is FieldKind.ROWS:
            found += _rows(at, asked, mine.get(asked.code), base, picks)
        elif asked.code in raw:
            found += _field(at, asked, mine.get(asked.code), base, picks)
    return tuple(found)


def merged(at: Filled, raw: Raw, found: Sequence[Difference]) -> dict[str, Any]:
    """What is to be kept, as each difference was decided; everything else as it is kept now."""
    mine = clean(at.form, at.section.code, raw).values
    kept: dict[str, Any] = {code: at.values.get(code, "") for code in raw}
    for one in found:
        table, _dot, row = one.path.partition(".")
        if one.picked != MINE:
            continue
        if one.is_row:
            kept[table] = _with_row(kept[table], row, typed_rows(mine.get(table)).get(row))
        else:
            kept[table] = mine.get(table, "")
    return kept


def _with_row(rows: Any, id_: str, row: Row) -> list[Mapping[str, Any]]:
    """The rows with this one in its place, at the end, or without it."""
    by_id = typed_rows(rows)
    if row is None:
        by_id.pop(id_, None)
    else:
        by_id[id_] = row
    return list(by_id.values())


def _field(
    at: Filled, asked: Field, mine: Any, base: Stamps, picks: QueryDict | None
) -> Iterator[Difference]:
    theirs = at.values.get(asked.code)
    is_tick = widget_of(at.form, asked, in_row=False) == "tick"
    if stamp(mine) == stamp(theirs) or (is_tick and not mine and not theirs):
        return
    side, pair = _side(asked.code, mine, theirs, base), _pair(at, asked, mine, theirs)
    picked = _picked(asked.code, side, picks)
    yield Difference(asked.code, asked.label, (pair,), side, picked=picked)


def _rows(
    at: Filled, table: Field, typed: Any, base: Stamps, picks: QueryDict | None
) -> Iterator[Difference]:
    mine, theirs = typed_rows(typed), typed_rows(at.values.get(table.code))
    for id_ in dict.fromkeys([*theirs, *mine]):
        here, there = mine.get(id_), theirs.get(id_)
        if stamp(here) == stamp(there):
            continue
        path = f"{table.code}.{id_}"
        side = _side(path, here, there, base)
        only = MINE if there is None else THEIRS if here is None else ""
        pairs = (
            _pair(at, column, (here or {}).get(column.code), (there or {}).get(column.code))
            for column in table.columns
        )
        place = 1 + list(theirs if there is not None else mine).index(id_)
        yield Difference(
            path=path,
            label=_("%(table)s 第%(place)d条") % {"table": table.label, "place": place},
            pairs=tuple(pair for pair in pairs if pair.mine != pair.theirs),
            side=side,
            is_row=True,
            only=only,
            picked=_picked(path, side, picks),
        )


def _pair(at: Filled, asked: Field, mine: Any, theirs: Any) -> Pair:
    """In words; a resident id in full, for it is the reader's own and both would look alike."""
    if asked.kind is FieldKind.RESIDENT_ID:
        return Pair(asked.label, str(mine or ""), str(theirs or ""))
    return Pair(asked.label, words_of(at.form, asked, mine), words_of(at.form, asked, theirs))


def _side(path: str, mine: Any, theirs: Any, base: Stamps) -> str:
    """Changed here or there when the page's stamp says so; both when it cannot be told."""
    if path not in base:
        return BOTH
    if stamp(mine) == base[path]:
        return THERE
    return HERE if stamp(theirs) == base[path] else BOTH


def _picked(path: str, side: str, picks: QueryDict | None) -> str:
    """As chosen on the page; beforehand only where nothing would be lost by it."""
    given = picks.get(PICK + path, "") if picks is not None else ""
    if given in (MINE, THEIRS):
        return given
    return {HERE: MINE, THERE: THEIRS}.get(side, "") if picks is None else ""
