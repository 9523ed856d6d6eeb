"""Traces (操作日志) and messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from juxian.records.append_only import append_only
from juxian.records.models.application import Application
from juxian.records.models.person import Person


class Trace(models.Model):
    """Who did, saw, printed or exported what, when; never personal data, only identifiers."""

    at = models.DateTimeField(_("时间"), db_index=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    act = models.CharField(_("操作"), max_length=40)
    subject = models.CharField(_("对象"), max_length=40)
    subject_id = models.CharField(_("对象编号"), max_length=40)
    detail = models.JSONField(_("细节"), default=dict)

    class Meta:
        verbose_name = _("操作日志")
        verbose_name_plural = _("操作日志")
        triggers = append_only("trace")
        indexes = [models.Index(fields=["subject", "subject_id", "id"], name="trace_of_subject")]

    def __str__(self) -> str:
        return f"{self.act} {self.subject} {self.subject_id}"


class Message(models.Model):
    """A line in a person's inbox (站内消息); `key` where no handling says that it is there once."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="messages")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+", null=True)
    handling = models.ForeignKey(
        "records.Handling", models.PROTECT, related_name="messages", null=True
    )
    occasion = models.CharField(_("时机"), max_length=20, blank=True)
    key = models.CharField(_("去重标识"), max_length=80, blank=True)
    text = models.TextField(_("内容"))
    sent_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("阅读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("站内消息")
        verbose_name_plural = _("站内消息")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "handling"], name="message_once_per_handling"
            ),
            models.UniqueConstraint(
                fields=["person", "key"],
                condition=~models.Q(key=""),
                name="message_once_per_key",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="message_of_person"),
            models.Index(
                fields=["person"],
                condition=models.Q(read_at__isnull=True),
                name="message_unread",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:20]
