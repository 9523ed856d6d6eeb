"""Files that a worker makes for who asked (待取文件): under way, ready, and gone after a day."""

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from juxian.records.models.person import Person


class MadeFile(models.Model):
    """`sort` names what is made, `about` what of: the address of a query, or the key of a subject.

    `post` is the appointment that the person acted for, None for all of them. Finished without a
    `size`, it was refused, as `refused` says.
    """

    key = models.UUIDField(_("编号"), primary_key=True, default=uuid4, editable=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="made_files")
    sort = models.SlugField(_("种类"), max_length=40)
    about = models.TextField(_("对象"))
    post = models.BigIntegerField(_("办理岗位"), null=True, blank=True)
    name = models.CharField(_("文件名"), max_length=200)
    total = models.PositiveIntegerField(_("总数"))
    done = models.PositiveIntegerField(_("已完成"), default=0)
    size = models.PositiveBigIntegerField(_("大小"), null=True, blank=True)
    refused = models.TextField(_("不能生成的原因"), blank=True)
    asked_at = models.DateTimeField(_("要求时间"))
    expires_at = models.DateTimeField(_("失效时间"))
    finished_at = models.DateTimeField(_("完成时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("待取文件")
        verbose_name_plural = _("待取文件")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("asked_at")),
                name="made_file_expires_after_it_is_asked",
            ),
            models.CheckConstraint(
                condition=Q(size__isnull=True) | Q(finished_at__isnull=False, refused=""),
                name="made_file_with_a_size_is_finished",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="made_file_expiring")]

    def __str__(self) -> str:
        return str(self.key)


class MadeFilePiece(models.Model):
    """Some of a made file's bytes, so that nobody needs to hold a long one whole."""

    file = models.ForeignKey(MadeFile, models.CASCADE, related_name="pieces")
    position = models.PositiveIntegerField(_("次序"))
    content = models.BinaryField(_("内容"))

    class Meta:
        verbose_name = _("待取文件的一段")
        verbose_name_plural = _("待取文件的各段")
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="made_file_piece_in_order")
        ]

    def __str__(self) -> str:
        return f"{self.file_id} · {self.position}"
