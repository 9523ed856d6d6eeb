"""Posts: one's own, giving one, the first password, standing in, handing over, the end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from juxian.access.care import reach_of
from juxian.actions import post as actions
from juxian.desks.care.forms import GiveForm, HandOverForm, PostForm, StandInForm
from juxian.desks.care.frame import check, office_at, page
from juxian.desks.common.acting import done
from juxian.desks.common.http import SignedInRequest, posted
from juxian.records.models import Appointment
from juxian.regulation.post_sheet import roles_to_give
from juxian.regulation.refusal import Refusal
from juxian.selectors.posts import (
    colleagues_of,
    hanging_on,
    people_cared_for,
    posts_cared_for,
    posts_of,
)
from juxian.selectors.register_tables import track_choices


@dataclass(frozen=True, slots=True)
class Change:
    """One way to change a post: its words, its form, its action and what is said afterwards."""

    title: "str | Promise"
    says: "str | Promise"
    form: type[PostForm]
    act: Callable[..., Any]
    done: "str | Promise"


CHANGES = {
    "stand-in": Change(
        gettext_lazy("代理"),
        gettext_lazy(
            "代理期间，两人都可以办理；同一份申报须由两人办理的，仍须两人。到期自动终止。"
        ),
        StandInForm,
        actions.stand_in,
        gettext_lazy("已设代理。"),
    ),
    "hand-over": Change(
        gettext_lazy("移交"),
        gettext_lazy("移交后，原任职人立即不能再办理，由接手人接着办。办过的记录不变。"),
        HandOverForm,
        actions.hand_over,
        gettext_lazy("已移交。"),
    ),
    "end": Change(
        gettext_lazy("终止"),
        gettext_lazy(
            "终止后立即不能再办理，已登录的也一样；代理这个岗位的同时终止。办过的记录不变。"
        ),
        PostForm,
        actions.end_post,
        gettext_lazy("岗位已终止。"),
    ),
}


@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    """The person's own posts; everybody who serves somewhere has some."""
    return page(request, "care/mine.html", {"posts": posts_of(request.user)})


def give(request: SignedInRequest, pk: int) -> HttpResponse:
    """A post for one person; the answer shows the password of a new account, once."""
    check(request)
    office = office_at(request, pk)
    roles = roles_to_give(reach_of(request.user), office.pk)
    form = GiveForm(posted(request), roles=roles, tracks=track_choices())
    given = done(form, lambda: actions.give_post(office.pk, form.values, by=request.user))
    if given is not None and given.password:
        return page(request, "care/slip.html", {"office": office, "given": given})
    if given is not None:
        messages.success(request, _("已设岗位。此人用原来的登录名和口令登录。"))
        return redirect("care:office", office.pk)
    context = {"office": office, "form": form}
    return page(request, "care/give.html", context, refused=bool(form.errors))


def change(request: SignedInRequest, pk: int, act: str) -> HttpResponse:
    """What hangs on the post, and the change; done by its holder or by who may give it."""
    way = CHANGES.get(act)
    if way is None:
        raise Http404
    post = get_object_or_404(posts_cared_for(request.user), pk=pk)
    form = way.form(posted(request), colleagues=list(colleagues_of(post)))
    if done(form, lambda: way.act(post.pk, by=request.user, **form.cleaned_data) or True):
        messages.success(request, str(way.done))
        return redirect(*_back(request, post))
    context = {"post": post, "form": form, "way": way, "hanging": hanging_on(post), "act": act}
    return page(request, "care/change_post.html", context, refused=bool(form.errors))


@require_POST
def password(request: SignedInRequest, pk: int) -> HttpResponse:
    """The slip with the first password of a new account; it is not to be had again."""
    check(request)
    person = get_object_or_404(people_cared_for(request.user), pk=pk)
    office = request.POST.get("office", "")
    try:
        given = actions.Given(person, actions.first_password(pk, by=request.user))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("care:office", office) if office.isdecimal() else redirect("care:home")
    return page(request, "care/slip.html", {"given": given})


def _back(request: SignedInRequest, post: Appointment) -> tuple[Any, ...]:
    if post.person_id == request.user.pk:
        return ("care:mine",)
    return ("care:office", post.office_id)
