"""What a page shows, noted while it is rendered: nobody has to remember afterwards what depends on what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_noted: ContextVar[set[str] | None] = ContextVar("noted", default=None)


def note(*tags: str) -> None:
    """Say that the page which is being rendered shows what these tags name. Outside of a rendering nothing happens."""
    noted = _noted.get()
    if noted is not None:
        noted.update(tags)


@contextmanager
def recording() -> Iterator[set[str]]:
    """Gather what is noted meanwhile."""
    noted: set[str] = set()
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)
