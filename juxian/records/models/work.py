"""The work desk: views of its list that a person keeps, and what an office is sent a copy of."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juxian.records.models.application import Application, Handling
from juxian.records.models.office import Office
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


class FileCopy(models.Model):
    """Brings to the notice of an office on a file's way what was done elsewhere (抄送).

    Read once somebody of the office has opened the file since.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    application = models.ForeignKey(Application, models.PROTECT, related_name="copies")
    handling = models.ForeignKey(Handling, models.PROTECT, related_name="copies")
    read_at = models.DateTimeField(_("阅知时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("抄送")
        verbose_name_plural = _("抄送")
        constraints = [
            models.UniqueConstraint(fields=["office", "handling"], name="file_copy_once")
        ]
        indexes = [
            models.Index(fields=["application", "office"], name="file_copy_of_file"),
            models.Index(
                fields=["office", "application"],
                condition=Q(read_at__isnull=True),
                name="file_copy_unread",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} · {self.handling_id}"
