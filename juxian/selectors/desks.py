"""What decides at which desks a person sits, beside their duties."""

from juxian.records.models import PanelMember, Person


def sits_on_a_panel(person: Person) -> bool:
    return PanelMember.objects.filter(person=person).exists()
