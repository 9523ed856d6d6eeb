"""Files to take away (待取文件): given at once, or made by a worker and fetched within a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from tempfile import TemporaryFile
from typing import BinaryIO
from uuid import UUID

from django.db import transaction
from django.db.models import F, Model
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from juxian.access.duties import act_for
from juxian.actions.export import wanted_list, wanted_table
from juxian.actions.long_document import wanted_document
from juxian.actions.merged_report import WAYS, wanted_merged
from juxian.actions.trace import Left, leave_all
from juxian.actions.wanted import Wanted
from juxian.records.clock import Moment, now
from juxian.records.models import MadeFile, MadeFilePiece, Person
from juxian.regulation.documents import DOCUMENTS
from juxian.regulation.refusal import NotPossible, NotReady, Refusal
from juxian.selectors.desk_tables import table_of
from juxian.selectors.document_subjects import subject_of
from juxian.selectors.made_files import made_files_of
from juxian.selectors.report import by_key

KEPT = timedelta(hours=24)
MOST_WAITING = 5  # of one person
PIECE = 4 << 20  # bytes
LIST = "work_list"  # the list of files; other sorts are documents and tables of the desk
BEFORE_OTHERS, AFTER_OTHERS = -1, -2  # workbooks take seconds, documents up to a minute


@dataclass(frozen=True, slots=True)
class Ready:
    """A file that was short enough to be made at once."""

    name: str
    content: bytes


def wanted_by(person: Person, sort: str, about: str) -> Wanted:
    """NotPossible for what the person's duties do not reach, NotReady for what cannot be yet."""
    if sort == LIST:
        return wanted_list(person, about)
    if sort in DOCUMENTS:
        return wanted_document(person, sort, about)
    if sort in WAYS:
        return wanted_merged(person, sort, about)
    return wanted_table(person, sort, about)


def obtain(sort: str, about: str, *, by: Person, post: int | None = None) -> Ready | MadeFile:
    """What is short at once, what is long from a worker; `post` is what is acted for alone."""
    wanted = wanted_by(by, sort, about)
    return _ask(wanted, sort, about, by, post) if wanted.is_long else give(wanted, by=by)


@transaction.atomic
def give(wanted: Wanted, *, by: Person) -> Ready:
    """At once, with the traces of it; NotReady for what is for a worker."""
    if wanted.is_long:
        raise NotReady(_("内容太多，请由后台生成"))
    into = BytesIO()
    leave_all(wanted.write(into, lambda _done: None), by=by)
    return Ready(wanted.name, into.getvalue())


@transaction.atomic
def again(key: UUID, *, by: Person, post: int | None = None) -> Ready | MadeFile:
    """Make anew what was made, from what is on file now; the former goes."""
    former = made_files_of(by).get(key=key)
    former.delete()
    return obtain(former.sort, former.about, by=by, post=post)


def fetch(file: MadeFile, *, by: Person) -> None:
    """Leave the trace of it; NotPossible when the person's duties reach it no longer.

    A list of files is the person's own query, traced when it was written.
    """
    if file.sort == LIST:
        return
    subjects = _subjects_of(file, by)
    if not subjects:
        raise NotPossible(_("这份文件已不在您的职责范围内"))
    leave_all([Left("fetch_file", one, {"document": file.sort}) for one in subjects], by=by)


def _subjects_of(file: MadeFile, person: Person) -> Sequence[Model]:
    """What it is about; nothing that the person may no longer read."""
    if file.sort in DOCUMENTS:
        subject = subject_of(person, file.sort, file.about)
        return [subject.about] if subject else []
    if file.sort in WAYS:
        asked = by_key(person, file.about)
        return [asked.cycle] if asked else []
    table = table_of(person, file.sort, file.about)
    return table.subjects if table else []


def make(key: UUID) -> None:
    """Write what was asked for; doing it twice writes it once. What has expired is not written.

    The person's duties count as they are by then.
    """
    rows = MadeFile.objects.filter(key=key, finished_at__isnull=True, expires_at__gt=Moment())
    file = rows.select_related("person").first()
    if file is None:
        return
    person = file.person
    act_for(person, file.post)
    try:
        wanted = wanted_by(person, file.sort, file.about)
        rows.update(total=wanted.total)
        with TemporaryFile() as into:
            left = wanted.write(into, lambda done: rows.update(done=done))
            _keep(file, into, left)
    except Refusal as refusal:
        rows.update(refused=str(refusal), finished_at=now())


def expire() -> int:
    """Remove what nobody may fetch any longer; how many files there were."""
    gone = MadeFile.objects.filter(expires_at__lte=Moment())
    return gone.delete()[1].get(MadeFile._meta.label, 0)  # noqa: SLF001


@transaction.atomic
def _ask(wanted: Wanted, sort: str, about: str, by: Person, post: int | None) -> MadeFile:
    """The one under way where the same was asked for."""
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    waiting = made_files_of(by).filter(finished_at__isnull=True)
    same = waiting.filter(sort=sort, about=about, post=post).first()
    if same is not None:
        return same
    if waiting.count() >= MOST_WAITING:
        raise NotReady(_("您已有几份文件正在生成；请等其中一份完成以后再生成"))
    moment = now()
    file = MadeFile.objects.create(
        person=by,
        sort=sort,
        about=about,
        post=post,
        name=wanted.name,
        total=wanted.total,
        asked_at=moment,
        expires_at=moment + KEPT,
    )
    priority = AFTER_OTHERS if sort in {*DOCUMENTS, *WAYS} else BEFORE_OTHERS
    app.configure_task("make_file", priority=priority).defer(file=file.key.hex)
    return file


@transaction.atomic
def _keep(file: MadeFile, into: BinaryIO, left: Sequence[Left]) -> None:
    size = into.tell()
    into.seek(0)
    position = 0
    while content := into.read(PIECE):
        MadeFilePiece.objects.create(file=file, position=position, content=content)
        position += 1
    rows = MadeFile.objects.filter(pk=file.pk)
    rows.update(size=size, total=F("done"), finished_at=now())
    leave_all(left, by=file.person)
