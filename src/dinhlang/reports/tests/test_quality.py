"""The five groups of QĐ 766: weights as data, unknown never zero, and the page with its table."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.onestop import actions
from dinhlang.onestop.tests.conftest import _counter, counter  # noqa: F401 - the counter of the commune
from dinhlang.reports.quality import queries, rules
from dinhlang.reports.quality.rules import Measured

if TYPE_CHECKING:
    from dinhlang.onestop.tests.counters import Counter

DAY = date(2023, 7, 20)
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
def test_the_page_says_what_is_missing_and_goes_as_a_table(counter: Counter, client: Client) -> None:  # noqa: F811
    counter.do(actions.resolve, counter.receive())
    client.force_login(counter.cast.one_stop_clerk)
    days = {"first": "2023-01-01", "last": "2023-07-20"}
    page = client.get(reverse("reports:quality"), days).content.decode()
    assert "Chưa có số liệu: sổ của xã không biết hồ sơ nào đã đồng bộ" in " ".join(page.split())
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
