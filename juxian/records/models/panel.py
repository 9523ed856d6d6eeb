"""Panels (评委会), recusals and secret ballots.

A cast ballot is an envelope: the member's name outside, the sealed choices inside, sealed to a
key whose private half only the opening phrase unlocks. Closing opens all envelopes at once,
empties them, and writes the choices as papers: one row a candidate and vote, in shuffled order,
in one transaction, with nothing that leads back to an envelope.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juxian.records.append_only import append_only
from juxian.records.models.application import Application
from juxian.records.models.cycle import Cycle
from juxian.records.models.person import Person
from juxian.records.models.proceeding import Proceeding


class Panel(models.Model):
    """A panel convened for a review step, of one track or of all."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="panels")
    step = models.SlugField(_("环节"), max_length=40)
    title = models.CharField(_("名称"), max_length=100)
    track = models.CharField(_("类别"), max_length=30, blank=True)
    document_number = models.CharField(_("组建文号"), max_length=60, blank=True)
    convened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    convened_at = models.DateTimeField(_("组建时间"))

    class Meta:
        verbose_name = _("评委会")
        verbose_name_plural = _("评委会")

    def __str__(self) -> str:
        return self.title


class PanelMember(models.Model):
    panel = models.ForeignKey(Panel, models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, models.PROTECT, related_name="panels")
    is_chair = models.BooleanField(_("主任委员"), default=False)
    pledged_at = models.DateTimeField(_("承诺保密时间"), null=True, blank=True)
    declared_at = models.DateTimeField(_("申报回避时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("委员")
        verbose_name_plural = _("委员")
        constraints = [
            models.UniqueConstraint(fields=["panel", "person"], name="panel_member_once"),
            models.UniqueConstraint(
                fields=["panel"], condition=Q(is_chair=True), name="panel_has_one_chair"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class Recusal(models.Model):
    """A member keeps out of one candidate's vote (回避)."""

    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="recusals")
    application = models.ForeignKey(Application, models.PROTECT, related_name="recusals")
    relation = models.CharField(_("关系"), max_length=100)
    is_computed = models.BooleanField(_("系统发现"), default=False)
    declared_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("回避")
        verbose_name_plural = _("回避")
        constraints = [
            models.UniqueConstraint(fields=["member", "application"], name="recusal_once")
        ]

    def __str__(self) -> str:
        return f"{self.member_id} · {self.application_id}"


class Ballot(models.Model):
    """One round of secret voting on the candidates of a proceeding (无记名投票)."""

    panel = models.ForeignKey(Panel, models.PROTECT, related_name="ballots")
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="ballots")
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)
    seats = models.PositiveSmallIntegerField(_("拟选名额"), null=True, blank=True)
    candidates = models.ManyToManyField(Application, related_name="ballots")
    public_key = models.TextField(_("封票公钥"))
    locked_key = models.TextField(_("开票私钥（以开票口令加密）"), blank=True)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("开始时间"))
    closed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    closed_at = models.DateTimeField(_("开票时间"), null=True, blank=True)
    is_void = models.BooleanField(_("作废"), default=False)

    class Meta:
        verbose_name = _("表决")
        verbose_name_plural = _("表决")
        constraints = [
            models.UniqueConstraint(fields=["proceeding", "round"], name="ballot_once_per_round"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(locked_key=""),
                name="ballot_key_destroyed_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panel} 第{self.round}轮"

    @property
    def is_open(self) -> bool:
        """A void one is closed as well."""
        return self.closed_at is None

    @property
    def is_counted(self) -> bool:
        return self.closed_at is not None and not self.is_void


class Envelope(models.Model):
    """A member's cast ballot until the count; afterwards only that the member attended."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="envelopes")
    member = models.ForeignKey(PanelMember, models.PROTECT, related_name="envelopes")
    sealed = models.BinaryField(_("密封选票"), default=b"")

    class Meta:
        verbose_name = _("选票封")
        verbose_name_plural = _("选票封")
        constraints = [
            models.UniqueConstraint(fields=["ballot", "member"], name="envelope_once_per_member")
        ]

    def __str__(self) -> str:
        return f"{self.ballot_id} · {self.member_id}"


class BallotPaper(models.Model):
    """One vote on one candidate; it knows the ballot and the choice, nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="papers")
    application = models.ForeignKey(Application, models.PROTECT, related_name="+")
    choice = models.CharField(_("选择"), max_length=10)

    class Meta:
        verbose_name = _("选票")
        verbose_name_plural = _("选票")
        constraints = [
            models.CheckConstraint(
                condition=Q(choice__in=["aye", "nay", "abstain"]), name="ballot_paper_choice_known"
            )
        ]
        triggers = append_only("ballot_paper")

    def __str__(self) -> str:
        return self.choice
