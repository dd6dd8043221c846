"""All sums of a unit in a stretch of time in one row (ADR 0018). What was summed waits to be added again: the worker does it."""

from typing import Any

import django.db.models.deletion
from django.db import migrations, models

_COLUMNS = "unit_id, concept, day, total, lines, inexact_lines, unevidenced_lines, digest"


def note(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute("DELETE FROM work_foldchange")
    schema_editor.execute(
        f"INSERT INTO work_foldchange ({_COLUMNS}) SELECT {_COLUMNS} FROM work_dailyfact"  # noqa: S608 - our own names
        " WHERE substr(concept, 1, 5) <> 'task:'"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('org', '0008_signing'),
        ('work', '0009_add_up_what_is_there'),
    ]

    operations = [
        migrations.DeleteModel(name='DailyBelow'),
        migrations.DeleteModel(name='PeriodFact'),
        migrations.CreateModel(
            name='PeriodSums',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('bucket', models.CharField(max_length=8)),
                ('sums', models.BinaryField()),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'bucket'), name='period_sums_once')],
            },
        ),
        migrations.CreateModel(
            name='SumsBelow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('sums', models.BinaryField()),
                ('unit', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='org.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'day'), name='sums_below_once')],
            },
        ),
        migrations.RunPython(note, migrations.RunPython.noop),
    ]
