"""Proceedings (集体办理): evaluations, publicity, opinions, decisions and nominations of a list."""

from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from juxian.records.append_only import append_only
from juxian.records.models.application import Application
from juxian.records.models.cycle import Cycle
from juxian.records.models.evidence import StoredFile
from juxian.records.models.office import Office
from juxian.records.models.person import Person
from juxian.regulation.publishing import STAYING
from juxian.regulation.tally import Papers, Tally
from juxian.regulation.words import Act, Corrects, Kind


class Proceeding(models.Model):
    """One office's work on a list at one step, with its own record: date, members, votes,
    document number, scans. Open until concluded; concluding moves every application of it.

    `corrects` is the concluded evaluation that this one takes the place of (复议).
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="proceedings")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    step = models.SlugField(_("环节"), max_length=40)
    kind = models.CharField(_("类型"), max_length=20)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(_("建立时间"))
    concluded_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    concluded_at = models.DateTimeField(_("办结时间"), null=True)
    corrects = models.OneToOneField(
        "self", models.PROTECT, related_name="corrected_by", null=True, blank=True
    )
    corrects_what = models.SlugField(_("复议的方式"), max_length=20, blank=True)
    corrects_because = models.TextField(_("复议的理由"), blank=True)

    held_on = models.DateField(_("日期"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=200, blank=True)
    method = models.CharField(_("方式"), max_length=40, blank=True)
    body = models.CharField(_("机构"), max_length=100, blank=True)
    document_number = models.CharField(_("文号"), max_length=60, blank=True)
    chair = models.CharField(_("主持人"), max_length=100, blank=True)
    remark = models.TextField(_("说明"), blank=True)
    tie_reason = models.TextField(_("并列排序理由"), blank=True)

    members = models.PositiveSmallIntegerField(_("应到人数"), null=True, blank=True)
    present = models.PositiveSmallIntegerField(_("实到人数"), null=True, blank=True)
    issued = models.PositiveSmallIntegerField(_("发出选票"), null=True, blank=True)
    returned = models.PositiveSmallIntegerField(_("收回选票"), null=True, blank=True)
    valid = models.PositiveSmallIntegerField(_("有效选票"), null=True, blank=True)
    starts_on = models.DateField(_("公示开始"), null=True, blank=True)
    ends_on = models.DateField(_("公示结束"), null=True, blank=True)

    class Meta:
        verbose_name = _("集体办理")
        verbose_name_plural = _("集体办理")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[x.value for x in Kind if x.is_collective]),
                name="proceeding_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(concluded_at__isnull=True, concluded_by__isnull=True)
                | Q(concluded_at__isnull=False, concluded_by__isnull=False),
                name="proceeding_concluded_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, corrects_what="", corrects_because="")
                | Q(
                    corrects__isnull=False,
                    kind=Kind.REVIEW.value,
                    corrects_what__in=[what.value for what in Corrects],
                )
                & ~Q(corrects_because=""),
                name="proceeding_corrects_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True) | Q(present__lte=F("members")),
                name="proceeding_present_within_members",
            ),
            models.CheckConstraint(
                condition=Q(issued__isnull=True, returned__isnull=True, valid__isnull=True)
                | Q(
                    present__isnull=False,
                    issued__isnull=False,
                    returned__isnull=False,
                    valid__isnull=False,
                    issued__lte=F("present"),
                    returned__lte=F("issued"),
                    valid__lte=F("returned"),
                ),
                name="proceeding_papers_add_up",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="proceeding_publicity_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["office", "concluded_at", "id"], name="proceeding_of_office"),
            models.Index(fields=["cycle", "kind", "ends_on"], name="proceeding_publicised"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def papers(self) -> Papers | None:
        """The papers of a vote on paper; None where they were not counted."""
        if self.issued is None or self.returned is None or self.valid is None:
            return None
        return Papers(self.issued, self.returned, self.issued - self.returned, self.valid)


class ProceedingItem(models.Model):
    """One application on a proceeding's list, with what was found of it.

    A nomination's rank counts within its `track`; `preference` says why somebody of a worse
    evaluation is ranked before one of a better (同等条件下优先); `replaces` is the nomination,
    recalled or refused, whose place it takes (补充推荐).
    """

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="items")
    application = models.ForeignKey(Application, models.PROTECT, related_name="items")
    turn = models.PositiveSmallIntegerField(_("轮次"))
    act = models.CharField(_("结果"), max_length=20, blank=True)
    ayes = models.PositiveSmallIntegerField(_("同意"), null=True, blank=True)
    nays = models.PositiveSmallIntegerField(_("反对"), null=True, blank=True)
    abstained = models.PositiveSmallIntegerField(_("弃权"), null=True, blank=True)
    recused = models.PositiveSmallIntegerField(_("回避"), null=True, blank=True)
    void = models.PositiveSmallIntegerField(_("废票"), null=True, blank=True)
    unreturned = models.PositiveSmallIntegerField(_("未收回"), null=True, blank=True)
    rank = models.PositiveSmallIntegerField(_("名次"), null=True, blank=True)
    track = models.SlugField(_("排序的类别"), max_length=40, blank=True)
    preference = models.SlugField(_("优先情形"), max_length=40, blank=True)
    preferred_because = models.TextField(_("优先理由"), blank=True)
    bucket = models.SlugField(_("指标"), max_length=40, blank=True)
    code = models.SlugField(_("结论代码"), max_length=30, blank=True)
    opinion = models.TextField(_("意见"), blank=True)
    reserve = models.PositiveSmallIntegerField(_("备选次序"), null=True, blank=True)
    void_at = models.DateTimeField(_("失效时间"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, related_name="replaced_by", null=True, blank=True
    )

    class Meta:
        verbose_name = _("名单项")
        verbose_name_plural = _("名单项")
        constraints = [
            models.UniqueConstraint(
                fields=["proceeding", "application"], name="item_once_per_proceeding"
            ),
            models.UniqueConstraint(
                fields=["proceeding", "track", "rank"],
                condition=Q(rank__isnull=False, void_at__isnull=True) & ~Q(bucket=""),
                name="nomination_rank_once",
                violation_error_message=_("推荐排序不能重复"),
            ),
            models.CheckConstraint(
                condition=Q(void__isnull=True, unreturned__isnull=True)
                | Q(ayes__isnull=False, void__isnull=False, unreturned__isnull=False),
                name="item_spoiled_papers_beside_votes",
            ),
            models.CheckConstraint(
                condition=Q(preference="", preferred_because="")
                | ~Q(preference="") & ~Q(preferred_because=""),
                name="item_preferred_with_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["application", "proceeding"], name="item_of_application"),
            models.Index(
                fields=["bucket", "proceeding"],
                condition=Q(act=Act.RECOMMEND.value, void_at__isnull=True),
                name="item_takes_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proceeding_id} · {self.application_id}"

    @property
    def tally(self) -> Tally | None:
        """The votes on record; None before there are any."""
        if self.ayes is None or self.nays is None:
            return None
        spoiled = self.void or 0, self.unreturned or 0
        return Tally(self.ayes, self.nays, self.abstained or 0, self.recused or 0, *spoiled)


class ProceedingMember(models.Model):
    """An expert who took part in an evaluation recorded on paper."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="experts")
    name = models.CharField(_("姓名"), max_length=100)
    employer = models.CharField(_("单位"), max_length=100)
    title = models.CharField(_("职称、职务"), max_length=100, blank=True)
    speciality = models.CharField(_("专业"), max_length=100, blank=True)
    is_present = models.BooleanField(_("到会"), default=True)
    signed_in_at = models.TimeField(_("签到时间"), null=True, blank=True)
    absence = models.CharField(_("未到会的原因"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("评议专家")
        verbose_name_plural = _("评议专家")
        constraints = [
            models.CheckConstraint(
                condition=Q(is_present=True, absence="")
                | Q(is_present=False, signed_in_at__isnull=True),
                name="expert_signs_in_or_is_absent",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ExpertMark(models.Model):
    """What an expert gave one candidate, or the relation for which he kept out (评分、回避)."""

    expert = models.ForeignKey(ProceedingMember, models.CASCADE, related_name="marks")
    item = models.ForeignKey(ProceedingItem, models.CASCADE, related_name="marks")
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=2, null=True, blank=True)
    relation = models.CharField(_("回避原因"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("专家评分")
        verbose_name_plural = _("专家评分")
        constraints = [
            models.UniqueConstraint(fields=["expert", "item"], name="expert_mark_once"),
            models.CheckConstraint(
                condition=Q(score__isnull=False, relation="")
                | Q(score__isnull=True) & ~Q(relation=""),
                name="expert_scores_or_keeps_out",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.expert_id} · {self.item_id}"


class EvaluationDraft(models.Model):
    """An evaluation as typed so far (暂存); gone once it is recorded."""

    proceeding = models.OneToOneField(Proceeding, models.PROTECT, related_name="draft")
    typed = models.JSONField(_("暂存的内容"), default=dict)
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(_("暂存时间"))

    class Meta:
        verbose_name = _("暂存的评议")
        verbose_name_plural = _("暂存的评议")

    def __str__(self) -> str:
        return f"{self.proceeding_id}"


class Objection(models.Model):
    """An objection to a publicised person (异议); the objector is protected."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="objections")
    application = models.ForeignKey(Application, models.PROTECT, related_name="objections")
    receipt = models.CharField(_("回执号"), max_length=20, unique=True)
    sealed_objector = models.TextField(_("异议人（加密）"))
    way = models.SlugField(_("反映方式"), max_length=20, default="online")
    category = models.SlugField(_("类别"), max_length=30)
    facts = models.TextField(_("反映内容"))
    received_at = models.DateTimeField(_("收到时间"))
    received_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    refusal = models.SlugField(_("不予受理的理由"), max_length=30, blank=True)
    inquiry = models.TextField(_("核查过程"), blank=True)
    statement = models.TextField(_("被反映人陈述"), blank=True)
    finding = models.SlugField(_("核查结果"), max_length=30, blank=True)
    remedy = models.SlugField(_("处理"), max_length=30, blank=True)
    answered_on = models.DateField(_("答复日期"), null=True, blank=True)
    upheld = models.BooleanField(_("成立"), null=True)
    conclusion = models.TextField(_("核查结论"), blank=True)
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    closed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)

    class Meta:
        verbose_name = _("异议")
        verbose_name_plural = _("异议")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, upheld__isnull=True)
                | Q(closed_at__isnull=False, upheld__isnull=False) & ~Q(conclusion=""),
                name="objection_closed_with_a_conclusion",
            ),
            models.CheckConstraint(
                condition=Q(refusal="") | Q(upheld__isnull=True) | Q(upheld=False),
                name="objection_refused_is_not_upheld",
            ),
        ]

    def __str__(self) -> str:
        return self.receipt

    @property
    def is_staying(self) -> bool:
        """Whether the person waits, or is published anew, once it is closed."""
        return self.remedy in STAYING

    @property
    def is_in_time(self) -> bool:
        """Whether it came while the notice was up; the proceeding is loaded."""
        ends_on = self.proceeding.ends_on
        return ends_on is None or localtime(self.received_at).date() <= ends_on


class ProceedingFile(models.Model):
    """A scan that proves the proceeding, or one `objection` on it: minutes, a reply, a picture."""

    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="files")
    objection = models.ForeignKey(Objection, models.PROTECT, related_name="files", null=True)
    title = models.CharField(_("名称"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("上传时间"))

    class Meta:
        verbose_name = _("佐证扫描件")
        verbose_name_plural = _("佐证扫描件")
        triggers = append_only("proceeding_file")

    def __str__(self) -> str:
        return self.title
