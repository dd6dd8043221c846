"""Reminders climb the ladder: each is a row, given once, and on a day off nobody is reminded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils.timezone import localdate

from dinhlang.org import queries as org
from dinhlang.org.models import Person, Position
from dinhlang.periods import calendar
from dinhlang.periods.calendar import WorkingCalendar
from dinhlang.reports.duties import queries, rules
from dinhlang.reports.duties.catalogue import Rung, ladder
from dinhlang.reports.duties.rules import State
from dinhlang.reports.models import Nudge, Obligation

_OWED = [state for state in State if state.is_owed]
_BATCH = 500


def remind_due(*, at: datetime, days: WorkingCalendar | None = None) -> int:
    """Give the reminders of the day, and say how many are new. The worker does it every hour; on a day off it is
    silent, and what was told once is not told again, whatever is restarted in between."""
    on, known = localdate(at), days or calendar.default()
    if not known.is_working(on):
        return 0
    rows = queries.with_standing(Obligation.objects.all(), on)
    recent = queries.in_state(rows, _OWED, on).filter(limit__gte=on - rules.STILL_OWED)
    told = {
        row: rung
        for row in recent
        if (rung := rules.rung_to_tell(ladder(), queries.facts_of(row).limit, on, known))
    }
    if not told:
        return 0
    whom = _Whom(on)
    nudges = [
        Nudge(obligation=row, rung=rung.id, person_id=person, told_on=on)
        for row, rung in told.items()
        for person in whom.people(row.unit_id, rung)
    ]
    return _give(nudges)


def see_nudges(*, person: Person, obligations: Iterable[int], at: datetime) -> None:
    """The person has seen these: they leave the first page."""
    Nudge.objects.filter(person=person, obligation__in=list(obligations), seen_at=None).update(seen_at=at)


def _give(nudges: list[Nudge]) -> int:
    rungs, obligations = {one.rung for one in nudges}, {one.obligation_id for one in nudges}
    there = set(
        Nudge.objects.filter(rung__in=rungs, obligation__in=obligations).values_list(
            "obligation_id", "rung", "person_id"
        )
    )
    new = [one for one in nudges if (one.obligation_id, one.rung, one.person_id) not in there]
    # Another worker may tell the same at this moment: the row decides who did.
    Nudge.objects.bulk_create(new, batch_size=_BATCH, ignore_conflicts=True)
    return len(new)


class _Whom:
    """Who is reminded: posts in force on the day, by body; read once for all obligations."""

    def __init__(self, on: date) -> None:
        self._tree = org.tree(on)
        self._by_body: dict[str, list[tuple[str, int]]] = {}
        posts = Position.objects.in_force(on).filter(person__is_active=True)
        for unit_id, role, person in posts.order_by("pk").values_list("unit_id", "role", "person_id"):
            self._by_body.setdefault(self._tree.body_of(unit_id), []).append((role, person))

    def people(self, unit_id: str, rung: Rung) -> list[int]:
        """The people of a rung for an obligation of that unit, each once."""
        own = [person for role, person in self._by_body.get(unit_id, ()) if role in rung.own]
        above = [
            person
            for body in self._tree.above(unit_id)
            for role, person in self._by_body.get(body, ())
            if role in rung.above
        ]
        return list(dict.fromkeys(own + above))
