"""Photos and scanned letters are looked at for identity papers: none is kept.

The desk's letters are looked at while they are taken in, and refused with the page that shows one. What comes over the web, and
what took too long, the worker looks at: it removes the photo, or the page of the letter.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO

from django.db import transaction
from django.utils.translation import gettext as _

from dinhlang.citizens import keeping
from dinhlang.citizens.keeping import Fit
from dinhlang.citizens.models import CaseFile
from dinhlang.citizens.rules.identity import is_identity_paper
from dinhlang.officialdoc.read.pages import ocr, sheets
from dinhlang.org.actions import audit
from dinhlang.org.rules import Refused
from dinhlang.org.sealed import Unreadable
from dinhlang.work.sealed_files import FileLost

LONGEST_LOOK = 20.0
"""Seconds for which somebody waits while what they give is looked at."""
# Pages in one turn of the worker: to look at one takes seconds.
_MOST_AT_ONCE = 5


@dataclass(frozen=True, slots=True)
class Looked:
    """How far a file was looked at. `papers` are the pages, from 1, that show an identity paper; `pages` of `total` were seen."""

    papers: tuple[int, ...]
    pages: int
    total: int

    @property
    def is_whole(self) -> bool:
        return self.pages >= self.total


def look(
    file: Fit, *, after: int = 0, most: int = keeping.MOST_PAGES, seconds: float | None = None
) -> Looked:
    """Look at `most` pages after page `after`; a photo is one page. Needs tesseract (`ocr.is_there`).

    After `seconds` it stops. Of a page that it was at then, what was read decides; where that is no paper, the page counts as not
    seen. Raises `sheets.CannotOpen`.
    """
    until = None if seconds is None else time.monotonic() + seconds
    papers: list[int] = []
    seen = after
    while seen < min(file.pages, after + most):
        if any(map(is_identity_paper, _on_page(file, seen + 1, until))):
            papers.append(seen + 1)
        elif until is not None and time.monotonic() >= until:
            break
        seen += 1
    return Looked(tuple(papers), seen, file.pages)


def shows_identity_paper(data: bytes, *, seconds: float | None = None) -> bool:
    """Whether this photo, one that was made fit to keep, shows an identity paper. Needs tesseract.

    Someone who waits for the answer is kept no longer than `seconds`: then what was read so far decides, as with a photo in
    which nothing can be read.
    """
    return any(map(is_identity_paper, _readings(data, seconds)))


def refuser(*, seconds: float = LONGEST_LOOK) -> Callable[[Fit], int]:
    """Looks at the files of one form, one after the other and for so long together, before they are laid down.

    Each call gives how many pages it saw: none without tesseract or when the time is over. It raises `Refused` for a file that
    shows a paper.
    """
    until = time.monotonic() + seconds

    def looked(file: Fit) -> int:
        left = until - time.monotonic()
        if left <= 0 or not ocr.is_there():
            return 0
        seen = look(file, seconds=left)
        if seen.papers:
            raise Refused(_why(seen))
        return seen.pages

    return looked


def _why(seen: Looked) -> str:
    if seen.total == 1:
        return _(
            "có giấy tờ tùy thân (căn cước, hộ chiếu) nên chưa lưu tệp nào. Cắt bỏ hoặc che kín giấy tờ, chụp hay quét lại, "
            "rồi chọn lại các tệp. Nội dung đã ghi vẫn còn."
        )
    return _(
        "trang %(pages)s có giấy tờ tùy thân (căn cước, hộ chiếu) nên chưa lưu tệp nào. Bỏ trang đó, hoặc che kín giấy tờ rồi "
        "quét lại, và chọn lại các tệp. Nội dung đã ghi vẫn còn."
    ) % {"pages": ", ".join(map(str, seen.papers))}


def _on_page(file: Fit, number: int, until: float | None) -> Iterator[str]:
    """What can be read on a page; of a PDF first what the file says itself."""
    from dinhlang.officialdoc.read.pages import glance

    left = None if until is None else max(until - time.monotonic(), 0.1)
    if file.media_type != keeping.PDF:
        yield from _readings(file.data, left)
        return
    sheet = sheets.sheet_of(file.data, number)
    yield sheet.text
    if sheet.picture is not None:
        yield from glance.readings(sheet.picture, seconds=left)


def _readings(data: bytes, seconds: float | None) -> list[str]:
    """What can be read in a photo. Raises `sheets.CannotOpen`."""
    from PIL import Image, UnidentifiedImageError

    from dinhlang.officialdoc.read.pages import glance

    try:
        with Image.open(BytesIO(data)) as picture:
            return glance.readings(picture, seconds=seconds)
    except UnidentifiedImageError as reason:
        raise sheets.CannotOpen(sheets.DAMAGED) from reason


def look_at_files(*, at: datetime) -> int:
    """Look at files of cases that nobody has wholly looked at; in how many was a paper. Without tesseract none is looked at."""
    if not ocr.is_there():
        return 0
    found, left = 0, _MOST_AT_ONCE
    waiting = CaseFile.objects.filter(looked_at=None, erased_at=None)
    for key in list(waiting.order_by("pk").values_list("pk", flat=True)):
        file = waiting.select_related("case__unit").filter(pk=key).first()
        if file is None:
            continue
        try:
            seen = _looked_at(file, left, at)
        except Unreadable:
            # Its key may come back; the files after it do not wait for that.
            continue
        found += bool(seen.papers)
        left -= max(seen.pages - file.looked_pages, 1)
        if left <= 0:
            break
    return found


def _rest(data: bytes, seen: Looked) -> bytes:
    """A letter without the pages that show a paper; empty where none is left, or where they cannot be taken out: then all of it goes."""
    if not 0 < len(seen.papers) < seen.total:
        return b""
    try:
        return sheets.without(data, seen.papers)
    except sheets.CannotOpen:
        return b""


def _looked_at(file: CaseFile, most: int, at: datetime) -> Looked:
    """Look on where the last look ended, and take out what shows a paper."""
    try:
        there = keeping.again(keeping.FILES.read(file.name_there), file.media_type)
        seen = look(there, after=file.looked_pages, most=most)
        rest = _rest(there.data, seen)
    except (FileLost, sheets.CannotOpen):
        # Nobody can look at it, and nobody can open it.
        seen, rest = Looked((), 1, 1), b""
    changed: dict[str, object] = {
        "looked_pages": seen.pages - len(seen.papers),
        "looked_at": at if seen.is_whole else None,
    }
    if seen.papers:
        changed["is_identity_paper"] = True
        if rest:
            # Under a new name: a process that is killed leaves the whole letter, or what is left of it.
            changed |= {
                "name_there": keeping.FILES.keep(rest),
                "size": len(rest),
                "digest": sha256(rest).hexdigest(),
            }
        else:
            changed["erased_at"] = at
    with transaction.atomic():
        # Erased meanwhile, it stays so; what was laid down anew is swept (`sweep_letters`).
        done = CaseFile.objects.filter(pk=file.pk, erased_at=None).update(**changed)
        if done and seen.papers:
            audit(
                by=None,
                at=at,
                action="case.identity-photo",
                target=file.case,
                unit=file.case.unit,
                detail={"pages": ", ".join(map(str, seen.papers))},
            )
    if seen.papers:
        keeping.FILES.erase(file.name_there)
    return seen
