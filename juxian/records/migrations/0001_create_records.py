import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="Office",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, unique=True, verbose_name="代码")),
                ("name", models.CharField(max_length=100, verbose_name="名称")),
                ("short_name", models.CharField(blank=True, max_length=40, verbose_name="简称")),
                ("kind", models.CharField(max_length=30, verbose_name="类型")),
                (
                    "credit_code",
                    models.CharField(blank=True, max_length=18, verbose_name="统一社会信用代码"),
                ),
                (
                    "affiliation",
                    models.CharField(blank=True, max_length=2, verbose_name="隶属关系"),
                ),
                ("is_nonpublic", models.BooleanField(default=False, verbose_name="非公有制单位")),
                ("region", models.CharField(max_length=6, verbose_name="所在地")),
                ("path", models.CharField(db_collation="C", db_index=True, max_length=200)),
                ("is_county", models.BooleanField(default=False, verbose_name="县级")),
                ("is_province", models.BooleanField(default=False, verbose_name="省级")),
                (
                    "holder",
                    models.CharField(blank=True, max_length=20, verbose_name="指标持有单位类别"),
                ),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="联系电话")),
                ("address", models.CharField(blank=True, max_length=200, verbose_name="地址")),
                ("postcode", models.CharField(blank=True, max_length=6, verbose_name="邮编")),
                ("starts_on", models.DateField(verbose_name="启用日期")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="撤销日期")),
                (
                    "files_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="filed_from",
                        to="records.office",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="records.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "机构",
                "verbose_name_plural": "机构",
                "constraints": [
                    models.CheckConstraint(
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
                        name="office_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("holder__in", ["", "prefecture", "department", "enterprise", "school"])
                        ),
                        name="office_holder_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gt", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="office_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("credit_code", ""), _negated=True),
                        fields=("credit_code",),
                        name="office_credit_code_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                ("login", models.CharField(max_length=50, unique=True, verbose_name="登录名")),
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                ("phone", models.CharField(blank=True, max_length=20, verbose_name="手机")),
                ("speciality", models.CharField(blank=True, max_length=100, verbose_name="专业")),
                ("is_active", models.BooleanField(default=True, verbose_name="启用")),
                ("is_staff", models.BooleanField(default=False, verbose_name="可进入后台")),
                ("joined_at", models.DateTimeField(auto_now_add=True, verbose_name="注册时间")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="records.office",
                        verbose_name="工作单位",
                    ),
                ),
                (
                    "password_is_given",
                    models.BooleanField(default=False, verbose_name="口令由单位代设"),
                ),
            ],
            options={
                "verbose_name": "用户",
                "verbose_name_plural": "用户",
            },
        ),
        migrations.CreateModel(
            name="Cycle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60, unique=True, verbose_name="代码")),
                ("title", models.CharField(max_length=100, verbose_name="名称")),
                ("pack", models.SlugField(max_length=60, verbose_name="项目包")),
                ("pack_digest", models.CharField(max_length=64, verbose_name="项目包校验值")),
                (
                    "numbering",
                    models.SlugField(max_length=20, unique=True, verbose_name="编号前缀"),
                ),
                ("opens_at", models.DateTimeField(verbose_name="开始申报")),
                ("closes_at", models.DateTimeField(verbose_name="截止")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="关闭时间")),
                ("opened_at", models.DateTimeField(verbose_name="建立时间")),
                ("last_serial", models.PositiveIntegerField(default=0, verbose_name="最后流水号")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organiser",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="records.office",
                        verbose_name="主办单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "批次",
                "verbose_name_plural": "批次",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("closes_at__gt", models.F("opens_at"))),
                        name="cycle_closes_after_it_opens",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Application",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("track", models.CharField(max_length=30, verbose_name="类别")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                ("created_at", models.DateTimeField(verbose_name="建立时间")),
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                (
                    "name_key",
                    models.CharField(
                        blank=True, db_collation="C", max_length=200, verbose_name="姓名拼音"
                    ),
                ),
                ("sex", models.CharField(blank=True, max_length=10, verbose_name="性别")),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="出生日期")),
                ("sealed_id", models.TextField(blank=True, verbose_name="证件号码（加密）")),
                (
                    "id_mark",
                    models.CharField(blank=True, max_length=64, verbose_name="证件号码校验"),
                ),
                (
                    "title",
                    models.CharField(blank=True, max_length=100, verbose_name="职称或技能等级"),
                ),
                (
                    "speciality",
                    models.CharField(blank=True, max_length=100, verbose_name="专业或工种"),
                ),
                ("search", django.contrib.postgres.search.SearchVectorField(null=True)),
                ("step", models.SlugField(max_length=40, verbose_name="环节")),
                ("standing", models.CharField(default="open", max_length=20, verbose_name="状态")),
                ("turn", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                (
                    "resumes_at",
                    models.SlugField(blank=True, max_length=40, verbose_name="退回环节"),
                ),
                ("channel", models.SlugField(blank=True, max_length=40, verbose_name="渠道")),
                (
                    "ladder",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        size=None,
                        verbose_name="程序",
                    ),
                ),
                ("held_since", models.DateTimeField(verbose_name="到达时间")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="本环节截止")),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="办理单位首次打开"),
                ),
                (
                    "submitted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="提交时间"),
                ),
                (
                    "marks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        size=None,
                        verbose_name="标记",
                    ),
                ),
                (
                    "fits",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40),
                        default=list,
                        size=None,
                        verbose_name="可用指标",
                    ),
                ),
                (
                    "applicant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="applications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="records.cycle"
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.office",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.office",
                        verbose_name="办理单位",
                    ),
                ),
                (
                    "reverts_to",
                    models.CharField(blank=True, max_length=20, verbose_name="取回后的状态"),
                ),
                (
                    "classified",
                    models.SlugField(blank=True, max_length=30, verbose_name="涉密人员"),
                ),
            ],
            options={
                "verbose_name": "申报",
                "verbose_name_plural": "申报",
                "indexes": [
                    models.Index(fields=["cycle", "step", "standing"], name="application_at_step"),
                    models.Index(fields=["cycle", "name_key", "id"], name="application_by_name"),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["search"], name="application_search"
                    ),
                    models.Index(
                        fields=["holder", "standing", "due_at", "id"],
                        name="application_waiting_in_order",
                    ),
                    models.Index(
                        fields=["holder", "standing", "cycle", "step", "track", "due_at", "id"],
                        name="application_in_pile",
                    ),
                    models.Index(fields=["held_since", "id"], name="application_by_day"),
                    models.Index(fields=["due_at", "id"], name="application_by_deadline"),
                    models.Index(
                        condition=models.Q(("standing", "returned")),
                        fields=["due_at", "id"],
                        name="application_returned",
                    ),
                    models.Index(fields=["name_key", "id"], name="application_by_name_anywhere"),
                    models.Index(
                        condition=models.Q(("submitted_at__isnull", True)),
                        fields=["employer"],
                        name="application_draft_of",
                    ),
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["marks"], name="application_marks"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("standing", "withdrawn"), _negated=True),
                        fields=("cycle", "applicant"),
                        name="one_live_application_per_cycle",
                        violation_error_message="同一批次只能有一份有效的申报",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            models.Q(("standing", "withdrawn"), _negated=True),
                            models.Q(("id_mark", ""), _negated=True),
                            ("submitted_at__isnull", False),
                        ),
                        fields=("cycle", "id_mark"),
                        name="one_live_application_per_resident",
                        violation_error_message="同一证件号码在本批次已有申报",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "standing__in",
                                [
                                    "open",
                                    "returned",
                                    "withdrawn",
                                    "rejected",
                                    "not_selected",
                                    "selected",
                                ],
                            )
                        ),
                        name="application_standing_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("turn__gte", 1)), name="application_turn_starts_at_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("submitted_at__isnull", True),
                            models.Q(("channel", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="application_submitted_has_a_route",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reverts_to__in", ["", "open", "returned"])),
                        name="application_reverts_to_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("classified__in", ["", "post", "project", "unit", "rule"])
                        ),
                        name="application_classified_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proceeding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.SlugField(max_length=40, verbose_name="环节")),
                ("kind", models.CharField(max_length=20, verbose_name="类型")),
                ("opened_at", models.DateTimeField(verbose_name="建立时间")),
                ("concluded_at", models.DateTimeField(null=True, verbose_name="办结时间")),
                ("held_on", models.DateField(blank=True, null=True, verbose_name="日期")),
                ("place", models.CharField(blank=True, max_length=200, verbose_name="地点")),
                ("method", models.CharField(blank=True, max_length=40, verbose_name="方式")),
                ("body", models.CharField(blank=True, max_length=100, verbose_name="机构")),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=60, verbose_name="文号"),
                ),
                ("chair", models.CharField(blank=True, max_length=100, verbose_name="主持人")),
                ("remark", models.TextField(blank=True, verbose_name="说明")),
                (
                    "members",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="应到人数"
                    ),
                ),
                (
                    "present",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="实到人数"
                    ),
                ),
                ("starts_on", models.DateField(blank=True, null=True, verbose_name="公示开始")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="公示结束")),
                (
                    "concluded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proceedings",
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
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "issued",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="发出选票"
                    ),
                ),
                (
                    "returned",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="收回选票"
                    ),
                ),
                (
                    "valid",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="有效选票"
                    ),
                ),
                ("tie_reason", models.TextField(blank=True, verbose_name="并列排序理由")),
            ],
            options={
                "verbose_name": "集体办理",
                "verbose_name_plural": "集体办理",
                "indexes": [
                    models.Index(
                        fields=["office", "concluded_at", "id"], name="proceeding_of_office"
                    ),
                    models.Index(fields=["cycle", "kind", "ends_on"], name="proceeding_publicised"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["review", "publicize", "opine", "decide", "recommend"])
                        ),
                        name="proceeding_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("concluded_at__isnull", True), ("concluded_by__isnull", True)
                            ),
                            models.Q(
                                ("concluded_at__isnull", False), ("concluded_by__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="proceeding_concluded_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("present__isnull", True),
                            ("present__lte", models.F("members")),
                            _connector="OR",
                        ),
                        name="proceeding_present_within_members",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="proceeding_publicity_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("issued__isnull", True),
                                ("returned__isnull", True),
                                ("valid__isnull", True),
                            ),
                            models.Q(
                                ("issued__isnull", False),
                                ("issued__lte", models.F("present")),
                                ("present__isnull", False),
                                ("returned__isnull", False),
                                ("returned__lte", models.F("issued")),
                                ("valid__isnull", False),
                                ("valid__lte", models.F("returned")),
                            ),
                            _connector="OR",
                        ),
                        name="proceeding_papers_add_up",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Handling",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("step", models.SlugField(max_length=40, verbose_name="环节")),
                ("act", models.CharField(max_length=20, verbose_name="办理")),
                ("opinion", models.TextField(blank=True, verbose_name="意见")),
                ("done_at", models.DateTimeField(verbose_name="时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handlings",
                        to="records.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.office",
                    ),
                ),
                (
                    "proceeding",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="handlings",
                        to="records.proceeding",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理记录",
                "verbose_name_plural": "办理记录",
                "indexes": [
                    models.Index(fields=["application", "id"], name="handling_of_application"),
                    models.Index(fields=["by", "office", "application"], name="handling_by_person"),
                ],
                "constraints": [
                    models.CheckConstraint(
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
                                ],
                            )
                        ),
                        name="handling_act_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Correction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(verbose_name="退回时的轮次")),
                ("due_at", models.DateTimeField(verbose_name="补正期限")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="补正时间"),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrections",
                        to="records.application",
                    ),
                ),
                (
                    "handling",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, to="records.handling"
                    ),
                ),
            ],
            options={
                "verbose_name": "退回补正",
                "verbose_name_plural": "退回补正",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("answered_at__isnull", True)),
                        fields=("application",),
                        name="one_open_correction",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CorrectionItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", models.CharField(max_length=120, verbose_name="位置")),
                ("label", models.CharField(max_length=200, verbose_name="名称")),
                ("reason_code", models.SlugField(max_length=30, verbose_name="原因")),
                ("words", models.TextField(verbose_name="说明")),
                ("reply", models.TextField(blank=True, verbose_name="申报人答复")),
                (
                    "correction",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="records.correction",
                    ),
                ),
            ],
            options={
                "verbose_name": "补正事项",
                "verbose_name_plural": "补正事项",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("correction", "path"), name="correction_path_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Allotment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("track", models.CharField(max_length=30, verbose_name="类别")),
                ("places", models.PositiveSmallIntegerField(verbose_name="名额")),
                ("document_number", models.CharField(max_length=60, verbose_name="文号")),
                ("set_at", models.DateTimeField(verbose_name="时间")),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="allotments",
                        to="records.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "下达名额",
                "verbose_name_plural": "下达名额",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cycle", "track"), name="allotment_once_per_track"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(verbose_name="内容")),
                ("sent_at", models.DateTimeField(verbose_name="时间")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="阅读时间")),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.application",
                    ),
                ),
                (
                    "handling",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="records.handling",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("key", models.CharField(blank=True, max_length=80, verbose_name="去重标识")),
                ("occasion", models.CharField(blank=True, max_length=20, verbose_name="时机")),
            ],
            options={
                "verbose_name": "站内消息",
                "verbose_name_plural": "站内消息",
                "indexes": [
                    models.Index(fields=["person", "-id"], name="message_of_person"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["person"],
                        name="message_unread",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "handling"), name="message_once_per_handling"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("person", "key"),
                        name="message_once_per_key",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Certification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("condition", models.SlugField(max_length=40, verbose_name="条件")),
                ("holds", models.BooleanField(verbose_name="符合")),
                ("reason", models.TextField(blank=True, verbose_name="理由")),
                ("done_at", models.DateTimeField(verbose_name="时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certifications",
                        to="records.application",
                    ),
                ),
                (
                    "by",
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
                        related_name="+",
                        to="records.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "条件认定",
                "verbose_name_plural": "条件认定",
                "indexes": [
                    models.Index(fields=["application", "turn"], name="certification_of_turn")
                ],
            },
        ),
        migrations.CreateModel(
            name="Appointment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=20, verbose_name="岗位")),
                ("track", models.CharField(blank=True, max_length=30, verbose_name="类别")),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="结束日期")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="appointments",
                        to="records.office",
                    ),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="终止时间")),
                ("given_at", models.DateTimeField(blank=True, null=True, verbose_name="设立时间")),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stands_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stand_ins",
                        to="records.appointment",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "verbose_name_plural": "任职",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "role__in",
                                [
                                    "handler",
                                    "reviewer",
                                    "signatory",
                                    "discipline",
                                    "secretary",
                                    "supervisor",
                                    "operator",
                                ],
                            )
                        ),
                        name="appointment_role_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="appointment_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("person", "office", "role", "track", "starts_on"),
                        name="appointment_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Panel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("step", models.SlugField(max_length=40, verbose_name="环节")),
                ("title", models.CharField(max_length=100, verbose_name="名称")),
                ("track", models.CharField(blank=True, max_length=30, verbose_name="类别")),
                (
                    "document_number",
                    models.CharField(blank=True, max_length=60, verbose_name="组建文号"),
                ),
                ("convened_at", models.DateTimeField(verbose_name="组建时间")),
                (
                    "convened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="panels",
                        to="records.cycle",
                    ),
                ),
            ],
            options={
                "verbose_name": "评委会",
                "verbose_name_plural": "评委会",
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                (
                    "seats",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="拟选名额"
                    ),
                ),
                ("public_key", models.TextField(verbose_name="封票公钥")),
                (
                    "locked_key",
                    models.TextField(blank=True, verbose_name="开票私钥（以开票口令加密）"),
                ),
                ("opened_at", models.DateTimeField(verbose_name="开始时间")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="开票时间")),
                ("is_void", models.BooleanField(default=False, verbose_name="作废")),
                (
                    "candidates",
                    models.ManyToManyField(related_name="ballots", to="records.application"),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="records.panel",
                    ),
                ),
                (
                    "proceeding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ballots",
                        to="records.proceeding",
                    ),
                ),
            ],
            options={
                "verbose_name": "表决",
                "verbose_name_plural": "表决",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proceeding", "round"), name="ballot_once_per_round"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_at__isnull", True), ("locked_key", ""), _connector="OR"
                        ),
                        name="ballot_key_destroyed_when_closed",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PanelMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_chair", models.BooleanField(default=False, verbose_name="主任委员")),
                (
                    "pledged_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="承诺保密时间"),
                ),
                (
                    "panel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="members",
                        to="records.panel",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="panels",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "declared_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="申报回避时间"),
                ),
            ],
            options={
                "verbose_name": "委员",
                "verbose_name_plural": "委员",
                "constraints": [
                    models.UniqueConstraint(fields=("panel", "person"), name="panel_member_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_chair", True)),
                        fields=("panel",),
                        name="panel_has_one_chair",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Envelope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sealed", models.BinaryField(default=b"", verbose_name="密封选票")),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="envelopes",
                        to="records.ballot",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="envelopes",
                        to="records.panelmember",
                    ),
                ),
            ],
            options={
                "verbose_name": "选票封",
                "verbose_name_plural": "选票封",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ballot", "member"), name="envelope_once_per_member"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("receipt", models.CharField(max_length=20, unique=True, verbose_name="回执号")),
                ("sealed_objector", models.TextField(verbose_name="异议人（加密）")),
                ("category", models.SlugField(max_length=30, verbose_name="类别")),
                ("facts", models.TextField(verbose_name="反映内容")),
                ("received_at", models.DateTimeField(verbose_name="收到时间")),
                ("upheld", models.BooleanField(null=True, verbose_name="成立")),
                ("conclusion", models.TextField(blank=True, verbose_name="核查结论")),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="records.application",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "received_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proceeding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="records.proceeding",
                    ),
                ),
                ("answered_on", models.DateField(blank=True, null=True, verbose_name="答复日期")),
                ("finding", models.SlugField(blank=True, max_length=30, verbose_name="核查结果")),
                ("inquiry", models.TextField(blank=True, verbose_name="核查过程")),
                (
                    "refusal",
                    models.SlugField(blank=True, max_length=30, verbose_name="不予受理的理由"),
                ),
                ("remedy", models.SlugField(blank=True, max_length=30, verbose_name="处理")),
                ("statement", models.TextField(blank=True, verbose_name="被反映人陈述")),
                ("way", models.SlugField(default="online", max_length=20, verbose_name="反映方式")),
            ],
            options={
                "verbose_name": "异议",
                "verbose_name_plural": "异议",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", True), ("upheld__isnull", True)),
                            models.Q(
                                ("closed_at__isnull", False),
                                ("upheld__isnull", False),
                                models.Q(("conclusion", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="objection_closed_with_a_conclusion",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("refusal", ""),
                            ("upheld__isnull", True),
                            ("upheld", False),
                            _connector="OR",
                        ),
                        name="objection_refused_is_not_upheld",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProceedingItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("act", models.CharField(blank=True, max_length=20, verbose_name="结果")),
                (
                    "ayes",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="同意"),
                ),
                (
                    "nays",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="反对"),
                ),
                (
                    "abstained",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="弃权"),
                ),
                (
                    "recused",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="回避"),
                ),
                (
                    "rank",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="名次"),
                ),
                ("bucket", models.SlugField(blank=True, max_length=40, verbose_name="指标")),
                ("code", models.SlugField(blank=True, max_length=30, verbose_name="结论代码")),
                ("opinion", models.TextField(blank=True, verbose_name="意见")),
                (
                    "reserve",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="备选次序"
                    ),
                ),
                ("void_at", models.DateTimeField(blank=True, null=True, verbose_name="失效时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="records.application",
                    ),
                ),
                (
                    "proceeding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="records.proceeding",
                    ),
                ),
                (
                    "void",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="废票"),
                ),
                (
                    "unreturned",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="未收回"),
                ),
                ("track", models.SlugField(blank=True, max_length=40, verbose_name="排序的类别")),
                (
                    "preference",
                    models.SlugField(blank=True, max_length=40, verbose_name="优先情形"),
                ),
                ("preferred_because", models.TextField(blank=True, verbose_name="优先理由")),
            ],
            options={
                "verbose_name": "名单项",
                "verbose_name_plural": "名单项",
                "indexes": [
                    models.Index(fields=["application", "proceeding"], name="item_of_application"),
                    models.Index(
                        condition=models.Q(("act", "recommend"), ("void_at__isnull", True)),
                        fields=["bucket", "proceeding"],
                        name="item_takes_a_seat",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proceeding", "application"), name="item_once_per_proceeding"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("unreturned__isnull", True), ("void__isnull", True)),
                            models.Q(
                                ("ayes__isnull", False),
                                ("unreturned__isnull", False),
                                ("void__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="item_spoiled_papers_beside_votes",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("rank__isnull", False), models.Q(("bucket", ""), _negated=True)
                        ),
                        fields=("proceeding", "track", "rank"),
                        name="nomination_rank_once",
                        violation_error_message="推荐排序不能重复",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("preference", ""), ("preferred_because", "")),
                            models.Q(
                                models.Q(("preference", ""), _negated=True),
                                models.Q(("preferred_because", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="item_preferred_with_a_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ProceedingMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                ("employer", models.CharField(max_length=100, verbose_name="单位")),
                ("title", models.CharField(blank=True, max_length=100, verbose_name="职称、职务")),
                ("speciality", models.CharField(blank=True, max_length=100, verbose_name="专业")),
                ("is_present", models.BooleanField(default=True, verbose_name="到会")),
                (
                    "proceeding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="experts",
                        to="records.proceeding",
                    ),
                ),
                (
                    "absence",
                    models.CharField(blank=True, max_length=100, verbose_name="未到会的原因"),
                ),
                ("signed_in_at", models.TimeField(blank=True, null=True, verbose_name="签到时间")),
            ],
            options={
                "verbose_name": "评议专家",
                "verbose_name_plural": "评议专家",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("absence", ""), ("is_present", True)),
                            models.Q(("is_present", False), ("signed_in_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="expert_signs_in_or_is_absent",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                ("birth_date", models.DateField(blank=True, null=True, verbose_name="出生日期")),
                (
                    "id_mark",
                    models.CharField(
                        blank=True, db_index=True, max_length=64, verbose_name="证件号码校验"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "certificate_number",
                    models.CharField(blank=True, max_length=60, verbose_name="证书编号"),
                ),
            ],
            options={
                "verbose_name": "已享受人员",
                "verbose_name_plural": "已享受人员",
                "indexes": [models.Index(fields=["name", "birth_date"], name="recipient_namesake")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("year__gte", 1990)), name="recipient_year_since_1990"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("relation", models.CharField(max_length=100, verbose_name="关系")),
                ("is_computed", models.BooleanField(default=False, verbose_name="系统发现")),
                ("declared_at", models.DateTimeField(verbose_name="时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="records.application",
                    ),
                ),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="records.panelmember",
                    ),
                ),
            ],
            options={
                "verbose_name": "回避",
                "verbose_name_plural": "回避",
                "constraints": [
                    models.UniqueConstraint(fields=("member", "application"), name="recusal_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Result",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("is_approved", models.BooleanField(verbose_name="批准")),
                (
                    "certificate_number",
                    models.CharField(blank=True, max_length=60, verbose_name="证书编号"),
                ),
                ("document_number", models.CharField(max_length=60, verbose_name="文号")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "application",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="result",
                        to="records.application",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "批准结果",
                "verbose_name_plural": "批准结果",
            },
        ),
        migrations.CreateModel(
            name="Seats",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("bucket", models.SlugField(max_length=40, verbose_name="指标")),
                ("granted", models.PositiveSmallIntegerField(null=True, verbose_name="名额")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="records.cycle",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="seats",
                        to="records.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "名额",
                "verbose_name_plural": "名额",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cycle", "office", "bucket"),
                        name="seats_once_per_office_and_bucket",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SeatsChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("before", models.PositiveSmallIntegerField(null=True, verbose_name="原名额")),
                ("after", models.PositiveSmallIntegerField(null=True, verbose_name="新名额")),
                ("reason", models.TextField(verbose_name="理由")),
                ("changed_at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "seats",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="records.seats",
                    ),
                ),
                ("act", models.CharField(default="change", max_length=20, verbose_name="方式")),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "名额调整",
                "verbose_name_plural": "名额调整",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("act__in", ["change", "give_back", "move_out", "move_in"])
                        ),
                        name="seats_change_act_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Section",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=40, verbose_name="部分")),
                ("values", models.JSONField(default=dict, verbose_name="填报内容")),
                ("version", models.PositiveIntegerField(default=1, verbose_name="版本")),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sections",
                        to="records.application",
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
                ("sources", models.JSONField(blank=True, default=dict, verbose_name="来源")),
            ],
            options={
                "verbose_name": "填报内容",
                "verbose_name_plural": "填报内容",
                "constraints": [
                    models.UniqueConstraint(fields=("application", "code"), name="section_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Stop",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("level", models.CharField(max_length=20, verbose_name="层级")),
                (
                    "reached_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="首次到达"),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="stops",
                        to="records.application",
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
            ],
            options={
                "verbose_name": "申报路线",
                "verbose_name_plural": "申报路线",
                "indexes": [
                    models.Index(fields=["office", "reached_at"], name="stop_seen_by"),
                    models.Index(
                        condition=models.Q(("reached_at__isnull", False)),
                        fields=["office", "application"],
                        name="stop_reached",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "level"), name="stop_once_per_level"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("level__in", ["employer", "county", "nominator", "province"])
                        ),
                        name="stop_level_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "digest",
                    models.CharField(
                        max_length=64, primary_key=True, serialize=False, verbose_name="校验值"
                    ),
                ),
                ("size", models.PositiveIntegerField(verbose_name="大小")),
                ("media_type", models.CharField(max_length=100, verbose_name="类型")),
                ("pages", models.PositiveSmallIntegerField(default=1, verbose_name="页数")),
                ("stored_at", models.DateTimeField(verbose_name="存入时间")),
                (
                    "withheld_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="拦截时间"),
                ),
            ],
            options={
                "verbose_name": "文件",
                "verbose_name_plural": "文件",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gt", 0)), name="stored_file_not_empty"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ProceedingFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("added_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proceeding",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="records.proceeding",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.storedfile",
                    ),
                ),
                (
                    "objection",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="records.objection",
                    ),
                ),
            ],
            options={
                "verbose_name": "佐证扫描件",
                "verbose_name_plural": "佐证扫描件",
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("material", models.SlugField(max_length=40, verbose_name="材料")),
                ("claim", models.CharField(blank=True, max_length=120, verbose_name="证明的内容")),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("position", models.PositiveSmallIntegerField(verbose_name="次序")),
                ("added_at", models.DateTimeField(verbose_name="上传时间")),
                (
                    "removed_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="移除时间"),
                ),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="evidence",
                        to="records.application",
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="records.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "证明材料",
                "verbose_name_plural": "证明材料",
                "indexes": [
                    models.Index(fields=["application", "position"], name="evidence_in_order")
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("header", models.JSONField(verbose_name="表头")),
                ("answers", models.JSONField(verbose_name="填报内容")),
                ("evidence", models.JSONField(verbose_name="证明材料")),
                ("findings", models.JSONField(verbose_name="条件核对")),
                ("pack_digest", models.CharField(max_length=64, verbose_name="项目包校验值")),
                ("digest", models.CharField(max_length=64, verbose_name="校验值")),
                ("signed_name", models.CharField(max_length=100, verbose_name="签名")),
                ("submitted_at", models.DateTimeField(verbose_name="提交时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="records.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "提交",
                "verbose_name_plural": "提交",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "turn"), name="submission_once_per_turn"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Trace",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(db_index=True, verbose_name="时间")),
                ("act", models.CharField(max_length=40, verbose_name="操作")),
                ("subject", models.CharField(max_length=40, verbose_name="对象")),
                ("subject_id", models.CharField(max_length=40, verbose_name="对象编号")),
                ("detail", models.JSONField(default=dict, verbose_name="细节")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "操作日志",
                "verbose_name_plural": "操作日志",
                "indexes": [
                    models.Index(fields=["subject", "subject_id", "id"], name="trace_of_subject")
                ],
            },
        ),
        migrations.CreateModel(
            name="BallotPaper",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("choice", models.CharField(max_length=10, verbose_name="选择")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.application",
                    ),
                ),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="papers",
                        to="records.ballot",
                    ),
                ),
            ],
            options={
                "verbose_name": "选票",
                "verbose_name_plural": "选票",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("choice__in", ["aye", "nay", "abstain"])),
                        name="ballot_paper_choice_known",
                    )
                ],
            },
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
                ("texts", models.JSONField(default=dict, verbose_name="各部分")),
            ],
            options={
                "verbose_name": "总结材料",
                "verbose_name_plural": "总结材料",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("cycle", "office", "code", "version"), name="report_version_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("version__gte", 1)), name="report_versions_from_one"
                    ),
                ],
            },
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
            options={
                "verbose_name": "总结材料文件",
                "verbose_name_plural": "总结材料文件",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("report", "position"), name="report_file_in_order"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Examination",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        serialize=False,
                        to="records.storedfile",
                    ),
                ),
                ("doubts", models.JSONField(default=list, verbose_name="疑点")),
                ("examined_at", models.DateTimeField(verbose_name="检查时间")),
                ("unreadable", models.BooleanField(default=False, verbose_name="无法检查")),
                ("words", models.TextField(blank=True, verbose_name="识别的文字")),
                (
                    "words_read_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="识别时间"),
                ),
            ],
            options={
                "verbose_name": "扫描件检查",
                "verbose_name_plural": "扫描件检查",
            },
        ),
        migrations.CreateModel(
            name="Upload",
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
                ("material", models.SlugField(max_length=40, verbose_name="材料")),
                ("claim", models.CharField(blank=True, max_length=120, verbose_name="证明的内容")),
                ("title", models.CharField(max_length=200, verbose_name="名称")),
                ("mark", models.CharField(max_length=64, verbose_name="文件标记")),
                ("size", models.PositiveIntegerField(verbose_name="大小")),
                ("offset", models.PositiveIntegerField(default=0, verbose_name="已收到")),
                ("expires_at", models.DateTimeField(db_index=True, verbose_name="失效时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uploads",
                        to="records.application",
                    ),
                ),
                (
                    "begun_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "evidence",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.evidence",
                    ),
                ),
                (
                    "replaces",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.evidence",
                    ),
                ),
            ],
            options={
                "verbose_name": "上传中的文件",
                "verbose_name_plural": "上传中的文件",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("offset__lte", models.F("size"))),
                        name="upload_within_size",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Likeness",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.PositiveSmallIntegerField(verbose_name="页")),
                ("other_page", models.PositiveSmallIntegerField(verbose_name="另一文件的页")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="likenesses",
                        to="records.storedfile",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "相似扫描件",
                "verbose_name_plural": "相似扫描件",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "page", "other", "other_page"), name="likeness_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PagePrint",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.PositiveSmallIntegerField(verbose_name="页")),
                ("bits", models.CharField(max_length=64, verbose_name="页面指纹")),
                (
                    "bands",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None, verbose_name="指纹分段"
                    ),
                ),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prints",
                        to="records.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "页面指纹",
                "verbose_name_plural": "页面指纹",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["bands"], name="print_by_band")
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("file", "page"), name="print_once_per_page")
                ],
            },
        ),
        migrations.CreateModel(
            name="Proxy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("granted_at", models.DateTimeField(verbose_name="开始时间")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proxies",
                        to="records.application",
                    ),
                ),
                (
                    "granted_by",
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
                        related_name="+",
                        to="records.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "代填",
                "verbose_name_plural": "代填",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("application",),
                        name="one_live_proxy",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_at__isnull", True),
                            ("ended_at__gte", models.F("granted_at")),
                            _connector="OR",
                        ),
                        name="proxy_ends_after_it_starts",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RosterEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="姓名")),
                ("id_mark", models.CharField(max_length=64, verbose_name="证件号码校验")),
                ("facts", models.JSONField(default=dict, verbose_name="所填内容")),
                ("imported_at", models.DateTimeField(verbose_name="导入时间")),
                (
                    "imported_by",
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
                        related_name="+",
                        to="records.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "花名册",
                "verbose_name_plural": "花名册",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "id_mark"), name="roster_once_per_office"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Printing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("copies", models.PositiveSmallIntegerField(verbose_name="份数")),
                (
                    "pages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        size=None,
                        verbose_name="各页校验标记",
                    ),
                ),
                ("digest", models.CharField(max_length=64, verbose_name="校验标记")),
                ("made_at", models.DateTimeField(verbose_name="时间")),
                (
                    "submission",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="printings",
                        to="records.submission",
                    ),
                ),
            ],
            options={
                "verbose_name": "打印件",
                "verbose_name_plural": "打印件",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("submission", "digest"), name="printing_kept_once"
                    )
                ],
            },
        ),
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "常用筛选",
                "verbose_name_plural": "常用筛选",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "name"),
                        name="work_view_name_once",
                        violation_error_message="已有同名的常用筛选",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_default", True)),
                        fields=("person",),
                        name="one_default_work_view",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Proposal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("step", models.SlugField(max_length=40, verbose_name="环节")),
                ("act", models.CharField(max_length=20, verbose_name="办理")),
                ("opinion", models.TextField(blank=True, verbose_name="意见")),
                ("content", models.JSONField(default=dict, verbose_name="内容")),
                (
                    "awaits",
                    models.CharField(blank=True, max_length=20, verbose_name="等候签署的岗位"),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="拟办时间")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="proposals",
                        to="records.application",
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
            ],
            options={
                "verbose_name": "拟办",
                "verbose_name_plural": "拟办",
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at__isnull", True)),
                        fields=("application",),
                        name="one_open_proposal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("act__in", ("endorse", "send_back", "reject"))),
                        name="proposal_act_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="打开时间")),
                ("seen_at", models.DateTimeField(verbose_name="最近一次")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="readings",
                        to="records.application",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "正在查看",
                "verbose_name_plural": "正在查看",
                "constraints": [
                    models.UniqueConstraint(fields=("application", "by"), name="reading_once"),
                    models.CheckConstraint(
                        condition=models.Q(("seen_at__gte", models.F("since"))),
                        name="reading_in_order",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("role", models.CharField(max_length=20, verbose_name="岗位")),
                ("agrees", models.BooleanField(verbose_name="同意")),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ("signed_at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="records.proposal",
                    ),
                ),
            ],
            options={
                "verbose_name": "签署",
                "verbose_name_plural": "签署",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("proposal", "role"), name="signature_once_per_role"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("agrees", True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="signature_given_back_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Tick",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("step", models.SlugField(max_length=40, verbose_name="环节")),
                ("place", models.CharField(max_length=120, verbose_name="位置")),
                ("holds", models.BooleanField(verbose_name="属实")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="存疑之处")),
                ("digest", models.CharField(max_length=64, verbose_name="校验标记")),
                ("ticked_at", models.DateTimeField(verbose_name="时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ticks",
                        to="records.application",
                    ),
                ),
                (
                    "by",
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
                        related_name="+",
                        to="records.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "核对",
                "verbose_name_plural": "核对",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "turn", "step", "by", "place"), name="tick_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("holds", True), models.Q(("note", ""), _negated=True), _connector="OR"
                        ),
                        name="tick_in_doubt_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PointAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("turn", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("step", models.SlugField(max_length=40, verbose_name="环节")),
                ("point", models.SlugField(max_length=40, verbose_name="审核要点")),
                ("holds", models.BooleanField(verbose_name="是")),
                ("answered_at", models.DateTimeField(verbose_name="时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="point_answers",
                        to="records.application",
                    ),
                ),
                (
                    "by",
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
                        related_name="+",
                        to="records.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "审核要点答复",
                "verbose_name_plural": "审核要点答复",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("application", "turn", "step", "point", "answered_at"),
                        name="point_answered_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Parcel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("track", models.CharField(max_length=30, verbose_name="类别")),
                ("number", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                ("begun_at", models.DateTimeField(verbose_name="建立时间")),
                (
                    "cycle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parcels",
                        to="records.cycle",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parcels",
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
            options={
                "verbose_name": "邮包",
                "verbose_name_plural": "邮包",
                "constraints": [
                    models.UniqueConstraint(fields=("cycle", "office", "track"), name="parcel_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Mailing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("courier", models.CharField(max_length=40, verbose_name="承运单位")),
                ("tracking_number", models.CharField(max_length=40, verbose_name="运单号")),
                ("sent_on", models.DateField(verbose_name="寄出日期")),
                ("sealed_by", models.CharField(max_length=50, verbose_name="装箱人")),
                ("contents", models.JSONField(verbose_name="装了什么")),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="mailings",
                        to="records.parcel",
                    ),
                ),
            ],
            options={
                "verbose_name": "寄出",
                "verbose_name_plural": "寄出",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("parcel", "courier", "tracking_number"), name="mailing_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CopyTick",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("paper", models.CharField(max_length=60, verbose_name="编号")),
                ("copy", models.PositiveSmallIntegerField(verbose_name="第几份")),
                ("item", models.CharField(max_length=40, verbose_name="核对什么")),
                ("is_there", models.BooleanField(verbose_name="有")),
                ("ticked_at", models.DateTimeField(verbose_name="时间")),
                (
                    "ticked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ticks",
                        to="records.parcel",
                    ),
                ),
            ],
            options={
                "verbose_name": "勾选",
                "verbose_name_plural": "勾选",
                "indexes": [models.Index(fields=["parcel", "id"], name="tick_of_parcel")],
            },
        ),
        migrations.CreateModel(
            name="Arrival",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("arrived_on", models.DateField(verbose_name="收到日期")),
                ("postmarked_on", models.DateField(blank=True, null=True, verbose_name="邮戳日期")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="外观")),
                ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="arrivals",
                        to="records.parcel",
                    ),
                ),
            ],
            options={
                "verbose_name": "收到",
                "verbose_name_plural": "收到",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("parcel", "arrived_on", "postmarked_on"),
                        name="arrival_once",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PileScan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("given_at", models.DateTimeField(verbose_name="上传时间")),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="读完时间")),
                (
                    "blind",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(),
                        default=list,
                        size=None,
                        verbose_name="读不出的页",
                    ),
                ),
                ("is_broken", models.BooleanField(default=False, verbose_name="打不开")),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.storedfile",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="records.parcel",
                    ),
                ),
            ],
            options={
                "verbose_name": "扫描件",
                "verbose_name_plural": "扫描件",
                "constraints": [
                    models.UniqueConstraint(fields=("parcel", "file"), name="pile_scan_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("read_at__isnull", False),
                            models.Q(("blind", []), ("is_broken", False)),
                            _connector="OR",
                        ),
                        name="pile_scan_found_when_read",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PageSeen",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("paper", models.CharField(max_length=60, verbose_name="编号")),
                ("turn", models.PositiveSmallIntegerField(verbose_name="轮次")),
                ("digest", models.CharField(blank=True, max_length=12, verbose_name="校验码")),
                ("copy", models.PositiveSmallIntegerField(verbose_name="第几份")),
                ("page", models.PositiveSmallIntegerField(verbose_name="第几页")),
                ("pages", models.PositiveSmallIntegerField(verbose_name="共几页")),
                ("present_turn", models.PositiveSmallIntegerField(verbose_name="核对时的轮次")),
                ("verdict", models.CharField(max_length=12, verbose_name="结论")),
                ("way", models.CharField(max_length=10, verbose_name="方式")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="手工登记的理由"),
                ),
                (
                    "scan_page",
                    models.PositiveSmallIntegerField(null=True, verbose_name="扫描件第几页"),
                ),
                ("seen_at", models.DateTimeField(verbose_name="时间")),
                (
                    "seen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "parcel",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages_seen",
                        to="records.parcel",
                    ),
                ),
                (
                    "scan",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pages_seen",
                        to="records.pilescan",
                    ),
                ),
            ],
            options={
                "verbose_name": "核对的页",
                "verbose_name_plural": "核对的页",
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "parcel",
                            "paper",
                            "turn",
                            "digest",
                            "copy",
                            "page",
                            "present_turn",
                        ),
                        name="page_seen_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("copy__gte", 1), ("page__gte", 1), ("page__lte", models.F("pages"))
                        ),
                        name="page_seen_within_its_paper",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("way", "hand"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="page_by_hand_has_reason",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Dispatch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("occasion", models.CharField(max_length=20, verbose_name="时机")),
                ("carrier", models.CharField(max_length=10, verbose_name="发送方式")),
                ("words", models.TextField(verbose_name="内容")),
                ("values", models.JSONField(default=dict, verbose_name="占位的值")),
                ("key", models.CharField(max_length=80, unique=True, verbose_name="去重标识")),
                ("made_at", models.DateTimeField(verbose_name="生成时间")),
                ("state", models.CharField(max_length=10, verbose_name="发送状态")),
                ("released_at", models.DateTimeField(null=True, verbose_name="放行时间")),
                ("due_at", models.DateTimeField(null=True, verbose_name="不早于")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="已试次数")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="发送结束时间")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=200, verbose_name="没有送达的原因"),
                ),
                (
                    "application",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.application",
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dispatches",
                        to="records.office",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "released_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "外发消息",
                "verbose_name_plural": "外发消息",
                "indexes": [
                    models.Index(fields=["office", "state", "-id"], name="dispatch_in_outbox"),
                    models.Index(
                        condition=models.Q(("state__in", ["released", "sending"])),
                        fields=["due_at"],
                        name="dispatch_due",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "occasion__in",
                                [
                                    "returned",
                                    "reminded",
                                    "lapsed",
                                    "deadline",
                                    "accepted",
                                    "nominated",
                                    "ended",
                                    "publicised",
                                    "result",
                                    "new_files",
                                    "overdue",
                                    "invited",
                                    "daily",
                                ],
                            )
                        ),
                        name="dispatch_occasion_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("carrier__in", ["sms", "mail", "robot"])),
                        name="dispatch_carrier_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "waiting",
                                    "held",
                                    "released",
                                    "sending",
                                    "sent",
                                    "failed",
                                    "bounced",
                                    "unclear",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="dispatch_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("person__isnull", False), ("carrier", "robot"), _connector="XOR"
                        ),
                        name="dispatch_has_one_receiver",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_at__isnull", False),
                            models.Q(
                                (
                                    "state__in",
                                    ["sent", "failed", "bounced", "unclear", "cancelled"],
                                ),
                                _negated=True,
                            ),
                            _connector="XOR",
                        ),
                        name="dispatch_settled_has_a_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("due_at__isnull", False),
                            models.Q(("state__in", ["released", "sending", "sent"]), _negated=True),
                            _connector="OR",
                        ),
                        name="dispatch_goes_once_released",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reach",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "pace",
                    models.CharField(default="at_once", max_length=10, verbose_name="接收方式"),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="邮箱")),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reach",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "接收设置",
                "verbose_name_plural": "接收设置",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pace__in", ["at_once", "daily", "never"])),
                        name="reach_pace_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Robot",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=10, verbose_name="类型")),
                ("sealed_url", models.TextField(verbose_name="地址")),
                ("sealed_secret", models.TextField(blank=True, verbose_name="加签密钥")),
                ("set_at", models.DateTimeField(verbose_name="设置时间")),
                (
                    "office",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="robot",
                        to="records.office",
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "工作群机器人",
                "verbose_name_plural": "工作群机器人",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["wecom", "dingtalk"])),
                        name="robot_kind_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SendingRule",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("occasion", models.CharField(max_length=20, verbose_name="时机")),
                ("carrier", models.CharField(max_length=10, verbose_name="发送方式")),
                ("release", models.CharField(max_length=10, verbose_name="放行")),
                ("words", models.TextField(verbose_name="内容")),
                ("changed_at", models.DateTimeField(verbose_name="修改时间")),
                (
                    "changed_by",
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
                        related_name="sending_rules",
                        to="records.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "发送规则",
                "verbose_name_plural": "发送规则",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "occasion", "carrier"), name="sending_rule_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("release__in", ["at_once", "look", "off"])),
                        name="sending_rule_known",
                    ),
                ],
            },
        ),
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
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="access_reviews",
                        to="records.office",
                    ),
                ),
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
                (
                    "above",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="employer_requests",
                        to="records.office",
                    ),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "office",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.office",
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.storedfile",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位登记申请",
                "verbose_name_plural": "单位登记申请",
                "constraints": [
                    models.CheckConstraint(
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
                    models.CheckConstraint(
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
                    models.UniqueConstraint(
                        condition=models.Q(("outcome", "")),
                        fields=("credit_code",),
                        name="employer_asks_once_at_a_time",
                    ),
                ],
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
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="former_names",
                        to="records.office",
                    ),
                ),
            ],
            options={
                "verbose_name": "曾用名",
                "verbose_name_plural": "曾用名",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "until_on"), name="former_name_once_a_day"
                    )
                ],
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
                (
                    "decided_by",
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
                        related_name="changes",
                        to="records.office",
                    ),
                ),
                (
                    "other",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="records.office",
                        verbose_name="新上级或并入的机构",
                    ),
                ),
            ],
            options={
                "verbose_name": "机构变更",
                "verbose_name_plural": "机构变更",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "rename"),
                                ("other__isnull", True),
                                models.Q(("name", ""), _negated=True),
                            ),
                            models.Q(
                                ("kind__in", ["move", "merge"]),
                                ("name", ""),
                                ("other__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="office_change_says_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="office_change_has_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True), ("dropped_at__isnull", True), _connector="OR"
                        ),
                        name="office_change_done_or_dropped",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("done_at__isnull", True), ("dropped_at__isnull", True)),
                        fields=("office",),
                        name="one_office_change_waiting",
                        violation_error_message="这个机构已有一项变更等待生效",
                    ),
                ],
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
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "导入的名册",
                "verbose_name_plural": "导入的名册",
                "indexes": [models.Index(fields=["expires_at"], name="register_sheet_expiring")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["offices", "employers", "posts"])),
                        name="register_sheet_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("read_at"))),
                        name="register_sheet_expires_after",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvaluationDraft",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("typed", models.JSONField(default=dict, verbose_name="暂存的内容")),
                ("saved_at", models.DateTimeField(verbose_name="暂存时间")),
                (
                    "proceeding",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="draft",
                        to="records.proceeding",
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
                "verbose_name": "暂存的评议",
                "verbose_name_plural": "暂存的评议",
            },
        ),
        migrations.CreateModel(
            name="ExpertMark",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "score",
                    models.DecimalField(
                        blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="得分"
                    ),
                ),
                ("relation", models.CharField(blank=True, max_length=20, verbose_name="回避原因")),
                (
                    "expert",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="records.proceedingmember",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="marks",
                        to="records.proceedingitem",
                    ),
                ),
            ],
            options={
                "verbose_name": "专家评分",
                "verbose_name_plural": "专家评分",
                "constraints": [
                    models.UniqueConstraint(fields=("expert", "item"), name="expert_mark_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("relation", ""), ("score__isnull", False)),
                            models.Q(
                                ("score__isnull", True), models.Q(("relation", ""), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="expert_scores_or_keeps_out",
                    ),
                ],
            },
        ),
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
                "indexes": [models.Index(fields=["expires_at"], name="made_file_expiring")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("asked_at"))),
                        name="made_file_expires_after_it_is_asked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("size__isnull", True),
                            models.Q(("finished_at__isnull", False), ("refused", "")),
                            _connector="OR",
                        ),
                        name="made_file_with_a_size_is_finished",
                    ),
                ],
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
                "constraints": [
                    models.UniqueConstraint(
                        fields=("file", "position"), name="made_file_piece_in_order"
                    )
                ],
            },
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
            model_name="handling",
            trigger=pgtrigger.compiler.Trigger(
                name="handling_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="45d8ecbf469b3fda0f17c26788f4681317ce0e17",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_handling_only_grows_80337",
                    table="records_handling",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="certification",
            trigger=pgtrigger.compiler.Trigger(
                name="certification_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="198ae8d1d13656a5ce23407b67c48201f38dea98",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_certification_only_grows_f787e",
                    table="records_certification",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="seatschange",
            trigger=pgtrigger.compiler.Trigger(
                name="seats_change_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="50334e446ad623f29f4028229c8fc892aef73cee",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_seats_change_only_grows_2f896",
                    table="records_seatschange",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="proceedingfile",
            trigger=pgtrigger.compiler.Trigger(
                name="proceeding_file_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1344fc457a0043b26b787781a58af28147237a5b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_proceeding_file_only_grows_591d7",
                    table="records_proceedingfile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="submission",
            trigger=pgtrigger.compiler.Trigger(
                name="submission_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="2ec49e603fc17fc7cebeb0f74081579dbc5c3778",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_submission_only_grows_28584",
                    table="records_submission",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="trace",
            trigger=pgtrigger.compiler.Trigger(
                name="trace_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="dd8e141819d4797af50265fef17678441ac60ec1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_trace_only_grows_1026c",
                    table="records_trace",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="ballotpaper",
            trigger=pgtrigger.compiler.Trigger(
                name="ballot_paper_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="616140378bd246a535b3448c8f6a60bc2c1f9d84",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_ballot_paper_only_grows_a2745",
                    table="records_ballotpaper",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="report",
            trigger=pgtrigger.compiler.Trigger(
                name="report_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="edd18511d85cb1e36065f920eb3b1425a1e5ae73",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_report_only_grows_e2be9",
                    table="records_report",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reportfile",
            trigger=pgtrigger.compiler.Trigger(
                name="report_file_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="6bec30fee85055da9dfe76d8f9a0e8f6338c3848",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_report_file_only_grows_711bb",
                    table="records_reportfile",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="printing",
            trigger=pgtrigger.compiler.Trigger(
                name="printing_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5064a9c56db0f756feca744eca777c1854af71b1",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_printing_only_grows_e6ffb",
                    table="records_printing",
                    when="BEFORE",
                ),
            ),
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
        pgtrigger.migrations.AddTrigger(
            model_name="signature",
            trigger=pgtrigger.compiler.Trigger(
                name="signature_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="0a182912b92be11456becdb84295c3456ca04c66",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_signature_only_grows_4983d",
                    table="records_signature",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pointanswer",
            trigger=pgtrigger.compiler.Trigger(
                name="point_answer_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="88f22d84276395f16f47c462a88f5099420484d5",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_point_answer_only_grows_4fb8f",
                    table="records_pointanswer",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="parcel",
            trigger=pgtrigger.compiler.Trigger(
                name="parcel_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c44328b449c2ced27dbb32b8704644aa43a3f621",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_parcel_only_grows_c68ef",
                    table="records_parcel",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="mailing",
            trigger=pgtrigger.compiler.Trigger(
                name="mailing_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="5c0b7b20f03735f21dca9e49e1565b2db25c6081",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_mailing_only_grows_2db2e",
                    table="records_mailing",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="copytick",
            trigger=pgtrigger.compiler.Trigger(
                name="copy_tick_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c9cd3881ded2a3472f4dfe7fd4ff25eef1e2acf7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_copy_tick_only_grows_ef41b",
                    table="records_copytick",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="arrival",
            trigger=pgtrigger.compiler.Trigger(
                name="arrival_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="26b6906919e81c2f9781341691037262350e4faf",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_arrival_only_grows_96718",
                    table="records_arrival",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="pageseen",
            trigger=pgtrigger.compiler.Trigger(
                name="page_seen_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="559d013e4640f54b243c23e13b2a87a054e352f0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_page_seen_only_grows_82f8d",
                    table="records_pageseen",
                    when="BEFORE",
                ),
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
        pgtrigger.migrations.AddTrigger(
            model_name="reportreturn",
            trigger=pgtrigger.compiler.Trigger(
                name="report_return_only_grows",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="25bc68062b2b8e5edec6ca7b6638c9a060335656",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_report_return_only_grows_f0e43",
                    table="records_reportreturn",
                    when="BEFORE",
                ),
            ),
        ),
    ]
