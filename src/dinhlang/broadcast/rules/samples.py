"""What provinces decided on when stations speak, to begin from (`data/air_rules.toml`). None of it is in force by itself."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dinhlang.broadcast.rules.airtime import AirRules


@dataclass(frozen=True, slots=True)
class Sample:
    """One to begin from: `place` is where it held, `note` what cannot be said as a rule."""

    key: str
    name: str
    place: str
    note: str
    rules: AirRules


@cache
def samples() -> tuple[Sample, ...]:
    """All of them, in the order of the file."""
    said = tomllib.loads((files("dinhlang.broadcast") / "data" / "air_rules.toml").read_text("utf-8"))
    return tuple(
        Sample(one["key"], one["name"], one["place"], one["note"], AirRules.from_json(one["values"]))
        for one in said["rules"]
    )


def sample(key: str) -> Sample | None:
    """The one with that key."""
    return next((one for one in samples() if one.key == key), None)
