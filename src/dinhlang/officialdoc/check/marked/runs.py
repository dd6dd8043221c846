"""Runs cut at the letters where something begins or ends, so that marks can stand between them (ECMA-376, part 1, 17.3.2)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import TYPE_CHECKING

from dinhlang.officialdoc.read.word import Place
from dinhlang.officialdoc.read.word.names import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
# Each counts as one letter, as in `Place`.
_ONE_LETTER = frozenset(f"{W}{name}" for name in ("tab", "br", "cr", "noBreakHyphen", "sym", "softHyphen"))
_TEXT = f"{W}t"
_PROPERTIES = f"{W}rPr"


class Cuts:
    """The runs of a document after all cuts: which new runs hold the letters of a place."""

    def __init__(self, places: Iterable[Place]) -> None:
        wanted: dict[_Element, set[int]] = defaultdict(set)
        for place in places:
            wanted[place.run].update((place.start, place.end))
        self._parts = {run: _cut(run, sorted(offsets)) for run, offsets in wanted.items()}

    def runs(self, places: Iterable[Place]) -> list[_Element]:
        """The runs that hold exactly the letters of these places, in their order."""
        found: list[_Element] = []
        for place in places:
            for start, end, run in self._parts[place.run]:
                if place.start <= start and end <= place.end and start < end and run not in found:
                    found.append(run)
        return found


def closed(places: Sequence[Place]) -> list[Place]:
    """The places with the blanks between them, which a reading that joins blanks leaves out."""
    found: list[Place] = []
    for place in places:
        if found and found[-1].paragraph is place.paragraph:
            before = found[-1]
            if before.run is place.run:
                if not _letters(before.run)[before.end : place.start].strip():
                    found[-1] = before._replace(end=place.end)
                    continue
            elif not (_letters(before.run)[before.end :] + _letters(place.run)[: place.start]).strip():
                found[-1] = before._replace(end=len(_letters(before.run)))
                place = place._replace(start=0)  # noqa: PLW2901
        found.append(place)
    return found


def _letters(run: _Element) -> str:
    """The letters of a run, one for each that `Place` counts."""
    return "".join(
        (node.text or "") if node.tag == _TEXT else " "
        for node in run
        if node.tag == _TEXT or node.tag in _ONE_LETTER
    )


def _cut(run: _Element, offsets: Sequence[int]) -> list[tuple[int, int, _Element]]:
    """A run as several, cut at the offsets; each with the letters it holds. A run that stays whole is left as it is."""
    length = sum(_length(node) for node in run if node.tag != _PROPERTIES)
    inside = [offset for offset in dict.fromkeys(offsets) if 0 < offset < length]
    if not inside:
        return [(0, length, run)]
    bounds = [0, *inside, length]
    parts = [_like(run) for _ in range(len(bounds) - 1)]
    at = 0
    for node in [one for one in run if one.tag != _PROPERTIES]:
        size = _length(node)
        for index in range(len(parts)):
            start, end = bounds[index], bounds[index + 1]
            if size == 0:
                if start <= at < end or (at == length and index == len(parts) - 1):
                    parts[index].append(deepcopy(node))
            elif (piece := _piece(node, max(start - at, 0), min(end - at, size))) is not None:
                parts[index].append(piece)
        at += size
    parent = run.getparent()
    if parent is None:
        return [(0, length, run)]
    place = parent.index(run)
    parts[-1].tail = run.tail
    parent[place : place + 1] = parts
    return [(bounds[index], bounds[index + 1], part) for index, part in enumerate(parts)]


def _like(run: _Element) -> _Element:
    """An empty run with the look of another."""
    made = run.makeelement(run.tag, {str(name): str(value) for name, value in run.attrib.items()})
    properties = run.find(_PROPERTIES)
    if properties is not None:
        made.append(deepcopy(properties))
    return made


def _length(node: _Element) -> int:
    if node.tag == _TEXT:
        return len(node.text or "")
    return 1 if node.tag in _ONE_LETTER else 0


def _piece(node: _Element, start: int, end: int) -> _Element | None:
    """The letters of a node from `start` up to `end`."""
    if start >= end:
        return None
    made = deepcopy(node)
    made.tail = None
    if node.tag == _TEXT:
        made.text = (node.text or "")[start:end]
        made.set(_SPACE, "preserve")
    return made


def has_only_text(run: _Element) -> bool:
    """Whether a run can be struck out without losing a picture, a field or a note."""
    return all(node.tag in (_TEXT, _PROPERTIES) for node in run)


def struck(run: _Element) -> None:
    """Turn the letters of a run into deleted ones."""
    for node in run.iterchildren(_TEXT):
        node.tag = f"{W}delText"


def with_text(run: _Element, text: str) -> _Element:
    """A run with the look of another and a text of its own."""
    made = _like(run)
    node = made.makeelement(_TEXT, {_SPACE: "preserve"})
    node.text = text
    made.append(node)
    return made
