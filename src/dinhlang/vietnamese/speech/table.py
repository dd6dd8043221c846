"""Short forms, units and foreign words with the words that are spoken for them: the tables of this house and a commune's."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from dinhlang.vietnamese.syllable import is_syllable
from dinhlang.vietnamese.text import nfc

_DATA = Path(__file__).with_name("data")
LARGEST_TABLE = 1_000_000
"""Bytes of a commune's table that are read."""
_LONGEST_SHORT_FORM = 40
_SPOKEN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")


class BadTable(ValueError):
    """A commune's table that cannot be used, in one sentence for people."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a short form means where the words before and after it fit; None fits everything."""

    before: re.Pattern[str] | None
    after: re.Pattern[str] | None
    spoken: str

    def fits(self, before: str, after: str) -> bool:
        return (self.before is None or self.before.search(before) is not None) and (
            self.after is None or self.after.search(after) is not None
        )


@dataclass(frozen=True)
class Words:
    """Everything that is spoken otherwise than it is written."""

    abbreviations: Mapping[str, str]
    either: Mapping[str, tuple[Meaning, ...]]
    foreign: Mapping[str, str]
    capitals: Mapping[str, str]
    units: Mapping[str, str]
    unit_signs: frozenset[str]
    """Units that are no words: they are spoken so without a number too."""
    kinds: Mapping[str, str]
    bodies: Mapping[str, str]
    """Signs of bodies in the numbers of documents."""

    @cached_property
    def unit_pattern(self) -> re.Pattern[str]:
        """One unit after a number, the longest first."""
        found = sorted(self.units, key=len, reverse=True)
        letters = [re.escape(unit) for unit in found if unit[-1].isalnum()]
        signs = [re.escape(unit) for unit in found if not unit[-1].isalnum()]
        return re.compile(rf"(?:{'|'.join(letters)})(?![\w])|(?:{'|'.join(signs)})")

    @cached_property
    def listed(self) -> frozenset[str]:
        """Words of the tables that are no Vietnamese syllables and still the way something is said."""
        tables = (self.abbreviations, self.foreign, self.capitals, self.units)
        said = {word.lower() for table in tables for spoken in table.values() for word in spoken.split()}
        return frozenset(word for word in said if not is_syllable(word))

    def meaning(self, short: str, before: str, after: str) -> str | None:
        """What is spoken for a short form between these words, or None when it is in no table."""
        for one in self.either.get(short, ()):
            if one.fits(before, after):
                return one.spoken
        return self.abbreviations.get(short)

    def with_own(self, table: Mapping[str, Any]) -> Words:
        """These words and a commune's own, which stand above: `[abbreviations]` and `[foreign]`.

        Raises BadTable, with what to mend, for anything that cannot be spoken.
        """
        own, foreign = _own(table, "abbreviations"), _own(table, "foreign")
        left = set(table) - {"abbreviations", "foreign"}
        if left:
            raise BadTable(
                f"Bảng đọc có mục lạ: {sorted(left)[0]}. Chỉ dùng hai mục [abbreviations] và [foreign]."
            )
        return replace(
            self,
            abbreviations={**self.abbreviations, **own},
            either={short: cases for short, cases in self.either.items() if short not in own},
            foreign={**self.foreign, **{word.lower(): spoken for word, spoken in foreign.items()}},
            capitals={short: spoken for short, spoken in self.capitals.items() if short not in own},
        )


def _own(table: Mapping[str, Any], section: str) -> dict[str, str]:
    rows = table.get(section, {})
    if not isinstance(rows, dict):
        raise BadTable(f"Mục [{section}] của bảng đọc phải là các dòng: chữ viết = cách đọc.")
    return {nfc(short): _checked(nfc(short), spoken) for short, spoken in rows.items()}


def _checked(short: str, spoken: object) -> str:
    said = nfc(spoken).strip() if isinstance(spoken, str) else ""
    if not _SPOKEN.fullmatch(said) or not 0 < len(short) <= _LONGEST_SHORT_FORM:
        raise BadTable(
            f"Bảng đọc: cách đọc của “{short[:_LONGEST_SHORT_FORM]}” phải là các tiếng cách nhau một dấu cách, không có số và dấu."
        )
    return said


def read(path: Path) -> Words:
    """The house's words with those of a commune's TOML file above. Raises BadTable or OSError."""
    with path.open("rb") as file:
        raw = file.read(LARGEST_TABLE + 1)
    if len(raw) > LARGEST_TABLE:
        raise BadTable("Bảng đọc lớn hơn một triệu byte. Hãy bớt dòng.")
    try:
        table = tomllib.loads(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
        raise BadTable("Bảng đọc không phải là tệp TOML (UTF-8). Xem mẫu ở docs/speech.md.") from reason
    return default().with_own(table)


@cache
def default() -> Words:
    """The tables of this house (`data/`)."""
    short, documents, units, foreign = (
        _load(name) for name in ("abbreviations", "documents", "units", "foreign")
    )
    either: dict[str, tuple[Meaning, ...]] = {}
    for row in short["either"]:
        case = Meaning(_pattern(row.get("before")), _pattern(row.get("after")), row["spoken"])
        either[row["short"]] = (*either.get(row["short"], ()), case)
    return Words(
        abbreviations={**short["bodies"], **short["office"], **short["titles"]},
        either=either,
        foreign=foreign["spoken"],
        capitals=foreign["capitals"],
        units=units["units"],
        unit_signs=frozenset(units["alone"]["signs"]),
        kinds=documents["kinds"],
        bodies={**short["bodies"], **documents["bodies"]},
    )


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _pattern(written: str | None) -> re.Pattern[str] | None:
    return re.compile(written, re.IGNORECASE) if written else None
