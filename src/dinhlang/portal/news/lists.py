"""One page of a list of items: which they are, each as a piece of HTML that is rendered once, the pages beside it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from dinhlang.portal.kept.recording import note
from dinhlang.portal.models import Item
from dinhlang.portal.news import queries
from dinhlang.portal.news.queries import Asked
from dinhlang.portal.sites.frame import Place

MOST_PAGES = 500
Months = Sequence[tuple[date, int]]
Known = dict[Hashable, Any]


@dataclass(frozen=True, slots=True)
class Listed:
    """What a page of a list shows: its lines, where it stands among the pages of the list, and the months there are."""

    lines: SafeString
    number: int
    newer: str
    older: str
    months: Months


def listed(
    request: HttpRequest,
    place: Place,
    asked: Asked,
    known: Known,
    *,
    with_months: bool = True,
    with_column: bool = False,
) -> Listed:
    """The page of the list that is asked for (`trang`), in two questions or less.

    `known` is what pages share (`remembered.values()`), taken before anything that the page shows was read.
    """
    site = place.to.site
    months_of = ("months", site.pk, asked.column)
    months: Months = known.get(months_of, ()) if with_months else ()
    is_first = with_months and months_of not in known
    if is_first:
        months = known[months_of] = queries.months(site, asked.column)
    number = _number(request.GET.get("trang", ""))
    most = queries.IN_A_MONTH if asked.column and asked.month else queries.PER_PAGE
    start = (number - 1) * most
    items: dict[int, Item] = {}
    if is_first:
        # The months were one question already.
        items = {item.pk: item for item in queries.listed(site, asked)[start : start + most + 1]}
        keys = list(items)
    else:
        keys = queries.keys(site, asked, start, most + 1)
    lines = _lines(place, keys[:most], items, known, with_column=with_column)
    return Listed(
        lines,
        number,
        newer=_beside(request, number - 1) if number > 1 else "",
        older=_beside(request, number + 1) if len(keys) > most else "",
        months=months,
    )


def _lines(
    place: Place, keys: Sequence[int], items: dict[int, Item], known: Known, *, with_column: bool
) -> SafeString:
    """The items with these keys as lines of a list; those that nobody rendered yet are asked for, in one question."""
    site = place.to.site
    note(*(f"item:{key}" for key in keys))
    names = {key: ("line", site.pk, place.language, with_column, key) for key in keys}
    said: dict[int, str] = {key: known[name] for key, name in names.items() if name in known}
    missing = [key for key in keys if key not in said]
    if any(key not in items for key in missing):
        items = {item.pk: item for item in queries.with_keys(site, missing)}
    for key in missing:
        # Taken from the list meanwhile: then it is no line of it.
        if key in items:
            told = {"line": line(place, items[key]), "with_pictures": True, "with_column": with_column}
            said[key] = known[names[key]] = render_to_string("portal/news/line.html", told)
    return mark_safe("".join(said[key] for key in keys if key in said))  # noqa: S308 - rendered by our template


def line(place: Place, item: Item) -> dict[str, object]:
    """An item as a list shows it, with its addresses."""
    to = place.to
    return {
        "item": item,
        "edition": item.shown,
        "day": localtime(item.published_at),
        "address": to.item(item.column.slug, item.slug) if item.column else "",
        "picture": to.picture(vars(item)["picture"], "480.webp") if vars(item).get("picture") else "",
    }


def _number(asked: str) -> int:
    return min(int(asked), MOST_PAGES) if asked.isascii() and asked.isdigit() and int(asked) else 1


def _beside(request: HttpRequest, other: int) -> str:
    """The address of another page of the list."""
    said = {name: value for name in ("linh-vuc", "loai", "thang") if (value := request.GET.get(name, ""))}
    query = urlencode({**said, **({"trang": other} if other > 1 else {})})
    return f"{request.path}?{query}" if query else request.path


# --- what narrows a list --------------------------------------------------------------------------


def options(
    place: Place, name: str, choices: Iterable[tuple[str, object]], chosen: str, known: Known
) -> SafeString:
    """The options of the choice of that name, one of them chosen: rendered once, then only the chosen one is marked."""
    key = ("options", name, place.to.site.pk, place.language)
    said = known.get(key)
    if said is None:
        said = known[key] = format_html_join("", '<option value="{}">{}</option>', choices)
    if not chosen:
        return said
    value = escape(chosen)
    marked = said.replace(f'<option value="{value}">', f'<option value="{value}" selected>', 1)
    return mark_safe(marked)  # noqa: S308 - escaped above, and where it was made


def month_choices(months: Months) -> Iterator[tuple[str, str]]:
    """The months as they are chosen."""
    return ((f"{month:%Y-%m}", f"{capfirst(month_words(month))} ({count})") for month, count in months)


def month_words(month: date) -> str:
    """'tháng 11/2026'."""
    return _("tháng %(month)s/%(year)s") % {"month": month.month, "year": month.year}
