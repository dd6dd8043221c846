"""Who gets what from the addresses of the one-stop desk."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING, Any
from uuid import NAMESPACE_URL, uuid5

from PIL import Image

from dinhlang.onestop import actions, queries
from dinhlang.onestop.imports import actions as imports
from dinhlang.onestop.models import ImportRun
from dinhlang.onestop.rules.intake import Applicant, Given
from dinhlang.onestop.support import own, writing
from dinhlang.onestop.support.writing import Beside, Said
from dinhlang.portal.tests.cast import CAST, EVERYONE, ONLY_BY_A_FORM, WHO_MAY_SEE_IT
from dinhlang.procedures.actions import load_demo

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

_MEMBERS = {
    **dict.fromkeys(CAST, 404),
    # Guides are everybody's: next door a clerk opens the same one, in their own commune.
    **dict.fromkeys(
        ("van-hoa", "van-phong", "mot-cua", "truyen-thanh", "truong-thon", "cong-tac-vien", "ben-dua"), 200
    ),
}
# Each opens their own commune's version of a step, the neighbour too.
_WRITERS = {**dict.fromkeys(CAST, 404), **dict.fromkeys(("van-hoa", "van-phong", "ben-dua"), 200)}
_COUNTER = {**dict.fromkeys(CAST, 404), "mot-cua": 200, "van-phong": 200}
# The leader signs, and so sees whose it is.
_PEOPLE = {**_COUNTER, "chu-tich": 200}


def _version(world: World) -> list[Any]:
    load_demo(at=world.at)
    [chosen] = queries.procedures_to_choose(world.commune, world.today, words="1.004873")
    return [chosen.version]


def _dossier(world: World) -> list[Any]:
    """One that was received; once for a world."""
    [version] = _version(world)
    made = actions.receive(
        unit=world.commune,
        given=Given(Applicant("Nguyễn Thị Ví Dụ"), version, code=f"H99.12.34-{world.today:%y%m%d}-0001"),
        key=uuid5(NAMESPACE_URL, "matrix"),
        received_at=world.at,
        by=None,
        at=world.at,
    )
    return [made.pk]


def _presented(world: World) -> list[Any]:
    [version] = _version(world)
    made = actions.present(
        unit=world.commune,
        given=Given(Applicant("Nguyễn Thị Ví Dụ"), version),
        key=uuid5(NAMESPACE_URL, "matrix-presented"),
        presented_at=world.at,
        by=None,
        at=world.at,
    )
    return [made.pk]


def _step_picture(world: World) -> list[Any]:
    """A step with the commune's own picture; once for a world."""
    picture = BytesIO()
    Image.new("RGB", (60, 90), "white").save(picture, "PNG")
    held = writing.hold_picture(data=picture.getvalue(), name="anh.png", at=world.at)
    row = own.versions(world.commune.pk, "vneid", "tai-ve").first() or writing.write(
        unit=world.commune,
        guide="vneid",
        step="tai-ve",
        said=Said("Mở kho ứng dụng.", beside=Beside.PICTURE, picture=held, alternative="Kho ứng dụng"),
        by=None,
        at=world.at,
    )
    return [row.pk]


def _run(world: World) -> list[Any]:
    """A file of the province's system that was taken in; once for a world."""
    data = (
        f"Mã hồ sơ,Ngày tiếp nhận,Trạng thái\nH99.12.34-{world.today:%y%m%d}-0001,{world.today},Đang xử lý\n"
    )
    known = ImportRun.objects.filter(unit=world.commune).first()
    made = known or imports.receive_file(
        unit=world.commune, data=data.encode(), name="ho-so.csv", by=None, at=world.at
    )
    return [made.pk]


MATRIX: dict[str, dict[str, int]] = {
    "onestop:dossiers": EVERYONE,
    "onestop:export": ONLY_BY_A_FORM,
    "onestop:book": ONLY_BY_A_FORM,
    "onestop:figures": EVERYONE,
    "onestop:figures-export": ONLY_BY_A_FORM,
    "onestop:behind-export": ONLY_BY_A_FORM,
    "onestop:behind": EVERYONE,
    "onestop:guidance": EVERYONE,
    "onestop:guidance-tap": ONLY_BY_A_FORM,
    "onestop:guidance-list": _COUNTER,
    "onestop:guidance-take-back": ONLY_BY_A_FORM,
    "onestop:imports": _COUNTER,
    "onestop:import-example": _COUNTER,
    "onestop:import-run": _COUNTER,
    "onestop:import-step": ONLY_BY_A_FORM,
    "onestop:import-difference": ONLY_BY_A_FORM,
    "onestop:support": EVERYONE,
    "onestop:support-guide": _MEMBERS,
    "onestop:support-step": _WRITERS,
    "onestop:support-step-picture": {**_MEMBERS, "ben-dua": 404},
    "onestop:support-log": EVERYONE,
    "onestop:support-export": ONLY_BY_A_FORM,
    "onestop:support-figures": EVERYONE,
    "onestop:support-take-back": ONLY_BY_A_FORM,
    "onestop:counter": EVERYONE,
    "onestop:choose": _COUNTER,
    "onestop:receive": _COUNTER,
    "onestop:dossier": WHO_MAY_SEE_IT,
    "onestop:step": ONLY_BY_A_FORM,
    "onestop:receive-presented": _COUNTER,
    "onestop:applicant": _COUNTER,
    "onestop:slip": _PEOPLE,
    "onestop:survey-slip": ONLY_BY_A_FORM,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "onestop:export": lambda world: ["csv"],
    "onestop:guidance-take-back": lambda world: [1],
    "onestop:support-guide": lambda world: ["vneid"],
    "onestop:support-step": lambda world: ["vneid", "tai-ve"],
    "onestop:support-step-picture": _step_picture,
    "onestop:support-export": lambda world: ["csv"],
    "onestop:support-take-back": lambda world: [1],
    "onestop:behind": lambda world: ["3"],
    "onestop:figures-export": lambda world: ["csv"],
    "onestop:behind-export": lambda world: ["3", "csv"],
    "onestop:survey-slip": _dossier,
    "onestop:import-run": _run,
    "onestop:import-step": _run,
    "onestop:import-difference": lambda world: [*_run(world), "csv"],
    "onestop:receive": _version,
    "onestop:dossier": _dossier,
    "onestop:step": _dossier,
    "onestop:receive-presented": _presented,
    "onestop:applicant": _dossier,
    "onestop:slip": lambda world: [*_dossier(world), "receipt", "docx"],
}
