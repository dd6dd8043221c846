"""Sums of daily facts for every level, and what has not been added to them yet (ADR 0018)."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0008_signing'),
        ('work', '0007_words_of_the_one_stop'),
    ]

    operations = [
        migrations.CreateModel(
            name='SumTurn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('done_at', models.DateTimeField(null=True, verbose_name='cộng xong lúc')),
            ],
        ),
        migrations.CreateModel(
            name='SummedUnder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('parent', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='org.unit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='org.unit')),
            ],
        ),
        migrations.CreateModel(
            name='DailyBelow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('concept', models.CharField(max_length=40)),
                ('total', models.BigIntegerField()),
                ('lines', models.BigIntegerField()),
                ('inexact_lines', models.BigIntegerField()),
                ('unevidenced_lines', models.BigIntegerField()),
                ('mark', models.BigIntegerField()),
                ('day', models.DateField()),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'concept', 'day'), name='daily_below_once')],
            },
        ),
        migrations.CreateModel(
            name='FoldChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('concept', models.CharField(max_length=40)),
                ('day', models.DateField()),
                ('total', models.BigIntegerField()),
                ('lines', models.IntegerField()),
                ('inexact_lines', models.IntegerField()),
                ('unevidenced_lines', models.IntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
            ],
            options={
                'ordering': ['id'],
                'indexes': [models.Index(fields=['unit', 'day'], name='fold_change_unit_day')],
            },
        ),
        migrations.CreateModel(
            name='PeriodFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('concept', models.CharField(max_length=40)),
                ('total', models.BigIntegerField()),
                ('lines', models.BigIntegerField()),
                ('inexact_lines', models.BigIntegerField()),
                ('unevidenced_lines', models.BigIntegerField()),
                ('mark', models.BigIntegerField()),
                ('bucket', models.CharField(max_length=8)),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('bucket', 'unit', 'concept'), name='period_fact_once')],
            },
        ),
    ]
