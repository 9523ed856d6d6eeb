"""What a worker saw and read in the files of an application, in words; hints, never decisions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from juxian.access import scope
from juxian.records.labels import DOUBTS, HINTS
from juxian.records.models import Application, Evidence, Examination, Likeness, Person
from juxian.records.packs import pack_of
from juxian.records.sealing import unseal
from juxian.regulation.fields import Field, FieldKind, Section
from juxian.regulation.pack import Pack
from juxian.regulation.scan_words import Hint, Typed, hints_in
from juxian.regulation.scans import Doubt, DoubtKind
from juxian.selectors.facts import Answers

NUMBERED = "编号"  # what a column's label says that holds the number of a paper
DATED = (FieldKind.DATE, FieldKind.YEAR_MONTH, FieldKind.YEAR)
NAMES = (("basic", "name"), ("basic", "former_name"))
YEAR = 4
MOST_NAMED = 5


def doubts_of(files: Iterable[Evidence]) -> dict[str, tuple[Doubt, ...]]:
    """By the file's digest; nothing of files that have not been examined yet. 1 query."""
    return {digest: _doubts(row) for digest, row in examinations_of(files).items()}


def examinations_of(files: Iterable[Evidence]) -> dict[str, Examination]:
    """By the file's digest. 1 query."""
    return Examination.objects.in_bulk({file.file_id for file in files})


def _doubts(row: Examination) -> tuple[Doubt, ...]:
    return tuple(Doubt(one["page"], DoubtKind(one["kind"])) for one in row.doubts)


def said_of(doubt: Doubt) -> str:
    return str(DOUBTS[doubt.kind]) % {"page": doubt.page}


def hints_of(
    application: Application, files: Sequence[Evidence], answers: Answers
) -> dict[int, tuple[str, ...]]:
    """By the evidence's key: where a scan seems not to say what was typed. 1 query.

    Empty where nobody reads words (the extra is not installed) or they agree. `answers` opened.
    """
    return hints_among(application, files, answers, examinations_of(files))


def hints_among(
    application: Application,
    files: Iterable[Evidence],
    answers: Answers,
    examined: Mapping[str, Examination],
) -> dict[int, tuple[str, ...]]:
    """As `hints_of`, with the examinations at hand."""
    pack = pack_of(application.cycle)
    names = tuple(str(answers.get(section, {}).get(field) or "") for section, field in NAMES) or (
        application.name,
    )
    found = {}
    for file in files:
        row = examined.get(file.file_id)
        if row is None or not row.words:
            continue
        typed = _typed(pack, application.track, file, answers, tuple(filter(None, names)))
        hints = hints_in(unseal(row.words), typed)
        if hints:
            found[file.pk] = tuple(_said(hint) for hint in hints)
    return found


def _said(hint: Hint) -> str:
    return str(HINTS[hint.kind]) % {"typed": hint.typed, "read": hint.read}


def _typed(
    pack: Pack, track: str, file: Evidence, answers: Answers, names: tuple[str, ...]
) -> list[Typed]:
    """The row that the file was given for; else every numbered row of what its material proves.

    Of a section whose tables are not all numbered a file may prove something else: nothing then.
    """
    form = pack.form.for_track(track)
    proves: tuple[str, ...] = next(
        (material.proves for material in pack.materials if material.code == file.material), ()
    )
    code, _dot, place = file.claim.partition(".")
    wanted = (code,) if place else proves
    rows = [
        row
        for section in form.sections
        if section.code in wanted
        for row in _rows(section, answers.get(section.code, {}), place)
    ]
    return [Typed(number, names, years) for number, years in rows]


def _rows(
    section: Section, values: Mapping[str, Any], place: str
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Numbers with their years; `place` is "table.row", or "" for the whole section."""
    tables = [field for field in section.fields if field.kind is FieldKind.ROWS]
    numbered = [table for table in tables if _number_of(table.columns) is not None]
    if not place and len(numbered) == len(tables):
        yield from _entry(section.fields, values)
    elif not place:
        return
    code, _dot, wanted = place.partition(".")
    for table in numbered:
        for row in values.get(table.code) or ():
            if not place or (table.code, str(row.get("id"))) == (code, wanted):
                yield from _entry(table.columns, row)


def _entry(
    fields: Sequence[Field], values: Mapping[str, Any]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    field = _number_of(fields)
    number = str(values.get(field.code) or "") if field else ""
    if number:
        dates = (str(values.get(one.code) or "") for one in fields if one.kind in DATED)
        yield number, tuple(date[:YEAR] for date in dates if date)


def _number_of(fields: Sequence[Field]) -> Field | None:
    return next(
        (one for one in fields if one.kind is FieldKind.TEXT and NUMBERED in one.label), None
    )


def is_elsewhere() -> Q:
    """Of a row of Evidence: the same scan is in another person's application to the organiser."""
    same = _of_others(Evidence.objects.filter(file=OuterRef("file")))
    like = _of_others(Evidence.objects.filter(file__likenesses__other=OuterRef("file")))
    return Exists(same) | Exists(like)


def _of_others(rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    organiser = OuterRef("application__cycle__organiser")
    others = rows.filter(application__cycle__organiser=organiser, file__withheld_at__isnull=True)
    return others.exclude(application__applicant=OuterRef("application__applicant"))


def elsewhere(evidence: Evidence, reader: Person) -> tuple[str, ...]:
    """Where else the same scan was given, by other people, for an officer. 1 query.

    Named are applications that the reader works on; of others only that there is one.
    """
    application = evidence.application
    like = Likeness.objects.filter(file=evidence.file_id).values("other")
    visible = scope.evidence(reader).filter(pk=OuterRef("pk"), application__in=scope.worked(reader))
    uses = (
        Evidence.objects.filter(Q(file=evidence.file_id) | Q(file__in=like))
        .filter(application__cycle__organiser=application.cycle.organiser_id)
        .exclude(application__applicant=application.applicant_id)
        .annotate(is_visible=Exists(visible))
        .filter(Q(removed_at__isnull=True) | Q(is_visible=True), file__withheld_at__isnull=True)
        .select_related("application__employer")
        .order_by("application", "pk")
    )
    named, others = {}, set()
    for use in uses:
        if getattr(use, "is_visible", False):
            named[use.application_id] = use.application
        else:
            others.add(use.application_id)
    said = [
        _("同一扫描件也出现在申报%(number)s（%(name)s、%(employer)s）中，请核对是否为本人材料。")
        % {"number": one.number, "name": one.name, "employer": one.employer.name}
        for one in list(named.values())[:MOST_NAMED]
    ]
    if others - set(named) or len(named) > MOST_NAMED:
        said.append(_("同一扫描件也出现在另一份申报中，请核对是否为本人材料。"))
    return tuple(said)


def remarks_on(
    evidence: Evidence, reader: Person, answers: Answers, *, is_shared: bool
) -> tuple[str, ...]:
    """Everything an officer is to look at again in one piece of evidence. 1 query if shared.

    It comes with its application and its file's examination.
    """
    if evidence.file.withheld_at is not None:
        return ()
    row: Examination | None = getattr(evidence.file, "examination", None)
    doubts = [said_of(doubt) for doubt in _doubts(row)] if row else []
    if row and row.unreadable:
        doubts.append(_("这份文件无法自动检查，请打开核对。"))
    examined = {evidence.file_id: row} if row else {}
    hints = hints_among(evidence.application, [evidence], answers, examined)
    shared = elsewhere(evidence, reader) if is_shared else ()
    return (*shared, *doubts, *hints.get(evidence.pk, ()))


def unexamined(*, unread: bool) -> QuerySet[Evidence, str]:
    """Digests of files in use that nobody has examined, or also read where `unread`."""
    found = Examination.objects.filter(file=OuterRef("file"))
    if unread:
        found = found.filter(Q(words_read_at__isnull=False) | Q(unreadable=True))
    rows = Evidence.objects.filter(removed_at__isnull=True, file__withheld_at__isnull=True)
    waiting = rows.filter(~Exists(found))
    return waiting.order_by("file").values_list("file", flat=True).distinct()
