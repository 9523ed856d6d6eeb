"""A cycle (批次): one pack, opened."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juxian.records.models.office import Office
from juxian.records.models.person import Person


class Cycle(models.Model):
    """A pack in use. `closed_at` is a latch: once set, filing stays closed whatever the clock."""

    code = models.SlugField(_("代码"), max_length=60, unique=True)
    title = models.CharField(_("名称"), max_length=100)
    pack = models.SlugField(_("项目包"), max_length=60)
    pack_digest = models.CharField(_("项目包校验值"), max_length=64)
    numbering = models.SlugField(_("编号前缀"), max_length=20, unique=True)
    organiser = models.ForeignKey(Office, models.PROTECT, verbose_name=_("主办单位"))
    opens_at = models.DateTimeField(_("开始申报"))
    closes_at = models.DateTimeField(_("截止"))
    closed_at = models.DateTimeField(_("关闭时间"), null=True, blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("建立时间"))
    last_serial = models.PositiveIntegerField(_("最后流水号"), default=0)

    class Meta:
        verbose_name = _("批次")
        verbose_name_plural = _("批次")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opens_at")), name="cycle_closes_after_it_opens"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Allotment(models.Model):
    """How many a track may send up (国家下达的名额), set late, before the list is proposed."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="allotments")
    track = models.CharField(_("类别"), max_length=30)
    places = models.PositiveSmallIntegerField(_("名额"))
    document_number = models.CharField(_("文号"), max_length=60)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("下达名额")
        verbose_name_plural = _("下达名额")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "track"], name="allotment_once_per_track")
        ]

    def __str__(self) -> str:
        return f"{self.cycle} · {self.track}"
