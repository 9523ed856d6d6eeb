"""How far a file has climbed: its ladder with what each step came to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from juxian.access.acts import procedure_of
from juxian.records import labels
from juxian.records.models import Application, Handling, ProceedingItem
from juxian.regulation.procedure import Procedure, Step
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
    procedure = procedure_of(application)
    steps, here = procedure.steps, procedure.index(application.step)
    state_of = _states(application, procedure)
    rungs: list[Rung] = []
    for level, group in groupby(enumerate(steps), key=lambda pair: _shelf(pair[1])):
        numbered = list(group)
        if level == _shelf(steps[here]):
            states = [(step, state_of[step.code]) for _index, step in numbered]
            rungs += [
                Rung(step.title, state, _note(step, handlings, items) if state == "past" else "")
                for step, state in states
            ]
        else:
            rungs.append(_folded([step for _index, step in numbered], state_of, handlings))
    return tuple(rungs)


def _shelf(step: Step) -> str:
    """Filling stands by itself, before the employer's steps."""
    return "" if step.kind is Kind.FILL else step.level


def _states(application: Application, procedure: Procedure) -> dict[str, str]:
    """By step. Of a file that was sent down, what lies between stays past: it is not done again."""
    here = reached = procedure.index(application.step)
    again = set(application.resumes_at)
    restarts = procedure.resubmission_restarts and here == 0
    if again and not restarts:
        reached = procedure.index(application.resumes_at[0])
    found = {
        step.code: "past" if index <= reached and step.code not in again else "ahead"
        for index, step in enumerate(procedure.steps)
    }
    if not Standing(application.standing).is_final:
        found[application.step] = "now"
    return found


def _folded(
    steps: Sequence[Step], state_of: Mapping[str, str], handlings: Sequence[Handling]
) -> Rung:
    step = steps[-1]
    state = state_of[step.code]
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
