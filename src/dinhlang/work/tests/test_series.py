"""A series over changes of units: shares, labels, and no line counted twice whatever is asked together."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.org import queries as org
from dinhlang.org.models import Unit, UnitName, UnitSuccession
from dinhlang.periods.window import Window
from dinhlang.work import actions, queries

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

AT = datetime(2025, 12, 1, 3, tzinfo=UTC)
YEAR = Window(date(2025, 1, 1), date(2025, 12, 31))
FIRST, SECOND = date(2025, 3, 1), date(2025, 7, 1)


def unit(name: str, starts: date | None = None, ends: date | None = None) -> Unit:
    made = Unit.objects.create(id=name, level="commune", starts_on=starts, ends_on=ends)
    UnitName.objects.create(unit=made, kind="xã", name=name.upper(), folded=name)
    return made


def step(old: Unit, new: Unit, on: date, share: str | None = None, *, partial: bool = False) -> None:
    UnitSuccession.objects.create(
        predecessor=old,
        successor=new,
        reason="merged",
        takes_effect_on=on,
        legal_basis="NQ",
        share=Decimal(share) if share else None,
        is_partial=partial or (share is not None and Decimal(share) < 1),
    )


def articles(of: Unit, on: date, many: int) -> None:
    actions.record_activity(
        unit=of,
        kind="website",
        happened_on=on,
        title=f"Bài {of.pk} {on}",
        measures={"articles": many},
        by=None,
        at=AT,
    )


def joint(*units: Unit) -> queries.Joint:
    return queries.joint_facts(units, YEAR, ["articles"])["articles"]


def test_a_merged_commune_shows_what_its_predecessors_did_and_says_so() -> None:
    a, b = unit("a", ends=FIRST), unit("b", ends=SECOND)
    c, d = unit("c", FIRST, SECOND), unit("d", SECOND)
    step(a, c, FIRST)
    step(b, d, SECOND)
    step(c, d, SECOND)
    for one, day, many in ((a, date(2025, 2, 1), 5), (b, date(2025, 6, 1), 7), (c, date(2025, 5, 1), 11)):
        articles(one, day, many)
    articles(d, date(2025, 8, 1), 13)
    found = joint(d)
    assert found.fact.value == 36
    assert found.fact.exactness == ""
    assert found.label == "gồm xã A trước 01/3/2025; xã B, xã C trước 01/7/2025"
    assert queries.fact(d, "articles", YEAR).value == 13
    assert joint(c).fact.value == 16
    # Together with their predecessors, each line once.
    assert joint(a, b, c, d).fact.value == joint(d).fact.value == 36


def test_a_part_counts_by_its_share_and_is_only_about_right() -> None:
    a = unit("a", ends=SECOND)
    b, c = unit("b", SECOND), unit("c", SECOND)
    step(a, b, SECOND, "0.25")
    step(a, c, SECOND, "0.75")
    articles(a, date(2025, 2, 1), 10)
    found = joint(b)
    assert (found.fact.value, found.fact.exactness) == (3, "khoảng")
    assert found.label == "gồm 25% của xã A trước 01/7/2025"
    assert joint(b, c).fact.value == 10
    assert joint(b, c).fact.exactness == ""


def test_a_part_of_unknown_size_is_named_and_not_counted() -> None:
    a, b = unit("a", ends=SECOND), unit("b", SECOND)
    step(a, b, SECOND, partial=True)
    articles(a, date(2025, 2, 1), 10)
    found = joint(b)
    assert not found.is_complete
    assert "không rõ bao nhiêu" in found.label
    assert found.fact.value == 0


def test_a_unit_that_gave_a_part_away_keeps_its_own_days_whole() -> None:
    a, b = unit("a"), unit("b", SECOND)
    step(a, b, SECOND, "0.4")
    articles(a, date(2025, 2, 1), 10)
    articles(a, date(2025, 8, 1), 3)
    assert joint(a).fact.value == 13
    assert joint(a).label == ""
    assert joint(b).fact.value == 4
    assert joint(a, b).fact.value == 13


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.integers(0, 5), st.integers(0, 5), st.integers(1, 4), st.sampled_from(["1", "0.5", "0.3"])
        ),
        max_size=8,
    )
)
def test_no_day_of_any_unit_counts_more_than_once_for_all_together(
    edges: list[tuple[int, int, int, str]],
) -> None:
    UnitSuccession.objects.all().delete()
    units = [Unit.objects.get_or_create(id=f"u{at}", defaults={"level": "commune"})[0] for at in range(6)]
    for old, new, month, share in {
        (old, new, month): (old, new, month, share) for old, new, month, share in edges
    }.values():
        if old < new:
            step(units[old], units[new], date(2025, month, 1), share)
    for chosen in ({"u5"}, {"u4", "u5"}, {one.pk for one in units}):
        stretches = org.descent(chosen)
        assert all(0 <= one.share <= 1 for one in stretches)
        for name in {one.unit_id for one in stretches}:
            of_one = sorted(
                (one for one in stretches if one.unit_id == name), key=lambda one: one.start or date.min
            )
            assert all(
                one.end is not None and after.start is not None and one.end <= after.start
                for one, after in pairwise(of_one)
            )
