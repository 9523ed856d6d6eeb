"""The pages of the work desk, with as many rows as wanted."""

from datetime import timedelta

from django.urls import reverse

from juxian.records.clock import now
from juxian.records.models import FileCopy, Handling, MadeFile, WorkView

DAY = timedelta(days=1)
ASKED = "?tab=seen&words=同事&late=1&returned=0&mark=grassroots&order=name&cols=marks,returned"


def desk_pages(clerk, rows):
    copies_for(clerk, rows)
    for tab in ("waiting", "done", "copied", "returned", "seen"):
        yield f"office:inbox {tab}", clerk, reverse("office:inbox") + f"?tab={tab}"
    yield "office:inbox narrowed", clerk, reverse("office:inbox") + ASKED
    files_of(clerk, rows)
    yield "office:made_files", clerk, reverse("office:made_files")
    yield "office:batch_result", clerk, reverse("office:batch_result")
    view = views_kept(clerk, rows)
    yield "office:views", clerk, reverse("office:views")
    yield "office:view", clerk, reverse("office:view", args=[view.pk])


def copies_for(clerk, count):
    """So many copies of what was done elsewhere."""
    post = clerk.appointments.earliest("pk")
    done = Handling.objects.filter(application__stops__office=post.office).order_by("-pk")[:count]
    FileCopy.objects.bulk_create(
        FileCopy(office=post.office, application_id=one.application_id, handling=one)
        for one in done
    )


def files_of(person, count):
    """So many that a worker makes for the person."""
    MadeFile.objects.bulk_create(
        MadeFile(
            person=person,
            sort="work_list",
            about="tab=seen",
            name="申报名单.xlsx",
            total=count,
            asked_at=now(),
            expires_at=now() + DAY,
        )
        for _file in range(count)
    )


def views_kept(person, rows):
    """So many views of the list; the last one."""
    made = WorkView.objects.bulk_create(
        WorkView(person=person, name=f"筛选{n}", query="tab=seen", saved_at=now())
        for n in range(rows)
    )
    return made[-1]
