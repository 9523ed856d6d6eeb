"""The pack a cycle was opened with."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from juxian.records.models import Cycle
from juxian.regulation.calendar import WorkingCalendar, load_calendar
from juxian.regulation.pack import Pack
from juxian.regulation.pack_reading import load
from juxian.regulation.refusal import NotReady


@cache
def pack_named(code: str) -> Pack:
    return load(Path(settings.PACKS_DIR) / code)


def pack_of(cycle: Cycle) -> Pack:
    """The cycle's pack; refused when its folder is no longer what the cycle was opened with."""
    pack = pack_named(cycle.pack)
    if pack.digest != cycle.pack_digest:
        raise NotReady(
            _("项目包 %(pack)s 与批次建立时不一致，请系统管理员恢复原文件后再办理")
            % {"pack": cycle.pack}
        )
    return pack


@cache
def calendar() -> WorkingCalendar:
    return load_calendar(Path(settings.PACKS_DIR) / "calendar")
