"""One writer at a time among those who write in one unit."""

from __future__ import annotations

from dinhlang.org.models import Unit


def lock(unit: Unit | str) -> None:
    """Wait until nobody else who asks so for the unit (or its id) writes; the end of the transaction lets go.

    Rows that merely name the unit can be written meanwhile. On SQLite all writers wait anyway.
    """
    Unit.objects.select_for_update(no_key=True).get(pk=unit if isinstance(unit, str) else unit.pk)
