"""Files named on the command line."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

import click

_REASONS = {
    errno.ENOENT: "không có thư mục này",
    errno.EACCES: "không có quyền ghi",
    errno.EPERM: "không có quyền ghi",
    errno.EROFS: "đĩa chỉ cho đọc",
    errno.ENOSPC: "hết dung lượng đĩa",
    errno.EDQUOT: "hết dung lượng đĩa",
    errno.ENAMETOOLONG: "tên tệp quá dài",
    errno.EIO: "đĩa có lỗi",
}
EXISTING = click.Path(exists=True, dir_okay=False, readable=True, path_type=Path)


def read_within(path: Path, largest: int) -> bytes:
    """The file's bytes. A file above `largest` is refused before it is read, a pipe or a device at that length."""
    size = path.stat().st_size
    data = b""
    if size <= largest:
        with path.open("rb") as file:
            data = file.read(largest + 1)
    if max(size, len(data)) > largest:
        weighs = f"nặng {size // 1048576} MB" if size > largest else "quá lớn"
        raise click.UsageError(
            f"Tệp “{path.name}” {weighs}, tối đa {largest // 1048576} MB. Hãy chia nhỏ tệp."
        )
    return data


def check_writable(path: Path) -> None:
    """Refuse, in words, a path at which no file can be made, before any work is done."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise click.UsageError(
            f"Không ghi được vào thư mục “{folder}”: không có thư mục này. Hãy chọn thư mục đã có."
        )
    try:
        descriptor, name = tempfile.mkstemp(dir=folder, prefix=f".{path.name}.")
    except OSError as error:
        raise click.UsageError(
            f"Không ghi được “{shown(path)}”: {why(error)}. Hãy chọn tên hoặc thư mục khác."
        ) from None
    os.close(descriptor)
    Path(name).unlink()
    if path.exists() and not path.is_file():
        raise click.UsageError(f"“{path}” không phải tệp thường. Hãy chọn tên khác.")


def write_whole(path: Path, content: bytes) -> None:
    """Write the whole file or none: a reader never sees half of it, and an older file stays until then."""
    descriptor, name = tempfile.mkstemp(dir=path.absolute().parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def why(error: OSError) -> str:
    """What the machine refused, in a few words."""
    return _REASONS.get(error.errno or 0, "máy không cho phép")


def shown(path: Path) -> str:
    """The path, cut to what a person reads."""
    text = str(path)
    return text if len(text) <= 120 else f"{text[:60]}…{text[-40:]}"
