"""Examining stored files (扫描件检查): hints for people, and keeping out what is marked secret."""

import os
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image
from procrastinate.contrib.django import app
from procrastinate.types import JSONDict

from juxian.actions.trace import Left, leave_all
from juxian.papers.scan_pages import Unreadable, first_page, page_at, pages_of
from juxian.papers.words import can_read, head_of, words_on
from juxian.records.clock import Moment, now
from juxian.records.models import (
    Evidence,
    Examination,
    Likeness,
    Message,
    PagePrint,
    StoredFile,
)
from juxian.records.sealing import seal
from juxian.regulation.likeness import bands_of, is_near, is_same_scan, print_of
from juxian.regulation.scans import DoubtKind, doubts_about, looked_at
from juxian.regulation.secrecy import marking_in
from juxian.selectors.evidence import content_of, path_of
from juxian.selectors.examination import unexamined

MOST_ALIKE = 2000  # prints compared with one page's
MOST_COMPARED = 12  # pages looked at closely, the nearest first
AT_ONCE = 500
AGAIN = "withheld_before"
ZEROS = bytes(1 << 20)

Looks = Mapping[int, Image.Image]


def examine(digest: str, *, last_try: bool = False) -> None:
    """Look at a file's pages and read its first one, once for every content; idempotent.

    Unreadable, to be tried again, when it does not open; on the last try that is recorded.
    """
    file = StoredFile.objects.filter(pk=digest).first()
    if file is None:
        return
    if file.withheld_at is not None:
        withhold(digest, rule=AGAIN)
        return
    try:
        done = Examination.objects.filter(file=file).first() or _look(file)
        if can_read() and not done.unreadable and done.words_read_at is None:
            _read(file, done)
    except (Unreadable, FileNotFoundError):
        if not last_try:
            raise
        found = {"unreadable": True, "examined_at": now()}
        Examination.objects.update_or_create(file=file, defaults=found)


def examine_waiting() -> int:
    """Leave an errand for files that nobody has examined or read yet; how many."""
    waiting = list(unexamined(unread=can_read())[:AT_ONCE])
    if waiting:
        errands: list[JSONDict] = [{"file": digest} for digest in waiting]
        app.configure_task("examine").batch_defer(*errands)
    return len(waiting)


def _look(file: StoredFile) -> Examination:
    """Prints are committed before like ones are looked for: of two at once, one finds the other."""
    doubts: list[dict[str, object]] = []
    looks: dict[int, Image.Image] = {}
    prints: list[PagePrint] = []
    for page in pages_of(content_of(file), file.media_type):
        grey = looked_at(page.picture)
        kinds = doubts_about(grey, longer_side=page.longer_side)
        doubts += [{"page": page.number, "kind": str(kind)} for kind in kinds]
        bits = print_of(grey)
        if bits is not None and DoubtKind.BLANK not in kinds:
            looks[page.number] = grey
            prints.append(
                PagePrint(file=file, page=page.number, bits=f"{bits:064x}", bands=bands_of(bits))
            )
    PagePrint.objects.bulk_create(prints, ignore_conflicts=True)
    like = [pair for own in prints for pair in _like(own, looks)]
    with transaction.atomic():
        Likeness.objects.bulk_create(like, ignore_conflicts=True)
        examination, _made = Examination.objects.get_or_create(
            file=file, defaults={"doubts": doubts, "examined_at": now()}
        )
    return examination


def _like(own: PagePrint, looks: Looks) -> Iterable[Likeness]:
    bits = int(own.bits, 16)
    found = (
        PagePrint.objects.filter(bands__overlap=own.bands, file__withheld_at__isnull=True)
        .exclude(file=own.file_id)
        .select_related("file")[:MOST_ALIKE]
    )
    near = [other for other in found if is_near(bits, int(other.bits, 16))]
    near.sort(key=lambda other: (bits ^ int(other.bits, 16)).bit_count())
    for other in islice(near, MOST_COMPARED):
        if _is_same(looks[own.page], other):
            pages = (own.file, own.page, other.file, other.page)
            yield Likeness(file=pages[0], page=pages[1], other=pages[2], other_page=pages[3])
            yield Likeness(file=pages[2], page=pages[3], other=pages[0], other_page=pages[1])


def _is_same(grey: Image.Image, other: PagePrint) -> bool:
    """Compared with the page as it lies on disk; not, when it is gone meanwhile."""
    try:
        page = page_at(content_of(other.file), other.file.media_type, other.page)
    except (Unreadable, OSError):
        return False
    return is_same_scan(grey, looked_at(page))


def _read(file: StoredFile, done: Examination) -> None:
    """The upper part first: what is marked there is not read any further."""
    kinds = {one["kind"] for one in done.doubts if one["page"] == 1}
    words = ""
    if DoubtKind.BLANK not in kinds:
        page = first_page(content_of(file), file.media_type)
        if DoubtKind.SIDEWAYS in kinds:
            page = page.transpose(Image.Transpose.ROTATE_90)
        for part in (head_of(page), page):
            words = words_on(part)
            marking = marking_in(words)
            if marking is not None and marking.keeps_out:
                withhold(file.digest, rule=marking.rule)
                return
    Examination.objects.filter(file=file).update(
        words=seal(words) if words else "", words_read_at=Moment()
    )


@transaction.atomic
def withhold(digest: str, *, rule: str) -> None:
    """Keep a file out that is marked as a state secret; nothing of its content stays. Idempotent.

    R58: a system that is not classified holds no classified file. Kept are time, person, digest
    and rule. Whoever gives it again meanwhile waits for this lock, and it is taken out again.
    """
    file = StoredFile.objects.select_for_update().get(pk=digest)
    given = Evidence.objects.filter(file=file).select_related("application").order_by("pk")
    if file.withheld_at is not None:
        given = given.filter(removed_at__isnull=True)
    taken_out = list(given)
    moment = now()
    if file.withheld_at is None:
        file.withheld_at = moment
        file.save(update_fields=["withheld_at"])
    Likeness.objects.filter(file=file).delete()
    Likeness.objects.filter(other=file).delete()
    PagePrint.objects.filter(file=file).delete()
    Examination.objects.filter(file=file).update(doubts=[], words="", words_read_at=None)
    for one in taken_out:
        one.removed_at = one.removed_at or moment
        one.title = _("已拦截的文件")
    Evidence.objects.bulk_update(taken_out, ["removed_at", "title"])
    _tell(taken_out, rule)
    transaction.on_commit(lambda: destroy(path_of(digest)))


def _tell(taken_out: list[Evidence], rule: str) -> None:
    moment = now()
    leave_all(
        [
            Left(
                "withhold",
                one,
                {
                    "application": one.application_id,
                    "person": one.added_by_id,
                    "file": one.file_id,
                    "rule": rule,
                },
            )
            for one in taken_out
        ],
        by=None,
        at=moment,
    )
    said = _(
        "您在申报%(number)s中上传的一份材料带有密级标志，已被拦截，内容已销毁。"
        "请联系本单位保密部门；脱密处理后可重新上传。"
    )
    Message.objects.bulk_create(
        Message(
            person_id=one.added_by_id,
            application=one.application,
            text=said % {"number": one.application.number},
            sent_at=moment,
        )
        for one in taken_out
    )


def destroy(path: Path) -> None:
    """Written over, then taken off the disk; nothing to do where it is gone already."""
    try:
        with path.open("r+b") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0:
                left -= file.write(ZEROS[:left])
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return
