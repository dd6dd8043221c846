"""Who must have a second factor, and who has one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import QuerySet

from dinhlang.org import queries
from dinhlang.org.models import Person, Position
from dinhlang.org.rules import ROLES, Role
from dinhlang.org.sign_in import secrets


def factors(person: Person) -> QuerySet[Authenticator]:
    """What the person has beside the password. Recovery codes alone are none."""
    return Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES)


def must_have(person: Person, on: date, posts: Iterable[Position] | None = None) -> bool:
    """Whether a post that the person holds that day asks for a second factor, where the installation does.

    `posts` are theirs of that day where they have been read already.
    """
    if not settings.SECOND_FACTOR_REQUIRED:
        return False
    held = queries.positions(person, on) if posts is None else posts
    return any(ROLES[Role(post.role)].needs_second_factor for post in held)


def unreadable() -> int:
    """How many secrets were hidden under another key of the installation, and so open nothing any more."""
    stored = [
        text
        for data in Authenticator.objects.values_list("data", flat=True)
        for name in ("secret", "seed")
        if (text := data.get(name))
    ]
    return sum(not secrets.is_readable(text) for text in stored)
