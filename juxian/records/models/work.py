"""What a person keeps at the work desk: views of its list, and workbooks made from it."""

from django.db import models
from django.db.models import F, Q
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


class Export(models.Model):
    """A list of files as a workbook (导出), made by a worker, kept until it expires.

    `post` is the appointment that the person acted for, None for all of them.
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="exports")
    query = models.TextField(_("条件"))
    post = models.BigIntegerField(_("办理岗位"), null=True, blank=True)
    total = models.PositiveIntegerField(_("份数"))
    done = models.PositiveIntegerField(_("已写入"), default=0)
    asked_at = models.DateTimeField(_("要求时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)
    content = models.BinaryField(_("工作簿"), null=True, blank=True)

    class Meta:
        verbose_name = _("导出")
        verbose_name_plural = _("导出")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")), name="export_expires_after_it_is_asked"
            ),
            models.CheckConstraint(
                condition=Q(content__isnull=True) | Q(finished_at__isnull=False),
                name="export_with_content_is_finished",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="export_expiring")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.total}"
