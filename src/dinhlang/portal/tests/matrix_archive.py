"""Who gets what from the addresses of old documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from dinhlang.archive.actions import begin_check, read_intake, receive_file
from dinhlang.archive.models import Intake
from dinhlang.portal.tests.cast import CAST, EVERYONE, ONLY_BY_A_FORM, WHO_MAY_SEE_IT
from dinhlang.work import blobs

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

# What is held of a document that was checked is there for whoever brought it, and for nobody else.
NOBODY = dict.fromkeys(CAST, 404)
WHO_BROUGHT_IT = {**dict.fromkeys(CAST, 404), "van-hoa": 200}


def _checked(world: World) -> list[Any]:
    return [
        begin_check(
            data=b"BAO CAO\nKet qua nam 2022", name="a.txt", by=world.people["van-hoa"], at=timezone.now()
        )
    ]


def _waiting(world: World) -> list[Any]:
    """A file that waits, much like the document that is in the archive."""
    known = Intake.objects.filter(unit=world.commune).first()
    if known is None:
        read = blobs.read(world.document.blob).decode().replace("48", "49")
        known = receive_file(
            data=read.encode(),
            name="gan-giong.txt",
            unit=world.commune,
            is_unit_given=True,
            origin=Intake.Origin.WEB,
            by=world.people["van-hoa"],
            at=timezone.now(),
        )
        read_intake(pk=known.pk, at=timezone.now())
    return [known.pk]


MATRIX: dict[str, dict[str, int]] = {
    "archive:documents": EVERYONE,
    "archive:import": EVERYONE,
    "archive:document": WHO_MAY_SEE_IT,
    "archive:text": WHO_MAY_SEE_IT,
    "archive:source": WHO_MAY_SEE_IT,
    "archive:intakes": EVERYONE,
    "archive:intake": WHO_MAY_SEE_IT,
    "archive:intake-source": WHO_MAY_SEE_IT,
    "archive:intake-compare": WHO_MAY_SEE_IT,
    "archive:intake-page": NOBODY,
    "check:new": EVERYONE,
    "check:check": WHO_BROUGHT_IT,
    "check:docx": WHO_BROUGHT_IT,
    "check:xlsx": WHO_BROUGHT_IT,
    # A text has no pages to draw, whoever asks; what a PDF shows to whom is tested in archive/tests.
    "check:page": NOBODY,
    "check:judge": ONLY_BY_A_FORM,
    "check:decide": ONLY_BY_A_FORM,
    "check:to-archive": ONLY_BY_A_FORM,
    "check:delete": ONLY_BY_A_FORM,
}

# What stands in the address, for those that need something.
ARGUMENTS: dict[str, Callable[[World], list[Any]]] = {
    "archive:document": lambda world: [world.document.pk],
    "archive:text": lambda world: [world.document.pk],
    "archive:source": lambda world: [world.document.pk],
    "check:check": _checked,
    "check:docx": _checked,
    "check:page": lambda world: [*_checked(world), 1],
    "check:xlsx": _checked,
    "check:judge": _checked,
    "check:decide": _checked,
    "check:to-archive": _checked,
    "check:delete": _checked,
    "archive:intake": _waiting,
    "archive:intake-page": lambda world: [*_waiting(world), 1],
    "archive:intake-source": _waiting,
    "archive:intake-compare": _waiting,
}
