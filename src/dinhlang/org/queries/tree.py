"""The tree of all units on a day, read in two questions: for what is asked of thousands of units at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dinhlang.org.models import EARLIEST_FIRST, Position, ReportingLine, Unit, UnitPlacement
from dinhlang.org.queries.standing import PARTS, Recipient, titles_of
from dinhlang.org.rules import ROLES, Role


@dataclass(frozen=True)
class Tree:
    """Which unit stood under which on a day. `levels` has the level of every unit that stood somewhere."""

    parents: dict[str, str]
    levels: dict[str, str] = field(repr=False)

    def above(self, unit_id: str) -> list[str]:
        """The units above, nearest first."""
        path: list[str] = []
        while (parent := self.parents.get(path[-1] if path else unit_id)) and parent not in path:
            path.append(parent)
        return path

    def body_of(self, unit_id: str) -> str:
        """The body that a department or hamlet is part of; any other unit is its own."""
        up = [unit_id, *self.above(unit_id)]
        return next((one for one in up if self.levels.get(one) not in PARTS), up[-1])

    def below(self, unit_id: str) -> set[str]:
        """All units under this one."""
        found: set[str] = set()
        layer = {unit_id}
        while layer:
            layer = {child for one in layer for child in self._children.get(one, ())} - found - {unit_id}
            found |= layer
        return found

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        children: dict[str, list[str]] = defaultdict(list)
        for child, parent in self.parents.items():
            children[parent].append(child)
        return children


def tree(on: date) -> Tree:
    """The tree of a day."""
    placed = UnitPlacement.objects.in_force(on).order_by("unit", EARLIEST_FIRST)
    parents = dict(placed.values_list("unit_id", "parent_id"))
    return Tree(parents, dict(Unit.objects.values_list("pk", "level")))


def looked_after(on: date) -> set[str]:
    """Ids of the bodies that this installation is for on a day: those somebody acts for, and those below whoever
    watches from above. The catalogue knows every commune of the country; most of them are not here."""
    known = tree(on)
    found: set[str] = set()
    posts = Position.objects.in_force(on).order_by().values_list("unit_id", "role").distinct()
    for unit_id, role in posts:
        body = known.body_of(unit_id)
        found |= known.below(body) if ROLES[Role(role)].sees_below else {body}
    return {one for one in found if known.levels.get(one) not in PARTS}


def recipients_then(programme: str, on: date) -> dict[str, Recipient]:
    """Who receives the reports of a programme on a day, by the unit that has a reporting line of its own."""
    lines = list(
        ReportingLine.objects.in_force(on)
        .filter(programme=programme)
        .select_related("recipient")
        .order_by("unit", EARLIEST_FIRST)
    )
    names = titles_of((line.recipient_id for line in lines if not line.recipient_name), on)
    return {
        line.unit_id: Recipient(line.recipient, line.recipient_name or names[line.recipient_id])
        for line in lines
    }
