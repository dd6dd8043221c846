"""The figures of a package that was read, as rows; refused where they do not follow from the lines or from the document."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from dinhlang.officialdoc.read.word.anchors import anchored
from dinhlang.officialdoc.write.bookmarks import Bookmarks
from dinhlang.reports.models import SubmittedFigure
from dinhlang.reports.submission.rules.ledger import LEDGER, Ledger, Stated
from dinhlang.reports.submission.rules.package import BadPackage, Package


def figures_of(package: Package) -> Iterator[SubmittedFigure]:
    """Each figure with the lines behind it. Raises `BadLedger`, `BadPackage`; a nil report has none."""
    ledger = package.ledger
    if ledger is None:
        return
    ledger.check()
    _check_document(package.docx, ledger)
    for figure in ledger.figures:
        yield row_of(ledger, figure)


def row_of(ledger: Ledger, figure: Stated) -> SubmittedFigure:
    """A figure as it is stored, without its submission."""
    evidence = ledger.evidence_of(figure)
    return SubmittedFigure(
        anchor=figure.anchor,
        concept=figure.concept,
        window_from=figure.start,
        window_to=figure.end,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        exactness=figure.exactness,
        printed=figure.printed,
        origin=figure.origin,
        lines=figure.lines,
        digest=figure.digest,
        evidence=evidence,
        has_evidence=figure.value is not None and figure.origin == LEDGER and bool(evidence),
        quote=figure.quote,
    )


def _check_document(docx: bytes, ledger: Ledger) -> None:
    """What the Word file prints is what the ledger says: a package is issued, and nobody's hand was in it."""
    found = anchored(docx)
    for figure in ledger.figures:
        printed = found.get(Bookmarks().name(figure.anchor))
        if printed is None:
            continue
        for words in printed:
            if words != figure.printed:
                raise BadPackage(
                    _(
                        "Văn bản Word ghi “%(name)s” là %(words)s còn sổ số liệu ghi %(printed)s. "
                        "Nộp gói do phần mềm lập, không sửa tay văn bản đã phát hành."
                    )
                    % {"name": figure.name, "words": words or "…", "printed": figure.printed}
                )
