"""How often the public pages are opened: counted on our own server, without cookies, and nothing kept about who.

`note` is called for every page that is served, from any thread of any web process. It asks no database and never
fails: it adds to a tally in memory, which goes into a file of its own each minute. The worker takes the files in
(`collect`), and records each finished day in the ledger (`record_days`).
"""

from __future__ import annotations

import atexit
import logging
import os
import re
import threading
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.portal.models import Item, Visits
from dinhlang.portal.newsroom.rules import kept
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.work import actions as work
from dinhlang.work.models import ActivityKind, Basis
from dinhlang.work.rules import EntryEvidence

_log = logging.getLogger(__name__)

# Programs that say so. People read in the browsers inside of Zalo and Facebook, whose names are not here.
_ROBOT = re.compile(
    r"bot\b|bot/|crawl|spider|slurp|fetch|monitor|preview|scan|archive|curl|wget|python|java/|okhttp|go-http|libwww"
    r"|headless|lighthouse|facebookexternalhit|phantom|httpclient|axios|uptime",
    re.IGNORECASE,
)
_ITEM = re.compile(r"(?:/en)?/tin/[a-z0-9-]+/([a-z0-9-]+)/")
_FLUSH_EVERY = 5.0
# A file is whole once its minute is over and whoever wrote it has had time to.
_WHOLE_AFTER = 90.0
# The day is over for everyone once no process can still hold some of it.
_RECORDED_AFTER = timedelta(minutes=30)
# Different pages held in memory; more in five seconds is somebody trying addresses.
_MOST_HELD = 5000
_LONGEST_PATH = 300
_NAMESPACE = uuid.UUID("6f0d2c70-8a4f-4f0e-9a51-6d0e4bb0a6f1")

_tally: Counter[tuple[str, str, str]] = Counter()
_lock = threading.Lock()
_flushed = 0.0


def is_robot(agent: str) -> bool:
    """Whether a browser's name is that of a program. One without a name is."""
    return not agent.strip() or _ROBOT.search(agent) is not None


def note(path: str, host: str, agent: str) -> None:
    """Count one page that was served. Never raises, keeps neither address nor browser of whoever read it."""
    global _flushed  # noqa: PLW0603 - the one memory of the process, under its lock
    try:
        if is_robot(agent):
            return
        key = (timezone.localdate().isoformat(), host.lower(), path[:_LONGEST_PATH])
        with _lock:
            if len(_tally) < _MOST_HELD or key in _tally:
                _tally[key] += 1
            now = time.monotonic()
            if now - _flushed >= _FLUSH_EVERY:
                _flushed = now
                _write()
    except Exception:  # a page that was served must not fail for its count
        _log.warning("a visit could not be counted", exc_info=True)


def flush() -> None:
    """Put what is in memory into this minute's file."""
    with _lock:
        _write()


def _write() -> None:
    if not _tally:
        return
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"{day}\t{host}\t{path}\t{count}\n" for (day, host, path), count in _tally.items())
    with (folder / f"{int(time.time() // 60)}-{os.getpid()}.tally").open("a", encoding="utf-8") as file:
        file.write(lines)
    _tally.clear()


atexit.register(flush)


def _folder() -> Path:
    return Path(settings.DATA) / "visits"


def collect(*, at: datetime) -> int:
    """Take in the files that are whole, and say how many visits they held. For the worker."""
    if not _folder().is_dir():
        return 0
    taken = 0
    for file in sorted(_folder().glob("*.tally")):
        if at.timestamp() - file.stat().st_mtime >= _WHOLE_AFTER:
            taken += _take(file)
    return taken


def _take(file: Path) -> int:
    """Add one file to the counts. It goes before the counts are there for good: rather a minute lost than one twice."""
    counts: Counter[tuple[str, date, int | None]] = Counter()
    for day, host, path, count in _lines(file):
        site, rest = _site_at(host, path)
        if site is None:
            continue
        counts[site.unit_id, day, None] += count
        if slug := _ITEM.fullmatch(rest):
            item = Item.objects.filter(unit=site.unit_id, slug=slug[1]).values_list("pk", flat=True).first()
            if item is not None:
                counts[site.unit_id, day, item] += count
    file.unlink(missing_ok=True)
    with transaction.atomic():
        for (unit, day, item_pk), count in counts.items():
            row, is_new = Visits.objects.get_or_create(
                unit_id=unit, day=day, item=Item(pk=item_pk) if item_pk else None, defaults={"count": count}
            )
            if not is_new:
                Visits.objects.filter(pk=row.pk).update(count=F("count") + count)
    return sum(count for (_unit, _day, item_pk), count in counts.items() if item_pk is None)


def _lines(file: Path) -> Iterator[tuple[date, str, str, int]]:
    """What a file says; a line cut off by a process that was killed is left out."""
    for line in file.read_text("utf-8", "replace").splitlines():
        parts = line.split("\t")
        try:
            day, host, path, count = parts
            yield date.fromisoformat(day), host, path, int(count)
        except ValueError:
            continue


def _site_at(host: str, path: str) -> tuple[SiteNow | None, str]:
    """The site to which a page belongs, and what stands after its prefix."""
    known = registry.now()
    site = known.by_host.get(host.partition(":")[0])
    if site is not None:
        return site, path
    site = known.by_path.get(path.split("/", 2)[1] if path.startswith("/") else "")
    return (site, path.removeprefix(site.prefix)) if site is not None else (None, "")


@kept_in_vietnamese
def record_days(*, at: datetime) -> int:
    """Write a line of the ledger for each finished day and unit, once; gives how many. For the worker."""
    today = timezone.localdate(at - _RECORDED_AFTER)
    waiting = Visits.objects.filter(item=None, day__lt=today, is_recorded=False, count__gt=0)
    done = 0
    for row in waiting.select_related("unit").order_by("day", "pk"):
        with transaction.atomic():
            # Whoever marks it writes it: two workers do not write one day twice.
            if not Visits.objects.filter(pk=row.pk, is_recorded=False).update(is_recorded=True):
                continue
            work.record_consequence(
                unit=row.unit,
                kind=ActivityKind.WEBSITE,
                happened_on=row.day,
                title=kept.visits_of(row.day),
                measures={"visits": row.count},
                evidence=[EntryEvidence(kept.visits_entry(row.day))],
                basis=Basis.SYSTEM,
                uid=uuid.uuid5(_NAMESPACE, f"{row.unit_id} {row.day.isoformat()}"),
                by=None,
                at=at,
            )
            audit(by=None, at=at, action="visits.record", target=row, unit=row.unit)
            done += 1
    return done
