"""How one wants to be written to outside the system (接收设置), and to which number and address."""

from django.db import transaction

from juxian.actions.trace import leave
from juxian.records.models import Person, Reach
from juxian.regulation.messages import Pace


@transaction.atomic
def set_reach(*, by: Person, pace: Pace, phone: str, email: str) -> Reach:
    """One's own alone. A file's own number and address go before the account's number."""
    Person.objects.filter(pk=by.pk).update(phone=phone)
    said = {"pace": pace, "email": email}
    reach, _is_new = Reach.objects.update_or_create(person=by, defaults=said)
    leave("set_reach", reach, by=by, pace=pace)
    return reach
