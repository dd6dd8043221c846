from django.db import migrations

from dinhlang.org.ledger_triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("org", "0001_initial")]

    operations = [append_only("org_auditentry")]
