"""What would leave the system upon an act about to be done, as its receiver would read it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from juxian.access.acts import step_of
from juxian.records.models import Application, Correction, Office
from juxian.regulation.messages import Carrier, Occasion, Pace, filled, parts_of
from juxian.selectors.reach import addresses_of, paces_of
from juxian.selectors.sending import Rule, rules_upon, signed


@dataclass(frozen=True, slots=True)
class Send:
    """One message; `goes` at once if the act's page is told so, else it waits in the outbox."""

    rule: Rule
    text: str
    goes: bool

    @property
    def parts(self) -> int:
        return parts_of(self.text) if self.rule.carrier is Carrier.SMS else 0


def sends_upon(
    occasion: Occasion, application: Application, office: Office, values: Mapping[str, str]
) -> list[Send]:
    """To the applicant, by every carrier that they gave a number or an address for. 5 queries.

    None to who wants none, or one message a day. Where a step is signed one after another, nothing
    goes before an officer has looked at it.
    """
    person = application.applicant
    if paces_of([person.pk]).get(person.pk, Pace.AT_ONCE) is not Pace.AT_ONCE:
        return []
    address = addresses_of([(person, application)])[0]
    alone = not step_of(application).signing
    return [
        Send(rule, _text(rule, values), goes=alone and rule.goes_at_once)
        for rule in rules_upon(occasion, office)
        if address.by(rule.carrier)
    ]


def reminders_of(files: Iterable[Application]) -> list[Send]:
    """What the offices that returned the files send when reminding, with the placeholders still in
    the words. 1 query, and 2 for each office."""
    returned = Correction.objects.filter(
        application__in=list(files), handling__office__isnull=False, answered_at__isnull=True
    )
    offices = set(returned.values_list("handling__office", flat=True))
    rules = [rule for office in sorted(offices) for rule in rules_upon(Occasion.REMINDED, office)]
    return list(dict.fromkeys(Send(rule, rule.words, rule.goes_at_once) for rule in rules))


def _text(rule: Rule, values: Mapping[str, str]) -> str:
    text = filled(rule.words, values)
    return signed(text) if rule.carrier is Carrier.SMS else text
