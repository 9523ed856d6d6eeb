"""The register of offices, taken away as a workbook."""

from django.db import transaction
from django.utils.translation import gettext as _

from juxian.access import care
from juxian.actions.trace import leave
from juxian.papers.work_list import Copy, Heading, short_list
from juxian.records.clock import minute, now
from juxian.records.labels import HOLDERS, OFFICE_KINDS
from juxian.records.models import Office, Person
from juxian.selectors.register_offices import offices_of


@transaction.atomic
def export_offices(*, by: Person, words: str, lone: bool) -> bytes:
    """The offices that the person cares for, as they are asked for."""
    care.check_cares(by)
    moment = now()
    rows = list(offices_of(by, words, lone=lone))
    said = {"name": by.name, "at": minute(moment), "count": len(rows)}
    mark = _("%(name)s于%(at)s导出，%(count)d个机构。") % said
    content = short_list(Copy(_("机构"), mark, _headings()), map(_cells, rows))
    leave("export_offices", by, by=by, at=moment, rows=len(rows))
    return content


def _headings() -> list[Heading]:
    return [
        (_("名称"), 34),
        (_("机构代码"), 20),
        (_("类型"), 16),
        (_("统一社会信用代码"), 22),
        (_("上级机构"), 34),
        (_("报送至"), 34),
        (_("所在地"), 10),
        (_("推荐单位类别"), 14),
        (_("联系电话"), 18),
        (_("启用"), 12),
        (_("撤销"), 12),
        (_("没有经办人"), 12),
    ]


def _cells(office: Office) -> list[str]:
    return [
        office.name,
        office.code,
        str(OFFICE_KINDS[office.kind]),
        office.credit_code,
        office.parent.name if office.parent else "",
        office.files_to.name if office.files_to else "",
        office.region,
        str(HOLDERS[office.holder]) if office.holder else "",
        office.phone,
        office.starts_on.isoformat(),
        office.ends_on.isoformat() if office.ends_on else "",
        _("是") if office.is_lone else "",  # type: ignore[attr-defined]
    ]
