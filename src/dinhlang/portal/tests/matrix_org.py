"""Who gets what from the addresses of units and people."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dinhlang.org.changes import actions as changes
from dinhlang.org.changes.rules import from_json
from dinhlang.org.models import ChangeDraft, UnitChange
from dinhlang.portal.tests.cast import CAST, EVERYONE, ONLY_BY_A_FORM

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

ONLY_THE_ADMINISTRATOR = {**dict.fromkeys(CAST, 404), "quan-tri": 200}
WHO_READS_THE_AUDIT = {**ONLY_THE_ADMINISTRATOR, "chu-tich": 200}


def of_the_clerk(world: World) -> list[Any]:
    return [world.people["van-phong"].pk]


def a_post(world: World) -> list[Any]:
    return [world.people["van-phong"].positions.get().pk]


_RENAMED = {
    "kind": "rename",
    "on": "2026-01-01",
    "basis": "NQ 9/NQ-HĐND ngày 1/12/2025",
    "units": ["ben-truc"],
    "targets": [{"kind": "xã", "name": "Bến Trúc Mới"}],
}


def a_prepared_change(world: World) -> list[Any]:
    draft, _made = ChangeDraft.objects.get_or_create(
        by=world.people["quan-tri"], defaults={"asked": _RENAMED, "at": world.at}
    )
    return [draft.pk]


def a_change(world: World) -> list[Any]:
    """One that was applied and undone, so that the commune is called as before."""
    found = UnitChange.objects.first()
    if found is None:
        [found] = changes.apply(asked=[from_json(_RENAMED)], by=None, at=world.at)
        changes.undo(change=found, reason="Ghi nhầm", by=None, at=world.at)
    return [found.pk]


MATRIX: dict[str, dict[str, int]] = {
    "org:account": EVERYONE,
    "org:units": EVERYONE,
    # How units are called is public; what they do is not on this page.
    "org:unit": EVERYONE,
    "org:changes": ONLY_THE_ADMINISTRATOR,
    "org:change-new": ONLY_THE_ADMINISTRATOR,
    "org:change-draft": ONLY_THE_ADMINISTRATOR,
    "org:change-apply": ONLY_BY_A_FORM,
    "org:change-drop": ONLY_BY_A_FORM,
    "org:change-export": ONLY_BY_A_FORM,
    "org:change": ONLY_THE_ADMINISTRATOR,
    "org:change-undo": ONLY_BY_A_FORM,
    "org:roles": EVERYONE,
    "org:people": ONLY_THE_ADMINISTRATOR,
    "org:people-export": ONLY_BY_A_FORM,
    "org:invite": ONLY_THE_ADMINISTRATOR,
    "org:username": ONLY_THE_ADMINISTRATOR,
    "org:person": ONLY_THE_ADMINISTRATOR,
    "org:person-rename": ONLY_THE_ADMINISTRATOR,
    "org:account-lock": ONLY_THE_ADMINISTRATOR,
    "org:person-door": ONLY_THE_ADMINISTRATOR,
    "org:link-renew": ONLY_BY_A_FORM,
    "org:link-revoke": ONLY_BY_A_FORM,
    "org:appoint": ONLY_THE_ADMINISTRATOR,
    "org:hand-over": ONLY_THE_ADMINISTRATOR,
    "org:position-end": ONLY_THE_ADMINISTRATOR,
    "org:position-restore": ONLY_BY_A_FORM,
    "org:position-withdraw": ONLY_BY_A_FORM,
    "org:parts": ONLY_THE_ADMINISTRATOR,
    "org:part": ONLY_THE_ADMINISTRATOR,
    "org:part-restore": ONLY_BY_A_FORM,
    "org:audit": WHO_READS_THE_AUDIT,
    "org:audit-export": ONLY_BY_A_FORM,
}
# Opened by whoever was sent the link, signed in or not.
OPEN_TO_ALL = {"invitation"}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "org:change-new": lambda world: ["merge"],
    "org:change-draft": a_prepared_change,
    "org:change-apply": a_prepared_change,
    "org:change-drop": a_prepared_change,
    "org:change-export": lambda world: [*a_prepared_change(world), "csv"],
    "org:change": a_change,
    "org:change-undo": a_change,
    "org:unit": lambda world: [world.commune.pk],
    "org:people-export": lambda world: ["csv"],
    "org:person": of_the_clerk,
    "org:person-rename": of_the_clerk,
    "org:account-lock": of_the_clerk,
    "org:person-door": of_the_clerk,
    "org:link-renew": of_the_clerk,
    "org:link-revoke": lambda world: [1],
    "org:appoint": of_the_clerk,
    "org:hand-over": of_the_clerk,
    "org:position-end": a_post,
    "org:position-restore": a_post,
    "org:position-withdraw": a_post,
    "org:part": lambda world: ["ben-truc-thon-soi"],
    "org:part-restore": lambda world: ["ben-truc-thon-soi"],
    "org:audit-export": lambda world: ["xlsx"],
}
