"""The first page: what it says to whom, and what it costs."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from dinhlang.org.desk import Looking
from dinhlang.org.models import Position, Unit
from dinhlang.org.rules import ROLES, Role
from dinhlang.periods.identifier import Period
from dinhlang.portal import queries
from dinhlang.reports.actions import draft_report
from dinhlang.reports.duties.rules import STILL_OWED
from dinhlang.work.actions import record_activity
from dinhlang.work.models import Plan

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def first_page(world: World, who: str) -> str:
    return world.signed_in(who).get(reverse("desk:home")).content.decode()


def desk_of(world: World, who: str, on: date | None = None) -> queries.UnitDesk:
    [desk] = queries.desks(Looking(world.people[who], on or world.today))
    return desk


def test_each_kind_of_work_leads_to_the_place_where_it_is_done(world: World) -> None:
    said = first_page(world, "van-hoa")
    for one in desk_of(world, "van-hoa").late.shown:
        assert f"{reverse('work:kinds')}?task={one.task.pk}" in said
    for one in desk_of(world, "van-hoa").waiting:
        assert one.address.replace("&", "&amp;") in said


def test_late_work_and_work_of_the_coming_week_are_told_apart(world: World) -> None:
    desk = desk_of(world, "van-hoa")
    assert desk.late.count + desk.soon.count
    assert all(one.occurrence.due_on < world.today for one in desk.late.shown)
    until = world.today + timedelta(days=queries.DAYS_AHEAD)
    assert all(world.today <= one.occurrence.due_on <= until for one in desk.soon.shown)


def test_a_count_leads_to_the_plan_that_holds_what_it_counts(world: World) -> None:
    desk = desk_of(world, "van-hoa")
    assert desk.gaps.count
    for one in (desk.late, desk.soon, desk.gaps):
        assert sum(count for _, count, _ in one.plans) == one.count
    [(year, _, address)] = desk.gaps.plans
    assert year == world.today.year
    assert world.signed_in("van-hoa").get(address).status_code == 200
    assert address in first_page(world, "van-hoa")


def test_the_keeper_of_the_ledger_is_told_of_all_lines_without_evidence_others_of_their_own(
    world: World,
) -> None:
    for title in ("Bản tin thứ nhất", "Bản tin thứ hai"):
        record_activity(
            unit=world.commune, kind="radio", happened_on=world.today, title=title,
            measures={"broadcasts": 1}, by=world.people["truyen-thanh"], at=world.at,
        )  # fmt: skip
    counts = {
        who: int(re.match(r"\d+", desk_of(world, who).waiting[0].sentence)[0])  # type: ignore[index]
        for who in ("van-hoa", "truyen-thanh")
    }
    for who, count in counts.items():
        shown = world.signed_in(who).get(desk_of(world, who).waiting[0].address).context["page"]
        assert shown.paginator.count == count, "the count is the number of the lines it leads to"
    assert counts["truyen-thanh"] >= 2
    assert counts["van-hoa"] >= counts["truyen-thanh"]
    assert not [one for one in desk_of(world, "truong-thon").waiting if "minh chứng" in one.sentence]


def test_whoever_may_not_record_is_offered_no_button_for_it(world: World) -> None:
    assert f'href="{reverse("work:kinds")}' not in first_page(world, "chu-tich")
    assert f'href="{reverse("work:kinds")}' in first_page(world, "truyen-thanh")


def test_a_new_commune_is_led_through_its_first_steps(world: World) -> None:
    assert not Plan.objects.filter(unit="ben-dua").exists()
    said = first_page(world, "ben-dua")
    assert "Những bước đầu tiên" in said
    assert reverse("work:plan-import") in said
    assert not desk_of(world, "ben-dua").is_calm
    # Whoever may not invite people is not sent there.
    assert reverse("org:people") not in said.split('class="menu"')[1].split("Những bước")[1]


def test_the_first_steps_go_away_once_they_are_taken(world: World) -> None:
    assert desk_of(world, "quan-tri").steps == []
    assert "Những bước đầu tiên" not in first_page(world, "van-hoa")


def test_a_contributor_without_a_plan_is_told_who_brings_it(world: World) -> None:
    neighbour = Unit.objects.get(pk="ben-dua")
    Position.objects.create(
        person=world.people["truong-thon"], unit=neighbour, role=Role.CONTRIBUTOR, title="Cộng tác viên"
    )
    said = first_page(world, "truong-thon")
    assert "Chưa có kế hoạch năm" in said
    assert f'href="{reverse("work:plan-import")}"' not in said


def test_a_day_on_which_nothing_waits_is_calm(world: World) -> None:
    desk = desk_of(world, "quan-tri", date(world.today.year, 1, 2))
    assert desk.is_calm, desk


def test_the_next_report_owed_is_the_earliest_that_was_not_issued(world: World) -> None:
    year = world.today.year
    june = date(year, 6, 10)
    found = desk_of(world, "van-hoa", june).report
    assert found is not None
    assert found.period == Period.parse(f"{year}-H1")
    assert found.draft is not None
    assert found.draft.pk == world.report.pk
    assert 0 < found.known <= found.figures
    draft_report(unit=world.commune, period=Period(year), by=world.people["van-hoa"], at=world.at)
    later = desk_of(world, "van-hoa", date(year, 12, 20)).report
    assert later is not None
    assert later.due_on >= date(year, 12, 20) - STILL_OWED


def test_a_reviewer_sees_how_many_are_silent(world: World) -> None:
    seen = queries.overview(Looking(world.people["so-noi-vu"], world.today))
    assert seen is not None
    assert (seen.units, seen.with_plan) == (2, 1)
    if seen.period is not None:
        assert seen.sent + len(seen.silent) == seen.owed == 2
    assert queries.overview(Looking(world.people["van-hoa"], world.today)) is None


def test_the_first_page_asks_the_database_a_bounded_number_of_questions(
    world: World, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    clerk = world.signed_in("van-hoa")
    for number in range(60):
        record_activity(
            unit=world.commune, kind="meeting", happened_on=world.today - timedelta(days=number),
            title=f"Họp lần {number}", measures={"meetings": 1}, by=world.people["van-hoa"], at=world.at,
        )  # fmt: skip
    with django_assert_max_num_queries(41):  # one for each kind of thing that may wait
        clerk.get(reverse("desk:home"))


def test_the_menu_shows_only_what_the_posts_allow(world: World) -> None:
    chair = world.people["chu-tich"]
    looking = Looking(chair, world.today)
    assert looking.permissions == ROLES[Role.APPROVER].permissions
    Position.objects.create(person=chair, unit=world.commune, role=Role.CULTURE_OFFICER, title="Kiêm nhiệm")
    both = Looking(chair, world.today)
    assert both.permissions == ROLES[Role.APPROVER].permissions | ROLES[Role.CULTURE_OFFICER].permissions
    assert both.permissions_in(world.commune) == both.permissions
    assert looking.unit_name == "Xã Bến Trúc"


@pytest.mark.parametrize(
    ("there", "place"),
    [
        ("work:kinds", "work:kinds"),
        ("work:ledger", "work:ledger"),
        ("desk:home", "desk:home"),
        ("desk:shortcuts", ""),
    ],
)
def test_the_menu_marks_the_one_place_where_one_is(world: World, there: str, place: str) -> None:
    menu = world.signed_in("van-hoa").get(reverse(there)).context["menu"]
    marked = [one["entry"].url_name for one in menu if one["here"]]
    assert marked == ([place] if place else [])
