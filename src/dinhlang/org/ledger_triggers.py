"""Tables the database itself keeps append-only, on SQLite and on PostgreSQL.

A migration of the room that owns the table adds the operation:

    operations = [append_only("work_activity")]
    operations = [append_only("reports_report", when="OLD.status = 'issued'")]

It must be the table's last migration: SQLite rebuilds a table to alter it and loses its triggers, so whoever
alters a guarded table repeats the operation after it (`test_ledger_triggers` notices when it is forgotten).
Emptying the whole test database between tests is the one lawful way around; the root `conftest.py` does it.
"""

from __future__ import annotations

from typing import Any

from django.db.migrations import RunPython

PREFIX = "append_only_"
REFUSAL = "append-only"


def append_only(table: str, *, when: str = "") -> RunPython:
    """A reversible operation: from here on the database refuses UPDATE and DELETE of the table's rows.

    `when` is an SQL condition on `OLD` for rows that become final only at some point. A refused statement
    raises `django.db.IntegrityError`, whose message names the table.
    """

    def guard(apps: Any, schema_editor: Any) -> None:
        for statement in _statements(schema_editor.connection.vendor, table, when):
            schema_editor.execute(statement, params=None)

    def unguard(apps: Any, schema_editor: Any) -> None:
        for event in ("update", "delete"):
            on = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {PREFIX}{event}_{table}{on}", params=None)

    return RunPython(guard, unguard)


def _statements(vendor: str, table: str, when: str) -> list[str]:
    condition = f" WHEN ({when})" if when else ""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {PREFIX}{event}_{table} BEFORE {event.upper()} ON {table} FOR EACH ROW{condition} "
            f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}: {table}'); END"
            for event in ("update", "delete")
        ]
    return [
        # 23001 is restrict_violation, which Django reports as IntegrityError, as SQLite's ABORT is.
        f"CREATE OR REPLACE FUNCTION {PREFIX}refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSAL}: %', TG_TABLE_NAME USING ERRCODE = '23001'; END $$",
        *(
            f"CREATE TRIGGER {PREFIX}{event}_{table} BEFORE {event.upper()} ON {table} FOR EACH ROW{condition} "
            f"EXECUTE FUNCTION {PREFIX}refuse()"
            for event in ("update", "delete")
        ),
    ]
