"""The process that counts the letters of a PDF file from anywhere: `python -m … pages megabytes seconds`, the file in `input`.

The number goes to standard output; nothing there means that the file could not be opened.
"""

from __future__ import annotations

import sys

from dinhlang.officialdoc.read.pages.worker import INPUT, limit


def main(arguments: list[str]) -> None:
    """Count the letters on the first pages."""
    pages, megabytes, seconds = arguments
    limit(int(megabytes), float(seconds))
    import pypdfium2 as pdfium

    try:
        document = pdfium.PdfDocument(INPUT)
    except pdfium.PdfiumError:
        return
    counts = (
        document[number].get_textpage().count_chars() for number in range(min(len(document), int(pages)))
    )
    sys.stdout.write(str(sum(counts)))


if __name__ == "__main__":
    main(sys.argv[1:])
