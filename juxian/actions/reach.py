"""How one wants to be written to outside the system (接收设置), and to which number and address."""

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.trace import leave
from juxian.records.models import Person, Reach
from juxian.regulation.messages import Pace
from juxian.regulation.refusal import NotReady


@transaction.atomic
def set_reach(*, by: Person, pace: str, phone: str, email: str) -> Reach:
    """One's own alone. A file's own number and address go before the account's number."""
    if pace not in set(Pace):
        raise NotReady(_("请选择接收方式"), (("pace", _("请选择")),))
    Person.objects.filter(pk=by.pk).update(phone=phone)
    said = {"pace": pace, "email": email}
    reach, _is_new = Reach.objects.update_or_create(person=by, defaults=said)
    leave("set_reach", reach, by=by, pace=pace)
    return reach
