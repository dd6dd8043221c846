"""An installation from the time of Wagtail loses its empty tables and nothing else."""

from __future__ import annotations

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from dinhlang.org.models import Person

migration = import_module("dinhlang.portal.migrations.0011_wagtail_is_gone")

OLD = (
    "CREATE TABLE wagtailcore_locale (id integer PRIMARY KEY)",
    "CREATE TABLE portal_basepage (id integer PRIMARY KEY, locale_id integer NOT NULL"
    " REFERENCES wagtailcore_locale (id) DEFERRABLE INITIALLY DEFERRED)",
    "INSERT INTO wagtailcore_locale VALUES (1)",
    "INSERT INTO portal_basepage VALUES (1, 1)",
    "CREATE TABLE taggit_tag (id integer PRIMARY KEY)",
)


@pytest.mark.django_db
@pytest.mark.integration
class TestWagtailIsGone:
    def test_its_tables_go_also_where_they_point_at_each_other(self) -> None:
        before = set(connection.introspection.table_names())
        with connection.cursor() as cursor:
            for statement in OLD:
                cursor.execute(statement)
        connection.check_constraints()  # PostgreSQL drops no table while it still has a row to judge
        migration.drop_tables(apps, SimpleNamespace(connection=connection))
        connection.check_constraints()
        assert set(connection.introspection.table_names()) == before

    def test_its_names_are_forgotten_but_a_group_that_somebody_is_in_stays(self) -> None:
        ContentType.objects.create(app_label="wagtailcore", model="page")
        Group.objects.create(name="Editors")
        Group.objects.create(name="Moderators").user_set.add(Person.objects.create(username="ai-do"))
        migration.forget_names(apps, SimpleNamespace(connection=connection))
        assert not ContentType.objects.filter(app_label__startswith="wagtail").exists()
        assert [group.name for group in Group.objects.all()] == ["Moderators"]
        assert ContentType.objects.filter(app_label="portal", model="item").exists()
