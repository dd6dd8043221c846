"""A file as the answer to a letter, made a package; and what of it can be read."""

from __future__ import annotations

from datetime import date

from dinhlang.officialdoc import codec
from dinhlang.officialdoc.read import Limits, read_with_places
from dinhlang.reports.models import Obligation, SubmittedFigure
from dinhlang.reports.submission import packing, reading
from dinhlang.reports.submission.rules import answers, coming, package
from dinhlang.reports.submission.rules.package import Manifest, Package

# A sender waits for its receipt: pages of pictures are looked at by people.
_WHILE_IT_WAITS = Limits(seconds=15.0, megabytes=512, pages=20)


def pack_file(owed: Obligation, data: bytes, name: str, *, document_on: date, symbol: str = "") -> bytes:
    """The package of a file (.docx, .xlsx, .pdf) that answers the letter behind `owed`, always the same for the same file.

    Raises `coming.CannotSubmit` for an obligation of a regime or a file of another form, `package.BadPackage` for a file
    that is not what its name says.
    """
    request = packing.request_of(owed)
    if request is None:
        raise coming.no_letter()
    part = answers.part_of(name)
    if not part:
        raise coming.no_such_form(name)
    manifest = Manifest(
        unit=owed.unit_id,
        programme=owed.kept_as,
        period=owed.period or "-",
        regime="",
        subject=owed.subject,
        symbol=symbol,
        document_on=document_on,
        request=request,
        file=name,
    )
    made = package.packed(manifest, {part: data})
    # What the other side would refuse is not made.
    package.read(made)
    return made


def read_file(read: Package, owed: Obligation) -> tuple[dict[str, object], list[SubmittedFigure]]:
    """The document in the file as values and its figures; nothing of a sheet, or of what could not be read."""
    if read.answer == answers.XLSX:
        return {}, []
    found = read_with_places(read.file, read.manifest.file, limits=_WHILE_IT_WAITS)
    if not found.document.body:
        return {}, []
    return codec.to_json(found.document), list(reading.found_in(read.file, found.document, owed).figures)
