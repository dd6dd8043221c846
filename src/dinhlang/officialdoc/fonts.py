"""Finding a font for PDF that has Times' widths and every Vietnamese letter in all four faces.

A font's name proves nothing: Liberation Serif 1.x of Debian 12's `fonts-liberation` lacks 92 of the 134
Vietnamese letters, 2.x of `fonts-liberation2` has them all. So files are opened and asked for their letters.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LOWER = "ăâđêôơư" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in _TONES
)
VIETNAMESE_LETTERS = _LOWER + _LOWER.upper()
"""The 134 letters that Vietnamese has beyond the Latin alphabet."""

NEEDED = VIETNAMESE_LETTERS + _TONES + "–…“”" + "".join(map(chr, range(0x20, 0x7F)))

FACES = ("regular", "bold", "italic", "bold italic")

EMBEDDED_FAMILY = "Libertinus Serif"
"""Comes inside typst and covers Vietnamese; a little wider than Times, so lines break elsewhere than in Word."""

# In order of likeness to what Word shows. Each pattern matches the stems of the four files.
_KNOWN = (
    ("Times New Roman", r"(?:times(?:bd|i|bi)?|Times New Roman(?: Bold)?(?: Italic)?|Times_New_Roman(?:_Bold)?(?:_Italic)?)"),
    ("Liberation Serif", r"LiberationSerif-(?:Regular|Bold|Italic|BoldItalic)"),
    ("Tinos", r"Tinos-(?:Regular|Bold|Italic|BoldItalic)"),
    ("Noto Serif", r"NotoSerif-(?:Regular|Bold|Italic|BoldItalic)"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Family:
    """A family that can set Vietnamese: one file for each of `FACES`, all in `folders`."""

    name: str
    files: tuple[Path, ...]

    @property
    def folders(self) -> tuple[Path, ...]:
        return tuple(dict.fromkeys(file.parent for file in self.files))


@dataclass(frozen=True, slots=True)
class Status:
    """What PDF will be set in. `message` tells an operator, in Vietnamese; `good` asks for nothing to be done."""

    good: bool
    family: str
    message: str


def status() -> Status:
    """For `dinhlang doctor`: which font PDF files get, and what to install for a better one."""
    found = find()
    if found:
        return Status(
            True,
            found.name,
            f"Phông chữ PDF: {found.name}, đủ 134 chữ cái tiếng Việt ({found.files[0].parent}).",
        )
    return Status(
        False,
        EMBEDDED_FAMILY,
        f"Phông chữ PDF: không tìm thấy phông cỡ Times đủ chữ tiếng Việt nên dùng {EMBEDDED_FAMILY} đi kèm; "
        "chữ vẫn đủ nhưng khác Times New Roman. Cài gói fonts-liberation2 để có phông đúng cỡ.",
    )


@lru_cache(maxsize=1)
def find() -> Family | None:
    """The best family on this machine, looked for once per process; `None` when there is none that will do."""
    return find_in(_folders())


def find_in(folders: Sequence[Path]) -> Family | None:
    """The best family in `folders` and below. Files that cannot be read are passed over."""
    by_stem = _by_stem(folders)
    for name, pattern in _KNOWN:
        stems = re.compile(pattern, re.IGNORECASE)
        for files in _sets(
            [path for stem, paths in by_stem.items() if stems.fullmatch(stem) for path in paths]
        ):
            family = _family(name, files)
            if family:
                return family
    return None


def missing_letters(file: Path) -> str:
    """The letters of `NEEDED` that the font in `file` lacks; all of them when it is no font."""
    opened = _Face.of(file)
    return NEEDED if opened is None else opened.missing


@dataclass(frozen=True, slots=True)
class _Face:
    family: str
    face: str
    missing: str

    @classmethod
    def of(cls, file: Path) -> _Face | None:
        from fontTools.ttLib import TTFont, TTLibError

        try:
            with TTFont(file, lazy=True) as font:
                letters = font.getBestCmap() or {}
                family = str(font["name"].getBestFamilyName() or "")
                style = int(font["head"].macStyle)
        except (TTLibError, OSError, KeyError, ValueError, AssertionError, EOFError):
            return None
        face = " ".join(word for word, bit in (("bold", 1), ("italic", 2)) if style & bit) or "regular"
        return cls(family, face, "".join(letter for letter in NEEDED if ord(letter) not in letters))


def _family(name: str, files: Iterable[Path]) -> Family | None:
    faces: dict[str, Path] = {}
    for file in sorted(files):
        opened = _Face.of(file)
        if opened is not None and opened.family == name and not opened.missing:
            faces.setdefault(opened.face, file)
    if set(faces) != set(FACES):
        return None
    return Family(name, tuple(faces[face] for face in FACES))


def _sets(files: Iterable[Path]) -> Iterator[list[Path]]:
    """Files of one folder belong together: a family mixed of two versions would mix two sets of letters."""
    by_folder: dict[Path, list[Path]] = {}
    for file in files:
        by_folder.setdefault(file.parent, []).append(file)
    yield from (by_folder[folder] for folder in sorted(by_folder))


def _by_stem(folders: Sequence[Path]) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for folder in folders:
        for parent, _, names in os.walk(folder):
            for name in names:
                file = Path(parent, name)
                if file.suffix.lower() in {".ttf", ".otf"}:
                    found.setdefault(file.stem, []).append(file)
    return found


def _folders() -> list[Path]:
    home = Path.home()
    if sys.platform == "win32":
        return [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"]
    if sys.platform == "darwin":
        return [Path("/System/Library/Fonts/Supplemental"), Path("/Library/Fonts"), home / "Library/Fonts"]
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    ]
