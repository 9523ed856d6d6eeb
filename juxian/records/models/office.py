"""Offices in two trees, administration and filing route, and who serves where."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juxian.records.models.person import Person
from juxian.regulation.words import Holder, OfficeKind, Role


class Office(models.Model):
    """An organisation (机构). `path` spells the administration tree: "/1/7/23/" ends in itself."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    kind = models.CharField(_("类型"), max_length=30)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    affiliation = models.CharField(_("隶属关系"), max_length=2, blank=True)
    is_nonpublic = models.BooleanField(_("非公有制单位"), default=False)
    region = models.CharField(_("所在地"), max_length=6)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    path = models.CharField(max_length=200, db_index=True, db_collation="C")
    files_to = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="filed_from"
    )
    is_county = models.BooleanField(_("县级"), default=False)
    is_province = models.BooleanField(_("省级"), default=False)
    holder = models.CharField(_("指标持有单位类别"), max_length=20, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    postcode = models.CharField(_("邮编"), max_length=6, blank=True)
    starts_on = models.DateField(_("启用日期"))
    ends_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("机构")
        verbose_name_plural = _("机构")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[x.value for x in OfficeKind]), name="office_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(holder__in=["", *(x.value for x in Holder)]),
                name="office_holder_known",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="office_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["credit_code"], condition=~Q(credit_code=""), name="office_credit_code_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A person's dated service in an office (任职); the last day is included.

    `ended_at` ends it at once (终止); `stands_for` is the post that is acted for meanwhile (代理).
    """

    person = models.ForeignKey(Person, models.PROTECT, related_name="appointments")
    office = models.ForeignKey(Office, models.PROTECT, related_name="appointments")
    role = models.CharField(_("岗位"), max_length=20)
    track = models.CharField(_("类别"), max_length=30, blank=True)
    starts_on = models.DateField(_("开始日期"))
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField(_("设立时间"), null=True, blank=True)
    ended_at = models.DateTimeField(_("终止时间"), null=True, blank=True)
    stands_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="stand_ins"
    )

    class Meta:
        verbose_name = _("任职")
        verbose_name_plural = _("任职")
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=[x.value for x in Role]), name="appointment_role_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="appointment_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["person", "office", "role", "track", "starts_on"],
                condition=Q(ended_at__isnull=True),
                name="appointment_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.office}"
