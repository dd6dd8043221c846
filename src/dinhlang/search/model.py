"""What can be found, and what is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Document:
    """Something that can be found.

    `id` names it for good ("item:12"); `site` is whose it is; `facets` part the found ("kind": "article"; a facet may
    have several values); `on` is the day it was published, in the commune's time; `text` is plain, without markup;
    `place` says where it stands, in words of whoever asks.
    """

    id: str
    site: str
    title: str
    text: str
    on: date
    facets: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document as it is shown. `text` is its beginning, long enough for an excerpt."""

    id: str
    site: str
    title: str
    text: str
    on: date
    place: str
    facets: Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Found:
    """An answer: documents in order of worth, how many there are in all, and how many of each facet's values.

    `words` are the folded words that were looked for in the end; `meant` is what was looked for instead of what was
    typed, when that had a slip ("" else). `loosely`: nothing has all the words, these have most of them.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    meant: str = ""
    loosely: bool = False

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(hit.id for hit in self.hits)
