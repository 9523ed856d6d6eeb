"""Views of the work desk kept under a name (常用筛选): saving, renaming, deleting."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from juxian.actions import work_view
from juxian.desks.common import phrases
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.desks.office.forms.work import ViewForm
from juxian.desks.office.frame import duties_here, page
from juxian.selectors.work_query import WorkQuery
from juxian.selectors.work_views import views_of


def views(request: SignedInRequest) -> HttpResponse:
    """All of one's own; what is sent here saves another one."""
    duties_here(request)
    query = WorkQuery.of_address(request.POST.get("query") or request.GET.get("query") or "")
    form = ViewForm(posted(request))
    saved = done(
        form,
        lambda: work_view.save_view(by=request.user, query=query, **form.cleaned_data),
    )
    if saved:
        messages.success(request, _("已保存为常用筛选“%(name)s”。") % {"name": saved.name})
        return redirect(f"{reverse('office:inbox')}?{saved.query}")
    context = {"form": form, "views": views_of(request.user), "query": query}
    return page(request, "office/views.html", context, refused=bool(form.errors))


def change(request: SignedInRequest, pk: int) -> HttpResponse:
    duties_here(request)
    view = next((one for one in views_of(request.user) if one.pk == pk), None)
    if view is None:
        raise Http404
    known = {"name": view.name, "is_default": view.is_default}
    form = ViewForm(posted(request), initial=known)
    if done(form, lambda: work_view.change_view(pk, by=request.user, **form.cleaned_data)):
        messages.success(request, phrases.SAVED)
        return redirect("office:views")
    context = {"form": form, "view": view}
    return page(request, "office/view.html", context, refused=bool(form.errors))


@require_POST
def delete(request: SignedInRequest, pk: int) -> HttpResponse:
    duties_here(request)
    work_view.delete_view(pk, by=request.user)
    messages.success(request, phrases.DELETED)
    return redirect("office:views")
