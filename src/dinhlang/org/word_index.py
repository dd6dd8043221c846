"""Words of a table's rows found from an index of the database, each database its own, however many rows there are.

A table keeps its words in a column `folded` (`folded()`), without marks and between spaces. PostgreSQL has an index on them as
lexemes, which needs no extension and so no rights beyond those of the owner. SQLite has a table of its full-text search (FTS5)
that holds the index only and is kept up by triggers; it loses them when a later migration rebuilds the table, and a test notices.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, migrations
from django.db.models import Q, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from dinhlang.vietnamese.text import fold

MOST = 10_000
"""Up to so many rows with the words are taken from the index. Words of more rows are common: the rows are then read in the order
of the list, and soon a page is full."""

_WORD = re.compile(r"[0-9a-z]+")
_LONGEST = 40
_MOST_WORDS = 12
_BEGINNING = 3
_LEXEMES = "array_to_tsvector(array_remove(string_to_array(folded, ' '), ''))"


def words_of(text: str) -> list[str]:
    """The words of a text as the index knows them."""
    return [one[:_LONGEST] for one in _WORD.findall(fold(text))]


def folded(*texts: str) -> str:
    """What a row keeps to be found by."""
    return f" {' '.join(words_of(' '.join(texts)))} "


def with_words(
    rows: QuerySet[Any], index: str, text: str, *, units: Sequence[str], also: Collection[int] = ()
) -> QuerySet[Any]:
    """The rows of these units that have every word of the text, and those of `also` (keys).

    Words are whole ones. Where nothing has them all, the last may be the beginning of one: somebody may still be typing it.
    """
    words = words_of(text)[:_MOST_WORDS]
    if not words:
        return rows.filter(unit__in=units, pk__in=also)
    table = rows.model._meta.db_table
    asked = _Asked(index, table, words, is_begun=False)
    keys = asked.keys()
    if not keys and not also and len(words[-1]) >= _BEGINNING:
        asked = _Asked(index, table, words, is_begun=True)
        keys = asked.keys()
    if len(keys) > MOST:
        common = asked.in_the_row()
        return rows.filter(common | Q(pk__in=also) if also else common, unit__in=units)
    return _with_keys(rows, [*keys, *also], units)


def _with_keys(rows: QuerySet[Any], keys: Sequence[int], units: Sequence[str]) -> QuerySet[Any]:
    """The rows of these units with these keys, begun at the keys: neither database would, if it thought units narrower or did
    not know how few the keys are."""
    if connection.vendor == "sqlite":
        of_units = rows.alias(of_unit=Cast("unit_id", TextField())).filter(of_unit__in=units)
        return of_units.filter(pk__in=RawSQL("SELECT value FROM json_each(%s)", [json.dumps(keys)]))
    return rows.filter(unit__in=units, pk__in=RawSQL("SELECT unnest(%s::bigint[])", [keys]))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Words as each database is asked for them; they have letters and digits only."""

    index: str
    table: str
    words: list[str]
    is_begun: bool

    @property
    def _statement(self) -> str:
        if connection.vendor == "sqlite":
            return f"SELECT rowid FROM {self.index} WHERE {self.index} MATCH %s"  # noqa: S608 - our own names
        return f"SELECT id FROM {self.table} WHERE {_LEXEMES} @@ %s::tsquery"  # noqa: S608

    @property
    def _words(self) -> str:
        is_sqlite = connection.vendor == "sqlite"
        quoted = [f'"{one}"' if is_sqlite else f"'{one}'" for one in self.words]
        if self.is_begun:
            quoted[-1] += "*" if is_sqlite else ":*"
        return (" AND " if is_sqlite else " & ").join(quoted)

    def keys(self) -> list[int]:
        """Those of the rows that have them, of all units; of more than `MOST` one more."""
        with connection.cursor() as cursor:
            cursor.execute(f"{self._statement} LIMIT {MOST + 1}", [self._words])
            return [key for (key,) in cursor.fetchall()]

    def in_the_row(self) -> Q:
        """The same, asked of each row."""
        found = Q()
        for word in self.words[:-1]:
            found &= Q(folded__contains=f" {word} ")
        return found & Q(folded__contains=f" {self.words[-1]}" + ("" if self.is_begun else " "))


def indexed(index: str, table: str) -> migrations.RunPython:
    """The index over the column `folded` of a table, for its migration; rows that are there go into it."""

    def make(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            # Without a list of what is new, which each search would read through.
            schema_editor.execute(
                f"CREATE INDEX {index} ON {table} USING gin ({_LEXEMES}) WITH (fastupdate = off)"
            )
            return
        # The names are ours: of the index and of the table.
        gone = f"INSERT INTO {index}({index}, rowid, folded) VALUES ('delete', old.id, old.folded);"  # noqa: S608
        added = f"INSERT INTO {index}(rowid, folded) VALUES (new.id, new.folded);"  # noqa: S608
        for statement in (
            f"CREATE VIRTUAL TABLE {index} USING fts5(folded, content='{table}', content_rowid='id', tokenize='ascii', "
            "detail='none', columnsize=0)",
            f"INSERT INTO {index}({index}) VALUES ('rebuild')",  # noqa: S608
            f"CREATE TRIGGER {index}_added AFTER INSERT ON {table} BEGIN {added} END",
            f"CREATE TRIGGER {index}_gone AFTER DELETE ON {table} BEGIN {gone} END",
            f"CREATE TRIGGER {index}_changed AFTER UPDATE OF folded ON {table} WHEN old.folded <> new.folded "
            f"BEGIN {gone} {added} END",
        ):
            schema_editor.execute(statement)

    def drop(apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            schema_editor.execute(f"DROP INDEX {index}")
            return
        for trigger in ("added", "gone", "changed"):
            schema_editor.execute(f"DROP TRIGGER {index}_{trigger}")
        schema_editor.execute(f"DROP TABLE {index}")

    return migrations.RunPython(make, drop)
