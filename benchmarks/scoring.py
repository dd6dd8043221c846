"""How much of a document's truth was read: fields exact, facts found and invented.

A fact counts when everything by which a person would look it up agrees: kind, number, symbol and date of a reference;
value, unit and exactness of a figure; name and purpose of a recipient. Case, marks of the tone on the other vowel and
spaces do not count, nor does how far people carried a unit ('tin, bài' or 'tin, bài viết').
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from benchmarks.truths import ANY, Truth
from dinhlang.vietnamese.text import fold

Row = tuple[Any, ...]


@dataclass(slots=True)
class Score:
    """Counts over any number of documents, and what went wrong, one line each."""

    right: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def share(self, kind: str) -> float:
        """How many of the fields wanted are exact; 1 when none was wanted."""
        return self.right[kind] / self.wanted[kind] if self.wanted[kind] else 1.0

    def f1(self, kind: str) -> float:
        """The harmonic mean of precision and recall; 1 when there was nothing to find and nothing was found."""
        both = self.wanted[kind] + self.given[kind]
        return 2 * self.right[kind] / both if both else 1.0

    def take(self, truth: Truth, head: dict[str, Any], facts: dict[str, list[Row]]) -> None:
        """Compare one document with its truth."""
        self._head(truth, head)
        for kind, rows in truth.facts.items():
            if kind == "tasks":
                self._tasks(truth, rows, facts[kind])
            else:
                self._facts(truth, kind, rows, facts[kind])

    def _head(self, truth: Truth, head: dict[str, Any]) -> None:
        for name, wanted in truth.head.items():
            if name == "parent" or wanted == ANY:
                continue
            self.wanted["head"] += 1
            if is_alike(wanted, head[name]):
                self.right["head"] += 1
            else:
                self.wrong.append(f"{truth.name}: {name} = {head[name]!r}, wanted {wanted!r}")

    def _facts(self, truth: Truth, kind: str, wanted: Sequence[Row], given: Sequence[Row]) -> None:
        same = _SAME[kind]
        left = list(given)
        self.wanted[kind] += len(wanted)
        self.given[kind] += len(given)
        for row in wanted:
            found = next((one for one in left if same(row, one)), None)
            if found is None:
                self.wrong.append(f"{truth.name}: {kind} missed {row}")
            else:
                left.remove(found)
                self.right[kind] += 1
        self.wrong.extend(f"{truth.name}: {kind} invented {row}" for row in left)

    def _tasks(self, truth: Truth, wanted: Sequence[Row], given: Sequence[Row]) -> None:
        """Row by row: a row too few or too many has all its cells wrong."""
        for index in range(max(len(wanted), len(given))):
            row = wanted[index] if index < len(wanted) else (None,) * 6
            found = given[index] if index < len(given) else (object(),) * 6
            self._cells(truth, row, found)
            self._schedule(truth, row[5], found[5])

    def _cells(self, truth: Truth, row: Row, found: Row) -> None:
        texts = zip((*row[:5], _text(row[5])), (*found[:5], _text(found[5])), strict=True)
        for cell, given in texts:
            if cell == ANY:
                continue
            self.wanted["cells"] += 1
            if is_alike(cell, given):
                self.right["cells"] += 1
            else:
                self.wrong.append(f"{truth.name}: task {row[0]} cell {given!r}, wanted {cell!r}")

    def _schedule(self, truth: Truth, wanted: Any, given: Any) -> None:
        if not isinstance(wanted, dict) or wanted["kind"] == ANY:
            return
        self.wanted["schedules"] += 1
        parts = ("kind", "period")
        if isinstance(given, dict) and all(wanted[part] in (ANY, given[part]) for part in parts):
            self.right["schedules"] += 1
        else:
            self.wrong.append(f"{truth.name}: schedule {given!r}, wanted {wanted!r}")


def is_alike(wanted: Any, given: Any) -> bool:
    """Whether two values say the same: case, tone-mark style and spaces do not count, 'UBND' is the body in full."""
    if isinstance(wanted, tuple):
        return isinstance(given, tuple) and all(
            is_alike(one, other) for one, other in zip(wanted, given, strict=True)
        )
    if wanted == ANY:
        return True
    if not isinstance(wanted, str) or not isinstance(given, str):
        return bool(wanted == given)
    return plain(wanted) == plain(given)


def plain(text: str) -> str:
    """A text as it is compared: folded, one space, the two great bodies by their short names."""
    folded = " ".join(fold(text).split())
    return folded.replace("uy ban nhan dan", "ubnd").replace("hoi dong nhan dan", "hdnd")


def _same_reference(wanted: Row, given: Row) -> bool:
    """Kind, number (leading zeros aside), symbol and date; the name only where there is no number to know it by."""
    if wanted[0] != given[0] or not all(
        is_alike(one, other) for one, other in zip(wanted[2:4], given[2:4], strict=True)
    ):
        return False
    if wanted[1] == ANY:
        return True
    if wanted[1] is None or given[1] is None:
        return wanted[1] is given[1] and is_alike(wanted[4], given[4])
    return bool(str(wanted[1]).lstrip("0") == str(given[1]).lstrip("0"))


def _same_figure(wanted: Row, given: Row) -> bool:
    value, unit, qualifier = wanted
    return bool(
        value == given[0] and is_alike(qualifier, given[2]) and (unit == ANY or _same_unit(unit, given[1]))
    )


def _same_unit(wanted: str | None, given: str | None) -> bool:
    if wanted is None or given is None:
        return wanted is given
    one, other = plain(wanted), plain(given)
    return one.startswith(other) or other.startswith(one)


def _same_recipient(wanted: Row, given: Row) -> bool:
    return all(is_alike(one, other) for one, other in zip(wanted, given, strict=True))


def _text(schedule: Any) -> Any:
    return schedule["text"] if isinstance(schedule, dict) else schedule


_SAME: dict[str, Callable[[Row, Row], bool]] = {
    "references": _same_reference,
    "figures": _same_figure,
    "recipients": _same_recipient,
}
