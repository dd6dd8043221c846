"""Who gets what from each address of the desk: a row for every address, a column for each of the cast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import URLPattern, URLResolver, reverse
from django.urls.resolvers import RoutePattern

from dinhlang.portal import urls

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

OF_THE_COMMUNE = frozenset(
    {"chu-tich", "van-hoa", "van-phong", "mot-cua", "truyen-thanh", "truong-thon", "quan-tri"}
)
NEIGHBOUR = "ben-dua"
REVIEWER = "so-noi-vu"
CAST = OF_THE_COMMUNE | {NEIGHBOUR, REVIEWER}

# What a GET answers to whom. Nobody signed in is always led to the sign-in page.
EVERYONE = dict.fromkeys(CAST, 200)
WHO_MAY_SEE_IT = {**EVERYONE, NEIGHBOUR: 404}
WHO_EDITS_OUTLINES = {**dict.fromkeys(CAST, 404), "chu-tich": 200, "van-hoa": 200, "van-phong": 200}
ONLY_BY_A_FORM = dict.fromkeys(CAST, 405)

MATRIX: dict[str, dict[str, int]] = {
    "wagtailadmin_home": EVERYONE,
    "wagtailadmin_account": EVERYONE,
    "wagtailadmin_dismissibles": EVERYONE,
    "org:units": EVERYONE,
    # How units are called is public; what they do is not on this page.
    "org:unit": EVERYONE,
    "work:plans": EVERYONE,
    "work:plan-import": EVERYONE,
    "work:plan": WHO_MAY_SEE_IT,
    "work:plan-amend": WHO_MAY_SEE_IT,
    "work:plan-source": WHO_MAY_SEE_IT,
    "work:ledger": EVERYONE,
    "work:ledger-export": EVERYONE,
    "work:kinds": EVERYONE,
    "work:record": EVERYONE,
    "work:activity-import": EVERYONE,
    "work:activity-import-confirm": ONLY_BY_A_FORM,
    "work:activity": WHO_MAY_SEE_IT,
    "work:reverse": WHO_MAY_SEE_IT,
    "work:evidence": WHO_MAY_SEE_IT,
    "archive:documents": EVERYONE,
    "archive:import": EVERYONE,
    "archive:document": WHO_MAY_SEE_IT,
    "archive:text": WHO_MAY_SEE_IT,
    "archive:source": WHO_MAY_SEE_IT,
    "reports:reports": EVERYONE,
    "reports:new": EVERYONE,
    "reports:register": EVERYONE,
    "reports:outline": WHO_EDITS_OUTLINES,
    "reports:report": WHO_MAY_SEE_IT,
    "reports:redraft": ONLY_BY_A_FORM,
    "reports:issue": WHO_MAY_SEE_IT,
    "reports:preview": WHO_MAY_SEE_IT,
    "reports:file": WHO_MAY_SEE_IT,
    "reports:figure": WHO_MAY_SEE_IT,
}
# These know nobody: signing in and out, pictures of the menu, words of its scripts.
OPEN_TO_ALL = {
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
    "wagtailadmin_javascript_catalog",
}


def address(name: str, world: World) -> str:
    """The address of that name, of something that is there."""
    given: dict[str, list[Any]] = {
        "org:unit": [world.commune.pk],
        "work:plan": [world.plan.pk],
        "work:plan-amend": [world.plan.pk],
        "work:plan-source": [world.plan.pk],
        "work:record": [world.line.kind],
        "work:activity": [world.line.pk],
        "work:reverse": [world.line.pk],
        "work:evidence": [world.evidence.pk],
        "archive:document": [world.document.pk],
        "archive:text": [world.document.pk],
        "archive:source": [world.document.pk],
        "reports:outline": [world.commune.pk],
        "reports:report": [world.report.pk],
        "reports:redraft": [world.report.pk],
        "reports:issue": [world.report.pk],
        "reports:preview": [world.report.pk],
        "reports:file": [world.report.pk, "json"],
        "reports:figure": [world.report.pk, world.report.figures.first().anchor],
    }
    return reverse(name, args=given.get(name, []))


def patterns(
    found: list[URLPattern | URLResolver], space: str = "", route: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """(full name, route, pattern) of every address below."""
    for one in found:
        path = route + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(
                one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space, path
            )
        else:
            yield f"{space}{one.name}", path, one


def test_every_address_of_the_desk_has_a_row() -> None:
    ours = {
        name
        for name, _, pattern in patterns(urls.urlpatterns)
        if name in urls.SHELL | urls.REPLACED or pattern.callback.__module__.startswith("dinhlang.")
    }
    ours -= {name for name in ours if name.split(":")[0].startswith("wagtail") and name not in MATRIX}
    assert ours == set(MATRIX)
    assert {
        name for name in set(MATRIX) | OPEN_TO_ALL if name.startswith("wagtail")
    } == urls.SHELL | urls.REPLACED


@pytest.mark.parametrize("name", MATRIX)
def test_the_cast_gets_what_the_matrix_says(world: World, name: str) -> None:
    there = address(name, world)
    answers = {who: world.signed_in(who).get(there).status_code for who in CAST}
    assert answers == MATRIX[name]


@pytest.mark.parametrize("name", MATRIX)
def test_nobody_signed_in_is_led_to_the_sign_in_page(world: World, name: str) -> None:
    there = address(name, world)
    answer = world.signed_in(None).get(there)
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"{reverse('wagtailadmin_login')}?next={there}",
    )


@pytest.mark.parametrize("name", MATRIX)
def test_a_post_without_the_forms_token_changes_nothing(world: World, name: str) -> None:
    if name == "wagtailadmin_dismissibles":  # takes no POST at all
        return
    answer = world.signed_in("van-hoa").post(address(name, world), {"reason": "x"})
    assert answer.status_code == 403


def test_an_office_that_ends_closes_the_desk_the_same_day(world: World) -> None:
    clerk = world.people["van-hoa"]
    clerk.positions.update(starts_on="2020-01-01", ends_on=world.today)
    assert world.signed_in("van-hoa").get(reverse("work:ledger")).status_code == 302


def test_what_wagtail_brings_and_no_room_uses_is_not_there(world: World) -> None:
    shell = urls.SHELL | urls.REPLACED
    closed = [
        (name, route)
        for name, route, pattern in patterns(urls.urlpatterns)
        if name.split(":")[-1] not in shell
        and not pattern.callback.__module__.startswith("dinhlang.")
        and isinstance(pattern.pattern, RoutePattern)
        and "<" not in route
    ]
    assert len(closed) > 40
    chair = world.signed_in("chu-tich")
    answers = {route: chair.get(f"/ban-lam-viec/{route.replace('^', '')}").status_code for _, route in closed}
    assert set(answers.values()) == {404}, answers


def test_an_address_that_is_not_there_says_so_in_vietnamese(world: World) -> None:
    answer = world.signed_in("van-hoa").get("/ban-lam-viec/khong-co/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()
