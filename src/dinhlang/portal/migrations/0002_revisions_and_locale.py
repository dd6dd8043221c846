"""Nothing is left of what stood here: what of the base page pointed at Wagtail's own tables (ADR 0017)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("portal", "0001_initial")]

    operations = []
