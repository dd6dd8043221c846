"""The register of refusals (docs/onestop.md)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('onestop', '0009_checked_guide_steps'),
        ('org', '0011_retention'),
    ]

    operations = [
        migrations.CreateModel(
            name='Refusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('number', models.PositiveIntegerField(verbose_name='số')),
                ('dossier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='refusal', to='onestop.dossier', verbose_name='hồ sơ')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dossier_refusals', to='org.unit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'dòng của sổ từ chối tiếp nhận',
                'verbose_name_plural': 'sổ từ chối tiếp nhận',
                'ordering': ['unit', '-year', '-number'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'year', 'number'), name='refusal_number_once')],
            },
        ),
    ]
