"""Renaming, moving and merging an office: what it touches, and the decision."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from juxian.actions import office_change as actions
from juxian.desks.care.forms import MergeForm, MoveForm, RenameForm
from juxian.desks.care.frame import check, office_at, page
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.records.labels import OFFICE_CHANGES, Labels
from juxian.regulation.refusal import Refusal
from juxian.regulation.words import OfficeChangeKind
from juxian.selectors.office_change import changes_cared_for, in_the_way, touched_by

FORMS = {
    OfficeChangeKind.RENAME: RenameForm,
    OfficeChangeKind.MOVE: MoveForm,
    OfficeChangeKind.MERGE: MergeForm,
}
SAYS: Labels = {
    OfficeChangeKind.RENAME: gettext_lazy(
        "从生效日起用新名称；以前提交的申报和打印的表格仍是原名称，按原名称也能查到。"
    ),
    OfficeChangeKind.MOVE: gettext_lazy(
        "从生效日起，新提交的申报报送到新的上级；在办的申报按原来的路线办完。"
    ),
    OfficeChangeKind.MERGE: gettext_lazy(
        "从生效日起，本机构撤销；草稿、在办的申报、人员和下级机构都转到并入的机构，办过的记录不变。"
    ),
}


def change(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    check(request, builds=True)
    if kind not in FORMS:
        raise Http404
    office, of = office_at(request, pk), OfficeChangeKind(kind)
    form = FORMS[of](posted(request))
    made = done(
        form,
        lambda: actions.decide(pk, actions.Wanted(kind=of, **form.cleaned_data), by=request.user),
    )
    if made is not None:
        said = _("已办理。") if made.done_at else _("已登记，到生效日期自动办理，此前可以撤销。")
        messages.success(request, said)
        return redirect("care:office", pk)
    touched = touched_by(office)
    context = {
        "office": office,
        "form": form,
        "touched": touched,
        "against": in_the_way(of, office, touched),
        "title": OFFICE_CHANGES[of],
        "says": SAYS[of],
    }
    return page(request, "care/change_office.html", context, refused=bool(form.errors))


@require_POST
def drop(request: SignedInRequest, pk: int) -> HttpResponse:
    check(request)
    found = get_object_or_404(changes_cared_for(request.user), pk=pk)
    try:
        actions.drop(pk, by=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已撤销这项变更。"))
    return redirect("care:office", found.office_id)
