"""From here on the database refuses to change or delete a line of the ledger."""

from django.db import migrations

from dinhlang.org.ledger_triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("work", "0001_initial")]

    operations = [
        append_only("work_activity"),
        append_only("work_measure"),
        append_only("work_evidence"),
        append_only("work_reversal"),
    ]
