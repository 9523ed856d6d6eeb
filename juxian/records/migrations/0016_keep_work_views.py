"""What a person keeps at the work desk, and the indexes by which its lists are found."""

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0015_create_wording"),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("query", models.TextField(verbose_name="条件")),
                ("post", models.BigIntegerField(blank=True, null=True, verbose_name="办理岗位")),
                ("total", models.PositiveIntegerField(verbose_name="份数")),
                ("done", models.PositiveIntegerField(default=0, verbose_name="已写入")),
                ("asked_at", models.DateTimeField(verbose_name="要求时间")),
                ("expires_at", models.DateTimeField(verbose_name="失效时间")),
                (
                    "finished_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="完成时间"),
                ),
                ("content", models.BinaryField(blank=True, null=True, verbose_name="工作簿")),
            ],
            options={
                "verbose_name": "导出",
                "verbose_name_plural": "导出",
            },
        ),
        migrations.CreateModel(
            name="WorkView",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=30, verbose_name="名称")),
                ("query", models.TextField(verbose_name="条件")),
                ("is_default", models.BooleanField(default=False, verbose_name="打开待办时使用")),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
            ],
            options={
                "verbose_name": "常用筛选",
                "verbose_name_plural": "常用筛选",
            },
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["holder", "standing", "cycle", "step", "track", "due_at", "id"],
                name="application_in_pile",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["held_since", "id"], name="application_by_day"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["due_at", "id"], name="application_by_deadline"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("standing", "returned")),
                fields=["due_at", "id"],
                name="application_returned",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(fields=["name_key", "id"], name="application_by_name_anywhere"),
        ),
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                condition=models.Q(("submitted_at__isnull", True)),
                fields=["employer"],
                name="application_draft_of",
            ),
        ),
        migrations.AddIndex(
            model_name="application",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["marks"], name="application_marks"
            ),
        ),
        migrations.AddIndex(
            model_name="handling",
            index=models.Index(fields=["by", "office", "application"], name="handling_by_person"),
        ),
        migrations.AddIndex(
            model_name="stop",
            index=models.Index(
                condition=models.Q(("reached_at__isnull", False)),
                fields=["office", "application"],
                name="stop_reached",
            ),
        ),
        migrations.AddField(
            model_name="export",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="exports",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="workview",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="work_views",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="export",
            index=models.Index(fields=["expires_at"], name="export_expiring"),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("asked_at"))),
                name="export_expires_after_it_is_asked",
            ),
        ),
        migrations.AddConstraint(
            model_name="export",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("content__isnull", True), ("finished_at__isnull", False), _connector="OR"
                ),
                name="export_with_content_is_finished",
            ),
        ),
        migrations.AddConstraint(
            model_name="workview",
            constraint=models.UniqueConstraint(
                fields=("person", "name"),
                name="work_view_name_once",
                violation_error_message="已有同名的常用筛选",
            ),
        ),
        migrations.AddConstraint(
            model_name="workview",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_default", True)),
                fields=("person",),
                name="one_default_work_view",
            ),
        ),
    ]
