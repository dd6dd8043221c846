"""The last part of an item's address: small Latin letters, digits and hyphens, made from the title."""

from __future__ import annotations

import re

from anyascii import anyascii

from dinhlang.portal.sites import rules as sites
from dinhlang.vietnamese.text import fold, one_line

SLUG_LENGTH = 90
_WHOLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OTHERWISE = "tin"


def slug_of(title: str) -> str:
    """The slug of a title: 'Đăng ký khai sinh' is 'dang-ky-khai-sinh'; 'tin' when no letter is left."""
    return free_slug(title, set())


def free_slug(title: str, taken: set[str]) -> str:
    """The title's slug, with the first number behind it that makes it free: '…-2', '…-3'.

    Letters of other scripts become Latin first, so that two addresses that look alike (Cyrillic а for a, full-width
    digits) are one.
    """
    return sites.free_slug(anyascii(fold(one_line(title))), taken, SLUG_LENGTH, _OTHERWISE)


def is_slug(text: str) -> bool:
    """Whether this can be the slug of an item."""
    return len(text) <= SLUG_LENGTH and _WHOLE.fullmatch(text) is not None
