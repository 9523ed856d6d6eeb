"""An evaluation is taken up again on a list that points to the one it corrects (复议)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0004_copy_files"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="handling",
            name="handling_act_known",
        ),
        migrations.AddField(
            model_name="proceeding",
            name="corrects",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrected_by",
                to="records.proceeding",
            ),
        ),
        migrations.AddField(
            model_name="proceeding",
            name="corrects_because",
            field=models.TextField(blank=True, verbose_name="复议的理由"),
        ),
        migrations.AddField(
            model_name="proceeding",
            name="corrects_what",
            field=models.SlugField(blank=True, max_length=20, verbose_name="复议的方式"),
        ),
        migrations.AddConstraint(
            model_name="handling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "act__in",
                        [
                            "submit",
                            "withdraw",
                            "take_back",
                            "endorse",
                            "send_back",
                            "reject",
                            "admit",
                            "dismiss",
                            "clear",
                            "uphold",
                            "concur",
                            "dissent",
                            "approve",
                            "decline",
                            "recommend",
                            "pass_over",
                            "recall",
                            "relist",
                            "reconsider",
                        ],
                    )
                ),
                name="handling_act_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceeding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("corrects__isnull", True), ("corrects_because", ""), ("corrects_what", "")
                    ),
                    models.Q(
                        ("corrects__isnull", False),
                        ("corrects_what__in", ["entry", "sitting"]),
                        ("kind", "review"),
                        models.Q(("corrects_because", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="proceeding_corrects_for_a_reason",
            ),
        ),
    ]
