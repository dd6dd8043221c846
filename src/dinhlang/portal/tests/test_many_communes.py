"""A reviewer of many communes: the lists ask the database no more for each of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from dinhlang.archive.models import ArchivedDocument
from dinhlang.org.models import Unit, UnitName, UnitPlacement
from dinhlang.portal.tests.cast import REVIEWER
from dinhlang.reports.models import Obligation, Report
from dinhlang.work.models import Plan

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]

COMMUNES = 30


@pytest.fixture
def many(world: World) -> World:
    """The world with thirty more communes below the reviewer, each with a plan, a report, one that is late, and an old document."""
    placed = UnitPlacement.objects.filter(unit=world.commune).latest("pk")
    for number in range(COMMUNES):
        unit = Unit.objects.create(id=f"xa-{number}", level=Unit.Level.COMMUNE)
        UnitName.objects.create(
            unit=unit, kind="xã", name=f"Số {number}", folded=f"xa so {number}",
            starts_on=date(2020, 1, 1),
        )  # fmt: skip
        UnitPlacement.objects.create(unit=unit, parent_id=placed.parent_id)
        Plan.objects.create(unit=unit, year=world.today.year, title=f"Kế hoạch {number}", created_at=world.at)
        old = ArchivedDocument.objects.get(pk=world.document.pk)
        old.pk, old.unit = None, unit
        old.save()
        report = Report.objects.get(pk=world.publication.report_id)
        report.pk, report.unit = None, unit
        report.save()
        owed = Obligation.objects.filter(unit=world.commune, due_on__lt=world.today).latest("window_to")
        owed.pk, owed.unit = None, unit
        owed.save()
    return world


@pytest.mark.parametrize(
    ("name", "most", "shown"),
    [
        ("work:plans", 32, COMMUNES),
        ("work:plans-file", 32, 0),
        ("archive:documents", 36, 20),
        ("publications:list", 32, COMMUNES),
        ("desk:home", 23, 15),
    ],
)
def test_the_lists_of_a_reviewer_ask_no_more_for_each_commune(
    many: World, django_assert_max_num_queries: DjangoAssertNumQueries, name: str, most: int, shown: int
) -> None:
    reviewer = many.signed_in(REVIEWER)
    with django_assert_max_num_queries(most):
        answer = reviewer.get(reverse(name))
    assert answer.status_code == 200
    if shown:
        assert answer.content.decode().lower().count("xã số ") >= shown
