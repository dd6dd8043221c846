"""Who gets what from the addresses of surveys."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dinhlang.citizens.models import PaperBatch, SurveyRemark, SurveyRound
from dinhlang.citizens.surveys import actions
from dinhlang.citizens.surveys.actions import RoundGiven
from dinhlang.citizens.surveys.rules.scoring import Method
from dinhlang.citizens.surveys.templates import templates
from dinhlang.portal.tests.cast import CAST, EVERYONE, ONLY_BY_A_FORM, WHO_MAY_SEE_IT

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


def _draft(world: World) -> int:
    definition = templates()["nam-yeu-to"]
    return actions.begin_survey(unit=world.commune, definition=definition, by=None, at=world.at).pk


def _batch(world: World) -> int:
    held = PaperBatch.objects.filter(round__unit=world.commune).first()
    if held is not None:
        return held.pk
    return actions.begin_batch(round_=_round(world), title="Hộp phiếu", sheets=2, by=None, at=world.at).pk


def _remark(world: World) -> list[Any]:
    return [SurveyRemark.objects.create(round=_round(world), question="gop-y", words="Cần thêm ghế.").pk]


_MANAGERS = {**dict.fromkeys(CAST, 404), **dict.fromkeys(("van-hoa", "van-phong"), 200)}
_TYPERS = {**_MANAGERS, "mot-cua": 200}

MATRIX: dict[str, dict[str, int]] = {
    "surveys:list": EVERYONE,
    # The neighbour manages surveys too: of its own commune.
    "surveys:list-export": ONLY_BY_A_FORM,
    "surveys:new": {**_MANAGERS, "ben-dua": 200},
    "surveys:survey": WHO_MAY_SEE_IT,
    "surveys:version-new": ONLY_BY_A_FORM,
    "surveys:version": _MANAGERS,
    "surveys:version-file": WHO_MAY_SEE_IT,
    "surveys:question-new": _MANAGERS,
    "surveys:question": _MANAGERS,
    "surveys:question-step": ONLY_BY_A_FORM,
    "surveys:round-new": _MANAGERS,
    "surveys:round": WHO_MAY_SEE_IT,
    "surveys:round-step": ONLY_BY_A_FORM,
    "surveys:round-slips": ONLY_BY_A_FORM,
    "surveys:round-poster": WHO_MAY_SEE_IT,
    "surveys:round-export": ONLY_BY_A_FORM,
    "surveys:remarks": _MANAGERS,
    "surveys:remark-step": ONLY_BY_A_FORM,
    "surveys:batch-new": ONLY_BY_A_FORM,
    "surveys:batch": _TYPERS,
    "surveys:batch-finish": ONLY_BY_A_FORM,
    "surveys:batch-sheet": _TYPERS,
}

# For citizens, who hold a code and have no account.
PUBLIC: dict[str, int] = {
    "survey:door": 200,
    "survey:ask": 200,
    "survey:kiosk": 200,
    "survey:results": 404,
}

# Each carries a key of its own, by which two taps are one answer.
FRESH = {"survey:ask", "survey:kiosk"}

ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    **dict.fromkeys(
        ("surveys:survey", "surveys:version-new"), lambda world: [_round(world).version.survey_id]
    ),
    **dict.fromkeys(
        ("surveys:version", "surveys:version-file", "surveys:question-new", "surveys:round-new"),
        lambda world: [_draft(world)],
    ),
    **dict.fromkeys(
        ("surveys:question", "surveys:question-step"), lambda world: [_draft(world), "hinh-thuc"]
    ),
    **dict.fromkeys(
        (
            "surveys:round",
            "surveys:round-step",
            "surveys:round-slips",
            "surveys:round-poster",
            "surveys:remarks",
            "surveys:batch-new",
        ),
        lambda world: [_round(world).pk],
    ),
    "surveys:list-export": lambda world: ["csv"],
    "surveys:round-export": lambda world: [_round(world).pk, "csv"],
    "surveys:remark-step": _remark,
    **dict.fromkeys(("surveys:batch", "surveys:batch-finish"), lambda world: [_batch(world)]),
    "surveys:batch-sheet": lambda world: [_batch(world), 1],
    **dict.fromkeys(("survey:ask", "survey:kiosk", "survey:results"), _code),
}
