"""Looking through who has access (权限复核), and taking the list away."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access import care
from juxian.actions.trace import leave
from juxian.papers.work_list import Copy, Heading, short_list
from juxian.records.clock import minute, now
from juxian.records.labels import ROLES
from juxian.records.models import AccessReview, Appointment, Person
from juxian.selectors.access_review import access_in_reach, counted
from juxian.selectors.register_tables import track_choices


@transaction.atomic
def review_access(*, by: Person) -> AccessReview:
    """Say that the list was looked through, as it is now."""
    care.check_cares(by)
    moment = now()
    made = AccessReview.objects.create(
        office=care.home_of(by), by=by, at=moment, **counted(by, moment)
    )
    leave("review_access", made, by=by, at=moment, rows=made.posts)
    return made


@transaction.atomic
def export_access(*, by: Person, words: str, unused: bool) -> bytes:
    """The list as it is asked for, as a workbook."""
    care.check_cares(by)
    moment = now()
    rows = list(access_in_reach(by, moment, words=words, unused=unused))
    title = _("权限清单")
    mark = _("%(name)s于%(at)s导出，%(count)d个岗位。含个人信息，请勿外传。") % {
        "name": by.name,
        "at": _moment(moment),
        "count": len(rows),
    }
    tracks = {one.value: one.label for one in track_choices()}
    content = short_list(Copy(title, mark, _headings()), (_cells(row, tracks) for row in rows))
    leave("export_access", by, by=by, at=moment, rows=len(rows))
    return content


def _headings() -> list[Heading]:
    return [
        (_("机构"), 32),
        (_("机构代码"), 18),
        (_("姓名"), 14),
        (_("登录名"), 18),
        (_("岗位"), 12),
        (_("类别"), 16),
        (_("开始"), 12),
        (_("结束"), 12),
        (_("代理"), 14),
        (_("由谁设立"), 14),
        (_("设立时间"), 18),
        (_("最近登录"), 18),
        (_("最近办理"), 18),
        (_("90天未登录"), 12),
    ]


def _cells(post: Appointment, tracks: dict[str, str]) -> list[str]:
    return [
        post.office.name,
        post.office.code,
        post.person.name,
        post.person.login,
        str(ROLES[post.role]),
        tracks.get(post.track, post.track),
        post.starts_on.isoformat(),
        post.ends_on.isoformat() if post.ends_on else "",
        post.stands_for.person.name if post.stands_for else "",
        post.given_by.name if post.given_by else "",
        _moment(post.given_at),
        _moment(post.person.last_login),
        _moment(post.acted_at),  # type: ignore[attr-defined]
        _("是") if post.is_unused else "",  # type: ignore[attr-defined]
    ]


def _moment(value: datetime | None) -> str:
    return minute(value) if value else ""
