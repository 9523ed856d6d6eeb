"""What a list can be narrowed by, in words: the choices of each filter, and what is set."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from juxian.access.duties import duties_with
from juxian.access.scope import OFFICE_ROLES
from juxian.records.labels import STANDINGS
from juxian.records.models import Cycle, Office, Person
from juxian.records.packs import pack_of
from juxian.regulation.pack import Pack
from juxian.regulation.refusal import NotReady
from juxian.regulation.words import Kind, OfficeKind
from juxian.selectors.work_query import LATE, UNOPENED, WAITING, WorkQuery

MOST_OFFICES = 400
Options = tuple[tuple[str, str], ...]
"""Values with their words."""


@dataclass(frozen=True, slots=True)
class Filter:
    """One filter of the block: a list to pick from, a day, or a tick where there are no options."""

    name: str
    label: str
    value: str
    kind: str  # pick, day or tick
    options: Options = ()


@dataclass(frozen=True, slots=True)
class Chip:
    """What is set, in words, and the address without it."""

    says: str
    without: str


def filters_of(person: Person, query: WorkQuery, cycles: Sequence[Cycle]) -> tuple[Filter, ...]:
    """1 query."""
    packs = _packs(cycles)
    picked = {
        "step": (_("环节"), _steps(packs, one_alone=len(packs) == 1)),
        "cycle": (_("批次"), tuple((str(cycle.pk), cycle.title) for cycle in cycles)),
        "track": (_("类别"), _once((t.code, t.title) for _c, p in packs for t in p.tracks)),
        "office": (_("下级单位"), _below(person)),
        "standing": (_("状态"), tuple((code, str(says)) for code, says in STANDINGS.items())),
        "mark": (_("标记"), _once((m.code, m.title) for _c, p in packs for m in p.marks)),
        "returned": (_("退回修改"), _times()),
    }
    if query.tab == WAITING:
        del picked["standing"]
    found = [
        Filter(name, label, getattr(query, name), "pick", options)
        for name, (label, options) in picked.items()
        if len(options) > 1 or getattr(query, name)
    ]
    found += [
        Filter("since", _("到达时间从"), query.since, "day"),
        Filter("until", _("到"), query.until, "day"),
        Filter(LATE, _("只看逾期"), query.late, "tick"),
        Filter(UNOPENED, _("只看未打开"), query.unopened, "tick"),
    ]
    return tuple(found)


def chips_of(query: WorkQuery, filters: Iterable[Filter]) -> tuple[Chip, ...]:
    said = [Chip(_("“%s”") % query.words, query.but(words="").address)] if query.words else []
    said += [Chip(_chip(one), query.but(**{one.name: ""}).address) for one in filters if one.value]
    return tuple(said)


def _chip(one: Filter) -> str:
    if one.kind == "tick":
        return one.label
    words = dict(one.options).get(one.value, _("其他"))
    if one.kind == "day":
        known = date.fromisoformat(one.value)
        words = _("%(year)d年%(month)d月%(day)d日") % {
            "year": known.year,
            "month": known.month,
            "day": known.day,
        }
        return f"{_('到达从') if one.name == 'since' else _('到达至')} {words}"
    return _("%(label)s：%(words)s") % {"label": one.label, "words": words}


def _packs(cycles: Iterable[Cycle]) -> list[tuple[Cycle, Pack]]:
    """Without the cycles whose pack is no longer what they were opened with."""
    found = []
    for cycle in cycles:
        try:
            found.append((cycle, pack_of(cycle)))
        except NotReady:
            continue
    return found


def _steps(packs: Sequence[tuple[Cycle, Pack]], *, one_alone: bool) -> Options:
    return tuple(
        (f"{cycle.pk}:{step.code}", step.title if one_alone else f"{step.title}（{cycle.title}）")
        for cycle, pack in packs
        for step in pack.procedure.steps
        if step.kind is not Kind.FILL
    )


def _once(pairs: Iterable[tuple[str, str]]) -> Options:
    return tuple(dict(pairs).items())


def _times() -> Options:
    return (("0", _("没有退回过")), ("1", _("退回过")), ("2", _("退回过两次以上")))


def _below(person: Person) -> Options:
    """Offices that file to the person's; at the province, whoever nominates."""
    duties = duties_with(person, *OFFICE_ROLES)
    offices = {office for duty in duties for office in duty.office_ids}
    filing = Q(files_to__in=offices)
    above = [duty.office for duty in duties if not duty.office.holder]
    if any(office.is_province or office.kind == OfficeKind.DIVISION for office in above):
        filing |= ~Q(holder="")
    rows = Office.objects.filter(filing).order_by("holder", "name")
    return tuple((str(pk), name) for pk, name in rows.values_list("pk", "name")[:MOST_OFFICES])
