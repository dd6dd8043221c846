"""A unit may open to all how its reports stand."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("portal", "0014_items_tell_of_practices")]

    operations = [
        migrations.AddField(
            model_name="site",
            name="opens_duties",
            field=models.BooleanField(default=False, verbose_name="công khai tình hình nộp báo cáo"),
        ),
    ]
