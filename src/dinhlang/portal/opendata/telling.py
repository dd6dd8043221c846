"""The data as files, with what each column is: one description, which the read API has too (`api.schemas.StandingOut`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from dinhlang.org import tables
from dinhlang.portal.api.schemas import StandingOut
from dinhlang.portal.opendata import queries
from dinhlang.portal.opendata.queries import Json, Sums
from dinhlang.portal.opendata.rules import LICENCE, LICENCE_ADDRESS
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.reports.models import Programme


@dataclass(frozen=True, slots=True)
class Column:
    """A column with what stands in it, in Vietnamese."""

    name: str
    about: str


@lru_cache(maxsize=1)
def columns() -> tuple[Column, ...]:
    """The columns in the order of the files."""
    return tuple(Column(name, field.description or "") for name, field in StandingOut.model_fields.items())


def as_json(
    site: SiteNow, programme: Programme, year: int, on: date, rows: Sequence[Json], sums: Sums
) -> bytes:
    """The whole file: what it is, under which licence, as of when, its columns, its sums, its rows."""
    to = Addresses(site)
    whole = {
        "title": title(site, programme, year),
        "publisher": site.body,
        "url": absolute(site, to.standing_file(programme.pk, year, "json")),
        "described_at": absolute(site, to.standings),
        "licence": LICENCE,
        "licence_url": LICENCE_ADDRESS,
        "as_of": on,
        "programme": {"id": programme.pk, "name": programme.name},
        "year": year,
        "columns": [{"name": one.name, "about": one.about} for one in columns()],
        "sums": queries.summed(sums),
        "rows": rows,
    }
    return json.dumps(whole, ensure_ascii=False, indent=1, cls=DjangoJSONEncoder).encode()


def as_csv(rows: Iterable[Json]) -> bytes:
    """The rows with the names of the columns above them, in UTF-8 as Excel expects it."""
    names = [one.name for one in columns()]
    return "".join(tables.csv_lines(names, ([_cell(row[name]) for name in names] for row in rows))).encode()


def _cell(value: Any) -> str | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, int) else str(value)


def title(site: SiteNow, programme: Programme, year: int) -> str:
    """What a file is called. Vietnamese in every language, as the data are."""
    return f"Tình hình nộp {programme.short} năm {year} – {site.body}"


def dataset(site: SiteNow, files: Iterable[tuple[Programme, int]]) -> Json:
    """The data for search engines (schema.org)."""
    to = Addresses(site)
    return {
        "@type": "Dataset",
        "name": f"Tình hình nộp báo cáo – {site.body}",
        "description": "Báo cáo phải nộp, hạn, ngày nộp và chất lượng của từng đơn vị, từng kỳ.",
        "url": absolute(site, to.standings),
        "license": LICENCE_ADDRESS,
        "isAccessibleForFree": True,
        "inLanguage": "vi",
        "creator": {"@type": "GovernmentOrganization", "name": site.body},
        "distribution": [
            {
                "@type": "DataDownload",
                "name": title(site, programme, year),
                "encodingFormat": kind,
                "contentUrl": absolute(site, to.standing_file(programme.pk, year, form)),
            }
            for programme, year in files
            for form, kind in (("csv", "text/csv"), ("json", "application/json"))
        ],
    }
