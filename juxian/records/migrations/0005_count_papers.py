"""The papers of a vote on paper: issued, returned, valid; void and not returned by candidate."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("records", "0004_index_waiting_in_order")]

    operations = [
        migrations.AddField(
            model_name="proceeding",
            name="issued",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="发出选票"),
        ),
        migrations.AddField(
            model_name="proceeding",
            name="returned",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="收回选票"),
        ),
        migrations.AddField(
            model_name="proceeding",
            name="valid",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="有效选票"),
        ),
        migrations.AddField(
            model_name="proceedingitem",
            name="void",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="废票"),
        ),
        migrations.AddField(
            model_name="proceedingitem",
            name="unreturned",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="未收回"),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="proceedingitem",
            constraint=models.CheckConstraint(
                condition=Q(void__isnull=True, unreturned__isnull=True)
                | Q(ayes__isnull=False, void__isnull=False, unreturned__isnull=False),
                name="item_spoiled_papers_beside_votes",
            ),
        ),
    ]
