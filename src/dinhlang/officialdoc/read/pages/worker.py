"""The process that opens a file from anywhere: `python -m … kind first megabytes pages seconds`, the file in `input`.

It tells one JSON object a line: how many pages there are, each page, problems, and that it is done. A line that is
missing means that it fell.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from pathlib import Path

INPUT = Path("input")


def main(arguments: list[str]) -> None:
    """Read the file and tell its pages from `first` on."""
    kind, first, megabytes, pages, seconds = arguments
    limit(int(megabytes), float(seconds))
    read = _image if kind == "image" else _pdf
    for told in read(int(first), int(pages)):
        sys.stdout.write(told + "\n")
        sys.stdout.flush()
    _tell(done=True)


def limit(megabytes: int, seconds: float) -> None:
    """Bind this process and those it starts: memory, processor time, size of files."""
    memory = megabytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    used = int(seconds) + 5
    resource.setrlimit(resource.RLIMIT_CPU, (used, used + 5))


def _tell(**told: object) -> None:
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def _pdf(first: int, most: int) -> Iterator[str]:
    from dinhlang.officialdoc.read.pages.file import pages_of_pdf

    return pages_of_pdf(INPUT, first, most, _tell)


def _image(first: int, most: int) -> Iterator[str]:
    from dinhlang.officialdoc.read.pages.file import pages_of_image

    return pages_of_image(INPUT, first, most, _tell)


if __name__ == "__main__":
    main(sys.argv[1:])
