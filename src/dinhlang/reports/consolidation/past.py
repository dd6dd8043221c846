"""What units reported before, to tell what is unusual for each; read in one question for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from dinhlang.archive.models import BackfilledFact
from dinhlang.periods.identifier import Period
from dinhlang.reports.consolidation.rules import Past, Unusual, unusual
from dinhlang.reports.consolidation.rules.history import FEWEST
from dinhlang.reports.consolidation.taken import Figure, Taken
from dinhlang.reports.models import SubmittedFigure
from dinhlang.reports.sources import is_share
from dinhlang.reports.submission.rules.states import State
from dinhlang.work.concepts import CONCEPTS

# So many years back a unit is the same one, with the same work.
_YEARS = 5


@dataclass(frozen=True, slots=True)
class Outlier:
    """A unit's figure that is far from what the unit reported before."""

    figure: Figure
    found: Unusual

    @property
    def weight(self) -> float:
        """How far out it is: by what part of the usual value."""
        return abs(self.found.value - self.found.usual) / max(abs(self.found.usual), 1.0)


def outliers(taken: Taken) -> list[Outlier]:
    """The figures that are unusual for their units, the most unusual first."""
    past = _past(taken)
    found = [
        Outlier(figure, odd)
        for figure in _stated(taken)
        if (
            odd := unusual(
                figure.value,
                taken.windows[figure.unit].days,
                past.get((figure.unit, figure.concept), []),
                is_share=is_share(figure.concept),
            )
        )
    ]
    return sorted(found, key=lambda one: (-one.weight, one.figure.unit, one.figure.concept))


def _stated(taken: Taken) -> Iterator[Figure]:
    for concept in CONCEPTS:
        for figure in taken.figures.get(concept, {}).values():
            if figure.unit in taken.coverage.taken:
                yield figure


def _past(taken: Taken) -> dict[tuple[str, str], list[Past]]:
    """Earlier figures of each unit and concept, oldest first: of the same kind of period where there are enough."""
    every: dict[tuple[str, str], dict[str, Past]] = defaultdict(dict)
    for unit, concept, period, past in (*_from_documents(taken), *_submitted(taken)):
        every[unit, concept][period] = past
    found = {}
    for key, by_period in every.items():
        rows = [by_period[period] for period in sorted(by_period)]
        alike = [one for one in rows if _kind(one.period) == _kind(str(taken.period))]
        found[key] = alike if len(alike) >= FEWEST else rows
    return found


def _submitted(taken: Taken) -> Iterator[tuple[str, str, str, Past]]:
    since = taken.window.start.replace(year=taken.window.start.year - _YEARS, day=1)
    rows = SubmittedFigure.objects.filter(
        submission__state=State.ACCEPTED,
        submission__obligation__unit__in=taken.coverage.taken,
        submission__obligation__programme=taken.programme,
        submission__obligation__window_to__lt=taken.window.end,
        submission__obligation__window_to__gte=since,
        concept__in=list(CONCEPTS),
        value__isnull=False,
    ).exclude(submission__obligation__period=str(taken.period))
    stated = rows.order_by("pk").values_list(
        "submission__obligation__unit_id",
        "concept",
        "submission__obligation__period",
        "value",
        "window_from",
        "window_to",
        "submission__obligation__window_to",
    )
    for unit, concept, period, value, start, end, owed_to in stated:
        # A report also states the periods before it; those end long before its own cut-off.
        if value is not None and owed_to is not None and (owed_to - end).days <= _NEAR_THE_CUT_OFF:
            yield unit, concept, period, Past(period, value, (end - start).days + 1)


_NEAR_THE_CUT_OFF = 20


def _from_documents(taken: Taken) -> Iterator[tuple[str, str, str, Past]]:
    """What old documents of the units state, where nothing stands against it."""
    rows = BackfilledFact.objects.filter(
        unit__in=taken.coverage.taken, concept__in=list(CONCEPTS), doubts=[]
    ).exclude(period="")
    for unit, concept, period, value in rows.order_by("pk").values_list(
        "unit_id", "concept", "period", "value"
    ):
        days = Period.parse(period).calendar_window()
        if days.end < taken.period.calendar_window().end:
            yield unit, concept, period, Past(period, value, days.days)


def _kind(period: str) -> str:
    return period.partition("-")[2]
