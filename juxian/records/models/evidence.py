"""Evidence (证明材料): stored files by content, and what each proves."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juxian.records.models.application import Application
from juxian.records.models.person import Person


class StoredFile(models.Model):
    """A file by the SHA-256 of its content; the content never changes.

    Of one that was withheld the content is gone from the disk, for good.
    """

    digest = models.CharField(_("校验值"), max_length=64, primary_key=True)
    size = models.PositiveIntegerField(_("大小"))
    media_type = models.CharField(_("类型"), max_length=100)
    pages = models.PositiveSmallIntegerField(_("页数"), default=1)
    stored_at = models.DateTimeField(_("存入时间"))
    withheld_at = models.DateTimeField(_("拦截时间"), null=True, blank=True)

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
    `words` is what was read on the first page, sealed; only where `words_read_at` is set.
    """

    file = models.OneToOneField(StoredFile, models.PROTECT, primary_key=True)
    doubts = models.JSONField(_("疑点"), default=list)
    examined_at = models.DateTimeField(_("检查时间"))
    unreadable = models.BooleanField(_("无法检查"), default=False)
    words = models.TextField(_("识别的文字"), blank=True)
    words_read_at = models.DateTimeField(_("识别时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("扫描件检查")
        verbose_name_plural = _("扫描件检查")

    def __str__(self) -> str:
        return self.file_id[:12]


class PagePrint(models.Model):
    """A page's print, 64 hexadecimal digits, and its bands, by which like pages are looked up."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="prints")
    page = models.PositiveSmallIntegerField(_("页"))
    bits = models.CharField(_("页面指纹"), max_length=64)
    bands = ArrayField(models.IntegerField(), verbose_name=_("指纹分段"))

    class Meta:
        verbose_name = _("页面指纹")
        verbose_name_plural = _("页面指纹")
        constraints = [models.UniqueConstraint(fields=["file", "page"], name="print_once_per_page")]
        indexes = [GinIndex(fields=["bands"], name="print_by_band")]

    def __str__(self) -> str:
        return f"{self.file_id[:12]} {self.page}"


class Likeness(models.Model):
    """A page of one file that is the same scan as a page of another; kept both ways round."""

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="likenesses")
    page = models.PositiveSmallIntegerField(_("页"))
    other = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    other_page = models.PositiveSmallIntegerField(_("另一文件的页"))

    class Meta:
        verbose_name = _("相似扫描件")
        verbose_name_plural = _("相似扫描件")
        constraints = [
            models.UniqueConstraint(
                fields=["file", "page", "other", "other_page"], name="likeness_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.file_id[:12]} {self.other_id[:12]}"


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
    caution = ""  # no column: what its giver hears once, in the answer to the upload

    class Meta:
        verbose_name = _("证明材料")
        verbose_name_plural = _("证明材料")
        indexes = [models.Index(fields=["application", "position"], name="evidence_in_order")]

    def __str__(self) -> str:
        return self.title
