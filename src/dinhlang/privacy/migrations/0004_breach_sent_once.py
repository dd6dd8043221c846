"""A form of the register of breaches that is sent twice is one breach."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0003_rights_of_the_decree'),
    ]

    operations = [
        migrations.AddField(
            model_name='breach',
            name='key',
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name='breach',
            constraint=models.UniqueConstraint(fields=('unit', 'key'), name='breach_sent_once'),
        ),
    ]
