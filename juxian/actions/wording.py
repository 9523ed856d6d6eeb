"""Writing an office's own words in an official document (编写文稿)."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import Office, Person, Wording
from juxian.regulation.documents import Blank, DocumentKind
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.selectors.document_subjects import latest_wording, subject_of


@transaction.atomic
def write(
    document: str, key: str, *, by: Person, version: int, texts: Mapping[str, str]
) -> Wording:
    """A new version over `version`, which the writer had before the eyes (0 for none yet)."""
    subject = subject_of(by, document, key)
    if subject is None or not subject.document.blanks:
        raise NotPossible(_("没有这份文书"))
    if not subject.may_write:
        raise NotAllowed(_("只有本单位的经办人员可以编写这份文书"))
    kept = _checked(subject.document, texts)
    Office.objects.select_for_update(no_key=True).get(pk=subject.office.pk)
    latest = latest_wording(subject)
    if (latest.version if latest else 0) != version:
        raise NotReady(
            _("这份文稿已在别处保存过新的一版；您写的内容还在下面，请复制后重新打开，再保存")
        )
    written = Wording.objects.create(
        cycle=subject.cycle,
        office=subject.office,
        document=document,
        key=key,
        version=version + 1,
        texts=kept,
        written_by=by,
        written_at=now(),
    )
    leave("write_document", subject.about, by=by, document=document, version=written.version)
    return written


def _checked(document: DocumentKind, texts: Mapping[str, str]) -> dict[str, str]:
    """The texts of its blanks alone, without what is left empty."""
    kept = {blank.code: _plain(texts.get(blank.code, "")) for blank in document.blanks}
    faults = tuple(
        (blank.code, said)
        for blank in document.blanks
        for said in [_fault(blank, kept[blank.code])]
        if said
    )
    if faults:
        raise NotReady(_("文稿有几处要改"), faults)
    return {code: text for code, text in kept.items() if text}


def _plain(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def _fault(blank: Blank, text: str) -> str:
    if len(text) > blank.limit:
        return _("最多%(limit)d字，请删减") % {"limit": blank.limit}
    if blank.sort == "day" and text and not _is_day(text):
        return _("请填写日期，如 2020-04-20")
    return ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
