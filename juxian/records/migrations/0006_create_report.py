"""Reports (总结材料) that offices hand in, with documents that may be Word's."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

REFUSE = "RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;"


class Migration(migrations.Migration):
    dependencies = [("records", "0005_count_papers")]

    operations = [
        migrations.AlterField(  # a Word document's type has 71 characters
            model_name="storedfile",
            name="media_type",
            field=models.CharField(max_length=100, verbose_name="类型"),
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="报告")),
                ("version", models.PositiveSmallIntegerField(verbose_name="版本")),
                ("handed_in_at", models.DateTimeField(verbose_name="报送时间")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="records.cycle",
                    ),
                ),
                (
                    "handed_in_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="records.office",
                    ),
                ),
                (
                    "receiver",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.office",
                    ),
                ),
            ],
            options={"verbose_name": "总结材料", "verbose_name_plural": "总结材料"},
        ),
        migrations.CreateModel(
            name="ReportFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.storedfile",
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="records.report",
                    ),
                ),
            ],
            options={"verbose_name": "总结材料文件", "verbose_name_plural": "总结材料文件"},
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.UniqueConstraint(
                fields=("cycle", "office", "code", "version"), name="report_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(("version__gte", 1)), name="report_versions_from_one"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="report_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func=REFUSE,
                    hash="edd18511d85cb1e36065f920eb3b1425a1e5ae73",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_report_only_grows_e2be9",
                    table="records_report",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="reportfile",
            constraint=models.UniqueConstraint(
                fields=("report", "position"), name="report_file_in_order"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportfile",
            trigger=pgtrigger.compiler.Trigger(
                name="report_file_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func=REFUSE,
                    hash="6bec30fee85055da9dfe76d8f9a0e8f6338c3848",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_report_file_only_grows_711bb",
                    table="records_reportfile",
                    when="BEFORE",
                ),
            ),
        ),
    ]
