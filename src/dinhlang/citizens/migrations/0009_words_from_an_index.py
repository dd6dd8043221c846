"""The desk's search of cases answers from an index of words.

With a million cases of one commune, SQLite: a word on the desk read all of them (1.6 s).
"""

from typing import Any

from django.db import migrations, models

from dinhlang.org import word_index

AT_ONCE = 2000


def fold(apps: Any, schema_editor: Any) -> None:
    cases = apps.get_model("citizens", "Case").objects
    rows = cases.only("code", "subject").order_by("pk")
    last = 0
    while some := list(rows.filter(pk__gt=last)[:AT_ONCE]):
        for one in some:
            one.folded = word_index.folded(one.code, one.subject)
        cases.bulk_update(some, ["folded"], batch_size=200)
        last = some[-1].pk


class Migration(migrations.Migration):

    dependencies = [
        ('citizens', '0008_contests'),
    ]

    operations = [
        migrations.AddField(
            model_name='case',
            name='folded',
            field=models.TextField(blank=True, default='', editable=False),
        ),
        migrations.RunPython(fold, migrations.RunPython.noop),
        word_index.indexed("case_words", "citizens_case"),
    ]
