"""Words of a table's rows found from an index of the database, each database its own, however many rows there are.

A table keeps its words in a column `folded` (`folded()`), without marks and between spaces. PostgreSQL has an index on them as
lexemes, which needs no extension and so no rights beyond those of the owner. SQLite has a table of its full-text search (FTS5)
that holds the index only and is kept up by triggers; where a later migration rebuilds the table they are made again after it (`mended`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection, connections, migrations, transaction
from django.db.models import BooleanField, Case, Count, F, Q, QuerySet, TextField, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from dinhlang.vietnamese.text import fold

MOST = 10_000
"""Up to so many rows with the words are taken from the index; words of more rows are common."""
NEWEST, COMMON, SOME = 2_000, 200, 20
"""Common words of `COMMON` among so many of the newest rows are met soon and often in the order of the list; PostgreSQL would first
gather all rows that have them. Of `SOME`, it would be in vain to ask the index for keys: there are too many."""

_WORD = re.compile(r"[0-9a-z]+")
_LONGEST = 40
_MOST_WORDS = 12
_BEGINNING = 3
_LEXEMES = "array_to_tsvector(array_remove(string_to_array({}, ' '), ''))"
_IN_ORDER = "has_words"
TRIGGERS = ("added", "gone", "changed")
"""What keeps an index of SQLite up, by the ends of their names."""
_OF_A_TABLE = re.compile(r"fts5\(\s*folded, content='(\w+)', content_rowid='(\w+)'")


def words_of(text: str) -> list[str]:
    """The words of a text as the index knows them."""
    return [one[:_LONGEST] for one in _WORD.findall(fold(text))]


def folded(*texts: str) -> str:
    """What a row keeps to be found by."""
    return f" {' '.join(words_of(' '.join(texts)))} "


def with_words(
    rows: QuerySet[Any], index: str, text: str, *, units: Sequence[str], also: Collection[int] = ()
) -> QuerySet[Any]:
    """The rows of these units that have every word of the text, and those of `also` (keys). `rows` are in the order of their list.

    Words are whole ones. Where nothing has them all, the last may be the beginning of one: somebody may still be typing it.
    """
    words = words_of(text)[:_MOST_WORDS]
    if not words:
        return rows.filter(unit__in=units, pk__in=also)
    table = rows.model._meta.db_table
    whole = _Asked(index, table, words, is_begun=False)
    newest = whole.among_newest(rows, units[0]) if len(units) == 1 and whole.are_common() else None
    if newest is not None and newest >= COMMON:
        return _in_order(rows.filter(unit__in=units), whole.in_the_row() | Q(pk__in=also))
    if newest is not None and newest >= SOME:
        return rows.filter(whole.in_many_rows() | Q(pk__in=also), unit__in=units)
    asked, keys = whole, whole.keys()
    if not keys and not also and len(words[-1]) >= _BEGINNING:
        asked = _Asked(index, table, words, is_begun=True)
        keys = asked.keys()
    if len(keys) > MOST:
        listed = _gathered_first(rows) if newest is not None else rows
        return listed.filter(asked.in_many_rows() | Q(pk__in=also), unit__in=units)
    return _with_keys(rows, [*keys, *also], units)


def are_in_order(rows: QuerySet[Any]) -> bool:
    """Whether these rows are found as they are met in the order of their list, which must be kept where they are counted."""
    return _IN_ORDER in rows.query.annotations


def _in_order(rows: QuerySet[Any], condition: Q) -> QuerySet[Any]:
    """The rows that meet a condition. PostgreSQL thinks several words rarer than each and would read the whole table; it takes
    one row in two to meet a CASE, and walks along the list until it has enough."""
    met = Case(When(condition, then=True), default=False, output_field=BooleanField())
    return rows.alias(**{_IN_ORDER: met}).filter(**{_IN_ORDER: True})


def _gathered_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The same in the same order, which has no nulls, asked for so that PostgreSQL does not walk along the list for it: words that
    only old rows have would be met after very many others."""
    first, *others = rows.query.order_by
    return rows.order_by(F(str(first).removeprefix("-")).desc(nulls_last=True), *others)


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
        return f"SELECT id FROM {self.table} WHERE {self._condition}"  # noqa: S608

    @property
    def _condition(self) -> str:
        """What PostgreSQL asks of a row. Where it does without the index, the lexemes of a row are dear and its text is not."""
        column = f"{self.table}.folded"
        texts = f"{column} LIKE %s AND " * len(self.words)
        return f"({texts}{_LEXEMES.format(column)} @@ %s::tsquery)"

    @property
    def _parameters(self) -> list[str]:
        if connection.vendor == "sqlite":
            return [self._words]
        return [*(f"%{text}%" for text in self._texts), self._words]

    @property
    def _texts(self) -> list[str]:
        """As the words stand in the column."""
        whole = [f" {word} " for word in self.words]
        return [*whole[:-1], whole[-1].rstrip()] if self.is_begun else whole

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
            cursor.execute(f"{self._statement} LIMIT {MOST + 1}", self._parameters)
            return [key for (key,) in cursor.fetchall()]

    def are_common(self) -> bool:
        """Whether PostgreSQL, when it last looked, saw each of the words in more than `MOST` rows. SQLite needs not know: it has
        the first keys of its index at once."""
        if connection.vendor == "sqlite":
            return False
        seen = (
            "SELECT count(*) FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS seen(word, share) "
            "WHERE tablename = %s AND word = ANY(%s) AND share * (SELECT reltuples FROM pg_class WHERE oid = %s::regclass) > %s"
        )
        words = list(set(self.words))
        with connection.cursor() as cursor:
            cursor.execute(seen, [self.index, words, self.table, MOST])
            return bool(cursor.fetchone()[0] == len(words))

    def among_newest(self, rows: QuerySet[Any], unit: str) -> int:
        """How many of the newest rows of a unit have them."""
        has_words = Case(When(self.in_the_row(), then=True), default=False, output_field=BooleanField())
        newest = rows.model._default_manager.filter(unit=unit).order_by(*rows.query.order_by)
        seen = newest.annotate(has_words=has_words)[:NEWEST]
        return int(seen.aggregate(found=Count("pk", filter=Q(has_words=True)))["found"])

    def in_the_row(self) -> Q:
        """The same, asked of each row."""
        found = Q()
        for text in self._texts:
            found &= Q(folded__contains=text)
        return found

    def in_many_rows(self) -> Q:
        """The same, for the database to choose how."""
        if connection.vendor == "sqlite":
            return self.in_the_row()
        return Q(RawSQL(self._condition, self._parameters, output_field=BooleanField()))  # noqa: S611 - our own names


class Indexed(migrations.RunPython):
    """The operation `indexed` gives; it knows its index, so that a test can find them all."""

    def __init__(self, index: str, table: str) -> None:
        self.index, self.table = index, table
        super().__init__(self._make, self._drop)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return ("indexed", [self.index, self.table], {})

    # An index needs no model: RunPython would build the classes of all of them anew (ADR 0019).
    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        self.code(from_state, schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if self.reverse_code is not None:
            self.reverse_code(from_state, schema_editor)

    def _make(self, _apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            # Without a list of what is new, which each search would read through.
            schema_editor.execute(
                f"CREATE INDEX {self.index} ON {self.table} USING gin ({_LEXEMES.format('folded')}) WITH (fastupdate = off)"
            )
            return
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {self.index} USING fts5(folded, content='{self.table}', content_rowid='id', "
            "tokenize='ascii', detail='none', columnsize=0)"
        )
        for statement in _kept_up(self.index, self.table, "id"):
            schema_editor.execute(statement)

    def _drop(self, _apps: Any, schema_editor: Any) -> None:
        if schema_editor.connection.vendor != "sqlite":
            schema_editor.execute(f"DROP INDEX {self.index}")
            return
        for trigger in TRIGGERS:
            schema_editor.execute(f"DROP TRIGGER {self.index}_{trigger}")
        schema_editor.execute(f"DROP TABLE {self.index}")


def indexed(index: str, table: str) -> Indexed:
    """The index over the column `folded` of a table, for its migration; rows that are there go into it."""
    return Indexed(index, table)


def lost(using: str) -> dict[str, tuple[str, str]]:
    """The indexes that lost a trigger with their table, each with that table and its key.

    SQLite rebuilds a table to alter it, for a constraint too, and drops the triggers of the old one without a word. An index tells
    which table it is of, so none has to be declared.
    """
    database = connections[using]
    if database.vendor != "sqlite":
        return {}
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'"
        )
        indexes = {
            name: (known[1], known[2])
            for name, made in cursor.fetchall()
            if (known := _OF_A_TABLE.search(made))
        }
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        there = {name for (name,) in cursor.fetchall()}
    return {
        name: of
        for name, of in sorted(indexes.items())
        if not there.issuperset(f"{name}_{end}" for end in TRIGGERS)
    }


def mended(using: str) -> list[str]:
    """Keep the indexes up again that are `lost`; which they were. What was written since is in none: all rows go into them anew."""
    indexes = lost(using)
    if not indexes:
        return []
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for index, (table, key) in indexes.items():
            for end in TRIGGERS:
                cursor.execute(f"DROP TRIGGER IF EXISTS {index}_{end}")
            for statement in _kept_up(index, table, key):
                cursor.execute(statement)
    return list(indexes)


def mend_after_migrations(*, using: str, **_said: Any) -> None:
    """What the end of migrations asks for (`django.db.models.signals.post_migrate`)."""
    mended(using)


def _kept_up(index: str, table: str, key: str) -> list[str]:
    """SQLite: all rows into the index, and what keeps it up from then on. The names are ours."""
    gone = f"INSERT INTO {index}({index}, rowid, folded) VALUES ('delete', old.{key}, old.folded);"  # noqa: S608
    added = f"INSERT INTO {index}(rowid, folded) VALUES (new.{key}, new.folded);"  # noqa: S608
    return [
        f"INSERT INTO {index}({index}) VALUES ('rebuild')",  # noqa: S608
        f"CREATE TRIGGER {index}_added AFTER INSERT ON {table} BEGIN {added} END",
        f"CREATE TRIGGER {index}_gone AFTER DELETE ON {table} BEGIN {gone} END",
        f"CREATE TRIGGER {index}_changed AFTER UPDATE OF folded ON {table} WHEN old.folded <> new.folded "
        f"BEGIN {gone} {added} END",
    ]
