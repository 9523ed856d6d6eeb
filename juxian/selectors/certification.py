"""What an office must certify or decide on a file."""

from juxian.records.models import Application, Certification, Submission
from juxian.records.packs import pack_of
from juxian.regulation.eligibility import Condition, Verdict


def to_certify(application: Application) -> tuple[Condition, ...]:
    """The exclusions and statements that the employer certifies (通知一、二)."""
    return tuple(
        condition
        for condition in pack_of(application.cycle).conditions
        if condition.certified and (not condition.tracks or application.track in condition.tracks)
    )


def open_questions(application: Application) -> tuple[Condition, ...]:
    """Conditions that no rule could decide in this turn and nobody has settled yet.

    A settled one stays settled in later turns as long as the rule still cannot decide it.
    """
    submission = (
        Submission.objects.filter(application=application).order_by("-turn").values("findings")
    ).first()
    unclear = {
        finding["code"]
        for finding in (submission["findings"] if submission else ())
        if finding["verdict"] == Verdict.UNCLEAR
    }
    settled = set(
        Certification.objects.filter(application=application, condition__in=unclear)
        .exclude(reason="")  # what the employer only ticked has decided nothing
        .values_list("condition", flat=True)
    )
    return tuple(
        condition
        for condition in pack_of(application.cycle).conditions
        if condition.code in unclear - settled
    )
