"""What every part of a rehearsal shares: the cast, the clock, the dice and the counts."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from juxian.jobs.rehearsal.region import Region
from juxian.jobs.rehearsal.scans import plain_portrait, plain_scan
from juxian.jobs.scratch import set_clock
from juxian.records.models import Application, Cycle, Person
from juxian.regulation.pack import Pack
from juxian.regulation.procedure import Step
from juxian.regulation.refusal import NotReady, Refusal
from juxian.regulation.words import Role

Progress = Callable[[str, int, int], None]
"""Called with what is going on, how much is done, and of how much."""


def quietly(_what: str, _done: int, _total: int) -> None:
    """No progress shown."""


class Broken(Exception):
    """Something that must be refused was accepted: the rehearsal has found a fault."""


@dataclass
class Stage:
    pack: Pack
    cycle: Cycle
    region: Region
    dice: Random
    moment: datetime
    progress: Progress = quietly
    scan: Callable[[str, str], bytes] = plain_scan  # from a title and a name
    portrait: Callable[[str], bytes] = plain_portrait
    passed: Counter[str] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)

    def move_clock(self, moment: datetime) -> None:
        """Forward only."""
        self.moment = max(moment, self.moment)
        set_clock(self.moment)

    @contextmanager
    def refused(self, what: str) -> Iterator[None]:
        """What happens inside must be refused; the reason is counted."""
        try:
            yield
        except Refusal as refusal:
            faults = refusal.faults if isinstance(refusal, NotReady) else ()
            reason = faults[0][1] if faults else str(refusal)
            self.refusals[f"{what}：{_without_figures(reason)}"] += 1
        else:
            raise Broken(what)

    def officer(self, application: Application, step: Step) -> Person:
        office = application.holder
        if office is None:
            raise Broken(f"{application.number} 没有办理单位")
        return self.officer_at(office.pk, office.parent_id, step.role)

    def officer_at(self, office_id: int, parent_id: int | None, role: Role) -> Person:
        officers = self.region.officers
        found = officers.get((office_id, role)) or officers.get((parent_id or 0, role))
        if found is None:
            raise Broken(f"机构 {office_id} 没有岗位 {role}")
        return found

    def chance(self, share: float) -> bool:
        return self.dice.random() < share


def _without_figures(reason: str) -> str:
    """The sentence cut before what differs from person to person, so that reasons add up."""
    cut = min((reason.find(sign) for sign in "“（" if sign in reason), default=-1)
    head = reason[:cut] if cut > 4 else reason  # noqa: PLR2004
    return "".join("n" if letter.isdigit() else letter for letter in head)[:40]


Rows = list[dict[str, Any]]
