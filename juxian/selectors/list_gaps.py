"""What a list of nominees still lacks before it can go up, and where each thing is mended."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from juxian.records.clock import day
from juxian.records.models import Proceeding
from juxian.regulation.words import Kind
from juxian.selectors.board import Board
from juxian.selectors.opinion import doubtful, said_of_all
from juxian.selectors.supplement import places_free


@dataclass(frozen=True, slots=True)
class ListGap:
    """A sentence; `place` names the page that mends it with its keys, "" for the board itself.

    One that does not bar is worth doing and keeps nothing back.
    """

    says: str
    place: str = ""
    keys: tuple[int, ...] = ()
    doing: str = ""
    bars: bool = True


def gaps_of(board: Board, *, moment: datetime) -> tuple[ListGap, ...]:
    """Of whoever is to be nominated: seats, order, reasons, opinions, proof. 2 queries, and 1 more
    after the close."""
    names = {row.item.application_id: row.item.application.name for row in board.rows if row.bucket}
    return (
        *(ListGap(sentence) for sentence in board.over),
        *_not_freed(board, moment),
        *_unexplained(board),
        *_unheard(board.docket.proceeding, names, day(moment)),
        *_unproved(board, names),
    )


def _not_freed(board: Board, moment: datetime) -> Iterator[ListGap]:
    """After the close there are only the places of nominees who were recalled or refused."""
    proceeding = board.docket.proceeding
    if moment < proceeding.cycle.closes_at:
        return
    free = places_free(proceeding.cycle, proceeding.office_id)
    for meter in board.meters:
        count = len(free.get(meter.bucket.code, ()))
        if meter.listed > count:
            yield ListGap(
                _(
                    "已过上报截止时间，“%(bucket)s”只有%(count)d个空出的名额可以补充推荐，"
                    "名单上有%(listed)d人使用；请调整。"
                )
                % {"bucket": meter.bucket.title, "count": count, "listed": meter.listed}
            )


def _unexplained(board: Board) -> Iterator[ListGap]:
    pk = board.docket.proceeding.pk
    for row in board.rows:
        if row.wants_preference:
            name, others = row.item.application.name, "、".join(row.overtaken)
            yield ListGap(
                _("%(name)s排在评审结果更好的%(others)s前面，须写明优先的情形和理由。")
                % {"name": name, "others": others},
                "preference",
                (pk, row.item.application_id),
                _("写优先理由：%(name)s") % {"name": name},
            )
    silent = [row.item.application for row in board.rows if row.wants_reason]
    if silent:
        yield ListGap(
            _("%(names)s还没有推荐理由，请先写好再上报。")
            % {"names": "、".join(one.name for one in silent)},
            "reason",
            (pk, silent[0].pk),
            _("写推荐理由：%(name)s") % {"name": silent[0].name},
        )


def _unheard(proceeding: Proceeding, names: Mapping[int, str], today: date) -> Iterator[ListGap]:
    faults = doubtful(proceeding, names.keys(), today=today)
    for fault in said_of_all(faults, names):
        keys = (fault.listed,)
        yield ListGap(fault.says, "opinion", keys, _("看纪检监察意见"), fault.hinders)


def _unproved(board: Board, names: Mapping[int, str]) -> Iterator[ListGap]:
    """Nothing scanned of the meeting that decided (通知四（二）): here or on its own list."""
    proceeding = board.docket.proceeding
    decided = Proceeding.objects.filter(
        cycle=proceeding.cycle_id,
        office=proceeding.office_id,
        kind=Kind.DECIDE,
        items__application__in=names,
        files__isnull=True,
    )
    if names and not board.docket.files and decided.exists():
        yield ListGap(
            _("还没有审定会议纪要或批件的扫描件，建议上传后再上报。"),
            "attach",
            (proceeding.pk,),
            _("上传扫描件"),
            bars=False,
        )
