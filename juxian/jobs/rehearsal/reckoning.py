"""What a rehearsal came to, beside its steps: marks given, and seats used against granted."""

from collections import Counter

from juxian.jobs.rehearsal.stage import Stage
from juxian.records.models import Application, ProceedingItem, Seats
from juxian.regulation.words import Act

HOLDERS = {
    "prefecture": "地州市",
    "department": "区直部门",
    "enterprise": "区属企业",
    "school": "技工院校",
}


def marked(stage: Stage) -> dict[str, int]:
    """How many submitted applications carry each mark, 破格 among them."""
    submitted = Application.objects.filter(cycle=stage.cycle, submitted_at__isnull=False)
    found = Counter(mark for marks in submitted.values_list("marks", flat=True) for mark in marks)
    return {f"标记 {stage.pack.mark_title(mark)}": count for mark, count in sorted(found.items())}


def seats_used(stage: Stage) -> dict[str, int]:
    """Percentages, rounded down; buckets without a cap are left out."""
    granted: Counter[tuple[str, str]] = Counter()
    for bucket, holder, seats in Seats.objects.filter(
        cycle=stage.cycle, granted__isnull=False
    ).values_list("bucket", "office__holder", "granted"):
        granted[bucket, holder] += seats or 0
    used = Counter(
        ProceedingItem.objects.filter(
            proceeding__cycle=stage.cycle, act=Act.RECOMMEND, void_at__isnull=True
        ).values_list("bucket", "proceeding__office__holder")
    )
    return {
        f"名额使用％ {stage.pack.seat_rule(bucket).bucket.title} {HOLDERS.get(holder, '')}": (
            used[bucket, holder] * 100 // seats
        )
        for (bucket, holder), seats in sorted(granted.items())
        if seats
    }
