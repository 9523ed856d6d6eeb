"""Nominating a ranked list within the seats (按推荐指标上报)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.proceeding import conclude_items, locked_proceeding, step_in
from juxian.actions.supplement import fill_places, is_late
from juxian.actions.trace import leave
from juxian.records.clock import day, now
from juxian.records.models import Person, Proceeding, ProceedingItem
from juxian.records.packs import pack_of
from juxian.regulation.fields import count_characters
from juxian.regulation.quota import Assignment
from juxian.regulation.ranking import overtaken, ranks
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act, Kind
from juxian.selectors.nomination import (
    as_ranked,
    fitting,
    last_ranks,
    overtaking,
    preferences_of,
    proposal,
    votes_on,
)
from juxian.selectors.opinion import said_of_all, unfit


@transaction.atomic
def arrange(proceeding_id: int, *, by: Person, order: Sequence[int]) -> Assignment:
    """Rank the list from first to last, each track by itself; what is then proposed.

    Buckets follow the proposal for as long as nobody has chosen otherwise (`choose_bucket`).
    """
    proceeding = locked_proceeding(proceeding_id, Kind.RECOMMEND, by=by)
    items = {item.application_id: item for item in _items(proceeding)}
    if sorted(order) != sorted(items):
        raise NotReady(_("请为名单上的每一个人排定名次，不重不漏"))
    follows = _is_as_proposed(proceeding, list(items.values()))
    placed = [items[pk] for pk in order]
    _rank(placed)
    assignment = proposal(proceeding, placed)
    if follows:
        _place(placed, assignment)
    proceeding.items.update(rank=None, bucket="")
    ProceedingItem.objects.bulk_update(
        placed, ["rank", "track", "bucket", "preference", "preferred_because"]
    )
    leave("arrange", proceeding, by=by, files=len(order))
    return assignment


def _items(proceeding: Proceeding) -> list[ProceedingItem]:
    return list(proceeding.items.select_related("application"))


def _is_as_proposed(proceeding: Proceeding, items: Sequence[ProceedingItem]) -> bool:
    if any(item.rank is None for item in items):
        return True
    placed = proposal(proceeding, items).placed
    return all(item.bucket == placed.get(item.application_id, "") for item in items)


def _rank(placed: Sequence[ProceedingItem]) -> None:
    """Number them; a reason for preferring somebody goes with the need of it."""
    votes = votes_on([item.application_id for item in placed])
    order = as_ranked(placed, votes)
    places, before = ranks(order), overtaken(order)
    for item in placed:
        pk = item.application_id
        item.rank, item.track = places[pk], item.application.track
        if pk not in before:
            item.preference = item.preferred_because = ""


def _place(items: Sequence[ProceedingItem], assignment: Assignment) -> None:
    for item in items:
        item.bucket = assignment.placed.get(item.application_id, "")


@transaction.atomic
def shift(proceeding_id: int, application_id: int, *, by: Person, up: bool) -> None:
    """Change places with the neighbour in the same track; at an end nothing changes."""
    proceeding = locked_proceeding(proceeding_id, Kind.RECOMMEND, by=by)
    items = sorted(_items(proceeding), key=lambda item: (item.track, item.rank or 0))
    if any(item.rank is None for item in items):
        raise NotReady(_("请先排定推荐顺序"))
    order = [item.application_id for item in items]
    if application_id not in order:
        raise NotPossible(_("名单上没有这个人"))
    here = order.index(application_id)
    there = here + (-1 if up else 1)
    if 0 <= there < len(order) and items[here].track == items[there].track:
        order[here], order[there] = order[there], order[here]
        arrange(proceeding_id, by=by, order=order)


@transaction.atomic
def allocate(proceeding_id: int, *, by: Person) -> None:
    """Take over the buckets that are proposed for the present order (建议分配)."""
    proceeding = locked_proceeding(proceeding_id, Kind.RECOMMEND, by=by)
    items = _items(proceeding)
    if any(item.rank is None for item in items):
        raise NotReady(_("请先排定推荐顺序"))
    _place(items, proposal(proceeding, items))
    ProceedingItem.objects.bulk_update(items, ["bucket"])
    leave("allocate", proceeding, by=by, files=sum(bool(item.bucket) for item in items))


@transaction.atomic
def choose_bucket(proceeding_id: int, application_id: int, bucket: str, *, by: Person) -> None:
    """Put a person in another bucket that fits, or in none."""
    proceeding = locked_proceeding(proceeding_id, Kind.RECOMMEND, by=by)
    item = _item(proceeding, application_id)
    if bucket and bucket not in fitting(item):
        title = pack_of(proceeding.cycle).seat_rule(bucket).bucket.title
        raise NotReady(_("此人不符合“%(bucket)s”的使用条件") % {"bucket": title})
    item.bucket = bucket
    item.save(update_fields=["bucket"])
    leave("choose_bucket", proceeding, by=by, application=application_id, bucket=bucket)


def _item(proceeding: Proceeding, application_id: int) -> ProceedingItem:
    rows = proceeding.items.select_related("application__cycle")
    item = rows.filter(application=application_id).first()
    if item is None:
        raise NotPossible(_("名单上没有这个人"))
    return item


@transaction.atomic
def prefer(
    proceeding_id: int, application_id: int, *, by: Person, preference: str, reason: str
) -> str:
    """Say why somebody is ranked before a better result (通知三：同等条件下优先推荐); as kept."""
    proceeding = locked_proceeding(proceeding_id, Kind.RECOMMEND, by=by)
    item = _item(proceeding, application_id)
    if application_id not in overtaking(proceeding):
        raise NotPossible(_("此人没有排在评审结果更好的人前面，不用写优先理由"))
    if preference not in preferences_of(item.application):
        raise NotReady(_("请选择优先的情形"), (("preference", _("请选择优先的情形")),))
    words = " ".join(reason.split())
    if not words:
        raise NotReady(_("请写明优先的理由"), (("reason", _("请写明优先的理由")),))
    item.preference, item.preferred_because = preference, words
    item.save(update_fields=["preference", "preferred_because"])
    leave("prefer", proceeding, by=by, application=application_id, preference=preference)
    return words


@transaction.atomic
def give_reason(proceeding_id: int, application_id: int, *, by: Person, reason: str) -> str:
    """Write why the person is recommended (推荐理由); returned as the papers will print it."""
    proceeding = locked_proceeding(proceeding_id, Kind.RECOMMEND, by=by)
    limit = step_in(proceeding).reason_limit
    if limit is None:
        raise NotPossible(_("这个环节不写推荐理由"))
    words = "\n".join(line.strip() for line in reason.splitlines() if line.strip())
    count = count_characters(words)
    if not words:
        raise NotReady(_("请填写推荐理由"), (("reason", _("请填写推荐理由")),))
    if count > limit:
        fault = _("最多%(limit)d字，现有%(count)d字") % {"limit": limit, "count": count}
        raise NotReady(_("推荐理由超过字数，没有保存；请删减"), (("reason", fault),))
    if not proceeding.items.filter(application=application_id).update(opinion=words):
        raise NotPossible(_("名单上没有这个人"))
    leave("give_reason", proceeding, by=by, application=application_id)
    return words


@transaction.atomic
def submit_list(
    proceeding_id: int, *, by: Person, passed_over: Mapping[int, str] | None = None
) -> Proceeding:
    """Send the list up in one act: everybody in a bucket is nominated, the others are passed
    over with a reason. All or nobody: one person over the seats keeps the whole list back."""
    proceeding = locked_proceeding(proceeding_id, Kind.RECOMMEND, by=by)
    moment = now()
    late = is_late(proceeding, moment)
    reasons = dict(passed_over or {})
    items = list(proceeding.items.select_related("application").order_by("rank"))
    if any(item.rank is None for item in items):
        raise NotReady(_("请先排定推荐顺序"))
    homeless = tuple(
        (str(item.application_id), _("没有可用的指标；请调整，或写明不推荐的理由"))
        for item in items
        if not item.bucket and not reasons.get(item.application_id, "").strip()
    )
    if homeless:
        raise NotReady(_("有人没有指标，须写明不推荐的理由"), homeless)
    acts = {
        item.application_id: (
            (Act.PASS_OVER, reasons[item.application_id])
            if item.application_id in reasons or not item.bucket
            else (Act.RECOMMEND, "")
        )
        for item in items
    }
    nominated = [item for item in items if acts[item.application_id][0] is Act.RECOMMEND]
    _check_preferences(proceeding, nominated)
    _check_reasons(proceeding, nominated)
    _check_opinions(proceeding, nominated, day(moment))
    fill_places(proceeding, nominated, late=late)
    _number(proceeding, nominated)
    conclude_items(proceeding, acts, by=by)
    return proceeding


def _number(proceeding: Proceeding, nominated: Sequence[ProceedingItem]) -> None:
    """The ranks that go up: of the nominated alone, after those whom the office sent before."""
    sent = last_ranks(proceeding)
    places = ranks(as_ranked(nominated, {}))
    for item in nominated:
        item.rank = sent[item.track] + places[item.application_id]
    proceeding.items.update(rank=None)
    ProceedingItem.objects.bulk_update(nominated, ["rank"])


def _check_preferences(proceeding: Proceeding, nominated: Sequence[ProceedingItem]) -> None:
    ahead = overtaking(proceeding)
    silent = [item for item in nominated if item.application_id in ahead and not item.preference]
    if silent:
        raise NotReady(
            _("%(names)s排在评审结果更好的人前面，须写明优先的情形和理由")
            % {"names": "、".join(item.application.name for item in silent)},
            tuple((str(item.application_id), _("请写优先理由")) for item in silent),
        )


def _check_reasons(proceeding: Proceeding, nominated: Sequence[ProceedingItem]) -> None:
    if step_in(proceeding).reason_limit is None:
        return
    silent = [item for item in nominated if not item.opinion]
    if silent:
        raise NotReady(
            _("%(names)s还没有推荐理由，请先写好再上报")
            % {"names": "、".join(item.application.name for item in silent)},
            tuple((str(item.application_id), _("请写推荐理由")) for item in silent),
        )


def _check_opinions(
    proceeding: Proceeding, nominated: Sequence[ProceedingItem], today: date
) -> None:
    names = {item.application_id: item.application.name for item in nominated}
    faults = unfit(proceeding, names.keys(), today=today)
    if faults:
        raise NotReady(
            "".join(fault.says for fault in said_of_all(faults, names)),
            tuple((str(pk), fault.says) for pk, fault in faults.items()),
        )
