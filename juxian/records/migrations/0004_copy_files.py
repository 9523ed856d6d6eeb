import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0003_nominate_again"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileCopy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="阅知时间")),
                (
                    "application",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="records.application",
                    ),
                ),
                (
                    "handling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="copies",
                        to="records.handling",
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
                "verbose_name": "抄送",
                "verbose_name_plural": "抄送",
                "indexes": [
                    models.Index(fields=["application", "office"], name="file_copy_of_file"),
                    models.Index(
                        condition=models.Q(("read_at__isnull", True)),
                        fields=["office", "application"],
                        name="file_copy_unread",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("office", "handling"), name="file_copy_once")
                ],
            },
        ),
    ]
