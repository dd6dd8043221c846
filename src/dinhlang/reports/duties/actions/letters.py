"""A letter of pages – a PDF file or a scan – is read by the worker: seconds a page, and nobody waits at a page for it.

What was read is kept with where on the pages each value stands, so that a person confirms it beside the letter itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.archive import held
from dinhlang.archive import rules as archive
from dinhlang.archive.leaves import Leaves, kept_of
from dinhlang.archive.models import ArchivedDocument
from dinhlang.officialdoc import codec
from dinhlang.officialdoc.model import Span
from dinhlang.officialdoc.read import UNREADABLE, Limits, Reading, read_with_places
from dinhlang.officialdoc.read.decode import PAGED
from dinhlang.officialdoc.read.pages.drawn import picture_of
from dinhlang.org.actions import audit
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person, Unit
from dinhlang.reports.duties.actions.requests import (
    LONGEST_TEXT,
    check_file,
    check_may_take,
    take_request_from_archive,
)
from dinhlang.reports.duties.letter import Letter, letter_of
from dinhlang.reports.models import Request
from dinhlang.vietnamese.text import nfc
from dinhlang.work import blobs

# A scan of twenty pages; the worker has the time.
PAGES = Limits(seconds=180.0, megabytes=1024, pages=20)
# What is silent for longer was cut off with its process, and is read again.
CUT_OFF_AFTER = timedelta(minutes=15)
_MOST_AT_ONCE = 5
_LONGEST_SOUGHT = 200


def is_of_pages(data: bytes, name: str) -> bool:
    """Whether reading the file takes seconds a page."""
    return archive.form_of(data, name) in PAGED


@transaction.atomic
def receive_letter(*, data: bytes, name: str, unit: Unit, by: Person | None, at: datetime) -> Request:
    """Take a letter of pages in, for the worker to read. Raises what `take_request` does."""
    name = check_file(data, name)
    check_may_take(by, unit, localdate(at))
    taken = Request.objects.create(
        unit=unit, blob=blobs.store(data, None, at), name=name, text="", received_at=at, by=by
    )
    audit(by=by, at=at, action="request.take", target=taken, unit=unit, detail={"name": name})
    transaction.on_commit(lambda: enqueue(taken.pk))
    return taken


def receive_archived(*, document: ArchivedDocument, unit: Unit, by: Person | None, at: datetime) -> Request:
    """Take a letter that lies in the archive; one of pages is read again by the worker, so that its values can be confirmed
    beside them. Raises `NotAllowed`."""
    check_may_take(by, unit, localdate(at))
    if not _has_pages(document):
        return take_request_from_archive(document=document, unit=unit, by=by, at=at)
    with transaction.atomic():
        taken = Request.objects.create(
            unit=unit,
            blob_id=document.blob_id,
            archived=document,
            name=document.name,
            text="",
            received_at=at,
            by=by,
        )
        audit(by=by, at=at, action="request.take", target=taken, unit=unit, detail={"name": document.name})
        transaction.on_commit(lambda: enqueue(taken.pk))
    return taken


def _has_pages(document: ArchivedDocument) -> bool:
    try:
        return is_of_pages(blobs.read(document.blob), document.name)
    except blobs.BlobLost:
        return False


def enqueue(pk: int) -> None:
    """Ask the worker to read it."""
    from dinhlang.reports import tasks

    tasks.read_letter.enqueue(pk)


def read_letter(*, pk: int, at: datetime) -> Request | None:
    """Read a letter that was received; `None` when it was read or decided meanwhile. A file that cannot be read says so,
    to be filled in by hand; nothing is raised."""
    waiting = Request.objects.filter(pk=pk, state=Request.State.PROPOSED, read={})
    one = waiting.select_related("blob", "archived").first()
    if one is None or one.blob is None:
        return None
    try:
        reading = read_with_places(blobs.read(one.blob), one.name, limits=PAGES)
    except blobs.BlobLost:
        return _keep(one, "", {**_nothing(), "problems": [_lost()]})
    text = reading.text[:LONGEST_TEXT]
    # What a person confirmed in the archive holds; the reading gives the places of its words.
    document = codec.from_json(one.archived.document) if one.archived else reading.document
    letter = letter_of(document, text, localdate(one.received_at))
    problems = [said.message for said in reading.document.problems if said.code in UNREADABLE]
    leaves = _leaves(reading, letter, text)
    return _keep(one, text, {**letter.to_json(), "problems": problems, "leaves": leaves})


def _keep(one: Request, text: str, read: dict[str, Any]) -> Request:
    # Whoever confirmed it meanwhile has decided; what was read later changes nothing.
    Request.objects.filter(pk=one.pk, state=Request.State.PROPOSED).update(text=text, read=read)
    one.refresh_from_db()
    return one


def _nothing() -> dict[str, Any]:
    return Letter.from_json({}).to_json()


@kept_in_vietnamese
def _lost() -> str:
    return _("Tệp không còn trong kho. Nhận lại công văn.")


def _leaves(reading: Reading, letter: Letter, text: str) -> dict[str, Any] | None:
    """The sizes of the pages and where each value's words stand on them; `None` for a file without pages."""
    leaves = Leaves.of(reading)
    if leaves is None:
        return None
    quotes = {
        "asker": letter.asker.quote,
        "symbol": letter.symbol.quote,
        "subject": letter.subject.quote,
        "asks": letter.asks.quote,
        "start": letter.start.quote,
        **{f"due-{number}": due.quote for number, due in enumerate(letter.dues)},
    }
    spans = {name: span for name, quote in quotes.items() if (span := span_of(quote, text)) is not None}
    return kept_of(leaves, {name: [span] for name, span in spans.items()})


def span_of(quote: str, text: str) -> Span | None:
    """Where a quote stands in the text, whatever spaces and line ends part its words; `None` where it does not."""
    words = nfc(quote[:_LONGEST_SOUGHT]).split()
    if not words:
        return None
    found = re.search(r"\s*".join(map(re.escape, words)), text)
    if found is None:
        return None
    return Span(*_place(text, found.start()), *_place(text, found.end()))


def _place(text: str, at: int) -> tuple[int, int]:
    """Line and column of a place, both from 1."""
    before = text[:at]
    return before.count("\n") + 1, at - (before.rfind("\n") + 1) + 1


def read_waiting(*, at: datetime) -> int:
    """Ask again for letters whose reading was cut off; give how many."""
    silent = Request.objects.filter(state=Request.State.PROPOSED, read={}, received_at__lt=at - CUT_OFF_AFTER)
    pks = list(silent.order_by("pk").values_list("pk", flat=True)[:_MOST_AT_ONCE])
    for pk in pks:
        enqueue(pk)
    return len(pks)


def picture_of_letter(*, request: Request, number: int, at: datetime) -> bytes | None:
    """A page of the letter as WebP, counted from 1; `None` when there is none. Drawn once an hour, held encrypted."""
    sizes = leaves_in(request).get("sizes", [])
    if request.blob is None or not 1 <= number <= len(sizes):
        return None
    blob = request.blob
    form = archive.form_of(blobs.read(blob), request.name)
    if form not in PAGED:
        return None
    token = held.of_our_own(f"request|{request.pk}|{blob.pk}")
    held.open_again(token, at)
    return held.kept(token, f"page-{number}", lambda: picture_of(blobs.read(blob), form, number), at)


def leaves_in(request: Request) -> Mapping[str, Any]:
    """The pages of a letter as they are kept; empty for one without."""
    found: Mapping[str, Any] = request.read.get("leaves") or {}
    return found
