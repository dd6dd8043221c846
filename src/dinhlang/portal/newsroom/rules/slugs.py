"""The last part of an item's address: small Latin letters, digits and hyphens, made from the title."""

from __future__ import annotations

import re
from collections.abc import Container

from anyascii import anyascii

from dinhlang.vietnamese.text import fold, one_line

SLUG_LENGTH = 90
_WHOLE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slug_of(title: str) -> str:
    """The slug of a title: 'Đăng ký khai sinh' is 'dang-ky-khai-sinh'; 'tin' when no letter is left.

    Everything becomes ASCII, so two addresses that look alike (Cyrillic а for a, full-width digits) are one. Cut at a
    word after `SLUG_LENGTH` less six, which leaves room for a number.
    """
    plain = anyascii(fold(one_line(title)))
    words = re.findall(r"[a-z0-9]+", plain.lower())
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > SLUG_LENGTH - 6:
            break
        slug = longer
    return slug or (words[0][: SLUG_LENGTH - 6] if words else "tin")


def free_slug(title: str, taken: Container[str]) -> str:
    """The title's slug, with the first number behind it that makes it free: '…-2', '…-3'."""
    wanted = slug_of(title)
    number = 1
    slug = wanted
    while slug in taken:
        number += 1
        slug = f"{wanted}-{number}"
    return slug


def is_slug(text: str) -> bool:
    """Whether this can be the slug of an item."""
    return len(text) <= SLUG_LENGTH and _WHOLE.fullmatch(text) is not None
