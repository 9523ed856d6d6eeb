"""How long an office has had a file at its step, and how often it has returned it."""

from dataclasses import dataclass
from datetime import datetime

from juxian.access.acts import procedure_of
from juxian.records.packs import calendar
from juxian.regulation.calendar import UnknownYear
from juxian.regulation.office_clock import Stay, days_used
from juxian.regulation.words import Act, Standing
from juxian.selectors.casefile import CaseFile


@dataclass(frozen=True, slots=True)
class Returns:
    """How often the step has returned the file, of how often it may; `most` None: not said."""

    done: int
    most: int | None

    @property
    def left(self) -> int | None:
        return None if self.most is None else max(self.most - self.done, 0)

    @property
    def are_used_up(self) -> bool:
        return self.left == 0


@dataclass(frozen=True, slots=True)
class OfficeClock:
    """Working days of the step's own time limit; `is_stopped` while the applicant mends."""

    allowed: int
    used: int
    is_stopped: bool

    @property
    def left(self) -> int:
        return self.allowed - self.used

    @property
    def over(self) -> int:
        return max(-self.left, 0)


def returns_of(case: CaseFile) -> Returns:
    done = sum(
        entry.handling.act == Act.SEND_BACK and entry.handling.step == case.step.code
        for entry in case.timeline
    )
    return Returns(done, case.step.returns_most)


def returns_open(case: CaseFile) -> tuple[Act, ...]:
    """The returns that the step may still do, to the applicant or one level down."""
    ways = procedure_of(case.application).returns(case.step.code)
    return tuple(act for act in ways if act is Act.SEND_DOWN or not returns_of(case).are_used_up)


def clock_of(case: CaseFile, now: datetime) -> OfficeClock | None:
    """None where the step has no time limit of its own, or the year's calendar is not loaded.

    Of a returned file, that of the step which returned it.
    """
    application = case.application
    stopped = application.standing == Standing.RETURNED
    at = application.resumes_at[-1] if stopped else case.step.code
    step = next((entry.step for entry in case.timeline if entry.step.code == at), case.step)
    if step.processing_days is None or Standing(application.standing).is_final:
        return None
    stays = []
    since: datetime | None = None
    for entry in reversed(case.timeline):
        if entry.handling.step == step.code and since is not None:
            stays.append(Stay(since, entry.handling.done_at))
        since = entry.handling.done_at
    if not stopped:
        stays.append(Stay(application.held_since, now))
    try:
        return OfficeClock(step.processing_days, days_used(stays, calendar()), stopped)
    except UnknownYear:
        return None
