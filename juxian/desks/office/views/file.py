"""Reading one file: the form on the left, its evidence on the right, what was found and done."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.access import scope
from juxian.access.acts import acts_open_to, duty_for, signs_as
from juxian.access.duties import duties_of, moment_of
from juxian.actions.copying import mark_read
from juxian.actions.trace import leave
from juxian.actions.verification import open_file
from juxian.desks.common.files import sent
from juxian.desks.common.http import SignedInRequest
from juxian.desks.common.page_image import page_image
from juxian.desks.office.forms.ticking import TickForm
from juxian.desks.office.frame import desk_file_at, file_at, list_query, may_receive, page
from juxian.desks.office.views.classification import may_classify
from juxian.records.models import Application, Evidence
from juxian.regulation.words import Act, Kind, Standing
from juxian.selectors import work
from juxian.selectors.blocks import blocks_of
from juxian.selectors.casefile import CaseFile, Proof, casefile_of, photo_at, photograph
from juxian.selectors.desk_facts import proposals_on, readers_of
from juxian.selectors.evidence import content_of
from juxian.selectors.examination import remarks_on
from juxian.selectors.facts import unsealed
from juxian.selectors.office_clock import clock_of, returns_of, returns_open
from juxian.selectors.points import answered_points
from juxian.selectors.roster import roster_beside

LATEST = 5  # acts that a glance tells of


@dataclass(frozen=True, slots=True)
class Viewer:
    """Which page of which piece of evidence is on show, how it is turned, what to look at."""

    proof: Proof
    page: int
    turned: int
    remarks: tuple[str, ...]
    of: int  # pieces of evidence

    @property
    def before(self) -> int:
        """The piece before it; 0 for none."""
        return self.proof.number - 1

    @property
    def after(self) -> int:
        return self.proof.number + 1 if self.proof.number < self.of else 0

    @property
    def page_before(self) -> int:
        return self.page - 1

    @property
    def page_after(self) -> int:
        return self.page + 1

    @property
    def pages(self) -> range:
        return range(1, self.proof.pages + 1)

    @property
    def turned_next(self) -> int:
        return (self.turned + 90) % 360


@require_safe
def file(request: SignedInRequest, number: str) -> HttpResponse:
    application = desk_file_at(request, number)
    if "proof" not in request.GET:
        _note_reading(request, application)
    return file_page(request, application)


def file_page(
    request: SignedInRequest, application: Application, *, form: TickForm | None = None
) -> HttpResponse:
    """The file, with what was just ticked there if that could not be kept."""
    case = casefile_of(application, reader=request.user)
    blocks = form.shown if form else blocks_of(case, request.user)
    acts = _acts(request, application)
    query = list_query(request)
    cycles = work.cycles_of(request.user) if query or may_receive(request) else None
    before, after = work.neighbours(request.user, application, query, cycles)
    context = {
        "case": case,
        "application": application,
        "whose": whose_turn(application),
        "doing": doing_now(case),
        "closes": work_goes_on_until(application),
        "viewer": _viewer(request, case),
        "blocks": blocks,
        "tick_form": form,
        "roster": roster_beside(application, case.parts),
        "clock": clock_of(case, moment_of(request.user)),
        "returns": returns_of(case),
        "reading": others_reading(request, application),
        "works_on_it": duty_for(request.user, application) is not None,
        "points": answered_points(case, request.user),
        "only_changes": case.compared_with is not None and not _wants_all(request),
        **signing_of(request, application),
        "may_endorse": Act.ENDORSE in acts,
        "may_send_back": any(act in acts for act in returns_open(case)),
        "may_reject": Act.REJECT in acts,
        "may_classify": may_classify(request, application),
        "is_listed_work": bool(acts) and Kind(case.step.kind).is_collective,
        "cycles": cycles,
        "before": before,
        "after": after,
    }
    return page(request, "office/file.html", context, refused=form is not None)


@require_safe
def glance(request: SignedInRequest, number: str) -> HttpResponse:
    """What an officer wants to know before opening a file (速览); it does not count as opened."""
    application = file_at(request, number)
    leave("glance", application, by=request.user)
    case = casefile_of(application, reader=request.user)
    context = {
        "case": case,
        "application": application,
        "whose": whose_turn(application),
        "doing": doing_now(case),
        "closes": work_goes_on_until(application),
        "latest": case.timeline[:LATEST],
    }
    return page(request, "office/glance.html", context)


@require_safe
def proof(request: SignedInRequest, number: str, pk: int) -> HttpResponse:
    """The piece of evidence as it was given, to keep: never opened inside a page."""
    evidence = _evidence(request, number, pk)
    return sent(evidence.file, f"{evidence.position:02}-{evidence.title}")


@require_safe
def proof_page(request: SignedInRequest, number: str, pk: int, page_number: int) -> HttpResponse:
    evidence = _evidence(request, number, pk)
    turned = request.GET.get("turned", "")
    try:
        picture = page_image(
            content_of(evidence.file),
            media_type=evidence.file.media_type,
            page=page_number,
            turned=int(turned) if turned.isdecimal() else 0,
        )
    except LookupError:
        raise Http404 from None
    return HttpResponse(picture, content_type="image/png")


@require_safe
def photo(request: SignedInRequest, number: str, path: str) -> HttpResponse:
    """A photograph that the submitted form names at this path."""
    stored = photograph(photo_at(file_at(request, number), path))
    if stored is None:
        raise Http404
    picture = page_image(content_of(stored), media_type=stored.media_type, page=1)
    return HttpResponse(picture, content_type="image/png")


def signing_of(request: SignedInRequest, application: Application) -> dict[str, object]:
    """What the reader's offices have proposed for the file, and whether the reader signs it."""
    offices = {pk for duty in duties_of(request.user) for pk in duty.office_ids}
    known = [one for one in proposals_on(application) if one.office in offices]
    here = (application.step, application.turn)
    latest = known[0] if known and (known[0].step, known[0].turn) == here else None
    pending = latest if latest and latest.is_open else None
    mine = pending is not None and signs_as(request.user, pending.awaits, application)
    given_back = latest if latest and latest.is_given_back else None
    return {"proposals": known, "pending": pending, "signs": mine, "given_back": given_back}


def others_reading(request: SignedInRequest, application: Application) -> str:
    """Who else of the office has the file open, and since when; "" for nobody."""
    if duty_for(request.user, application) is None:
        return ""
    others = [one for one in readers_of(application) if one.by != request.user.pk]
    return "；".join(
        _("%(name)s也在看这份申报（%(since)s起）")
        % {"name": one.by_name, "since": localtime(one.since).strftime("%H:%M")}
        for one in others
    )


def _acts(request: SignedInRequest, application: Application) -> tuple[Act, ...]:
    """None while something is proposed and waits for signatures."""
    if any(one.is_open for one in proposals_on(application)):
        return ()
    return acts_open_to(request.user, application)


def whose_turn(application: Application) -> str:
    if application.standing == Standing.RETURNED or is_taken_back(application):
        return _("申报人 %(name)s") % {"name": application.name}
    if application.holder is not None:
        return application.holder.name
    return _("无（已办结）")


def is_taken_back(application: Application) -> bool:
    return application.standing == Standing.OPEN and application.holder_id is None


def work_goes_on_until(application: Application) -> datetime | None:
    """The close that a step's deadline only prepares; None where the deadline is itself the end."""
    open_ = application.standing == Standing.OPEN
    return application.cycle.closes_at if open_ else None


def doing_now(case: CaseFile) -> str:
    application = case.application
    if application.standing == Standing.RETURNED and case.correction:
        count = len(case.asked)
        return _("按退回意见修改，共 %(count)d 处") % {"count": count}
    if is_taken_back(application):
        return _("已取回修改，重新提交后再办理；下面是取回前的内容")
    if Standing(application.standing).is_final:
        return ""
    if case.sent_down:
        return _("%(step)s，“%(above)s”退回核实") % {
            "step": case.step.title,
            "above": case.sent_down.step.title,
        }
    if application.turn > 1 and case.compared_with:
        return _("%(step)s，第 %(turn)d 轮，申报人已按退回意见修改") % {
            "step": case.step.title,
            "turn": application.turn,
        }
    return case.step.title


def _note_reading(request: SignedInRequest, application: Application) -> None:
    """A trace of each reading; the holder's first one also ends the applicant's withdrawing."""
    reader = request.user
    if getattr(application, "copied_unread", False):
        mark_read(application, by=reader)
    if application.opened_at is None and duty_for(reader, application) is not None:
        open_file(application.pk, by=reader)
    else:
        leave("open_file", application, by=reader)


def _wants_all(request: SignedInRequest) -> bool:
    return "all" in request.GET or "all" in request.POST


def _viewer(request: SignedInRequest, case: CaseFile) -> Viewer | None:
    if not case.proofs:
        return None
    wanted = _number(request, "proof", 1)
    shown = next((proof for proof in case.proofs if proof.number == wanted), case.proofs[0])
    on = min(_number(request, "page", 1), shown.pages)
    answers = unsealed(case.submission.answers) if case.submission else {}
    shown.evidence.application = case.application
    remarks = remarks_on(shown.evidence, request.user, answers, is_shared=shown.is_shared)
    return Viewer(shown, max(on, 1), _number(request, "turned", 0), remarks, len(case.proofs))


def _number(request: SignedInRequest, name: str, default: int) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() else default


def _evidence(request: SignedInRequest, number: str, pk: int) -> Evidence:
    application = file_at(request, number)
    rows = scope.evidence(request.user).select_related("file")
    return get_object_or_404(rows, pk=pk, application=application)
