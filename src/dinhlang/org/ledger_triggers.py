"""Tables the database itself keeps append-only, on SQLite and on PostgreSQL.

A migration of the room that owns the table adds the operation:

    operations = [append_only("work_activity")]
    operations = [append_only("reports_report", when="OLD.status = 'issued'")]

It must be the table's last migration: SQLite rebuilds a table to alter it and loses its triggers, so whoever
alters a guarded table repeats the operation after it (a test of this room notices when that is forgotten).
Emptying the whole test database between tests is the one lawful way around; the root `conftest.py` does it.
On PostgreSQL, TRUNCATE and the table's owner stay outside: guard those by the rights of the database user.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations import RunPython

PREFIX = "append_only_"
REFUSAL = "append-only"
EVENTS = ("update", "delete")


class AppendOnly(RunPython):
    """The operation `append_only` gives; it knows its table, so that a test can find all that are guarded."""

    def __init__(self, table: str, when: str) -> None:
        self.table, self.when = table, when
        super().__init__(self._guard, self._unguard)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return ("append_only", [self.table], {"when": self.when} if self.when else {})

    def describe(self) -> str:
        return f"Let the database refuse to change or delete rows of {self.table}"

    def _guard(self, apps: Any, schema_editor: Any) -> None:
        for statement in _statements(schema_editor.connection.vendor, self.table, self.when):
            schema_editor.execute(statement, params=None)

    def _unguard(self, apps: Any, schema_editor: Any) -> None:
        of_table = f" ON {self.table}" if schema_editor.connection.vendor == "postgresql" else ""
        for event in EVENTS:
            schema_editor.execute(f"DROP TRIGGER {PREFIX}{event}_{self.table}{of_table}", params=None)


def append_only(table: str, *, when: str = "") -> AppendOnly:
    """A reversible operation: from here on the database refuses UPDATE and DELETE of the table's rows.

    `when` is an SQL condition on `OLD` for rows that become final only at some point. A refused statement
    raises `django.db.IntegrityError`, whose message names the table.
    """
    return AppendOnly(table, when)


def _statements(vendor: str, table: str, when: str) -> list[str]:
    condition = f" WHEN ({when})" if when else ""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {PREFIX}{event}_{table} BEFORE {event.upper()} ON {table} FOR EACH ROW{condition} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"
            for event in EVENTS
        ]
    return [
        # 23001 is restrict_violation, which Django reports as IntegrityError, as SQLite's ABORT is.
        f"CREATE OR REPLACE FUNCTION {PREFIX}refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME USING ERRCODE = '23001'; END $$",
        *(
            f"CREATE TRIGGER {PREFIX}{event}_{table} BEFORE {event.upper()} ON {table} FOR EACH ROW{condition} "
            f"EXECUTE FUNCTION {PREFIX}refuse()"
            for event in EVENTS
        ),
    ]
