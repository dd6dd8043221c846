"""What closed rounds of surveys give a criterion: one round, taken in one way, with its number of slips and its interval.

Two ways of counting give two numbers for the same answers (`citizens.surveys.rules.scoring`), so a measure names its way and
rounds counted otherwise are told and left aside. Below ten slips a round says nothing, and nothing is not zero.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.models import SurveyRound
from dinhlang.citizens.surveys.queries import results_of
from dinhlang.citizens.surveys.rules.results import Results
from dinhlang.citizens.surveys.rules.scoring import METHOD_WORDS, Method
from dinhlang.citizens.surveys.rules.suppression import LEAST
from dinhlang.org.models import Unit
from dinhlang.periods.window import Window, numeric_date
from dinhlang.reports.index.building import ROUND_MEASURES
from dinhlang.vietnamese.numbers import printed

_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Said:
    """A closed round and what it found. `on` is the day its answers end: the day it closed, or its last day before that."""

    round: SurveyRound
    on: date
    found: Results

    @property
    def name(self) -> str:
        return f"{self.round.version.survey.title}, {self.round.title}"

    @property
    def method(self) -> Method:
        return self.found.method

    @property
    def method_words(self) -> str:
        return str(METHOD_WORDS[self.method])

    @property
    def people(self) -> int:
        return self.found.people

    @property
    def value(self) -> Decimal | None:
        """The index of 0 to 100, to two decimals; None where too few answered."""
        whole = self.found.whole
        if whole is None or not self.found.is_shown:
            return None
        exact = Decimal(whole.value.numerator) / Decimal(whole.value.denominator)
        return exact.quantize(Decimal("0.01"), ROUND_HALF_UP)

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Between what the index lies in 95 of 100 such rounds."""
        whole = self.found.whole
        if self.value is None or whole is None:
            return None
        low, high = (
            Decimal(str(one)).quantize(Decimal("0.01"), ROUND_HALF_UP) for one in (whole.low, whole.high)
        )
        return low, high

    @property
    def asked(self) -> int | None:
        """How many slips were given out; None where nobody knows, or where more came back."""
        given = self.found.asked
        return given if given is not None and given >= self.people else None

    @property
    def sentence(self) -> str:
        """What the round found, with its way, its slips and its interval."""
        told = {
            "round": self.name,
            "day": numeric_date(self.on),
            "people": printed(self.people),
            "method": self.method_words,
        }
        if self.value is None or self.interval is None:
            return _(
                "Đợt khảo sát “%(round)s” có %(people)s phiếu, dưới %(least)s phiếu nên không nêu kết quả."
            ) % {
                **told,
                "least": LEAST,
            }
        low, high = self.interval
        return _(
            "Đợt khảo sát “%(round)s”, đến ngày %(day)s: chỉ số hài lòng %(value)s trên 100, %(people)s phiếu, "
            "khoảng tin cậy 95%% từ %(low)s đến %(high)s. %(method)s."
        ) % {
            **told,
            "value": printed(float(self.value)),
            "low": printed(float(low)),
            "high": printed(float(high)),
        }

    @property
    def basis(self) -> dict[str, Any]:
        """What a score keeps of the round it was taken from."""
        low, high = self.interval or (None, None)
        return {
            "round": self.round.pk,
            "method": self.method.value,
            "people": self.people,
            "low": None if low is None else str(low),
            "high": None if high is None else str(high),
        }


def closed_in(unit: Unit, window: Window) -> list[Said]:
    """The rounds of a unit that closed within the window, most slips first. One whose line was reversed is taken back."""
    rows = SurveyRound.objects.filter(unit=unit, results__isnull=False, line__reversal=None)
    found = [
        Said(one, min(one.closes_on, localdate(one.closed_at)), results_of(one))
        for one in rows.select_related("version__survey")
    ]
    inside = [one for one in found if window.start <= one.on <= window.end]
    return sorted(inside, key=lambda one: (-one.people, -one.on.toordinal(), one.round.pk))


def chosen(rounds: Sequence[Said], measure: str) -> Said | None:
    """The round that a measure takes: of its way and with enough slips the one with most, so that no small one is picked."""
    method = method_of(measure)
    return next((one for one in rounds if one.method is method and one.value is not None), None)


def method_of(measure: str) -> Method:
    """The way of counting that a measure names."""
    return Method(ROUND_MEASURES[measure])


def reasons(rounds: Sequence[Said], measure: str, window: Window) -> tuple[str, ...]:
    """Why the measure has its value, or none: the round taken, and the others with what keeps them out."""
    if not rounds:
        return (
            _("Chưa có đợt khảo sát nào đóng trong %(window)s. Đóng đợt khảo sát rồi tính lại.")
            % {"window": window.label},
        )
    taken, method = chosen(rounds, measure), method_of(measure)
    said = [] if taken is None else [taken.sentence]
    for one in [one for one in rounds if one is not taken][:_MOST_TOLD]:
        if one.method is not method:
            said.append(
                _(
                    "Không dùng đợt “%(round)s”: đợt ấy tính theo cách %(other)s, tiêu chí lấy cách %(method)s, hai cách cho hai số khác nhau."
                )
                % {"round": one.name, "other": one.method.value, "method": method.value}
            )
        elif one.value is None:
            said.append(one.sentence)
        else:
            said.append(
                _(
                    "Đợt “%(round)s” cùng cách tính, %(people)s phiếu, được %(value)s; tiêu chí lấy đợt nhiều phiếu nhất."
                )
                % {
                    "round": one.name,
                    "people": printed(one.people),
                    "value": printed(float(one.value)),
                }
            )
    return tuple(said)


def methods_in(bases: Sequence[Mapping[str, Any]]) -> set[str]:
    """The ways in which the rounds behind these scores were counted."""
    return {str(basis["method"]) for basis in bases if basis.get("method")}
