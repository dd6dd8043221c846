from __future__ import annotations

import unicodedata
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.vietnamese import dates


def test_every_day_from_1990_to_2060_survives_words_and_print() -> None:
    first, last = date(1990, 1, 1), date(2060, 12, 31)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    assert days[-1] == last
    for day in days:
        assert dates.from_words(dates.in_words(day)) == day
        assert dates.parse(dates.printed(day)) == day
        assert dates.parse(f"{day.day}/{day.month}/{day.year}") == day


@pytest.mark.parametrize(
    ("day", "figures", "words"),
    [
        (
            date(2023, 2, 8),
            "ngày 08 tháng 02 năm 2023",
            "ngày tám tháng hai năm hai nghìn không trăm hai mươi ba",
        ),
        (
            date(2022, 3, 11),
            "ngày 11 tháng 3 năm 2022",
            "ngày mười một tháng ba năm hai nghìn không trăm hai mươi hai",
        ),
        (
            date(1975, 4, 30),
            "ngày 30 tháng 4 năm 1975",
            "ngày ba mươi tháng tư năm một nghìn chín trăm bảy mươi lăm",
        ),
        (
            date(2024, 12, 24),
            "ngày 24 tháng 12 năm 2024",
            "ngày hai mươi tư tháng mười hai năm hai nghìn không trăm hai mươi tư",
        ),
    ],
)
def test_a_date_is_written_as_the_decree_asks(day: date, figures: str, words: str) -> None:
    assert dates.printed(day) == figures
    assert dates.in_words(day) == words


@pytest.mark.parametrize(
    "written",
    [
        "13/2/2023",
        "13/02/2023",
        "13-2-2023",
        "13.2.2023",
        " 13 / 2 / 2023 ",
        "ngày 13/2/2023",
        "ngày 13 tháng 2 năm 2023",
        "Ngày  13   tháng 2 năm 2023.",
        "13 tháng 2 năm 2023",
        "ngày 13 tháng 02, 2023",
        "2023-02-13",
        unicodedata.normalize("NFD", "ngày 13 tháng 2 năm 2023"),
    ],
)
def test_a_date_is_read_in_its_usual_forms(written: str) -> None:
    assert dates.parse(written) == date(2023, 2, 13)


@pytest.mark.parametrize(
    "written",
    [
        *(
            "31/4/2023",
            "30/2/2024",
            "29/2/2023",
            "0/1/2023",
            "1/13/2023",
            "ngày 31 tháng 4 năm 2023",
            "2023-02-30",
        ),
        *(
            "13/2/23",
            "13/2",
            "13/2.2023",
            "tháng 2 năm 2023",
            "",
            "hôm nay",
            "ngày      tháng 7 năm 2023",
            "1/1/0000",
        ),
    ],
)
def test_what_is_no_day_of_the_calendar_gives_none(written: str) -> None:
    assert dates.parse(written) is None


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("ngày mùng năm tháng bốn năm hai nghìn không trăm hai mươi ba", date(2023, 4, 5)),
        ("mồng một tháng một năm hai nghìn lẻ năm", date(2005, 1, 1)),
        ("Ngày ba mươi mốt tháng tư năm hai nghìn không trăm hai mươi ba", None),
        ("ngày ba mươi tháng hai năm hai nghìn không trăm hai mươi tư", None),
        ("ngày mười tháng mười ba năm hai nghìn", None),
        ("ngày năm tháng năm", None),
        ("ngày năm tháng năm năm hai nghìn không trăm linh năm", date(2005, 5, 5)),
        ("", None),
    ],
)
def test_dates_in_words_are_understood_or_refused(words: str, day: date | None) -> None:
    assert dates.from_words(words) == day


@given(st.text())
def test_reading_any_text_never_crashes(text: str) -> None:
    dates.parse(text)
    dates.from_words(text)
