"""Taking a file in: made anew before anything is kept, then kept by its content."""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from juxian.actions.accepted import PHOTOS, SCANS
from juxian.actions.cleansing.apart import cleansed_apart
from juxian.actions.cleansing.unfit import Clean, Unfit
from juxian.actions.trace import leave
from juxian.records.clock import Moment
from juxian.records.models import Person, StoredFile
from juxian.regulation.refusal import NotReady
from juxian.selectors.evidence import path_of

LARGEST = 20 * 1024 * 1024
ONLY = format_lazy(_("只能上传{kinds}文件，且文件须能正常打开"), kinds=SCANS.words)
REASONS: dict[str, "str | Promise"] = {
    "empty": _("这个文件是空的，请重新选择"),
    "large": _("文件超过20MB，请降低扫描分辨率或分成几份上传"),
    "virus": _("这个文件带有病毒特征，没有保存；请先杀毒，再从原件重新扫描后上传"),
    "bomb": _("这个文件无法在限定时间内检查完，没有保存；请打印为PDF或重新扫描后上传"),
    "unknown": ONLY,
    "office": _("这是Word或WPS文件，请另存为PDF再上传"),
    "excel": _("这是Excel表格，请另存为PDF再上传"),
    "slides": _("这是演示文稿，请另存为PDF再上传"),
    "ofd": _("这是OFD文件，请用阅读软件打开，打印为PDF后再上传"),
    "caj": _("这是CAJ文件，请用阅读软件打开，打印为PDF后再上传"),
    "postscript": _("这是PostScript文件，请转换为PDF后再上传"),
    "zip": _("这是压缩包，请解压后逐份上传"),
    "page": _("这是网页文件，请在浏览器里打开，打印为PDF后再上传"),
    "text": _("这是文本文件，请另存为PDF再上传"),
    "program": _("这是程序文件，不能上传；请核对是否选错了文件"),
    "video": _("视频和录音不能上传，请上传证书或文件的扫描件"),
    "picture": _("这种图片格式不能上传，请另存为JPG后再上传"),
    "gif": _("GIF图片不能上传，请另存为JPG后再上传"),
    "animated": _("这是动图，请截取需要的一张，另存为JPG后再上传"),
    "image_broken": _("这张图片打不开，可能已损坏，请重新拍照或扫描后上传"),
    "image_large": _("图片尺寸过大，请缩小后上传"),
    "many_frames": _("这份扫描件超过100页，请分成几份上传"),
    "pdf_password": _("这个PDF有密码，请去掉密码后上传"),
    "pdf_broken": _("这个PDF打不开，可能已损坏，请重新扫描后上传"),
    "pdf_empty": _("这个PDF没有内容，请重新扫描后上传"),
    "pdf_pages": _("这个PDF超过300页，请分成几份上传"),
    "pdf_bomb": _("这个PDF展开后过大，请降低扫描分辨率，或打印为PDF后再上传"),
    "pdf_form": _("这是动态表单，请打印为PDF后再上传"),
    "pdf_portfolio": _("这个PDF里装着别的文件，请把里面的文件取出来逐份上传"),
    "pdf_notes": _("这个PDF里的批注、图章或填写的内容没有固定在页面上，请打印为PDF后再上传"),
    "pdf_odd": _("这个PDF的内部写法特殊，无法检查，请打印为PDF后再上传"),
    "photo_kind": format_lazy(_("照片请上传{kinds}图片"), kinds=PHOTOS.words),
    "photo_small": _("照片尺寸不足，请上传不小于413×579像素的照片"),
    "photo_large": _("照片超过500KB，请缩小后上传"),
}
KEPT_OUT = _(
    "文件疑似带有密级标志，已拦截，没有保存。"
    "请立即联系本单位保密部门，按其要求处理这份文件；不要再次上传或转发"
)
CAUTIONS: dict[str, "str | Promise"] = {
    "attachments": _("这个PDF带有附件，附件没有保存；需要的请另行上传。"),
    "internal": _("文件里有“内部资料、注意保存”一类字样，请确认可以公开后再提交。"),
    "classified": _("文件里有“涉密”字样，请确认内容不涉密；拿不准的，请先问本单位保密部门。"),
    "commercial": _("文件里有商业秘密标志，请确认单位同意使用后再提交。"),
    "military": _("文件里有军品、国防专利一类字样，请确认已经脱密审查后再提交。"),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """A clean file that nobody has kept yet. `caution` is what its giver should hear, or ""."""

    content: bytes
    media_type: str
    pages: int = 1
    caution: str = ""


class KeptOut(NotReady):
    """A mark of a state secret: nothing was kept, and whom to see."""


def take(content: bytes, *, by: Person | None, about: Model, purpose: str = "") -> Taken:
    """The file made anew, as evidence or as the form's "photo"; NotReady with what to do.

    Nothing reaches the disk. Call it outside of a transaction: it takes a while, and the trace of
    what is kept out must outlive the refusal (R58: 涉密材料须脱密，涉密原件一律不得上传).
    """
    clean = _cleansed(content, purpose)
    marking = clean.marking
    if marking and marking.keeps_out:
        _keep_out(content, marking.rule, by=by, about=about)
    codes = (*clean.cautions, *((marking.rule,) if marking else ()))
    caution = "".join(str(CAUTIONS[code]) for code in codes)
    return Taken(clean.content, clean.media_type, clean.pages, caution)


def take_document(content: bytes, media_type: str, *, by: Person, about: Model) -> Taken:
    """An office document as it is, once it is known to bear no mark of a state secret."""
    marking = _cleansed(content, "document").marking
    if marking and marking.keeps_out:
        _keep_out(content, marking.rule, by=by, about=about)
    return Taken(content, media_type)


def _cleansed(content: bytes, purpose: str) -> Clean:
    try:
        return cleansed_apart(content, purpose=purpose)
    except Unfit as unfit:
        raise NotReady(str(REASONS.get(unfit.reason, ONLY))) from None


def _keep_out(content: bytes, rule: str, *, by: Person | None, about: Model) -> None:
    """Only when, who, which file by its digest, and by what rule; never a word of the file."""
    leave("keep_out", about, by=by, rule=rule, sha256=hashlib.sha256(content).hexdigest())
    raise KeptOut(str(KEPT_OUT))


def store(taken: Taken) -> StoredFile:
    """The file on disk and on record, found again when the same content comes twice.

    The content reaches the disk before its row is committed: a row never points at nothing.
    """
    digest = hashlib.sha256(taken.content).hexdigest()
    if StoredFile.objects.filter(digest=digest, withheld_at__isnull=False).exists():
        raise NotReady(str(KEPT_OUT))
    target = path_of(digest)
    if not target.exists():
        _write(target, taken.content)
    file = StoredFile(
        digest=digest,
        size=len(taken.content),
        media_type=taken.media_type,
        pages=taken.pages,
        stored_at=Moment(),
    )
    StoredFile.objects.bulk_create([file], ignore_conflicts=True)
    return file


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=target.parent, delete=False) as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).replace(target)
