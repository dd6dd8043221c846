"""What the database itself refuses, what personal data is declared, and laws of dated rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist
from django.core.management import call_command
from django.db import IntegrityError, connection, models, transaction
from django.db.migrations.loader import MigrationLoader
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from dinhlang.org import actions, queries
from dinhlang.org.ledger_triggers import EVENTS, PREFIX, AppendOnly, append_only
from dinhlang.org.models import AuditEntry, Person, Position, Unit, UnitName, UnitPlacement, UnitSuccession

if TYPE_CHECKING:
    from conftest import Cast

DAYS = st.dates(date(2015, 1, 1), date(2030, 1, 1))
OUR_MODELS = [model for model in apps.get_models() if model.__module__.startswith("dinhlang.")]


@pytest.mark.parametrize("model", OUR_MODELS, ids=lambda model: model._meta.label)
def test_every_model_says_which_fields_are_personal(model: type[models.Model]) -> None:
    declared = vars(model).get("PERSONAL_FIELDS")
    assert isinstance(declared, tuple), (
        f"{model._meta.label} must declare PERSONAL_FIELDS, () when it has none"
    )
    for name in declared:
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            pytest.fail(f"{model._meta.label} declares {name} but has no such field")


@pytest.mark.django_db
@pytest.mark.integration
class TestAudit:
    def test_an_entry_says_who_did_what_to_what(self, cast: Cast) -> None:
        actions.audit(
            by=cast.chair,
            at=cast.now,
            action="report.issue",
            target=cast.commune,
            unit=cast.commune,
            detail={"số": 5},
        )
        entry = AuditEntry.objects.get(action="report.issue")
        assert (entry.by, entry.at, entry.target) == (cast.chair, cast.now, "org.unit:ben-truc")
        assert entry.detail == {"số": 5}

    @pytest.mark.parametrize(
        "statement", ["UPDATE org_auditentry SET action = 'x'", "DELETE FROM org_auditentry"]
    )
    def test_the_database_refuses_to_change_or_remove_an_entry(self, cast: Cast, statement: str) -> None:
        before = AuditEntry.objects.count()
        assert before
        with pytest.raises(IntegrityError, match="append-only: "), transaction.atomic():
            connection.cursor().execute(statement)
        assert AuditEntry.objects.count() == before


@pytest.mark.django_db
@pytest.mark.integration
def test_every_table_a_migration_guards_is_still_guarded_after_all_migrations() -> None:
    migrations = MigrationLoader(connection).disk_migrations.values()
    guarded = [step.table for each in migrations for step in each.operations if type(step) is AppendOnly]
    assert "org_auditentry" in guarded
    with connection.cursor() as cursor:
        table = "sqlite_master WHERE type = 'trigger'" if connection.vendor == "sqlite" else "pg_trigger"
        cursor.execute(f"SELECT {'name' if connection.vendor == 'sqlite' else 'tgname'} FROM {table}")  # noqa: S608
        triggers = {row[0] for row in cursor.fetchall()}
    assert {f"{PREFIX}{event}_{table}" for table in guarded for event in EVENTS} <= triggers


@pytest.mark.django_db(transaction=True)
@pytest.mark.integration
@pytest.mark.parametrize("time", ["first", "second"])
def test_append_only_tables_are_emptied_between_committing_tests_and_guarded_again(
    cast: Cast, time: str
) -> None:
    assert AuditEntry.objects.count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.all().delete()


@pytest.mark.django_db(transaction=True)
@pytest.mark.integration
def test_a_condition_guards_only_the_rows_it_names(cast: Cast) -> None:
    operation = append_only("org_position", when="OLD.role = 'approver'")
    with connection.schema_editor() as editor:
        operation.code(apps, editor)
        Position.objects.filter(person=cast.radio_operator).update(title="Khác")
        with pytest.raises(IntegrityError), transaction.atomic():
            Position.objects.filter(person=cast.chair).update(title="Khác")
        operation.reverse_code(apps, editor)
    assert Position.objects.filter(person=cast.chair).update(title="Khác") == 1


@pytest.mark.django_db
@pytest.mark.integration
class TestDemo:
    def test_loading_the_demonstration_twice_gives_the_same_rows(self, cast: Cast) -> None:
        def everything() -> str:
            tables = (Unit, UnitName, UnitPlacement, Person, Position, AuditEntry)
            return serializers.serialize(
                "json", [row for table in tables for row in table.objects.order_by("pk")]
            )

        once = everything()
        assert actions.load_demo(at=cast.now + timedelta(days=1), passphrase=cast.passphrase)
        assert everything() == once

    def test_a_new_passphrase_replaces_the_old_for_everyone(self, cast: Cast) -> None:
        told = actions.load_demo(at=cast.now, passphrase="mot-cau-khac-han")
        assert [username for username, _ in told] == list(dict.fromkeys(username for username, _ in told))
        assert len(told) == 10
        assert all(person.check_password("mot-cau-khac-han") for person in Person.objects.all())

    def test_everyone_and_everything_in_it_is_marked_as_fiction(self, cast: Cast) -> None:
        assert set(Unit.objects.values_list("is_demo", flat=True)) == {True}


@pytest.mark.django_db
@pytest.mark.integration
class TestConstraints:
    def test_a_row_cannot_end_before_it_starts(self, cast: Cast) -> None:
        day = date(2024, 12, 1)
        rows = [
            UnitName(unit=cast.commune, name="A", folded="a", starts_on=day, ends_on=day),
            UnitPlacement(
                unit=cast.commune, parent=cast.province, starts_on=day, ends_on=day - timedelta(days=1)
            ),
            Unit(id="nguoc", level="commune", starts_on=day, ends_on=day),
        ]
        for row in rows:
            with pytest.raises(IntegrityError, match="days_in_order"), transaction.atomic():
                row.save()

    def test_a_unit_cannot_succeed_itself(self, cast: Cast) -> None:
        with pytest.raises(IntegrityError), transaction.atomic():
            UnitSuccession.objects.create(
                predecessor=cast.commune,
                successor=cast.commune,
                reason="merged",
                takes_effect_on=cast.today,
                legal_basis="NQ 01",
            )

    def test_no_migration_is_missing(self, db: None) -> None:
        call_command("makemigrations", "org", check=True, dry_run=True, verbosity=0)


@pytest.mark.django_db
@pytest.mark.integration
def test_a_name_held_since_ever_comes_before_one_with_a_first_day(cast: Cast) -> None:
    change = date(2024, 12, 1)
    cast.commune.names.update(ends_on=change)
    UnitName.objects.create(
        unit=cast.commune, kind="phường", name="Bến Trúc", folded="ben truc", starts_on=change
    )
    assert queries.title_of(cast.commune, change - timedelta(days=1)) == "xã Bến Trúc"
    assert queries.title_of(cast.commune, change) == "phường Bến Trúc"
    assert queries.history(cast.commune)["Tên"] == [
        "xã Bến Trúc (đến trước 01/12/2024)",
        "phường Bến Trúc (từ 01/12/2024)",
    ]


@pytest.mark.integration
class TestDatedRows(TestCase):
    @given(st.lists(DAYS, min_size=1, max_size=5, unique=True), DAYS)
    def test_consecutive_names_give_exactly_one_on_any_day_from_the_first(
        self, starts: list[date], on: date
    ) -> None:
        unit = Unit.objects.create(id="thu-nghiem", level="commune")
        starts.sort()
        for start, end in zip(starts, [*starts[1:], None], strict=True):
            UnitName.objects.create(
                unit=unit, kind="xã", name=f"Tên {start}", folded="ten", starts_on=start, ends_on=end
            )
        in_force = [name.name for name in UnitName.objects.in_force(on).filter(unit=unit)]
        named = queries.name_of(unit, on)
        expected = [f"Tên {start}" for start in starts if start <= on][-1:]
        assert in_force == expected
        assert ([named.name] if named else []) == expected

    @given(st.none() | DAYS, st.none() | DAYS, DAYS)
    def test_a_unit_is_in_being_exactly_on_the_days_the_database_says(
        self, starts_on: date | None, ends_on: date | None, on: date
    ) -> None:
        if starts_on and ends_on and ends_on <= starts_on:
            starts_on, ends_on = ends_on, starts_on + timedelta(days=1)
        unit = Unit.objects.create(id="thu-nghiem", level="commune", starts_on=starts_on, ends_on=ends_on)
        assert queries.exists_on(unit, on) is Unit.objects.in_force(on).filter(id=unit.id).exists()

    @given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=8, unique=True))
    def test_following_successors_ends_even_in_a_ring_and_agrees_with_going_back(
        self, steps: list[tuple[int, int]]
    ) -> None:
        units = [Unit.objects.create(id=f"u{number}", level="commune") for number in range(6)]
        for old, new in steps:
            if old != new:
                UnitSuccession.objects.create(
                    predecessor=units[old],
                    successor=units[new],
                    reason="merged",
                    takes_effect_on=date(2025, 7, 1),
                    legal_basis="NQ 01",
                )
        on = date(2026, 1, 1)
        for unit in units:
            for later in queries.successors(unit, on):
                assert unit.id in queries.predecessor_ids([later.id], on)
