"""What waits, found in the order of its list without sorting."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("records", "0003_record_declarations")]

    operations = [
        migrations.AddIndex(
            model_name="application",
            index=models.Index(
                fields=["holder", "standing", "due_at", "id"], name="application_waiting_in_order"
            ),
        ),
        migrations.RemoveIndex(model_name="application", name="application_waiting"),
    ]
