"""How long a procedure may take and what it costs, as the version in force says for a way of handing in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

from dinhlang.onestop.rules.clock import TermGiven
from dinhlang.periods.duration import Duration, read_duration
from dinhlang.procedures.rules import Channel as Way
from dinhlang.procedures.rules import Method, Sheet
from dinhlang.procedures.rules.fees import amount
from dinhlang.vietnamese.text import fold

_ONLINE = (Way.ONLINE_FULL, Way.ONLINE_PART, Way.ONLINE)
_WAYS = {"counter": (Way.COUNTER,), "post": (Way.POST,), "online": _ONLINE}
# "… sau 15 giờ …", "… sau 15h00 …": what comes later counts as received on the next working day.
_CUT_OFF = re.compile(r"\bsau (\d{1,2}) ?(?:gio|h|:) ?(\d{2})?\b")
_PARTS = re.compile(r"[;.(]|, (?=truong hop|neu|doi voi)")
_ANY = re.compile(r"\s+")
_LAST_HOUR = 23


@dataclass(frozen=True, slots=True)
class Said:
    """What the sheet says for a way of handing in. `term` is None where its words name no plain length of time."""

    term: TermGiven | None
    words: str
    fee: int | None
    fee_words: str


def said_for(sheet: Sheet, channel: str) -> Said:
    """The term and the fee for a way of handing in; where it is not among the sheet's, those of another way."""
    method = _method(sheet, channel)
    words = method.time_limit if method else ""
    fee_words = (method.fee if method else "") or sheet.fees
    return Said(
        term=read_term(words, method.duration if method else None),
        words=words,
        fee=amount(fee_words) if fee_words else None,
        fee_words=fee_words,
    )


def _method(sheet: Sheet, channel: str) -> Method | None:
    wanted = _WAYS.get(channel, ())
    ranked = sorted(
        sheet.methods,
        key=lambda one: (
            one.channel not in wanted,
            one.channel is not Way.COUNTER,
            not one.time_limit,
        ),
    )
    return ranked[0] if ranked else None


def read_term(words: str, known: Duration | None = None) -> TermGiven | None:
    """A term from the words of a procedure: '05 ngày làm việc', 'Trong ngày; nhận sau 15 giờ thì trả ngày làm việc tiếp theo'.

    `known` is the length where it was read before. None where the words name no length, or several.
    """
    length = known or read_duration(words) or _first_part(words)
    if length is None:
        return None
    return TermGiven(length.amount, length.unit, words, _cut_off(words))


def _first_part(words: str) -> Duration | None:
    """The length before the first exception: only where a cut-off explains the rest, else the rest may change it."""
    if _cut_off(words) is None:
        return None
    head = _PARTS.split(words, maxsplit=1)[0]
    return read_duration(head.strip(" ,"))


def _cut_off(words: str) -> time | None:
    found = _CUT_OFF.search(_ANY.sub(" ", fold(words)))
    if found is None or int(found[1]) > _LAST_HOUR:
        return None
    return time(int(found[1]), int(found[2] or 0))
