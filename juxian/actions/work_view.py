"""Views of the work desk that a person keeps under a name (常用筛选)."""

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.actions.trace import leave
from juxian.records.clock import now
from juxian.records.models import Person, WorkView
from juxian.regulation.refusal import NotPossible, NotReady
from juxian.selectors.work_query import WorkQuery

MOST_KEPT = 20  # of one person
NAME = "name"


@transaction.atomic
def save_view(*, by: Person, name: str, query: WorkQuery, is_default: bool = False) -> WorkView:
    """Under a name that is taken, the view takes the earlier one's place."""
    said = _checked(name)
    mine = _locked(by)
    view = next((one for one in mine if one.name == said), None)
    if view is None and len(mine) >= MOST_KEPT:
        raise NotReady(
            _("常用筛选最多%(most)d个，请先删除不用的") % {"most": MOST_KEPT},
            ((NAME, _("已有%(most)d个") % {"most": MOST_KEPT}),),
        )
    view = view or WorkView(person=by, name=said)
    view.query, view.saved_at = query.address, now()
    view.save()
    if is_default:
        _make_default(view)
    leave("save_view", view, by=by)
    return view


@transaction.atomic
def change_view(view_id: int, *, by: Person, name: str, is_default: bool) -> WorkView:
    said = _checked(name)
    mine = _locked(by)
    view = _own(mine, view_id)
    if any(one.name == said and one.pk != view.pk for one in mine):
        raise NotReady(_("已有同名的常用筛选"), ((NAME, _("请换一个名称")),))
    view.name = said
    view.is_default = view.is_default and is_default
    view.save(update_fields=["name", "is_default"])
    if is_default:
        _make_default(view)
    leave("change_view", view, by=by)
    return view


@transaction.atomic
def delete_view(view_id: int, *, by: Person) -> None:
    view = _own(_locked(by), view_id)
    leave("delete_view", view, by=by)
    view.delete()


def _checked(name: str) -> str:
    said = " ".join(name.split())
    longest = WorkView._meta.get_field("name").max_length or 0  # noqa: SLF001
    if not said:
        raise NotReady(_("请填写名称"), ((NAME, _("请填写名称")),))
    if len(said) > longest:
        known = {"longest": longest}
        raise NotReady(
            _("名称最多%(longest)d字") % known, ((NAME, _("最多%(longest)d字") % known),)
        )
    return said


def _locked(person: Person) -> list[WorkView]:
    """All of the person's views; two windows save one after the other."""
    Person.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    return list(WorkView.objects.filter(person=person).order_by("pk"))


def _own(mine: list[WorkView], view_id: int) -> WorkView:
    for view in mine:
        if view.pk == view_id:
            return view
    raise NotPossible(_("这个常用筛选已不存在，请刷新页面"))


def _make_default(view: WorkView) -> None:
    WorkView.objects.filter(person=view.person_id, is_default=True).exclude(pk=view.pk).update(
        is_default=False
    )
    view.is_default = True
    view.save(update_fields=["is_default"])
