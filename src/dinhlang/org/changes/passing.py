"""Help for rooms that pass rows on to the heirs of units that end."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Count, Model, QuerySet

from dinhlang.org.changes.registry import Found, Hand, Scope


def pass_rows(
    hand: Hand, rows: Iterable[Any], *, may: Callable[[Any, str], bool] | None = None, **values: Any
) -> None:
    """Give rows of ended units to the heir of each, with other values besides. `may` refuses one that the heir cannot
    take; it stays then, as one of a unit that has no heir."""
    for row in rows:
        heir = hand.scope.heir(row.unit_id)
        if heir and (may is None or may(row, heir)):
            hand.record.change(row, unit_id=heir, **values)


def counted(rows: QuerySet[Any], called: str, scope: Scope) -> Iterable[Found]:
    """One line for each unit that has such rows, with how many: for what would be thousands of lines."""
    found = rows.filter(unit__in=scope.ids).order_by("unit").values_list("unit").annotate(rows=Count("pk"))
    for unit_id, count in found:
        yield Found(unit_id, called % {"count": count}, count=count)


def named(rows: Iterable[Model], fate: Any = "") -> Iterable[Found]:
    """One line for each row, as it calls itself."""
    for row in rows:
        yield Found(row.unit_id, str(row), fate)  # type: ignore[attr-defined]
