"""What rooms above know of lines of the ledger, as links on their pages and beside the figures that count them.

A room registers from its `AppConfig.ready` what it tells (`tells`); this room knows none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise

from dinhlang.work.models import Activity


@dataclass(frozen=True, slots=True)
class Beside:
    """A link: under which heading it stands (empty for something that can be done), its words, where it leads."""

    heading: str | Promise
    words: str
    url: str


# What is told of lines, each with the key of its line; asked once for all lines of a page.
Telling = Callable[[HttpRequest, Sequence[Activity]], Iterable[tuple[int, Beside]]]
_tellings: list[Telling] = []


def tells(telling: Telling) -> None:
    """Ask this function whenever lines are shown."""
    if telling not in _tellings:
        _tellings.append(telling)


def beside(request: HttpRequest, lines: Sequence[Activity]) -> Mapping[int, list[Beside]]:
    """Everything the rooms above tell whoever looks of these lines, by their keys; nothing of a line nobody knows."""
    found: dict[int, list[Beside]] = defaultdict(list)
    for telling in _tellings:
        for key, one in telling(request, lines):
            found[key].append(one)
    return found


def of_kinds(lines: Sequence[Activity], *kinds: str) -> dict[int, Activity]:
    """The lines of these kinds by their keys: what a room's rows are asked for."""
    return {one.pk: one for one in lines if one.kind in kinds}
