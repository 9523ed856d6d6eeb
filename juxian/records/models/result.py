"""Results from above, and the register of earlier recipients."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juxian.records.models.application import Application
from juxian.records.models.person import Person


class Result(models.Model):
    """What the ministry answered for one application (批准结果)."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="result")
    is_approved = models.BooleanField(_("批准"))
    certificate_number = models.CharField(_("证书编号"), max_length=60, blank=True)
    document_number = models.CharField(_("文号"), max_length=60)
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("批准结果")
        verbose_name_plural = _("批准结果")

    def __str__(self) -> str:
        return f"{self.application_id}"


class Recipient(models.Model):
    """An earlier recipient (已享受人员名册): matched by id, or by name and birth date."""

    name = models.CharField(_("姓名"), max_length=100)
    birth_date = models.DateField(_("出生日期"), null=True, blank=True)
    id_mark = models.CharField(_("证件号码校验"), max_length=64, blank=True, db_index=True)
    year = models.PositiveSmallIntegerField(_("年度"))
    certificate_number = models.CharField(_("证书编号"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("已享受人员")
        verbose_name_plural = _("已享受人员")
        constraints = [
            models.CheckConstraint(condition=Q(year__gte=1990), name="recipient_year_since_1990")
        ]
        indexes = [models.Index(fields=["name", "birth_date"], name="recipient_namesake")]

    def __str__(self) -> str:
        return self.name
