from django.db import migrations, models

from dinhlang.org.ledger_triggers import append_only


class Migration(migrations.Migration):
    """In a transaction of its own: PostgreSQL does not alter a table whose rows were just changed."""

    dependencies = [
        ('org', '0004_audit_chain'),
    ]

    operations = [
        migrations.AlterField(
            model_name='auditentry',
            name='number',
            field=models.PositiveBigIntegerField(verbose_name='số trong chuỗi'),
        ),
        migrations.AddConstraint(
            model_name='auditentry',
            constraint=models.UniqueConstraint(fields=('unit', 'number'), name='audit_number_once_in_a_unit'),
        ),
        migrations.AddConstraint(
            model_name='auditentry',
            constraint=models.UniqueConstraint(condition=models.Q(('unit', None)), fields=('number',), name='audit_number_once_without_a_unit'),
        ),
        append_only("org_auditentry"),
        append_only("org_audithead", update_when="NEW.count <> OLD.count + 1 OR NEW.chain <> OLD.chain"),
    ]
