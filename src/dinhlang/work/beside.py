"""What rooms above know of a line of the ledger, as links on its page.

A room registers from its `AppConfig.ready` what it tells (`tells`); this room knows none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
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


Telling = Callable[[HttpRequest, Activity], Iterable[Beside]]
_tellings: list[Telling] = []


def tells(telling: Telling) -> None:
    """Ask this function for every line that is shown, once."""
    if telling not in _tellings:
        _tellings.append(telling)


def beside(request: HttpRequest, line: Activity) -> list[Beside]:
    """Everything the rooms above tell whoever looks of a line."""
    return [one for telling in _tellings for one in telling(request, line)]
