"""Which dossiers had their slip of a survey (docs/onestop.md)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('onestop', '0010_refusals'),
    ]

    operations = [
        migrations.CreateModel(
            name='SurveySlip',
            fields=[
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='survey_slip', serialize=False, to='onestop.dossier', verbose_name='hồ sơ')),
            ],
            options={
                'verbose_name': 'hồ sơ đã có phiếu khảo sát',
                'verbose_name_plural': 'hồ sơ đã có phiếu khảo sát',
                'ordering': ['dossier'],
            },
        ),
    ]
