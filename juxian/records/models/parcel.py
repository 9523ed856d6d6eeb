"""Parcels (邮包): what a nominating unit sends of a track, and what of it has been received."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juxian.records.append_only import append_only
from juxian.records.models.cycle import Cycle
from juxian.records.models.evidence import StoredFile
from juxian.records.models.office import Office
from juxian.records.models.person import Person


class Parcel(models.Model):
    """All that one office sends of one track, in any number of envelopes; it bears `number`."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="parcels")
    office = models.ForeignKey(Office, models.PROTECT, related_name="parcels")
    track = models.CharField(_("类别"), max_length=30)
    receiver = models.ForeignKey(Office, models.PROTECT, related_name="+")
    number = models.CharField(_("编号"), max_length=40, unique=True)
    begun_at = models.DateTimeField(_("建立时间"))

    class Meta:
        verbose_name = _("邮包")
        verbose_name_plural = _("邮包")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "office", "track"], name="parcel_once")
        ]
        triggers = append_only("parcel")

    def __str__(self) -> str:
        return self.number


class Mailing(models.Model):
    """One envelope on its way; `contents` are numbers with turns as they stood."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="mailings")
    courier = models.CharField(_("承运单位"), max_length=40)
    tracking_number = models.CharField(_("运单号"), max_length=40)
    sent_on = models.DateField(_("寄出日期"))
    sealed_by = models.CharField(_("装箱人"), max_length=50)
    contents = models.JSONField(_("装了什么"))
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("寄出")
        verbose_name_plural = _("寄出")
        constraints = [
            models.UniqueConstraint(
                fields=["parcel", "courier", "tracking_number"], name="mailing_once"
            )
        ]
        triggers = append_only("mailing")

    def __str__(self) -> str:
        return f"{self.courier} {self.tracking_number}"


class Arrival(models.Model):
    """An envelope taken in; by the first one the parcel is in time or late."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="arrivals")
    arrived_on = models.DateField(_("收到日期"))
    postmarked_on = models.DateField(_("邮戳日期"), null=True, blank=True)
    note = models.CharField(_("外观"), max_length=200, blank=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("登记时间"))

    class Meta:
        verbose_name = _("收到")
        verbose_name_plural = _("收到")
        constraints = [
            models.UniqueConstraint(
                fields=["parcel", "arrived_on", "postmarked_on"],
                nulls_distinct=False,
                name="arrival_once",
            )
        ]
        triggers = append_only("arrival")

    def __str__(self) -> str:
        return f"{self.parcel_id} · {self.arrived_on}"


class PileScan(models.Model):
    """A scanned file of many pages, read by a worker; `blind` are pages without a code of ours."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="scans")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField(_("上传时间"))
    read_at = models.DateTimeField(_("读完时间"), null=True, blank=True)
    blind = ArrayField(
        models.PositiveSmallIntegerField(), default=list, verbose_name=_("读不出的页")
    )
    is_broken = models.BooleanField(_("打不开"), default=False)

    class Meta:
        verbose_name = _("扫描件")
        verbose_name_plural = _("扫描件")
        constraints = [
            models.UniqueConstraint(fields=["parcel", "file"], name="pile_scan_once"),
            models.CheckConstraint(
                condition=Q(read_at__isnull=False) | Q(blind=[], is_broken=False),
                name="pile_scan_found_when_read",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parcel_id} · {self.file_id[:12]}"


class PageSeen(models.Model):
    """A page that lay before an officer, once however often it is scanned.

    `verdict` is what the page was when the paper's present turn was `present_turn`. A page that no
    device could read is entered by hand with its `reason`, and has no digest.
    """

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="pages_seen")
    paper = models.CharField(_("编号"), max_length=60)
    turn = models.PositiveSmallIntegerField(_("轮次"))
    digest = models.CharField(_("校验码"), max_length=12, blank=True)
    copy = models.PositiveSmallIntegerField(_("第几份"))
    page = models.PositiveSmallIntegerField(_("第几页"))
    pages = models.PositiveSmallIntegerField(_("共几页"))
    present_turn = models.PositiveSmallIntegerField(_("核对时的轮次"))
    verdict = models.CharField(_("结论"), max_length=12)
    way = models.CharField(_("方式"), max_length=10)
    reason = models.CharField(_("手工登记的理由"), max_length=200, blank=True)
    scan = models.ForeignKey(PileScan, models.PROTECT, null=True, related_name="pages_seen")
    scan_page = models.PositiveSmallIntegerField(_("扫描件第几页"), null=True)
    seen_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    seen_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("核对的页")
        verbose_name_plural = _("核对的页")
        constraints = [
            models.UniqueConstraint(
                fields=["parcel", "paper", "turn", "digest", "copy", "page", "present_turn"],
                name="page_seen_once",
            ),
            models.CheckConstraint(
                condition=Q(page__gte=1, copy__gte=1) & Q(page__lte=models.F("pages")),
                name="page_seen_within_its_paper",
            ),
            models.CheckConstraint(
                condition=~Q(way="hand") | ~Q(reason=""), name="page_by_hand_has_reason"
            ),
        ]
        triggers = append_only("page_seen")

    def __str__(self) -> str:
        return f"{self.paper} {self.copy}-{self.page}"


class CopyTick(models.Model):
    """What an officer ticked of a copy: a seal, a signature, that it is there; the last counts."""

    parcel = models.ForeignKey(Parcel, models.PROTECT, related_name="ticks")
    paper = models.CharField(_("编号"), max_length=60)
    copy = models.PositiveSmallIntegerField(_("第几份"))
    item = models.CharField(_("核对什么"), max_length=40)
    is_there = models.BooleanField(_("有"))
    ticked_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    ticked_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("勾选")
        verbose_name_plural = _("勾选")
        indexes = [models.Index(fields=["parcel", "id"], name="tick_of_parcel")]
        triggers = append_only("copy_tick")

    def __str__(self) -> str:
        return f"{self.paper} {self.copy} {self.item}"
