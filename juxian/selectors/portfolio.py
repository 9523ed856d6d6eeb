"""What a person has submitted before, in any cycle and programme (业绩库): read, not kept twice."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from juxian.access import scope
from juxian.records.clock import day
from juxian.records.models import Application, Handling, Person, RosterEntry, Section, Submission
from juxian.records.packs import pack_of
from juxian.regulation.cleaning import Values, rows_of
from juxian.regulation.fields import EntryKind, Field, FieldKind, Form
from juxian.regulation.form import Section as FormSection
from juxian.regulation.pack import Pack
from juxian.regulation.portfolio import Part, Told, carried_row, plan, same_entry
from juxian.regulation.roster import told_of
from juxian.regulation.words import Act, Kind
from juxian.selectors.facts import answers_of, unsealed
from juxian.selectors.roster import entry_of

ROSTER = "roster"  # instead of an application's number

Mark = Mapping[str, Any]
"""Where an answer came from, as `Section.sources` keeps it: identifiers, a year, office names."""

KINDS = {
    EntryKind.DEGREE: gettext_lazy("学历学位"),
    EntryKind.TITLE: gettext_lazy("职称"),
    EntryKind.HONOUR: gettext_lazy("人才计划与荣誉"),
    EntryKind.POST: gettext_lazy("学习工作经历"),
    EntryKind.AWARD: gettext_lazy("获奖"),
    EntryKind.PROJECT: gettext_lazy("科研项目"),
    EntryKind.PAPER: gettext_lazy("论文"),
    EntryKind.WORK: gettext_lazy("著作、标准、教材"),
    EntryKind.PATENT: gettext_lazy("知识产权"),
    EntryKind.TRANSFER: gettext_lazy("成果转化与效益"),
    EntryKind.INNOVATION: gettext_lazy("技术革新、操作法、绝技"),
    EntryKind.CONTEST: gettext_lazy("技能大赛"),
    EntryKind.MENTORING: gettext_lazy("带徒传技与人才培养"),
    EntryKind.DEED: gettext_lazy("专项业绩和事迹"),
}


@dataclass(frozen=True, slots=True)
class Source:
    """What answers are brought from: the latest submission of an application, with the offices
    that verified that turn; or the person's line of the employer's roster."""

    number: str  # of the application; ROSTER
    title: str
    at: datetime  # submitted, or imported
    told: Told
    mark: Mark
    verified: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        return words_of_mark(self.mark)

    @property
    def is_roster(self) -> bool:
        return self.number == ROSTER


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing achieved, as its newest verified form tells it; `sources` are all that told it."""

    section: FormSection
    table: Field
    form: Form
    row: Values
    sources: tuple[Source, ...]

    @property
    def id(self) -> str:
        """Names the row among the sources: "XJ2019-A-00012.awards.a1"."""
        parts = (self.sources[0].number, self.section.code, self.table.code, self.row.get("id", ""))
        return ".".join(map(str, parts))

    @property
    def verified(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for one in self.sources for name in one.verified))


@dataclass(frozen=True, slots=True)
class Shelf:
    """The entries of one kind."""

    kind: EntryKind
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry as a table of a form would take it; `id` names it when it is picked."""

    entry: Entry
    values: Values
    is_there: bool


def words_of_mark(mark: Mark) -> str:
    """来自 2019 年申报 XJ2019-A-00012（喀什地区第一人民医院已核验）"""
    if mark["from"] == ROSTER:
        return _("来自单位花名册（%(on)s）") % mark
    said = _("来自 %(year)s 年申报 %(number)s") % mark
    names = "、".join(mark.get("verified") or ())
    return said + (_("（%(names)s已核验）") % {"names": names} if names else _("（未经核验）"))


def sources_in(section: Section | None) -> dict[str, str]:
    """Where the section's answers came from, in words, by "field" or "table.row id"."""
    marks = section.sources if section is not None else {}
    return {path: words_of_mark(mark) for path, mark in marks.items()}


def has_marks(application: Application) -> bool:
    """Whether anything stands in the form that was brought and not changed since."""
    return Section.objects.filter(application=application).exclude(sources={}).exists()


def sources_of(person: Person, but: Application | None = None) -> tuple[Source, ...]:
    """The newest first; 2 queries."""
    rows = scope.own(person).exclude(pk=but.pk) if but is not None else scope.own(person)
    latest = (
        Submission.objects.filter(application__in=rows)
        .select_related("application__cycle")
        .order_by("application", "-turn")
        .distinct("application")
    )
    found = sorted(latest, key=lambda one: one.submitted_at, reverse=True)
    verified = _verified(found)
    return tuple(_source(one, verified.get(one.application_id, ())) for one in found)


def bringable(person: Person, application: Application) -> tuple[Source, ...]:
    """All that may be brought into the person's own draft; 3 queries."""
    entry = entry_of(application)
    roster = () if entry is None else (_of_roster(entry),)
    return (*sources_of(person, application), *roster)


def source_numbered(person: Person, number: str, application: Application) -> Source | None:
    found = bringable(person, application)
    return next((one for one in found if one.number == number), None)


def plan_of(application: Application, source: Source) -> tuple[Part, ...]:
    """What of it can be brought into the draft as it is saved now."""
    pack = pack_of(application.cycle)
    form = pack.form.for_track(application.track)
    return plan(pack, form, answers_of(application), source.told)


def shelves_of(sources: Sequence[Source]) -> tuple[Shelf, ...]:
    """All entries by kind, equal ones once: those most verified first, then the newest told."""
    found: dict[EntryKind, list[Entry]] = {}
    for source in sorted(sources, key=lambda one: not one.verified):
        for section, table in _tables(source.told.form):
            shelf = found.setdefault(EntryKind(table.fact), [])
            for row in rows_of(source.told.answers.get(section.code, {}), table.code):
                _shelve(shelf, Entry(section, table, source.told.form, row, (source,)))
    return tuple(
        Shelf(kind, str(KINDS[kind]), tuple(found[kind])) for kind in KINDS if found.get(kind)
    )


def choices_for(
    sources: Sequence[Source], form: Form, table: Field, rows: Sequence[Values]
) -> tuple[Choice, ...]:
    """The entries of the table's kind as it would take them; those in it already are marked."""
    shelf = next((one for one in shelves_of(sources) if one.kind == table.fact), None)
    found = []
    for entry in shelf.entries if shelf is not None else ():
        told = entry.sources[0].told
        values = carried_row(told, entry.table, entry.row, form, table)
        if values:
            there = any(same_entry(table, values, row) for row in rows)
            found.append(Choice(entry, values, there))
    return tuple(found)


def _verified(submissions: Sequence[Submission]) -> dict[int, tuple[str, ...]]:
    """The offices that endorsed the submitted turn at a verification, by application."""
    turns = {one.application_id: one.turn for one in submissions}
    packs = {one.application_id: pack_of(one.application.cycle) for one in submissions}
    acts = Handling.objects.filter(
        application__in=turns, act=Act.ENDORSE, office__isnull=False
    ).select_related("office")
    found: dict[int, list[str]] = {}
    for one in acts.order_by("pk"):
        is_of_turn = one.turn == turns[one.application_id]
        if is_of_turn and _is_verification(packs[one.application_id], one.step):
            found.setdefault(one.application_id, []).append(str(one.office))
    return {pk: tuple(dict.fromkeys(names)) for pk, names in found.items()}


def _is_verification(pack: Pack, step: str) -> bool:
    return pack.procedure.step(step).kind is Kind.VERIFY


def _source(submission: Submission, verified: tuple[str, ...]) -> Source:
    application = submission.application
    pack = pack_of(application.cycle)
    form = pack.form.for_track(application.track)
    mark = {
        "from": "application",
        "number": application.number,
        "turn": submission.turn,
        "year": day(submission.submitted_at).year,
        "verified": list(verified),
    }
    told = Told(pack.programme.short_title, form, unsealed(submission.answers))
    title = application.cycle.title
    return Source(application.number, title, submission.submitted_at, told, mark, verified)


def _of_roster(entry: RosterEntry) -> Source:
    title = _("单位花名册：%(office)s") % {"office": entry.office}
    told = told_of(entry.facts, name=entry.name, employer=entry.office.name)
    mark = {"from": ROSTER, "on": day(entry.imported_at).isoformat()}
    return Source(ROSTER, title, entry.imported_at, told, mark)


def _tables(form: Form) -> list[tuple[FormSection, Field]]:
    return [
        (section, one)
        for section in form.sections
        for one in section.fields
        if one.kind is FieldKind.ROWS and one.fact
    ]


def _shelve(shelf: list[Entry], entry: Entry) -> None:
    """Beside one that tells of the same, or as a new one."""
    for place, known in enumerate(shelf):
        told = entry.sources[0].told
        values = carried_row(told, entry.table, entry.row, known.form, known.table)
        if same_entry(known.table, known.row, values):
            sources = (*known.sources, *entry.sources)
            shelf[place] = Entry(known.section, known.table, known.form, known.row, sources)
            return
    shelf.append(entry)
