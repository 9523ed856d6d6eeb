"""How far a file has climbed: its ladder with what each step came to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from juxian.access.acts import procedure_of
from juxian.records import labels
from juxian.records.models import Application, Handling, ProceedingItem
from juxian.regulation.procedure import Step
from juxian.regulation.words import Kind, Standing


@dataclass(frozen=True, slots=True)
class Rung:
    """A step, or a whole level folded into one; `state` is past, now or ahead."""

    title: str
    state: str
    note: str = ""


def rungs_of(
    application: Application,
    handlings: Sequence[Handling],
    items: Sequence[ProceedingItem],
) -> tuple[Rung, ...]:
    """The steps of the level the file is at one by one, every other level as one rung."""
    steps = procedure_of(application).steps
    here = next(index for index, step in enumerate(steps) if step.code == application.step)
    is_over = Standing(application.standing).is_final
    rungs: list[Rung] = []
    for level, group in groupby(enumerate(steps), key=lambda pair: _shelf(pair[1])):
        numbered = list(group)
        if level == _shelf(steps[here]):
            states = [(step, _state(index, here, is_over=is_over)) for index, step in numbered]
            rungs += [
                Rung(step.title, state, _note(step, handlings, items) if state == "past" else "")
                for step, state in states
            ]
        else:
            rungs.append(_folded(numbered, here, handlings, is_over=is_over))
    return tuple(rungs)


def _shelf(step: Step) -> str:
    """Filling stands by itself, before the employer's steps."""
    return "" if step.kind is Kind.FILL else step.level


def _state(index: int, here: int, *, is_over: bool) -> str:
    if index == here and not is_over:
        return "now"
    return "past" if index <= here else "ahead"


def _folded(
    steps: list[tuple[int, Step]], here: int, handlings: Sequence[Handling], *, is_over: bool
) -> Rung:
    index, step = steps[-1]
    state = _state(index, here, is_over=is_over)
    if step.kind is Kind.FILL:
        return Rung(step.title, state, _last_day(step, handlings))
    title = str(labels.LEVELS[step.level])
    count = _("%(count)d个环节") % {"count": len(steps)}
    return Rung(title, state, _last_day(step, handlings) if state == "past" else count)


def _note(step: Step, handlings: Sequence[Handling], items: Sequence[ProceedingItem]) -> str:
    outcomes = [said for item in items if item.proceeding.step == step.code for said in _said(item)]
    return outcomes[-1] if outcomes else _last_day(step, handlings)


def _said(item: ProceedingItem) -> Iterator[str]:
    """What a proceeding came to for this person, in a few words."""
    proceeding = item.proceeding
    if proceeding.kind == Kind.REVIEW and item.ayes is not None and proceeding.present:
        yield _("同意 %(ayes)d/%(present)d") % {"ayes": item.ayes, "present": proceeding.present}
    if proceeding.kind == Kind.PUBLICIZE and proceeding.starts_on and proceeding.ends_on:
        yield f"{_short(proceeding.starts_on)}–{_short(proceeding.ends_on)}"
    if proceeding.kind == Kind.RECOMMEND and item.rank is not None:
        yield _("第%(rank)d名") % {"rank": item.rank}


def _last_day(step: Step, handlings: Sequence[Handling]) -> str:
    done = [handling for handling in handlings if handling.step == step.code]
    return _short(timezone.localtime(done[-1].done_at).date()) if done else ""


def _short(day: date) -> str:
    return _("%(month)d月%(day)d日") % {"month": day.month, "day": day.day}
