"""Nothing is left of what stood here: the base page of Wagtail, which no page was ever made of (ADR 0017)."""

from django.db import migrations


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = []
