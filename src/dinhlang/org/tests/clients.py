"""Browsers of people of the cast."""

from __future__ import annotations

from django.test import Client

from dinhlang.org.models import Person


def as_(person: Person) -> Client:
    """One in which the person is signed in."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client
