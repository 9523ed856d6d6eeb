"""Uploading in pieces: a file is announced, arrives, and becomes evidence with its last byte.

No step leaves a trace of its own: what came of it does, when it is attached.
"""

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from juxian.actions.application import filled_by
from juxian.actions.evidence import (
    attach_taken,
    check_room,
    check_size,
    check_slot,
    check_takes,
    replace_by,
    seen_by,
)
from juxian.actions.intake import Taken, take
from juxian.records.clock import Moment, now
from juxian.records.models import Application, Evidence, Person, Upload
from juxian.regulation.refusal import NotReady, Refusal, Stale
from juxian.selectors.uploading import announced_in, part_of, parts_dir, unfinished_in

MOST_OPEN = 20  # of one application
KEPT = timedelta(days=1)  # after the last piece
PIECE = 512 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Announced:
    """A file before its first byte.

    `mark` is the browser's, of the content; `replaces` is the key of the evidence it takes the
    place of.
    """

    material: str
    title: str
    size: int
    mark: str
    claim: str = ""
    replaces: int | None = None


@transaction.atomic
def begin_upload(application_id: int, file: Announced, *, by: Person) -> Upload:
    """A place for the file; the one there is when the same file was begun and broken off."""
    application = filled_by(application_id, by)
    material = check_takes(application, file.material)
    check_size(file.size)
    open_ones = unfinished_in(application, by)
    begun = open_ones.filter(
        material=file.material, mark=file.mark, size=file.size, replaces=file.replaces
    ).first()
    if begun is not None and file.mark:
        begun.claim = file.claim
        begun.save(update_fields=["claim"])
        return begun
    replaced = _replaced(application, file)
    if replaced is None:
        others = open_ones.filter(material=file.material, replaces=None)
        check_slot(application, material, others.count() + 1)
    files, size = announced_in(application, by)
    if files >= MOST_OPEN:
        raise NotReady(
            _("没有传完的文件已有%(most)d个，请先继续传完，或放弃其中一些") % {"most": MOST_OPEN}
        )
    check_room(application, files + 1, size + file.size, without=replaced)
    return Upload.objects.create(
        application=application,
        material=file.material,
        claim=file.claim,
        title=file.title.strip()[:200],
        mark=file.mark[:64],
        size=file.size,
        replaces=replaced,
        begun_by=by,
        expires_at=now() + KEPT,
    )


def append(key: UUID, *, by: Person, offset: int, content: bytes) -> Upload:
    """Keep the bytes that begin at `offset`; with the last of them the file is attached, once.

    Stale when what was kept ends elsewhere. Any other refusal ends the upload.
    """
    try:
        upload = _append(key, by, offset, content)
        return _finished(upload, by) if upload.offset == upload.size else upload
    except Stale:
        raise
    except Refusal:
        discard(key, by=by)
        raise


@transaction.atomic
def _append(key: UUID, by: Person, offset: int, content: bytes) -> Upload:
    upload = _locked(key, by)
    if upload.offset == upload.size and offset + len(content) <= upload.size:
        return upload
    if offset != upload.offset:
        raise Stale(_("这个文件正在另一处上传，请稍候再继续"))
    if offset + len(content) > upload.size:
        raise NotReady(_("文件在上传时变了，请重新选择这个文件"))
    part = part_of(key)
    if offset and not (part.is_file() and part.stat().st_size >= offset):
        raise NotReady(_("已传的部分已经不在，请重新选择这个文件"))
    _write(part, offset, content)
    upload.offset += len(content)
    upload.expires_at = now() + KEPT
    upload.save(update_fields=["offset", "expires_at"])
    return upload


def _finished(upload: Upload, by: Person) -> Upload:
    """The whole file made evidence, however often it is asked for; outside of a transaction, as
    `intake.take` wants it."""
    part = part_of(upload.key)
    if upload.evidence_id is not None:
        return upload
    try:
        content = part.read_bytes()[: upload.size]
    except FileNotFoundError:  # made evidence by another request, or removed
        content = b""
    taken = take(content, by=by, about=seen_by(upload.application_id, by)) if content else None
    with transaction.atomic():
        upload = _locked(upload.key, by)
        if upload.evidence_id is not None:
            return upload
        if taken is None:
            raise NotReady(_("已传的部分已经不在，请重新选择这个文件"))
        upload.evidence = _attached(upload, taken, by)
        transaction.on_commit(partial(_shred, part))
        upload.save(update_fields=["evidence"])
    return upload


@transaction.atomic
def discard(key: UUID, *, by: Person) -> None:
    """Give up what has not become evidence; nothing happens when there is no such upload."""
    _drop(Upload.objects.filter(key=key, begun_by=by, evidence__isnull=True))


@transaction.atomic
def expire() -> None:
    """Remove what nobody went on with, and parts that no upload knows."""
    _drop(Upload.objects.filter(expires_at__lte=Moment()))
    known = {key.hex for key in Upload.objects.values_list("key", flat=True)}
    for part in _old_parts():
        if part.name not in known:
            _shred(part)


def _drop(uploads: QuerySet[Upload]) -> None:
    for upload in uploads.select_for_update(skip_locked=True):
        transaction.on_commit(partial(_shred, part_of(upload.key)))
        upload.delete()


def _locked(key: UUID, by: Person) -> Upload:
    return Upload.objects.select_for_update().get(key=key, begun_by=by)


def _replaced(application: Application, file: Announced) -> Evidence | None:
    if file.replaces is None:
        return None
    found = Evidence.objects.select_related("file").filter(
        pk=file.replaces,
        application=application,
        material=file.material,
        removed_at__isnull=True,
    )
    replaced = found.first()
    if replaced is None:
        raise NotReady(_("要更换的文件已经移除，请刷新页面后再传"))
    return replaced


def _attached(upload: Upload, taken: Taken, by: Person) -> Evidence:
    if upload.replaces_id is not None:
        return replace_by(upload.replaces_id, by=by, taken=taken)
    says = (upload.title, upload.claim)
    return attach_taken(
        upload.application_id, by=by, material=upload.material, says=says, taken=taken
    )


def _write(part: Path, offset: int, content: bytes) -> None:
    """The bytes are on the disk before the row says that they are."""
    part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "wb") as kept:
        kept.seek(offset)
        kept.write(content)
        kept.flush()
        os.fsync(kept.fileno())
    if not offset:
        folder = os.open(part.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)


def _shred(part: Path) -> None:
    """Overwritten, then removed."""
    try:
        with part.open("r+b") as kept:
            kept.write(bytes(part.stat().st_size))
            kept.flush()
            os.fsync(kept.fileno())
        part.unlink()
    except FileNotFoundError:
        return


def _old_parts() -> Iterator[Path]:
    """Untouched for as long as an upload is kept, by the disk's own clock."""
    before = time.time() - KEPT.total_seconds()
    folder = parts_dir()
    for part in folder.iterdir() if folder.is_dir() else ():
        if part.stat().st_mtime < before:
            yield part
