"""What every way to a vendor's device promises, and which ways there are.

Devices that speak our API need none of this. For the others an adapter carries the same schedule, sound and orders, and
brings back what the device says it did, as reports for the air log (`actions.take_events`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from uuid import UUID

from dinhlang.broadcast.actions.hearing import Report


class NotDelivered(Exception):
    """The device could not be reached or understood; the text tells a person why and what to do."""


@dataclass(frozen=True, slots=True)
class Laid:
    """What a device was given: how many plays, and the titles of those that have no sound."""

    plays: int
    without_sound: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """What a device says of itself, when by its clock; None for what it does not say."""

    said_at: datetime
    playing: UUID | None = None
    volume: int | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a device says it did, and the lines of its log that cannot be read: which line, and why."""

    reports: tuple[Report, ...]
    problems: tuple[tuple[int, str], ...] = ()


class Adapter(Protocol):
    """A way to one device. Each deed raises `NotDelivered` and nothing else."""

    def schedule(self, body: Mapping[str, Any], sound: Callable[[str], bytes]) -> Laid:
        """Lay down the schedule (`queries.schedule_of`), its sound by hash, and take away what is not in it any more."""

    def play(self, play: UUID, *, at: datetime) -> None:
        """Air a play of the schedule now."""

    def stop(self, *, at: datetime) -> None:
        """Be silent now."""

    def volume(self, percent: int, *, at: datetime) -> None:
        """How loud, from 0 to 100."""

    def status(self) -> Status | None:
        """How the device is; None when it has not said."""

    def log(self) -> Told:
        """All that the device says it did. The same may be told again: each of its numbers counts once."""


def adapters() -> Mapping[str, Callable[[Path], Adapter]]:
    """The ways there are, by name; each takes where its device is found."""
    from dinhlang.broadcast.players.csv_folder import CsvFolder

    return {"csv": CsvFolder}
