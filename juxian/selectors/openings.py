"""Whether the nominating unit has seats that an applicant may take: told before filing."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from juxian.records.models import Application, Office, Seats
from juxian.records.packs import pack_of
from juxian.regulation.eligibility import Facts
from juxian.regulation.pack import Pack
from juxian.regulation.seat_rule import SeatRule
from juxian.selectors.route import nominator_of


def seatless(application: Application, facts: Facts) -> tuple[str, str] | None:
    """Nobody there could be nominated with these answers: where a bucket asks, and a sentence.

    Nothing for a call without seats, while nobody nominates for the employer, and once a file
    has its route. 1 query, and one for every office on the way.
    """
    pack = pack_of(application.cycle)
    nominator, _county = nominator_of(application.employer)
    if application.channel or nominator is None or not pack.seats:
        return None
    rules = _held_by(application, nominator, pack)
    if any(rule.fits(application.track, facts) for rule in rules):
        return None
    asked = next(_asked(rules), pack.form.for_track(application.track).sections[0].code)
    return asked, _sentence(application, nominator, pack, rules)


def _held_by(application: Application, nominator: Office, pack: Pack) -> list[SeatRule]:
    """Buckets of the track that the pack gives such an office, or that it was given since."""
    given = set(
        Seats.objects.filter(cycle=application.cycle_id, office=nominator).values_list(
            "bucket", flat=True
        )
    )
    whom = {"holder": nominator.holder, "region": nominator.region, "office": nominator.code}
    return [
        rule
        for rule in pack.seats
        if rule.bucket.track == application.track
        and (rule.bucket.code in given or rule.granted_to(**whom))
    ]


def _asked(rules: list[SeatRule]) -> Iterator[str]:
    """The answers that the buckets go by."""
    for rule in rules:
        for test in rule.tests:
            named = str(test.given.get("field") or test.given.get("rows"))
            if not named.startswith("employer."):
                yield named


def _sentence(
    application: Application, nominator: Office, pack: Pack, rules: list[SeatRule]
) -> str:
    track = pack.track(application.track)
    words = {
        "office": nominator.name,
        "track": track.title,
        "buckets": "、".join(rule.bucket.title for rule in rules) or _("无"),
        "division": track.receiving.name,
        "phone": track.receiving.phone,
    }
    said = _("推荐单位%(office)s可用的%(track)s指标为：%(buckets)s，与您填写的情况不符") % words
    ask = _("请先向%(office)s或%(division)s（电话%(phone)s）咨询") % words
    return f"{said}；{ask}"
