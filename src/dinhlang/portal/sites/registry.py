"""Which sites there are, with all that the frame of their pages shows: asked once, then kept in memory.

A page that has to be computed must not ask for its frame each time, and the site of a host name is asked for at every
request. The memory holds until a site or a column changes (`forget` touches a file that all processes look at) or the
day ends, since names and successors of units go by the day.
"""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.text import capfirst
from django.utils.timezone import localdate

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.portal.models import Column, Site, SiteHost


@dataclass(frozen=True, slots=True)
class ColumnNow:
    """A column as pages name it."""

    pk: int
    name: str
    slug: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Heir:
    """Who took over from a unit that is no more; `address` leads to its site, where it has an open one."""

    name: str
    address: str


@dataclass(frozen=True, slots=True)
class SiteNow:
    """A site as it stands today. `host` is empty for one that stands under its path."""

    pk: int
    path: str
    host: str
    unit_id: str
    level: str
    name: str
    body: str
    above: str
    is_demo: bool
    is_open: bool
    opens_duties: bool
    ended_on: date | None
    heirs: tuple[Heir, ...]
    welcome: str
    hotline: str
    phone: str
    email: str
    address: str
    directions: str
    hours: str
    organisation: str
    columns: tuple[ColumnNow, ...]

    @property
    def open_columns(self) -> tuple[ColumnNow, ...]:
        return tuple(column for column in self.columns if column.is_open)

    @property
    def prefix(self) -> str:
        """What stands before every address: nothing at a host name of its own."""
        return "" if self.host else f"/{self.path}"

    @property
    def has_contacts(self) -> bool:
        return any((self.hotline, self.phone, self.email, self.address, self.hours))


class Registry:
    """All sites, by what they are asked for. Only open ones are found by path, host or unit; `open_or_not` has all of them."""

    def __init__(self, sites: tuple[SiteNow, ...], old_hosts: Mapping[str, int]) -> None:
        self.sites = sites
        self.by_pk = {site.pk: site for site in sites}
        self.open_or_not = {site.unit_id: site for site in sites}
        shown = [site for site in sites if site.is_open]
        self.by_path = {site.path: site for site in shown}
        self.by_unit = {site.unit_id: site for site in shown}
        self.by_host = {site.host: site for site in shown if site.host}
        self._old_hosts = old_hosts

    @property
    def hosts(self) -> frozenset[str]:
        """Every host name that leads to an open site."""
        old = (host for host in self._old_hosts if self.moved_to(host))
        return frozenset((*self.by_host, *old))

    def moved_to(self, host: str) -> SiteNow | None:
        """The site to which an old host name leads."""
        site = self.by_pk.get(self._old_hosts.get(host, 0))
        return site if site and site.is_open else None


_known: tuple[tuple[str, int, date], Registry] | None = None


def now() -> Registry:
    """The sites of today. Inside a transaction they are read anew: it may have changed them."""
    global _known  # noqa: PLW0603 - the one memory of the process; replaced as a whole, so no lock is needed
    on = _today()
    if connection.in_atomic_block:
        return read(on)
    key = (str(connection.settings_dict["NAME"]), _stamp(), on)
    if _known is None or _known[0] != key:
        _known = (key, read(on))
    return _known[1]


_hosts: tuple[tuple[str, int, date], frozenset[str]] | None = None


def hosts() -> frozenset[str]:
    """The host names of open sites. Asked at requests for names that the operator did not give, whoever sends them:
    so they stay in memory inside a transaction too.
    """
    global _hosts  # noqa: PLW0603 - as `_known`
    key = (str(connection.settings_dict["NAME"]), _stamp(), _today())
    if _hosts is None or _hosts[0] != key:
        _hosts = (key, now().hosts)
    return _hosts[1]


def forget() -> None:
    """Let every process read the sites anew."""
    path = Path(_stamp_file())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def _stamp_file() -> str:
    return f"{settings.KEPT}/sites.stamp"


def _stamp() -> int:
    try:
        return os.stat(_stamp_file()).st_mtime_ns  # noqa: PTH116 - at every request; a path object costs more than the call
    except OSError:
        return 0


@lru_cache(maxsize=4)
def _day_of(minute: int) -> date:
    return localdate(datetime.fromtimestamp(minute * 60, UTC))


def _today() -> date:
    return _day_of(int(time.time() // 60))


def read(on: date) -> Registry:
    """The sites as the database has them; six questions however many there are."""
    sites = list(Site.objects.select_related("unit").order_by("path"))
    if not sites:
        return Registry((), {})
    hosts: dict[int, str] = {}
    old: dict[str, int] = {}
    for host in SiteHost.objects.all():
        if host.is_main:
            hosts[host.site_id] = host.host
        else:
            old[host.host] = host.site_id
    columns: dict[str, list[ColumnNow]] = defaultdict(list)
    for column in Column.objects.filter(unit__in=[site.unit_id for site in sites]):
        columns[column.unit_id].append(ColumnNow(column.pk, column.name, column.slug, column.is_open))
    above = org.parents_of(site.unit_id for site in sites)
    names = org.titles_of((site.unit_id for site in sites), on)
    at = {site.unit_id: _home(site, hosts.get(site.pk, "")) for site in sites if site.is_open}
    return Registry(
        tuple(
            _site_now(site, hosts.get(site.pk, ""), names, above, columns[site.unit_id], at, on)
            for site in sites
        ),
        old,
    )


def _home(site: Site, host: str) -> str:
    return f"//{host}/" if host else f"/{site.path}/"


def _site_now(
    site: Site,
    host: str,
    names: Mapping[str, str],
    above: Mapping[str, str],
    columns: Iterable[ColumnNow],
    at: Mapping[str, str],
    on: date,
) -> SiteNow:
    name = names[site.unit_id] or site.unit_id
    ended = site.unit.ends_on if site.unit.ends_on and site.unit.ends_on <= on else None
    return SiteNow(
        pk=site.pk,
        path=site.path,
        host=host,
        unit_id=site.unit_id,
        level=site.unit.level,
        name=name,
        body=f"Ủy ban nhân dân {name}",
        above=above.get(site.unit_id, ""),
        is_demo=site.unit.is_demo,
        is_open=site.is_open,
        opens_duties=site.opens_duties,
        ended_on=ended,
        heirs=_heirs(site.unit, at, on, is_at_a_host=bool(host)) if ended else (),
        welcome=site.welcome,
        hotline=site.hotline,
        phone=site.phone,
        email=site.email,
        address=site.address,
        directions=site.directions,
        hours=site.hours,
        organisation=site.organisation,
        columns=tuple(columns),
    )


def _heirs(unit: Unit, at: Mapping[str, str], on: date, *, is_at_a_host: bool) -> tuple[Heir, ...]:
    """At a host name of a site's own, no path leads to another site: there it stands after the installation's."""
    found = org.heirs(unit, on)
    names = org.titles_of((heir.pk for heir in found), on)
    house = str(settings.PUBLIC_URL).rstrip("/")
    homes = {heir.pk: at.get(heir.pk, "") for heir in found}
    if is_at_a_host:
        homes = {
            pk: home if not home or home.startswith("//") else house + home for pk, home in homes.items()
        }
    return tuple(Heir(capfirst(names[heir.pk]), homes[heir.pk]) for heir in found)
