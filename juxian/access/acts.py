"""Who may do what to an application."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from juxian.access.duties import Duty, covers_all, duties_of
from juxian.records.models import Application, Handling, Office, Person
from juxian.records.packs import pack_of
from juxian.regulation import procedure as regulation
from juxian.regulation.procedure import Procedure, Rule, Step
from juxian.regulation.refusal import NotAllowed
from juxian.regulation.words import Act, Party, Role

OFFERED_ON_LISTS = (Party.NOMINATOR, Party.EVALUATOR)


def procedure_of(application: Application) -> Procedure:
    """The ladder this file climbs; before it is submitted, the whole procedure."""
    return pack_of(application.cycle).procedure.along(tuple(application.ladder))


def step_of(application: Application) -> Step:
    return procedure_of(application).step(application.step)


def duty_for(person: Person, application: Application) -> Duty | None:
    """The duty by which the person may work on the file at its present step, or sign there."""
    step = step_of(application)
    return next(_duties_on(person, application, *(step.signing or (step.role,))), None)


def nominator_of(application: Application) -> Office | None:
    """The office whose nomination the file is at, or has just left. 1 query."""
    step = procedure_of(application).nomination_at(application.step)
    stop = step and application.stops.filter(level=step.level).select_related("office").first()
    return stop.office if stop else None


def evaluator_of(application: Application) -> Office | None:
    """The office by whose evaluation the file was dismissed, or which it has just passed.

    2 queries, none with its stops and their offices at hand.
    """
    step = procedure_of(application).evaluated(application.position)
    stops = application.stops.all() if step else ()
    return next((stop.office for stop in stops if step and stop.level == step.level), None)


def signs_as(person: Person, role: str, application: Application) -> bool:
    """Whether the person may sign in that role what is proposed for the file."""
    mine = next(_duties_on(person, application, Role(role)), None)
    return mine is not None and application.applicant_id != person.pk


def _duties_on(person: Person, application: Application, *roles: Role) -> Iterator[Duty]:
    for duty in duties_of(person):
        if duty.role in roles and duty.covers(application.holder_id, application.track):
            yield duty


def check(person: Person, act: Act, application: Application) -> Rule:
    """The rule by which this person may do this act now; NotAllowed or NotPossible if none."""
    rule = regulation.rule_for(procedure_of(application), application.position, act)
    if rule.by is Party.APPLICANT:
        if application.applicant_id != person.pk:
            raise NotAllowed(_("只有申报人本人可以办理这一步"))
        return rule
    if rule.by is Party.NOMINATOR:
        _check_nominates(person, application)
    elif rule.by is Party.EVALUATOR:
        _check_evaluates(person, application)
    elif duty_for(person, application) is None:
        raise NotAllowed(_why_not(person, application))
    if application.applicant_id == person.pk:
        raise NotAllowed(_("不能办理自己的申报，请由本单位其他人员办理"))
    if rule.by not in OFFERED_ON_LISTS:
        _check_four_eyes(person, application)
    return rule


def _check_nominates(person: Person, application: Application) -> None:
    step = procedure_of(application).nomination_at(application.step)
    if not _works_at(person, step, nominator_of(application), application):
        raise NotAllowed(_("只有上报推荐名单的单位可以办理这一步"))


def _check_evaluates(person: Person, application: Application) -> None:
    step = procedure_of(application).evaluated(application.position)
    if not _works_at(person, step, evaluator_of(application), application):
        raise NotAllowed(_("只有组织评议的单位可以办理这一步"))


def _works_at(
    person: Person, step: Step | None, office: Office | None, application: Application
) -> bool:
    if step is None or office is None:
        return False
    return covers_all(person, step.role, office.pk, [application.track])


def _why_not(person: Person, application: Application) -> str:
    step = step_of(application)
    here = [duty for duty in duties_of(person) if application.holder_id in duty.office_ids]
    if here and any(duty.role is step.role for duty in here):
        return _("这份申报不属于您负责的类别")
    if here:
        return _("“%(step)s”不由您的岗位办理") % {"step": step.title}
    return _("这份申报现在由%(office)s办理，不在您所在的单位") % {"office": application.holder}


def _check_four_eyes(person: Person, application: Application) -> None:
    """Within an office, one person may not pass a file twice in a turn (经办、复核分离)."""
    step = step_of(application)
    if not step.four_eyes:
        return
    done = Handling.objects.filter(
        application=application, turn=application.turn, office=application.holder_id, by=person
    ).exclude(step=step.code)
    if done.exists():
        raise NotAllowed(_("本环节须由另一人办理：您已在本单位的前一环节办理过这份申报"))


def acts_open_to(person: Person, application: Application) -> tuple[Act, ...]:
    """What the person could do now, for buttons; four eyes are checked when they act.

    What an office does about a list that it sent, or evaluated, is offered on the list.
    """
    rules = regulation.rules_at(procedure_of(application), application.position)
    own = application.applicant_id == person.pk
    role = step_of(application).role
    holds = not own and any(_duties_on(person, application, role))
    return tuple(
        rule.act
        for rule in rules
        if rule.by not in OFFERED_ON_LISTS and (own if rule.by is Party.APPLICANT else holds)
    )


def check_secretary(person: Person, organiser_id: int) -> Duty:
    for duty in duties_of(person):
        if duty.role is Role.SECRETARY and duty.office.pk == organiser_id:
            return duty
    raise NotAllowed(_("只有主办单位的评委会秘书可以办理"))
