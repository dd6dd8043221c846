"""Which column of an export holds what: by the words of its heading, which are data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dinhlang.work.rules import plain

MEANINGS: Mapping[str, str | Promise] = {
    "code": _("Mã hồ sơ"),
    "procedure_code": _("Mã thủ tục"),
    "procedure": _("Tên thủ tục"),
    "field": _("Lĩnh vực"),
    "channel": _("Cách nộp"),
    "presented": _("Ngày nộp"),
    "received": _("Ngày tiếp nhận"),
    "due": _("Ngày hẹn trả"),
    "resolved": _("Ngày có kết quả"),
    "given": _("Ngày trả kết quả"),
    "state": _("Trạng thái"),
}
DAYS = ("presented", "received", "due", "resolved", "given")
PERSONAL = "personal"
_IN_BRACKETS = re.compile(r"\([^()]*\)")
# A heading may say more than its name ('Ngày hẹn trả kết quả theo quy định'); short names may not.
_LONG_ENOUGH = 8
_HEADING_LENGTH = 120


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the file has it. `number` from 0; `meaning` one of `MEANINGS`, `PERSONAL`, or '' for what is not taken."""

    number: int
    heading: str
    meaning: str

    @property
    def letters(self) -> str:
        """As a spreadsheet calls it: A, B, …, AA."""
        left, said = self.number, ""
        while left >= 0:
            left, one = divmod(left, 26)
            said, left = chr(65 + one) + said, left - 1
        return said


@lru_cache
def words() -> Mapping[str, Any]:
    """The words that exports use."""
    return tomllib.loads((files("dinhlang.onestop") / "data" / "official_exports.toml").read_text("utf-8"))


@lru_cache
def _meanings() -> Mapping[str, str]:
    known = {name: PERSONAL for names in words()["personal"].values() for name in names}
    return known | {name: meaning for meaning, names in words()["columns"].items() for name in names}


def meaning_of(heading: str) -> str:
    """What a heading names; '' for nothing of ours."""
    if not heading or len(heading) > _HEADING_LENGTH:
        return ""
    said = plain(_IN_BRACKETS.sub(" ", heading).replace("_", " "))
    known = _meanings()
    if said in known:
        return known[said]
    begun = [name for name in known if len(name) >= _LONG_ENOUGH and said.startswith(f"{name} ")]
    # A person's column is known by any of its words: better one left out too many than a name taken in.
    if not begun and any(f" {name} " in f" {said} " for name in words()["personal"]["papers"]):
        return PERSONAL
    return known[max(begun, key=len)] if begun else ""


def columns_of(headings: Sequence[str]) -> list[Column]:
    """The columns with what each is taken for; a meaning is given once, to the first that names it in so many words."""
    said = [meaning_of(one) for one in headings]
    exact = {
        meaning: number
        for number, meaning in reversed(list(enumerate(said)))
        if plain(headings[number]) in _meanings()
    }
    taken: dict[str, int] = {}
    for number, meaning in enumerate(said):
        if meaning and meaning != PERSONAL:
            taken.setdefault(meaning, exact.get(meaning, number))
    return [
        Column(
            number,
            heading,
            meaning if meaning == PERSONAL or taken.get(meaning) == number else "",
        )
        for number, (heading, meaning) in enumerate(zip(headings, said, strict=True))
    ]


def fingerprint(headings: Sequence[str]) -> str:
    """Equal for files of one layout, whatever months they are of."""
    return sha256("\n".join(plain(one) for one in headings).encode()).hexdigest()


def lacking(meanings: Sequence[str]) -> list[str]:
    """What a file must have and these columns do not: the code, and something that says how far the dossier is."""
    wanted = [] if "code" in meanings else [str(MEANINGS["code"])]
    if not {"state", "resolved", "given"} & set(meanings):
        wanted.append(str(MEANINGS["state"]))
    return wanted
