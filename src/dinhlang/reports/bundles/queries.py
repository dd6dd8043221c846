"""What is in a period of a unit and those below, and which bundles a person asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.text import capfirst

from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.periods.identifier import Period
from dinhlang.reports import rules
from dinhlang.reports.models import Bundle, Obligation, Report, Submission
from dinhlang.reports.period_files import reports_of
from dinhlang.reports.submission.rules.states import State
from dinhlang.vietnamese.text import collation_key


@dataclass(frozen=True, slots=True)
class Row:
    """A unit that is asked for its report or has one, and what a bundle takes: the report that was written here, else what
    was handed in from elsewhere, as a file or from the unit's own box; neither while there is nothing."""

    unit: str
    name: str
    report: Report | None
    submission: Submission | None = None

    @property
    def is_there(self) -> bool:
        """Whether a bundle has anything of the unit."""
        return self.report is not None or self.submission is not None

    @property
    def symbol(self) -> str:
        """'31/BC-UBND' of an issued report, or of one that was handed in."""
        if self.submission is not None:
            return self.submission.symbol
        one = self.report
        return rules.printed_number_of(one.number, one.symbol) if one and one.number is not None else ""


def contents(
    unit: Unit, programme: str, period: Period, readable: Collection[str], *, with_drafts: bool
) -> list[Row]:
    """Of the unit and those below it on the last day of the period, as far as they may be read, by name.

    Of a unit that may not be read there is what it handed in to one that may. Without drafts a unit's issued report counts even while a replacing one is being drafted.
    """
    day = period.calendar_window().end
    units = {unit.pk, *org.ids_below(unit, day)}
    found = reports_of(period, units & set(readable), programme, with_drafts=with_drafts)
    received = _received(programme, period, units, readable)
    found = dict.fromkeys(received) | found
    reports = Report.objects.defer("document").in_bulk([pk for pk in found.values() if pk is not None])
    names = org.titles_of(found, day)
    rows = [
        Row(one, capfirst(names[one]), reports.get(pk or 0), None if pk else received.get(one))
        for one, pk in found.items()
    ]
    return sorted(rows, key=lambda row: (collation_key(row.name), row.unit))


def _received(
    programme: str, period: Period, units: Collection[str], readable: Collection[str]
) -> dict[str, Submission]:
    """What counts of that which these units handed in: what was accepted, else what was received last."""
    rows = Submission.objects.filter(
        Q(recipient__in=readable) | Q(obligation__unit__in=readable),
        obligation__programme=programme,
        obligation__period=str(period),
        obligation__request=None,
        obligation__unit__in=units,
        place="",
        state__in=[State.ACCEPTED, State.RECEIVED],
    )
    found: dict[str, Submission] = {}
    # 'accepted' sorts before 'received'.
    for one in rows.select_related("obligation").defer("document").order_by("state", "-number"):
        found.setdefault(one.obligation.unit_id, one)
    return found


def periods_there(programme: str, units: Collection[str]) -> list[Period]:
    """The periods of which any of these units owes, has or receives a report, the newest first."""
    owed = Obligation.objects.filter(
        Q(unit__in=units) | Q(submissions__recipient__in=units), programme=programme, request=None
    )
    written = Report.objects.filter(programme=programme, unit__in=units)
    ids = {
        one
        for rows in (owed, written)
        for one in rows.order_by().values_list("period", flat=True).distinct()
        if one
    }
    return sorted(map(Period.parse, ids), key=lambda one: (one.year, one.last_month, str(one)), reverse=True)


def bundles_of(person: Person) -> QuerySet[Bundle]:
    """The bundles that the person asked for, newest first; nobody else's."""
    found: QuerySet[Bundle] = Bundle.objects.filter(asked_by=person).select_related("unit").defer("rows")
    return found
