"""Regimes: counting windows of NĐ 09/2019/NĐ-CP art. 12 and of sector statistics, and due dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dinhlang.periods import calendar, regimes
from dinhlang.periods.identifier import Kind, Period

ND09 = [
    ("2023", "15/12/2022 – 14/12/2023"),
    ("2023-H1", "15/12/2022 – 14/6/2023"),
    ("2023-H2", "15/6/2023 – 14/12/2023"),
    ("2023-9M", "15/12/2022 – 14/9/2023"),
    ("2023-Q1", "15/12/2022 – 14/3/2023"),
    ("2023-Q2", "15/3/2023 – 14/6/2023"),
    ("2023-Q3", "15/6/2023 – 14/9/2023"),
    ("2023-Q4", "15/9/2023 – 14/12/2023"),
    ("2023-M01", "15/12/2022 – 14/01/2023"),
    ("2024-M03", "15/02/2024 – 14/3/2024"),
]
SIZES = {Kind.YEAR: 1, Kind.HALF: 2, Kind.NINE_MONTHS: 1, Kind.QUARTER: 4, Kind.MONTH: 12}
chained = st.sampled_from([kind for kind in Kind if kind is not Kind.NINE_MONTHS]).flatmap(
    lambda kind: st.builds(Period, st.integers(2020, 2090), st.just(kind), st.integers(1, SIZES[kind]))
)
# The first question about a year builds its calendar, which says nothing about the law under test.
unhurried = settings(deadline=None)


@pytest.mark.parametrize(("period", "label"), ND09)
def test_the_decree_counts_from_the_fifteenth_to_the_fourteenth(period, label):
    assert regimes.get().window(Period.parse(period)).label == label


@pytest.mark.parametrize("period", [period for period, _ in ND09])
def test_sector_statistics_count_calendar_periods(period):
    assert regimes.get("calendar").window(Period.parse(period)) == Period.parse(period).calendar_window()


@unhurried
@given(chained, st.sampled_from(["nd09", "calendar"]))
def test_windows_follow_one_another_without_gap_or_overlap(period, regime):
    window, after = (regimes.get(regime).window(one) for one in (period, period.next()))

    assert window.start < window.end
    assert after.start == window.end + timedelta(days=1)


@unhurried
@given(st.integers(2020, 2090))
def test_nine_months_are_the_first_three_quarters(year):
    regime = regimes.get()
    whole = regime.window(Period(year, Kind.NINE_MONTHS))

    assert whole.start == regime.window(Period(year, Kind.QUARTER, 1)).start
    assert whole.end == regime.window(Period(year, Kind.QUARTER, 3)).end


def test_nine_months_are_marked_as_a_local_rule():
    regime = regimes.get()

    assert regime.window_rule(Kind.NINE_MONTHS).confidence is regimes.Confidence.LOCAL
    assert regime.window_rule(Kind.YEAR).confidence is regimes.Confidence.OFFICIAL


@pytest.mark.parametrize(
    ("period", "level", "due"),
    [
        ("2023-H1", "commune", date(2023, 6, 16)),
        ("2023", "commune", date(2023, 12, 18)),
        ("2026-M08", "commune", date(2026, 8, 18)),
        ("2024-Q1", "province", date(2024, 3, 25)),
        ("2023-H1", "province", date(2023, 6, 26)),
    ],
)
def test_a_report_is_due_on_a_working_day(period, level, due):
    assert regimes.get().due(Period.parse(period), level) == due
    assert calendar.default().is_working(due)


def test_a_due_date_explains_itself_and_says_what_must_be_confirmed():
    explained = regimes.get().explain_due(Period.parse("2023-H1"))

    assert explained is not None
    assert explained.explanation == (
        "Hạn gửi 16/6/2023: 02 ngày làm việc sau ngày chốt số liệu 14/6/2023 "
        "(theo quy định của tỉnh, theo mẫu của Khánh Hòa; cần đối chiếu quy định của tỉnh)."
    )
    assert not explained.provisional


def test_a_due_date_in_a_year_without_notice_is_provisional():
    explained = regimes.get().explain_due(Period.parse("2031"))

    assert explained is not None
    assert explained.provisional
    assert "tạm tính" in explained.explanation


def test_a_level_without_a_rule_has_no_due_date():
    assert regimes.get().due(Period(2023), "hamlet") is None
    assert regimes.get("calendar").due(Period(2023)) is None


def test_a_regime_is_in_force_from_its_day():
    assert regimes.get("nd09", on=date(2019, 3, 12)).id == "nd09"
    with pytest.raises(regimes.UnknownRegime, match="chưa có hiệu lực"):
        regimes.get("nd09", on=date(2019, 3, 11))
    with pytest.raises(regimes.UnknownRegime, match="calendar, cchc, kstthc, nd09"):
        regimes.get("nd90")


def test_versions_of_one_regime_never_overlap():
    known = regimes.versions()
    assert known
    for regime in known:
        others = [other for other in known if other.id == regime.id and other is not regime]
        assert not any(other.in_force(regime.valid_from) for other in others)


def test_a_deadline_says_which_days_off_it_passed_over():
    tet = regimes.get("nd09", on=date(2026, 2, 14)).explain_due(Period.parse("2026-M02"))

    assert tet is not None
    assert tet.on == date(2026, 2, 24)
    assert [one.day.day for one in tet.skipped] == [15, 16, 17, 18, 19, 20, 21, 22]
    assert all(one.reason for one in tet.skipped)


def test_a_row_kept_as_json_is_the_regime_it_was():
    row = {
        "id": "tinh",
        "version": "2026",
        "name": "Chế độ báo cáo của tỉnh",
        "basis": "quyết định của tỉnh",
        "valid_from": "2026-01-01",
        "window": [
            {
                "kinds": ["half"],
                "opens_months_before": 1,
                "opens_day": 15,
                "closes_day": 14,
                "basis": "như Nghị định",
                "confidence": "official",
            }
        ],
        "due": [{"level": "commune", "day_of_last_month": 15, "basis": "Điều 3", "confidence": "official"}],
    }
    kept = regimes.from_row(row)

    assert kept.window(Period.parse("2026-H1")) == regimes.get().window(Period.parse("2026-H1"))
    assert kept.due(Period.parse("2026-H1")) == date(2026, 6, 15)
    with pytest.raises(regimes.BadRegime, match="thiếu mục “window”"):
        regimes.from_row({name: value for name, value in row.items() if name != "window"})
    with pytest.raises(regimes.BadRegime, match="không đúng"):
        regimes.from_row({**row, "valid_from": "mùa xuân"})
