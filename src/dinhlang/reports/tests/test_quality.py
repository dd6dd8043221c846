"""The five groups of QĐ 766: weights as data, unknown never zero, and the page with its table."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.citizens.models import Case
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys.tests.test_surveys import by_poster, opened
from dinhlang.onestop import actions
from dinhlang.onestop.tests.conftest import _counter, counter  # noqa: F401 - the counter of the commune
from dinhlang.procedures.actions import add_place, post_procedures
from dinhlang.procedures.models import Place, Version
from dinhlang.reports.quality import queries, rules
from dinhlang.reports.quality.rules import Measured

if TYPE_CHECKING:
    from dinhlang.onestop.tests.counters import Counter

DAY = date(2023, 7, 20)
STANDING = 60
"""Procedures of the demonstration that stand on the day."""
SCHEME = rules.scheme_on(DAY)
MEASURES = {part.measure for group in SCHEME.groups for part in group.parts if part.measure}


def test_the_groups_make_a_hundred_and_their_parts_the_group() -> None:
    assert SCHEME.maximum == 100
    assert [int(one.maximum) for one in SCHEME.groups] == [18, 20, 22, 22, 18]
    for group in SCHEME.groups:
        assert sum(one.maximum for one in group.parts) == group.maximum, group.name
        for part in group.parts:
            assert bool(part.measure) != bool(part.missing), part.code


def test_before_the_decision_there_is_no_index() -> None:
    with pytest.raises(rules.NoScheme):
        rules.scheme_on(date(2022, 6, 22))


def test_what_is_not_known_is_left_out_and_not_zero() -> None:
    groups, total = rules.scored(SCHEME, {"in-time": Measured(2, 3), "satisfied": Measured(0, 4)})
    assert (total.points, total.known, total.maximum) == (Decimal("13.33"), 26, 100)
    assert groups[0].score.known == 0
    assert groups[0].parts[0].points is None


def test_the_most_of_each_part_is_what_the_portal_gives() -> None:
    """Group by group as the portal returns them; where that was read: docs/law.md."""
    assert [[int(part.maximum) for part in group.parts] for group in SCHEME.groups] == [
        [6, 4, 2, 6],
        [20],
        [6, 4, 2, 4, 2, 2, 2],
        [2, 4, 6, 2, 2, 6],
        [6, 6, 6],
    ]
    assert {part.code: part.full_at for group in SCHEME.groups for part in group.parts if part.full_at < 100} == {
        "3.3": 80, "4.1": 80, "4.3": 50, "5.1": 90,
    }  # fmt: skip


def test_a_part_may_be_full_before_all_is_reached() -> None:
    def points(**found: Measured) -> list[Decimal | None]:
        measured = {name.replace("_", "-"): one for name, one in found.items()}
        groups, _total = rules.scored(SCHEME, measured)
        return [part.points for group in groups for part in group.parts if part.part.measure in measured]

    assert points(satisfied=Measured(9, 10)) == points(satisfied=Measured(10, 10)) == [6]
    assert points(satisfied=Measured(89, 100)) == [Decimal("5.93")]
    assert points(online_dossiers=Measured(1, 2)) == [6]
    assert points(online_dossiers=Measured(1, 4)) == [3]


@given(
    st.dictionaries(
        st.sampled_from(sorted(MEASURES)), st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99))
    )
)
def test_points_stay_within_what_is_known(found: dict[str, tuple[int, int] | None]) -> None:
    measured = {name: Measured(min(pair), max(pair)) if pair else None for name, pair in found.items()}
    groups, total = rules.scored(SCHEME, measured)
    assert 0 <= total.points <= total.known <= total.maximum
    assert total.points == sum(one.score.points for one in groups)


@pytest.mark.django_db
@pytest.mark.integration
def test_every_measure_of_the_data_is_counted_and_leads_somewhere(counter: Counter, client: Client) -> None:  # noqa: F811
    unit = counter.cast.commune
    for _number in range(3):
        counter.do(actions.resolve, counter.receive())
    counter.receive(channel="online")
    client.force_login(counter.cast.one_stop_clerk)
    first, last = DAY.replace(month=1, day=1), DAY
    found = queries.measured(unit, first, last, at=counter.now)
    where = queries.places(unit, first, last)
    assert set(found) == set(where) == MEASURES
    assert found["in-time"] == Measured(3, 3)
    assert found["online-dossiers"] == Measured(1, 4)
    assert found["satisfied"] is None
    for name, address in where.items():
        assert client.get(address).status_code == 200, name
    for name in ("in-time", "online-dossiers"):
        measured = found[name]
        assert measured is not None
        assert len(client.get(where[name]).context["page"].object_list) == measured.reached


@pytest.mark.django_db
@pytest.mark.integration
def test_what_registers_hold_is_counted_over_what_could_have_been(
    counter: Counter,  # noqa: F811
    settings: Any,
    tmp_path: Any,
) -> None:
    settings.DATA = tmp_path
    cast, unit, at = counter.cast, counter.cast.commune, counter.now
    for way in ("electronic", "counter", "post"):
        counter.do(actions.resolve, counter.receive(return_way=way))
    counter.receive(return_way="electronic")
    for number, (is_in_time, rating) in enumerate(
        [(True, 5), (True, 4), (False, 3), (True, None), (None, None)]
    ):
        is_answered = is_in_time is not None
        Case.objects.create(
            unit=unit, code=f"PA-766X-{number:04d}", way="web", nature="feedback", category="giao-thong",
            state="answered" if is_answered else "accepted", received_at=at, changed_at=at, answered_in_time=is_in_time,
            answered_at=at if is_answered else None, days_used=1 if is_answered else None, rating=rating,
            rated_at=at if rating else None,
        )  # fmt: skip
    # Of a round with too few slips nothing is told, and of one that closes later nothing yet.
    for closes_on, scores in ((DAY, "555555555222"), (DAY, "111111111"), (DAY + timedelta(days=1), "5" * 12)):
        round_ = opened(cast, closes_on=closes_on)
        for score in scores:
            by_poster(cast, round_, score)
        surveys.close_round(round_=round_, by=cast.office_clerk, at=cast.now)
    standing = list(Version.objects.in_force(DAY).filter(procedure__unit=unit).order_by("pk"))
    Version.objects.update(online="")
    for version, online in zip(standing, ("full", "part", "some"), strict=False):
        Version.objects.filter(pk=version.pk).update(online=online)

    def found() -> Mapping[str, Measured | None]:
        return queries.measured(unit, DAY.replace(month=1, day=1), DAY, at=counter.now)

    first = found()
    assert first["electronic-results"] == Measured(1, 3)
    assert first["answered-in-time"] == Measured(3, 4)
    assert first["content-with-answers"] == Measured(2, 3)
    assert first["satisfied"] == Measured(9, 12)
    assert first["online-procedures"] == Measured(3, STANDING)
    # On the board of the demonstration all hang but what a decision of this month changed.
    assert first["posted"] == Measured(STANDING - 3, STANDING)
    board = Place.objects.get(unit=unit)
    there = set(board.postings.values_list("version", flat=True))
    missing = [one.pk for one in standing if one.pk not in there]
    post_procedures(place=board, versions=missing, posted_on=DAY, by=None, at=at)
    assert found()["posted"] == Measured(STANDING, STANDING)
    # What hangs in one place only is not posted in every one.
    add_place(unit=unit, name="Trang thông tin", channel=Place.Channel.PORTAL, by=None, at=at)
    assert found()["posted"] == Measured(0, STANDING)


@pytest.mark.django_db
@pytest.mark.integration
def test_the_page_says_what_is_missing_and_goes_as_a_table(counter: Counter, client: Client) -> None:  # noqa: F811
    counter.do(actions.resolve, counter.receive())
    client.force_login(counter.cast.one_stop_clerk)
    days = {"first": "2023-01-01", "last": "2023-07-20"}
    page = client.get(reverse("reports:quality"), days).content.decode()
    assert "Chưa có số liệu: sổ của xã không biết hồ sơ nào đã đồng bộ" in " ".join(page.split())
    assert "Chưa có số liệu: sổ của xã ghi nộp tiền mặt hay chuyển khoản" in " ".join(page.split())
    assert "thang điểm là 100" in page
    table = client.post(f"{reverse('reports:quality-export', args=['csv'])}?first=2023-01-01&last=2023-07-20")
    assert "2.1,Hồ sơ giải quyết trước hạn và đúng hạn,20" in table.getvalue().decode()
    for wrong in (
        {"first": "2023-07-20", "last": "2023-07-01"},
        {"first": "2020-01-01", "last": "2020-12-31"},
        {"first": "x"},
        {"first": "0001-01-01", "last": "9999-12-31"},
    ):
        assert client.get(reverse("reports:quality"), wrong).status_code == 200
