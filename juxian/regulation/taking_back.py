"""Taking back a submitted form (取回修改): until when it is possible, and why it is not.

Without asking within ten minutes (工信部《互联网网站适老化通用设计规范》), and after that until
the office has opened it; but never when it could not be submitted again in time (通知六).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

FREELY = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class TakingBack:
    """`due_at` is when it would have to be submitted again; `is_mended` says by a return's day."""

    submitted_at: datetime
    opened_at: datetime | None
    due_at: datetime
    is_listed: bool = False
    is_mended: bool = False

    @property
    def freely_until(self) -> datetime:
        return min(self.submitted_at + FREELY, self.due_at)

    def is_free(self, now: datetime) -> bool:
        return now < self.freely_until

    def why_not(self, now: datetime) -> str:
        """ "" where it can be taken back now."""
        if now >= self.due_at:
            past = "补正期限已过" if self.is_mended else "申报已经截止"
            return f"{past}，取回后不能再提交，所以不能取回；如需更正，请联系办理单位退回"
        if self.is_listed:
            return "办理单位已把这份申报列入名单，不能自行取回；如需更正，请联系办理单位退回"
        if self.opened_at is not None and not self.is_free(now):
            return (
                "提交已超过10分钟，办理单位也已打开这份申报，不能自行取回；"
                "如需更正，请联系办理单位退回"
            )
        return ""
