"""Applications: where they stand, what they say, what was submitted and what was done to them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juxian.records.append_only import append_only
from juxian.records.models.cycle import Cycle
from juxian.records.models.office import Office
from juxian.records.models.person import Person
from juxian.regulation.procedure import Position
from juxian.regulation.publishing import CLASSIFIED
from juxian.regulation.words import Act, Level, Standing


class Application(models.Model):
    """An application (申报). Only `juxian.actions._move` writes its position and who holds it."""

    cycle = models.ForeignKey(Cycle, models.PROTECT)
    applicant = models.ForeignKey(Person, models.PROTECT, related_name="applications")
    employer = models.ForeignKey(Office, models.PROTECT, related_name="+")
    track = models.CharField(_("类别"), max_length=30)
    number = models.CharField(_("编号"), max_length=40, unique=True)
    created_at = models.DateTimeField(_("建立时间"))

    name = models.CharField(_("姓名"), max_length=100)
    name_key = models.CharField(_("姓名拼音"), max_length=200, blank=True, db_collation="C")
    sex = models.CharField(_("性别"), max_length=10, blank=True)
    birth_date = models.DateField(_("出生日期"), null=True, blank=True)
    sealed_id = models.TextField(_("证件号码（加密）"), blank=True)
    id_mark = models.CharField(_("证件号码校验"), max_length=64, blank=True)
    title = models.CharField(_("职称或技能等级"), max_length=100, blank=True)
    speciality = models.CharField(_("专业或工种"), max_length=100, blank=True)
    search = SearchVectorField(null=True)

    step = models.SlugField(_("环节"), max_length=40)
    standing = models.CharField(_("状态"), max_length=20, default=Standing.OPEN.value)
    turn = models.PositiveSmallIntegerField(_("轮次"), default=1)
    resumes_at = ArrayField(
        models.CharField(max_length=40), verbose_name=_("退回环节"), default=list, blank=True
    )
    reverts_to = models.CharField(_("取回后的状态"), max_length=20, blank=True)
    channel = models.SlugField(_("渠道"), max_length=40, blank=True)
    ladder = ArrayField(models.CharField(max_length=40), verbose_name=_("程序"), default=list)
    holder = models.ForeignKey(
        Office, models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("办理单位")
    )
    held_since = models.DateTimeField(_("到达时间"))
    due_at = models.DateTimeField(_("本环节截止"), null=True, blank=True)
    opened_at = models.DateTimeField(_("办理单位首次打开"), null=True, blank=True)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, blank=True)
    classified = models.SlugField(_("涉密人员"), max_length=30, blank=True)
    marks = ArrayField(models.CharField(max_length=40), verbose_name=_("标记"), default=list)
    fits = ArrayField(models.CharField(max_length=40), verbose_name=_("可用指标"), default=list)

    class Meta:
        verbose_name = _("申报")
        verbose_name_plural = _("申报")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "applicant"],
                condition=~Q(standing=Standing.WITHDRAWN.value),
                name="one_live_application_per_cycle",
                violation_error_message=_("同一批次只能有一份有效的申报"),
            ),
            models.UniqueConstraint(
                fields=["cycle", "id_mark"],
                condition=~Q(standing=Standing.WITHDRAWN.value)
                & ~Q(id_mark="")
                & Q(submitted_at__isnull=False),
                name="one_live_application_per_resident",
                violation_error_message=_("同一证件号码在本批次已有申报"),
            ),
            models.CheckConstraint(
                condition=Q(standing__in=[x.value for x in Standing]),
                name="application_standing_known",
            ),
            models.CheckConstraint(
                condition=Q(reverts_to__in=["", Standing.OPEN.value, Standing.RETURNED.value]),
                name="application_reverts_to_known",
            ),
            models.CheckConstraint(
                condition=Q(classified__in=["", *CLASSIFIED]), name="application_classified_known"
            ),
            models.CheckConstraint(condition=Q(turn__gte=1), name="application_turn_starts_at_one"),
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True) | ~Q(channel=""),
                name="application_submitted_has_a_route",
            ),
        ]
        indexes = [
            models.Index(
                fields=["holder", "standing", "due_at", "id"], name="application_waiting_in_order"
            ),
            models.Index(
                fields=["holder", "standing", "cycle", "step", "track", "due_at", "id"],
                name="application_in_pile",
            ),
            models.Index(fields=["held_since", "id"], name="application_by_day"),
            models.Index(fields=["due_at", "id"], name="application_by_deadline"),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(standing=Standing.RETURNED.value),
                name="application_returned",
            ),
            models.Index(fields=["name_key", "id"], name="application_by_name_anywhere"),
            models.Index(
                fields=["employer"],
                condition=Q(submitted_at__isnull=True),
                name="application_draft_of",
            ),
            models.Index(fields=["cycle", "step", "standing"], name="application_at_step"),
            models.Index(fields=["cycle", "name_key", "id"], name="application_by_name"),
            GinIndex(fields=["search"], name="application_search"),
            GinIndex(fields=["marks"], name="application_marks"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def position(self) -> Position:
        reverts_to = Standing(self.reverts_to) if self.reverts_to else None
        standing = Standing(self.standing)
        return Position(self.step, standing, self.turn, tuple(self.resumes_at), reverts_to)

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None


class Stop(models.Model):
    """An office on an application's filing route; it sees the file from `reached_at` on."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="stops")
    level = models.CharField(_("层级"), max_length=20)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    reached_at = models.DateTimeField(_("首次到达"), null=True, blank=True)

    class Meta:
        verbose_name = _("申报路线")
        verbose_name_plural = _("申报路线")
        constraints = [
            models.UniqueConstraint(fields=["application", "level"], name="stop_once_per_level"),
            models.CheckConstraint(
                condition=Q(level__in=[x.value for x in Level]), name="stop_level_known"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "reached_at"], name="stop_seen_by"),
            models.Index(
                fields=["office", "application"],
                condition=Q(reached_at__isnull=False),
                name="stop_reached",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level} {self.office_id}"


class Section(models.Model):
    """One section of the form as last saved; `version` rises with each save.

    `sources` says what was brought from where: "mobile" or "awards.<row id>" to the mark of a
    source, for as long as the answer is what was brought.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="sections")
    code = models.SlugField(_("部分"), max_length=40)
    values = models.JSONField(_("填报内容"), default=dict)
    sources = models.JSONField(_("来源"), default=dict, blank=True)
    version = models.PositiveIntegerField(_("版本"), default=1)
    saved_at = models.DateTimeField(_("保存时间"))
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("填报内容")
        verbose_name_plural = _("填报内容")
        constraints = [models.UniqueConstraint(fields=["application", "code"], name="section_once")]

    def __str__(self) -> str:
        return self.code


class Proxy(models.Model):
    """The employer's clerks type an application in for its applicant (代填), until it is ended.

    Signing and submitting stay with the applicant.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="proxies")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    granted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("代填")
        verbose_name_plural = _("代填")
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(ended_at__isnull=True), name="one_live_proxy"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("granted_at")),
                name="proxy_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.office_id}"


class Submission(models.Model):
    """What was submitted in a turn, frozen: answers, evidence, form and pack under one digest."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="submissions")
    turn = models.PositiveSmallIntegerField(_("轮次"))
    header = models.JSONField(_("表头"))
    answers = models.JSONField(_("填报内容"))
    evidence = models.JSONField(_("证明材料"))
    findings = models.JSONField(_("条件核对"))
    pack_digest = models.CharField(_("项目包校验值"), max_length=64)
    digest = models.CharField(_("校验值"), max_length=64)
    signed_name = models.CharField(_("签名"), max_length=100)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(_("提交时间"))

    class Meta:
        verbose_name = _("提交")
        verbose_name_plural = _("提交")
        constraints = [
            models.UniqueConstraint(fields=["application", "turn"], name="submission_once_per_turn")
        ]
        triggers = append_only("submission")

    def __str__(self) -> str:
        return f"{self.application_id} · {self.turn}"


class Handling(models.Model):
    """One act done to an application (办理记录). Never changed, never deleted."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="handlings")
    turn = models.PositiveSmallIntegerField(_("轮次"))
    step = models.SlugField(_("环节"), max_length=40)
    act = models.CharField(_("办理"), max_length=20)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+", null=True)
    proceeding = models.ForeignKey(
        "records.Proceeding", models.PROTECT, related_name="handlings", null=True
    )
    opinion = models.TextField(_("意见"), blank=True)
    done_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("办理记录")
        verbose_name_plural = _("办理记录")
        constraints = [
            models.CheckConstraint(
                condition=Q(act__in=[x.value for x in Act]), name="handling_act_known"
            ),
        ]
        indexes = [
            models.Index(fields=["application", "id"], name="handling_of_application"),
            models.Index(fields=["by", "office", "application"], name="handling_by_person"),
        ]
        triggers = append_only("handling")

    def __str__(self) -> str:
        return f"{self.step} {self.act}"


class Correction(models.Model):
    """A return to the applicant (退回补正): everything asked at once, by a day (一次性告知)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="corrections")
    handling = models.OneToOneField(Handling, models.PROTECT)
    turn = models.PositiveSmallIntegerField(_("退回时的轮次"))
    due_at = models.DateTimeField(_("补正期限"))
    answered_at = models.DateTimeField(_("补正时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("退回补正")
        verbose_name_plural = _("退回补正")
        constraints = [
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(answered_at__isnull=True),
                name="one_open_correction",
            )
        ]

    def __str__(self) -> str:
        return f"{self.application_id} · {self.turn}"


class CorrectionItem(models.Model):
    """One thing to mend: a section, a field ("section.field") or "evidence.<material>"."""

    correction = models.ForeignKey(Correction, models.PROTECT, related_name="items")
    path = models.CharField(_("位置"), max_length=120)
    label = models.CharField(_("名称"), max_length=200)
    reason_code = models.SlugField(_("原因"), max_length=30)
    words = models.TextField(_("说明"))
    reply = models.TextField(_("申报人答复"), blank=True)

    class Meta:
        verbose_name = _("补正事项")
        verbose_name_plural = _("补正事项")
        constraints = [
            models.UniqueConstraint(fields=["correction", "path"], name="correction_path_once")
        ]

    def __str__(self) -> str:
        return self.label


class Certification(models.Model):
    """An office's answer to a condition: the employer's certification, or an officer's decision
    on what a rule could not decide (须由人认定)."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="certifications")
    turn = models.PositiveSmallIntegerField(_("轮次"))
    condition = models.SlugField(_("条件"), max_length=40)
    holds = models.BooleanField(_("符合"))
    reason = models.TextField(_("理由"), blank=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    done_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("条件认定")
        verbose_name_plural = _("条件认定")
        triggers = append_only("certification")
        indexes = [models.Index(fields=["application", "turn"], name="certification_of_turn")]

    def __str__(self) -> str:
        return self.condition
