"""A file on its way in (上传中的文件): begun, perhaps broken off, to be gone on with."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juxian.records.models.application import Application
from juxian.records.models.evidence import Evidence
from juxian.records.models.person import Person


class Upload(models.Model):
    """What has arrived, `offset` bytes, lies in a part file named by the key.

    Once `evidence` is set, nothing is left of the part; the row answers repeats until it expires.
    """

    key = models.UUIDField(_("编号"), primary_key=True, default=uuid4, editable=False)
    application = models.ForeignKey(Application, models.PROTECT, related_name="uploads")
    material = models.SlugField(_("材料"), max_length=40)
    claim = models.CharField(_("证明的内容"), max_length=120, blank=True)
    title = models.CharField(_("名称"), max_length=200)
    mark = models.CharField(_("文件标记"), max_length=64)  # the browser's, of the content
    size = models.PositiveIntegerField(_("大小"))
    offset = models.PositiveIntegerField(_("已收到"), default=0)
    replaces = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    evidence = models.ForeignKey(Evidence, models.PROTECT, null=True, blank=True, related_name="+")
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("失效时间"), db_index=True)

    class Meta:
        verbose_name = _("上传中的文件")
        verbose_name_plural = _("上传中的文件")
        constraints = [
            models.CheckConstraint(condition=Q(offset__lte=F("size")), name="upload_within_size")
        ]

    def __str__(self) -> str:
        return str(self.key)
