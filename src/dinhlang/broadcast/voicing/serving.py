"""Sound as an answer: whole, or the part that a player asks for."""

from __future__ import annotations

from django.http import HttpResponse

from dinhlang.broadcast.players.rules import part_of
from dinhlang.work import blobs
from dinhlang.work.models import Blob


def sound_file(blob: Blob, asked: str) -> HttpResponse:
    """A stored sound, or what a Range header asks for of it. Raises `players.rules.NoSuchPart`."""
    headers = {
        "ETag": f'"{blob.sha256}"',
        "Accept-Ranges": "bytes",
        "Cache-Control": "private, no-cache",
        "X-Content-Type-Options": "nosniff",
    }
    kind = blob.media_type if blob.media_type.startswith("audio/") else "application/octet-stream"
    part = part_of(asked, blob.size)
    data = blobs.read(blob)
    if part is None:
        return HttpResponse(data, content_type=kind, headers=headers)
    first, last = part
    headers["Content-Range"] = f"bytes {first}-{last}/{blob.size}"
    return HttpResponse(data[first : last + 1], content_type=kind, status=206, headers=headers)
