"""Laying the items of the demonstration before everyone."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils.timezone import get_default_timezone, localdate

from dinhlang.org.models import Unit
from dinhlang.portal.demo.drawings import DRAWINGS, HEIGHT, WIDTH, drawn
from dinhlang.portal.kept import changed
from dinhlang.portal.models import CitedDocument, Column, Edition, EditionPicture, Item, Site
from dinhlang.portal.newsroom.queries import digest_of
from dinhlang.portal.newsroom.rules import words as rules
from dinhlang.portal.newsroom.rules.body import from_text
from dinhlang.portal.newsroom.rules.states import State
from dinhlang.portal.newsroom.rules.words import Words
from dinhlang.portal.opendata.actions import open_duties
from dinhlang.portal.papers.actions import open_plan
from dinhlang.portal.sites.actions import make_site
from dinhlang.portal.sites.rules import free_slug
from dinhlang.work import blobs
from dinhlang.work.models import Activity, Plan

UNIT = "ben-truc"
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Drafted:
    """One item of the data file with the moment it came up."""

    given: dict[str, Any]
    at: datetime
    line: Activity | None


def load_demo(*, at: datetime) -> None:
    """Give the fictional units what they publish, once: the commune, and its province and neighbours their sites too.

    The ledger stays as it is: an article with the title of a line of the ledger is what that line counted; all others
    count nothing. The rows are written as the editorial board would leave them, without its steps, which nobody took.
    """
    _publish_all(UNIT, _told("demo_items")["items"], at)
    for one in _told("demo_sites")["sites"]:
        for unit in Unit.objects.filter(pk=one["unit"], site=None):
            make_site(unit=unit, path=unit.pk, by=None, at=at, words=one["words"])
        _publish_all(one["unit"], one["items"], at)


def _told(name: str) -> dict[str, Rows]:
    told: dict[str, Rows] = tomllib.loads(
        (files("dinhlang.portal") / "data" / f"{name}.toml").read_text("utf-8")
    )
    return told


def _publish_all(unit_id: str, told: Rows, at: datetime) -> None:
    unit = Unit.objects.filter(pk=unit_id, site__isnull=False).select_related("site").first()
    if unit is None or Item.objects.filter(unit=unit).exists():
        return
    columns = {one.name: one for one in Column.objects.filter(unit=unit)}
    lines = {one.title: one for one in Activity.objects.filter(unit=unit, kind="website", reversal=None)}
    drafts = [_drafted(one, lines.get(one["title"]), at) for one in told]
    with transaction.atomic():
        shown = {one["picture"] for one in told if "picture" in one}
        pictures = {name: blobs.store(drawn(name), "image/png", at).pk for name in sorted(shown)}
        taken: set[str] = set()
        for draft in sorted(drafts, key=lambda one: one.at):
            if draft.at > at:
                continue
            slug = free_slug(draft.given["title"], taken)
            taken.add(slug)
            _publish(unit, draft, columns[draft.given["column"]], slug, pictures)
        changed(f"site:{unit.site.pk}")


def open_demo_plans(*, at: datetime) -> None:
    """Open the plans of the fictional commune to all, once."""
    for plan in Plan.objects.filter(unit=UNIT, unit__site__isnull=False, opened=None).exclude(number=""):
        open_plan(plan=plan, by=None, at=at, is_read=True)


def open_demo_duties(*, at: datetime) -> None:
    """Let everyone read how the reports of the fictional province and commune stand."""
    for site in Site.objects.filter(unit__in=(UNIT, "tinh-mau")).select_related("unit"):
        open_duties(site=site, opens=True, by=None, at=at)


def _drafted(given: dict[str, Any], line: Activity | None, at: datetime) -> Drafted:
    # A unit that ended published before its last day, whenever the demonstration is loaded.
    day = line.happened_on if line else given.get("on") or localdate(at) - timedelta(days=given["days"])
    # Not all at one hour: by the length of the title, so that each loading gives the same.
    hour = time(8 + len(given["title"]) % 9, len(given["title"]) * 7 % 60)
    return Drafted(given, datetime.combine(day, hour, tzinfo=get_default_timezone()), line)


def _publish(unit: Unit, draft: Drafted, column: Column, slug: str, pictures: dict[str, str]) -> None:
    given = draft.given
    item = Item.objects.create(
        unit=unit,
        kind=given.get("kind", Item.Kind.ARTICLE),
        column=column,
        field=given.get("field", ""),
        slug=slug,
        state=State.PUBLISHED,
        published_at=draft.at,
        line=draft.line,
        made_at=draft.at,
        changed_at=draft.at,
    )
    words = _words(given, draft.at)
    edition = Edition.objects.create(
        item=item,
        number=1,
        folded=rules.folded(words),
        made_at=draft.at,
        changed_at=draft.at,
        **{name: getattr(words, name) for name in words.__dataclass_fields__},
    )
    if name := given.get("picture"):
        EditionPicture.objects.create(
            edition=edition,
            position=1,
            blob_id=pictures[name],
            width=WIDTH,
            height=HEIGHT,
            alternative=DRAWINGS[name][1],
            caption="Tranh minh họa",
        )
    for number, (title, symbol) in enumerate(given.get("cites", ()), start=1):
        CitedDocument.objects.create(
            edition=edition, position=number, title=title, symbol=symbol, issued_on=localdate(draft.at)
        )
    edition.refresh_from_db()  # as the database says it: moments in UTC
    edition.digest, edition.published_at = digest_of(edition), draft.at
    edition.save(update_fields=["digest", "published_at"])
    item.shown = item.draft = edition
    item.save(update_fields=["shown", "draft"])


def _words(given: dict[str, Any], at: datetime) -> Words:
    starts = None
    if "starts_in" in given:
        day = localdate(at) + timedelta(days=given["starts_in"])
        starts = datetime.combine(day, time(given["hour"]), tzinfo=get_default_timezone())
    return Words(
        title=given["title"],
        lead=given.get("lead", ""),
        body=from_text(given["body"]),
        byline=given.get("byline", ""),
        question=given.get("question", ""),
        place=given.get("place", ""),
        starts_at=starts,
        ends_at=starts + timedelta(hours=3) if starts else None,
    )
