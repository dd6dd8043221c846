"""Who gets what from each address: a row for every address, a column for each of the cast.

The rows stand room by room in `matrix_<room>.py`. An address without a row fails the test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import copy, deepcopy
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from dinhlang.portal.tests import (
    frame,
    matrix_archive,
    matrix_broadcast,
    matrix_citizens,
    matrix_contests,
    matrix_desk,
    matrix_digest,
    matrix_door,
    matrix_newsroom,
    matrix_onestop,
    matrix_org,
    matrix_prints,
    matrix_privacy,
    matrix_procedures,
    matrix_public,
    matrix_reports,
    matrix_surveys,
    matrix_training,
    matrix_voice_mail,
    matrix_work,
    policy,
)
from dinhlang.portal.tests.cast import CAST

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

    from dinhlang.portal.tests.conftest import World

# Who may what is asked of Python; what a page asks its database, its own tests ask of both.
pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]

ROOMS = (
    matrix_archive,
    matrix_broadcast,
    matrix_citizens,
    matrix_contests,
    matrix_desk,
    matrix_digest,
    matrix_door,
    matrix_org,
    matrix_prints,
    matrix_privacy,
    matrix_procedures,
    matrix_newsroom,
    matrix_onestop,
    matrix_public,
    matrix_reports,
    matrix_surveys,
    matrix_training,
    matrix_voice_mail,
    matrix_work,
)
MATRIX = {name: row for room in ROOMS for name, row in room.MATRIX.items()}
ARGUMENTS = {name: given for room in ROOMS for name, given in room.ARGUMENTS.items()}
OPEN_TO_ALL: set[str] = set().union(*(getattr(room, "OPEN_TO_ALL", set()) for room in ROOMS))

# Pages that hold a ticket of their own each time they are shown.
FRESH: set[str] = set().union(*(getattr(room, "FRESH", set()) for room in ROOMS))
PUBLIC: dict[str, int] = {
    name: answer for room in ROOMS for name, answer in getattr(room, "PUBLIC", {}).items()
}

# Nobody, who works at the commune, who runs it, who leads a hamlet, who is of another commune, who is of the province.
ONE_OF_EACH_KIND = (None, "van-phong", "quan-tri", "truong-thon", "ben-dua", "so-noi-vu")
# What is done by a form to something of a commune: whoever may not see it is not told that it is there. Sessions are
# one's own: that of another looks like one that has ended, and leads back to the list. A list leaves as a file
# of one's own units.
OF_ONES_OWN = {
    "org:session-end",
    "work:ledger-export",
    "work:levels-export",
    "work:batches-export",
    "work:duplicates-export",
    "reports:register-export",
    "reports:duties-export",
    "reports:submissions-export",
    "reports:duty-table-export",
    "publications:export",
    "procedures:export",
    "broadcast:export",
    "broadcast:emergency-export",
    "broadcast:log-export",
    "broadcast:spoken-form-export",
    "newsroom:export",
    "newsroom:statistics-export",
    "newsroom:spread-export",
    "reports:index-export",
    "reports:quality-export",
    "reports:quality-scores-export",
    "reports:practices-export",
    "broadcast:print-places-export",
    "onestop:export",
    "onestop:support-export",
    "onestop:figures-export",
    "onestop:behind-export",
    "citizens:export",
    "citizens:counted-export",
    "citizens:replies-export",
    "surveys:list-export",
    "training:export",
}
DONE_TO_SOMETHING = sorted(
    name for name in MATRIX if 405 in MATRIX[name].values() and name in ARGUMENTS and name not in OF_ONES_OWN
)


def address(name: str, world: World) -> str:
    """The address of that name, of something that is there."""
    return reverse(name, args=ARGUMENTS[name](world) if name in ARGUMENTS else [])


@pytest.fixture(scope="module")
def _signed_in(_world_of_the_module: World, django_db_blocker: DjangoDbBlocker) -> dict[str | None, Client]:
    with django_db_blocker.unblock():
        return {who: _world_of_the_module.signed_in(who) for who in (*CAST, None)}


@pytest.fixture
def visitor(_signed_in: dict[str | None, Client], world: World) -> Callable[[str | None], Client]:
    """Gives the browser of that person, of nobody for None, as it is after signing in.

    Three thousand times someone asks here: signing in again each time would take as long as the answers.
    """

    def given(who: str | None) -> Client:
        client = copy(_signed_in[who])
        client.cookies = deepcopy(client.cookies)
        return client

    return given


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


def test_every_address_has_a_row() -> None:
    ours = {name for name, _, pattern in patterns(get_resolver().url_patterns)}
    assert ours == set(MATRIX) | set(PUBLIC) | OPEN_TO_ALL


@pytest.mark.parametrize("name", MATRIX)
def test_the_cast_gets_what_the_matrix_says(
    world: World, visitor: Callable[[str | None], Client], name: str
) -> None:
    """All that is asked of an address of the desk: making what it is the address of costs more than asking."""
    there, row = address(name, world), MATRIX[name]
    assert set(row) == CAST
    # Behind the gate, that is.
    assert there.startswith(reverse("desk:home"))
    _nobody_is_led_to_the_sign_in_page(visitor(None), there)
    # A form without its token is refused.
    assert visitor("van-hoa").post(there, {"reason": "x"}).status_code == 403
    answers = {who: visitor(who).get(there) for who in sorted(row)}
    assert {who: answer.status_code for who, answer in answers.items()} == row
    # One page of each kind of answer: the template is the same for whoever gets it.
    told = {answer.status_code: answer for answer in reversed(answers.values())}
    assert not [(status, fault) for status, answer in told.items() for fault in policy.faults_of(answer)]
    assert not (frame.faults_of(told[200]) if 200 in told else [])
    if name in DONE_TO_SOMETHING:
        _a_form_of_another_commune_finds_nothing(world, there)


def _nobody_is_led_to_the_sign_in_page(nobody: Client, there: str) -> None:
    answer = nobody.get(there)
    assert (answer.status_code, answer.headers["Location"]) == (
        302,
        f"{reverse('desk:sign-in')}?next={there}",
    )


def _a_form_of_another_commune_finds_nothing(world: World, there: str) -> None:
    answer = world.signed_in("ben-dua", checks_forms=False).post(there)
    assert answer.status_code in {403, 404}, (there, answer.status_code)


@pytest.mark.parametrize(
    "name", ["desk:home", "work:ledger", "work:plan", "reports:register", "newsroom:list"]
)
def test_the_frame_of_pages_is_looked_at(
    world: World, visitor: Callable[[str | None], Client], name: str
) -> None:
    assert frame.of(visitor("van-hoa").get(address(name, world))) is not None


@pytest.mark.parametrize("name", PUBLIC)
def test_what_is_public_is_the_same_for_everyone_and_for_nobody(
    world: World, visitor: Callable[[str | None], Client], name: str
) -> None:
    there = address(name, world)
    answers = {who: visitor(who).get(there) for who in ONE_OF_EACH_KIND}
    assert {answer.status_code for answer in answers.values()} == {PUBLIC[name]}
    assert len({answer.getvalue() for answer in answers.values()}) == 1 or name in FRESH
    assert not any(answer.cookies for answer in answers.values())


def test_an_office_that_ends_closes_the_desk_the_same_day(world: World) -> None:
    clerk = world.people["van-hoa"]
    clerk.positions.update(starts_on="2020-01-01", ends_on=world.today)
    assert world.signed_in("van-hoa").get(reverse("work:ledger")).status_code == 403


def test_an_address_that_is_not_there_says_so_in_vietnamese(world: World) -> None:
    answer = world.signed_in("van-hoa").get("/ban-lam-viec/khong-co/")
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.content.decode()


def test_there_are_forms_to_try() -> None:
    assert len(DONE_TO_SOMETHING) > 10


def test_a_ledger_that_leaves_as_a_file_holds_nothing_of_another_commune(world: World) -> None:
    there = reverse("work:ledger-export", args=["csv"])
    files = {
        who: b"".join(
            world.signed_in(who, checks_forms=False).post(there, {"unit": world.commune.pk}).streaming_content
        ).decode()
        for who in ("van-hoa", "ben-dua")
    }
    assert world.line.title in files["van-hoa"]
    assert world.line.title not in files["ben-dua"]
