"""When a member last declared recusals: so far only the traces told."""

from django.db import migrations, models

BACKFILL = """
    UPDATE records_panelmember m SET declared_at = t.at
    FROM (
        SELECT by_id, subject_id, max(at) AS at FROM records_trace
        WHERE act = 'declare' AND subject = 'panel' GROUP BY by_id, subject_id
    ) t
    WHERE t.by_id = m.person_id AND t.subject_id = m.panel_id::text
"""


class Migration(migrations.Migration):
    dependencies = [("records", "0002_create_clock")]

    operations = [
        migrations.AddField(
            model_name="panelmember",
            name="declared_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="申报回避时间"),
        ),
        migrations.RunSQL(BACKFILL, migrations.RunSQL.noop),
    ]
