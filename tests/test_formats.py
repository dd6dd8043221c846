"""Days, hours and numbers on pages and in forms: day first, Monday first, 1.234.567,5, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template
from django.utils import formats, translation

from dinhlang.vietnamese import numbers

DAY = date(2023, 7, 20)
MOMENT = datetime(2023, 7, 20, 14, 30)  # noqa: DTZ001 - only its writing is looked at


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with translation.override(request.param):
        yield request.param


def shown(template: str, **context: object) -> str:
    return Template(template).render(Context(context))


def test_the_week_begins_on_monday(language: str) -> None:
    assert formats.get_format("FIRST_DAY_OF_WEEK") == 1


@pytest.mark.parametrize("written", ["20/7/2023", "20/07/2023", "20-7-2023", "20.7.2023", "2023-07-20"])
def test_a_day_is_read_with_the_day_first(written: str, language: str) -> None:
    assert forms.DateField().clean(written) == DAY


@pytest.mark.parametrize("written", ["7/20/2023", "20/7/23", "31/4/2023", "2023/07/20", "20/7"])
def test_a_day_that_is_not_there_or_can_be_read_in_two_ways_is_refused(written: str, language: str) -> None:
    with pytest.raises(forms.ValidationError):
        forms.DateField().clean(written)


@pytest.mark.parametrize("written", ["14:30", "14:30:00", "14h30"])
def test_an_hour_is_read(written: str, language: str) -> None:
    assert forms.TimeField().clean(written) == time(14, 30)


@pytest.mark.parametrize(
    "written", ["20/7/2023 14:30", "14:30 20/7/2023", "14h30 20-7-2023", "2023-07-20T14:30"]
)
def test_a_moment_is_read_in_either_order(written: str, language: str) -> None:
    assert forms.DateTimeField().clean(written).replace(tzinfo=None) == MOMENT


def test_what_a_form_shows_it_reads_again(language: str) -> None:
    shown_again = forms.DateInput().format_value(DAY)
    assert shown_again == "20/07/2023"
    assert forms.DateField().clean(shown_again) == DAY
    assert (
        forms.DateTimeField().clean(forms.DateTimeInput().format_value(MOMENT)).replace(tzinfo=None) == MOMENT
    )


def test_days_are_written_in_vietnamese() -> None:
    with translation.override("vi"):
        assert shown("{{ day }}", day=DAY) == "20/7/2023"
        assert shown("{{ at }}", at=MOMENT) == "14:30 20/7/2023"
        assert shown('{{ day|date:"l, j/n/Y" }}', day=DAY) == "Thứ Năm, 20/7/2023"
        assert shown('{{ day|date:"YEAR_MONTH_FORMAT" }}', day=DAY) == "tháng 7/2023"
        assert shown('{{ day|date:"F" }}', day=DAY) == "Tháng 7"


def test_days_are_written_in_english_so_that_nobody_takes_the_day_for_the_month() -> None:
    with translation.override("en"):
        assert shown("{{ day }}", day=DAY) == "20 July 2023"
        assert shown("{{ at }}", at=MOMENT) == "14:30, 20 July 2023"


def test_years_and_numbers_of_rows_are_never_grouped(language: str) -> None:
    assert shown("{{ year }} ?id={{ id }}", year=2023, id=1234567) == "2023 ?id=1234567"


def test_a_number_is_grouped_where_that_is_asked_for(language: str) -> None:
    assert formats.number_format(Decimal("1234567.5"), force_grouping=True) == "1.234.567,5"
    assert shown('{{ value|floatformat:"1g" }}', value=1234567.5) == "1.234.567,5"
    assert shown("{{ value }}", value=98.2) == "98,2"


@pytest.mark.parametrize("value", [0, 12, 2023, 1234567, 1234567.5, -86.5])
def test_what_is_written_with_grouping_is_read_as_the_same_number(value: float, language: str) -> None:
    assert numbers.parse(formats.number_format(value, force_grouping=True)) == value
    assert numbers.printed(value) == formats.number_format(value, force_grouping=True)


def test_a_comma_marks_the_decimals_of_a_localized_field(language: str) -> None:
    assert forms.DecimalField(localize=True).clean("1234567,5") == Decimal("1234567.5")


@pytest.mark.parametrize("written", ["1.234", "1,5", "1 234"])
def test_a_whole_number_is_read_only_when_nothing_has_to_be_guessed(written: str, language: str) -> None:
    with pytest.raises(forms.ValidationError):
        forms.IntegerField().clean(written)
