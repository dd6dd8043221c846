"""Sound files, transcripts and chapters of what is shown."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from dinhlang.broadcast.voicing import queries as voicing
from dinhlang.portal.listening import queries, rules
from dinhlang.portal.models import ItemSound
from dinhlang.portal.news.files import A_DAY, part_of
from dinhlang.portal.sites.frame import Place, not_there, site_page

TRANSCRIPTS = {"vtt": "text/vtt; charset=utf-8", "json": "application/json; charset=utf-8"}
CHAPTERS = "application/json+chapters; charset=utf-8"


@site_page
def sound(request: HttpRequest, place: Place, sha256: str, form: str) -> HttpResponse:
    """A sound file, whole or a part of it, as long as what it says is shown."""
    file = queries.file_of(place.to.site, sha256)
    if file is None:
        return not_there(request, place)
    return part_of(file, request.headers.get("Range", ""))


@site_page
def transcript(request: HttpRequest, place: Place, pk: int, form: str) -> HttpResponse:
    """What is heard, sentence by sentence with its time."""
    found = queries.sound_of(place.to.site, pk)
    if found is None or found.voicing is None:
        return not_there(request, place)
    said = voicing.webvtt(found.voicing) if form == "vtt" else voicing.as_json(found.voicing)
    return _beside(said, TRANSCRIPTS[form])


@site_page
def chapters(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    """Where the parts of a sound begin."""
    found = queries.sound_of(place.to.site, pk)
    parts = _chapters(found) if found is not None else []
    if found is None or not parts:
        return not_there(request, place)
    return _beside(rules.chapters_as_json(parts, title=found.edition.title), CHAPTERS)


def _chapters(found: ItemSound) -> list[rules.Chapter]:
    lines = found.voicing.lines if found.voicing is not None else []
    return queries.chapters_of(found.edition, found.edition.item.kind, lines)


def _beside(said: str, kind: str) -> HttpResponse:
    # Players in browsers fetch these from pages of other hosts.
    headers = {
        "Cache-Control": A_DAY,
        "Access-Control-Allow-Origin": "*",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(said, content_type=kind, headers=headers)
