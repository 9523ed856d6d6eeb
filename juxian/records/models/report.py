"""Reports (总结材料) that offices hand in beside their nominations."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juxian.records.append_only import append_only
from juxian.records.models.cycle import Cycle
from juxian.records.models.evidence import StoredFile
from juxian.records.models.office import Office
from juxian.records.models.person import Person


class Report(models.Model):
    """One handing in of a report that the pack names by its `code`; a newer version adds a row.

    `texts` are its parts by their titles; {} of one that came in files alone.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="reports")
    office = models.ForeignKey(Office, models.PROTECT, related_name="reports")
    code = models.SlugField(_("报告"), max_length=40)
    version = models.PositiveSmallIntegerField(_("版本"))
    receiver = models.ForeignKey(Office, models.PROTECT, related_name="+")
    texts = models.JSONField(_("各部分"), default=dict)
    handed_in_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField(_("报送时间"))

    class Meta:
        verbose_name = _("总结材料")
        verbose_name_plural = _("总结材料")
        triggers = append_only("report")
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "office", "code", "version"], name="report_version_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="report_versions_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.office_id} · {self.code} · {self.version}"


class ReportFile(models.Model):
    """A document of a report: PDF or Word."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="files")
    title = models.CharField(_("名称"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(_("次序"))

    class Meta:
        verbose_name = _("总结材料文件")
        verbose_name_plural = _("总结材料文件")
        triggers = append_only("report_file")
        constraints = [
            models.UniqueConstraint(fields=["report", "position"], name="report_file_in_order")
        ]

    def __str__(self) -> str:
        return self.title


class ReportDraft(models.Model):
    """What an office has written of a report and not handed in; `version` rises as it is saved."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    code = models.SlugField(_("报告"), max_length=40)
    version = models.PositiveIntegerField(_("版本"))
    texts = models.JSONField(_("各部分"))
    saved_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("总结材料草稿")
        verbose_name_plural = _("总结材料草稿")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "office", "code"], name="report_draft_once")
        ]

    def __str__(self) -> str:
        return f"{self.office_id} · {self.code}"


class ReportReturn(models.Model):
    """A version given back to be completed (退回补充), with what is wanted."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="returned")
    words = models.TextField(_("要补充的内容"))
    returned_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    returned_at = models.DateTimeField(_("退回时间"))

    class Meta:
        verbose_name = _("总结材料退回")
        verbose_name_plural = _("总结材料退回")
        triggers = append_only("report_return")
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="report_return_has_words")
        ]

    def __str__(self) -> str:
        return str(self.report_id)
