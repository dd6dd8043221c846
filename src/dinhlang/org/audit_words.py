"""The objects of audit entries in words, with the page on which each can be seen.

A file of its own beside `views`: an entry names its object as the database does ('work.plan:17'), whatever room it
is of, and people read names.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst

from dinhlang.org import queries
from dinhlang.org.models import AuditEntry, Person, Position
from dinhlang.org.rules import printed_day
from dinhlang.org.rules.deeds import DETAILS

# Where an object is shown. What is not here is only named.
PAGES: Mapping[str, str] = {
    "org.unit": "org:unit",
    "org.unitchange": "org:change",
    "work.plan": "work:plan",
    "work.activity": "work:activity",
    "reports.report": "reports:report",
    "reports.obligation": "reports:duty",
    "reports.request": "reports:request",
    "reports.indexset": "reports:index-set",
    "reports.assessment": "reports:assessment",
    "reports.practice": "reports:practice",
    "archive.archiveddocument": "archive:document",
    "procedures.procedure": "procedures:procedure",
    "portal.item": "newsroom:item",
    "broadcast.bulletin": "broadcast:bulletin",
    "broadcast.session": "broadcast:session",
    "broadcast.print": "broadcast:print",
    "broadcast.emergency": "broadcast:emergency",
    "citizens.case": "citizens:case",
    "citizens.survey": "surveys:survey",
    "citizens.surveyround": "surveys:round",
    "citizens.contest": "contests:contest",
    "onestop.dossier": "onestop:dossier",
}
OF_PEOPLE = ("org.person", "org.position")


@dataclass(frozen=True, slots=True)
class Named:
    """An object as people call it, and its address, '' when it has no page for this reader."""

    target: str
    name: str
    address: str = ""


def named(entries: Iterable[AuditEntry], on: date, *, manages: bool) -> dict[str, Named]:
    """The objects of the entries by their targets. People have pages only for who manages them."""
    targets = {entry.target for entry in entries}
    of_posts = {
        f"org.position:{pk}": person
        for pk, person in Position.objects.filter(pk__in=_keys(targets, "org.position")).values_list(
            "pk", "person_id"
        )
    }
    # A post that was taken back is gone; its entries still say whose it was.
    for entry in entries:
        if entry.target.startswith("org.position:") and isinstance(entry.detail.get("person"), int):
            of_posts.setdefault(entry.target, entry.detail["person"])
    people = Person.objects.in_bulk({*_keys(targets, "org.person"), *of_posts.values()})
    units = queries.titles_of(
        (target.partition(":")[2] for target in targets if target.startswith("org.unit:")), on
    )
    found = {}
    for target in targets:
        label, _, key = target.partition(":")
        person = people.get(of_posts.get(target, -1) if label == "org.position" else _number(key))
        if label in OF_PEOPLE and person is not None:
            address = reverse("org:person", args=[person.pk]) if manages else ""
            found[target] = Named(target, person.full_name, address)
        else:
            name = units.get(key, "") if label == "org.unit" else ""
            found[target] = Named(target, capfirst(name) or _called(label, key), _address(label, key))
    return found


def details(detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The parts of a detail that people have a word for."""
    return [
        (str(DETAILS[key]), _printed(value))
        for key, value in detail.items()
        if key in DETAILS and value not in (None, "")
    ]


def _printed(value: Any) -> str:
    """A day as it is printed everywhere; the rest as it is."""
    try:
        return printed_day(date.fromisoformat(value)) if isinstance(value, str) else str(value)
    except ValueError:
        return str(value)


def _called(label: str, key: str) -> str:
    try:
        kind = apps.get_model(label)._meta.verbose_name
    except (LookupError, ValueError):
        return f"{label}:{key}" if key else label
    return f"{capfirst(str(kind))} {key}".strip()


def _address(label: str, key: str) -> str:
    if label not in PAGES or not key:
        return ""
    try:
        return reverse(PAGES[label], args=[key])
    except NoReverseMatch:
        return ""


def _keys(targets: Iterable[str], label: str) -> set[int]:
    return {_number(target.partition(":")[2]) for target in targets if target.startswith(f"{label}:")}


def _number(key: str) -> int:
    return int(key) if key.isdecimal() and len(key) < 18 else -1
