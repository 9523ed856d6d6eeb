"""What is proposed by one person of an office, and signed by others before it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access.acts import check, signs_as, step_of
from juxian.actions import verification
from juxian.actions._move import locked
from juxian.actions.message import tell_of
from juxian.actions.points import check_points, record_points
from juxian.actions.trace import leave
from juxian.actions.verification import CorrectionRequest
from juxian.records import labels
from juxian.records.clock import now
from juxian.records.models import Application, Handling, Person, Proposal, Signature
from juxian.regulation.refusal import NotAllowed, NotPossible, NotReady
from juxian.regulation.signing import Signed, awaited, check_other_hand
from juxian.regulation.words import Act, Role


@dataclass(frozen=True, slots=True)
class Draft:
    """An act and all it needs: answers to what is certified, or what is returned by a day."""

    act: Act
    opinion: str = ""
    certified: Mapping[str, bool] = field(default_factory=dict)
    points: Mapping[str, bool] = field(default_factory=dict)  # of the checklist (审核要点)
    items: Sequence[CorrectionRequest] = ()
    due_on: date | None = None
    tells: bool = False  # lets messages go with it that rules release; never after signatures

    @property
    def content(self) -> dict[str, object]:
        return {
            "certified": dict(self.certified),
            "points": dict(self.points),
            "items": [asdict(item) for item in self.items],
            "due_on": self.due_on.isoformat() if self.due_on else None,
        }


def draft_of(proposal: Proposal) -> Draft:
    due_on = proposal.content["due_on"]
    return Draft(
        act=Act(proposal.act),
        opinion=proposal.opinion,
        certified=proposal.content["certified"],
        points=proposal.content["points"],
        items=tuple(CorrectionRequest(**item) for item in proposal.content["items"]),
        due_on=date.fromisoformat(due_on) if due_on else None,
    )


@transaction.atomic
def put_forward(application_id: int, draft: Draft, *, by: Person) -> Proposal | None:
    """Do it at once; where the step is signed one after another, only propose it."""
    application = locked(application_id)
    step = step_of(application)
    check(by, draft.act, application)
    if draft.act is Act.ENDORSE:
        check_points(application, draft.points, opinion=draft.opinion)
    if not step.signing:
        handling = _carry_out(application, draft, by=by, proposed_by=by)
        if draft.tells:
            tell_of(handling.pk, may_go=True)
        return None
    if not signs_as(by, step.signing[0], application):
        raise NotAllowed(_("由%(role)s拟办") % {"role": labels.ROLES[step.signing[0]]})
    pending = Proposal.objects.filter(application=application, ended_at__isnull=True).first()
    if pending is not None:
        raise NotPossible(
            _("%(name)s已经拟办“%(act)s”，正在等候签署；请刷新页面查看")
            % {"name": _signatures(pending)[0].by.name, "act": labels.ACTS[pending.act]}
        )
    _check_draft(application, draft)
    place = {"turn": application.turn, "step": application.step, "office": application.holder}
    proposal = Proposal.objects.create(
        **place,
        application=application,
        act=draft.act,
        opinion=draft.opinion.strip(),
        content=draft.content,
        awaits=step.signing[1],
        proposed_at=now(),
    )
    _sign(proposal, step.signing[0], by=by)
    leave("propose", application, by=by, step=proposal.step, turn=proposal.turn)
    return proposal


@transaction.atomic
def agree(proposal_id: int, *, by: Person, words: str = "") -> Proposal:
    """Sign; the last signature does what was proposed."""
    application, proposal = _awaiting(proposal_id, by)
    signed = [Signed(Role(one.role), one.by_id) for one in _signatures(proposal)]
    check_other_hand(signed, by.pk)
    role = Role(proposal.awaits)
    _sign(proposal, role, by=by, words=words)
    following = awaited(step_of(application).signing, [*signed, Signed(role, by.pk)])
    proposal.awaits = following or ""
    proposal.save(update_fields=["awaits"])
    leave("sign", application, by=by, step=proposal.step, turn=proposal.turn)
    if following is None:
        proposed_by = _signatures(proposal)[0].by
        _carry_out(application, draft_of(proposal), by=by, proposed_by=proposed_by)
    return proposal


@transaction.atomic
def give_back(proposal_id: int, *, by: Person, words: str) -> Proposal:
    """Back to whoever proposed it, with what is wrong; the file itself stays where it is."""
    application, proposal = _awaiting(proposal_id, by)
    if not words.strip():
        raise NotReady(_("请写明退回经办的理由"), (("words", _("请写明退回经办的理由")),))
    check_other_hand([Signed(Role(s.role), s.by_id) for s in _signatures(proposal)], by.pk)
    _sign(proposal, Role(proposal.awaits), by=by, words=words, agrees=False)
    proposal.ended_at = now()
    proposal.save(update_fields=["ended_at"])
    leave("give_back", application, by=by, step=proposal.step, turn=proposal.turn)
    return proposal


def _awaiting(proposal_id: int, by: Person) -> tuple[Application, Proposal]:
    """Both, locked until the transaction ends, if it is the person's to sign."""
    application = locked(Proposal.objects.get(pk=proposal_id).application_id)
    proposal = Proposal.objects.get(pk=proposal_id)
    if proposal.ended_at is not None or not proposal.awaits:
        raise NotPossible(_("这份拟办已经办结，请刷新页面查看结果"))
    if not signs_as(by, proposal.awaits, application):
        raise NotAllowed(
            _("现在等候%(role)s签署，不由您办理") % {"role": labels.ROLES[proposal.awaits]}
        )
    return application, proposal


def _signatures(proposal: Proposal) -> list[Signature]:
    return list(proposal.signatures.select_related("by").order_by("pk"))


def _sign(
    proposal: Proposal, role: Role, *, by: Person, words: str = "", agrees: bool = True
) -> None:
    Signature.objects.create(
        proposal=proposal,
        role=role,
        by=by,
        agrees=agrees,
        words=words.strip(),
        signed_at=now(),
    )


def _check_draft(application: Application, draft: Draft) -> None:
    """What the act itself would refuse is refused at once, not after two signatures."""
    if draft.act is Act.ENDORSE:
        verification.check_endorsable(application, draft.certified)
        return
    if not draft.opinion.strip():
        raise NotReady(_("请填写理由或意见"))
    if draft.due_on is not None:
        verification.check_items(draft.items, draft.due_on, now())
    if draft.act is Act.SEND_BACK:
        verification.check_return(application)


def _carry_out(
    application: Application, draft: Draft, *, by: Person, proposed_by: Person
) -> Handling:
    match draft.act:
        case Act.ENDORSE:
            record_points(application, draft.points, by=proposed_by)
            return verification.endorse(
                application.pk,
                by=by,
                opinion=draft.opinion,
                certified=draft.certified,
                certified_by=proposed_by,
            )
        case Act.REJECT:
            return verification.reject(application.pk, by=by, opinion=draft.opinion)
        case Act.SEND_BACK | Act.SEND_DOWN if draft.due_on is not None:
            is_back = draft.act is Act.SEND_BACK
            returns = verification.send_back if is_back else verification.send_down
            return returns(
                application.pk,
                by=by,
                opinion=draft.opinion,
                items=draft.items,
                due_on=draft.due_on,
            )
        case _:
            raise NotPossible(_("这一步不能拟办"))
