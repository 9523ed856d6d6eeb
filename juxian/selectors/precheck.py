"""Checking beforehand (核对): every rule that concerns an applicant, and how it stands."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django.models import ProcrastinateWorker

from juxian.records.clock import day
from juxian.records.models import Application, CorrectionItem, Evidence
from juxian.records.packs import pack_of
from juxian.regulation.answers import Reading
from juxian.regulation.calendar import in_words
from juxian.regulation.checking import numbered, when_in_words
from juxian.regulation.eligibility import Facts, Finding, Severity, Verdict
from juxian.regulation.form import FieldKind, Form
from juxian.regulation.pack import Pack
from juxian.regulation.precheck import Outcome, answers_read, mended_at, outcome_of, place_called
from juxian.regulation.proof import Unproved, unproved_rows
from juxian.regulation.scans import DoubtKind
from juxian.selectors.answered import answered_to
from juxian.selectors.examination import doubts_of
from juxian.selectors.gaps import Block, Gap, blocks_of, clash_words, missing_in, wants_evidence
from juxian.selectors.operation import SILENCE
from juxian.selectors.windows import CountedSince, windows_of

DOUBTS = {
    DoubtKind.BLANK: gettext_lazy("是空白页"),
    DoubtKind.BLURRED: gettext_lazy("字迹模糊"),
    DoubtKind.SIDEWAYS: gettext_lazy("方向不正"),
    DoubtKind.SMALL: gettext_lazy("太小，看不清字"),
}
WORDS = {
    Outcome.OFFICE: ("wait", gettext_lazy("由单位认定")),
    Outcome.LATER: ("none", gettext_lazy("填完再核对")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One rule: what it asks, what was found, and where that is changed."""

    outcome: Outcome
    tone: str  # of its badge: ok, wait, stop or none
    word: str
    says: str
    found: str
    clause: str
    places: tuple[Gap, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of a table that count by their date, and those that do not, each with why."""

    label: str
    counted: int
    left_out: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """The rows that count in one window (近5年)."""

    window: str
    tables: tuple[Table, ...]

    @property
    def total(self) -> int:
        return sum(table.counted for table in self.tables)


@dataclass(frozen=True, slots=True)
class Doubtful:
    """What is doubtful about a file: 第2页字迹模糊."""

    title: str
    material: str
    says: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page; `blocks` are exactly what submitting is refused for."""

    blocks: tuple[Block, ...]
    lines: Mapping[Outcome, Sequence[Line]]
    unproved: tuple[Unproved, ...] = ()
    doubtful: tuple[Doubtful, ...] = ()
    counted: tuple[Counted, ...] = ()
    waiting: int = 0  # files that a worker is still looking at
    unruled: tuple[Block, ...] = field(init=False)

    def __post_init__(self) -> None:
        """Blocks that no rule of the pack says: what is missing, and what is not proved."""
        unruled = tuple(block for block in self.blocks if block.finding is None)
        object.__setattr__(self, "unruled", unruled)

    @property
    def hints(self) -> int:
        return len(self.lines[Outcome.HINT]) + len(self.unproved) + len(self.doubtful)


def sheet_of(
    application: Application,
    reading: Reading,
    facts: Facts,
    findings: Sequence[Finding],
    files: Sequence[Evidence],
    left: Sequence[CorrectionItem] | None = None,
) -> Sheet:
    """`left` of a return, where that is known already."""
    pack, track = pack_of(application.cycle), application.track
    blocks = blocks_of(application, reading, facts, findings, files, left)
    wanted = missing_in(reading)
    lines: dict[Outcome, list[Line]] = {outcome: [] for outcome in Outcome}
    for finding in findings:
        outcome = outcome_of(finding, facts, reading.form, wanted)
        lines[outcome].append(_line(finding, outcome, facts, reading, blocks))
    doubts = doubts_of(files)
    return Sheet(
        blocks,
        lines,
        unproved_rows(pack, track, facts, ((file.material, file.claim) for file in files)),
        tuple(
            Doubtful(_file(pack, file), file.material, _doubt(one.page, one.kind))
            for file in files
            for one in doubts.get(file.file_id, ())
        ),
        tuple(_counted(reading, facts, window) for window in windows_of(pack, track)),
        _waiting(
            [
                file
                for file in files
                if file.file_id not in doubts and day(file.added_at) == facts["application.day"]
            ]
        ),
    )


def _line(
    finding: Finding, outcome: Outcome, facts: Facts, reading: Reading, blocks: Sequence[Block]
) -> Line:
    condition = finding.condition
    asked = condition.exclusion and finding.verdict is not Verdict.UNMET
    tone, word = _judged(finding, outcome, facts)
    places = _places(finding, outcome, reading, blocks)
    told = _told(finding, facts, reading)
    return Line(
        outcome=outcome,
        tone=tone,
        word=word,
        says=condition.question if asked else condition.says,
        found="" if any(told == said for _path, said in places) else told,
        clause=condition.clause,
        places=places,
    )


def _told(finding: Finding, facts: Facts, reading: Reading) -> str:
    """What was found: why it is not met, or else the answers, or how many rows there are.

    A clash says itself what is wrong where; only of answers that are picked are all told.
    """
    form = reading.form
    if finding.clashes:
        picked = "values" in finding.condition.given
        return answered_to(form, finding.condition, facts) if picked else ""
    if finding.detail:
        return finding.detail
    tables = [path for path in answers_read(finding.condition, form) if _is_table(form, path)]
    if not tables:
        return answered_to(form, finding.condition, facts)
    counts = [(place_called(form, path), len(facts.get(path) or ())) for path in tables]
    return "，".join(_("%(table)s%(n)d条") % {"table": one, "n": n} for one, n in counts if n)


def _is_table(form: Form, path: str) -> bool:
    section, _dot, code = path.partition(".")
    return form.section(section).field(code).kind is FieldKind.ROWS


def _judged(finding: Finding, outcome: Outcome, facts: Facts) -> tuple[str, str]:
    """The tone and the word of a badge."""
    excluded = finding.condition.exclusion
    if outcome in WORDS:
        tone, word = WORDS[outcome]
        return tone, str(word)
    if outcome is Outcome.MET:
        return "ok", _("没有此情形") if excluded else _("符合")
    if outcome is Outcome.HINT:
        is_soft = finding.condition.severity is Severity.SOFT
        return "wait", _("已说明理由") if is_soft else _("请核对")
    if wants_evidence(finding, facts):
        return "stop", _("待传材料")
    if not finding.blocks:
        return "stop", _("须说明理由")
    return "stop", _("有此情形") if excluded else _("不符合")


def _places(
    finding: Finding, outcome: Outcome, reading: Reading, blocks: Sequence[Block]
) -> tuple[Gap, ...]:
    """Where it is changed, each with the words of the link."""
    if outcome is Outcome.MUST:
        own = [block for block in blocks if block.finding is finding]
        return tuple((block.path, block.brief or _see(reading, block.path)) for block in own)
    if finding.clashes:
        return tuple(clash_words(reading, finding))
    if outcome is Outcome.MET or not any(answers_read(finding.condition, reading.form)):
        return ()
    path = mended_at(finding.condition, reading.form)
    return ((path, _see(reading, path)),)


def _see(reading: Reading, path: str) -> str:
    if path.count(".") != 1:
        return _("去看这一部分")
    try:
        return _("去看%(place)s") % {"place": place_called(reading.form, path)}
    except LookupError:  # what is asked of the other track alone
        return _("去看这一部分")


def _file(pack: Pack, file: Evidence) -> str:
    """获奖证书“一等奖”; its material alone when it has no name of its own."""
    title = pack.material(file.material).title
    return title if file.title in ("", title) else f"{title}“{file.title}”"


def _doubt(page: int, kind: DoubtKind) -> str:
    return _("第%(page)d页%(doubt)s") % {"page": page, "doubt": DOUBTS[kind]}


def _counted(reading: Reading, facts: Facts, window: CountedSince) -> Counted:
    tables = [_table(reading, facts, path, window) for path in window.tables if facts.get(path)]
    return Counted(window.in_words, tuple(tables))


def _table(reading: Reading, facts: Facts, path: str, window: CountedSince) -> Table:
    rows = list(numbered(facts, [path]))
    left_out = [
        (f"{at}.{window.column}", f"{name}：{_why(row.get(window.column), window)}")
        for at, name, row in rows
        if not window.counts(row)
    ]
    section, _dot, code = path.partition(".")
    label = reading.form.section(section).field(code).label
    return Table(label, len(rows) - len(left_out), tuple(left_out))


def _why(when: object, window: CountedSince) -> str:
    if not when:
        return _("没有填写年月")
    early = str(when) < window.since.isoformat()[: len(str(when))]
    words = {
        "when": when_in_words(when),
        "since": in_words(window.since),
        "until": in_words(window.until),
    }
    return (_("%(when)s，早于%(since)s") if early else _("%(when)s，晚于%(until)s")) % words


def _waiting(unseen: Sequence[Evidence]) -> int:
    """Of today's files that nobody has looked at, those a running worker will; 1 query if any."""
    beating = ProcrastinateWorker.objects.filter(last_heartbeat__gte=timezone.now() - SILENCE)
    return len(unseen) if unseen and beating.exists() else 0


def under_titles(
    blocks: Sequence[Block], titles: Mapping[str, str]
) -> Iterator[tuple[str, list[Block]]]:
    """The blocks by section, in the form's order; `titles` by the first word of a path."""
    groups: dict[str, list[Block]] = {}
    for block in blocks:
        title = titles.get(block.path.partition(".")[0], _("其他"))
        groups.setdefault(title, []).append(block)
    yield from groups.items()
