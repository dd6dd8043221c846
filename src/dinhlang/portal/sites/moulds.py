"""Pages poured into a mould: what many pages have in common is rendered once, what differs is put into the gaps.

A template takes milliseconds, most of it for the frame and for words that are the same on every page of its kind. Here it
is rendered once with a mark in each gap, parted there, and joined with the words of each page. A template that is poured
may print a gap, and ask whether it is empty; nothing else about it. What else it is told is the `shape`.

A mould goes by the site as the frame shows it, so it lasts as long as the sites are in memory (`registry`).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from dinhlang.portal.sites.registry import SiteNow

Made = Callable[[Mapping[str, SafeString]], Mapping[str, Any]]
# Nobody can write a mark into a text that stands on a page.
_OURS = secrets.token_hex(8)
_GAP = re.compile(f"\ue000{_OURS}([a-z_]+)\ue001")
_MOST_SITES, _MOST_MOULDS = 64, 64
_moulds: dict[int, tuple[SiteNow, dict[Hashable, Mould]]] = {}


class Mould:
    """A rendered page with gaps."""

    __slots__ = ("_names", "_pieces")

    def __init__(self, text: str) -> None:
        parts = _GAP.split(text)
        self._pieces, self._names = parts[0::2], parts[1::2]

    def filled(self, words: Mapping[str, str]) -> str:
        """The page with these words, which are HTML already, in its gaps."""
        said = [self._pieces[0]]
        for name, piece in zip(self._names, self._pieces[1:], strict=True):
            said += (words[name], piece)
        return "".join(said)


def poured(site: SiteNow, template: str, shape: Hashable, gaps: Mapping[str, str], made: Made) -> str:
    """The template's page with these gaps; text that is not marked safe is escaped.

    `shape` names all else that the page goes by, within the site; `made` gives it as the template is told of it, and
    takes what is to be printed in each gap, for parts of it that stand in gaps too.
    """
    key = (template, shape, tuple(name for name, words in gaps.items() if not words))
    mould = _of(site).get(key)
    if mould is None:
        marks = {
            name: mark_safe(f"\ue000{_OURS}{name}\ue001" if words else "")  # noqa: S308 - our own mark
            for name, words in gaps.items()
        }
        mould = Mould(render_to_string(template, {**made(marks), **marks}))
        known = _of(site)
        if len(known) >= _MOST_MOULDS:
            known.clear()
        known[key] = mould
    return mould.filled({name: conditional_escape(words) for name, words in gaps.items()})


def _of(site: SiteNow) -> dict[Hashable, Mould]:
    """The moulds of a site as it is now; a site that was read anew has none yet."""
    found = _moulds.get(id(site))
    if found is None or found[0] is not site:
        while len(_moulds) >= _MOST_SITES:
            _moulds.pop(next(iter(_moulds)), None)
        found = _moulds[id(site)] = (site, {})
    return found[1]
