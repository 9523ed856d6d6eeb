"""Evidence (证明材料): stored files by content, and what each proves."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juxian.records.models.application import Application
from juxian.records.models.person import Person


class StoredFile(models.Model):
    """A file by the SHA-256 of its content; the content never changes."""

    digest = models.CharField(_("校验值"), max_length=64, primary_key=True)
    size = models.PositiveIntegerField(_("大小"))
    media_type = models.CharField(_("类型"), max_length=100)
    pages = models.PositiveSmallIntegerField(_("页数"), default=1)
    stored_at = models.DateTimeField(_("存入时间"))

    class Meta:
        verbose_name = _("文件")
        verbose_name_plural = _("文件")
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_not_empty")
        ]

    def __str__(self) -> str:
        return self.digest[:12]


class Examination(models.Model):
    """What a worker saw in a stored file: doubts about its pages, for people to look at again.

    `doubts` is a list of {"page": 1, "kind": "blank"}; kinds are those of `regulation.scans`.
    """

    file = models.OneToOneField(StoredFile, models.PROTECT, primary_key=True)
    doubts = models.JSONField(_("疑点"), default=list)
    examined_at = models.DateTimeField(_("检查时间"))

    class Meta:
        verbose_name = _("扫描件检查")
        verbose_name_plural = _("扫描件检查")

    def __str__(self) -> str:
        return self.file_id[:12]


class Evidence(models.Model):
    """A file given for a material of the pack, and the claim ("section.table.row") it proves."""

    application = models.ForeignKey(Application, models.PROTECT, related_name="evidence")
    material = models.SlugField(_("材料"), max_length=40)
    claim = models.CharField(_("证明的内容"), max_length=120, blank=True)
    title = models.CharField(_("名称"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="uses")
    position = models.PositiveSmallIntegerField(_("次序"))
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(_("上传时间"))
    removed_at = models.DateTimeField(_("移除时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("证明材料")
        verbose_name_plural = _("证明材料")
        indexes = [models.Index(fields=["application", "position"], name="evidence_in_order")]

    def __str__(self) -> str:
        return self.title
