"""What the pages of a submitted form said, each time they were set."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from juxian.records.append_only import append_only
from juxian.records.models.application import Submission


class Printing(models.Model):
    """One copy's pages as keyed digests of what they say; kept once however often it is printed."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="printings")
    copies = models.PositiveSmallIntegerField(_("份数"))
    pages = ArrayField(models.CharField(max_length=64), verbose_name=_("各页校验标记"))
    digest = models.CharField(_("校验标记"), max_length=64)
    made_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("打印件")
        verbose_name_plural = _("打印件")
        constraints = [
            models.UniqueConstraint(fields=["submission", "digest"], name="printing_kept_once")
        ]
        triggers = append_only("printing")

    def __str__(self) -> str:
        return f"{self.submission_id} · {len(self.pages)}"
