"""Take Wagtail's tables out of an installation that was made when it was still part of us (ADR 0017).

No page was ever kept in them. A new installation has none of them, and nothing happens.
"""

from django.db import migrations

PREFIXES = ("wagtail", "taggit_")
GROUPS = ("Editors", "Moderators")


def drop_tables(apps, schema_editor):
    connection = schema_editor.connection
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        tables = [
            name
            for name in connection.introspection.table_names(cursor)
            if name == "portal_basepage" or name.startswith(PREFIXES)
        ]
        if connection.vendor == "postgresql":
            for name in tables:
                cursor.execute(f"DROP TABLE {quote(name)} CASCADE")
            return
        # SQLite has no CASCADE: a table that is pointed at may go once nothing is left in any of them.
        for name in tables:
            cursor.execute(f"DELETE FROM {quote(name)}")
        for name in tables:
            cursor.execute(f"DROP TABLE {quote(name)}")


def forget_names(apps, schema_editor):
    types = apps.get_model("contenttypes", "ContentType").objects
    for prefix in PREFIXES:
        types.filter(app_label__startswith=prefix.rstrip("_")).delete()
    types.filter(app_label="portal", model="basepage").delete()
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS, user=None).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("portal", "0010_search"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("org", "0007_cached_values"),
    ]

    operations = [
        migrations.RunPython(drop_tables, migrations.RunPython.noop),
        migrations.RunPython(forget_names, migrations.RunPython.noop),
    ]
