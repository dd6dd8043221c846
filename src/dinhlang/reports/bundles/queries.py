"""What is in a period of a unit and those below, and which bundles a person asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.text import capfirst

from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.periods.identifier import Period
from dinhlang.reports import rules
from dinhlang.reports.models import Bundle, Obligation, Report
from dinhlang.reports.period_files import reports_of
from dinhlang.vietnamese.text import collation_key


@dataclass(frozen=True, slots=True)
class Row:
    """A unit that is asked for its report or has one, and the report that a bundle takes; `None` while there is none."""

    unit: str
    name: str
    report: Report | None

    @property
    def symbol(self) -> str:
        """'31/BC-UBND' of an issued report."""
        one = self.report
        return rules.printed_number_of(one.number, one.symbol) if one and one.number is not None else ""


def contents(
    unit: Unit, programme: str, period: Period, readable: Collection[str], *, with_drafts: bool
) -> list[Row]:
    """Of the unit and those below it on the last day of the period, as far as they may be read, by name.

    Without drafts a unit's issued report counts even while a replacing one is being drafted.
    """
    day = period.calendar_window().end
    units = {unit.pk, *org.ids_below(unit, day)} & set(readable)
    found = reports_of(period, units, programme, with_drafts=with_drafts)
    reports = Report.objects.defer("document").in_bulk([pk for pk in found.values() if pk is not None])
    names = org.titles_of(found, day)
    rows = [Row(one, capfirst(names[one]), reports.get(pk or 0)) for one, pk in found.items()]
    return sorted(rows, key=lambda row: (collation_key(row.name), row.unit))


def periods_there(programme: str, units: Collection[str]) -> list[Period]:
    """The periods of which any of these units owes or has a report, the newest first."""
    owed = Obligation.objects.filter(programme=programme, unit__in=units, request=None)
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
