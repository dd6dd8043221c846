"""Who gets what from the addresses of contests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dinhlang.citizens.contests import actions, queries
from dinhlang.citizens.contests.actions import ContestGiven
from dinhlang.citizens.contests.rules.people import Person
from dinhlang.citizens.contests.rules.timing import Timing
from dinhlang.citizens.contests.rules.weeks import WeekGiven
from dinhlang.citizens.models import Contest, ContestWeek
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys.templates import templates
from dinhlang.portal.tests.cast import CAST, EVERYONE, ONLY_BY_A_FORM, WHO_MAY_SEE_IT

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

_KEY = "khoa-cua-mot-bai-thi"


def _draft(world: World) -> Contest:
    version = surveys.begin_survey(
        unit=world.commune, definition=templates()["tim-hieu-cchc"], by=None, at=world.at
    )
    given = ContestGiven("Cuộc thi thử", "Ai cũng được thi.", "", Timing.QUESTION, 45, 5)
    contest = actions.begin(unit=world.commune, given=given, by=None, at=world.at)
    week = WeekGiven(world.at + timedelta(hours=1), world.at + timedelta(days=3), None, 1)
    actions.write_week(contest=contest, version=version, given=week, by=None, at=world.at)
    return contest


def _week(world: World) -> ContestWeek:
    """A week of a contest that citizens may know of."""
    held = ContestWeek.objects.filter(contest__approved_at__isnull=False, contest__unit=world.commune)
    if not held.exists():
        contest = _draft(world)
        actions.send(contest=contest, by=None, at=world.at)
        actions.approve(contest=contest, seen=queries.digest_of(contest), by=None, at=world.at)
        # It runs from now on: its pages are forms, not words about when it opens.
        contest.weeks.update(opens_at=world.at)
        actions.join(
            week=contest.weeks.get(),
            given=Person("Nguyễn Thị Minh Họa", "0900000111", is_agreed=True),
            key=_KEY,
            hamlets=(),
            at=world.at,
        )
    return held.select_related("contest__unit", "version")[0]


def _of_draft(world: World) -> list[Any]:
    return [_draft(world).weeks.get().pk]


def _sitting(world: World) -> list[Any]:
    return [_week(world).sittings.get().pk]


def _public(world: World) -> list[Any]:
    return [_week(world).contest.code, 1]


_MANAGERS = {**dict.fromkeys(CAST, 404), **dict.fromkeys(("van-hoa", "van-phong"), 200)}

MATRIX: dict[str, dict[str, int]] = {
    "contests:list": EVERYONE,
    # The neighbour holds contests too: of its own commune.
    "contests:new": {**_MANAGERS, "ben-dua": 200},
    "contests:contest": WHO_MAY_SEE_IT,
    "contests:edit": _MANAGERS,
    "contests:poster": WHO_MAY_SEE_IT,
    "contests:step": ONLY_BY_A_FORM,
    "contests:week-new": _MANAGERS,
    "contests:week": WHO_MAY_SEE_IT,
    "contests:week-edit": _MANAGERS,
    "contests:week-drop": ONLY_BY_A_FORM,
    "contests:week-step": ONLY_BY_A_FORM,
    "contests:sittings": _MANAGERS,
    "contests:exclude": ONLY_BY_A_FORM,
    "contests:winners": _MANAGERS,
    "contests:export": ONLY_BY_A_FORM,
}

# For citizens, who have no account. Of a draft, and of lots that were not drawn, there is nothing.
PUBLIC: dict[str, int] = {
    "contest:contest": 200,
    "contest:trial": 200,
    "contest:join": 200,
    "contest:sitting": 200,
    "contest:results": 200,
    "contest:lots": 200,
    "contest:lots-file": 404,
}

# Each trial carries the moment at which it was shown, each form to join a ticket of its own.
FRESH = {"contest:trial", "contest:join"}

ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    **dict.fromkeys(
        ("contests:contest", "contests:step", "contests:edit", "contests:week-new"),
        lambda world: [_draft(world).pk],
    ),
    **dict.fromkeys(("contests:week-edit", "contests:week-drop"), _of_draft),
    **dict.fromkeys(
        ("contests:week", "contests:week-step", "contests:sittings", "contests:winners"),
        lambda world: [_week(world).pk],
    ),
    "contests:poster": lambda world: [_week(world).contest_id],
    "contests:exclude": _sitting,
    "contests:export": lambda world: [_week(world).pk, "csv"],
    **dict.fromkeys(("contest:contest", "contest:trial"), lambda world: _public(world)[:1]),
    "contest:sitting": lambda world: [_week(world) and _KEY],
    **dict.fromkeys(("contest:join", "contest:results", "contest:lots", "contest:lots-file"), _public),
}
