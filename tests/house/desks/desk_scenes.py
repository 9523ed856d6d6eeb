"""The pages of the work desk, with as many rows as wanted."""

from datetime import timedelta

from django.urls import reverse

from juxian.records.clock import now
from juxian.records.models import Export, WorkView

DAY = timedelta(days=1)
ASKED = "?tab=seen&words=同事&late=1&returned=0&mark=grassroots&order=name&cols=marks,returned"


def desk_pages(clerk, rows):
    for tab in ("waiting", "done", "returned", "seen"):
        yield f"office:inbox {tab}", clerk, reverse("office:inbox") + f"?tab={tab}"
    yield "office:inbox narrowed", clerk, reverse("office:inbox") + ASKED
    asked = Export.objects.create(
        person=clerk, query="tab=seen", total=rows, asked_at=now(), expires_at=now() + DAY
    )
    yield "office:export", clerk, reverse("office:export", args=[asked.pk])
    yield "office:batch_result", clerk, reverse("office:batch_result")
    view = views_kept(clerk, rows)
    yield "office:views", clerk, reverse("office:views")
    yield "office:view", clerk, reverse("office:view", args=[view.pk])


def views_kept(person, rows):
    """So many views of the list; the last one."""
    made = WorkView.objects.bulk_create(
        WorkView(person=person, name=f"筛选{n}", query="tab=seen", saved_at=now())
        for n in range(rows)
    )
    return made[-1]
