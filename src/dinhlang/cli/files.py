"""Files named on the command line."""

from __future__ import annotations

from pathlib import Path

import click

EXISTING = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


def read_within(path: Path, largest: int) -> bytes:
    """The file's bytes. A file above `largest` is refused before it is read."""
    size = path.stat().st_size
    if size > largest:
        raise click.UsageError(
            f"Tệp “{path.name}” nặng {size // 1048576} MB, tối đa {largest // 1048576} MB. Hãy chia nhỏ tệp."
        )
    return path.read_bytes()
