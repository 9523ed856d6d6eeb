"""How an office's messages leave the system (发送规则), and in which words."""

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.duties import duties_with
from juxian.access.scope import WRITING_ROLES
from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import Office, Person, Robot, SendingRule
from juxian.records.sealing import seal
from juxian.regulation.messages import (
    KINDS,
    RobotKind,
    faults_in,
    faults_in_robot,
)
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady


@transaction.atomic
def set_rule(
    office_id: int, occasion: str, carrier: str, *, by: Person, release: str, words: str
) -> SendingRule:
    office = _own_office(office_id, by)
    kind = KINDS.get(occasion)  # type: ignore[call-overload]
    if kind is None or carrier not in kind.carriers:
        raise NotPossible(_("没有这样的发送规则"))
    faults = [("words", said) for said in faults_in(words, kind.places)]
    if release not in kind.releases:
        faults.append(("release", _("这一种须看过再发，请重新选择")))
    if faults:
        raise NotReady(_("还没有保存，请改正后再试"), tuple(faults))
    said = {"release": release, "words": words.strip(), "changed_by": by, "changed_at": now()}
    rule, _is_new = SendingRule.objects.update_or_create(
        office=office, occasion=occasion, carrier=carrier, defaults=said
    )
    leave("set_sending_rule", office, by=by, occasion=occasion, carrier=carrier, release=release)
    return rule


@transaction.atomic
def connect_robot(office_id: int, *, by: Person, kind: str, url: str, secret: str) -> Robot:
    """The address and the secret are sealed at once, and shown to nobody again."""
    office = _own_office(office_id, by)
    faults = tuple(("url", said) for said in faults_in_robot(RobotKind(kind), url.strip()))
    if faults:
        raise NotReady(_("还没有保存，请改正后再试"), faults)
    said = {
        "kind": kind,
        "sealed_url": seal(url.strip()),
        "sealed_secret": seal(secret.strip()) if secret.strip() else "",
        "set_by": by,
        "set_at": now(),
    }
    robot, _is_new = Robot.objects.update_or_create(office=office, defaults=said)
    leave("connect_robot", office, by=by)
    return robot


@transaction.atomic
def disconnect_robot(office_id: int, *, by: Person) -> None:
    office = _own_office(office_id, by)
    Robot.objects.filter(office=office).delete()
    leave("disconnect_robot", office, by=by)


def _own_office(office_id: int, by: Person) -> Office:
    for duty in duties_with(by, *WRITING_ROLES):
        if duty.office.pk == office_id:
            return duty.office
    raise NotAllowed(_("只有本单位的办理人员可以设置"))
