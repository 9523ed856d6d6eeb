"""Ranks by track, the reason for a preference, the chair's reason, and how seats were moved."""

import django.db.models.deletion
from django.db import migrations, models

# Lists of nominees were ranked across tracks; their numbers stay as they were printed.
RANKED_BY_TRACK = """
    UPDATE records_proceedingitem i SET track = a.track
    FROM records_application a, records_proceeding p
    WHERE a.id = i.application_id AND p.id = i.proceeding_id
      AND p.kind = 'recommend' AND i.rank IS NOT NULL AND i.track = ''
"""
# The chair's reasons ended a list's remarks, each on a line of its own.
OUT_OF_REMARKS = r"""
    UPDATE records_proceeding SET
      tie_reason = replace(
        substring(remark from '(?:^|\n)并列排序理由：(.*)$'), E'\n并列排序理由：', E'\n'
      ),
      remark = regexp_replace(remark, '(^|\n)并列排序理由：.*$', '')
    WHERE remark ~ '(^|\n)并列排序理由：'
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0020_care_for_offices")]

    operations = [
        migrations.RemoveConstraint(model_name="proceedingitem", name="nomination_rank_once"),
        migrations.AddField(
            model_name="proceeding",
            name="tie_reason",
            field=models.TextField(blank=True, verbose_name="并列排序理由"),
        ),
        migrations.AddField(
            model_name="proceedingitem",
            name="track",
            field=models.SlugField(blank=True, max_length=40, verbose_name="排序的类别"),
        ),
        migrations.AddField(
            model_name="proceedingitem",
            name="preference",
            field=models.SlugField(blank=True, max_length=40, verbose_name="优先情形"),
        ),
        migrations.AddField(
            model_name="proceedingitem",
            name="preferred_because",
            field=models.TextField(blank=True, verbose_name="优先理由"),
        ),
        migrations.AddField(
            model_name="seatschange",
            name="act",
            field=models.CharField(default="change", max_length=20, verbose_name="方式"),
        ),
        migrations.AddField(
            model_name="seatschange",
            name="other",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.office",
            ),
        ),
        migrations.RunSQL(RANKED_BY_TRACK, migrations.RunSQL.noop),
        migrations.RunSQL(OUT_OF_REMARKS, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="proceedingitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("rank__isnull", False), models.Q(("bucket", ""), _negated=True)
                ),
                fields=("proceeding", "track", "rank"),
                name="nomination_rank_once",
                violation_error_message="推荐排序不能重复",
            ),
        ),
        migrations.AddConstraint(
            model_name="proceedingitem",
            constraint=models.CheckConstraint(
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
        ),
        migrations.AddConstraint(
            model_name="seatschange",
            constraint=models.CheckConstraint(
                condition=models.Q(("act__in", ["change", "give_back", "move_out", "move_in"])),
                name="seats_change_act_known",
            ),
        ),
    ]
