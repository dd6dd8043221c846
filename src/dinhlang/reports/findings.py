"""What a careful reader would mark in a draft, beside the piece it is about. The day is given.

From the checker of official documents, from the catalogue of units, and what only a draft knows: figures typed by hand, years left over
in sentences taken from earlier reports, lines of the ledger that count the same people twice.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.officialdoc import check
from dinhlang.officialdoc.check import Finding, Severity
from dinhlang.officialdoc.model import Document, Role
from dinhlang.officialdoc.read.counts import value_of
from dinhlang.officialdoc.read.figures import figures_in
from dinhlang.officialdoc.read.lines import lines_of, passage
from dinhlang.org.models import Unit
from dinhlang.org.unit_findings import about_units
from dinhlang.periods.window import Window
from dinhlang.reports import reuse
from dinhlang.reports.editing import Composed, Draft, Origin, Piece
from dinhlang.reports.passages import TOKEN, Text
from dinhlang.work import queries as work

BY_HAND = "BT01"
LEFT_OVER = "BT02"
COUNTED_TWICE = "BT03"

_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding of a draft. `key` is the piece it is about ('' for the document), `start` and `end` are characters of
    its printed text; `fix` is to stand in place of `quote`."""

    rule: str
    severity: Severity
    message: str
    quote: str
    key: str = ""
    fix: str | None = None
    basis: str | None = None
    start: int = 0
    end: int = 0

    @property
    def label(self) -> str:
        """How grave, in words."""
        return {
            Severity.ERROR: _("Phải sửa"),
            Severity.WARNING: _("Nên xem lại"),
            Severity.INFO: _("Gợi ý"),
        }[self.severity]

    @property
    def name(self) -> tuple[str, str]:
        """What a decision to leave it is kept under."""
        return (self.rule, self.quote[:300])


def remarks(
    draft: Draft,
    composed: Composed,
    document: Document,
    reused: Mapping[str, Any],
    on: date,
    window: Window,
    unit: Unit,
) -> list[Remark]:
    """Everything found, in the order of the text, what is about the whole document first. `unit` issues it, `window` are the days
    it counts."""
    checked = _findings(document, on)
    checked += about_units(document, [unit], on, checked)
    found = [
        *_checked(draft, composed, checked),
        *_of_pieces(draft, reused, window.end.year),
        *_counted_twice(unit, window),
    ]
    order = {piece.key: at for at, piece in enumerate(draft.pieces)}
    return sorted(found, key=lambda one: (order.get(one.key, -1), one.severity.rank))


def _of_pieces(draft: Draft, reused: Mapping[str, Any], year: int) -> Iterator[Remark]:
    for piece in draft.body:
        if piece.removed or not isinstance(piece.block, Text):
            continue
        for start, end in typed_figures(piece):
            quote = piece.block.words[start:end]
            told = _(
                "Số %(number)s gõ tay, không có minh chứng. Chèn số liệu từ sổ nếu có, hoặc bỏ qua và ghi lý do."
            )
            yield Remark(BY_HAND, Severity.WARNING, told % {"number": quote}, quote, piece.key)
        for sentence in reuse.in_piece(piece, reused, year):
            if sentence.stale:
                told = _("Câu lấy từ báo cáo %(source)s còn ghi năm %(years)s. Sửa năm hoặc viết lại câu.")
                years = ", ".join(map(str, sentence.stale))
                yield Remark(
                    LEFT_OVER,
                    Severity.WARNING,
                    told % {"source": sentence.label, "years": years},
                    sentence.sentence,
                    piece.key,
                )


def _counted_twice(unit: Unit, window: Window) -> Iterator[Remark]:
    """The figure may be right all the same, so that this is a question and stops nothing."""
    for _own, typed in work.counted_twice(unit, window):
        day = f"{typed.happened_on.day}/{typed.happened_on.month}/{typed.happened_on.year}"
        told = _(
            "Dòng ghi tay “%(title)s” ngày %(day)s đứng cạnh dòng tự đếm từ sổ, số liệu có thể tính hai lần. "
            "Mở “Có thể trùng” ở sổ theo dõi: hủy một dòng, hoặc giữ cả hai."
        )
        words = told % {"title": typed.title, "day": day}
        yield Remark(COUNTED_TWICE, Severity.WARNING, words, f"{typed.title} ({day})")


def typed_figures(piece: Piece) -> list[tuple[int, int]]:
    """Where in the words of a piece a person typed a figure: dates, periods and numbers of documents are none.

    What the outline wrote is the commune's own text and was looked at when it was kept.
    """
    block = piece.block
    if piece.origin is Origin.OUTLINE or not isinstance(block, Text) or block.role is Role.HEADING:
        return []
    # As long as the words, so that places stay the same.
    plain = TOKEN.sub(lambda token: "…" * len(token[0]), block.words)
    lines = lines_of(plain)
    found = set()
    for figure in figures_in(passage(lines), lines):
        if figure.span is None:
            continue
        within = plain[figure.span.column - 1 : figure.span.end_column - 1]
        for number in _NUMBER.finditer(within):
            digits = number[0].rstrip(".,")
            if value_of(digits) == figure.value:
                start = figure.span.column - 1 + number.start()
                found.add((start, start + len(digits)))
    return sorted(found)


# --- the checker ----------------------------------------------------------------------------------


def _checked(draft: Draft, composed: Composed, found: Iterable[Finding]) -> Iterator[Remark]:
    keys = [key for key, _block in composed.blocks]
    for finding in found:
        key = _key(finding, keys)
        yield Remark(
            finding.rule,
            finding.severity,
            finding.message,
            finding.quote,
            key,
            finding.fix if _can_be_mended(draft, key) else None,
            finding.basis,
            finding.place.start,
            finding.place.end,
        )


def _can_be_mended(draft: Draft, key: str) -> bool:
    """Whether places in the finding are places in the words of the piece: not so in tables and lists of lines."""
    piece = draft.find(key)
    return piece is not None and isinstance(piece.block, Text) and key not in {"recipients", "signature"}


def _key(finding: Finding, keys: list[str]) -> str:
    match finding.place.path:
        case ("body", int() as at, *_rest) if at < len(keys):
            return keys[at]
        case ("subject" | "place" | "recipients" | "signature" as part, *_rest):
            return str(part)
    return ""


def _findings(document: Document, on: date) -> tuple[Finding, ...]:
    """What the checker says; the same document is not checked twice on a day."""
    digest = hashlib.sha256(repr(document).encode("utf-8", "replace")).hexdigest()
    return _remembered(digest, _Unread(document), on)


class _Unread:
    """A document beside its digest, of no weight in the memory's key."""

    def __init__(self, document: Document) -> None:
        self.document = document

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unread)

    def __hash__(self) -> int:
        return 0


@lru_cache(maxsize=64)
def _remembered(digest: str, unread: _Unread, on: date) -> tuple[Finding, ...]:
    return check.check(unread.document, as_of=on, draft=True)


# --- mending --------------------------------------------------------------------------------------


def mended(words: str, printed: Mapping[str, str], remark: Remark) -> str | None:
    """The words with the remark's fix in the place of its quote; `None` when a figure stands in the way."""
    if remark.fix is None:
        return None
    at = 0
    out: list[str] = []
    is_done = False
    for position, part in enumerate(TOKEN.split(words)):
        if position % 2:
            at += len(printed.get(part, f"[[{part}]]"))
            out.append(f"[[{part}]]")
            continue
        start, end = remark.start - at, remark.end - at
        if not is_done and start >= 0 and end <= len(part) and part[start:end] == remark.quote:
            out.append(part[:start] + remark.fix + part[end:])
            is_done = True
        else:
            out.append(part)
        at += len(part)
    return "".join(out) if is_done else None
