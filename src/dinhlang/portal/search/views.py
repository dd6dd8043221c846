"""The page of results, and titles while one types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.portal.search import actions, queries, wording
from dinhlang.portal.search.queries import Answer, Row
from dinhlang.portal.sites.frame import Place, page, site_page


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow what was found; `address` takes it, or lets go of the one that is chosen."""

    label: str
    count: int
    address: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A found thing on the page."""

    row: Row
    kind: str
    standing: str
    address: str


@site_page
def find(request: HttpRequest, place: Place) -> HttpResponse:
    """What is found for the words asked for, ten on a page."""
    typed = request.GET.get("q", "").strip()
    facets = {name: value for name in queries.FACETS if (value := request.GET.get(name, ""))}
    number = _number(request.GET.get("trang", ""))
    found = queries.answer(place.to.site, typed, facets=facets, page=number)
    is_ready = bool(found.total) or actions.index().is_there
    if typed and is_ready and not found.total and not facets and not found.promoted:
        _remember(place.to.site.unit_id, typed)
    return page(
        request,
        place,
        "portal/site/search.html",
        _("Tìm: %(words)s") % {"words": typed[:80]} if typed else _("Tìm kiếm"),
        crumbs=((place.to.home, _("Trang chủ")),),
        is_original=False,
        typed=typed,
        found=found,
        lines=[_line(row, place) for row in found.rows],
        promoted=[(one.title, place.to.at(one.target)) for one in found.promoted],
        choices=_choices(place, typed, facets, found),
        chosen=facets.items(),
        is_ready=is_ready,
        meant_address=_address(place, found.meant, {}),
        **_pages(place, typed, facets, number, found),
    )


@site_page
def suggest(request: HttpRequest, place: Place) -> HttpResponse:
    """Titles that go on as what was typed so far: a list of {title, address}."""
    found = queries.suggested(place.to.site, request.GET.get("q", ""))
    rows = [{"title": hit.title, "address": wording.address_of(hit, place.to)} for hit in found]
    return JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})


def _remember(unit_id: str, typed: str) -> None:
    try:
        actions.note_unfound(unit_id=unit_id, typed=typed, at=timezone.now())
    except DatabaseError:
        # Nobody who looks for something is told that a list for editors could not be kept.
        return


def _number(asked: str) -> int:
    return (
        min(int(asked), 100)
        if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 5 and int(asked)
        else 1
    )


def _line(row: Row, place: Place) -> Line:
    hit = row.hit
    return Line(
        row,
        wording.kind_of(str(hit.facets.get("kind", ""))),
        wording.standing_of(hit),
        wording.address_of(hit, place.to),
    )


def _address(place: Place, typed: str, facets: dict[str, str], number: int = 1) -> str:
    asked = {"q": typed, **facets, **({"trang": number} if number > 1 else {})}
    return f"{place.to.search}?{urlencode(asked)}"


def _choices(
    place: Place, typed: str, facets: dict[str, str], found: Answer
) -> list[tuple[str, list[Choice]]]:
    """The ways to narrow, by what they look at; only where there is something to choose."""
    labels = {"kind": _("Loại"), "field": _("Lĩnh vực CCHC"), "subject": _("Lĩnh vực thủ tục")}
    groups = []
    for name in queries.FACETS:
        values = found.facets[name][:12]
        if len(values) < 2 and name not in facets:
            continue
        others = {key: value for key, value in facets.items() if key != name}
        row = [
            Choice(
                wording.facet_word(name, value),
                count,
                _address(place, typed, others if facets.get(name) == value else {**others, name: value}),
                facets.get(name) == value,
            )
            for value, count in values
        ]
        if name in facets and not any(choice.is_chosen for choice in row):
            row.append(
                Choice(wording.facet_word(name, facets[name]), 0, _address(place, typed, others), True)
            )
        groups.append((labels[name], row))
    return groups


def _pages(place: Place, typed: str, facets: dict[str, str], number: int, found: Answer) -> dict[str, Any]:
    return {
        "number": number,
        "before": _address(place, typed, facets, number - 1) if number > 1 else "",
        "after": _address(place, typed, facets, number + 1) if number < found.pages else "",
    }
