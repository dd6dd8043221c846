"""The backup file: a ZIP archive with a manifest, closed by the SHA-256 of every byte before it.

Members are the files of the installation under their own names, and `manifest.json`, which holds each one's
size and SHA-256. The archive's comment, its last 64 bytes, is the digest of all the rest, so that one changed
or missing byte anywhere is found before anything is unpacked. Any ZIP program can open the file.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

from dinhlang.config.progress import Progress

FORMAT = "dinhlang-backup-1"
MANIFEST = "manifest.json"
_DIGEST_LENGTH = 64
_PIECE = 1024 * 1024
_LARGEST_MANIFEST = 256 * 1024 * 1024
# Files that are compressed already would only cost time.
_PACKED = re.compile(r"\.(docx|xlsx|pdf|png|jpe?g|webp|zip|dump)$|^blobs/", re.IGNORECASE)
_NAME = re.compile(r"(?!.*(^|/)\.\.?(/|$))[^/\\\0]+(/[^/\\\0]+)*")


class BadBackup(Exception):
    """The file is not a whole, unchanged backup, or cannot be written; the message says what to do."""


@dataclass(frozen=True)
class Entry:
    """What one member must be."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What the backup says of itself. `migrations` are those applied to the database, as 'app.name'."""

    made_at: str
    engine: str
    migrations: Sequence[str]
    files: Mapping[str, Entry] = field(default_factory=dict)

    @property
    def size(self) -> int:
        return sum(entry.size for entry in self.files.values())


def write(target: Path, head: Manifest, sources: Sequence[tuple[str, Path]], progress: Progress) -> Manifest:
    """Write the files into a new backup at `target`, read it back, and only then give it its name.

    An older backup of that name stays until then; any other file is not touched. Raises `BadBackup`.
    """
    if target.exists() and not (target.is_file() and _looks_like_ours(target)):
        raise BadBackup(f"“{target}” đã có và không phải tệp sao lưu. Hãy chọn tên khác.")
    part = target.with_name(f"{target.name}.part")
    with _alone(part) as file:
        total = 2 * sum(path.stat().st_size for _, path in sources)
        manifest = _pack(file, head, sources, lambda done: progress(done, total))
        _seal(file)
        os.fsync(file.fileno())
        with opened(part) as (archive, found):
            if found != manifest:
                raise BadBackup(
                    f"Đọc lại “{target}” không khớp với dữ liệu đã ghi. Hãy kiểm tra đĩa rồi sao lưu lại."
                )
            packed = sum(entry.size for entry in found.files.values())
            verify_members(archive, found, lambda done: progress(packed + done, 2 * packed))
        part.replace(target)
    sync_folder(target.parent)
    return manifest


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """Open a backup after checking that not one byte of it changed. Raises `BadBackup`."""
    _check_digest(path)
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            manifest = _manifest(archive)
        except (zipfile.BadZipFile, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BadBackup(_not_ours(path)) from error
        yield archive, manifest


def verify_members(archive: zipfile.ZipFile, manifest: Manifest, tell: Callable[[int], None]) -> None:
    """Read every member and compare it with the manifest. Raises `BadBackup`."""
    done = 0
    for name in manifest.files:
        done += copy_member(archive, manifest, name, None)
        tell(done)


def copy_member(archive: zipfile.ZipFile, manifest: Manifest, name: str, out: IO[bytes] | None) -> int:
    """Unpack one member (or only read it), giving its size. Raises `BadBackup` when it is not what it must be.

    Stops as soon as there is more than the manifest says: a member cannot fill the disk.
    """
    expected = manifest.files[name]
    digest, size = hashlib.sha256(), 0
    try:
        with archive.open(name) as member:
            while size <= expected.size and (piece := member.read(_PIECE)):
                size += len(piece)
                digest.update(piece)
                if out is not None:
                    out.write(piece)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        size = -1
    if size != expected.size or digest.hexdigest() != expected.sha256:
        raise BadBackup(f"Phần “{name}” trong tệp sao lưu đã bị thay đổi. Hãy dùng bản sao lưu khác.")
    return size


def sync_folder(folder: Path) -> None:
    """Make names given or taken in a folder last over a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _alone(part: Path) -> Iterator[IO[bytes]]:
    """A file being written, by one process at a time; what a killed one left is written over."""
    try:
        descriptor = os.open(part, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise BadBackup(
            f"Không tạo được tệp “{part.name[:80]}” trong “{part.parent}”. Hãy chọn tên ngắn và thư mục có sẵn, ghi được."
        ) from error
    with os.fdopen(descriptor, "w+b") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise BadBackup(f"Một lần sao lưu khác đang ghi “{part}”. Hãy đợi xong rồi chạy lại.") from None
        file.truncate()
        try:
            yield file
        except BaseException:
            part.unlink(missing_ok=True)
            raise


def _pack(
    file: IO[bytes], head: Manifest, sources: Sequence[tuple[str, Path]], tell: Callable[[int], None]
) -> Manifest:
    entries: dict[str, Entry] = {}
    done = 0
    with zipfile.ZipFile(file, "w", allowZip64=True) as archive:
        for name, path in sources:
            method = zipfile.ZIP_STORED if _PACKED.search(name) else zipfile.ZIP_DEFLATED
            info = zipfile.ZipInfo(name)
            info.compress_type, info.external_attr = method, 0o600 << 16
            digest, size = hashlib.sha256(), 0
            with path.open("rb") as source, archive.open(info, "w", force_zip64=True) as member:
                while piece := source.read(_PIECE):
                    member.write(piece)
                    digest.update(piece)
                    size += len(piece)
            entries[name] = Entry(size, digest.hexdigest())
            done += size
            tell(done)
        manifest = Manifest(head.made_at, head.engine, list(head.migrations), entries)
        text = json.dumps({"format": FORMAT, **asdict(manifest)}, ensure_ascii=False, indent=1)
        archive.writestr(MANIFEST, text, zipfile.ZIP_DEFLATED)
        archive.comment = b"0" * _DIGEST_LENGTH
    return manifest


def _seal(file: IO[bytes]) -> None:
    file.flush()
    length = file.seek(0, os.SEEK_END) - _DIGEST_LENGTH
    digest = _digest(file, length)
    file.seek(length)
    file.write(digest)
    file.flush()


def _check_digest(path: Path) -> None:
    if not path.is_file():
        # Reading a device may never end.
        raise BadBackup(_not_ours(path))
    try:
        with path.open("rb") as file:
            length = file.seek(0, os.SEEK_END) - _DIGEST_LENGTH
            if length < 0 or not zipfile.is_zipfile(path):
                raise BadBackup(_not_ours(path))
            digest = _digest(file, length)
            if file.read(_DIGEST_LENGTH) != digest:
                raise BadBackup(
                    f"Tệp sao lưu “{path}” đã bị thay đổi hoặc thiếu một phần. Hãy dùng bản sao lưu khác."
                )
    except OSError as error:
        raise BadBackup(f"Không đọc được tệp sao lưu “{path}”. Hãy kiểm tra tên và quyền đọc.") from error


def _digest(file: IO[bytes], length: int) -> bytes:
    digest, left = hashlib.sha256(), length
    file.seek(0)
    while left and (piece := file.read(min(_PIECE, left))):
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest().encode()


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
        raise ValueError("manifest too large")
    held: dict[str, Any] = json.loads(archive.read(MANIFEST))
    if held.pop("format") != FORMAT:
        raise ValueError("another format")
    files = {name: Entry(**entry) for name, entry in held.pop("files").items()}
    if {*files, MANIFEST} != set(archive.namelist()) or not all(_NAME.fullmatch(name) for name in files):
        raise ValueError("members and manifest differ")
    return Manifest(files=files, **held)


def _looks_like_ours(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return MANIFEST in archive.namelist() and len(archive.comment) == _DIGEST_LENGTH
    except (OSError, zipfile.BadZipFile):
        return False


def _not_ours(path: Path) -> str:
    return f"“{path}” không phải tệp sao lưu của Đình Làng, hoặc đã hỏng. Hãy chọn tệp do lệnh dinhlang backup tạo ra."
