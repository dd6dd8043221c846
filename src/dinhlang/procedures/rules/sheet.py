"""What a procedure says of itself: every part that the law asks for, as plain values.

The parts are those of NĐ 63/2010/NĐ-CP art. 8(2) as amended by NĐ 92/2017/NĐ-CP, and those that public sheets show
besides. Words stay as published; what was understood of them (a length of time, numbers of originals and copies)
stands beside them. A fee is its words, exemptions included, never a number alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from dinhlang.periods.duration import Duration


class Channel(StrEnum):
    """How a dossier may be handed in. Which of the two online services it is, is often not said."""

    COUNTER = "counter"
    POST = "post"
    ONLINE = "online"
    ONLINE_FULL = "online-full"
    ONLINE_PART = "online-part"
    OTHER = "other"


class Level(StrEnum):
    """Whose offices carry a procedure out."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Method:
    """One way of handing in: its time limit and fee as published, and the limit as read."""

    channel: Channel
    named: str = ""
    time_limit: str = ""
    duration: Duration | None = None
    fee: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper of the dossier. `group` is the heading it stands under ('Giấy tờ phải nộp'), `form` the form to fill in."""

    name: str
    originals: int | None = None
    copies: int | None = None
    quantity: str = ""
    form: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class LegalBasis:
    """An act that the procedure rests on."""

    number: str = ""
    title: str = ""
    issued: str = ""
    issuer: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one gets, with its code in the national catalogue when it has one."""

    name: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Words of the source that could not be parted or placed, kept as they were. `part` is a name of `PARTS`."""

    part: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that is published of a procedure. An empty part was not published."""

    name: str
    field: str = ""
    levels: tuple[Level, ...] = ()
    kind: str = ""
    summary: str = ""
    steps: str = ""
    methods: tuple[Method, ...] = ()
    fees: str = ""
    papers: tuple[Paper, ...] = ()
    sets: str = ""
    applicants: str = ""
    decided_by: str = ""
    carried_out_by: str = ""
    authorised: str = ""
    cooperating: str = ""
    reception: str = ""
    results: tuple[Outcome, ...] = ()
    conditions: str = ""
    legal: tuple[LegalBasis, ...] = ()
    related: str = ""
    keywords: str = ""
    decision: str = ""
    unread: tuple[Unread, ...] = ()


PARTS: tuple[str, ...] = tuple(one.name for one in fields(Sheet) if one.name != "unread")
# What art. 8(2) asks of every procedure; the rest is there when the procedure has it.
ALWAYS: tuple[str, ...] = ("name", "steps", "methods", "papers", "time_limit", "applicants", "carried_out_by")


def missing_parts(sheet: Sheet) -> list[str]:
    """Which of the parts that every procedure must have are not there; 'time_limit' is that of any channel."""
    there = {
        "time_limit": any(one.time_limit for one in sheet.methods),
        "carried_out_by": bool(sheet.carried_out_by or sheet.decided_by),
    }
    return [part for part in ALWAYS if not there.get(part, bool(getattr(sheet, part, "")))]


def is_online(sheet: Sheet) -> bool:
    return any(one.channel.value.startswith("online") for one in sheet.methods)


def with_unread(sheet: Sheet, *more: Unread) -> Sheet:
    """The sheet with further words that were not understood."""
    return replace(sheet, unread=sheet.unread + tuple(one for one in more if one.text.strip()))


def words_of(sheet: Sheet) -> Iterator[str]:
    """Every word the sheet holds, for search and to see that nothing was lost."""
    for one in fields(sheet):
        value = getattr(sheet, one.name)
        if isinstance(value, str):
            yield value
        else:
            yield from _words_within(value)


def _words_within(values: tuple[Any, ...]) -> Iterator[str]:
    for value in values:
        if isinstance(value, StrEnum):
            continue
        for inner in fields(value):
            said = getattr(value, inner.name)
            if isinstance(said, str) and not isinstance(said, StrEnum) and inner.name != "part":
                yield said


# --- as JSON ----------------------------------------------------------------------------------------


def to_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as JSON values, without the empty ones."""
    return {one.name: said for one in fields(sheet) if (said := _plain(getattr(sheet, one.name)))}


def _plain(value: Any) -> Any:
    if isinstance(value, Duration):
        return value.to_json()
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if hasattr(value, "__dataclass_fields__"):
        return {
            one.name: said
            for one in fields(value)
            if (said := _plain(getattr(value, one.name))) not in ("", None)
        }
    return value


def from_json(data: Mapping[str, Any]) -> Sheet:
    """The sheet that `to_json` wrote. Raises `KeyError`, `TypeError` or `ValueError` for anything else."""
    made: dict[str, Any] = {name: value for name, value in data.items() if isinstance(value, str)}
    made.setdefault("name", "")
    made["levels"] = tuple(Level(one) for one in data.get("levels", ()))
    made["methods"] = tuple(_method(one) for one in data.get("methods", ()))
    made["papers"] = tuple(Paper(**one) for one in data.get("papers", ()))
    made["results"] = tuple(Outcome(**one) for one in data.get("results", ()))
    made["legal"] = tuple(LegalBasis(**one) for one in data.get("legal", ()))
    made["unread"] = tuple(Unread(**one) for one in data.get("unread", ()))
    return Sheet(**made)


def _method(data: Mapping[str, Any]) -> Method:
    made = dict(data)
    made["channel"] = Channel(made["channel"])
    if made.get("duration"):
        made["duration"] = Duration.from_json(made["duration"])
    return Method(**made)
