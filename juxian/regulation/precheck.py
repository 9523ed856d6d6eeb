"""How a rule stands with a form that may still be half filled."""

from collections.abc import Collection, Iterator
from enum import StrEnum

from juxian.regulation.check_arguments import facts_known
from juxian.regulation.eligibility import Condition, Facts, Finding, Verdict, unexplained
from juxian.regulation.form import Field, Form


class Outcome(StrEnum):
    """What checking beforehand (核对) comes to, for one rule."""

    MUST = "must"  # 必须处理
    HINT = "hint"  # 提示
    OFFICE = "office"  # 由单位认定
    LATER = "later"  # 填完再核对
    MET = "met"  # 已符合


def outcome_of(finding: Finding, facts: Facts, form: Form, missing: Collection[str]) -> Outcome:
    """`missing` are the answers still wanted, as "section.field".

    Nothing is held against anybody before they have answered it, and nothing is met by it.
    """
    read = set(answers_read(finding.condition, form))
    wanted = bool(read & set(missing))
    if finding.verdict is Verdict.MET:
        return Outcome.LATER if wanted else Outcome.MET
    if finding.verdict is Verdict.UNCLEAR:
        return Outcome.LATER if wanted else Outcome.OFFICE
    if wanted and not read & facts.keys():
        return Outcome.LATER
    must = finding.blocks or unexplained([finding], facts)
    return Outcome.MUST if must else Outcome.HINT


def answers_read(condition: Condition, form: Form) -> Iterator[str]:
    """The answers that a condition is judged by, as "section.field", each once, in its order."""
    known = facts_known(form)
    paths = dict.fromkeys(".".join(word.split(".")[:2]) for word in condition.named)
    yield from (path for path in paths if known.get(path) is not None)


def mended_at(condition: Condition, form: Form) -> str:
    """Where somebody would change what it is judged by: "section.field", or its section."""
    statements = condition.given.get("statements")
    places = [statements] if statements else list(answers_read(condition, form))
    return next(iter(places), condition.where)


def place_called(form: Form, path: str) -> str:
    """“参加工作时间”, or the table's label for anything in its rows."""
    section, code, *_row = path.split(".")
    field: Field = form.section(section).field(code)
    return f"“{field.label}”"
