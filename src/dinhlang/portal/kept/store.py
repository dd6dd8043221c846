"""Where rendered pages lie: one file a page, its compressed twin beside it, and an index of what each shows.

    pages/<host>/<address>      at a host name of its own; `_` stands for the installation's
    looks/<text>-<contrast>-<theme>.css, g/<hash>.css
    index.sqlite3               which page shows what

A page `/ben-truc/lien-he/` lies at `pages/_/ben-truc/lien-he/index.html`, so that nginx finds it too. The folder holds
nothing that the database does not: it can be thrown away at any time. Files are swapped in whole, so a reader never
sees half a page.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_SH, flock
from pathlib import Path

OWN = "_"
INDEX = "index.html"
# What an address that is kept consists of: nothing that could lead out of the folder.
_ADDRESS = re.compile(r"/(?:[a-z0-9][a-z0-9._-]*/)*(?:[a-z0-9][a-z0-9._-]*)?")
_HOST = re.compile(r"_|[a-z0-9][a-z0-9.-]*")
COMPRESSED = (".html", ".xml", ".rss", ".atom", ".css", ".json", ".csv", ".txt", ".svg")


@dataclass(frozen=True, slots=True, order=True)
class Target:
    """A page by where it is asked for: the host name of a site, `_` for the installation's, and the address."""

    host: str
    address: str


def can_be_kept(target: Target) -> bool:
    """Whether the address is one that a file can stand for."""
    return bool(_HOST.fullmatch(target.host) and _ADDRESS.fullmatch(target.address)) and ".." not in (
        target.host + target.address
    )


class Store:
    """The folder of kept pages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    # --- files ------------------------------------------------------------------------------------

    def file_of(self, target: Target) -> Path:
        """Where the page lies. Raises `ValueError` for an address that cannot be kept."""
        if not can_be_kept(target):
            raise ValueError(f"{target} cannot be a file")
        inside = target.address.lstrip("/")
        if not inside or inside.endswith("/"):
            inside += INDEX
        return self.folder / "pages" / target.host / inside

    def put(self, target: Target, body: bytes, tags: Iterable[str]) -> None:
        """Keep a page with what it shows. One that did not change keeps its file, so that readers need not load it."""
        path = self.file_of(target)
        if not _holds(path, body):
            path.parent.mkdir(parents=True, exist_ok=True)
            moment = _moment_after(path)
            if path.suffix in COMPRESSED:
                # Before the page itself: whoever finds the new page finds its twin too.
                _swap(path.with_name(path.name + ".gz"), gzip.compress(body, 6, mtime=0), moment)
            _swap(path, body, moment)
        with self._index() as index:
            index.execute("DELETE FROM tag WHERE host = ? AND address = ?", (target.host, target.address))
            index.executemany(
                "INSERT INTO tag VALUES (?, ?, ?)",
                [(tag, target.host, target.address) for tag in sorted(set(tags))],
            )

    def drop(self, target: Target) -> None:
        """Keep the page no more."""
        path = self.file_of(target)
        path.unlink(missing_ok=True)
        path.with_name(path.name + ".gz").unlink(missing_ok=True)
        with self._index() as index:
            index.execute("DELETE FROM tag WHERE host = ? AND address = ?", (target.host, target.address))

    def put_file(self, name: str, body: bytes) -> None:
        """Keep a file that is no page: a style sheet."""
        path = self.folder / name
        if not _holds(path, body):
            path.parent.mkdir(parents=True, exist_ok=True)
            moment = _moment_after(path)
            _swap(path.with_name(path.name + ".gz"), gzip.compress(body, 9, mtime=0), moment)
            _swap(path, body, moment)

    def targets(self) -> set[Target]:
        """All pages that are kept."""
        pages = self.folder / "pages"
        found = set()
        for host in pages.iterdir() if pages.is_dir() else ():
            for path in host.rglob("*"):
                if path.is_file() and path.suffix != ".gz" and not path.name.startswith("."):
                    inside = "/" + path.relative_to(host).as_posix()
                    found.add(Target(host.name, inside.removesuffix(INDEX)))
        return found

    def contents(self) -> dict[Target, bytes]:
        """All pages with what they say."""
        return {target: self.file_of(target).read_bytes() for target in self.targets()}

    def clear(self) -> None:
        """Throw everything away."""
        for name in ("pages", "looks", "g"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for path in self.folder.glob("index.sqlite3*"):
            path.unlink()

    # --- what shows what --------------------------------------------------------------------------

    def showing(self, tags: Iterable[str], *, most: int = -1) -> set[Target]:
        """The pages that show any of what these tags name; with `most`, it may stop once it has more than so many."""
        found: set[Target] = set()
        with self._index() as index:
            for tag in set(tags):
                asked = (tag, most + 1 if most >= 0 else -1)
                rows = index.execute("SELECT host, address FROM tag WHERE tag = ? LIMIT ?", asked)
                found.update(Target(*row) for row in rows)
                if 0 <= most < len(found):
                    break
        return found

    @contextmanager
    def _index(self) -> Iterator[sqlite3.Connection]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with closing(
            sqlite3.connect(self.folder / "index.sqlite3", timeout=30, isolation_level=None)
        ) as index:
            # Lost with the machine's power it is made anew with the pages; so it need not wait for the disk.
            index.execute("PRAGMA journal_mode=WAL")
            index.execute("PRAGMA synchronous=OFF")
            index.execute(
                "CREATE TABLE IF NOT EXISTS tag (tag TEXT, host TEXT, address TEXT,"
                " PRIMARY KEY (tag, host, address)) WITHOUT ROWID"
            )
            index.execute("CREATE INDEX IF NOT EXISTS tag_by_page ON tag (host, address)")
            index.execute("BEGIN IMMEDIATE")
            yield index
            index.execute("COMMIT")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else renders meanwhile, in no process: whoever renders last has read last."""
        with self._locked("render.lock", LOCK_EX):
            yield

    @contextmanager
    def first(self) -> Iterator[None]:
        """Whoever waits (`let_others_first`) renders nothing meanwhile: somebody has published and wants to see it."""
        with self._locked("first.lock", LOCK_SH):
            yield

    def let_others_first(self) -> None:
        """Wait as long as anyone renders first. The kernel wakes those who want to before this comes round again."""
        with self._locked("first.lock", LOCK_EX):
            pass

    @contextmanager
    def _locked(self, name: str, how: int) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / name).open("w") as file:
            flock(file, how)
            yield


def _holds(path: Path, body: bytes) -> bool:
    try:
        return path.stat().st_size == len(body) and path.read_bytes() == body
    except OSError:
        return False


def _moment_after(path: Path) -> int | None:
    """When the new file may say it was written: browsers tell two versions apart by the second and the size."""
    try:
        before = int(path.stat().st_mtime)
    except OSError:
        return None
    return before + 1


def _swap(path: Path, body: bytes, after: int | None) -> None:
    descriptor, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(body)
        made = Path(name)
        made.chmod(0o644)
        if after is not None and made.stat().st_mtime < after:
            os.utime(made, (after, after))
        made.replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
