"""Notes of a case, standard replies and classes that a form sent twice writes once.

Notes have no constraint: their case is locked, and on SQLite one would make the table anew, some millions of rows of it.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("citizens", "0017_parts_of_the_office"),
    ]

    operations = [
        migrations.AddField(
            model_name="casewords",
            name="key",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="standardreply",
            name="key",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="standardreply",
            constraint=models.UniqueConstraint(fields=("unit", "key"), name="standard_reply_sent_once"),
        ),
        migrations.AddField(
            model_name="trainingclass",
            name="key",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddConstraint(
            model_name="trainingclass",
            constraint=models.UniqueConstraint(fields=("unit", "key"), name="training_class_sent_once"),
        ),
    ]
