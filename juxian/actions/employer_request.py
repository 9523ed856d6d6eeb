"""An employer asks to be registered (单位登记申请), and the office above answers."""

import secrets
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from juxian.actions.intake import store, take
from juxian.actions.office import create_office
from juxian.actions.post import Given, give_post
from juxian.actions.publicity import RECEIPT_ALPHABET
from juxian.actions.trace import leave
from juxian.records.clock import day, now
from juxian.records.models import EmployerRequest, Office, Person
from juxian.regulation.identity import IdentityError, check_credit_code
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.words import OfficeKind, RequestOutcome, Role
from juxian.selectors.employer_request import above, known, named_like, offices_to_ask, requests_to

LETTERS = 10  # of a receipt
CLERK: dict[str, Any] = {"roles": [Role.HANDLER], "track": "", "starts_on": "", "ends_on": ""}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the employer says of itself; `above` None leaves the office to the place."""

    credit_code: str
    name: str
    kind: OfficeKind
    region: str
    above: int | None
    contact: str
    phone: str
    login: str
    address: str = ""
    proof: bytes = field(default=b"", repr=False)


def ask(asked: Asked) -> EmployerRequest:
    """Anybody's; a code that is known already says so at once, and whom to ask."""
    try:
        code = check_credit_code(asked.credit_code)
    except IdentityError as error:
        raise NotReady(str(error), (("credit_code", str(error)),)) from None
    _check_unknown(code)
    office = _office_above(asked)
    taken = take(asked.proof, by=None, about=office)
    moment = now()
    try:
        with transaction.atomic():
            request = EmployerRequest.objects.create(
                receipt="".join(secrets.choice(RECEIPT_ALPHABET) for _place in range(LETTERS)),
                credit_code=code,
                name=asked.name.strip(),
                kind=asked.kind,
                region=asked.region,
                address=asked.address.strip(),
                above=office,
                contact=asked.contact.strip(),
                phone=asked.phone,
                login=asked.login,
                proof=store(taken),
                asked_at=moment,
            )
            leave("ask_registration", request, by=None, at=moment, office=office.pk)
    except IntegrityError:
        _check_unknown(code)
        raise
    return request


@transaction.atomic
def accept(
    request_id: int, *, by: Person, login: str, is_nonpublic: bool, affiliation: str = ""
) -> Given:
    """The office, its first clerk, and the password to hand over where the account is new."""
    request = _open(request_id, by)
    if Office.objects.filter(credit_code=request.credit_code).exists():
        raise NotReady(_("这个统一社会信用代码已登记，请不予登记并告知找谁"))
    if named_like(request).exists():
        raise NotReady(_("已有同名机构，请先核对；确是另一单位的，请退回，请其写明所在地"))
    moment = now()
    facts: dict[str, Any] = {
        "credit_code": request.credit_code,
        "kind": request.kind,
        "region": request.region,
        "address": request.address,
        "files_to": request.above,
        "is_nonpublic": is_nonpublic,
        "affiliation": affiliation,
        "starts_on": day(moment),
    }
    office = create_office(request.credit_code.lower(), request.name, by=by, **facts)
    clerk = {"login": login, "name": request.contact, "phone": request.phone}
    given = give_post(office.pk, {**clerk, **CLERK}, by=by)
    _answer(request, RequestOutcome.ACCEPTED, by, answer="", office=office)
    return given


@transaction.atomic
def turn_down(request_id: int, *, by: Person, answer: str, is_final: bool) -> EmployerRequest:
    """Returned to be put right and sent again, or refused; with the reason either way."""
    request = _open(request_id, by)
    if not answer.strip():
        raise NotReady(_("请写明原因"), (("answer", _("请写明原因")),))
    outcome = RequestOutcome.REFUSED if is_final else RequestOutcome.RETURNED
    _answer(request, outcome, by, answer=answer.strip())
    return request


def _check_unknown(code: str) -> None:
    found = known(code)
    if found is None:
        return
    words = {"name": found.name, "office": found.ask.name, "phone": found.ask.phone}
    if found.is_asking:
        said = _("“%(name)s”已申请登记，正由%(office)s办理，请向其询问%(phone)s") % words
    else:
        said = _("这个代码已登记为“%(name)s”；账号请问本单位人事部门或%(office)s%(phone)s") % words
    raise NotReady(said, (("credit_code", said),))


def _office_above(asked: Asked) -> Office:
    office = offices_to_ask().filter(pk=asked.above).first() if asked.above else None
    office = office or above(asked.region)
    if office is None:
        said = _("所在地没有受理登记的机构，请选择主管部门")
        raise NotReady(said, (("above", said),))
    return office


def _open(request_id: int, by: Person) -> EmployerRequest:
    request = (
        EmployerRequest.objects.select_for_update(of=("self",))
        .select_related("above")
        .get(pk=request_id)
    )
    if not requests_to(by).filter(pk=request_id).exists():
        raise NotAllowed(_("这份申请由%(office)s办理") % {"office": request.above.name})
    if request.outcome:
        raise NotPossible(_("这份申请已经答复"))
    return request


def _answer(
    request: EmployerRequest,
    outcome: RequestOutcome,
    by: Person,
    *,
    answer: str,
    office: Office | None = None,
) -> None:
    request.outcome, request.answer, request.office = outcome, answer, office
    request.answered_by, request.answered_at = by, now()
    request.save(update_fields=["outcome", "answer", "office", "answered_by", "answered_at"])
    leave(f"request_{outcome}", request, by=by, at=request.answered_at, office=request.above_id)
