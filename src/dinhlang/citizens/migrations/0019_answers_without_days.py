"""Filled slips of surveys without their day: nothing is told by it, and where few answered it led to whoever was served that day."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("citizens", "0018_forms_sent_once"),
    ]

    operations = [
        migrations.RemoveField(
            model_name="surveyanswer",
            name="answered_on",
        ),
    ]
