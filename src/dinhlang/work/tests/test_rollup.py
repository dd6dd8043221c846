"""Every level equals the sum of what stands under it, and a count from nothing, whatever happened."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dinhlang.org.models import AuditEntry, Unit, UnitPlacement
from dinhlang.org.rules import Refused
from dinhlang.periods.window import Window
from dinhlang.work import actions, rules
from dinhlang.work.concepts import CONCEPTS, STOCKS
from dinhlang.work.models import (
    Activity,
    ActivityKind,
    DailyFact,
    Evidence,
    FoldChange,
    PeriodSums,
    ReformField,
    SumsBelow,
)
from dinhlang.work.rollup import actions as rollup
from dinhlang.work.rollup import queries
from dinhlang.work.rollup.places import PLACE
from dinhlang.work.rollup.rules import buckets_of
from dinhlang.work.rollup.sums import MARK_MODULUS, add_fact, named, packed, unpacked
from dinhlang.work.rules import Count, LinkEvidence

if TYPE_CHECKING:
    from django.test import Client

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

YEAR = Window(date(2023, 1, 1), date(2023, 12, 31))
HALF = Window(date(2022, 12, 15), date(2023, 6, 14))
LINK = (LinkEvidence("https://bentruc.example.vn/1"),)


def record(cast: Cast, unit: Unit, day: date, **changes: Any) -> Activity:
    given_: dict[str, Any] = {
        "unit": unit,
        "kind": "website",
        "happened_on": day,
        "title": "Bài",
        "measures": {"articles": 1},
        "by": None,
        "at": cast.now,
    }
    return actions.record_activity(**{**given_, **changes})


# --- the land of the tests: a nation, two provinces, two communes, a hamlet -----------------------


def land(cast: Cast) -> dict[str, Unit]:
    """The fictional units, with a nation above and a second province beside."""
    nation = Unit.objects.create(id="nuoc-mau", level=Unit.Level.NATION)
    other = Unit.objects.create(id="tinh-khac", level=Unit.Level.PROVINCE)
    for province in (cast.province, other):
        UnitPlacement.objects.create(unit=province, parent=nation)
    hamlet = Unit.objects.filter(level=Unit.Level.HAMLET, placements__parent=cast.commune).first()
    assert hamlet is not None
    return {
        "nation": nation,
        "province": cast.province,
        "other": other,
        "commune": cast.commune,
        "neighbour": cast.neighbour_commune,
        "hamlet": hamlet,
    }


def parent_then(unit: str, day: date) -> str | None:
    """The parent on a day, asked of the placements one by one."""
    held = [
        row
        for row in UnitPlacement.objects.filter(unit=unit)
        if (row.starts_on is None or row.starts_on <= day) and (row.ends_on is None or row.ends_on > day)
    ]
    return max(held, key=lambda row: row.starts_on or date.min).parent_id if held else None


Sums = dict[tuple[Any, ...], list[int]]


def counted_by_hand() -> tuple[Sums, Sums]:
    """What the sums must be, line by line, without the code that keeps them."""
    periods: Sums = defaultdict(lambda: [0] * 5)
    below: Sums = defaultdict(lambda: [0] * 5)
    for line in Activity.objects.filter(reversal=None):
        shown = Evidence.objects.filter(activity=line).exists()
        counts = {one.concept: (one.value, bool(one.exactness)) for one in line.measures.all()}
        counts[f"kind:{line.kind}"] = (1, False)
        if line.reform_field:
            counts[f"field:{line.reform_field}"] = (1, False)
        day, chain = line.happened_on, [line.unit_id]
        while (above := parent_then(chain[-1], day)) and above not in chain:
            chain.append(above)
        for concept, (value, inexact) in counts.items():
            parts = (value, 1, int(inexact), int(not shown), int(line.line_hash, 16))
            for unit in chain:
                for bucket in buckets_of(day):
                    _add(periods[bucket, unit, concept], parts)
                if unit != line.unit_id:
                    _add(below[unit, concept, day], parts)
    return dict(periods), dict(below)


def _add(row: list[int], parts: tuple[int, ...]) -> None:
    row[:] = [old + new for old, new in zip(row, parts, strict=True)]
    row[4] %= MARK_MODULUS


def kept() -> tuple[Sums, Sums]:
    periods = PeriodSums.objects.values_list("bucket", "unit_id", "sums")
    below = SumsBelow.objects.values_list("unit_id", "day", "sums")
    return (
        {
            (bucket, unit, concept): list(parts)
            for bucket, unit, sums in periods
            for concept, parts in named(sums).items()
        },
        {
            (unit, concept, day): list(parts)
            for unit, day, sums in below
            for concept, parts in named(sums).items()
        },
    )


# --- the law --------------------------------------------------------------------------------------

_units = st.sampled_from(["commune", "neighbour", "hamlet", "province"])
_dates = st.sampled_from([date(2022, 12, 14), date(2022, 12, 15), date(2023, 6, 14), date(2023, 6, 15)])
_counts = st.builds(Count, st.integers(0, 5000), st.sampled_from(["", "", "hơn"]))
_which = st.integers(0, 30)
_steps = st.one_of(
    st.tuples(
        st.just("record"),
        _units,
        st.fixed_dictionaries(
            {
                "day": _dates,
                "measures": st.dictionaries(st.sampled_from(["articles", "posts"]), _counts, min_size=1),
                "evidence": st.sampled_from([(), LINK]),
                "reform_field": st.sampled_from(["", "the-che"]),
            }
        ),
    ),
    st.tuples(st.sampled_from(["reverse", "again", "evidence"]), _units, _which),
    # A unit moves: to another parent from a day on, and perhaps back; or its placement is corrected or taken out.
    st.tuples(st.just("move"), st.sampled_from(["commune", "neighbour", "hamlet", "other"]), st.tuples(
        st.sampled_from(["province", "other", "neighbour", "nation"]), _dates)),
    st.tuples(st.just("unplace"), _units, _which),
    st.tuples(st.sampled_from(["catch-up", "follow", "rebuild"]), _units, _which),
)  # fmt: skip


def take(step: tuple[str, str, Any], units: dict[str, Unit], cast: Cast) -> None:
    name, where, given_ = step
    unit = units[where]
    if name == "record":
        record(cast, unit, title="Bài", **_renamed(given_))
    elif name == "move":
        parent, day = units[given_[0]], given_[1]
        if parent != unit and unit.pk not in _chain(parent.pk, day):
            UnitPlacement.objects.filter(unit=unit, starts_on=None).update(ends_on=day)
            UnitPlacement.objects.update_or_create(unit=unit, starts_on=day, defaults={"parent": parent})
    elif name == "unplace":
        rows = list(UnitPlacement.objects.filter(unit=unit).order_by("pk"))
        if rows:
            rows[given_ % len(rows)].delete()
    elif name == "catch-up":
        rollup.catch_up(at=cast.now)
    elif name == "follow":
        rollup.follow_placements(at=cast.now)
    elif name == "rebuild":
        rollup.rebuild(
            year=2022 + given_ % 2, root=unit.pk if given_ % 3 else None, from_ledger=bool(given_ % 5)
        )
    else:
        take_up(name, list(Activity.objects.order_by("pk")), given_, cast)


def _renamed(given_: dict[str, Any]) -> dict[str, Any]:
    return {("day" if key == "day" else key): value for key, value in given_.items()}


def _chain(unit: str, day: date) -> list[str]:
    found = [unit]
    while (above := parent_then(found[-1], day)) and above not in found:
        found.append(above)
    return found


def take_up(name: str, lines: list[Activity], which: int, cast: Cast) -> None:
    """Do something with a line that is there."""
    if not lines:
        return
    line = lines[which % len(lines)]
    if name == "reverse":
        actions.reverse_activity(activity=line, reason="Nhầm", by=None, at=cast.now)
    elif name == "again":
        actions.record_again(activity=line, by=None, at=cast.now)
    else:
        actions.add_evidence(activity=line, evidence=LINK[0], by=None, at=cast.now)


@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(_steps, max_size=14))
def test_after_any_history_every_level_is_the_sum_of_its_lines(
    cast: Cast, steps: list[tuple[str, str, Any]]
) -> None:
    with transaction.atomic():
        units = land(cast)
        for step in steps:
            try:
                take(step, units, cast)
            except Refused:  # reversed twice: refused, and nothing may have changed
                continue
        rollup.catch_up(at=cast.now)
        rollup.follow_placements(at=cast.now)
        assert not FoldChange.objects.exists()
        before = kept()
        assert before == counted_by_hand()
        actions.rebuild_facts()
        assert kept() == before
        for unit in units.values():
            check_table(unit)
        transaction.set_rollback(True)


def check_table(unit: Unit) -> None:
    """The rows of a table and the unit's own lines make its total, in any window."""
    for window in (YEAR, HALF, Window(date(2022, 12, 14), date(2023, 6, 14))):
        table = queries.table(unit, window, ["articles", "posts"])
        for concept in table.concepts:
            total = table.total.get(concept, queries.NO_FIGURE)
            parts = [row.figures[concept] for row in table.rows if concept in row.figures]
            if table.rows:
                parts += [table.own[concept]] if concept in table.own else []
                assert total.value == (sum(part.value or 0 for part in parts) if parts else None)
                assert total.lines == sum(part.lines for part in parts)
            lines = Activity.objects.filter(
                reversal=None, measures__concept=concept, happened_on__range=(window.start, window.end)
            )
            behind = [line for line in lines if unit.pk in _chain(line.unit_id, line.happened_on)]
            assert total.lines == len(behind)
            if table.rows:
                own = table.own.get(concept, queries.NO_FIGURE)
                assert own.lines == sum(line.unit_id == unit.pk for line in behind)


# --- asking ---------------------------------------------------------------------------------------


def summed(cast: Cast) -> None:
    rollup.follow_placements(at=cast.now)
    rollup.catch_up(at=cast.now)


def test_a_line_is_in_the_table_of_the_province_once_the_worker_came_by(cast: Cast) -> None:
    summed(cast)
    record(cast, cast.commune, date(2023, 3, 1), measures={"articles": 3})
    assert queries.waiting() == 2
    assert queries.table(cast.province, YEAR).total == {}
    assert rollup.catch_up(at=cast.now) == 2
    table = queries.table(cast.province, YEAR)
    assert table.total["articles"].value == 3
    [row] = [row for row in table.rows if row.figures]
    assert (row.unit_id, row.figures["articles"].value) == (cast.commune.pk, 3)
    assert (queries.waiting(), queries.added_at()) == (0, cast.now)


def test_shares_are_made_of_both_counts_and_not_of_shares(cast: Cast) -> None:
    for unit, resolved, on_time in ((cast.commune, 100, 100), (cast.neighbour_commune, 300, 150)):
        counts = {"dossiers_resolved": resolved, "dossiers_on_time": on_time}
        record(cast, unit, date(2023, 3, 1), kind="onestop", measures=counts, basis="so")
    summed(cast)
    share = queries.table(cast.province, HALF).total["on_time_share"]
    assert (share.value, share.numerator, share.denominator) == (62.5, 250, 400)


def test_an_inexact_count_keeps_its_word_on_every_level(cast: Cast) -> None:
    record(cast, cast.commune, date(2023, 3, 1), measures={"articles": Count(100, "hơn"), "posts": 5})
    summed(cast)
    total = queries.table(cast.province, YEAR).total
    assert (total["articles"].exactness, total["posts"].exactness) == ("khoảng", "")


def test_a_window_that_ends_on_any_day_is_exact_while_changes_wait(cast: Cast) -> None:
    record(cast, cast.commune, date(2023, 3, 4), measures={"articles": 7})
    summed(cast)
    record(cast, cast.commune, date(2023, 3, 4), title="Bài khác", measures={"articles": 5})
    odd = Window(date(2023, 3, 3), date(2023, 3, 5))
    # Both levels tell what has been added up; neither is ahead of the other.
    assert queries.table(cast.province, odd).total["articles"].value == 7
    assert queries.table(cast.province, YEAR).total["articles"].value == 7
    rollup.catch_up(at=cast.now)
    assert queries.table(cast.province, odd).total["articles"].value == 12


def test_a_commune_that_moves_takes_its_days_along_and_leaves_the_others(cast: Cast) -> None:
    units = land(cast)
    for day in (date(2023, 3, 31), date(2023, 4, 10)):
        record(cast, cast.commune, day)
    summed(cast)
    UnitPlacement.objects.filter(unit=cast.commune).update(ends_on=date(2023, 4, 10))
    UnitPlacement.objects.create(unit=cast.commune, parent=units["other"], starts_on=date(2023, 4, 10))
    summed(cast)
    there = queries.table(units["other"], YEAR)
    assert [(row.unit_id, row.window.start) for row in there.rows] == [(cast.commune.pk, date(2023, 4, 10))]
    assert there.total["articles"].value == 1
    assert queries.table(units["province"], YEAR).total["articles"].value == 1
    assert queries.table(units["nation"], YEAR).total["articles"].value == 2


def test_a_rebuild_mends_sums_and_facts_that_were_damaged(cast: Cast) -> None:
    record(cast, cast.commune, date(2023, 3, 1))
    summed(cast)
    before = kept()
    for model in (PeriodSums, SumsBelow):
        for row in model.objects.all():
            sums = unpacked(row.sums)
            add_fact(sums, "articles", (5, 1, 0, 0, "0" * 64))
            model.objects.filter(pk=row.pk).update(sums=packed(sums))
    DailyFact.objects.update(total=99)
    PeriodSums.objects.create(unit=cast.province, bucket="2023-01", sums=PeriodSums.objects.first().sums)
    rollup.rebuild(year=2023, root=cast.province.pk, from_ledger=True)
    assert kept() == before


def test_a_rebuild_beside_writers_counts_what_waits_once(cast: Cast) -> None:
    summed(cast)
    record(cast, cast.commune, date(2023, 3, 1))
    rollup.rebuild(year=2023)
    assert not PeriodSums.objects.exists()
    rollup.catch_up(at=cast.now)
    assert kept() == counted_by_hand()


def test_months_are_told_one_by_one(cast: Cast) -> None:
    for number in range(3):
        record(cast, cast.commune, date(2023, 1, 31) + timedelta(days=number * 28))
    summed(cast)
    found = queries.months(cast.province, 2023, ["articles"])
    assert {month: figures["articles"].value for month, figures in found.items()} == {1: 1, 2: 1, 3: 1}


def test_a_table_costs_a_handful_of_questions(
    cast: Cast, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    record(cast, cast.commune, date(2023, 3, 1))
    summed(cast)
    with django_assert_max_num_queries(5):
        queries.table(cast.province, HALF)


def test_all_that_lines_are_counted_by_has_its_place() -> None:
    counted = {concept for concept, one in CONCEPTS.items() if one.is_counter and not one.is_stock}
    counted |= {rules.kind_concept(kind) for kind in ActivityKind}
    counted |= {rules.field_concept(field) for field in ReformField}
    assert counted <= set(PLACE)
    assert not STOCKS & set(PLACE)
    assert sorted(PLACE.values()) == list(range(len(PLACE)))


def test_figures_of_the_plan_are_not_summed() -> None:
    assert "completion" not in queries.SUMMED
    assert rules.task_of("task:7") is not None


# --- on the desk ----------------------------------------------------------------------------------


def test_a_reviewer_goes_from_the_province_to_the_evidence_in_four_clicks(cast: Cast, client: Client) -> None:
    record(
        cast, cast.commune, date(2023, 3, 1), title="Bài về một cửa", measures={"articles": 3}, evidence=LINK
    )
    summed(cast)
    client.force_login(cast.reviewer)
    here = reverse("work:levels") + "?period=2023-H1"
    for step in ("unit=ben-truc", "concept=articles", r"/so-theo-doi/\d", "bentruc.example.vn"):
        said = client.get(here).content.decode()
        links = [html.unescape(found) for found in re.findall(r'href="([^"]+)"', said)]
        here = next(found for found in links if re.search(step, found))
        here = here if here.startswith(("/", "http")) else reverse("work:levels") + here
    assert here == LINK[0].url


def test_units_are_found_by_name_and_sorted_by_a_figure(cast: Cast, client: Client) -> None:
    record(cast, cast.commune, date(2023, 3, 1), measures={"articles": 3})
    record(cast, cast.neighbour_commune, date(2023, 3, 1), measures={"articles": 8})
    summed(cast)
    client.force_login(cast.reviewer)
    page = reverse("work:levels") + "?period=2023"
    by_figure = [row[0] for row in client.get(page + "&sort=articles").context["rows"]]
    assert by_figure[:2] == ["Xã Bến Dừa", "Xã Bến Trúc"]
    assert [row[0] for row in client.get(page + "&q=ben truc").context["rows"]] == ["Xã Bến Trúc"]


def test_the_table_leaves_as_a_file_with_its_total_and_is_noted(cast: Cast, client: Client) -> None:
    record(cast, cast.commune, date(2023, 3, 1), measures={"articles": 3})
    summed(cast)
    client.force_login(cast.reviewer)
    answer = client.post(reverse("work:levels-export", args=["csv"]) + "?period=2023&unit=tinh-mau")
    lines = b"".join(answer).decode("utf-8-sig").splitlines()  # type: ignore[call-overload]
    assert lines[0].startswith("Mã đơn vị,Đơn vị,Từ ngày,Đến ngày,")
    assert "ben-truc,Xã Bến Trúc,15/12/2022,14/12/2023,3," in "\n".join(lines)
    assert lines[-1].startswith("tinh-mau,Cộng: ")
    assert AuditEntry.objects.get(action="levels.export").unit == cast.province
    assert client.post(reverse("work:levels-export", args=["exe"])).status_code == 404


def test_a_strangers_unit_looks_like_none(cast: Cast, client: Client) -> None:
    client.force_login(cast.neighbour)
    for name in ("work:levels", "work:level-lines"):
        assert client.get(reverse(name) + "?unit=ben-truc").status_code == 404
