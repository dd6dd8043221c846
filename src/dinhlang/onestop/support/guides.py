"""Guides step by step, as data (`data/*.toml`): what to do, and a schematic screen with the place to press.

The apps' own pictures are not ours to copy and are out of date with their next version: screens are drawn (`screens`), and each
guide says against what its words were compared, when, and what could not be.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from dinhlang.onestop.models import SupportMatter

ORDER = ("vneid", "dang-nhap", "nop-ho-so", "thanh-toan", "tra-cuu", "danh-gia")
"""As a beginner needs them."""


class Device(StrEnum):
    PHONE = "phone"
    COMPUTER = "computer"


class RowKind(StrEnum):
    """What stands in a row of a screen."""

    TEXT = "text"
    FIELD = "field"
    BUTTON = "button"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen as it is drawn: its title, rows, and the words of the row to press or to fill in."""

    title: str
    rows: tuple[tuple[RowKind, str], ...]
    press: str
    device: Device = Device.PHONE

    @property
    def words(self) -> str:
        """What the picture shows, for whoever does not see it."""
        what = "điện thoại" if self.device is Device.PHONE else "máy tính"
        return (
            f"Hình vẽ màn hình {what} “{self.title}”: {', '.join(said for _kind, said in self.rows)}. "
            f"Chỗ cần làm: {self.press}."
        )


@dataclass(frozen=True, slots=True)
class OwnPicture:
    """A commune's own picture of a step: its file, its size, what it shows in words."""

    sha256: str
    width: int
    height: int
    alternative: str


@dataclass(frozen=True, slots=True)
class Own:
    """That a step says what a commune wrote (`own.guide_for`): its version, since when.

    `picture` is its own, None for none; then the house's drawing stands where `is_drawn`.
    """

    version: int
    since: date
    is_drawn: bool
    picture: OwnPicture | None


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `key` names it in the support log for good; `note` is a warning or a hint, '' for none.

    `own` is None for the house's words. `checked_on` is when the commune last compared what it says with the real screen.
    """

    key: str
    title: str
    words: str
    screen: Screen
    note: str = ""
    own: Own | None = None
    checked_on: date | None = None

    @property
    def picture(self) -> OwnPicture | None:
        return self.own.picture if self.own else None

    @property
    def is_drawn(self) -> bool:
        """Whether the house's drawing stands beside the words."""
        return self.own is None or self.own.is_drawn


@dataclass(frozen=True, slots=True)
class Guide:
    """A guide with its steps. `checked_on`, `sources` and `unsure` say how far it was compared."""

    id: str
    version: int
    title: str
    summary: str
    matter: SupportMatter
    needed: tuple[str, ...]
    steps: tuple[Step, ...]
    checked_on: date
    sources: tuple[str, ...]
    unsure: str

    def name_of(self, step: Step) -> str:
        """What the support log calls a step."""
        return f"{self.id}:{step.key}"


@cache
def all_guides() -> tuple[Guide, ...]:
    """Every guide, in the order of a beginner."""
    return tuple(_read(one) for one in ORDER)


def guide_named(name: str) -> Guide | None:
    return next((one for one in all_guides() if one.id == name), None)


def step_named(name: str) -> tuple[Guide, Step, int] | None:
    """The guide, the step and its number of 'vneid:ma-otp'; None for a step that is no more."""
    found = guide_named(name.partition(":")[0])
    for number, step in enumerate(found.steps if found else (), 1):
        if found is not None and found.name_of(step) == name:
            return found, step, number
    return None


def is_step(name: str) -> bool:
    return step_named(name) is not None


def _read(name: str) -> Guide:
    data = tomllib.loads((files("dinhlang.onestop.support") / "data" / f"{name}.toml").read_text("utf-8"))
    checked = data["checked"]
    return Guide(
        name,
        data["version"],
        data["title"],
        data["summary"],
        SupportMatter(data["matter"]),
        tuple(data["needed"]),
        tuple(_step(one) for one in data["step"]),
        checked["on"],
        tuple(checked["sources"]),
        checked["unsure"],
    )


def _step(data: dict[str, Any]) -> Step:
    drawn = data["screen"]
    screen = Screen(
        drawn["title"],
        tuple((RowKind(kind), words) for kind, words in drawn["rows"]),
        drawn["press"],
        Device(drawn.get("device", Device.PHONE)),
    )
    return Step(data["key"], data["title"], data["words"], screen, data.get("note", ""))
