"""Who gets what from the addresses of citizens' feedback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.utils.timezone import localdate

from dinhlang.citizens import actions, keeping
from dinhlang.citizens.actions import keys
from dinhlang.citizens.models import Case
from dinhlang.citizens.rules.intake import Sender, Told
from dinhlang.citizens.rules.kinds import Way
from dinhlang.citizens.rules.terms import usual_terms
from dinhlang.portal.tests.cast import CAST, EVERYONE, NEIGHBOUR, ONLY_BY_A_FORM
from dinhlang.portal.tests.matrix_prints import a_photo

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

_NOBODY = dict.fromkeys(CAST, 404)
_READERS = {**_NOBODY, **dict.fromkeys(("chu-tich", "van-hoa", "van-phong", "mot-cua"), 200)}


def _terms(world: World) -> list[Any]:
    on = localdate(world.at)
    made = actions.write_rules(
        unit=world.commune, terms=usual_terms(on), starts_on=on + timedelta(days=1), by=None, at=world.at
    )
    return [made.pk]


def _case(world: World) -> Case:
    return actions.submit(
        unit=world.commune,
        told=Told("Đèn đường đầu thôn cháy đã hai tuần.", "dien-nuoc"),
        sender=Sender("Nguyễn Thị Thử", address="Thôn Thượng"),
        way=Way.WEB,
        key="0123456789abcdef",
        at=world.at,
    ).case


def _file(world: World) -> list[Any]:
    case = _case(world)
    kept = case.files.first() or actions.add_kept(
        case, keeping.keep(a_photo(), "den.jpg"), by=None, at=world.at
    )
    return [case.pk, kept.pk]


def _reply(world: World) -> list[Any]:
    given = {"unit": world.commune, "title": "Đèn đường", "words": "Xã đã báo đơn vị quản lý thay bóng đèn."}
    return [actions.write_reply(**given, by=None, at=world.at).pk]


def _key(world: World) -> list[Any]:
    return [keys.make_key(unit=world.commune, name="Ứng dụng", by=None, at=world.at)[0].pk]


MATRIX: dict[str, dict[str, int]] = {
    "citizens:cases": {**_READERS, NEIGHBOUR: 200},
    "citizens:export": ONLY_BY_A_FORM,
    "citizens:new": {**_NOBODY, **dict.fromkeys(("van-hoa", "van-phong", "mot-cua", NEIGHBOUR), 200)},
    "citizens:figures": EVERYONE,
    "citizens:counted": {**_READERS, NEIGHBOUR: 200},
    "citizens:counted-export": ONLY_BY_A_FORM,
    "citizens:day": {**_READERS, NEIGHBOUR: 200},
    "citizens:replies": {**_READERS, NEIGHBOUR: 200},
    "citizens:replies-export": ONLY_BY_A_FORM,
    "citizens:reply-end": ONLY_BY_A_FORM,
    "citizens:routes": {**_READERS, NEIGHBOUR: 200},
    "citizens:terms": {**_READERS, NEIGHBOUR: 200},
    "citizens:terms-cancel": ONLY_BY_A_FORM,
    "citizens:keys": {**_NOBODY, **dict.fromkeys(("van-hoa", "van-phong", NEIGHBOUR), 200)},
    "citizens:key-revoke": ONLY_BY_A_FORM,
    "citizens:case": _READERS,
    "citizens:step": ONLY_BY_A_FORM,
    "citizens:original": _READERS,
    "citizens:file": _READERS,
    "citizens:approval": {**_NOBODY, "chu-tich": 200},
    "citizens:publication": {**_NOBODY, **dict.fromkeys(("chu-tich", "van-hoa", "van-phong"), 200)},
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "citizens:export": lambda world: ["csv"],
    "citizens:counted": lambda world: ["da-nhan"],
    "citizens:counted-export": lambda world: ["da-nhan", "csv"],
    "citizens:replies-export": lambda world: ["csv"],
    "citizens:reply-end": _reply,
    "citizens:key-revoke": _key,
    "citizens:terms-cancel": _terms,
    "citizens:case": lambda world: [_case(world).pk],
    "citizens:day": lambda world: ["2023-07-19"],
    "citizens:step": lambda world: [_case(world).pk],
    "citizens:original": lambda world: [_case(world).pk],
    "citizens:file": _file,
    "citizens:approval": lambda world: [_case(world).pk],
    "citizens:publication": lambda world: [_case(world).pk],
}
