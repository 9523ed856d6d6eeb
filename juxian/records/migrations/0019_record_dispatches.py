"""Messages that leave the system, by which rules, and how people want to be reached."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0018_record_parcels"),
    ]

    operations = [
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
            ],
            options={
                "verbose_name": "外发消息",
                "verbose_name_plural": "外发消息",
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
            ],
            options={
                "verbose_name": "接收设置",
                "verbose_name_plural": "接收设置",
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
            ],
            options={
                "verbose_name": "工作群机器人",
                "verbose_name_plural": "工作群机器人",
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
            ],
            options={
                "verbose_name": "发送规则",
                "verbose_name_plural": "发送规则",
            },
        ),
        migrations.AddField(
            model_name="message",
            name="key",
            field=models.CharField(blank=True, max_length=80, verbose_name="去重标识"),
        ),
        migrations.AddField(
            model_name="message",
            name="occasion",
            field=models.CharField(blank=True, max_length=20, verbose_name="时机"),
        ),
        migrations.AddIndex(
            model_name="message",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True)),
                fields=["person"],
                name="message_unread",
            ),
        ),
        migrations.AddConstraint(
            model_name="message",
            constraint=models.UniqueConstraint(
                condition=models.Q(("key", ""), _negated=True),
                fields=("person", "key"),
                name="message_once_per_key",
            ),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="application",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.application",
            ),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="dispatches",
                to="records.office",
            ),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="person",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="dispatch",
            name="released_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reach",
            name="person",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="reach",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="robot",
            name="office",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="robot",
                to="records.office",
            ),
        ),
        migrations.AddField(
            model_name="robot",
            name="set_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sendingrule",
            name="changed_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="sendingrule",
            name="office",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sending_rules",
                to="records.office",
            ),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(fields=["office", "state", "-id"], name="dispatch_in_outbox"),
        ),
        migrations.AddIndex(
            model_name="dispatch",
            index=models.Index(
                condition=models.Q(("state__in", ["released", "sending"])),
                fields=["due_at"],
                name="dispatch_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("carrier__in", ["sms", "mail", "robot"])),
                name="dispatch_carrier_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("person__isnull", False), ("carrier", "robot"), _connector="XOR"
                ),
                name="dispatch_has_one_receiver",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("settled_at__isnull", False),
                    models.Q(
                        ("state__in", ["sent", "failed", "bounced", "unclear", "cancelled"]),
                        _negated=True,
                    ),
                    _connector="XOR",
                ),
                name="dispatch_settled_has_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="dispatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("due_at__isnull", False),
                    models.Q(("state__in", ["released", "sending", "sent"]), _negated=True),
                    _connector="OR",
                ),
                name="dispatch_goes_once_released",
            ),
        ),
        migrations.AddConstraint(
            model_name="reach",
            constraint=models.CheckConstraint(
                condition=models.Q(("pace__in", ["at_once", "daily", "never"])),
                name="reach_pace_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="robot",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["wecom", "dingtalk"])), name="robot_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="sendingrule",
            constraint=models.UniqueConstraint(
                fields=("office", "occasion", "carrier"), name="sending_rule_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="sendingrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("release__in", ["at_once", "look", "off"])),
                name="sending_rule_known",
            ),
        ),
    ]
