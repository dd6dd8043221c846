"""Who keeps the closed cases of a unit that ended.

Where it was parted, a case of a hamlet goes with its hamlet, any other to whoever took most of the unit. Personal data are open
to one successor, never to each of them.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from dinhlang.citizens.models import Case
from dinhlang.org import queries as org
from dinhlang.org.models import Unit


def keeper_of(case: Case, on: date) -> Unit | None:
    """The unit in being that keeps a case: its own, or one that took over; `None` when nobody did."""
    heirs = org.heirs(case.unit, on)
    if len(heirs) > 1 and case.hamlet is not None:
        home = org.body_of(case.hamlet, on)
        if home in heirs:
            return home
    return org.keeper(case.unit, on)


def kept_by(body: Unit, on: date) -> tuple[set[str], Q]:
    """The units of which a body keeps cases, itself among them, and which of their cases those are."""
    units, mine = {body.pk}, Q()
    for unit in Unit.objects.filter(pk__in=org.predecessor_ids([body.pk], on)).order_by("pk"):
        heirs = org.heirs(unit, on)
        if body not in heirs:
            # It goes on itself, and gave only a part away.
            continue
        units.add(unit.pk)
        if len(heirs) > 1:
            mine &= ~Q(unit=unit) | _of_hamlets(unit, body, heirs, on)
    return units, mine


def _of_hamlets(unit: Unit, body: Unit, heirs: list[Unit], on: date) -> Q:
    def placed(there: Unit) -> set[str]:
        return org.ids_below(there, on, parts_only=True)

    if org.keeper(unit, on) != body:
        return Q(hamlet__in=placed(body))
    elsewhere = {hamlet for heir in heirs if heir != body for hamlet in placed(heir)}
    return Q(hamlet=None) | ~Q(hamlet__in=elsewhere)
