"""What an office notes while it verifies a file: what it found true, and what it doubts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juxian.records.append_only import append_only
from juxian.records.models.application import Application
from juxian.records.models.office import Office
from juxian.records.models.person import Person


class Tick(models.Model):
    """What one person found of one block of a file in a turn: true (属实) or in doubt (存疑).

    `place` is "section", or "section.table.row" of a row that claims something. `digest` is the
    keyed digest of what the block and its evidence said: a block that still says it needs no
    second look (沿用).
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="ticks")
    turn = models.PositiveSmallIntegerField(_("轮次"))
    step = models.SlugField(_("环节"), max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    place = models.CharField(_("位置"), max_length=120)
    holds = models.BooleanField(_("属实"))
    note = models.CharField(_("存疑之处"), max_length=300, blank=True)
    digest = models.CharField(_("校验标记"), max_length=64)
    ticked_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("核对")
        verbose_name_plural = _("核对")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "turn", "step", "by", "place"], name="tick_once"
            ),
            models.CheckConstraint(
                condition=Q(holds=True) | ~Q(note=""), name="tick_in_doubt_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.place


class Proposal(models.Model):
    """An act that somebody of an office proposes, and others must sign first (经办、复核、审签).

    `awaits` is the role that must sign next, "" once all have. `content` is what the act needs
    besides its opinion. It ends when the act is done, is given back, or the file moves.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="proposals")
    turn = models.PositiveSmallIntegerField(_("轮次"))
    step = models.SlugField(_("环节"), max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    act = models.CharField(_("办理"), max_length=20)
    opinion = models.TextField(_("意见"), blank=True)
    content = models.JSONField(_("内容"), default=dict)
    awaits = models.CharField(_("等候签署的岗位"), max_length=20, blank=True)
    proposed_at = models.DateTimeField(_("拟办时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("拟办")
        verbose_name_plural = _("拟办")
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(ended_at__isnull=True), name="one_open_proposal"
            ),
            models.CheckConstraint(
                condition=Q(act__in=("endorse", "send_back", "send_down", "reject")),
                name="proposal_act_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {self.act}"


class Signature(models.Model):
    """What one person said to a proposal: proposed it, agreed, or gave it back with words."""

    proposal = models.ForeignKey(Proposal, models.PROTECT, related_name="signatures")
    role = models.CharField(_("岗位"), max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    agrees = models.BooleanField(_("同意"))
    words = models.CharField(_("说明"), max_length=500, blank=True)
    signed_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("签署")
        verbose_name_plural = _("签署")
        constraints = [
            models.UniqueConstraint(fields=["proposal", "role"], name="signature_once_per_role"),
            models.CheckConstraint(
                condition=Q(agrees=True) | ~Q(words=""), name="signature_given_back_says_why"
            ),
        ]
        triggers = append_only("signature")

    def __str__(self) -> str:
        return self.role


class PointAnswer(models.Model):
    """An office's answer to a point of its checklist (审核要点) when it passed the file."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="point_answers")
    turn = models.PositiveSmallIntegerField(_("轮次"))
    step = models.SlugField(_("环节"), max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    point = models.SlugField(_("审核要点"), max_length=40)
    holds = models.BooleanField(_("是"))
    answered_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("审核要点答复")
        verbose_name_plural = _("审核要点答复")
        triggers = append_only("point_answer")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "turn", "step", "point", "answered_at"],
                name="point_answered_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.point


class Reading(models.Model):
    """Who has a file open at an office's desk: kept up while the page is open, then it lapses."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="readings")
    by = models.ForeignKey(Person, models.CASCADE, related_name="+")
    since = models.DateTimeField(_("打开时间"))
    seen_at = models.DateTimeField(_("最近一次"))

    class Meta:
        verbose_name = _("正在查看")
        verbose_name_plural = _("正在查看")
        constraints = [
            models.UniqueConstraint(fields=["application", "by"], name="reading_once"),
            models.CheckConstraint(condition=Q(seen_at__gte=F("since")), name="reading_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.by_id}"
