"""What a table of a level shows."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import Filter, search_field
from dinhlang.org.rules import folded_name
from dinhlang.periods import regimes
from dinhlang.periods.identifier import Kind, Period
from dinhlang.periods.window import Window
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.models import ActivityKind
from dinhlang.work.rollup.queries import SUMMED

BY_REPORT, BY_CALENDAR = "bao-cao", "lich"
EVERY, DOSSIERS, SPREADING = "tat-ca", "ho-so", "tuyen-truyen"
_KINDS = {Kind.YEAR: 1, Kind.HALF: 2, Kind.NINE_MONTHS: 1, Kind.QUARTER: 4, Kind.MONTH: 12}


def _is_of_dossiers(concept: str) -> bool:
    found = CONCEPTS[concept]
    return found.numerator is not None or ActivityKind.ONESTOP in found.kinds


def concepts_of(group: str) -> tuple[str, ...]:
    """The concepts of a group, in the order in which they are declared."""
    if group == EVERY:
        return SUMMED
    return tuple(concept for concept in SUMMED if _is_of_dossiers(concept) == (group == DOSSIERS))


class LevelFilter(Filter):
    """Which period, counted how, which figures, which units. Every field may be left empty."""

    q = search_field(_("Tìm đơn vị"))
    period = forms.ChoiceField(label=_("Kỳ"), required=False)
    counted = forms.ChoiceField(
        label=_("Ngày được tính"),
        required=False,
        choices=[(BY_REPORT, _("Như báo cáo (chốt ngày 14)")), (BY_CALENDAR, _("Theo lịch"))],
    )
    group = forms.ChoiceField(
        label=_("Chỉ tiêu"),
        required=False,
        choices=[
            (SPREADING, _("Tuyên truyền")),
            (DOSSIERS, _("Hồ sơ, phản ánh, hài lòng")),
            (EVERY, _("Tất cả")),
        ],
    )
    sort = forms.ChoiceField(label=_("Xếp theo"), required=False)
    # What the table is about is chosen by going there.
    unit = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput())

    def __init__(self, *args: Any, years: list[int], this_year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.this_year = this_year
        cast(forms.ChoiceField, self.fields["period"]).choices = [
            (str(year), [(str(one), capfirst(one.label)) for one in _periods(year)]) for year in years
        ]
        cast(forms.ChoiceField, self.fields["sort"]).choices = [
            ("", _("Tên đơn vị")),
            *((concept, CONCEPTS[concept].label) for concept in SUMMED),
        ]
        if not self.is_bound:
            self.initial["period"] = str(this_year)

    @property
    def chosen_period(self) -> Period:
        """The period that is shown: unasked, this year."""
        return Period.parse(self.asked.get("period") or str(self.this_year))

    @property
    def window(self) -> Window:
        """The days that count for it, as reports count them or by the calendar."""
        period = self.chosen_period
        if self.asked.get("counted") == BY_CALENDAR:
            return period.calendar_window()
        return regimes.get(on=period.calendar_window().end).window(period)

    @property
    def concepts(self) -> tuple[str, ...]:
        """The figures that are shown."""
        return concepts_of(self.asked.get("group") or SPREADING)

    def fits(self, title: str) -> bool:
        """Whether a unit's name has all words that are looked for."""
        return all(word in folded_name(title) for word in folded_name(self.asked.get("q", "")).split())


def _periods(year: int) -> list[Period]:
    return [Period(year, kind, index) for kind, number in _KINDS.items() for index in range(1, number + 1)]
