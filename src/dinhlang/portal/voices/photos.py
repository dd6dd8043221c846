"""Photos of a form made fit to keep; those that cannot be are named with the reason, the rest goes on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile

from dinhlang.citizens import keeping
from dinhlang.citizens.keeping import Kept
from dinhlang.org.rules import Refused
from dinhlang.vietnamese.text import one_line


@dataclass(frozen=True, slots=True)
class Unkept:
    """A photo that was not taken, and why."""

    name: str
    why: str


def kept(files: Iterable[UploadedFile]) -> tuple[list[Kept], list[Unkept]]:
    """The photos, shrunk, without place and time, sealed on the disk; and those that could not be read."""
    there: list[Kept] = []
    unkept: list[Unkept] = []
    for file in files:
        name = one_line(file.name or "")[: keeping.NAME_LENGTH]
        try:
            there.append(keeping.keep(file.read(), name))
        except Refused as reason:
            unkept.append(Unkept(name, str(reason)))
    return there, unkept


def forget(files: Iterable[Kept]) -> None:
    """Remove what was laid down for a form that was refused after all."""
    for one in files:
        keeping.FILES.erase(one.name_there)
