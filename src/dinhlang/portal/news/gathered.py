"""What belongs to a thing, gathered into one value of its row, so that it comes with it in the same question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from django.db.models import F, Func, JSONField, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.utils.dateparse import parse_datetime


class _All(Func):
    """All rows as one JSON list; nothing for no rows."""

    output_field = JSONField()
    function = "JSON_GROUP_ARRAY"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


def all_of(rows: QuerySet[Any], **fields: str) -> Subquery:
    """The rows as a list of objects with these fields, in no order; `None` or `[]` for no rows.

    Fields are paths (`blob__size`). Moments come as text (`moment_of`), days as ISO.
    """
    return Subquery(rows.order_by().annotate(gathered=_All(_object(fields))).values("gathered"))


def first_of(rows: QuerySet[Any], **fields: str) -> Subquery:
    """The first of the rows as an object with these fields; `None` without any."""
    return Subquery(rows.values(gathered=_object(fields))[:1])


class _Object(Func):
    """One object. Django's own asks SQLite first whether it can, in a transaction that waits for all writers."""

    output_field = JSONField()
    function = "JSON_OBJECT"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_BUILD_OBJECT", **context)


def _object(fields: Mapping[str, str]) -> _Object:
    parts = ((Cast(Value(name), TextField()), F(path)) for name, path in fields.items())
    return _Object(*chain.from_iterable(parts))


def moment_of(text: str) -> datetime:
    """A moment of a gathered object. Raises `ValueError` for what is none."""
    found = parse_datetime(text)
    if found is None:
        raise ValueError(text)
    # SQLite keeps moments in UTC and does not say so.
    return found if found.tzinfo else found.replace(tzinfo=UTC)
