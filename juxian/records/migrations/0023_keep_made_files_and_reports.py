"""Files that workers make take the place of exported lists; reports are written part by part."""

import uuid

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

REFUSE = "RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;"
CARRY = """
INSERT INTO records_madefile (
    key, person_id, sort, about, post, name, total, done, size, refused,
    asked_at, expires_at, finished_at
)
SELECT gen_random_uuid(), person_id, 'work_list', query, post, '申报名单.xlsx', total, done,
    octet_length(content), CASE WHEN content IS NULL THEN '系统升级时中断，请重新生成。' ELSE '' END,
    asked_at, expires_at, coalesce(finished_at, asked_at)
FROM records_export;
INSERT INTO records_madefilepiece (file_id, position, content)
SELECT file.key, 0, export.content
FROM records_export AS export
JOIN records_madefile AS file
    ON file.person_id = export.person_id AND file.asked_at = export.asked_at
WHERE export.content IS NOT NULL;
"""
DROP_ERRANDS = """
DO $$ BEGIN
    IF to_regclass('procrastinate_jobs') IS NOT NULL THEN
        DELETE FROM procrastinate_jobs
        WHERE task_name IN ('export_list', 'expire_exports') AND status = 'todo';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0022_judge_and_publish"),
    ]

    operations = [
        migrations.CreateModel(
            name="MadeFile",
            fields=[
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="编号",
                    ),
                ),
                ("sort", models.SlugField(max_length=40, verbose_name="种类")),
                ("about", models.TextField(verbose_name="对象")),
                ("post", models.BigIntegerField(blank=True, null=True, verbose_name="办理岗位")),
                ("name", models.CharField(max_length=200, verbose_name="文件名")),
                ("total", models.PositiveIntegerField(verbose_name="总数")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="已完成")),
                (
                    "size",
                    models.PositiveBigIntegerField(blank=True, null=True, verbose_name="大小"),
                ),
                ("refused", models.TextField(blank=True, verbose_name="不能生成的原因")),
                ("asked_at", models.DateTimeField(verbose_name="要求时间")),
                ("expires_at", models.DateTimeField(verbose_name="失效时间")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="完成时间"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_files",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "待取文件",
                "verbose_name_plural": "待取文件",
            },
        ),
        migrations.CreateModel(
            name="MadeFilePiece",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("position", models.PositiveIntegerField(verbose_name="次序")),
                ("content", models.BinaryField(verbose_name="内容")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pieces",
                        to="records.madefile",
                    ),
                ),
            ],
            options={
                "verbose_name": "待取文件的一段",
                "verbose_name_plural": "待取文件的各段",
            },
        ),
        migrations.AddIndex(
            model_name="madefile",
            index=models.Index(fields=["expires_at"], name="made_file_expiring"),
        ),
        migrations.AddConstraint(
            model_name="madefile",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("asked_at"))),
                name="made_file_expires_after_it_is_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="madefile",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("size__isnull", True),
                    models.Q(("finished_at__isnull", False), ("refused", "")),
                    _connector="OR",
                ),
                name="made_file_with_a_size_is_finished",
            ),
        ),
        migrations.AddConstraint(
            model_name="madefilepiece",
            constraint=models.UniqueConstraint(
                fields=("file", "position"), name="made_file_piece_in_order"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="texts",
            field=models.JSONField(default=dict, verbose_name="各部分"),
        ),
        migrations.CreateModel(
            name="ReportDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="报告")),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("texts", models.JSONField(verbose_name="各部分")),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
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
                    "saved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "总结材料草稿",
                "verbose_name_plural": "总结材料草稿",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cycle", "office", "code"), name="report_draft_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReportReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(verbose_name="要补充的内容")),
                ("returned_at", models.DateTimeField(verbose_name="退回时间")),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returned",
                        to="records.report",
                    ),
                ),
                (
                    "returned_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "总结材料退回",
                "verbose_name_plural": "总结材料退回",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True),
                        name="report_return_has_words",
                    )
                ],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportreturn",
            trigger=pgtrigger.compiler.Trigger(
                name="report_return_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func=REFUSE,
                    hash="25bc68062b2b8e5edec6ca7b6638c9a060335656",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_report_return_only_grows_f0e43",
                    table="records_reportreturn",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.RunSQL(CARRY, migrations.RunSQL.noop),
        migrations.RunSQL(DROP_ERRANDS, migrations.RunSQL.noop),
        migrations.DeleteModel(name="Export"),
    ]
