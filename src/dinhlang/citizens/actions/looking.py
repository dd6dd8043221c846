"""Photos of cases are looked at once by the worker: one of an identity paper is removed, and its sender is told."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO

from dinhlang.citizens import keeping
from dinhlang.citizens.models import CaseFile
from dinhlang.citizens.rules.identity import is_identity_paper
from dinhlang.org.actions import audit
from dinhlang.work.sealed_files import FileLost

# In one turn of the worker: to read a photo takes seconds.
MOST_AT_ONCE = 5
_LONGEST_SIDE = 1600
_DPI = 200


def look_at_photos(*, at: datetime) -> int:
    """Read the words in photos that nobody looked at yet; how many were removed. Without tesseract none is looked at."""
    from dinhlang.officialdoc.read.pages import ocr

    if not ocr.is_there():
        return 0
    waiting = CaseFile.objects.filter(looked_at=None, erased_at=None, media_type__startswith="image/")
    return sum(
        _looked_at(file, at) for file in waiting.select_related("case__unit").order_by("pk")[:MOST_AT_ONCE]
    )


def _looked_at(file: CaseFile, at: datetime) -> bool:
    try:
        found = shows_identity_paper(keeping.FILES.read(file.name_there))
    except FileLost:
        found = False
    file.looked_at = at
    if found:
        file.is_identity_paper, file.erased_at = True, at
    file.save(update_fields=["looked_at", "is_identity_paper", "erased_at"])
    if found:
        keeping.FILES.erase(file.name_there)
        audit(by=None, at=at, action="case.identity-photo", target=file.case, unit=file.case.unit)
    return found


def shows_identity_paper(data: bytes, *, seconds: float | None = None) -> bool:
    """Whether this photo, one that was made fit to keep, shows an identity paper. Needs tesseract.

    Someone who waits for the answer is kept no longer than `seconds`: then what was read so far decides, as with a photo in
    which nothing can be read.
    """
    return is_identity_paper(_words(data, seconds))


def _words(data: bytes, seconds: float | None) -> str:
    """The words in a photo, upright or turned: a card is often laid down sideways."""
    from PIL import Image

    from dinhlang.officialdoc.read.pages import ocr

    with Image.open(BytesIO(data)) as picture:
        grey = picture.convert("L")
    grey.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    turned = [grey, grey.rotate(90, expand=True), grey.rotate(270, expand=True)]
    pages = ocr.words_in(turned, ocr.PAGE, _DPI, seconds=seconds)
    return "\n".join(" ".join(word.text for word in page) for page in pages)
