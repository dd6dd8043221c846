"""Who gets what from the addresses of surveys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dinhlang.citizens.models import SurveyRound
from dinhlang.citizens.surveys import actions
from dinhlang.citizens.surveys.actions import RoundGiven
from dinhlang.citizens.surveys.rules.scoring import Method
from dinhlang.citizens.surveys.templates import templates

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World


def _round(world: World) -> SurveyRound:
    held = SurveyRound.objects.filter(unit=world.commune).first()
    if held is not None:
        return held
    version = actions.begin_survey(
        unit=world.commune, definition=templates()["hai-noi-dung"], by=None, at=world.at
    )
    on = world.at.date()
    given = RoundGiven("Đợt thử", on, on + timedelta(days=9), Method.B)
    return actions.open_round(version=version, given=given, by=None, at=world.at)


def _code(world: World) -> list[Any]:
    return [_round(world).code]


MATRIX: dict[str, dict[str, int]] = {}

# For citizens, who hold a code and have no account.
PUBLIC: dict[str, int] = {
    "survey:door": 200,
    "survey:ask": 200,
    "survey:kiosk": 200,
    "survey:results": 404,
}

ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    **dict.fromkeys(("survey:ask", "survey:kiosk", "survey:results"), _code),
}
