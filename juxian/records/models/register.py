"""Care of the register of offices (机构维护): the sheets that are sent in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juxian.records.models.person import Person
from juxian.regulation.words import SheetKind


class RegisterSheet(models.Model):
    """A workbook of offices, employers or posts that was sent in (导入), until it is written.

    `figures` is what a preview shows of it: counts, and the first lines of each sort. What it
    holds is gone when it expires.
    """

    kind = models.CharField(_("种类"), max_length=20)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    content = models.BinaryField(_("工作簿"))
    figures = models.JSONField(_("核对结果"), default=dict)
    read_at = models.DateTimeField(_("读取时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    written_at = models.DateTimeField(_("写入时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("导入的名册")
        verbose_name_plural = _("导入的名册")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[x.value for x in SheetKind]), name="register_sheet_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("read_at")), name="register_sheet_expires_after"
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="register_sheet_expiring")]

    def __str__(self) -> str:
        return f"{self.kind} · {self.pk}"
