"""What goes with a file wherever it is read: its marks, what rules found, what officers settled."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from juxian.records.models import Application, Certification, Submission
from juxian.regulation.eligibility import Condition, Severity, Verdict
from juxian.regulation.pack import Pack
from juxian.selectors.certification import Entry, stands


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule found, what the employer certified, and who decided it where no rule could."""

    condition: Condition
    verdict: Verdict
    detail: str
    certified: Certification | None
    settled: Certification | None
    mended_since: bool = False  # the file was submitted again after it was certified

    @property
    def is_open(self) -> bool:
        """What the employer only ticked has decided nothing; see `open_questions`."""
        return self.verdict is Verdict.UNCLEAR and self.settled is None

    @property
    def is_notable(self) -> bool:
        """Worth an officer's eye: everything that a rule did not simply find met."""
        return self.verdict is not Verdict.MET or self.settled is not None

    @property
    def bars(self) -> bool:
        """Settled against a hard condition: the file goes no further in this turn."""
        against = self.settled is not None and not self.settled.holds
        return against and self.condition.severity is Severity.HARD

    @property
    def tone(self) -> str:
        """The tone of its badge: ok, wait or stop."""
        if self.is_open:
            return "wait"
        if self.verdict is Verdict.UNMET:
            return "stop" if self.condition.severity is Severity.HARD else "wait"
        return "stop" if self.settled and not self.settled.holds else "ok"

    @property
    def word(self) -> str:
        if self.is_open:
            return _("须认定")
        if self.settled:
            return _("认定符合") if self.settled.holds else _("认定不符合")
        if self.verdict is Verdict.UNMET:
            return _("未达到") if self.condition.severity is not Severity.HARD else _("不符合")
        return _("符合")


def marks_of(pack: Pack, application: Application) -> tuple[str, ...]:
    """The titles of a file's marks; what is no mark of the pack (破格) is a title already."""
    return tuple(pack.mark_title(code) for code in application.marks)


def findings_on(
    pack: Pack, submission: Submission | None, said: Iterable[Certification]
) -> tuple[Found, ...]:
    """A certification has no reason, a decision always has one; `said` with the oldest first."""
    conditions = {condition.code: condition for condition in pack.conditions}
    known = list(said)
    certified = {c.condition: c for c in known if not c.reason}
    settled = {c.condition: c for c in known if c.reason}
    turn = submission.turn if submission else 0
    return tuple(
        Found(
            condition=conditions[entry["code"]],
            verdict=Verdict(entry["verdict"]),
            detail=entry["detail"],
            certified=certified.get(entry["code"]),
            settled=_standing(settled.get(entry["code"]), entry, turn),
            mended_since=entry["code"] in certified and certified[entry["code"]].turn < turn,
        )
        for entry in (submission.findings if submission else ())
        if entry["code"] in conditions
    )


def _standing(settled: Certification | None, entry: Entry, turn: int) -> Certification | None:
    return settled if settled is not None and stands(settled, entry, turn) else None


def said_of(applications: Iterable[int]) -> dict[int, list[Certification]]:
    """What officers certified and settled, by application, the oldest first. 1 query."""
    rows = Certification.objects.filter(application__in=list(applications))
    said: dict[int, list[Certification]] = defaultdict(list)
    for one in rows.select_related("by", "office").order_by("pk"):
        said[one.application_id].append(one)
    return said
