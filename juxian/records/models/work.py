"""What a person keeps at the work desk: views of its list."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juxian.records.models.person import Person


class WorkView(models.Model):
    """A query of the list under a name (常用筛选); `query` as an address says it."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="work_views")
    name = models.CharField(_("名称"), max_length=30)
    query = models.TextField(_("条件"))
    is_default = models.BooleanField(_("打开待办时使用"), default=False)
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("常用筛选")
        verbose_name_plural = _("常用筛选")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="work_view_name_once",
                violation_error_message=_("已有同名的常用筛选"),
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_default=True), name="one_default_work_view"
            ),
        ]

    def __str__(self) -> str:
        return self.name
