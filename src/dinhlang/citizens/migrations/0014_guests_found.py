"""Guests of classes are found when they ask for what is held of them."""

from typing import Any

from django.db import migrations, models

import dinhlang.citizens.contests.rules.draw
import dinhlang.org.rules.phones
import dinhlang.org.sealed


def mark(apps: Any, schema_editor: Any) -> None:
    """Codes and marks of the guests that are there, their telephones in one way of writing.

    A mark is made of its value when the row is saved.
    """
    for guest in apps.get_model("citizens", "TrainingGuest").objects.order_by("pk").iterator():
        guest.code = dinhlang.citizens.contests.rules.draw.new_code()
        if number := dinhlang.org.rules.phones.phone_number(guest.phone.shown()):
            guest.phone = number
        guest.save(update_fields=["code", "phone", "name_mark", "phone_mark", "mail_mark"])


class Migration(migrations.Migration):

    dependencies = [
        ('citizens', '0013_public_by_receipt'),
    ]

    operations = [
        migrations.AddField(
            model_name='trainingguest',
            name='code',
            field=models.CharField(editable=False, max_length=8, null=True, verbose_name='mã'),
        ),
        migrations.AddField(
            model_name='trainingguest',
            name='erased_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='xóa dữ liệu cá nhân lúc'),
        ),
        migrations.AddField(
            model_name='trainingguest',
            name='name_mark',
            field=dinhlang.org.sealed.FingerprintField(blank=True, db_index=True, editable=False, folded=True, max_length=64, of='name'),
        ),
        migrations.AddField(
            model_name='trainingguest',
            name='phone_mark',
            field=dinhlang.org.sealed.FingerprintField(blank=True, db_index=True, editable=False, max_length=64, of='phone'),
        ),
        migrations.AddField(
            model_name='trainingguest',
            name='mail_mark',
            field=dinhlang.org.sealed.FingerprintField(blank=True, db_index=True, editable=False, folded=True, max_length=64, of='mail'),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='trainingguest',
            name='code',
            field=models.CharField(default=dinhlang.citizens.contests.rules.draw.new_code, editable=False, max_length=8, unique=True, verbose_name='mã'),
        ),
    ]
