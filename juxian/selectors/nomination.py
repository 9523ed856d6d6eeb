"""A list of nominees: results, ranks, the buckets they fit, the assignment proposed, reasons."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db.models import F, Max, QuerySet
from django.utils.translation import gettext as _

from juxian.records.models import Application, Handling, Proceeding, ProceedingItem, Seats
from juxian.records.packs import pack_of
from juxian.regulation.pack import Pack
from juxian.regulation.quota import Assignment, Nominee
from juxian.regulation.ranking import Ranked, overtaken
from juxian.regulation.words import Act, Kind
from juxian.selectors.document_subjects import key_of_office
from juxian.selectors.quota import assigned, meters_of
from juxian.selectors.seats import live_nominations

OTHER = "other"  # a reason to rank somebody first that no mark of his names


@dataclass(frozen=True, slots=True)
class Votes:
    """The latest evaluation's ayes, of those present: "10 / 11"."""

    ayes: int
    present: int

    @property
    def share(self) -> Fraction | None:
        return Fraction(self.ayes, self.present) if self.present else None

    def __str__(self) -> str:
        return f"{self.ayes} / {self.present}"


def votes_on(applications: Collection[int]) -> dict[int, Votes]:
    """By application, of those who were voted on. 1 query."""
    rows = (
        ProceedingItem.objects.filter(
            application__in=applications,
            proceeding__kind=Kind.REVIEW,
            ayes__isnull=False,
            void_at__isnull=True,
        )
        .order_by("pk")
        .values_list("application", "ayes", "proceeding__present")
    )
    return {application: Votes(ayes or 0, present or 0) for application, ayes, present in rows}


def in_order(items: Iterable[ProceedingItem], votes: Mapping[int, Votes]) -> list[ProceedingItem]:
    """As ranked or, before they are, the best result first; with their applications."""

    def place(item: ProceedingItem) -> tuple[bool, int, Fraction, str, int]:
        found = votes.get(item.application_id)
        share = (found.share if found else None) or Fraction(0)
        key = item.application.name_key
        return item.rank is None, item.rank or 0, -share, key, item.pk

    return sorted(items, key=place)


def as_ranked(items: Iterable[ProceedingItem], votes: Mapping[int, Votes]) -> list[Ranked]:
    """The items as they come, with their results."""
    return [
        Ranked(
            item.application_id,
            item.application.track,
            votes[item.application_id].share if item.application_id in votes else None,
        )
        for item in items
    ]


def overtaking(proceeding: Proceeding) -> dict[int, tuple[int, ...]]:
    """By application that has a bucket, those ranked later with a better result. 2 queries."""
    items = list(proceeding.items.select_related("application"))
    votes = votes_on([item.application_id for item in items])
    found = overtaken(as_ranked(in_order(items, votes), votes))
    using = {item.application_id for item in items if item.bucket}
    return {pk: others for pk, others in found.items() if pk in using}


def last_ranks(proceeding: Proceeding) -> Counter[str]:
    """By track, the last rank among those whom the office has nominated in the cycle. 1 query."""
    rows = (
        live_nominations()
        .filter(proceeding__cycle=proceeding.cycle_id, proceeding__office=proceeding.office_id)
        .values_list("application__track")
        .annotate(last=Max("rank"))
        .order_by()
    )
    return Counter({track: last or 0 for track, last in rows})


def preferences_of(application: Application) -> dict[str, str]:
    """What may be said for ranking a person before a better result, by code; OTHER the last."""
    pack = pack_of(application.cycle)
    codes = [*(mark.code for mark in pack.preferences(application.marks)), OTHER]
    return {code: preference_title(pack, code) for code in codes}


def preferred(pack: Pack, item: ProceedingItem) -> str:
    """Why the person was ranked first among equals: 抗疫一线：…; "" for who was not."""
    if not item.preference:
        return ""
    return f"{preference_title(pack, item.preference)}：{item.preferred_because}"


def preference_title(pack: Pack, code: str) -> str:
    return _("其他理由") if code == OTHER else pack.mark_title(code)


def placed_in_words(pack: Pack, item: ProceedingItem) -> str:
    """A nomination for those above: the rank, the bucket, what put the person first."""
    said = _("第%(rank)d名，使用“%(bucket)s”") % {
        "rank": item.rank or 0,
        "bucket": pack.seat_rule(item.bucket).bucket.title,
    }
    because = preferred(pack, item)
    return said + (_("；同等条件下优先（%(because)s）") % {"because": because} if because else "")


@dataclass(frozen=True, slots=True)
class ListReceipt:
    """Of a list that went up: its number, the key of its report, who was passed over and why."""

    number: str
    report: str
    passed_over: tuple[Handling, ...]


def receipt_of(proceeding: Proceeding) -> ListReceipt:
    """1 query."""
    passed = Handling.objects.filter(proceeding=proceeding, act=Act.PASS_OVER)
    return ListReceipt(
        number=f"TJ-{proceeding.cycle_id}-{proceeding.office_id}-{proceeding.pk}",
        report=key_of_office(proceeding.cycle, proceeding.office),
        passed_over=tuple(passed.select_related("application__employer").order_by("pk")),
    )


def fitting(item: ProceedingItem) -> frozenset[str]:
    """Buckets of the office that the person fits. 1 query; the item has its application."""
    listed_on = item.proceeding
    held = Seats.objects.filter(cycle=listed_on.cycle_id, office=listed_on.office_id)
    return frozenset(item.application.fits).intersection(held.values_list("bucket", flat=True))


def listed(proceeding: Proceeding) -> QuerySet[ProceedingItem]:
    """Who is on the list; applications and employers loaded."""
    rows = ProceedingItem.objects.filter(proceeding=proceeding)
    return rows.select_related("application__employer", "application__cycle")


def reason_before(item: ProceedingItem) -> str:
    """The reason on the list or, before there is one, that of the person's last list. 1 query."""
    rows = ProceedingItem.objects.filter(
        application=item.application_id, proceeding__kind=Kind.RECOMMEND, pk__lte=item.pk
    )
    said = rows.exclude(opinion="").order_by("-pk").values_list("opinion", flat=True)
    return said.first() or ""


def without_reason(proceeding: Proceeding) -> ProceedingItem | None:
    """The first who has a bucket and no reason yet. 1 query."""
    unwritten = ProceedingItem.objects.filter(proceeding=proceeding, opinion="")
    order = ("track", F("rank").asc(nulls_last=True), "pk")
    return unwritten.exclude(bucket="").order_by(*order).first()


def proposal(proceeding: Proceeding, items: Sequence[ProceedingItem]) -> Assignment:
    """The assignment for these, who are ranked and have their applications. 1 query."""
    return assigned(nominees_of(items), meters_of(proceeding.cycle, proceeding.office))


def nominees_of(items: Iterable[ProceedingItem]) -> list[Nominee]:
    """Of ranked items."""
    return [
        Nominee(
            item.application_id,
            item.rank or 0,
            frozenset(item.application.fits),
            item.application.name,
        )
        for item in items
    ]
