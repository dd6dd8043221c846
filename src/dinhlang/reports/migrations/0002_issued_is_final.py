"""Once issued, a report, its figures and its line in the register are out of reach of UPDATE and DELETE."""

from django.db import migrations

from dinhlang.org.ledger_triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        append_only("reports_report", when="OLD.status = 'issued'"),
        append_only("reports_reportfigure", when="OLD.is_final"),
        append_only("reports_registerentry"),
        append_only("reports_outline"),
    ]
