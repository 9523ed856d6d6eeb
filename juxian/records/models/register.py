"""Care of the register of offices (机构维护): sheets, changes, employers that ask, reviews."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juxian.records.append_only import append_only
from juxian.records.models.evidence import StoredFile
from juxian.records.models.office import Office
from juxian.records.models.person import Person
from juxian.regulation.words import OfficeChangeKind, OfficeKind, RequestOutcome, SheetKind


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


class FormerName(models.Model):
    """What an office was called before a day (曾用名): `until_on` is the new name's first day."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="former_names")
    name = models.CharField(_("名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    until_on = models.DateField(_("停用日期"))

    class Meta:
        verbose_name = _("曾用名")
        verbose_name_plural = _("曾用名")
        triggers = append_only("former_name")
        constraints = [
            models.UniqueConstraint(fields=["office", "until_on"], name="former_name_once_a_day")
        ]

    def __str__(self) -> str:
        return self.name


class OfficeChange(models.Model):
    """A rename, a move or a merger (更名、划转、并入) decided for a day, done when it comes.

    `figures` is what it touched when it was done.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="changes")
    kind = models.CharField(_("变更"), max_length=10)
    from_on = models.DateField(_("生效日期"))
    name = models.CharField(_("新名称"), max_length=100, blank=True)
    short_name = models.CharField(_("新简称"), max_length=40, blank=True)
    other = models.ForeignKey(
        Office, models.PROTECT, null=True, related_name="+", verbose_name=_("新上级或并入的机构")
    )
    reason = models.TextField(_("依据"))
    figures = models.JSONField(_("涉及"), default=dict)
    decided_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("决定时间"))
    done_at = models.DateTimeField(_("办理时间"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("机构变更")
        verbose_name_plural = _("机构变更")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind=OfficeChangeKind.RENAME.value, other__isnull=True) & ~Q(name="")
                | Q(
                    kind__in=[OfficeChangeKind.MOVE.value, OfficeChangeKind.MERGE.value],
                    other__isnull=False,
                    name="",
                ),
                name="office_change_says_what",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="office_change_has_a_reason"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dropped_at__isnull=True),
                name="office_change_done_or_dropped",
            ),
            models.UniqueConstraint(
                fields=["office"],
                condition=Q(done_at__isnull=True, dropped_at__isnull=True),
                name="one_office_change_waiting",
                violation_error_message=_("这个机构已有一项变更等待生效"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} · {self.kind}"


class EmployerRequest(models.Model):
    """An employer that asks to be registered (单位登记申请), and what the office above answered.

    `office` was made of it when it was accepted.
    """

    receipt = models.CharField(_("回执号"), max_length=20, unique=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18)
    name = models.CharField(_("单位名称"), max_length=100)
    kind = models.CharField(_("类型"), max_length=30)
    region = models.CharField(_("所在地"), max_length=6)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    above = models.ForeignKey(Office, models.PROTECT, related_name="employer_requests")
    contact = models.CharField(_("联系人"), max_length=100)
    phone = models.CharField(_("手机"), max_length=20)
    login = models.CharField(_("希望的登录名"), max_length=50)
    proof = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("申请时间"))
    outcome = models.CharField(_("结果"), max_length=10, blank=True)
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("单位登记申请")
        verbose_name_plural = _("单位登记申请")
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", answered_at__isnull=True)
                | Q(
                    outcome__in=[RequestOutcome.RETURNED.value, RequestOutcome.REFUSED.value],
                    answered_at__isnull=False,
                )
                & ~Q(answer="")
                | Q(
                    outcome=RequestOutcome.ACCEPTED.value,
                    answered_at__isnull=False,
                    office__isnull=False,
                ),
                name="employer_request_answered_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[x.value for x in OfficeKind]),
                name="employer_request_kind_known",
            ),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=Q(outcome=""),
                name="employer_asks_once_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt


class AccessReview(models.Model):
    """Somebody looked through who has access at an office and below (权限复核); of all for None."""

    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="access_reviews")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("复核时间"))
    posts = models.PositiveIntegerField(_("岗位数"))
    unused = models.PositiveIntegerField(_("长期未用"))

    class Meta:
        verbose_name = _("权限复核")
        verbose_name_plural = _("权限复核")
        triggers = append_only("access_review")

    def __str__(self) -> str:
        return f"{self.office_id} · {self.at:%Y-%m-%d}"
