"""The daily facts of an older installation wait to be added to the sums above them: the worker does it."""

from typing import Any

from django.db import migrations

_COLUMNS = "unit_id, concept, day, total, lines, inexact_lines, unevidenced_lines, digest"


def note(apps: Any, schema_editor: Any) -> None:
    schema_editor.execute(
        f"INSERT INTO work_foldchange ({_COLUMNS}) SELECT {_COLUMNS} FROM work_dailyfact"  # noqa: S608 - our own names
        " WHERE substr(concept, 1, 5) <> 'task:'"
    )


class Migration(migrations.Migration):
    dependencies = [("work", "0008_sums_of_every_level")]

    operations = [migrations.RunPython(note, migrations.RunPython.noop)]
