"""An employer's roster of staff (单位花名册): its columns, and a line of it as a form that was
filled in before, so that it is brought as any other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from juxian.regulation.clipboard import Cells
from juxian.regulation.codes import CodeLists
from juxian.regulation.fields import Field, FieldKind, Form, Section
from juxian.regulation.pasting import Line, Sorted, read_sheet
from juxian.regulation.portfolio import Told

MOST = 5000  # people

COLUMNS = (
    Field("name", FieldKind.NAME, "姓名", required=True, fact="person.name"),
    Field(
        "resident_id",
        FieldKind.RESIDENT_ID,
        "身份证号码",
        help="只用于核对是否本人，不保存号码。",
        required=True,
    ),
    Field("department", FieldKind.TEXT, "部门", limit=100, fact="employer.department"),
    Field("post", FieldKind.TEXT, "行政职务", limit=100, fact="employer.post"),
    Field("speciality", FieldKind.TEXT, "从事专业", limit=60, fact="person.speciality"),
    Field("work_began", FieldKind.YEAR_MONTH, "参加工作时间", fact="person.work_began"),
    Field("phone", FieldKind.PHONE, "办公电话", fact="person.phone"),
    Field("email", FieldKind.EMAIL, "电子邮箱", fact="person.email"),
)
EMPLOYER = Field("employer", FieldKind.TEXT, "工作单位", limit=100, fact="employer.name")

TABLE = Field("people", FieldKind.ROWS, "花名册", columns=COLUMNS, rows_max=MOST)
FORM = Form((Section("roster", "一", "花名册", "", fields=(TABLE,)),), (), CodeLists({}))
ONE = Form((Section("roster", "一", "花名册", "", fields=(*COLUMNS, EMPLOYER)),), (), CodeLists({}))

KEPT = tuple(column for column in COLUMNS if column.code not in ("name", "resident_id"))


@dataclass(frozen=True, slots=True)
class People(Sorted):
    has_headings: bool


def read_people(cells: Cells) -> People:
    """Lines under one line of headings; a person twice is taken once, the others are told."""
    read, has_headings = read_sheet(FORM, "roster", TABLE, cells)
    known: dict[object, int] = {}
    return People(tuple(_checked(line, known) for line in read), has_headings)


def told_of(facts: Mapping[str, object], *, name: str, employer: str) -> Told:
    """One person's line as a form of no programme: only its facts correspond."""
    return Told("", ONE, {"roster": {**facts, "name": name, "employer": employer}})


def kept_of(line: Line) -> dict[str, object]:
    """What is kept of a line besides who it is."""
    return {one.code: line.values[one.code] for one in KEPT if line.values.get(one.code)}


def words_of(facts: Mapping[str, object]) -> Sequence[tuple[str, str]]:
    """Captions and values, in the order of the columns."""
    return [(one.label, str(facts[one.code])) for one in KEPT if facts.get(one.code)]


def _checked(line: Line, known: dict[object, int]) -> Line:
    faults = [*line.faults, *((label, "请填写。") for label in line.missing)]
    number = line.values.get("resident_id")
    if not faults and number in known:
        faults.append(("身份证号码", f"与第{known[number]}行相同。"))
    if not faults:
        known[number] = line.number
    return replace(line, faults=tuple(faults))
