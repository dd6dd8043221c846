"""Stored files as answers: never run by a browser."""

from __future__ import annotations

from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from dinhlang.org.views import today
from dinhlang.work import blobs, queries
from dinhlang.work.models import Blob


def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that shows a line is true, to whoever may see the line."""
    found = get_object_or_404(queries.evidence_for(request.user, today()), pk=pk)
    if found.blob is None:
        raise Http404
    return download(found.blob, found.caption or f"minh-chung-{found.pk}")


def evidence_thumbnail(request: HttpRequest, pk: int) -> HttpResponse:
    """The small copy of a photo, to whoever may see the line. What it shows never changes under its number."""
    found = get_object_or_404(queries.evidence_for(request.user, today()), pk=pk, blob__picture__isnull=False)
    if found.blob is None:
        raise Http404
    answer = download(found.blob.picture.thumbnail, f"anh-nho-{found.pk}.jpg")
    answer.headers["Cache-Control"] = "private, max-age=604800, immutable"
    return answer


# No PDF: the sandbox that keeps a file from running also stops the browser's PDF reader.
_SHOWN_IN_BROWSER = {"image/png", "image/jpeg", "image/webp"}


def download(blob: Blob, name: str) -> HttpResponse:
    """A stored file. Only pictures open in the browser; anything else is saved, never run."""
    how = "inline" if blob.media_type in _SHOWN_IN_BROWSER else "attachment"
    kind = blob.media_type if blob.media_type in _SHOWN_IN_BROWSER else "application/octet-stream"
    return HttpResponse(
        blobs.read(blob),
        content_type=kind,
        headers={
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(name)}",
            "Content-Security-Policy": "sandbox; default-src 'none'",
            "X-Content-Type-Options": "nosniff",
        },
    )
