"""The views of the work desk that a person keeps (常用筛选)."""

from juxian.records.models import Person, WorkView


def views_of(person: Person) -> list[WorkView]:
    """In the order they were made. 1 query."""
    return list(WorkView.objects.filter(person=person).order_by("pk"))
