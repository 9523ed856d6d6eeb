"""The tags and filters that the desks' templates share: dates, masks, labels, parts of a page."""

from collections.abc import Hashable, Iterable
from datetime import date, datetime
from html import escape

from django import template
from django.http import HttpRequest
from django.template import Context
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from juxian.actions import accepted as accepting
from juxian.desks.common import moments
from juxian.desks.common.sessions import seconds_left
from juxian.desks.common.stencil import HERE, fill
from juxian.records import labels
from juxian.records.clock import now as database_now
from juxian.records.models import Cycle
from juxian.records.packs import pack_of
from juxian.regulation.pack import Contact, Pack
from juxian.regulation.words import Standing
from juxian.selectors.form_reading import Line, Table, TableRow
from juxian.selectors.guide import calls, cites

register = template.Library()

PHOTO = '<div><dt>{}</dt><dd dir="auto"><img class="photo" src="{}" alt="{}"></dd></div>'
SHORT = '<div><dt>%s</dt><dd dir="auto">%s</dd></div>'
LONG = '<div class="full"><dt>%s</dt><dd class="words" dir="auto">%s</dd></div>'
BELL_COUNT = ' <span class="num">{}</span><span class="visually-hidden">{}</span>'
LEADING = '<a href="{}" rel="noopener noreferrer external">{}</a>'

TONES = {
    Standing.OPEN: "go",
    Standing.RETURNED: "wait",
    Standing.WITHDRAWN: "none",
    Standing.REJECTED: "stop",
    Standing.NOT_SELECTED: "none",
    Standing.SELECTED: "ok",
}


@register.simple_tag
def accepted(where: str) -> accepting.Accepted:
    """What may be chosen where a file is asked for: scans, photos, documents or workbooks."""
    kinds: accepting.Accepted = getattr(accepting, where.upper())
    return kinds


@register.filter
def day(value: date | datetime | None) -> str:
    """2020年5月6日 周三"""
    return moments.day(value) if value else ""


@register.filter
def plain_day(value: date | datetime | None) -> str:
    """2020年5月6日"""
    return moments.day(value, with_weekday=False) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """2020年5月6日 周三 18:00"""
    return moments.moment(value) if value else ""


@register.filter
def to_second(value: datetime | None) -> str:
    """2020-05-06 18:00:32"""
    return moments.to_second(value) if value else ""


@register.filter
def deadline(value: datetime | None) -> str:
    """2020年5月6日 周三 24:00"""
    return moments.deadline(value) if value else ""


@register.filter
def left(value: datetime | None, now: datetime) -> str:
    """剩 2 天 6 小时"""
    return moments.left(value, now) if value else ""


@register.filter
def session_left(request: HttpRequest) -> int:
    """Seconds until one is signed out if this is the last that one does."""
    return seconds_left(request)


@register.filter
def is_near(value: datetime | None, now: datetime) -> bool:
    return bool(value) and moments.is_near(value, now) if value else False


@register.filter
def label(word: object) -> object:
    """The Chinese for a word of the vocabulary: {{ application.standing|label }}."""
    for table in (
        labels.STANDINGS,
        labels.ACTS,
        labels.KINDS,
        labels.LEVELS,
        labels.ROLES,
        labels.HOLDERS,
        labels.OFFICE_KINDS,
        labels.CARRIERS,
        labels.SENDING,
        labels.RELEASES,
        labels.ROBOTS,
        labels.OFFICE_CHANGES,
        labels.SEATS_ACTS,
        labels.CORRECTS,
    ):
        if str(word) in table:
            return table[str(word)]
    return word


@register.filter
def cite(clauses: str, of: Pack | Cycle) -> str:
    """Where the notice says it: {{ step.clause|cite:pack }}, or |cite:cycle."""
    return cites(pack_of(of) if isinstance(of, Cycle) else of, clauses)


@register.filter
def reason(code: str, cycle: Cycle) -> str:
    """What the cycle's pack calls a return's reason."""
    return pack_of(cycle).return_reason_title(code)


@register.filter
def item(table: dict[object, object], key: object) -> object:
    """What a mapping holds under a key that is only known at run time."""
    return table.get(key, "")


@register.filter
def is_row(place: str) -> bool:
    """Whether a place of the form is a row of a table: "section.table.row"."""
    return "." in place


@register.filter
def found_true(holds: bool) -> str:  # noqa: FBT001 - a filter's only argument
    return _("属实") if holds else _("存疑")


@register.simple_tag
def helpline() -> tuple[Contact, ...]:
    """Whom to call who is not signed in: the contacts of the first call. 1 query."""
    found = calls(database_now())
    return found[0].contacts if found else ()


@register.simple_tag
def answered(lines: Iterable[Line], *, photo: str = "") -> SafeString:
    """Questions and their answers, to read; `photo` is the address of the form's photograph."""
    return mark_safe("".join(_answered(one, photo) for one in lines if one.text))  # noqa: S308 - each is safe


def _answered(line: Line, photo: str) -> str:
    if line.is_photo and photo:
        return format_html(PHOTO, line.label, photo, line.label)
    return (LONG if line.is_long else SHORT) % (escape(line.label), led_to(line))


@register.filter
def led_to(line: Line) -> SafeString:
    """The answer in words; a DOI leads to what it names, which is not told whence."""
    if not line.leads_to:
        return mark_safe(escape(line.text))  # noqa: S308
    return format_html(LEADING, line.leads_to, line.text)


@register.simple_tag
def window(table: Table) -> SafeString:
    """From which day to which a table's rows count."""
    if not table.window:
        return SafeString()
    said = _("%(window)s取得的计入。") % {"window": table.window}
    return format_html('<p class="help mb-2">{}</p>', said)


@register.simple_tag
def counted(row: TableRow) -> SafeString:
    """Whether a row's date counts."""
    if row.is_counted:
        return format_html('<span class="small muted">{}</span>', row.note)
    return badge("none", row.note) if row.note else SafeString()


@register.simple_tag
def alike(name: str, **facts: Hashable) -> SafeString:
    """A template of which everybody with these facts sees the same: {% alike "…" contacts=… %}."""
    return fill(name, (), **facts)


@register.simple_tag(takes_context=True)
def outside_wechat(context: Context) -> SafeString:
    """For the browser inside WeChat, which picks and keeps files badly: how to leave it."""
    is_inside = "MicroMessenger" in context["request"].headers.get("User-Agent", "")
    return fill("components/outside_wechat.html", ()) if is_inside else SafeString()


@register.simple_tag(takes_context=True)
def bell(context: Context) -> SafeString:
    """The way to one's messages, with how many are unread, as they came with the person."""
    unread = getattr(context["request"].user, "unread", 0)
    count = format_html(BELL_COUNT, unread, _("条未读")) if unread else ""
    address = reverse("common:inbox")
    return format_html('<a class="bell" href="{}">{}{}</a>', address, _("消息"), count)


@register.simple_tag(takes_context=True)
def account_menu(context: Context) -> SafeString:
    """What a signed-in person does with the account, and, where they serve, with their posts."""
    token = str(context["csrf_token"])
    serves = bool(context.get("duty"))
    return fill(
        "components/account_menu.html",
        (token,),
        csrf_token=HERE,
        serves=serves,
        cares=serves and bool(context.get("cares")),
    )


@register.simple_tag(takes_context=True)
def reading_size(context: Context) -> SafeString:
    """The switch to larger letters, and back to this page."""
    request = context["request"]
    return fill(
        "components/reading_size.html",
        (str(context["csrf_token"]), request.get_full_path()),
        csrf_token=HERE,
        next=HERE,
        is_large=request.COOKIES.get("reading") == "large",
    )


@register.simple_tag
def badge(tone: str, word: str) -> SafeString:
    """A status: icon, word and colour. Tones: ok go wait stop none."""
    return format_html('<span class="st {}">{}</span>', tone, word)


@register.simple_tag
def standing(of: str) -> SafeString:
    """The badge of a standing."""
    return badge(TONES[Standing(of)], str(labels.STANDINGS[of]))


@register.simple_block_tag
def turn(  # noqa: PLR0913 - the strip's eight places
    content: str,
    *,
    whose: str,
    doing: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    until_says: str = "",
    now: datetime | None = None,
    closes: datetime | None = None,
    idle: bool = False,
) -> SafeString:
    """The strip that opens a page: whose turn, since and until when; inside it the next step.

    {% turn whose=… doing=… since=… until=… now=now %}<a class="btn btn-primary">…</a>{% endturn %}
    `closes` is the end of the filing, where `until` is an internal deadline counted back from it.
    `idle` where nothing waits: the strip says how things stand, and that it is nobody's turn.
    """
    at = now or (database_now() if until else None)
    timed = (until, at, closes) if until and at else None
    return render_to_string(
        "components/turn.html",
        {
            "whose": whose,
            "doing": doing,
            "idle": idle,
            "since": since,
            "until": until,
            "until_says": until_says,
            "is_internal": bool(timed and moments.is_internal(*timed)),
            "left": moments.left_before(*timed) if timed else "",
            "urgency": moments.urgency(*timed) if timed else "",
            "next_step": content.strip(),
        },
    )


@register.simple_tag
def remaining(until: datetime, now: datetime, closes: datetime | None = None) -> SafeString:
    """The time left, in a table: red where it ends the work, amber where it is an internal one."""
    tone = {"due": "urgent", "late": "late", "": "muted"}[moments.urgency(until, now, closes)]
    said = moments.left_before(until, now, closes)
    return format_html('<span class="{}">{}</span>', tone, said)


@register.simple_tag(takes_context=True)
def nav(
    context: Context, name: str, label: str, *, within: str = "", count: int | None = None
) -> SafeString:
    """A link of the masthead; current on its own view and on those named in `within`.

    {% nav "office:inbox" _("待办") within="office:application office:send_back" count=12 %}
    """
    match = getattr(context.get("request"), "resolver_match", None)
    here = match is not None and match.view_name in (name, *within.split())
    number = format_html(' <span class="num">{}</span>', count) if count else ""
    current = SafeString(' aria-current="page"') if here else ""
    return format_html('<a href="{}"{}>{}{}</a>', reverse(name), current, label, number)
