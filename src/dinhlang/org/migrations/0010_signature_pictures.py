"""What is seen of a signature: the picture of a hand or of a seal, sealed as the key is."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("org", "0009_unit_changes"),
    ]

    operations = [
        migrations.AddField(
            model_name="signingkey",
            name="picture",
            field=models.TextField(blank=True, default="", editable=False),
        ),
    ]
