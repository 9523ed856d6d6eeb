"""A file is returned to its applicant or one level down: it climbs again through all who did."""

import django.contrib.postgres.fields
from django.db import migrations, models


def steps_of_one(apps, _schema):
    """What had one step to go back up to has a list of that one."""
    rows = apps.get_model("records", "Application").objects
    sent_down = rows.exclude(resumes_at="").order_by()
    for code in list(sent_down.values_list("resumes_at", flat=True).distinct()):
        rows.filter(resumes_at=code).update(climbs_again=[code])


class Migration(migrations.Migration):
    dependencies = [
        ("records", "0005_second_evaluations"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="climbs_again",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40),
                blank=True,
                default=list,
                size=None,
                verbose_name="退回环节",
            ),
        ),
        migrations.RunPython(steps_of_one, migrations.RunPython.noop),
        migrations.RemoveField(model_name="application", name="resumes_at"),
        migrations.RenameField(
            model_name="application", old_name="climbs_again", new_name="resumes_at"
        ),
        migrations.RemoveConstraint(model_name="handling", name="handling_act_known"),
        migrations.RemoveConstraint(model_name="proposal", name="proposal_act_known"),
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
                            "send_down",
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
            model_name="proposal",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ("endorse", "send_back", "send_down", "reject"))),
                name="proposal_act_known",
            ),
        ),
    ]
