"""What a row of a file says of a procedure, wherever it came from."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.periods.duration import read_duration
from dinhlang.procedures import rules
from dinhlang.procedures.reading import columns, glued
from dinhlang.procedures.rules import (
    DecisionGiven,
    EventKind,
    LegalBasis,
    Level,
    Method,
    Outcome,
    Paper,
    Sheet,
    Unread,
)
from dinhlang.vietnamese import dates
from dinhlang.vietnamese.text import fold, nfc


@dataclass(frozen=True, slots=True)
class Record:
    """One procedure as a file has it. `where` says which row or page; `doubts` are sentences for a person.

    `kind` and the rest of the event are `None` where the file is a plain list of what stands.
    """

    where: str
    code: str
    sheet: Sheet
    kind: EventKind | None = None
    effective_on: date | None = None
    replaced_by: str = ""
    source_act: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds: procedures, the decision it is when it is one, and rows in which no procedure was found."""

    records: tuple[Record, ...]
    decision: DecisionGiven | None = None
    effective_on: date | None = None
    left_out: tuple[str, ...] = field(default=())


_LEVELS = (
    ("xa", Level.COMMUNE),
    ("phuong", Level.COMMUNE),
    ("tinh", Level.PROVINCE),
    ("so", Level.PROVINCE),
    ("bo", Level.MINISTRY),
    ("trung uong", Level.MINISTRY),
)


def levels_of(text: str) -> tuple[Level, ...]:
    """The levels that 'Cấp tỉnh, Cấp xã' names, each once; what is none of ours (a district) is `OTHER`."""
    found: list[Level] = []
    for part in fold(text).replace(";", ",").replace(" va ", ",").split(","):
        said = part.replace("cap", "").strip()
        if said:
            found.append(
                next((level for word, level in _LEVELS if word in said.split() or word == said), Level.OTHER)
            )
    return tuple(dict.fromkeys(found))


def record_of(parts: Mapping[str, str], where: str, *, others: Mapping[str, str] | None = None) -> Record:
    """The record that named parts make. `parts` go by the names of `Sheet`; `others` have no place in it and are kept.

    Raises `rules.BadCode` when there is no code.
    """
    doubts: list[str] = []
    unread = [Unread(name, text) for name, text in (others or {}).items() if text.strip()]
    made: dict[str, Any] = {
        name: said
        for name, text in parts.items()
        if name in _PLAIN and (said := _words(text, is_fee=name == "fees"))
    }
    code = rules.short_code(parts.get("code", ""))
    parts = _with_ticks(parts)
    made["name"] = " ".join(made.get("name", "").split())
    if levels := parts.get("levels", "").strip():
        made["levels"] = levels_of(levels)
        if Level.OTHER in made["levels"]:
            unread.append(Unread("levels", levels))
    for name, read in _READERS.items():
        if text := nfc(parts.get(name, "")).strip():
            made[name], kept, doubt = read(text)
            unread += kept
            doubts += doubt
    if rows := parts.get("method_rows"):
        made["methods"] = _from_rows(rows)
    made["methods"] = _with_limit(made.get("methods", ()), _words(parts.get("time_limit", "")))
    if note := _words(parts.get("note", "")):
        unread.append(Unread("note", note))
    if forms := _words(parts.get("forms", "")):
        unread.append(Unread("forms", forms))
    effective_on, doubt = _day(parts.get("effective", ""))
    doubts += doubt
    return Record(
        where,
        code,
        replace(Sheet(**made), unread=tuple(unread)),
        kind=event_of(parts.get("event", "")),
        effective_on=effective_on,
        replaced_by=next(iter(rules.codes_in(parts.get("replaced_code", ""))), ""),
        source_act=_words(parts.get("source_act", "")),
        doubts=tuple(dict.fromkeys(doubts)),
    )


_TICKS = frozenset({"x", "✓", "✔", "√", "v", "co", "1", "+"})


def _with_ticks(parts: Mapping[str, str]) -> Mapping[str, str]:
    """The parts with columns of ticks as one: those that are ticked, or what stands in them ('Toàn trình')."""
    ways = []
    for name, said in parts.items():
        if name.startswith(columns.CHANNEL) and said.strip():
            way = name[len(columns.CHANNEL) :]
            ways.append(way if fold(said).strip(" .") in _TICKS else f"{way} {said.strip()}")
    if not ways:
        return parts
    return {**parts, "methods": "\n".join(filter(None, (parts.get("methods", ""), *ways)))}


def event_of(text: str) -> EventKind | None:
    """What a heading or a cell says is done: 'Danh mục TTHC mới ban hành', 'bị bãi bỏ'; `None` when it does not say."""
    said = fold(text)
    found = [(said.find(words), kind) for words, kind in _EVENT_WORDS if words in said]
    return min(found)[1] if found else None


_EVENT_WORDS = (
    ("bai bo", EventKind.ABOLISH),
    ("huy bo", EventKind.ABOLISH),
    ("het hieu luc", EventKind.ABOLISH),
    ("thay the", EventKind.REPLACE),
    ("sua doi", EventKind.AMEND),
    ("chuan hoa", EventKind.AMEND),
    ("dinh chinh", EventKind.CORRECT),
    ("moi ban hanh", EventKind.ANNOUNCE),
    ("ban hanh moi", EventKind.ANNOUNCE),
    ("cong bo moi", EventKind.ANNOUNCE),
)


def _day(text: str) -> tuple[date | None, list[str]]:
    if not text.strip():
        return None, []
    for written in re.findall(r"\d{1,2}[/\-.]\d{1,2}[/\-.]\d{4}|ngày.{1,30}\d{4}", text):
        if day := dates.parse(written.replace("-", "/").replace(".", "/")):
            return day, []
    return None, [_("Ngày hiệu lực “%(text)s” không đọc được.") % {"text": text.strip()[:60]}]


def _from_rows(rows: str) -> tuple[Method, ...]:
    """Ways of handing in that somebody else has parted."""
    return tuple(
        glued.method_of(*(str(one.get(key, "")) for key in ("channel", "time_limit", "fee", "note")))
        for one in json.loads(rows)
        if isinstance(one, dict)
    )


def _with_limit(methods: tuple[Method, ...], limit: str) -> tuple[Method, ...]:
    """The ways of handing in with the limit that a column of its own states for all of them."""
    if not limit:
        return methods
    if not methods:
        return (replace(glued.method_of("", limit, "", ""), channel=rules.Channel.OTHER),)
    return tuple(
        one if one.time_limit else replace(one, time_limit=limit, duration=read_duration(limit))
        for one in methods
    )


_PLAIN = frozenset(
    name
    for name in (
        "name", "field", "kind", "summary", "steps", "fees", "sets", "applicants", "decided_by", "carried_out_by",
        "authorised", "cooperating", "reception", "conditions", "related", "keywords", "decision",
    )
)  # fmt: skip

_Read = tuple[tuple[Any, ...], list[Unread], list[str]]


def _words(text: str, *, is_fee: bool = False) -> str:
    """The text in NFC without what stands for nothing. Of a fee 'Không' says that there is none, which is something."""
    said = nfc(text).replace("\r\n", "\n").strip()
    nothing = said in {glued.NOTHING, "--", "-"} or (said.rstrip(".") == "Không" and not is_fee)
    return "" if nothing else said


def _methods(text: str) -> _Read:
    parted = glued.methods(text)
    if parted is None:
        lines = [
            one
            for line in glued.pieces(text)
            for one in re.split(r"[;,]| và |(?<=\w)/(?=\w)", line)
            if one.strip(" .-+")
        ]
        found = tuple(
            glued.method_of(line.strip(" .-+"), "", "", "")
            for line in lines
            if len(line) <= 60 and glued.channel_of(line) is not rules.Channel.OTHER
        )
        if found and len(found) == len(lines):
            return found, [], []
        return (), [Unread("methods", text)], [_("Chưa tách được cách thức thực hiện; giữ nguyên văn.")]
    unsure = dict.fromkeys(
        one.time_limit
        for one in parted
        if one.time_limit and one.duration is None and one.time_limit not in _NO_LIMIT
    )
    told = _("Thời hạn “%(text)s” không rõ đơn vị hoặc không phải một khoảng thời gian.")
    return parted, [], [told % {"text": one} for one in unsure]


_NO_LIMIT = frozenset({"Không quy định", glued.NOTHING})


def _papers(text: str) -> _Read:
    parted = glued.papers(text)
    if parted is not None:
        return parted, [], []
    return tuple(Paper(name=line) for line in glued.pieces(text) if line != "--"), [], []


def _legal(text: str) -> _Read:
    parted = glued.legal(text)
    if parted is not None:
        unnumbered = [one for one in parted if not one.number]
        return parted, [], [_("Có văn bản pháp lý chưa tách được số, ký hiệu.")] if unnumbered else []
    found = []
    lines = [one for line in glued.pieces(text) for one in re.split(r";\s*(?=[-–+•])", line)]
    for line in lines:
        number, *rest = (one.strip() for one in line.split("\t"))
        if rest:
            title, issued, issuer, *_more = [*rest, "", ""]
            found.append(LegalBasis(number, title, issued, issuer))
            continue
        named = glued.numbers_in(line)
        found.append(LegalBasis(number=named[0] if len(named) == 1 else "", title=line))
    return tuple(found), [], []


def _results(text: str) -> _Read:
    found, said = glued.results(text)
    return found or (Outcome(name=text),), [Unread("results", said)] if said else [], []


_READERS: dict[str, Callable[[str], _Read]] = {
    "methods": _methods,
    "papers": _papers,
    "legal": _legal,
    "results": _results,
}
