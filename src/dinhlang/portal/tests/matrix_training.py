"""Who gets what from the addresses of classes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dinhlang.citizens.models import TrainingClass, TrainingFile, TrainingGuest
from dinhlang.citizens.surveys import actions as surveys
from dinhlang.citizens.surveys.templates import templates
from dinhlang.citizens.training import actions
from dinhlang.citizens.training.actions import ClassGiven
from dinhlang.citizens.training.rules.classes import Group, Kind, Paper, Stage
from dinhlang.citizens.training.rules.guests import Named
from dinhlang.portal.tests.cast import CAST, EVERYONE, ONLY_BY_A_FORM, WHO_MAY_SEE_IT

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World


def _class(world: World) -> TrainingClass:
    """A class that runs, with a guest and a first test that is open."""
    held = TrainingClass.objects.filter(unit=world.commune, closed_at=None).first()
    if held is not None:
        return held
    before = world.at - timedelta(hours=3)
    given = ClassGiven(Kind.TRAINING, "Lớp thử", world.at - timedelta(hours=1), "Hội trường xã")
    made = actions.make_class(unit=world.commune, given=given, by=None, at=before)
    actions.invite_named(
        training=made, group=Group.CITIZEN, people=[Named("Trần Văn Thử")], by=None, at=before
    )
    actions.send_invitations(training=made, by=None, at=before)
    definition = templates()["kiem-tra-cchc"]
    version = surveys.begin_survey(unit=world.commune, definition=definition, by=None, at=world.at)
    actions.choose_test(training=made, version=version, by=None, at=world.at)
    return actions.move_test(training=made, to=Stage.BEFORE, by=None, at=world.at)


def _closed(world: World) -> list[Any]:
    held = TrainingClass.objects.filter(unit=world.commune, closed_at__isnull=False).first()
    if held is not None:
        return [held.pk]
    given = ClassGiven(Kind.MEETING, "Hội nghị thử", world.at - timedelta(hours=1), "Hội trường xã")
    made = actions.make_class(unit=world.commune, given=given, by=None, at=world.at)
    actions.add_unannounced(
        training=made, group=Group.CITIZEN, named=Named("Khách Thử"), by=None, at=world.at
    )
    return [actions.close_class(training=made, by=None, at=world.at).pk]


def _guest(world: World) -> TrainingGuest:
    return _class(world).guests.get()


def _material(world: World) -> TrainingFile:
    training = _class(world)
    held = training.files.filter(kind=Paper.MATERIAL).first()
    return held or actions.add_file(
        training=training,
        kind=Paper.MATERIAL,
        title="Tài liệu",
        data=b"%PDF-1.7 thu",
        name="tai-lieu.pdf",
        by=None,
        at=world.at,
    )


_MANAGERS = {**dict.fromkeys(CAST, 404), **dict.fromkeys(("van-hoa", "van-phong"), 200)}

MATRIX: dict[str, dict[str, int]] = {
    "training:list": EVERYONE,
    "training:export": ONLY_BY_A_FORM,
    # The neighbour holds classes too: in its own commune.
    "training:new": {**_MANAGERS, "ben-dua": 200},
    "training:class": WHO_MAY_SEE_IT,
    "training:edit": _MANAGERS,
    "training:step": ONLY_BY_A_FORM,
    "training:off": _MANAGERS,
    "training:reopen": _MANAGERS,
    "training:guests": _MANAGERS,
    "training:guests-export": ONLY_BY_A_FORM,
    "training:guest-remove": ONLY_BY_A_FORM,
    "training:guest-call": ONLY_BY_A_FORM,
    "training:attendance": _MANAGERS,
    "training:unannounced": ONLY_BY_A_FORM,
    "training:invitation": _MANAGERS,
    "training:invitations": _MANAGERS,
    "training:guest-invitation": _MANAGERS,
    "training:sheet": _MANAGERS,
    "training:file-add": ONLY_BY_A_FORM,
    "training:file": WHO_MAY_SEE_IT,
    "training:file-remove": ONLY_BY_A_FORM,
    "training:testing": WHO_MAY_SEE_IT,
    "training:slips": ONLY_BY_A_FORM,
    "training:poster": _MANAGERS,
}

# For guests, who hold a code and have no account.
PUBLIC: dict[str, int] = {
    "class:page": 200,
    "class:invitation": 200,
    "class:material": 200,
    "class:sit": 200,
    "class:sit-with": 200,
}

# Each carries a key of its own, by which two taps are one answer.
FRESH = {"class:sit", "class:sit-with"}

ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "training:export": lambda _world: ["csv"],
    **dict.fromkeys(
        (
            "training:class",
            "training:edit",
            "training:step",
            "training:off",
            "training:guests",
            "training:attendance",
            "training:unannounced",
            "training:invitations",
            "training:file-add",
            "training:testing",
            "training:slips",
            "training:poster",
        ),
        lambda world: [_class(world).pk],
    ),
    "training:guests-export": lambda world: [_class(world).pk, "csv"],
    "training:reopen": _closed,
    **dict.fromkeys(("training:invitation", "training:sheet"), lambda world: [_class(world).pk, "docx"]),
    **dict.fromkeys(("training:guest-remove", "training:guest-call"), lambda world: [_guest(world).pk]),
    "training:guest-invitation": lambda world: [_guest(world).pk, "docx"],
    **dict.fromkeys(("training:file", "training:file-remove"), lambda world: [_material(world).pk]),
    **dict.fromkeys(("class:page", "class:invitation", "class:sit"), lambda world: [_class(world).code]),
    "class:material": lambda world: [_class(world).code, _material(world).pk],
    "class:sit-with": lambda world: [_class(world).code, "abcde"],
}
