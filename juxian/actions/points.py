"""Answering the points of a level's checklist (审核要点) when a file is passed on."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from juxian.records.clock import now
from juxian.records.models import Application, Person, PointAnswer
from juxian.regulation.refusal import NotReady
from juxian.selectors.points import points_for


def check_points(application: Application, answers: Mapping[str, bool], *, opinion: str) -> None:
    """Every point is answered; a no is no bar, but the opinion says what it is about."""
    asked = points_for(application)
    unanswered = tuple(
        (f"point:{one.code}", _("请核对并选择")) for one in asked if one.code not in answers
    )
    if unanswered:
        raise NotReady(
            _("请逐项核对审核要点，还有%(count)d项") % {"count": len(unanswered)}, unanswered
        )
    if not opinion.strip() and not all(answers[one.code] for one in asked):
        why = _("审核要点有答“否”的，请在审核意见中说明")
        raise NotReady(why, (("opinion", why),))


def record_points(application: Application, answers: Mapping[str, bool], *, by: Person) -> None:
    moment = now()
    place = {"turn": application.turn, "step": application.step, "office": application.holder}
    PointAnswer.objects.bulk_create(
        PointAnswer(
            **place,
            application=application,
            by=by,
            point=one.code,
            holds=answers[one.code],
            answered_at=moment,
        )
        for one in points_for(application)
    )
