"""Seats (推荐名额) granted to an office in a bucket, and every change of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juxian.records.append_only import append_only
from juxian.records.models.cycle import Cycle
from juxian.records.models.office import Office
from juxian.records.models.person import Person
from juxian.regulation.words import SeatsAct


class Seats(models.Model):
    """Seats of one office in one bucket; `granted` null means no cap."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="seats")
    office = models.ForeignKey(Office, models.PROTECT, related_name="seats")
    bucket = models.SlugField(_("指标"), max_length=40)
    granted = models.PositiveSmallIntegerField(_("名额"), null=True)

    class Meta:
        verbose_name = _("名额")
        verbose_name_plural = _("名额")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "office", "bucket"], name="seats_once_per_office_and_bucket"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office} · {self.bucket}"


class SupplementPermit(models.Model):
    """Until when one office may nominate others for places that became free (补充推荐)."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="supplement_permits")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    until = models.DateTimeField(_("补充推荐截止"))
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("补充推荐的许可")
        verbose_name_plural = _("补充推荐的许可")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="supplement_permit_has_a_reason"),
        ]
        triggers = append_only("supplement_permit")

    def __str__(self) -> str:
        return f"{self.cycle_id} · {self.office_id}"


class SeatsChange(models.Model):
    """A change of granted seats (调剂), with its reason; `other` gave them or got them."""

    seats = models.ForeignKey(Seats, models.PROTECT, related_name="changes")
    act = models.CharField(_("方式"), max_length=20, default=SeatsAct.CHANGE.value)
    other = models.ForeignKey(Office, models.PROTECT, related_name="+", null=True)
    before = models.PositiveSmallIntegerField(_("原名额"), null=True)
    after = models.PositiveSmallIntegerField(_("新名额"), null=True)
    reason = models.TextField(_("理由"))
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("名额调整")
        verbose_name_plural = _("名额调整")
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=[x.value for x in SeatsAct]), name="seats_change_act_known"
            ),
        ]
        triggers = append_only("seats_change")

    def __str__(self) -> str:
        return f"{self.seats_id}: {self.before} → {self.after}"
