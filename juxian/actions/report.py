"""Handing in a report (总结材料) that the call asks of every unit that nominates."""

import zipfile
import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from io import BytesIO
from xml.parsers import expat

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from juxian.access.duties import duties_with
from juxian.actions.accepted import DOCUMENTS
from juxian.actions.intake import LARGEST, Taken, store, take, take_document
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import Cycle, Office, Person, Report, ReportFile
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Role
from juxian.selectors.report import Asked, asked_in

MOST_DOCUMENTS = 5
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MAIN_PART = f"{WORD}.main+xml"
CONTENT_TYPES = "[Content_Types].xml"
MOST_CONTENT_TYPES = 200_000  # bytes; those of a long document take some thousands
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
BROKEN = (  # what a package that is none, or is damaged or locked, may raise
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    RuntimeError,
)
OLD_WORD = b"\xd0\xcf\x11\xe0"  # .doc, and .docx under a password


@dataclass(frozen=True, slots=True)
class Document:
    title: str
    content: bytes


def hand_in(
    cycle_id: int,
    office_id: int,
    code: str,
    *,
    by: Person,
    parts: Collection[str],
    documents: Sequence[Document],
) -> Report:
    """Hand a report in as a new version; what was handed in before stays (通知五（三）).

    `parts` are those that the documents are said to have; all that the call names are wanted.
    """
    cycle = Cycle.objects.select_related("organiser").get(pk=cycle_id)
    pack_of(cycle)  # refused when it is not what the cycle was opened with
    asked = next((one for one in asked_in(cycle) if one.report.code == code), None)
    if asked is None:
        raise NotPossible(_("本批次没有要求报送这份材料"))
    _check_owes(asked, Office.objects.get(pk=office_id), by)
    _check_whole(asked, parts, documents)
    return _handed_in(
        asked, office_id, by, [(one.title, _taken(one, cycle, by)) for one in documents]
    )


def _taken(document: Document, cycle: Cycle, by: Person) -> Taken:
    media_type = _word_or_not(document.content)
    if media_type:
        return take_document(document.content, media_type, by=by, about=cycle)
    return take(document.content, by=by, about=cycle)


@transaction.atomic
def _handed_in(
    asked: Asked, office_id: int, by: Person, documents: Sequence[tuple[str, Taken]]
) -> Report:
    """`documents` with the titles they were given under."""
    office = Office.objects.select_for_update(no_key=True).get(pk=office_id)
    cycle, code, moment = asked.cycle, asked.report.code, now()
    if asked.report.late == "refused" and moment >= asked.due_at:
        raise NotReady(_("已过报送截止时间，不再接收"))
    handed_in = Report.objects.filter(cycle=cycle, office=office, code=code)
    report = Report.objects.create(
        cycle=cycle,
        office=office,
        code=code,
        version=(handed_in.aggregate(last=Max("version"))["last"] or 0) + 1,
        receiver=asked.receiver,
        handed_in_by=by,
        handed_in_at=moment,
    )
    ReportFile.objects.bulk_create(
        ReportFile(
            report=report,
            title=title.strip()[:200] or asked.report.title,
            file=store(taken),
            position=position,
        )
        for position, (title, taken) in enumerate(documents, start=1)
    )
    leave("hand_in", report, by=by, version=report.version, files=len(documents))
    return report


def _check_owes(asked: Asked, office: Office, by: Person) -> None:
    if not any(office.pk in duty.office_ids for duty in duties_with(by, Role.HANDLER)):
        raise NotAllowed(_("只有推荐单位的经办人员可以报送总结材料"))
    if not asked.is_owed_by(office):
        raise NotPossible(_("%(office)s不是推荐单位，不用报送总结材料") % {"office": office})


def _check_whole(asked: Asked, parts: Collection[str], documents: Sequence[Document]) -> None:
    missing = [part for part in asked.report.parts if part not in parts]
    if missing:
        said = _("材料还缺%(parts)s，请补齐后再报送") % {
            "parts": "、".join(f"“{part}”" for part in missing)
        }
        raise NotReady(said, (("parts", said),))
    if not documents:
        raise NotReady(_("请选择要报送的文件"), (("documents", _("请选择文件")),))
    if len(documents) > MOST_DOCUMENTS:
        said = _("一次最多报送%(most)d个文件，请合并后再报送") % {"most": MOST_DOCUMENTS}
        raise NotReady(said, (("documents", said),))


def _word_or_not(content: bytes) -> str:
    """The media type of a Word document; "" for what may be a PDF, or nothing at all."""
    if not content or content.startswith(b"%PDF-"):
        return ""
    if content.startswith(OLD_WORD):
        raise _unfit(_("这是旧版或加了密码的Word文件，请去掉密码，另存为.docx或PDF后报送"))
    if len(content) > LARGEST:
        raise _unfit(_("文件超过20MB，请压缩图片或分成几份报送"))
    types = _content_types(content)
    if any("macroenabled" in one.lower() or "vbaproject" in one.lower() for one in types):
        raise _unfit(_("这个Word文件带有宏，请另存为不带宏的.docx或PDF后报送"))
    if MAIN_PART not in types:
        raise _unfit(_("只能报送%(kinds)s文件，且文件须能正常打开") % {"kinds": DOCUMENTS.words})
    return WORD


def _content_types(content: bytes) -> frozenset[str]:
    """What the parts of the package are, as it says itself; nothing if it is not one."""
    types: set[str] = set()
    parser = expat.ParserCreate()
    parser.StartElementHandler = lambda _name, given: types.add(given.get("ContentType", ""))
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            known = package.getinfo(CONTENT_TYPES)
            if known.file_size > MOST_CONTENT_TYPES or known.compress_type not in PACKED:
                return frozenset()
            parser.Parse(package.read(CONTENT_TYPES), True)  # noqa: FBT003 - expat's own
    except BROKEN:
        return frozenset()
    return frozenset(types)


def _unfit(said: str) -> NotReady:
    return NotReady(said, (("documents", said),))
