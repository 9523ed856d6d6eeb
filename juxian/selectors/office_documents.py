"""Which documents an office can make now, and what those that it cannot are waiting for."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from juxian.access import scope
from juxian.access.acts import procedure_of
from juxian.access.duties import duties_with
from juxian.records.models import (
    Application,
    Correction,
    Handling,
    Objection,
    Person,
    Proceeding,
    Submission,
    Wording,
)
from juxian.regulation.documents import DOCUMENTS, DocumentKind
from juxian.regulation.words import Act, Kind, Level
from juxian.selectors.document_subjects import (
    key_of_office,
    reads_all_tracks,
    writes_on,
    writes_report,
)
from juxian.selectors.file_documents import is_turned_down
from juxian.selectors.proceeding import Line, line_of, with_figures
from juxian.selectors.quota import Holding
from juxian.selectors.seats import live_nominations

LISTED = 60  # lists of an office that the page has, the latest first
WITH_DOCUMENTS = (Kind.REVIEW, Kind.PUBLICIZE, Kind.OPINE, Kind.RECOMMEND)
MUST = ("number", "signer", "dated", "contact", "phone", "addressee")  # blanks worth a reminder


@dataclass(frozen=True, slots=True)
class Making:
    """A document, and why it cannot be made yet ("" when it can); `unwritten` are empty blanks."""

    document: DocumentKind
    key: str
    lacking: str
    unwritten: tuple[str, ...]
    version: int
    may_write: bool


@dataclass(frozen=True, slots=True)
class OnList:
    """A list with the documents about it."""

    line: Line
    makings: tuple[Making, ...]

    @property
    def has_summary(self) -> bool:
        proceeding = self.line.proceeding
        return proceeding.kind == Kind.REVIEW and proceeding.present is not None

    @property
    def is_nomination(self) -> bool:
        return self.line.proceeding.kind == Kind.RECOMMEND


Written = Mapping[tuple[str, str], Wording]
"""By document and key, the latest version."""


def lists_of(person: Person, today: date) -> tuple[OnList, ...]:
    """The latest lists of the person's offices. 2 queries."""
    rows = scope.proceedings(person).filter(kind__in=WITH_DOCUMENTS)
    waiting = Objection.objects.filter(proceeding=OuterRef("pk"), closed_at__isnull=True)
    known = with_figures(rows).annotate(has_open_objection=Exists(waiting))
    lists = list(known.order_by("-opened_at", "-pk")[:LISTED])
    written = _written([str(row.pk) for row in lists])
    return tuple(
        OnList(line_of(row), tuple(_makings(person, row, written, today))) for row in lists
    )


def reports_of(
    person: Person, holdings: Collection[Holding], nominated: Collection[tuple[int, int]]
) -> tuple[tuple[Holding, Making], ...]:
    """A report for each holder of seats; `nominated` are those (cycle, office) with nominees.

    None for who sees one track alone. 1 query.
    """
    written = _written([key_of_office(one.cycle, one.office) for one in holdings])
    document = DOCUMENTS["nomination_report"]
    rows = []
    for one in holdings:
        key = key_of_office(one.cycle, one.office)
        if reads_all_tracks(person, one.office.pk):
            has_any = (one.cycle.pk, one.office.pk) in nominated
            lacking = "" if has_any else _("上报推荐名单以后才有名单和人数")
            may_write = writes_report(person, one.cycle, one.office)
            rows.append((one, _making(document, key, written, lacking, may_write=may_write)))
    return tuple(rows)


def file_makings(person: Person, file: Application) -> tuple[Making, ...]:
    """The documents about one person that the reader's offices can make. 3 queries."""
    offices = {pk for duty in duties_with(person, *scope.OFFICE_ROLES) for pk in duty.office_ids}
    done = list(
        Handling.objects.filter(application=file, office__in=offices)
        .order_by("pk")
        .values_list("act", "step")
    )
    procedure = procedure_of(file)
    checked = {
        step.level for act, code in done if act == Act.ENDORSE for step in [procedure.step(code)]
    }
    submission = Submission.objects.filter(application=file, turn=file.turn).first()
    returned = Correction.objects.filter(application=file, handling__office__in=offices)
    lacking = {
        "correction_notice": "" if returned.exists() else _("本单位没有退回过这份申报"),
        "acceptance_notice": "" if checked - {Level.EMPLOYER} else _("本单位还没有审核通过"),
        "rejection_notice": ""
        if is_turned_down(act for act, _step in done)
        else _("本单位没有作出不予受理或不予推荐的决定"),
    }
    has_evidence = submission is not None and bool(submission.evidence)
    without = "" if has_evidence else _("没有提交证明材料")
    return tuple(
        _making(document, file.number, {}, lacking.get(document.code, without), may_write=False)
        for document in DOCUMENTS.values()
        if document.of_file
    )


def nomination_here(person: Person, file: Application) -> bool:
    """Whether a list of the reader's offices has nominated the person. 1 query."""
    here = scope.proceedings(person)
    return live_nominations().filter(application=file, proceeding__in=here).exists()


def _written(keys: Collection[str]) -> Written:
    rows = Wording.objects.filter(key__in=keys).order_by("version")
    return {(row.document, row.key): row for row in rows}


def _makings(person: Person, row: Proceeding, written: Written, today: date) -> Iterator[Making]:
    may_write = writes_on(person, row, getattr(row, "listed_tracks", ()))
    for document in DOCUMENTS.values():
        if row.kind in document.by_list.split():
            lacking = _lacking(document, row, today)
            yield _making(document, str(row.pk), written, lacking, may_write=may_write)


def _making(
    document: DocumentKind, key: str, written: Written, lacking: str, *, may_write: bool
) -> Making:
    latest = written.get((document.code, key))
    texts = latest.texts if latest else {}
    unwritten = tuple(
        blank.title
        for blank in document.blanks
        if blank.code in MUST and not texts.get(blank.code) and not _is_given(blank.code, document)
    )
    return Making(document, key, lacking, unwritten, latest.version if latest else 0, may_write)


def _is_given(code: str, document: DocumentKind) -> bool:
    """Blanks that the records fill: an office's telephone, the body asked, the day of a notice."""
    by_day = code == "dated" and document.code == "public_notice"
    return by_day or code in ("phone", "addressee")


def _lacking(document: DocumentKind, row: Proceeding, today: date) -> str:
    match document.code:
        case "opinion_request" | "bound_forms":
            return "" if getattr(row, "listed", 0) else _("名单上还没有人")
        case "public_notice":
            return "" if row.starts_on else _("还没有发布公示，没有公示期")
    if row.ends_on is None:
        return _("还没有发布公示，没有公示期")
    if row.ends_on >= today:
        return _("公示期还没有结束")
    if getattr(row, "has_open_objection", False):
        return _("还有异议没有办结")
    return ""
