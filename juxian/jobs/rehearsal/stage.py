"""What every part of a rehearsal shares: the cast, the clock, the dice and the counts."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from juxian.jobs.rehearsal.ledger import Ledger
from juxian.jobs.rehearsal.people import Somebody
from juxian.jobs.rehearsal.region import Region
from juxian.jobs.rehearsal.scans import plain_portrait, plain_scan
from juxian.jobs.rehearsal.slips import MILD, Slip
from juxian.jobs.scratch import set_clock
from juxian.records.models import Application, Cycle, Person, Proceeding
from juxian.regulation.pack import Pack
from juxian.regulation.procedure import Step
from juxian.regulation.refusal import NotReady, Refusal
from juxian.regulation.words import Act, Role

Progress = Callable[[str, int, int], None]
"""Called with what is going on, how much is done, and of how much."""


def quietly(_what: str, _done: int, _total: int) -> None:
    """No progress shown."""


class Broken(Exception):
    """Something that must be refused was accepted: the rehearsal has found a fault."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A planted error that passed the rules, for an officer to see; `mend` does what is asked."""

    slip: Slip
    path: str
    label: str
    words: str
    mend: Callable[[Application], None]
    condition: str = ""  # whose finding hints at it


PASSING = (Act.ADMIT, Act.CLEAR, Act.CONCUR, Act.APPROVE, Act.RECOMMEND)


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
    rates: Mapping[Slip, float] = field(default_factory=lambda: MILD)
    begun: int = 0
    worked: Counter[str] = field(default_factory=Counter)
    passed: Counter[str] = field(default_factory=Counter)
    ledger: Ledger = field(default_factory=Ledger)
    flaws: dict[int, Flaw] = field(default_factory=dict)  # by application
    doubtful: dict[int, str] = field(default_factory=dict)  # by application, a condition's code
    cast: dict[int, Somebody] = field(default_factory=dict)  # by application
    recipients: list[Somebody] = field(default_factory=list)  # of an earlier cycle
    notable: set[int] = field(default_factory=set)  # applications that every panel carries
    late: list[int] = field(default_factory=list)  # drafts that miss the close
    scanned: dict[str, str] = field(default_factory=dict)  # whose scan, by material
    refusals: Counter[str] = field(default_factory=Counter)
    figures: Counter[str] = field(default_factory=Counter)

    def move_clock(self, moment: datetime) -> None:
        """Forward only."""
        self.moment = max(moment, self.moment)
        set_clock(self.moment)

    @contextmanager
    def refused(self, what: str, wanted: str = "") -> Iterator[None]:
        """What happens inside must be refused; of its reasons, the one with `wanted` is kept."""
        self.ledger.plant(what)
        try:
            yield
        except Refusal as refusal:
            said = [fault[1] for fault in refusal.faults] if isinstance(refusal, NotReady) else []
            hits = [reason for reason in said if wanted in reason] if wanted else said
            reason = _without_figures((hits or said or [str(refusal)])[0])
            self.refusals[f"{what}：{reason}"] += 1
            self.ledger.find(what, reason)
        else:
            raise Broken(what)

    def take(self, step: str, listed: Proceeding) -> None:
        """Count a list that was worked, and those on it that passed."""
        self.worked[step] += listed.items.count()
        self.passed[step] += listed.items.filter(act__in=PASSING).count()

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
