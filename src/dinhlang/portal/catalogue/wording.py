"""What sheets say in words that are no longer used, said as it is said now.

NĐ 42/2022/NĐ-CP did away with "mức độ 3, mức độ 4" of online services: they are partial or whole. Lists of old have
them still, and a resident who reads them does not know which is which.
"""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from dinhlang.procedures.rules import Sheet

_BOTH = re.compile(r"(?i)\bmức(?: độ)? ?(?:3 ?(?:,|và|hoặc|/|-) ?(?:mức(?: độ)? ?)?4)\b")
_LEVEL = re.compile(r"(?i)\bmức(?: độ)? ?([34])\b")
_NOW = {"3": "một phần", "4": "toàn trình"}
T = TypeVar("T")


def todays(text: str) -> str:
    """The text with online services named as they are today."""
    if "mức" not in text.lower():
        return text
    return _LEVEL.sub(lambda found: _NOW[found[1]], _BOTH.sub("một phần, toàn trình", text))


def in_todays_words(sheet: Sheet) -> Sheet:
    """The sheet with every part in the words of today."""
    return _with(sheet)


def _with(value: T) -> T:
    given: Any = value
    if type(given) is str:
        given = todays(given)
    elif isinstance(given, tuple):
        given = tuple(_with(one) for one in given)
    elif is_dataclass(given) and not isinstance(given, type):
        said = {one.name: getattr(given, one.name) for one in fields(given) if one.init}
        new = {name: _with(one) for name, one in said.items() if type(one) is str or isinstance(one, tuple)}
        changed = {name: one for name, one in new.items() if one != said[name]}
        given = replace(given, **changed) if changed else given
    result: T = given
    return result
