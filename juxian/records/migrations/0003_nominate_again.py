"""Nominations are recalled, and others take their places: until when, and for whom."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

REFUSE = "RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;"


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0002_create_clock"),
    ]

    operations = [
        migrations.CreateModel(
            name="SupplementPermit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("until", models.DateTimeField(verbose_name="补充推荐截止")),
                ("reason", models.TextField(verbose_name="理由")),
                ("given_at", models.DateTimeField(verbose_name="时间")),
            ],
            options={
                "verbose_name": "补充推荐的许可",
                "verbose_name_plural": "补充推荐的许可",
            },
        ),
        migrations.RemoveConstraint(
            model_name="handling",
            name="handling_act_known",
        ),
        migrations.RemoveConstraint(
            model_name="proceedingitem",
            name="nomination_rank_once",
        ),
        migrations.AddField(
            model_name="proceedingitem",
            name="replaces",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaced_by",
                to="records.proceedingitem",
            ),
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
                        ],
                    )
                ),
                name="handling_act_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceedingitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("rank__isnull", False),
                    ("void_at__isnull", True),
                    models.Q(("bucket", ""), _negated=True),
                ),
                fields=("proceeding", "track", "rank"),
                name="nomination_rank_once",
                violation_error_message="推荐排序不能重复",
            ),
        ),
        migrations.AddField(
            model_name="supplementpermit",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="supplementpermit",
            name="cycle",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="supplement_permits",
                to="records.cycle",
            ),
        ),
        migrations.AddField(
            model_name="supplementpermit",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="records.office"
            ),
        ),
        migrations.AddConstraint(
            model_name="supplementpermit",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="supplement_permit_has_a_reason",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="supplementpermit",
            trigger=pgtrigger.compiler.Trigger(
                name="supplement_permit_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func=REFUSE,
                    hash="ae45b3aa109faa608ca8f9704a26a4395815ed80",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_supplement_permit_only_grows_111f0",
                    table="records_supplementpermit",
                    when="BEFORE",
                ),
            ),
        ),
    ]
