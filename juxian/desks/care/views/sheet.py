"""Sending in a sheet of offices, employers or posts: template, preview, the sheet back, writing."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from juxian.access import care
from juxian.actions import register as actions
from juxian.desks.care.forms import SheetForm
from juxian.desks.care.frame import check, page
from juxian.desks.care.workbooks import workbook
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.papers import table_sheet
from juxian.papers.register_sheet import annotated
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import SheetKind
from juxian.selectors.register_offices import sheets_of
from juxian.selectors.register_tables import FATES, TITLES, form_of, table_of


@require_safe
def sheets(request: SignedInRequest) -> HttpResponse:
    """What may be sent in, and what was lately."""
    check(request)
    rows = [(one, TITLES[one.kind]) for one in sheets_of(request.user)[:20]]
    kinds = [(kind, TITLES[kind]) for kind in _kinds(request)]
    return page(request, "care/sheets.html", {"kinds": kinds, "rows": rows})


def send_in(request: SignedInRequest, kind: str) -> HttpResponse:
    of = _kind_or_404(request, kind)
    form = SheetForm(posted(request), request.FILES or None)
    sheet = done(form, lambda: actions.read_in(of, form.cleaned_data["sheet"], by=request.user))
    if sheet is not None:
        return redirect("care:sheet", sheet.pk)
    context = {"form": form, "kind": of, "title": TITLES[of], "table": table_of(form_of(of))}
    return page(request, "care/send_in.html", context, refused=bool(form.errors))


@require_safe
def template(request: SignedInRequest, kind: str) -> HttpResponse:
    of = _kind_or_404(request, kind)
    form = form_of(of)
    name = _("%(kind)s-模板.xlsx") % {"kind": TITLES[of]}
    return workbook(table_sheet.template(form, table_of(form)), name)


def preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What would be written; sent back, it is written, or looked at anew if the register moved."""
    check(request)
    sheet = get_object_or_404(sheets_of(request.user), pk=pk)
    if request.method == "POST":
        try:
            count = actions.write_sheet(pk, by=request.user)
        except NotReady as refusal:
            messages.warning(request, str(refusal))
            actions.look_again(pk, by=request.user)
        else:
            messages.success(request, _("已导入 %(count)d 行。") % {"count": count})
        return redirect("care:sheet", pk)
    context = {"sheet": sheet, "figures": sheet.figures, "title": TITLES[sheet.kind]}
    return page(request, "care/sheet.html", context)


@require_safe
def checked(request: SignedInRequest, pk: int) -> HttpResponse:
    """The sheet as it was sent in, with what is to be put right."""
    check(request)
    sheet = get_object_or_404(sheets_of(request.user), pk=pk, written_at__isnull=True)
    plan = actions.plan_again(sheet, by=request.user)
    content = annotated(
        actions.cells_of(sheet),
        {line.number: str(FATES[line.fate]) for line in plan.lines},
        {line.number: line.faults for line in plan.lines if line.faults},
    )
    return workbook(content, _("%(kind)s-核对结果.xlsx") % {"kind": TITLES[sheet.kind]})


def _kinds(request: SignedInRequest) -> list[SheetKind]:
    """Offices and employers only for who may add them."""
    builds = care.may_build(request.user)
    return [kind for kind in SheetKind if builds or kind is SheetKind.POSTS]


def _kind_or_404(request: SignedInRequest, kind: str) -> SheetKind:
    check(request)
    found = [one for one in _kinds(request) if one == kind]
    if not found:
        raise Http404
    return found[0]
