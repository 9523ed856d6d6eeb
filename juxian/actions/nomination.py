"""Nominating a ranked list within the seats (按推荐指标上报)."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.cycle import check_filing_open
from juxian.actions.proceeding import conclude_items, locked_proceeding, step_in
from juxian.actions.trace import leave
from juxian.records.clock import day, now
from juxian.records.models import Person, Proceeding, ProceedingItem
from juxian.records.packs import pack_of
from juxian.regulation.fields import count_characters
from juxian.regulation.quota import Assignment
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act, Kind
from juxian.selectors.nomination import fitting, proposal
from juxian.selectors.opinion import said_of_all, unfit


@transaction.atomic
def arrange(proceeding_id: int, *, by: Person, order: Sequence[int]) -> Assignment:
    """Rank the list from first to last and propose a bucket for each, most people first served."""
    proceeding = locked_proceeding(proceeding_id, Kind.RECOMMEND, by=by)
    items = {item.application_id: item for item in proceeding.items.all()}
    if sorted(order) != sorted(items):
        raise NotReady(_("请为名单上的每一个人排定名次，不重不漏"))
    proceeding.items.update(rank=None, bucket="")
    assignment = proposal(proceeding, order)
    for rank, application_id in enumerate(order, start=1):
        items[application_id].rank = rank
        items[application_id].bucket = assignment.placed.get(application_id, "")
    ProceedingItem.objects.bulk_update(items.values(), ["rank", "bucket"])
    leave("arrange", proceeding, by=by, files=len(order))
    return assignment


@transaction.atomic
def choose_bucket(proceeding_id: int, application_id: int, bucket: str, *, by: Person) -> None:
    """Put a person in another bucket that fits, or in none."""
    proceeding = locked_proceeding(proceeding_id, Kind.RECOMMEND, by=by)
    item = proceeding.items.select_related("application").filter(application=application_id).first()
    if item is None:
        raise NotPossible(_("名单上没有这个人"))
    if bucket and bucket not in fitting(item):
        title = pack_of(proceeding.cycle).seat_rule(bucket).bucket.title
        raise NotReady(_("此人不符合“%(bucket)s”的使用条件") % {"bucket": title})
    item.bucket = bucket
    item.save(update_fields=["bucket"])
    leave("choose_bucket", proceeding, by=by, application=application_id, bucket=bucket)


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
    check_filing_open(proceeding.cycle, moment)
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
    _check_reasons(proceeding, nominated)
    _check_opinions(proceeding, nominated, day(moment))
    conclude_items(proceeding, acts, by=by)
    return proceeding


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
            "".join(said_of_all(faults, names)),
            tuple((str(pk), fault) for pk, fault in faults.items()),
        )
