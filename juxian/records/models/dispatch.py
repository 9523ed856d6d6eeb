"""Messages that leave the system (外发消息), by which rules, and how people want to be reached."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juxian.records.models.application import Application
from juxian.records.models.office import Office
from juxian.records.models.person import Person
from juxian.regulation.messages import Carrier, Occasion, Pace, Release, RobotKind, State

SETTLED = (State.SENT, State.FAILED, State.BOUNCED, State.UNCLEAR, State.CANCELLED)


class Dispatch(models.Model):
    """A message on its way out of the system; it waits in its office's outbox (发件箱).

    `words` may have placeholders, `values` are what they stood for when it was made. To a person,
    or to an office's own work group. `key` tells the gateway that a second try is not a second
    message. The receiver's number or address is looked up when it goes, and kept nowhere here.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="dispatches")
    occasion = models.CharField(_("时机"), max_length=20)
    carrier = models.CharField(_("发送方式"), max_length=10)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    application = models.ForeignKey(Application, models.PROTECT, related_name="+", null=True)
    words = models.TextField(_("内容"))
    values = models.JSONField(_("占位的值"), default=dict)
    key = models.CharField(_("去重标识"), max_length=80, unique=True)
    made_at = models.DateTimeField(_("生成时间"))
    state = models.CharField(_("发送状态"), max_length=10)
    released_at = models.DateTimeField(_("放行时间"), null=True)
    released_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    due_at = models.DateTimeField(_("不早于"), null=True)
    tries = models.PositiveSmallIntegerField(_("已试次数"), default=0)
    settled_at = models.DateTimeField(_("发送结束时间"), null=True)
    reason = models.CharField(_("没有送达的原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("外发消息")
        verbose_name_plural = _("外发消息")
        constraints = [
            models.CheckConstraint(
                condition=Q(occasion__in=[x.value for x in Occasion]),
                name="dispatch_occasion_known",
            ),
            models.CheckConstraint(
                condition=Q(carrier__in=[x.value for x in Carrier]), name="dispatch_carrier_known"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[x.value for x in State]), name="dispatch_state_known"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) ^ Q(carrier=Carrier.ROBOT.value),
                name="dispatch_has_one_receiver",
            ),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=False)
                ^ ~Q(state__in=[state.value for state in SETTLED]),
                name="dispatch_settled_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(due_at__isnull=False)
                | ~Q(state__in=[State.RELEASED.value, State.SENDING.value, State.SENT.value]),
                name="dispatch_goes_once_released",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "state", "-id"], name="dispatch_in_outbox"),
            models.Index(
                fields=["due_at"],
                condition=Q(state__in=[State.RELEASED.value, State.SENDING.value]),
                name="dispatch_due",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class SendingRule(models.Model):
    """What an office does with its messages upon an occasion (发送规则), and in which words."""

    office = models.ForeignKey(Office, models.PROTECT, related_name="sending_rules")
    occasion = models.CharField(_("时机"), max_length=20)
    carrier = models.CharField(_("发送方式"), max_length=10)
    release = models.CharField(_("放行"), max_length=10)
    words = models.TextField(_("内容"))
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("修改时间"))

    class Meta:
        verbose_name = _("发送规则")
        verbose_name_plural = _("发送规则")
        constraints = [
            models.UniqueConstraint(
                fields=["office", "occasion", "carrier"], name="sending_rule_once"
            ),
            models.CheckConstraint(
                condition=Q(release__in=[x.value for x in Release]), name="sending_rule_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.office} · {self.occasion} · {self.carrier}"


class Robot(models.Model):
    """The robot of an office's work group (工作群机器人); its address and secret are sealed."""

    office = models.OneToOneField(Office, models.PROTECT, related_name="robot")
    kind = models.CharField(_("类型"), max_length=10)
    sealed_url = models.TextField(_("地址"))
    sealed_secret = models.TextField(_("加签密钥"), blank=True)
    set_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(_("设置时间"))

    class Meta:
        verbose_name = _("工作群机器人")
        verbose_name_plural = _("工作群机器人")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[x.value for x in RobotKind]), name="robot_kind_known"
            )
        ]

    def __str__(self) -> str:
        return f"{self.office} · {self.kind}"


class Reach(models.Model):
    """How a person wants to be written to outside the system (接收设置)."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="reach")
    pace = models.CharField(_("接收方式"), max_length=10, default=Pace.AT_ONCE.value)
    email = models.EmailField(_("邮箱"), blank=True)

    class Meta:
        verbose_name = _("接收设置")
        verbose_name_plural = _("接收设置")
        constraints = [
            models.CheckConstraint(
                condition=Q(pace__in=[x.value for x in Pace]), name="reach_pace_known"
            )
        ]

    def __str__(self) -> str:
        return self.pace
