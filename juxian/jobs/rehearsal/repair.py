"""Making a synthetic form meet its conditions: one repair for every check a pack may name."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from juxian.jobs.rehearsal.filling import DATED, Filler, Values, written
from juxian.regulation.answers import Reading, read
from juxian.regulation.eligibility import Facts, Finding, Severity, Verdict, assess
from juxian.regulation.form import Field

Given = Mapping[str, Any]
SELDOM = ("latest_rows_are_none_of",)  # hardly anybody applies without meeting it
FactsOf = Callable[[Reading], Facts]
Repair = Callable[[Filler, Given], None]


def repair(filler: Filler, facts_of: FactsOf) -> tuple[Finding, ...]:
    """Change the answers until no hard condition is unmet; the findings that are left."""
    reading = read(filler.form, filler.answers)
    for _attempt in range(6):
        facts = facts_of(reading)
        findings = assess(filler.pack.conditions, facts, track=filler.track)
        wrong = [finding.condition for finding in findings if _is_wrong(finding)]
        if not wrong:
            return findings
        for condition in wrong:
            REPAIRS[condition.check](filler, {**condition.given, "facts": facts})
        reading = filler.fill_gaps()
    return findings


def _is_wrong(finding: Finding) -> bool:
    return finding.verdict is not Verdict.MET and (
        finding.condition.severity is not Severity.SOFT
        or finding.verdict is Verdict.UNCLEAR
        or finding.condition.check in SELDOM
    )


def _place(filler: Filler, path: str) -> tuple[Values, str] | None:
    """The section's values and the field's code, when the path is asked of this applicant."""
    section, _dot, code = path.partition(".")
    values = filler.answers.get(section)
    return None if values is None else (values, code)


def _set(filler: Filler, path: str, value: Any) -> None:
    place = _place(filler, path)
    if place is not None:
        place[0][place[1]] = value


def _one_of(filler: Filler, given: Given) -> None:
    _set(filler, given["field"], given["values"][0])


def _none_of(filler: Filler, given: Given) -> None:
    section, _dot, code = given["field"].partition(".")
    if section not in filler.answers:
        return
    barred = {*given["values"], *given.get("unclear", ())}
    options = filler.form.options(filler.form.section(section).field(code))
    free = [option.value for option in options if option.value not in barred]
    _set(filler, given["field"], free[-1])


def _nobody_says_so(filler: Filler, given: Given) -> None:
    for path, barred in given["values"].items():
        _none_of(filler, {"field": path, "values": barred})


def _as_on_record(filler: Filler, given: Given) -> None:
    """Answer as the register of offices has it; `given` brings the facts along."""
    answer, record = given["answer"], given["record"]
    kept = given["facts"].get(record)
    alike = (one[answer][0] for one in given.get("alike", ()) if kept in one.get(record, ()))
    _set(filler, answer, next(alike, kept))


def _boolean(value: bool) -> Repair:  # noqa: FBT001
    return lambda filler, given: _set(filler, given["field"], value)


def _leads_no_more(filler: Filler, given: Given) -> None:
    _set(filler, given["leads"], value=False)


def _enough(filler: Filler, given: Given) -> None:
    _set(filler, given["field"], given["least"] + 1)


def _table(filler: Filler, path: str) -> tuple[Field, list[Values]] | None:
    section, _dot, code = path.partition(".")
    if section not in filler.answers:
        return None
    try:
        asked = filler.form.section(section).field(code)
    except LookupError:
        return None
    rows = filler.answers[section].setdefault(code, [])
    if not rows:
        rows += filler.rows(asked, filler.answers[section])
    return asked, rows


def _any_row(filler: Filler, given: Given) -> None:
    found = _table(filler, given["rows"])
    if found is None:
        return
    table, rows = found
    column = table.column(given["column"])
    if column.follows:
        _set_source(filler, table, column, rows[-1], given["values"])
    else:
        rows[-1][column.code] = given["values"][0]
    for code in given.get("filled", ()):
        rows[-1][code] = rows[-1].get(code) or written(table.column(code).kind, filler.today)


def _set_source(
    filler: Filler, table: Field, column: Field, row: Values, wanted: Sequence[Any]
) -> None:
    """A column that is filled in from another takes its value by changing that other."""
    name, _dot, attribute = column.follows.partition(".")
    source = table.column(name)
    codes = filler.form.codes[source.code_list]
    fitting = [
        option.value
        for option in filler.form.options(source)
        if (code := codes.get(option.value)) is not None and code.attribute(attribute) in wanted
    ]
    row[name] = filler.dice.choice(fitting)
    for other in table.columns:
        if other.follows.partition(".")[0] == name:
            row[other.code] = ""


def _no_row(filler: Filler, given: Given) -> None:
    found = _table(filler, given["rows"])
    if found is None:
        return
    column = found[0].column(given["column"])
    free = [o.value for o in filler.form.options(column) if o.value not in given["values"]]
    for row in found[1]:
        if row.get(column.code) in given["values"]:
            row[column.code] = free[0]


def _include(filler: Filler, given: Given) -> None:
    _set(filler, given["field"], [given["values"][0]])


def _date_rows(filler: Filler, given: Given) -> None:
    """Bring the first table's rows into the window."""
    found = next((t for t in (_table(filler, name) for name in given["rows"]) if t), None)
    if found is None:
        return
    asked, rows = found
    since, until = _day(given["since"]), _day(given["until"])
    for number, row in enumerate(rows[: max(given["least"], 1) + 1]):
        middle = since + (until - since) * (number + 1) / (len(rows) + 2)
        row[given["column"]] = written(asked.column(given["column"]).kind, middle)


def _day(value: Any) -> date:
    return value if type(value) is date else date(value.year, value.month, value.day)


def _date_by(filler: Filler, given: Given) -> None:
    found = _table(filler, given["rows"])
    if found is not None:
        asked, rows = found
        before = _day(given["until"]) - timedelta(days=400)
        for row in rows:
            row[given["column"]] = written(asked.column(given["column"]).kind, before)


def _redate(filler: Filler, given: Given) -> None:
    """Lay a table's rows out again, one after another."""
    names = given["rows"] if isinstance(given["rows"], (list, tuple)) else [given["rows"]]
    for name in names:
        section, _dot, code = name.partition(".")
        if filler.answers.get(section, {}).get(code):
            asked = filler.form.section(section).field(code)
            dates = {column.code for column in asked.columns if column.kind in DATED}
            fresh = filler.rows(asked, filler.answers[section])
            for row, model in zip(filler.answers[section][code], fresh, strict=False):
                row.update({key: value for key, value in model.items() if key in dates})


def _year_by_year(filler: Filler, given: Given) -> None:
    """One row for each year, made of those there are."""
    found = _table(filler, given["rows"])
    if found is not None:
        rows = found[1]
        models = [dict(row) for row in rows]
        years = range(given["first"], given["last"] + 1)
        rows[:] = [
            {**models[place % len(models)], "id": f"r{place + 1}", given["year"]: year}
            for place, year in enumerate(years)
        ]


def _rank_first(filler: Filler, given: Given) -> None:
    for name in given["rows"]:
        found = _table(filler, name)
        for row in found[1] if found else ():
            row[given["rank"]] = 1


def _younger(_filler: Filler, _given: Given) -> None:
    """Age cannot be mended: the rehearsal draws people young enough or plants the refusal."""


def _identify(filler: Filler, given: Given) -> None:
    _set(filler, given["number"], filler.who.resident_id)
    _set(filler, given["born"], filler.who.birth_date.isoformat())
    _set(filler, given["sex"], "")


def _support(filler: Filler, given: Given) -> None:
    section, _dot, code = given["statements"].partition(".")
    if section in filler.answers:
        asked = filler.form.section(section).field(code)
        filler.answers[section][code] = filler.rows(asked, filler.answers[section])


def _begin_early(filler: Filler, given: Given) -> None:
    """What must come first comes at the beginning of a working life."""
    _date(filler, given["earlier"])


def _of_age(filler: Filler, given: Given) -> None:
    for place in given["dates"]:
        _date(filler, place)


def _date(filler: Filler, place: str) -> None:
    section, code, *column = place.split(".")
    if column or code not in filler.answers.get(section, {}):
        return
    kind = filler.form.section(section).field(code).kind
    _set(filler, place, written(kind, filler.working_life()[0]))


def _fewer_years(filler: Filler, given: Given) -> None:
    begun = str(given["facts"].get(given["since"]) or given["until"].year)
    _set(filler, given["years"], max(given["until"].year - int(begun[:4]), 0))


def _begin_with_it(filler: Filler, given: Given) -> None:
    """The first period begins when they say that it began."""
    found = _table(filler, given["rows"])
    if found is not None:
        found[1][0][given["start"]] = given["facts"][given["moment"]]


def _tick_highest(filler: Filler, given: Given) -> None:
    table, _dot, level = given["level"].rpartition(".")
    found = _table(filler, table)
    if found is None:
        return
    ticked, order = given["ticked"].rpartition(".")[2], list(given["order"])
    rows = found[1]
    best = min(rows, key=lambda row: [*order, row.get(level)].index(row.get(level)))
    for row in rows:
        row[ticked] = row is best


def _rise(filler: Filler, given: Given) -> None:
    """The levels are dealt out again, the lowest to the earliest."""
    table, _dot, level = given["level"].rpartition(".")
    found, when = _table(filler, table), given["date"].rpartition(".")[2]
    if found is None:
        return
    order = list(given["order"])
    rows = sorted(found[1], key=lambda row: str(row.get(when)))
    levels = sorted((row[level] for row in rows), key=lambda one: -[*order, one].index(one))
    for row, one in zip(rows, levels, strict=True):
        row[level] = one


def _apart(filler: Filler, given: Given) -> None:
    path, barred = list(given["values"].items())[-1]
    if isinstance(barred[0], bool):
        _set(filler, path, not barred[0])
    else:
        _none_of(filler, {"field": path, "values": barred})


def _fill_table(filler: Filler, given: Given) -> None:
    _table(filler, given["rows"][0])


def _elsewhere(_filler: Filler, _given: Given) -> None:
    """Registers and employers are not the applicant's to mend."""


REPAIRS: dict[str, Repair] = {
    "is_one_of": _one_of,
    "is_none_of": _none_of,
    "none_says_so": _nobody_says_so,
    "agrees_with_record": _as_on_record,
    "is_true": _boolean(value=True),
    "is_false": _boolean(value=False),
    "practises_though_leading": _leads_no_more,
    "is_within": _elsewhere,
    "includes_any": _include,
    "number_at_least": _enough,
    "age_at_most": _younger,
    "any_row_is": _any_row,
    "no_row_is": _no_row,
    "latest_rows_are_none_of": _no_row,
    "each_year_has_one_row": _year_by_year,
    "rows_counted_since": _date_rows,
    "rows_dated_by": _date_by,
    "rows_in_order": _redate,
    "rows_do_not_overlap": _redate,
    "rows_have_no_gap": _redate,
    "rank_within_total": _rank_first,
    "id_agrees": _identify,
    "register_is_clear": _elsewhere,
    "claim_is_supported": _support,
    "dated_in_order": _begin_early,
    "dated_after_age": _of_age,
    "dated_by": _of_age,
    "years_within": _fewer_years,
    "date_in_some_row": _begin_with_it,
    "highest_is_ticked": _tick_highest,
    "rises_with": _rise,
    "not_together": _apart,
    "claimed_has_rows": _fill_table,
}
