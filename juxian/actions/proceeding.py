"""Opening a proceeding on a list of files, and what every kind of proceeding shares."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.acts import duty_for, step_of
from juxian.access.duties import covers_all
from juxian.actions._move import Move, locked_all, move_all
from juxian.actions.intake import Taken, store, take
from juxian.actions.trace import leave
from juxian.records.clock import day, now
from juxian.records.models import (
    Application,
    Objection,
    Office,
    Person,
    Proceeding,
    ProceedingFile,
    ProceedingItem,
)
from juxian.records.packs import pack_of
from juxian.regulation.procedure import Step
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import Act, Kind, Standing
from juxian.selectors.ballot import LEFT
from juxian.selectors.proceeding import tracks_on


@transaction.atomic
def open_proceeding(step: str, application_ids: Sequence[int], *, by: Person) -> Proceeding:
    """Take up a list of files that are all at this step, at one office, on no other open list."""
    if not application_ids:
        raise NotReady(_("请先选择要办理的申报"))
    applications = locked_all(application_ids)
    first = applications[0]
    offices = [_holder_at(application, step, first, by) for application in applications]
    _check_unlisted(applications, step)
    here = step_of(first)
    if not here.kind.is_collective:
        raise NotPossible(_("“%(step)s”须逐份办理") % {"step": here.title})
    proceeding = Proceeding.objects.create(
        cycle=first.cycle,
        office=offices[0],
        step=step,
        kind=here.kind,
        body=here.body,
        opened_by=by,
        opened_at=now(),
    )
    ProceedingItem.objects.bulk_create(
        ProceedingItem(proceeding=proceeding, application=application, turn=application.turn)
        for application in applications
    )
    leave("open_proceeding", proceeding, by=by, step=step, files=len(applications))
    return proceeding


def _holder_at(application: Application, step: str, first: Application, by: Person) -> Office:
    """The office that holds the file, when it can be taken up there together with the first."""
    number = {"number": application.number}
    if application.step != step or application.standing != Standing.OPEN:
        raise NotReady(_("%(number)s不在这个环节，请刷新页面后重新选择") % number)
    holder = application.holder
    if holder is None or duty_for(by, application) is None:
        raise NotAllowed(_("%(number)s不由您办理") % number)
    if application.holder_id != first.holder_id or application.cycle_id != first.cycle_id:
        raise NotReady(_("%(number)s与其他申报不属于同一批次和单位，请分开办理") % number)
    return holder


def _check_unlisted(applications: Sequence[Application], step: str) -> None:
    listed = ProceedingItem.objects.filter(
        application__in=applications,
        proceeding__step=step,
        proceeding__concluded_at__isnull=True,
    )
    number = listed.order_by("pk").values_list("application__number", flat=True).first()
    if number is not None:
        raise NotReady(_("%(number)s已列入另一份正在办理的名单") % {"number": number})


def lock(proceeding_id: int, kind: Kind | None = None) -> Proceeding:
    """The proceeding, open or concluded, locked; of this kind, if one is named."""
    rows = Proceeding.objects.select_for_update(of=("self",)).select_related("cycle", "office")
    proceeding = rows.filter(pk=proceeding_id).first()
    if proceeding is None or kind not in (None, proceeding.kind):
        raise NotPossible(_("没有找到这份名单"))
    return proceeding


def lock_open(proceeding_id: int, kind: Kind | None = None) -> Proceeding:
    proceeding = lock(proceeding_id, kind)
    if proceeding.concluded_at is not None:
        raise NotPossible(_("这份名单已办结，不能再改"))
    return proceeding


def locked_proceeding(proceeding_id: int, kind: Kind | None = None, *, by: Person) -> Proceeding:
    """The open proceeding, locked, of the person's own office; refused when concluded."""
    proceeding = lock_open(proceeding_id, kind)
    check_works_on(proceeding, tracks_on(proceeding), by)
    return proceeding


def check_works_on(proceeding: Proceeding, tracks: Iterable[str], by: Person) -> None:
    """By the list's own step and office, and for every one of these tracks.

    Not by where its files are: they may have gone on, or been withdrawn.
    """
    if not covers_all(by, step_in(proceeding).role, proceeding.office_id, tracks):
        raise NotAllowed(_("这份名单不由您办理"))


def step_in(proceeding: Proceeding) -> Step:
    return pack_of(proceeding.cycle).procedure.step(proceeding.step)


@transaction.atomic
def take_off(proceeding_id: int, application_id: int, *, by: Person) -> None:
    """Take one file off the open list; it stays at its step for another list.

    By whoever works on the file's track, though others are on the list. A list that nobody is left
    on is closed: it waits for nothing. Who is or was voted on in secret stays, so that papers and
    list can be compared, unless the application has left the procedure.
    """
    proceeding = lock_open(proceeding_id)
    item = proceeding.items.filter(application=application_id).select_related("application").first()
    tracks = tracks_on(proceeding) if item is None else [item.application.track]
    check_works_on(proceeding, tracks, by)
    if item is None:
        raise NotPossible(_("名单上没有这份申报"))
    _check_not_voted_on(item)
    item.delete()
    leave("take_off", proceeding, by=by, application=application_id)
    if not proceeding.items.exists():
        _close(proceeding, by=by, files=0)


def _check_not_voted_on(item: ProceedingItem) -> None:
    candidate = item.application
    ballots = candidate.ballots.filter(proceeding=item.proceeding_id, is_void=False)
    if candidate.standing not in LEFT and ballots.exists():
        raise NotPossible(
            _("%(name)s已交评委会表决，不能移出名单；还没有开票的，请先作废本轮表决")
            % {"name": candidate.name}
        )


def attach_file(
    proceeding_id: int,
    *,
    by: Person,
    title: str,
    content: bytes,
    objection: Objection | None = None,
) -> ProceedingFile:
    """A scan that proves the record: minutes, a reply, a photograph of the posted notice; or what
    was given or found about one objection to it."""
    with transaction.atomic():
        proceeding = locked_proceeding(proceeding_id, by=by)
    if not title.strip():
        raise NotReady(_("请填写扫描件的名称"), (("title", _("请填写名称")),))
    taken = take(content, by=by, about=proceeding)
    return _attached(proceeding_id, by=by, title=title, taken=taken, objection=objection)


@transaction.atomic
def _attached(
    proceeding_id: int, *, by: Person, title: str, taken: Taken, objection: Objection | None
) -> ProceedingFile:
    proceeding = locked_proceeding(proceeding_id, by=by)
    return _keep(proceeding, by=by, title=title, taken=taken, objection=objection)


def _keep(
    proceeding: Proceeding,
    *,
    by: Person,
    title: str,
    taken: Taken,
    objection: Objection | None = None,
) -> ProceedingFile:
    kept = ProceedingFile.objects.create(
        proceeding=proceeding,
        objection=objection,
        title=title.strip()[:200],
        file=store(taken),
        added_by=by,
        added_at=now(),
    )
    leave("attach_file", proceeding, by=by, file=kept.file_id)
    return kept


def with_scan(
    act: Callable[[], Proceeding], proceeding_id: int, *, by: Person, title: str, content: bytes
) -> Proceeding:
    """Do the act and keep the scan that proves it on the list it answers with: both or neither.

    b"" for no scan.
    """
    if not content:
        return act()
    with transaction.atomic():
        about = lock(proceeding_id)
    taken = take(content, by=by, about=about)
    with transaction.atomic():
        done = act()
        _keep(done, by=by, title=title, taken=taken)
    return done


def check_held_on(held_on: date) -> None:
    if held_on > day(now()):
        raise NotReady(_("日期不能晚于今天"), (("held_on", _("请核对日期")),))


def conclude_items(
    proceeding: Proceeding, acts: Mapping[int, tuple[Act, str]], *, by: Person
) -> None:
    """Move each application of the list by its act and opinion, and conclude the proceeding.

    Applications left out of `acts` leave the list unmoved and can be taken up again.
    """
    items = {
        item.application_id: item for item in proceeding.items.select_related("proceeding__cycle")
    }
    applications = locked_all(sorted(acts))
    for application in applications:
        if application.step != proceeding.step or application.standing != Standing.OPEN:
            raise NotReady(
                _("%(number)s已不在这个环节（可能已撤回），请先移出名单")
                % {"number": application.number}
            )
    moves = [
        Move(application, *acts[application.pk], item=items[application.pk])
        for application in applications
    ]
    move_all(moves, by=by, proceeding=proceeding)
    _close(proceeding, by=by, files=len(acts))


def _close(proceeding: Proceeding, *, by: Person, files: int) -> None:
    proceeding.concluded_by = by
    proceeding.concluded_at = now()
    proceeding.save()
    leave("conclude", proceeding, by=by, kind=proceeding.kind, files=files)
