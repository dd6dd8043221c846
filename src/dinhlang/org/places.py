"""Units as data: the present provinces and communes from a maintained package, the curated ones from TOML.

Nothing here touches the database; `actions` stores what this module describes. It stands beside `rules`
because it reads files, which rules do not.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from dinhlang.org.rules import folded_name
from dinhlang.vietnamese.text import house_style, nfc

TWO_TIERS_FROM = date(2025, 7, 1)
TWO_TIERS_BASIS = "Luật 72/2025/QH15 ngày 16/6/2025"


@dataclass(frozen=True, slots=True)
class Days:
    """From the first day that counts to the first that no longer does, and the instrument that says so."""

    starts_on: date | None = None
    ends_on: date | None = None
    legal_basis: str = ""


@dataclass(frozen=True, slots=True)
class NameSpec:
    kind: str
    name: str
    days: Days


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """A unit above or a recipient of reports; `written` is how documents name it."""

    unit_id: str
    days: Days
    written: str = ""


@dataclass(frozen=True, slots=True)
class UnitSpec:
    """Everything to store about one unit."""

    id: str
    level: str
    days: Days
    names: tuple[NameSpec, ...]
    parents: tuple[LinkSpec, ...] = ()
    reports_to: tuple[LinkSpec, ...] = ()
    official_code: str = ""


@dataclass(frozen=True, slots=True)
class SuccessionSpec:
    predecessor: str
    successor: str
    reason: str
    takes_effect_on: date
    legal_basis: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True)
class PersonSpec:
    username: str
    full_name: str
    unit_id: str
    role: str
    title: str


@dataclass(frozen=True, slots=True)
class Collection:
    """What one TOML file of `data/` holds."""

    units: tuple[UnitSpec, ...]
    successions: tuple[SuccessionSpec, ...]
    reporting: tuple[tuple[str, LinkSpec], ...]
    people: tuple[PersonSpec, ...]


def present_day() -> Iterator[UnitSpec]:
    """The 34 provinces and 3,321 communes of today, provinces first; the same ids whatever the package's version."""
    # The package is 0.1 s of import, and only this function needs it. `iter_all`, `code`, `name` and
    # `division_type` are what its versions for Python 3.11 and for 3.12 have in common.
    from vietnam_provinces import Province, Ward

    days = Days(starts_on=TWO_TIERS_FROM, legal_basis=TWO_TIERS_BASIS)
    renamed = {row["id"]: _names(row, days) for row in _toml("province_names")["unit"]}
    province_ids: dict[int, str] = {}
    for province in Province.iter_all():
        name = _bare(province.name, ("Thành phố", "Tỉnh"))
        kind = "tỉnh" if province.division_type.value == "tỉnh" else "thành phố"
        unit_id = province_ids[province.code.value] = slug(name)
        yield UnitSpec(
            id=unit_id,
            level="province",
            days=days,
            names=renamed.get(unit_id, (NameSpec(kind, name, days),)),
            official_code=f"{province.code.value:02d}",
        )
    corrected = _toml("corrected_codes")
    for ward in Ward.iter_all():
        name = _bare(ward.name, ("Phường", "Xã", "Đặc khu"))
        code = f"{ward.code.value:05d}"
        code = corrected.get(f"{slug(name)}-{code}", code)
        yield UnitSpec(
            id=f"{slug(name)}-{code}",
            level="commune",
            days=days,
            names=(NameSpec(ward.division_type.value, name, days),),
            parents=(LinkSpec(province_ids[ward.province_code.value], days),),
            official_code=code,
        )


def collection(name: str) -> Collection:
    """A file of `data/`, by its name without the ending."""
    content = _toml(name)
    return Collection(
        units=tuple(_unit(row) for row in content.get("unit", [])),
        successions=tuple(
            SuccessionSpec(
                row["from"],
                row["to"],
                row["reason"],
                row["on"],
                row["legal_basis"],
                is_confirmed=row["confidence"] == "text",
            )
            for row in content.get("succession", [])
        ),
        reporting=tuple((row["unit"], _link(row)) for row in content.get("reporting", [])),
        people=tuple(
            PersonSpec(row["username"], row["full_name"], row["unit"], row["role"], row["title"])
            for row in content.get("person", [])
        ),
    )


def named_after(name: str) -> str:
    """'number', 'person', 'event' or '': what a unit's name is taken from (NĐ 30/2020/NĐ-CP, Phụ lục I)."""
    if name.isdecimal():
        return "number"
    return _named_after().get(nfc(name), "")


def slug(name: str) -> str:
    """'Trần Phú' → 'tran-phu'."""
    return re.sub(r"[^a-z0-9]+", "-", folded_name(name)).strip("-")


def _unit(row: Mapping[str, Any]) -> UnitSpec:
    days = _days(row)
    return UnitSpec(
        id=row["id"],
        level=row["level"],
        days=days,
        names=_names(row, days),
        parents=tuple(_link(parent, days) for parent in row.get("parents", [])),
        reports_to=tuple(_link(recipient, days) for recipient in row.get("reports_to", [])),
        official_code=row.get("official_code", ""),
    )


def _names(row: Mapping[str, Any], unit_days: Days) -> tuple[NameSpec, ...]:
    return tuple(
        NameSpec(name.get("kind", ""), name["name"], _days(name, unit_days)) for name in row["names"]
    )


def _link(row: Mapping[str, Any], unit_days: Days | None = None) -> LinkSpec:
    return LinkSpec(row["id"], _days(row, unit_days or Days()), row.get("as", ""))


def _days(row: Mapping[str, Any], outer: Days = Days()) -> Days:
    """The row's own days; where it says nothing, those of the unit it belongs to."""
    return Days(
        row.get("from", outer.starts_on),
        row.get("until", outer.ends_on),
        row.get("legal_basis", ""),
    )


def _bare(name: str, kinds: tuple[str, ...]) -> str:
    """The name without its kind, in house style: one tone placement, plain apostrophe and hyphen."""
    words = house_style(" ".join(name.split())).replace("’", "'").replace(" – ", " - ")
    for kind in kinds:
        # One version writes the kind twice ('Xã Xã Bắc Sơn').
        while words.lower().startswith(f"{kind.lower()} "):
            words = words[len(kind) + 1 :]
    return words


@cache
def _named_after() -> dict[str, str]:
    return {nfc(name): source for source, names in _toml("named_after").items() for name in names}


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("dinhlang.org").joinpath("data", f"{name}.toml").read_text(encoding="utf-8"))
