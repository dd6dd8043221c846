from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0002_audit_append_only'),
    ]

    operations = [
        migrations.RemoveField(model_name='person', name='first_name'),
        migrations.RemoveField(model_name='person', name='last_name'),
    ]
