"""Reading a pack's folder: strict, and every fault at once with file, key and reason."""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, StrictBool, StrictInt
from pydantic_core import PydanticCustomError

from juxian.regulation.ballot import BallotRule, Base, Comparator, TieRule
from juxian.regulation.codes import load_codes
from juxian.regulation.eligibility import Condition, Test
from juxian.regulation.fields import Form, read_form
from juxian.regulation.pack import (
    Advice,
    Channel,
    Clause,
    Contact,
    Core,
    Deadline,
    Mark,
    Material,
    Pack,
    Paper,
    Programme,
    Report,
    Setting,
    Track,
    Window,
)
from juxian.regulation.pack_checks import faults_between
from juxian.regulation.paper_channel import PaperChannel
from juxian.regulation.problems import STRICT, PackProblem, name_of, read_as
from juxian.regulation.procedure import Procedure, Step
from juxian.regulation.quota import Bucket
from juxian.regulation.scoring import Scoring
from juxian.regulation.seat_rule import Grant, SeatRule
from juxian.regulation.verifying import CheckPoint, ReturnReason
from juxian.regulation.words import Kind

CALL, FIELDS, CLAUSES = "call.toml", "fields.toml", "clauses.toml"


class PackError(ValueError):
    """The pack does not say what a pack must say; `problems` lists every reason."""

    def __init__(self, problems: Iterable[PackProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


def _exact(share: object) -> object:
    """A share of votes is written as text: a float would not be the fraction it looks like."""
    if isinstance(share, str):
        return share
    raise PydanticCustomError("fraction_parsing", "a fraction is written as text")


Share = Annotated[Fraction, BeforeValidator(_exact)]


@dataclass(frozen=True, slots=True)
class ProcedureEntry:
    __pydantic_config__ = STRICT

    resubmission: Literal["restarts", "resumes"]
    clause: str


@dataclass(frozen=True, slots=True)
class BucketEntry:
    __pydantic_config__ = STRICT

    code: str
    title: str
    track: str
    clause: str
    grant: tuple[Grant, ...]
    soft_min: StrictInt = 0
    eligible: tuple[Test, ...] = ()


@dataclass(frozen=True, slots=True)
class BallotEntry:
    __pydantic_config__ = STRICT

    code: str
    clause: str
    quorum: Share = Fraction(2, 3)
    threshold: Share = Fraction(2, 3)
    base: Base = Base.PRESENT
    comparator: Comparator = Comparator.AT_LEAST
    tie: TieRule = TieRule.REVOTE
    revotes: StrictInt = 2
    tie_after: TieRule = TieRule.CHAIR_REASON
    reserve: StrictInt = 0
    rounds: StrictInt = 1
    scoring: Scoring | None = None
    recuses_colleagues: StrictBool = False


@dataclass(frozen=True, slots=True)
class CallFile:
    __pydantic_config__ = STRICT

    programme: Programme
    core: Core
    window: Window
    procedure: ProcedureEntry
    track: tuple[Track, ...]
    channel: tuple[Channel, ...]
    step: tuple[Step, ...]
    condition: tuple[Condition, ...] = ()
    exclusion: tuple[Condition, ...] = ()
    mark: tuple[Mark, ...] = ()
    bucket: tuple[BucketEntry, ...] = ()
    ballot: tuple[BallotEntry, ...] = ()
    deadline: tuple[Deadline, ...] = ()
    report: tuple[Report, ...] = ()
    material: tuple[Material, ...] = ()
    paper: tuple[Paper, ...] = ()
    paper_channel: PaperChannel | None = None
    contact: tuple[Contact, ...] = ()
    setting: tuple[Setting, ...] = ()
    advice: tuple[Advice, ...] = ()
    return_reason: tuple[ReturnReason, ...] = ()
    checkpoint: tuple[CheckPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class ClauseFile:
    __pydantic_config__ = STRICT

    clause: tuple[Clause, ...]


def load(folder: Path) -> Pack:
    """The pack in `folder`; PackError with every problem when it is not sound."""
    pack, problems = read(folder)
    if pack is None or problems:
        raise PackError(problems)
    return pack


def read(folder: Path) -> tuple[Pack | None, tuple[PackProblem, ...]]:
    problems: list[PackProblem] = []
    call = _call(_table(folder / CALL, problems), problems)
    clauses = _clauses(_table(folder / CLAUSES, problems), problems)
    form = _form(folder, problems)
    if call is None or clauses is None or form is None:
        return None, tuple(problems)
    pack = _pack(folder, call, clauses, form, problems)
    if pack is not None:
        problems += faults_between(pack)
    return pack, tuple(problems)


def digest(folder: Path) -> str:
    """SHA-256 over the folder and the code lists beside it: names, lengths and bytes."""
    sha = hashlib.sha256()
    for root, prefix in ((folder, ""), (folder.parent / "codes", "codes/")):
        for path in sorted(path for path in root.rglob("*") if path.is_file()):
            content = path.read_bytes()
            name = prefix + path.relative_to(root).as_posix()
            sha.update(f"{name}\n{len(content)}\n".encode())
            sha.update(content)
    return sha.hexdigest()


def _table(path: Path, problems: list[PackProblem]) -> dict[str, Any] | None:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        problems.append(PackProblem(path.name, "-", "缺少这个文件"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(PackProblem(path.name, "-", f"不是有效的 TOML：{error}"))
    return None


def _call(table: dict[str, Any] | None, problems: list[PackProblem]) -> CallFile | None:
    if table is None:
        return None
    entries = table.get("setting")
    settings = {
        name_of(entry): entry.get("value")
        for entry in (entries if isinstance(entries, list) else ())
        if isinstance(entry, dict)
    }
    call, faults = read_as(CallFile, _resolved(table, settings, "", problems), CALL)
    unresolved = {problem.key for problem in problems}
    problems += [fault for fault in faults if fault.key not in unresolved]
    if unresolved:
        return None
    problems += _unused(settings, table)
    return call


def _unused(settings: Mapping[str, Any], table: dict[str, Any]) -> Iterator[PackProblem]:
    """Settings whose value is taken by no "@name": changing them would change nothing."""
    taken = set(_taken(table))
    for code in settings:
        if code and code not in taken:
            reason = "没有哪一项取用它的值；只作说明的，请改写为 [[advice]]"
            yield PackProblem(CALL, f"setting[{code}].value", reason)


def _taken(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _taken(part)
    elif isinstance(value, str) and value.startswith("@"):
        yield value[1:]


def _resolved(
    value: Any, settings: Mapping[str, Any], key: str, problems: list[PackProblem]
) -> Any:
    """`value` with every "@name" replaced by the setting of that name."""
    if isinstance(value, dict):
        return {
            name: _resolved(part, settings, f"{key}.{name}".lstrip("."), problems)
            for name, part in value.items()
        }
    if isinstance(value, list):
        return [
            _resolved(part, settings, f"{key}[{name_of(part) or number}]", problems)
            for number, part in enumerate(value, start=1)
        ]
    if isinstance(value, str) and value.startswith("@"):
        if value[1:] in settings:
            return settings[value[1:]]
        problems.append(PackProblem(CALL, key, f"没有名为 {value[1:]} 的设置项"))
    return value


def _clauses(
    table: dict[str, Any] | None, problems: list[PackProblem]
) -> tuple[Clause, ...] | None:
    if table is None:
        return None
    clauses, faults = read_as(ClauseFile, table, CLAUSES)
    problems += faults
    return None if clauses is None else clauses.clause


def _form(folder: Path, problems: list[PackProblem]) -> Form | None:
    table = _table(folder / FIELDS, problems)
    if table is None:
        return None
    form, faults = read_form(table, file=FIELDS, codes=load_codes(folder.parent / "codes"))
    problems += faults
    return form


def _pack(
    folder: Path,
    call: CallFile,
    clauses: tuple[Clause, ...],
    form: Form,
    problems: list[PackProblem],
) -> Pack | None:
    faults = [PackProblem(CALL, key, reason) for key, reason in _ladder_faults(call)]
    ballots: dict[str, BallotRule] = {}
    for entry in call.ballot:
        try:
            ballots[entry.code] = _ballot(entry)
        except ValueError as error:
            faults.append(PackProblem(CALL, f"ballot[{entry.code}]", str(error)))
    problems += faults
    if faults:
        return None
    return Pack(
        code=folder.name,
        digest=digest(folder),
        programme=call.programme,
        core=call.core,
        window=call.window,
        procedure=Procedure(call.step, call.procedure.resubmission == "restarts"),
        tracks=call.track,
        channels=call.channel,
        conditions=tuple(replace(c, exclusion=True) for c in call.exclusion) + call.condition,
        marks=call.mark,
        seats=tuple(_seat_rule(entry) for entry in call.bucket),
        ballots=ballots,
        form=form,
        deadlines=call.deadline,
        reports=call.report,
        materials=call.material,
        papers=call.paper,
        paper_channel=call.paper_channel,
        contacts=call.contact,
        settings={setting.code: setting for setting in call.setting},
        advice=call.advice,
        clauses=clauses,
        resubmission_clause=call.procedure.clause,
        return_reasons=call.return_reason,
        checklist=call.checkpoint,
        ballot_clauses={entry.code: entry.clause for entry in call.ballot},
    )


def _ladder_faults(call: CallFile) -> Iterator[tuple[str, str]]:
    """What keeps the steps from being a ladder, and what a pack keeps by code."""
    lists: Mapping[str, Sequence[Step | BallotEntry | Setting]] = {
        "step": call.step,
        "ballot": call.ballot,
        "setting": call.setting,
    }
    for key, entries in lists.items():
        for code, times in Counter(entry.code for entry in entries).items():
            if times > 1:
                yield f"{key}[{code}]", "代码重复"
    if not call.step:
        yield "step", "至少须有一个环节"
    for number, step in enumerate(call.step):
        if (number == 0) is not (step.kind is Kind.FILL):
            yield f"step[{step.code}].kind", "第一个环节须为填报，且只有第一个环节是填报"


def _seat_rule(entry: BucketEntry) -> SeatRule:
    caps = [grant.cap for grant in entry.grant if grant.cap is not None]
    bucket = Bucket(
        code=entry.code,
        title=entry.title,
        track=entry.track,
        cap=max(caps) if len(caps) == len(entry.grant) > 0 else None,
        soft_min=entry.soft_min,
        clause=entry.clause,
    )
    return SeatRule(bucket, entry.grant, entry.eligible)


def _ballot(entry: BallotEntry) -> BallotRule:
    return BallotRule(
        quorum=entry.quorum,
        threshold=entry.threshold,
        base=entry.base,
        comparator=entry.comparator,
        tie=entry.tie,
        revotes=entry.revotes,
        tie_after=entry.tie_after,
        reserve=entry.reserve,
        rounds=entry.rounds,
        scoring=entry.scoring,
        recuses_colleagues=entry.recuses_colleagues,
    )
