"""The blocks that a file is verified in: each section, and each row that claims something."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from juxian.access.acts import procedure_of
from juxian.records.models import Application, Person, Submission
from juxian.records.packs import pack_of
from juxian.records.sealing import mark
from juxian.regulation.pack import Pack
from juxian.regulation.words import Level
from juxian.selectors.casefile import CaseFile, Proof, level_of
from juxian.selectors.desk_facts import TickRead, ticks_on
from juxian.selectors.facts import unsealed
from juxian.selectors.form_reading import Part, TableRow

LEVELS = tuple(Level)

Given = Sequence[Mapping[str, Any]]
"""The evidence of a submission, as frozen in it."""


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody found of a block; stale when it has changed since."""

    tick: TickRead
    is_stale: bool


@dataclass(frozen=True, slots=True)
class Block:
    """`answer` is yes, no or "" and `note` the words with it: the reader's own tick, or what they
    have just typed; `fault` says what is wrong with that."""

    place: str
    label: str
    proofs: tuple[Proof, ...] = ()
    mine: TickRead | None = None
    is_carried: bool = False  # the reader's tick is of an earlier turn, and nothing changed since
    others: tuple[Said, ...] = ()
    answer: str = ""
    note: str = ""
    fault: str = ""

    @property
    def anchor(self) -> str:
        return f"at-{self.place.replace('.', '-')}"

    @property
    def doubts(self) -> tuple[Said, ...]:
        """Everybody's doubts that the block still gives cause for."""
        own = [Said(self.mine, is_stale=False)] if self.mine and not self.mine.holds else []
        return (*own, *(o for o in self.others if not o.tick.holds and not o.is_stale))


@dataclass(frozen=True, slots=True)
class Blocks:
    """By place, in the order of the form."""

    found: Mapping[str, Block] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Block]:
        return iter(self.found.values())

    @property
    def total(self) -> int:
        return len(self.found)

    @property
    def done(self) -> int:
        return sum(block.mine is not None for block in self)

    @property
    def doubtful(self) -> tuple[Block, ...]:
        return tuple(block for block in self if block.doubts)

    def typed(self, given: Mapping[str, tuple[str, str, str]]) -> "Blocks":
        """With answer, note and fault as just typed, by place."""
        shown = dict(self.found)
        for place, (answer, note, fault) in given.items():
            shown[place] = replace(shown[place], answer=answer, note=note, fault=fault)
        return Blocks(shown)


def blocks_of(case: CaseFile, reader: Person) -> Blocks:
    """Nobody reads what an office above them ticked."""
    application, submission = case.application, case.submission
    if submission is None:
        return Blocks()
    pack = pack_of(application.cycle)
    digests = digests_of(pack, application, submission)
    level = level_of(application, [entry.handling for entry in case.timeline], reader)
    procedure = procedure_of(application)
    by_place: dict[str, list[TickRead]] = {}
    for tick in ticks_on(application):
        if LEVELS.index(procedure.step(tick.step).level) <= level:
            by_place.setdefault(tick.place, []).append(tick)
    found = {
        place: _read(
            Block(place, label, _proving(case, pack, place)),
            by_place.get(place, []),
            digests[place],
            Reader(reader.pk, application.step, application.turn),
        )
        for place, label in _labels(case.parts, digests)
    }
    return Blocks(found)


def digests_of(pack: Pack, application: Application, submission: Submission) -> dict[str, str]:
    """By place, a keyed digest of what the block says and of what proves it."""
    answers: Mapping[str, Any] = unsealed(submission.answers)
    given: Given = submission.evidence
    claimed = {entry["claim"] for entry in given}
    wanted = {path for one in pack.materials for path in one.rows}
    proves = {one.code: one.proves for one in pack.materials}
    found: dict[str, str] = {}
    for section in pack.form.for_track(application.track).sections:
        rest = dict(answers.get(section.code, {}))
        rows: dict[str, Any] = {}
        for name, value in list(rest.items()):
            if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
                continue
            path = f"{section.code}.{name}"
            at = {f"{path}.{row.get('id')}": row for row in value}
            own = {place: row for place, row in at.items() if path in wanted or place in claimed}
            rows |= own
            rest[name] = [row for place, row in at.items() if place not in own]
        loose = [e for e in given if not e["claim"] and section.code in proves[e["material"]]]
        found[section.code] = _digest(rest, loose)
        for place, row in rows.items():
            found[place] = _digest(row, [e for e in given if e["claim"] == place])
    return found


def _digest(values: Any, given: Given) -> str:
    proof = sorted((e["material"], e["digest"], e["title"]) for e in given)
    return mark(json.dumps([values, proof], ensure_ascii=False, sort_keys=True, default=str))


def _labels(parts: Iterable[Part], known: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for part in parts:
        if part.code in known:
            yield part.code, f"{part.number}、{part.title}"
        for table in part.tables:
            for number, row in enumerate(table.rows, start=1):
                if row.place in known and row.state != "gone":
                    yield row.place, f"{table.label} {number}：{_first_words(row)}"


def _first_words(row: TableRow) -> str:
    return next((cell.text for cell in row.cells if cell.text), "")


def _proving(case: CaseFile, pack: Pack, place: str) -> tuple[Proof, ...]:
    if "." in place:
        return tuple(one for one in case.proofs if one.evidence.claim == place)
    return tuple(
        one
        for one in case.proofs
        if not one.evidence.claim and place in pack.material(one.evidence.material).proves
    )


class Reader(NamedTuple):
    by: int
    step: str
    turn: int


def _read(block: Block, ticks: Sequence[TickRead], digest: str, me: Reader) -> Block:
    """Each person's latest word at each step, the reader's own as long as it still holds."""
    latest: dict[tuple[int, str], TickRead] = {}
    for tick in ticks:
        latest.setdefault((tick.by, tick.step), tick)
    own = latest.get(me[:2])
    mine = own if own is not None and own.digest == digest else None
    others = tuple(
        Said(tick, is_stale=tick.digest != digest) for tick in latest.values() if tick is not mine
    )
    if mine is None:
        return replace(block, others=others)
    return replace(
        block,
        mine=mine,
        is_carried=mine.turn < me.turn,
        others=others,
        answer="yes" if mine.holds else "no",
        note=mine.note,
    )
