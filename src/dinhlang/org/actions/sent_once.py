"""A form of the desk that is sent twice, by an impatient thumb or a line that broke, does its work once."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from dinhlang.org.locking import lock
from dinhlang.org.models import Unit

Row = TypeVar("Row", bound=models.Model)


def made_before(rows: type[Row], *, unit: Unit, **mark: object) -> Row | None:
    """The row of the unit that the same form made, found by its mark (a field and its value); None for a form that is new or has none.

    Whoever sends the form at the same moment waits here, so make the row in the same transaction.
    """
    lock(unit)
    return rows._default_manager.filter(unit=unit, **mark).first() if None not in mark.values() else None
