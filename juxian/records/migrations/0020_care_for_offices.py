"""Care of the register of offices: sheets, requests, changes, posts that end at once, reviews."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0019_record_dispatches"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccessReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="复核时间")),
                ("posts", models.PositiveIntegerField(verbose_name="岗位数")),
                ("unused", models.PositiveIntegerField(verbose_name="长期未用")),
            ],
            options={
                "verbose_name": "权限复核",
                "verbose_name_plural": "权限复核",
            },
        ),
        migrations.CreateModel(
            name="EmployerRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("receipt", models.CharField(max_length=20, unique=True, verbose_name="回执号")),
                ("credit_code", models.CharField(max_length=18, verbose_name="统一社会信用代码")),
                ("name", models.CharField(max_length=100, verbose_name="单位名称")),
                ("kind", models.CharField(max_length=30, verbose_name="类型")),
                ("region", models.CharField(max_length=6, verbose_name="所在地")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("contact", models.CharField(max_length=100, verbose_name="联系人")),
                ("phone", models.CharField(max_length=20, verbose_name="手机")),
                ("login", models.CharField(max_length=50, verbose_name="希望的登录名")),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                ("outcome", models.CharField(blank=True, max_length=10, verbose_name="结果")),
                ("answer", models.TextField(blank=True, verbose_name="答复")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="答复时间"),
                ),
            ],
            options={
                "verbose_name": "单位登记申请",
                "verbose_name_plural": "单位登记申请",
            },
        ),
        migrations.CreateModel(
            name="FormerName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("short_name", models.CharField(blank=True, max_length=40, verbose_name="简称")),
                ("until_on", models.DateField(verbose_name="停用日期")),
            ],
            options={
                "verbose_name": "曾用名",
                "verbose_name_plural": "曾用名",
            },
        ),
        migrations.CreateModel(
            name="OfficeChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10, verbose_name="变更")),
                ("from_on", models.DateField(verbose_name="生效日期")),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="新名称")),
                ("short_name", models.CharField(blank=True, max_length=40, verbose_name="新简称")),
                ("reason", models.TextField(verbose_name="依据")),
                ("figures", models.JSONField(default=dict, verbose_name="涉及")),
                ("decided_at", models.DateTimeField(verbose_name="决定时间")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="办理时间")),
                (
                    "dropped_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="撤销时间"),
                ),
            ],
            options={
                "verbose_name": "机构变更",
                "verbose_name_plural": "机构变更",
            },
        ),
        migrations.CreateModel(
            name="RegisterSheet",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=20, verbose_name="种类")),
                ("content", models.BinaryField(verbose_name="工作簿")),
                ("figures", models.JSONField(default=dict, verbose_name="核对结果")),
                ("read_at", models.DateTimeField(verbose_name="读取时间")),
                ("expires_at", models.DateTimeField(verbose_name="失效时间")),
                (
                    "written_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="写入时间"),
                ),
            ],
            options={
                "verbose_name": "导入的名册",
                "verbose_name_plural": "导入的名册",
            },
        ),
        migrations.RemoveConstraint(
            model_name="appointment",
            name="appointment_once",
        ),
        migrations.AddField(
            model_name="appointment",
            name="ended_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="终止时间"),
        ),
        migrations.AddField(
            model_name="appointment",
            name="given_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="设立时间"),
        ),
        migrations.AddField(
            model_name="appointment",
            name="given_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="appointment",
            name="stands_for",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stand_ins",
                to="records.appointment",
            ),
        ),
        migrations.AddConstraint(
            model_name="appointment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("person", "office", "role", "track", "starts_on"),
                name="appointment_once",
            ),
        ),
        migrations.AddField(
            model_name="accessreview",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="accessreview",
            name="office",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="access_reviews",
                to="records.office",
            ),
        ),
        migrations.AddField(
            model_name="employerrequest",
            name="above",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="employer_requests",
                to="records.office",
            ),
        ),
        migrations.AddField(
            model_name="employerrequest",
            name="answered_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="employerrequest",
            name="office",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.office",
            ),
        ),
        migrations.AddField(
            model_name="employerrequest",
            name="proof",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.storedfile",
            ),
        ),
        migrations.AddField(
            model_name="formername",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="former_names",
                to="records.office",
            ),
        ),
        migrations.AddField(
            model_name="officechange",
            name="decided_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="officechange",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="changes",
                to="records.office",
            ),
        ),
        migrations.AddField(
            model_name="officechange",
            name="other",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.office",
                verbose_name="新上级或并入的机构",
            ),
        ),
        migrations.AddField(
            model_name="registersheet",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="accessreview",
            trigger=pgtrigger.compiler.Trigger(
                name="access_review_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4ae23d37ad7f475f144d7e537ecb739c41248b75",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_access_review_only_grows_5d50d",
                    table="records_accessreview",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="employerrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("answered_at__isnull", True), ("outcome", "")),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("outcome__in", ["returned", "refused"]),
                        models.Q(("answer", ""), _negated=True),
                    ),
                    models.Q(
                        ("answered_at__isnull", False),
                        ("office__isnull", False),
                        ("outcome", "accepted"),
                    ),
                    _connector="OR",
                ),
                name="employer_request_answered_with_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="employerrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "hr_office",
                            "division",
                            "organ",
                            "quasi_organ",
                            "institution",
                            "university",
                            "hospital",
                            "institute",
                            "technical_school",
                            "state_enterprise",
                            "private_enterprise",
                            "social_organisation",
                            "other",
                        ],
                    )
                ),
                name="employer_request_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="employerrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("outcome", "")),
                fields=("credit_code",),
                name="employer_asks_once_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="formername",
            constraint=models.UniqueConstraint(
                fields=("office", "until_on"), name="former_name_once_a_day"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="formername",
            trigger=pgtrigger.compiler.Trigger(
                name="former_name_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="e34c63668d8432a572d8ef8c066ccfc636464d18",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_former_name_only_grows_fe8fe",
                    table="records_formername",
                    when="BEFORE",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="officechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind", "rename"),
                        ("other__isnull", True),
                        models.Q(("name", ""), _negated=True),
                    ),
                    models.Q(
                        ("kind__in", ["move", "merge"]), ("name", ""), ("other__isnull", False)
                    ),
                    _connector="OR",
                ),
                name="office_change_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="officechange",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="office_change_has_a_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="officechange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_at__isnull", True), ("dropped_at__isnull", True), _connector="OR"
                ),
                name="office_change_done_or_dropped",
            ),
        ),
        migrations.AddConstraint(
            model_name="officechange",
            constraint=models.UniqueConstraint(
                condition=models.Q(("done_at__isnull", True), ("dropped_at__isnull", True)),
                fields=("office",),
                name="one_office_change_waiting",
                violation_error_message="这个机构已有一项变更等待生效",
            ),
        ),
        migrations.AddIndex(
            model_name="registersheet",
            index=models.Index(fields=["expires_at"], name="register_sheet_expiring"),
        ),
        migrations.AddConstraint(
            model_name="registersheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["offices", "employers", "posts"])),
                name="register_sheet_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="registersheet",
            constraint=models.CheckConstraint(
                condition=models.Q(("expires_at__gt", models.F("read_at"))),
                name="register_sheet_expires_after",
            ),
        ),
    ]
