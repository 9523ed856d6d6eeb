import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0014_keep_printings"),
    ]

    operations = [
        migrations.CreateModel(
            name="Wording",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("document", models.SlugField(max_length=40, verbose_name="文书")),
                ("key", models.SlugField(max_length=60, verbose_name="对象")),
                ("version", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("texts", models.JSONField(default=dict, verbose_name="文稿")),
                ("written_at", models.DateTimeField(verbose_name="编写时间")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.cycle",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.office",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "文稿",
                "verbose_name_plural": "文稿",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "key", "version"), name="wording_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="wording_versions_from_one"
                    ),
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="wording",
            trigger=pgtrigger.compiler.Trigger(
                name="wording_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="163a26b504e4220f7fe52d3098c51d38b5697ed0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_wording_only_grows_6cc1b",
                    table="records_wording",
                    when="BEFORE",
                ),
            ),
        ),
    ]
