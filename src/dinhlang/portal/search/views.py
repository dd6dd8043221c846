"""The page of results, and titles while one types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from urllib.parse import quote_plus, urlencode

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.portal.kept.remembered import for_once, remembered_while
from dinhlang.portal.search import actions, queries, wording, written
from dinhlang.portal.search.queries import Answer
from dinhlang.portal.sites import moulds
from dinhlang.portal.sites.frame import Place, context, linked_data, site_page


@site_page
@remembered_while(lambda: actions.index().state)
def find(request: HttpRequest, place: Place) -> HttpResponse:
    """What is found for the words asked for, ten on a page."""
    typed = request.GET.get("q", "").strip()
    facets = {name: value for name in queries.FACETS if (value := request.GET.get(name, ""))}
    number = _number(request.GET.get("trang", ""))
    found = queries.answer(place.to.site, typed, facets=facets, page=number)
    is_ready = bool(found.total) or actions.index().is_there
    title = _("Tìm: %(words)s") % {"words": typed[:80]} if typed else _("Tìm kiếm")
    crumbs = ((place.to.home, _("Trang chủ")),)
    answer = HttpResponse(
        moulds.poured(
            place.to.site,
            "portal/site/search.html",
            (place.language, request.path, is_ready),
            {
                "title": title,
                "linked_data": linked_data(place.to.site, request.path, title, crumbs),
                "typed": typed,
                **_gaps(place, typed, facets, number, found),
            },
            lambda gaps: {
                **context(place, request.path, gaps["title"], crumbs=crumbs, is_original=False),
                "is_ready": is_ready,
            },
        )
    )
    if typed and is_ready and not found.total and not facets and not found.promoted:
        _remember(place.to.site.unit_id, typed)
        return for_once(answer)
    return answer if is_ready else for_once(answer)


def _gaps(place: Place, typed: str, facets: dict[str, str], number: int, found: Answer) -> dict[str, str]:
    """What differs from one answer to the other, as HTML or as text."""
    return {
        "found": written.sentence(typed, found) if typed else "",
        "choices": written.choices(_choices(place, typed, facets, found)),
        "promoted": written.promoted((one.title, place.to.at(one.target)) for one in found.promoted),
        "lines": written.together(_lines(found, place)),
        "number": str(number),
        "before": _address(place, typed, facets, number - 1) if number > 1 else "",
        "after": _address(place, typed, facets, number + 1) if number < found.pages else "",
    }


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


def _lines(found: Answer, place: Place) -> Iterator[str]:
    kinds: dict[str, str] = {}
    for row in found.rows:
        value = str(row.hit.facets.get("kind", ""))
        if value not in kinds:
            kinds[value] = wording.kind_of(value)
        address = wording.address_of(row.hit, place.to)
        yield written.hit(row, address, kinds[value], wording.standing_of(row.hit))


def _address(place: Place, typed: str, facets: Mapping[str, str], number: int = 1) -> str:
    asked = {**facets, **({"trang": str(number)} if number > 1 else {})}
    return f"{place.to.search}?q={quote_plus(typed)}" + (f"&{urlencode(asked)}" if asked else "")


def _choices(
    place: Place, typed: str, facets: dict[str, str], found: Answer
) -> Iterator[tuple[str, list[str]]]:
    """The ways to narrow, by what they look at; only where there is something to choose."""
    labels = {"kind": _("Loại"), "field": _("Lĩnh vực CCHC"), "subject": _("Lĩnh vực thủ tục")}
    for name in queries.FACETS:
        values = found.facets[name][:12]
        chosen = facets.get(name, "")
        if len(values) < 2 and not chosen:
            continue
        others = {key: value for key, value in facets.items() if key != name}
        if chosen and chosen not in dict(values):
            values = [*values, (chosen, 0)]
        # Each takes its value, or lets go of the one that is chosen.
        addresses = (
            _address(place, typed, others if value == chosen else {**others, name: value})
            for value, _count in values
        )
        yield (
            labels[name],
            [
                written.choice(wording.facet_word(name, value), count, address, is_chosen=value == chosen)
                for (value, count), address in zip(values, addresses, strict=True)
            ],
        )
