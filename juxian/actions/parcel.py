"""Posting a parcel and taking it in (邮包的寄出与接收), page by page."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.trace import leave
from juxian.papers.on_file import on_file
from juxian.papers.page_mark import PageMark, parse_mark
from juxian.papers.proof import OnFile, verdict
from juxian.records.clock import Moment, today
from juxian.records.models import Arrival, CopyTick, Mailing, PageSeen, Parcel, Person, PileScan
from juxian.regulation.parcel_pages import MARKED, PageState
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.selectors.parcel import Awaited, awaited_numbered, may_receive, may_send
from juxian.selectors.parcel_pile import ANNEXES, IS_THERE

MOST_PAGES, MOST_COPIES = 200, 20
FOLDED = str.maketrans("：／", ":/")  # as an input method makes them of a scanner's keys


@dataclass(frozen=True, slots=True)
class Envelope:
    """What is written on it: carrier, number, day, who sealed it."""

    courier: str
    tracking_number: str
    sent_on: date
    sealed_by: str


@dataclass(frozen=True, slots=True)
class PageAt:
    """A page no device reads, as an officer makes it out."""

    paper: str
    copy: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class Scanned:
    """What became of a scan; `is_new` is false where the page had been scanned before."""

    seen: PageSeen
    is_new: bool

    @property
    def state(self) -> PageState:
        return PageState(self.seen.verdict)


@transaction.atomic
def post_parcel(number: str, envelope: Envelope, *, by: Person) -> Mailing:
    """Enter that an envelope is on its way, with what is in it; the same one twice is one (R68)."""
    awaited = _awaited(number, by)
    if not may_send(by, awaited):
        raise NotAllowed(_("只有推荐单位的经办人员可以登记寄出"))
    if envelope.sent_on > today():
        said = _("寄出日期不能晚于今天")
        raise NotReady(said, (("sent_on", said),))
    parcel = row_for(awaited)
    mailing, is_new = Mailing.objects.get_or_create(
        parcel=parcel,
        courier=envelope.courier,
        tracking_number=envelope.tracking_number,
        defaults={
            "sent_on": envelope.sent_on,
            "sealed_by": envelope.sealed_by,
            "contents": [
                {"number": nominee, "turn": turn} for nominee, turn in awaited.nominees.items()
            ],
            "entered_by": by,
            "entered_at": Moment(),
        },
    )
    if is_new:
        leave("post_parcel", parcel, by=by, files=len(awaited.files))
    return mailing


@transaction.atomic
def take_in_parcel(
    number: str, *, by: Person, arrived_on: date, postmarked_on: date | None, note: str = ""
) -> Arrival:
    """Enter that an envelope has come; by its postmark it is in time or late (R73)."""
    awaited = receivable(number, by)
    if arrived_on > today():
        said = _("收到日期不能晚于今天")
        raise NotReady(said, (("arrived_on", said),))
    if postmarked_on and postmarked_on > arrived_on:
        said = _("邮戳日期不能晚于收到日期，请核对")
        raise NotReady(said, (("postmarked_on", said),))
    if awaited.channel.by_postmark and not postmarked_on and not note:
        said = _("请填写邮戳日期；邮戳看不清的，请在“外观”中写明")
        raise NotReady(said, (("postmarked_on", said),))
    parcel = row_for(awaited)
    arrival, is_new = Arrival.objects.get_or_create(
        parcel=parcel,
        arrived_on=arrived_on,
        postmarked_on=postmarked_on,
        defaults={"note": note, "entered_by": by, "entered_at": Moment()},
    )
    if is_new:
        leave("take_in_parcel", parcel, by=by)
    return arrival


def mark_in(text: str) -> PageMark:
    """The mark a scanner has typed, whatever keyboard it typed on; NotReady for anything else."""
    mark = parse_mark(text.strip().translate(FOLDED).upper())
    if mark is None:
        raise NotReady(_("这不是本系统纸件的二维码。请扫每页右下角的二维码，或者手工登记这一页"))
    return mark


@transaction.atomic
def scan_page(number: str, mark: PageMark, *, by: Person, way: str = "scanner") -> Scanned:
    """Judge a page against what is on file now, and keep that it lies there; twice is once."""
    awaited = receivable(number, by)
    found = Sorter(row_for(awaited), awaited, by).see(mark, way)
    if found.is_new:
        leave("scan_page", found.seen.parcel, by=by, page=found.seen.pk)
    return found


@dataclass(frozen=True, slots=True)
class Sorter:
    """Who sorts a parcel's pages; remembers what is on file, for many pages of the same papers."""

    parcel: Parcel
    awaited: Awaited
    by: Person
    known: dict[str, OnFile | None] = field(default_factory=dict)

    def see(self, mark: PageMark, way: str, *, at: tuple[PileScan, int] | None = None) -> Scanned:
        """`at` is the page of a scanned pile."""
        if mark.number not in self.known:
            self.known[mark.number] = on_file(mark.number)
        filed = self.known[mark.number]
        present = _present_turn(self.awaited, mark.number)
        scan, scan_page = at or (None, None)
        seen, is_new = PageSeen.objects.get_or_create(
            parcel=self.parcel,
            paper=mark.number,
            turn=mark.turn,
            digest=mark.digest,
            copy=mark.copy,
            page=mark.page,
            present_turn=present or (filed.turn if filed else 0),
            defaults={
                "pages": mark.pages,
                "verdict": _state(self.awaited, mark, filed),
                "way": way,
                "scan": scan,
                "scan_page": scan_page,
                "seen_by": self.by,
                "seen_at": Moment(),
            },
        )
        return Scanned(seen, is_new)


def _state(awaited: Awaited, mark: PageMark, filed: OnFile | None) -> PageState:
    """What is on file is said first: a draft of somebody else's is still a draft."""
    said = PageState(verdict(mark, filed))
    is_listed = _present_turn(awaited, mark.number) or mark.number == awaited.number
    return said if is_listed or not said.counts else PageState.ELSEWHERE


def _present_turn(awaited: Awaited, paper: str) -> int:
    """The turn of the nominee whose paper it is; 0 for a paper that is nobody's here."""
    for suffix in MARKED.values():
        turn = awaited.nominees.get(paper.removesuffix(suffix) if suffix else paper, 0)
        if turn and (not suffix or paper.endswith(suffix)):
            return turn
    return 0


@transaction.atomic
def enter_page(number: str, at: PageAt, *, by: Person, reason: str) -> PageSeen:
    """Enter by hand a page whose code cannot be read, once the officer has compared it."""
    awaited = receivable(number, by)
    turn = _present_turn(awaited, at.paper)
    if not turn:
        raise NotPossible(_("这份材料不在本邮包的清单上"))
    if not 1 <= at.page <= at.pages <= MOST_PAGES or not 1 <= at.copy <= MOST_COPIES:
        said = _("请按页脚上的“第几页、共几页、第几份”填写")
        raise NotReady(said, (("page", said),))
    if not reason.strip():
        said = _("请写明为什么扫不出来、是怎样核对的")
        raise NotReady(said, (("reason", said),))
    parcel = row_for(awaited)
    seen, is_new = PageSeen.objects.get_or_create(
        parcel=parcel,
        paper=at.paper,
        turn=turn,
        digest="",
        copy=at.copy,
        page=at.page,
        present_turn=turn,
        defaults={
            "pages": at.pages,
            "verdict": PageState.BY_HAND,
            "way": "hand",
            "reason": reason.strip(),
            "seen_by": by,
            "seen_at": Moment(),
        },
    )
    if is_new:
        leave("enter_page", parcel, by=by, page=seen.pk)
    return seen


@transaction.atomic
def tick_copies(number: str, *, by: Person, shown: Collection[str], ticked: Collection[str]) -> int:
    """Keep what was ticked and unticked of what was shown as the contrary; how many.

    `shown` are the ticks that the page had, so that nobody undoes what a colleague ticked since.
    """
    awaited = receivable(number, by)
    changed = sorted(set(shown) ^ set(ticked))
    rows = [_tick(awaited, key, is_there=key in ticked) for key in changed]
    if not rows:
        return 0
    parcel = row_for(awaited)
    CopyTick.objects.bulk_create(
        CopyTick(
            parcel=parcel,
            paper=paper,
            copy=copy,
            item=item,
            is_there=is_there,
            ticked_by=by,
            ticked_at=Moment(),
        )
        for paper, copy, item, is_there in rows
    )
    leave("tick_copies", parcel, by=by, rows=len(rows))
    return len(rows)


def _tick(awaited: Awaited, key: str, *, is_there: bool) -> tuple[str, int, str, bool]:
    paper, copy, item = (*key.split("|"), "", "")[:3]
    own = [one.code for one in awaited.pack.papers if one.per == "nominator"]
    items = {ANNEXES, *(seal for seals in awaited.channel.seals.values() for seal in seals)}
    known = item in items if _present_turn(awaited, paper) else paper in own and item == IS_THERE
    if not known or not copy.isascii() or not copy.isdecimal() or not 1 <= int(copy) <= MOST_COPIES:
        raise NotPossible(_("清单已经变化，请刷新页面后再勾选"))
    return paper, int(copy), item, is_there


def receivable(number: str, by: Person) -> Awaited:
    """The parcel, for somebody who may receive it."""
    awaited = _awaited(number, by)
    if not may_receive(by, awaited):
        raise NotAllowed(_("只有受理处室的经办、复核人员可以接收这个邮包"))
    return awaited


def receivable_or_sent(number: str, by: Person) -> Awaited:
    """The parcel, for somebody who posts or receives it."""
    awaited = _awaited(number, by)
    if not (may_receive(by, awaited) or may_send(by, awaited)):
        raise NotAllowed(_("只有推荐单位和受理处室可以打印"))
    return awaited


def _awaited(number: str, by: Person) -> Awaited:
    awaited = awaited_numbered(by, number)
    if awaited is None:
        raise NotPossible(_("没有这个邮包，或者本批次不收纸质材料"))
    return awaited


def row_for(awaited: Awaited) -> Parcel:
    """Two officers who open it at once open the same one."""
    return Parcel.objects.get_or_create(
        cycle=awaited.cycle,
        office=awaited.office,
        track=awaited.track.code,
        defaults={
            "receiver": awaited.receiver,
            "number": awaited.number,
            "begun_at": Moment(),
        },
    )[0]
