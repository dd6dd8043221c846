"""Which table of a period a person asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils.text import capfirst

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.views import looking_of, today
from dinhlang.periods.identifier import Period
from dinhlang.reports.consolidation.forms import PeriodForm
from dinhlang.reports.consolidation.queries import gathered_requests, upper_units
from dinhlang.reports.consolidation.taken import Taken
from dinhlang.reports.consolidation.taking import obligations_to, take, window_of
from dinhlang.reports.models import Programme
from dinhlang.reports.rules import REQUESTED
from dinhlang.work.concepts import CONCEPTS

_LETTERS_OFFERED = 20


@dataclass(frozen=True)
class Asked:
    """What was asked for; `taken` is `None` where nothing is owed to any unit of the person."""

    form: PeriodForm
    unit: Unit | None
    unit_name: str
    programme: Programme | None
    period: Period | None
    with_received: bool
    order: str
    chart: str
    taken: Taken | None

    @property
    def query(self) -> str:
        """What names the same table in an address."""
        if self.unit is None or self.programme is None or self.period is None:
            return ""
        said = {"unit": self.unit.pk, "programme": self.programme.pk, "period": str(self.period)}
        if self.with_received:
            said["received"] = "on"
        return urlencode(
            said | {name: one for name, one in (("order", self.order), ("chart", self.chart)) if one}
        )


def asked(request: HttpRequest) -> Asked:
    """The table that the address asks for: unasked the first unit, the programme and the last period that has begun.

    A unit that the person may not read is none: 404.
    """
    on = today()
    units = upper_units(looking_of(request).readable_ids, on)
    names = {one: capfirst(name) for one, name in org.titles_of([one.pk for one in units], on).items()}
    given = request.GET
    unit = next((one for one in units if one.pk == given.get("unit")), units[0] if units else None)
    if given.get("unit") and (unit is None or unit.pk != given["unit"]):
        raise Http404
    letters = _letters(unit, on) if unit else {}
    wanted_programme = given.get("programme", "")
    programme = (
        letters.get(wanted_programme)
        or Programme.objects.filter(pk=wanted_programme).first()
        or Programme.objects.first()
    )
    periods = _periods(unit, programme) if unit and programme else []
    wanted = given.get("period", "")
    period = Period.parse(wanted if wanted in periods else _likely(periods)) if periods else None
    with_received = given.get("received") == "on"
    order = given.get("order", "") if given.get("order", "") in CONCEPTS else ""
    chart = given.get("chart", "") if given.get("chart", "") in CONCEPTS else ""
    taken = None
    if unit and programme and period:
        window = window_of(unit, programme.pk, period, on)
        taken = take(unit, programme.pk, period, window, with_received=with_received)
    form = PeriodForm(
        units=names,
        periods=periods,
        letters={one: letter.short for one, letter in letters.items()},
        initial={
            "unit": unit.pk if unit else "",
            "programme": programme.pk if programme else "",
            "period": str(period or ""),
            "received": with_received,
            "order": order,
            "chart": chart,
        },
    )
    name = names.get(unit.pk, "") if unit else ""
    return Asked(form, unit, name, programme, period, with_received, order, chart, taken)


def _letters(unit: Unit, on: date) -> dict[str, Programme]:
    """The letters that the unit gave out, each as the programme its answers are kept under; it is not stored."""
    return {
        f"{REQUESTED}{one.pk}": Programme(
            id=f"{REQUESTED}{one.pk}", name=one.subject, short=f"{one.symbol or one.name}: {one.subject}"[:60]
        )
        for one in gathered_requests(org.ids_of_body(unit, on))[:_LETTERS_OFFERED]
    }


def _periods(unit: Unit, programme: Programme) -> list[str]:
    """The periods of which reports are owed to the unit, newest first."""
    found = obligations_to(unit, programme.pk).order_by().values_list("period", flat=True).distinct()
    return sorted(found, key=lambda one: (Period.parse(one).calendar_window().end, one), reverse=True)


def _likely(periods: list[str]) -> str:
    """The last period that has ended, else the first that has begun."""
    on = today()
    ended = [one for one in periods if Period.parse(one).calendar_window().end <= on]
    return ended[0] if ended else periods[-1]
