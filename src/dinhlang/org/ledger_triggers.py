"""Tables the database itself keeps append-only, on SQLite and on PostgreSQL.

A migration of the room that owns the table adds the operation:

    operations = [append_only("work_activity")]
    operations = [append_only("reports_report", when="OLD.status = 'issued'")]
    operations = [append_only("org_audithead", update_when="NEW.count <> OLD.count + 1")]

It must be the table's last migration: SQLite rebuilds a table to alter it and loses its triggers, so whoever
alters a guarded table repeats the operation after it (a test of this room notices when that is forgotten).
Emptying the whole test database between tests is the one lawful way around; the root `conftest.py` does it.
On PostgreSQL, TRUNCATE and the table's owner stay outside: guard those by the rights of the database user.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.migrations import RunPython

PREFIX = "append_only_"
REFUSAL = "append-only"
EVENTS = ("update", "delete")


class AppendOnly(RunPython):
    """The operation `append_only` gives; it knows its table, so that a test can find all that are guarded."""

    def __init__(self, table: str, when: str, update_when: str) -> None:
        self.table, self.when, self.update_when = table, when, update_when
        super().__init__(self._guard, self._unguard)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        given = {"when": self.when, "update_when": self.update_when}
        return ("append_only", [self.table], {name: said for name, said in given.items() if said})

    def describe(self) -> str:
        return f"Let the database refuse to change or delete rows of {self.table}"

    # A trigger needs no model: RunPython would build the classes of all of them anew for each table (ADR 0019).
    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.code(from_state, schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if self.reverse_code is not None:
            self.reverse_code(from_state, schema_editor)

    def _guard(self, apps: Any, schema_editor: Any) -> None:
        for statement in _statements(
            schema_editor.connection.vendor,
            self.table,
            {"update": self.update_when or self.when, "delete": self.when},
        ):
            schema_editor.execute(statement, params=None)

    def _unguard(self, apps: Any, schema_editor: Any) -> None:
        of_table = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for event in EVENTS:
            schema_editor.execute(f"DROP TRIGGER {PREFIX}{event}_{self.table}{of_table}", params=None)


class Lifted(AppendOnly):
    """The operation `lifted` gives: the guard the other way around."""

    def __init__(self, table: str) -> None:
        super().__init__(table, "", "")
        self.code, self.reverse_code = self._unguard, self._guard

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return ("lifted", [self.table], {})

    def describe(self) -> str:
        return f"Let rows of {self.table} be changed until they are guarded again"


def append_only(table: str, *, when: str = "", update_when: str = "") -> AppendOnly:
    """A reversible operation: from here on the database refuses UPDATE and DELETE of the table's rows.

    `when` is an SQL condition on `OLD` for rows that become final only at some point; `update_when` one on `OLD`
    and `NEW` for the changes that are refused, when some are lawful. A refused statement raises
    `django.db.IntegrityError`, whose message names the table.
    """
    return AppendOnly(table, when, update_when)


def lifted(table: str) -> Lifted:
    """A reversible operation: takes the guard of a table down, for a migration that changes its rows.

    The same migration, or the next, repeats `append_only`.
    """
    return Lifted(table)


def _statements(vendor: str, table: str, when: Mapping[str, str]) -> list[str]:
    conditions = {event: f" WHEN ({when[event]})" if when[event] else "" for event in EVENTS}
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {PREFIX}{event}_{table} BEFORE {event.upper()} ON {table} FOR EACH ROW{conditions[event]} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"
            for event in EVENTS
        ]
    return [
        # 23001 is restrict_violation, which Django reports as IntegrityError, as SQLite's ABORT is.
        f"CREATE OR REPLACE FUNCTION {PREFIX}refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME USING ERRCODE = '23001'; END $$",
        *(
            f"CREATE TRIGGER {PREFIX}{event}_{table} BEFORE {event.upper()} ON {table} FOR EACH ROW{conditions[event]} "
            f"EXECUTE FUNCTION {PREFIX}refuse()"
            for event in EVENTS
        ),
    ]
