"""Published figures over mergers and splits: by shares, with their sources, never more than was published."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from dinhlang.org.models import Unit, UnitName, UnitPlacement, UnitSuccession
from dinhlang.org.queries import Stretch
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.portal.models import Publication
from dinhlang.portal.public.actions import publish_report
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.lineage import Counted, added, lineage, part_of
from dinhlang.reports.actions import draft_report, issue_report
from dinhlang.work.actions import record_activity
from dinhlang.work.rules import LinkEvidence

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import Settings

    from dinhlang.portal.tests.conftest import World

_values = st.lists(st.integers(0, 10**6), min_size=1, max_size=8)


@given(_values, st.randoms())
def test_whole_units_add_up_in_any_order(values: list[int], chance: Any) -> None:
    parts = [Counted(Decimal(1), Decimal(one)) for one in values]
    told = added(parts, is_share=False)
    chance.shuffle(parts)
    assert added(parts, is_share=False) == told
    assert int(told.replace(".", "")) == sum(values)


@given(st.integers(0, 10**6), st.integers(1, 99))
def test_the_shares_of_a_unit_that_was_parted_make_it_whole_again(value: int, percent: int) -> None:
    shares = (Decimal(percent) / 100, 1 - Decimal(percent) / 100)
    told = added([Counted(one, Decimal(value)) for one in shares], is_share=False)
    assert told.startswith("khoảng ")
    assert int(told.removeprefix("khoảng ").replace(".", "")) == value


def test_percentages_are_worked_out_from_their_counts() -> None:
    half, all_ = Counted(Decimal(1), Decimal(50), "", 1, 2), Counted(Decimal(1), Decimal(100), "", 98, 98)
    assert added([half, all_], is_share=True) == "99"
    assert added([Counted(Decimal(1), Decimal(50))], is_share=True) == "…"
    assert added([], is_share=False) == "…"
    inexact = Counted(Decimal(1), Decimal(10), "hơn")
    assert added([inexact, inexact], is_share=False) == "hơn 20"


def test_days_that_count_by_two_shares_are_not_parted_by_guess() -> None:
    day = date(2025, 7, 1)
    both = [Stretch("a", None, day, Decimal(1)), Stretch("a", day, None, Decimal("0.25"))]
    assert part_of(both, Window(date(2025, 1, 1), day)) is None
    assert part_of(both, Window(date(2025, 1, 1), day - timedelta(days=1))) == both[0]
    assert part_of(both, Window(day, date(2025, 12, 31))) == both[1]
    assert part_of(both[:1], Window(day, date(2025, 12, 31))) is None


# --- on the page --------------------------------------------------------------------------------------


def before(unit_id: str, name: str, on: date) -> Unit:
    """A commune that ended on that day."""
    unit = Unit.objects.create(pk=unit_id, level=Unit.Level.COMMUNE, is_demo=True, ends_on=on)
    UnitName.objects.create(unit=unit, kind="xã", name=name, folded=f"xa {name.lower()}")
    UnitPlacement.objects.create(unit=unit, parent_id="tinh-mau")
    return unit


def published(world: World, unit: Unit, articles: int) -> Publication:
    """The commune's report of the first half of 2023, open to all."""
    record_activity(
        unit=unit,
        kind="website",
        happened_on=date(2023, 3, 3),
        title="Tin",
        measures={"articles": articles},
        evidence=[LinkEvidence(f"https://{unit.pk}.example.vn/tin")],
        by=None,
        at=world.at,
    )
    draft = draft_report(unit=unit, period=Period.parse("2023-H1"), by=None, at=world.at)
    report = issue_report(report=draft, on=date(2023, 6, 20), by=None, at=world.at)
    return publish_report(report=report, by=None, at=world.at)


@pytest.mark.django_db
@pytest.mark.integration
def test_the_results_of_a_successor_show_what_came_before_with_shares(
    world: World, client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.KEPT, settings.BLOBS = tmp_path / "kept", tmp_path / "blobs"
    site = registry.now().by_unit["ben-truc"]
    assert lineage(site, world.today) is None
    day = date(2023, 7, 1)
    whole, parted, silent = (before(f"cu-{one}", f"Cũ {one.upper()}", day) for one in "abc")
    for unit, share in ((whole, None), (parted, Decimal("0.25")), (silent, None)):
        UnitSuccession.objects.create(
            predecessor=unit,
            successor=world.commune,
            reason="merged",
            takes_effect_on=day,
            share=share,
            is_partial=share is not None,
        )
    assert lineage(site, world.today) is None, "nothing of them is open"
    first = published(world, whole, 40)
    second = published(world, parted, 10)
    found = lineage(site, world.today)
    assert found is not None
    row = next(one for one in found.rows if one.period == "6 tháng đầu năm 2023")
    assert dict(row.named)["Tin, bài về cải cách hành chính"] == "khoảng 43"
    assert [one.words for one in row.parts] == ["Xã Cũ A", "25% của Xã Cũ B"]
    assert "Xã Cũ C: chưa công khai báo cáo" in row.missing
    page = lxml_html.document_fromstring(client.get("/ben-truc/ket-qua/").content)
    [section] = page.xpath("//section[@aria-labelledby='chuoi']")
    links = section.xpath(".//a/@href")
    for one in (first, second):
        assert any(f"/{one.report.number}" in link and one.report.unit_id in link for link in links)
    Publication.objects.filter(pk__in=[first.pk, second.pk]).update(withdrawn_at=world.at, reason="Thử")
    assert lineage(site, world.today) is None
