"""The figures of a year as the public page tells them, kept; the dossiers that a file of the province only confirmed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('onestop', '0006_words_from_an_index'),
        ('org', '0011_retention'),
    ]

    operations = [
        migrations.CreateModel(
            name='ConfirmedRows',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dossiers', models.JSONField(default=list, verbose_name='các hồ sơ')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='confirmations', to='onestop.importrun', verbose_name='lần nhập')),
            ],
            options={
                'verbose_name': 'hồ sơ được tệp xác nhận',
                'verbose_name_plural': 'hồ sơ được tệp xác nhận',
                'ordering': ['run', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='YearFigures',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='năm')),
                ('last', models.DateField(verbose_name='đến hết ngày')),
                ('months', models.JSONField(default=list, verbose_name='theo tháng')),
                ('fields', models.JSONField(default=list, verbose_name='theo lĩnh vực')),
                ('counted_at', models.DateTimeField(verbose_name='tính lúc')),
                ('is_due', models.BooleanField(default=False, verbose_name='phải tính lại')),
                ('is_counting', models.BooleanField(default=False, verbose_name='đang tính lại')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit', verbose_name='đơn vị')),
            ],
            options={
                'verbose_name': 'số liệu của năm',
                'verbose_name_plural': 'số liệu của năm',
                'ordering': ['unit', '-year'],
                'constraints': [models.UniqueConstraint(fields=('unit', 'year'), name='year_figures_once')],
            },
        ),
    ]
