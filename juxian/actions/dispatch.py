"""Messages that leave the system: each waits until a rule or an officer lets it go."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from juxian.access.scope import dispatches
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import Application, Dispatch, Office, Person
from juxian.regulation.messages import (
    KINDS,
    WHILE_RETURNED,
    Carrier,
    Occasion,
    Pace,
    State,
    faults_in,
    not_before,
)
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Standing
from juxian.selectors.reach import Address, addresses_of, paces_of
from juxian.selectors.sending import Rule, Rules, rules_of

WORDS = "words"
STILL_HERE = (State.WAITING, State.HELD)
ONCE_A_DAY = (Occasion.DAILY, Occasion.NEW_FILES, Occasion.OVERDUE)
NOT_ARRIVED = (State.FAILED, State.BOUNCED, State.UNCLEAR)


@dataclass(frozen=True, slots=True)
class Occurrence:
    """What somebody is to be told of, by an office; `person` None for the office's own group.

    `key` is the same whenever the same thing is told of again.
    """

    occasion: Occasion
    office: Office
    person: Person | None
    key: str
    values: Mapping[str, str] = field(default_factory=dict)
    application: Application | None = None


@transaction.atomic
def prepare(occurrences: Sequence[Occurrence], *, may_go: bool) -> None:
    """Make what the offices' rules say, each once; `may_go` lets go what a rule releases at once.

    A person's own choice goes before the rule: who wants none gets none, who wants one message
    a day gets that one alone. Who gave no address is written to another way; who gave none at all
    has one message that says so, except of a digest.
    """
    rules = {office: rules_of(office) for office in {one.office.pk for one in occurrences}}
    paces = paces_of(one.person.pk for one in occurrences if one.person is not None)
    moment = now()
    addresses = _addresses(occurrences)
    made = [
        _made(one, rule, moment, goes=may_go and rule.goes_at_once)
        for one in occurrences
        for rule in _reaching(one, addresses, _rules_for(one, rules[one.office.pk], paces))
    ]
    if made:
        Dispatch.objects.bulk_create(made, ignore_conflicts=True)
        if any(one.state == State.RELEASED for one in made):
            send_due_later()


def _rules_for(one: Occurrence, rules: Rules, paces: Mapping[int, Pace]) -> list[Rule]:
    pace = paces.get(one.person.pk, Pace.AT_ONCE) if one.person else Pace.AT_ONCE
    if pace is Pace.NEVER or (pace is Pace.DAILY and one.occasion not in ONCE_A_DAY):
        return []
    return [
        rule
        for (occasion, carrier), rule in rules.items()
        if occasion is one.occasion
        and (carrier is Carrier.ROBOT) == (one.person is None)
        and rule.is_on
    ]


def _addresses(occurrences: Sequence[Occurrence]) -> dict[str, Address]:
    to_people = [one for one in occurrences if one.person is not None]
    found = addresses_of([(one.person, one.application) for one in to_people if one.person])
    return {one.key: address for one, address in zip(to_people, found, strict=True)}


def _reaching(one: Occurrence, addresses: Mapping[str, Address], rules: list[Rule]) -> list[Rule]:
    """Of a group every rule; of a person those that reach them, or one that says none does."""
    address = addresses.get(one.key)
    if address is None:
        return rules
    reaching = [rule for rule in rules if address.by(rule.carrier)]
    return reaching or ([] if one.occasion in ONCE_A_DAY else rules[:1])


def _made(one: Occurrence, rule: Rule, moment: datetime, *, goes: bool) -> Dispatch:
    return Dispatch(
        office=one.office,
        occasion=one.occasion,
        carrier=rule.carrier,
        person=one.person,
        application=one.application,
        words=rule.words,
        values={place: one.values.get(place, "") for place in rule.kind.places},
        key=f"{one.key}.{rule.carrier}",
        made_at=moment,
        state=State.RELEASED if goes else State.WAITING,
        released_at=moment if goes else None,
        due_at=_due(moment) if goes else None,
    )


def _due(moment: datetime) -> datetime:
    return not_before(timezone.localtime(moment))


def send_due_later() -> None:
    """A worker sends what is released, once this transaction is through."""
    app.configure_task("send_due").defer()


@transaction.atomic
def release(ids: Collection[int], *, by: Person) -> int:
    """Let them go; at night they wait for the morning. How many."""
    moment = now()
    found = _mine(ids, by, STILL_HERE)
    for one in found:
        one.state, one.released_at, one.released_by = State.RELEASED, moment, by
        one.due_at = _due(moment)
    _keep(found, "state", "released_at", "released_by", "due_at")
    _leave("release_messages", found, by, moment)
    send_due_later()
    return len(found)


@transaction.atomic
def hold(ids: Collection[int], *, by: Person) -> int:
    """Set aside what waits, and what is released but has not gone yet."""
    found = _mine(ids, by, (State.WAITING, State.RELEASED))
    for one in found:
        one.state, one.released_at, one.released_by, one.due_at = State.HELD, None, None, None
    _keep(found, "state", "released_at", "released_by", "due_at")
    _leave("hold_messages", found, by, now())
    return len(found)


@transaction.atomic
def cancel(ids: Collection[int], *, by: Person) -> int:
    """They never go; what people find in the system itself is not touched."""
    moment = now()
    found = _mine(ids, by, (*STILL_HERE, State.RELEASED))
    for one in found:
        one.state, one.settled_at = State.CANCELLED, moment
    _keep(found, "state", "settled_at")
    _leave("cancel_messages", found, by, moment)
    return len(found)


@transaction.atomic
def drop_passed(application: Application) -> None:
    """Nobody is asked any longer to mend a file that is not returned any longer."""
    if application.standing == Standing.RETURNED:
        return
    rows = Dispatch.objects.select_for_update().filter(
        application=application,
        occasion__in=WHILE_RETURNED,
        state__in=(*STILL_HERE, State.RELEASED),
    )
    moment, found = now(), list(rows.order_by("pk"))
    for one in found:
        one.state, one.settled_at = State.CANCELLED, moment
        one.reason = _("申报已不在退回修改中，不再发送")
    _keep(found, "state", "settled_at", "reason")
    if found:
        numbers = [one.pk for one in found]
        leave("cancel_messages", application, by=None, at=moment, messages=numbers)


@transaction.atomic
def send_again(ids: Collection[int], *, by: Person) -> int:
    """Try once more what did not arrive; the gateway knows it by the same key."""
    moment = now()
    found = _mine(ids, by, NOT_ARRIVED)
    for one in found:
        one.state, one.settled_at, one.reason, one.tries = State.RELEASED, None, "", 0
        one.released_at, one.released_by, one.due_at = moment, by, _due(moment)
    _keep(
        found,
        *("state", "settled_at", "reason", "tries", "released_at", "released_by", "due_at"),
    )
    _leave("release_messages", found, by, moment)
    send_due_later()
    return len(found)


@transaction.atomic
def rewrite(ids: Collection[int], *, by: Person, words: str) -> int:
    """Other words for messages of one occasion that still wait."""
    found = _mine(ids, by, STILL_HERE)
    faults = faults_in(words, KINDS[Occasion(found[0].occasion)].places)
    if faults or any(one.occasion != found[0].occasion for one in found):
        raise NotReady(_("请改正内容后再保存"), tuple((WORDS, said) for said in faults))
    for one in found:
        one.words = words.strip()
    _keep(found, WORDS)
    _leave("rewrite_messages", found, by, now())
    return len(found)


def _mine(ids: Collection[int], by: Person, states: Collection[State]) -> list[Dispatch]:
    """Those of the person's offices that still stand so, locked until the transaction ends."""
    if not ids:
        raise NotReady(_("请先勾选消息"))
    mine = dispatches(by).filter(pk__in=ids).values("pk")
    rows = Dispatch.objects.select_for_update(of=("self",)).filter(pk__in=mine, state__in=states)
    found = list(rows.select_related("office").order_by("pk"))
    if not found:
        raise NotPossible(_("这些消息已由别人办理或已经发出，请刷新页面"))
    return found


def _keep(found: Sequence[Dispatch], *columns: str) -> None:
    Dispatch.objects.bulk_update(found, columns)


def _leave(act: str, found: Sequence[Dispatch], by: Person, moment: datetime) -> None:
    """One trace for all of an office; the numbers tell which."""
    for office in dict.fromkeys(one.office for one in found):
        mine = [one.pk for one in found if one.office_id == office.pk]
        leave(act, office, by=by, at=moment, messages=mine)
