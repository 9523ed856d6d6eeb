"""The one clock. A rehearsal or a demo replaces the function in its own database."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("records", "0001_create_records")]

    operations = [
        migrations.RunSQL(
            "CREATE FUNCTION juxian_now() RETURNS timestamptz LANGUAGE sql VOLATILE "
            "AS 'SELECT clock_timestamp()'",
            "DROP FUNCTION juxian_now()",
        )
    ]
