"""What stands in the place of many migrations goes on with the databases that have them."""

from __future__ import annotations

import pytest
from django.db import connection, migrations, models
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import ProjectState

from dinhlang.config import versions
from dinhlang.org.create_together import CreateTogether
from dinhlang.org.older_migrations import OLDER, replaced

pytestmark = [pytest.mark.integration, pytest.mark.django_db]


def applied() -> set[tuple[str, str]]:
    return set(MigrationRecorder.Migration.objects.values_list("app", "name"))


def test_a_database_that_has_all_the_older_migrations_goes_on_without_a_change() -> None:
    MigrationRecorder.Migration.objects.filter(name__startswith="0001_squashed_").delete()
    # Django notes beside a migration those that it stands for.
    assert applied() >= {one for room in OLDER for one in replaced(room)}
    assert not versions.unfit(applied())
    executor = MigrationExecutor(connection)
    assert not executor.migration_plan(executor.loader.graph.leaf_nodes())
    executor.check_replacements()
    assert versions.on_disk() <= applied()
    assert not versions.unfit(applied())


def test_a_database_that_has_some_of_them_is_told_what_to_do() -> None:
    MigrationRecorder.Migration.objects.filter(app="work").exclude(name=OLDER["work"][0]).delete()
    assert versions.unfit(applied()) == versions.BETWEEN


def test_a_migration_that_nobody_here_knows_is_of_a_newer_version() -> None:
    assert versions.unfit([("work", "9999_later")]) == versions.NEWER
    assert not versions.unfit([("axes", "9999_later")])
    assert versions.unfit([("axes", "9999_later")], also_others=True) == versions.NEWER


@pytest.mark.django_db(transaction=True)
def test_tables_made_together_may_point_at_each_other_and_go_together() -> None:
    operation = CreateTogether(
        [
            migrations.CreateModel(
                "Hen",
                [
                    ("id", models.BigAutoField(primary_key=True)),
                    ("egg", models.ForeignKey("org.Egg", models.CASCADE, null=True, related_name="+")),
                ],
            ),
            migrations.CreateModel(
                "Egg",
                [
                    ("id", models.BigAutoField(primary_key=True)),
                    ("hen", models.ForeignKey("org.Hen", models.CASCADE, null=True, related_name="+")),
                ],
                options={"constraints": [models.UniqueConstraint(fields=["hen"], name="one_egg_of_a_hen")]},
            ),
        ]
    )
    before, after = ProjectState(), ProjectState()
    tables = set(connection.introspection.table_names())
    operation.state_forwards("org", after)
    with connection.schema_editor() as editor:
        operation.database_forwards("org", editor, before, after)
    assert set(connection.introspection.table_names()) - tables == {"org_hen", "org_egg"}
    hen = after.apps.get_model("org", "Hen").objects.create()
    assert after.apps.get_model("org", "Egg").objects.create(hen=hen).hen == hen
    with connection.schema_editor() as editor:
        operation.database_backwards("org", editor, after, before)
    assert set(connection.introspection.table_names()) == tables
    assert operation.describe() == "Create models Hen, Egg"
    assert operation.deconstruct() == ("CreateTogether", [], {"models": operation.models})
