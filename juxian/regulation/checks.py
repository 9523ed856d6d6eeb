"""The closed list of checks that a pack may name, each with three answers."""

from collections.abc import Callable, Sequence
from datetime import date

from juxian.regulation.calendar import in_words
from juxian.regulation.checking import (
    COMPUTED_FACTS,
    MET,
    UNCLEAR,
    Answer,
    Clash,
    Clashes,
    Fact,
    Facts,
    Names,
    Table,
    Value,
    ValuesOf,
    Verdict,
    day_of,
    judged,
    judging,
    rows_in,
)
from juxian.regulation.contradictions import CONTRADICTIONS
from juxian.regulation.identity import IdentityError, check_resident_id, disagreements
from juxian.regulation.row_checks import (
    any_row_is,
    each_year_has_one_row,
    latest_rows_are_none_of,
    no_row_is,
    rank_within_total,
    rows_counted_since,
    rows_dated_by,
    rows_do_not_overlap,
    rows_have_no_gap,
    rows_in_order,
)

__all__ = ["CHECKS", "CLASHING", "COMPUTED_FACTS", "Answer", "Clash", "Facts", "Names", "Verdict"]


def is_one_of(
    facts: Facts, *, field: Fact, values: Sequence[Value], unclear: Sequence[Value] = ()
) -> Answer:
    value = facts.get(field)
    if value in (None, "") or value in unclear:
        return UNCLEAR
    return judged(value in values)


def is_none_of(
    facts: Facts, *, field: Fact, values: Sequence[Value], unclear: Sequence[Value] = ()
) -> Answer:
    value = facts.get(field)
    if value in (None, "") or value in unclear:
        return UNCLEAR
    return judged(value not in values)


def none_says_so(facts: Facts, *, values: ValuesOf) -> Answer:
    """No fact has one of its values: neither what was answered nor what is on record."""
    if any(facts.get(name) in barred for name, barred in values.items()):
        return Verdict.UNMET, ""
    if any(facts.get(name) in (None, "") for name in values):
        return UNCLEAR
    return MET


def agrees_with_record(
    facts: Facts, *, answer: Fact, record: Fact, alike: Sequence[ValuesOf] = ()
) -> Answer:
    """The answer is what is on record; a contradiction is for an officer.

    Each of `alike` names answers and entries that mean the same.
    """
    said, kept = facts.get(answer), facts.get(record)
    if said in (None, "") or kept in (None, "") or said == kept:
        return MET
    same = any(said in one.get(answer, ()) and kept in one.get(record, ()) for one in alike)
    return MET if same else UNCLEAR


def is_true(facts: Facts, *, field: Fact) -> Answer:
    value = facts.get(field)
    return UNCLEAR if value is None else judged(value is True)


def is_false(facts: Facts, *, field: Fact) -> Answer:
    value = facts.get(field)
    return UNCLEAR if value is None else judged(value is False)


def is_within(facts: Facts, *, field: Fact, regions: Sequence[str]) -> Answer:
    """The region code lies in one of the regions, named by the first digits of their codes."""
    code = facts.get(field)
    return judged(str(code).startswith(tuple(regions))) if code else UNCLEAR


def includes_any(facts: Facts, *, field: Fact, values: Sequence[Value]) -> Answer:
    """At least one of the values is among those picked."""
    picked = facts.get(field) or ()
    return judged(any(value in picked for value in values))


def number_at_least(facts: Facts, *, field: Fact, least: int) -> Answer:
    value = facts.get(field)
    if isinstance(value, bool) or not isinstance(value, int):
        return UNCLEAR
    return judged(value >= least, f"现为{value}，一般应不少于{least}")


def age_at_most(facts: Facts, *, field: Fact, years: int, on: date) -> Answer:
    born = day_of(facts.get(field))
    if born is None:
        return UNCLEAR
    age = on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    return judged(age <= years, f"截至{in_words(on)}为{age}周岁")


def practises_though_leading(
    facts: Facts, *, leads: Fact, practises: Fact, statement: Fact
) -> Answer:
    """A unit's leader who still practises is eligible, with a statement of it (通知一（一）)."""
    if facts.get(leads) is None:
        return UNCLEAR
    if facts.get(leads) is False:
        return MET
    if facts.get(practises) is not True:
        return Verdict.UNMET, "单位领导不再直接从事专业技术或一线技能工作的，不在选拔范围"
    if not str(facts.get(statement) or "").strip():
        return Verdict.UNMET, "单位领导须说明仍直接从事专业技术或一线技能工作的情况"
    return MET


def id_agrees(facts: Facts, *, number: Fact, born: Fact, sex: Fact) -> Answer:
    """The resident id's birth date and sex equal the typed ones (GB 11643)."""
    day = day_of(facts.get(born))
    if not facts.get(number) or day is None or not facts.get(sex):
        return UNCLEAR
    try:
        identity = check_resident_id(str(facts[number]))
    except IdentityError as error:
        return Verdict.UNMET, str(error)
    wrong = disagreements(identity, day, str(facts[sex]))
    return judged(not wrong, "".join(wrong))


def register_is_clear(facts: Facts, *, register: Fact) -> Answer:
    """Whether an earlier-recipients register names the person; a namesake is for an officer."""
    match facts.get(register):
        case "exact":
            return Verdict.UNMET, "名册中已有此人"
        case "possible":
            return Verdict.UNCLEAR, "名册中有姓名、出生日期相同的人，须核实"
        case _:
            return MET


def claim_is_supported(
    facts: Facts, *, claim: Fact, others: Fact, statements: Table, least_files: int
) -> Answer:
    """Each chosen condition has its statement and evidence of its own (通知二（一）（二）).

    A row of `statements` names its condition in the column "condition" and says why in "statement".
    The fact "evidence.supports" counts the files that support each condition.
    """
    primary = str(facts.get(claim) or "")
    if not primary:
        return Verdict.UNMET, "请选择一项主要条件"
    explained = {
        str(row.get("condition"))
        for row in rows_in(facts, statements)
        if str(row.get("statement") or "").strip()
    }
    chosen = (primary, *(facts.get(others) or ()))
    unsaid = [code for code in chosen if code not in explained]
    if unsaid:
        return Verdict.UNMET, f"所选条件{'、'.join(unsaid)}还没有逐条说明"
    supports = facts.get("evidence.supports") or {}
    bare = [code for code in chosen if supports.get(code, 0) < least_files]
    return judged(not bare, f"所选条件{'、'.join(bare)}的证明材料不足{least_files}份")


CLASHING: dict[str, Callable[..., Clashes]] = {
    check.__name__: check
    for check in (
        rows_dated_by,
        rows_in_order,
        rows_do_not_overlap,
        rows_have_no_gap,
        rank_within_total,
        *CONTRADICTIONS,
    )
}
"""Checks that know every place where they are not met."""

CHECKS: dict[str, Callable[..., Answer]] = {
    check.__name__: check
    for check in (
        is_one_of,
        is_none_of,
        none_says_so,
        agrees_with_record,
        is_true,
        is_false,
        is_within,
        includes_any,
        number_at_least,
        age_at_most,
        practises_though_leading,
        any_row_is,
        no_row_is,
        latest_rows_are_none_of,
        each_year_has_one_row,
        rows_counted_since,
        id_agrees,
        register_is_clear,
        claim_is_supported,
    )
} | {name: judging(clashes) for name, clashes in CLASHING.items()}
