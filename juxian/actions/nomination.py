"""Nominating a ranked list within the seats (按推荐指标上报)."""

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.cycle import check_filing_open
from juxian.actions.proceeding import conclude_items, locked_proceeding
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import Person, Proceeding
from juxian.records.packs import pack_of
from juxian.regulation.quota import Assignment
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.regulation.words import Act, Kind
from juxian.selectors.nomination import fitting, proposal


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
        item = items[application_id]
        item.rank = rank
        item.bucket = assignment.placed.get(application_id, "")
        item.save()
    leave("arrange", proceeding, by=by, files=len(order))
    return assignment


@transaction.atomic
def choose_bucket(proceeding_id: int, application_id: int, bucket: str, *, by: Person) -> None:
    """Put a person in another bucket that fits, or in none."""
    proceeding = locked_proceeding(proceeding_id, Kind.RECOMMEND, by=by)
    item = proceeding.items.select_related("application").filter(application=application_id).first()
    if item is None:
        raise NotPossible(_("名单上没有这个人"))
    if bucket and bucket not in fitting(proceeding)[application_id]:
        title = pack_of(proceeding.cycle).seat_rule(bucket).bucket.title
        raise NotReady(_("此人不符合“%(bucket)s”的使用条件") % {"bucket": title})
    item.bucket = bucket
    item.save(update_fields=["bucket"])
    leave("choose_bucket", proceeding, by=by, application=application_id, bucket=bucket)


@transaction.atomic
def submit_list(
    proceeding_id: int, *, by: Person, passed_over: Mapping[int, str] | None = None
) -> Proceeding:
    """Send the list up in one act: everybody in a bucket is nominated, the others are passed
    over with a reason. All or nobody: one person over the seats keeps the whole list back."""
    proceeding = locked_proceeding(proceeding_id, Kind.RECOMMEND, by=by)
    check_filing_open(proceeding.cycle, now())
    reasons = dict(passed_over or {})
    items = list(proceeding.items.all())
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
    conclude_items(proceeding, acts, by=by)
    return proceeding
