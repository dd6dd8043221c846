"""Pictures, recordings and documents of items, open to all exactly as long as an edition with them is shown."""

from __future__ import annotations

import re

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from dinhlang.onestop.support.own import shown_picture
from dinhlang.portal.models import CitedDocument, Edition, EditionPicture
from dinhlang.portal.news import pictures
from dinhlang.portal.sites.frame import Place, not_there, site_page
from dinhlang.work import blobs
from dinhlang.work.models import Blob
from dinhlang.work.views.files import download

# Long enough to spare a slow line, short enough that what is withdrawn is gone everywhere the next day.
A_DAY = "public, max-age=86400"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


@site_page
def picture(request: HttpRequest, place: Place, sha256: str, size: str) -> HttpResponse:
    """A picture of an item or of a step of a guide that is shown on the site, in one of its sizes."""
    if size not in pictures.SIZES:
        return not_there(request, place)
    found = (
        EditionPicture.objects.filter(
            blob=sha256, edition__item__unit=place.to.site.unit_id, edition__item__shown=F("edition")
        )
        .select_related("blob")
        .first()
    )
    step = None if found is not None else shown_picture(place.to.site.unit_id, sha256)
    blob = found.blob if found is not None else step.picture if step is not None else None
    if blob is None:
        return not_there(request, place)
    try:
        data = pictures.drawn(blob, size)
    except blobs.BlobLost:
        return not_there(request, place)
    return HttpResponse(
        data,
        content_type=pictures.SIZES[size].media_type,
        headers={"Cache-Control": A_DAY, "ETag": f'"{sha256[:16]}-{size}"'},
    )


@site_page
def document(request: HttpRequest, place: Place, pk: int) -> HttpResponse:
    """The file of a document that is cited by something shown on the site."""
    found = (
        CitedDocument.objects.filter(
            pk=pk, edition__item__unit=place.to.site.unit_id, edition__item__shown=F("edition")
        )
        .select_related("blob")
        .first()
    )
    if found is None or found.blob is None:
        return not_there(request, place)
    answer = download(found.blob, found.file_name or _("van-ban-%(number)s") % {"number": found.pk})
    answer.headers["Cache-Control"] = A_DAY
    return answer


@site_page
def recording(request: HttpRequest, place: Place, sha256: str) -> HttpResponse:
    """A recording of something that is shown on the site; also a part of it, as players ask when one skips ahead."""
    found = (
        Edition.objects.filter(recording=sha256, item__unit=place.to.site.unit_id, item__shown=F("pk"))
        .select_related("recording")
        .first()
    )
    if found is None or found.recording is None:
        return not_there(request, place)
    return part_of(found.recording, request.headers.get("Range", ""))


def part_of(blob: Blob, asked: str) -> HttpResponse:
    """The bytes that were asked for (RFC 9110 §14, one range); all of them for anything else that is asked."""
    data = blobs.read(blob)
    headers = {
        "Cache-Control": A_DAY,
        "Accept-Ranges": "bytes",
        "ETag": f'"{blob.sha256[:16]}"',
        "X-Content-Type-Options": "nosniff",
    }
    kind = blob.media_type if blob.media_type.startswith("audio/") else "application/octet-stream"
    found = _RANGE.fullmatch(asked.strip())
    if found is None or not any(found.groups()):
        return HttpResponse(data, content_type=kind, headers=headers)
    first, last = _span(found[1], found[2], len(data))
    if first > last:
        headers["Content-Range"] = f"bytes */{len(data)}"
        return HttpResponse(status=416, headers=headers)
    headers["Content-Range"] = f"bytes {first}-{last}/{len(data)}"
    return HttpResponse(data[first : last + 1], content_type=kind, status=206, headers=headers)


def _span(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and last byte; first > last when there is nothing there."""
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)
