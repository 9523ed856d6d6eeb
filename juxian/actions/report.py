"""Writing and handing in a report (总结材料) that the call asks of every unit that nominates."""

import zipfile
import zlib
from collections.abc import Mapping, Sequence
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
from juxian.records.models import Cycle, Office, Person, Report, ReportDraft, ReportFile
from juxian.records.packs import pack_of
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady, Stale
from juxian.regulation.words import Role
from juxian.selectors.report import Asked, asked_in

MOST_DOCUMENTS = 5
LONGEST = 20_000  # characters of a part while it is written
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
    texts: Mapping[str, str],
    documents: Sequence[Document] = (),
) -> Report:
    """Hand a report in as a new version; what was handed in before stays (通知五（三）).

    `texts` by the titles of the parts, all that the call names; `documents` beside them, such as
    a copy under seal.
    """
    asked = _asked(cycle_id, office_id, code, by)
    said = {part: _plain(texts.get(part, "")) for part in asked.report.parts}
    _check_whole(asked, said, documents)
    taken = [(one.title, _taken(one, asked.cycle, by)) for one in documents]
    return _handed_in(asked, office_id, by, said, taken)


@transaction.atomic
def save_draft(
    cycle_id: int,
    office_id: int,
    code: str,
    *,
    by: Person,
    texts: Mapping[str, str],
    version: int,
) -> ReportDraft:
    """Keep what is written so far, over `version` (0 for none yet); Stale when that is not it."""
    asked = _asked(cycle_id, office_id, code, by)
    Office.objects.select_for_update(no_key=True).get(pk=office_id)
    rows = ReportDraft.objects.filter(cycle=asked.cycle, office=office_id, code=code)
    draft = rows.first() or ReportDraft(
        cycle=asked.cycle, office_id=office_id, code=code, version=0
    )
    if draft.version != version:
        raise Stale(_("别处已保存过新的内容；请复制您写的内容，重新打开本页再改"))
    draft.texts = {part: _kept(texts.get(part, "")) for part in asked.report.parts}
    draft.version, draft.saved_by, draft.saved_at = version + 1, by, now()
    draft.save()
    return draft


def _asked(cycle_id: int, office_id: int, code: str, by: Person) -> Asked:
    cycle = Cycle.objects.select_related("organiser").get(pk=cycle_id)
    pack_of(cycle)  # refused when it is not what the cycle was opened with
    asked = next((one for one in asked_in(cycle) if one.report.code == code), None)
    if asked is None:
        raise NotPossible(_("本批次没有要求报送这份材料"))
    _check_owes(asked, Office.objects.get(pk=office_id), by)
    return asked


def _kept(text: str) -> str:
    """As it was typed, up to what a page of writing may hold."""
    return text.replace("\r\n", "\n")[:LONGEST]


def _plain(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def _taken(document: Document, cycle: Cycle, by: Person) -> Taken:
    media_type = _word_or_not(document.content)
    if media_type:
        return take_document(document.content, media_type, by=by, about=cycle)
    return take(document.content, by=by, about=cycle)


@transaction.atomic
def _handed_in(
    asked: Asked,
    office_id: int,
    by: Person,
    texts: Mapping[str, str],
    documents: Sequence[tuple[str, Taken]],
) -> Report:
    """`documents` with the titles they were given under; the draft has become the report."""
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
        texts=texts,
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
    ReportDraft.objects.filter(cycle=cycle, office=office, code=code).delete()
    leave("hand_in", report, by=by, version=report.version, files=len(documents))
    return report


def _check_owes(asked: Asked, office: Office, by: Person) -> None:
    if not any(office.pk in duty.office_ids for duty in duties_with(by, Role.HANDLER)):
        raise NotAllowed(_("只有推荐单位的经办人员可以报送总结材料"))
    if not asked.is_owed_by(office):
        raise NotPossible(_("%(office)s不是推荐单位，不用报送总结材料") % {"office": office})


def _check_whole(asked: Asked, texts: Mapping[str, str], documents: Sequence[Document]) -> None:
    """Faults are told by the place of a part: part_0 is the first."""
    missing = [part for part in asked.report.parts if not texts[part]]
    if missing:
        said = _("材料还缺%(parts)s，请写好后再报送") % {
            "parts": "、".join(f"“{part}”" for part in missing)
        }
        raise NotReady(said, _beside(asked, missing, _("请写这一部分")))
    limit = asked.report.limit
    long = [part for part in asked.report.parts if letters_in(texts[part]) > limit]
    if long:
        said = _("每一部分最多%(limit)d字，请删减") % {"limit": limit}
        raise NotReady(said, _beside(asked, long, said))
    if len(documents) > MOST_DOCUMENTS:
        said = _("一次最多报送%(most)d个文件，请合并后再报送") % {"most": MOST_DOCUMENTS}
        raise NotReady(said, (("documents", said),))


def _beside(asked: Asked, parts: Sequence[str], said: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (f"part_{place}", said) for place, part in enumerate(asked.report.parts) if part in parts
    )


def letters_in(text: str) -> int:
    """As the page counts them: white space left out."""
    return sum(not symbol.isspace() for symbol in text)


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
