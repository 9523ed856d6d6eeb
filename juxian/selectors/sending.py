"""By what rules an office's messages leave the system, and which ways out are open at all."""

from dataclasses import dataclass

from django.conf import settings

from juxian.access.duties import Duty
from juxian.access.scope import dispatches
from juxian.records.models import Office, Person, Robot, SendingRule
from juxian.regulation.messages import KINDS, Carrier, Occasion, OccasionKind, Release, Sender
from juxian.regulation.words import OfficeKind, Role

NO_MAIL = ("django.core.mail.backends.dummy.EmailBackend",)


@dataclass(frozen=True, slots=True)
class Rule:
    """What happens to an office's messages of a kind that go one way."""

    kind: OccasionKind
    carrier: Carrier
    release: Release
    words: str

    @property
    def is_on(self) -> bool:
        return self.release is not Release.OFF

    @property
    def goes_at_once(self) -> bool:
        return self.release is Release.AT_ONCE and self.kind.may_go


Rules = dict[tuple[Occasion, Carrier], Rule]


def rules_of(office: Office | int) -> Rules:
    """Every rule of the office for the ways out that are open to it. 2 queries."""
    key = office if isinstance(office, int) else office.pk
    ways = open_carriers(key)
    own = {(one.occasion, one.carrier): one for one in SendingRule.objects.filter(office=key)}
    return {
        (kind.occasion, carrier): _rule(kind, carrier, own.get((kind.occasion, carrier)))
        for kind in KINDS.values()
        for carrier in kind.carriers
        if carrier in ways
    }


def kinds_of(duty: Duty) -> list[OccasionKind]:
    """Upon which occasions the office of the duty writes at all."""
    office = duty.office
    senders = {Sender.ANY}
    if office.is_province or office.kind == OfficeKind.DIVISION:
        senders.add(Sender.PROVINCE)
    if duty.role is Role.SECRETARY:
        senders.add(Sender.ORGANISER)
    return [kind for kind in KINDS.values() if kind.by in senders]


def latest_values(person: Person, office: int, kind: OccasionKind) -> dict[str, str]:
    """What the placeholders last stood for, as far as the person may see it. 1 query."""
    seen = dispatches(person).filter(office=office, occasion=kind.occasion)
    last = seen.order_by("-pk").first()
    return {**kind.sample, **(last.values if last else {})}


def rules_upon(occasion: Occasion, office: Office | int) -> list[Rule]:
    """Those by which something is sent upon the occasion. 2 queries."""
    return [
        rule for (upon, _by), rule in rules_of(office).items() if upon is occasion and rule.is_on
    ]


def _rule(kind: OccasionKind, carrier: Carrier, own: SendingRule | None) -> Rule:
    if own is None:
        return Rule(kind, carrier, kind.release, kind.words)
    return Rule(kind, carrier, Release(own.release), own.words)


def open_carriers(office: int) -> set[Carrier]:
    """The ways out that the site's operator has set up, and the office's own work group."""
    ways = set()
    if settings.SMS_URL:
        ways.add(Carrier.SMS)
    if settings.EMAIL_BACKEND not in NO_MAIL:
        ways.add(Carrier.MAIL)
    if Robot.objects.filter(office=office).exists():
        ways.add(Carrier.ROBOT)
    return ways


def signed(text: str) -> str:
    """A short message with the signature that carriers ask for: 【举贤】…"""
    return f"【{settings.SMS_SIGNATURE}】{text}"
