"""A round may ask whoever is handed the result of a dossier, with a slip of one voice."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('citizens', '0014_guests_found'),
    ]

    operations = [
        migrations.AddField(
            model_name='surveyround',
            name='by_return',
            field=models.BooleanField(default=False, verbose_name='phát phiếu có mã khi trả kết quả hồ sơ'),
        ),
    ]
