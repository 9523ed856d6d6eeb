"""What offices write in their official documents (文稿); everything else in them is data."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juxian.records.append_only import append_only
from juxian.records.models.cycle import Cycle
from juxian.records.models.office import Office
from juxian.records.models.person import Person


class Wording(models.Model):
    """One version of an office's own words in a document; a newer version adds a row.

    `key` says which document of its sort it is, as in its address; `texts` are by blank.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="+")
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    document = models.SlugField(_("文书"), max_length=40)
    key = models.SlugField(_("对象"), max_length=60)
    version = models.PositiveSmallIntegerField(_("版本"))
    texts = models.JSONField(_("文稿"), default=dict)
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(_("编写时间"))

    class Meta:
        verbose_name = _("文稿")
        verbose_name_plural = _("文稿")
        triggers = append_only("wording")
        constraints = [
            models.UniqueConstraint(
                fields=["document", "key", "version"], name="wording_version_once"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="wording_versions_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.key} · {self.version}"
