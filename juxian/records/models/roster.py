"""An employer's roster of staff (单位花名册), to spare its people typing what it knows."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from juxian.records.models.office import Office
from juxian.records.models.person import Person


class RosterEntry(models.Model):
    """One person at one office. The resident id is not kept, only its mark to know it again."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    name = models.CharField(_("姓名"), max_length=100)
    id_mark = models.CharField(_("证件号码校验"), max_length=64)
    facts = models.JSONField(_("所填内容"), default=dict)
    imported_at = models.DateTimeField(_("导入时间"))
    imported_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("花名册")
        verbose_name_plural = _("花名册")
        constraints = [
            models.UniqueConstraint(fields=["office", "id_mark"], name="roster_once_per_office")
        ]

    def __str__(self) -> str:
        return f"{self.office_id} · {self.pk}"
