"""What an office notes while it verifies a file: what it found true, and what it doubts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from juxian.records.models.application import Application
from juxian.records.models.office import Office
from juxian.records.models.person import Person


class Tick(models.Model):
    """What one person found of one block of a file in a turn: true (属实) or in doubt (存疑).

    `place` is "section", or "section.table.row" of a row that claims something. `digest` is the
    keyed digest of what the block and its evidence said: a block that still says it needs no
    second look (沿用).
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="ticks")
    turn = models.PositiveSmallIntegerField(_("轮次"))
    step = models.SlugField(_("环节"), max_length=40)
    office = models.ForeignKey(Office, models.PROTECT, related_name="+")
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    place = models.CharField(_("位置"), max_length=120)
    holds = models.BooleanField(_("属实"))
    note = models.CharField(_("存疑之处"), max_length=300, blank=True)
    digest = models.CharField(_("校验标记"), max_length=64)
    ticked_at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("核对")
        verbose_name_plural = _("核对")
        constraints = [
            models.UniqueConstraint(
                fields=["application", "turn", "step", "by", "place"], name="tick_once"
            ),
            models.CheckConstraint(
                condition=Q(holds=True) | ~Q(note=""), name="tick_in_doubt_says_why"
            ),
        ]

    def __str__(self) -> str:
        return self.place
