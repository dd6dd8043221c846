"""Documents held for an hour for whoever has the address, stored for nobody else.

Each lies in a folder of its own under `settings.HELD`, encrypted (AES-256-GCM) with a key that is nowhere but in its
address: the token there gives both the folder's name and the key, and neither gives the token back. Without the
address the bytes are noise; the folder says only until when it stays. Backups leave it out.
"""

from __future__ import annotations

import base64
import fcntl
import hmac
import os
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from cryptography.exceptions import InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused

KEPT_FOR = timedelta(minutes=60)
# All that is held at once, of everyone: a disk that fills up would stop the whole office.
MOST_BYTES = 1024 * 1024 * 1024

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_NONCE_BYTES = 12
_UNTIL, _LOCK = "until", "lock"


class Gone(Refused):
    """There is nothing under this address: its time is over, it was deleted, or nobody ever gave it out."""


def begin(at: datetime) -> str:
    """Open a place for one document; gives the token that leads to it. Raises `Refused` when too much is held."""
    if _size(_root()) > MOST_BYTES:
        raise Refused(_("Đang có quá nhiều tệp chờ kiểm tra. Hãy thử lại sau ít phút."))
    token = secrets.token_urlsafe(32)
    _open(token, at)
    return token


def of_our_own(name: str) -> str:
    """The token of a place that the installation finds again by a name, for what is made of a file it keeps anyway."""
    made = hmac.digest(settings.SECRET_KEY.encode(), f"held|{name}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def open_again(token: str, at: datetime) -> None:
    """Open a place `of_our_own` that is not there, or whose time is over. Raises `Refused` when too much is held."""
    try:
        if at < until(token):
            return
    except Gone:
        pass
    end(token)
    if _size(_root()) > MOST_BYTES:
        raise Refused(_("Đang có quá nhiều tệp chờ kiểm tra. Hãy thử lại sau ít phút."))
    _open(token, at)


def _open(token: str, at: datetime) -> None:
    folder = _folder(token)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / _UNTIL).write_text(str(int((at + KEPT_FOR).timestamp())))


def put(token: str, part: str, data: bytes) -> None:
    """Keep a part of the document, in place of what it was before."""
    folder = _folder(token)
    nonce = os.urandom(_NONCE_BYTES)
    sealed = nonce + _cipher(token).encrypt(nonce, data, part.encode())
    staged = folder / f"{part}.{secrets.token_hex(4)}"
    try:
        descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(sealed)
        staged.rename(folder / part)
    except FileNotFoundError:
        raise Gone(_gone()) from None


def get(token: str, part: str, at: datetime) -> bytes:
    """A part of the document. Raises `Gone`."""
    folder = _folder(token)
    try:
        until = int((folder / _UNTIL).read_text())
        sealed = (folder / part).read_bytes()
    except (FileNotFoundError, ValueError):
        raise Gone(_gone()) from None
    if at.timestamp() >= until:
        raise Gone(_gone())
    try:
        return _cipher(token).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], part.encode())
    except (InvalidTag, ValueError):
        raise Gone(_gone()) from None


def kept(token: str, part: str, make: Callable[[], bytes | None], at: datetime) -> bytes | None:
    """A part that is made when it is first asked for, and kept from then on. Raises `Gone`."""
    folder = _folder(token)
    if (folder / part).exists():
        return get(token, part, at)
    made = make()
    if made is not None:
        put(token, part, made)
    return made


def until(token: str) -> datetime:
    """The moment at which the document goes. Raises `Gone`."""
    try:
        stamp = int((_folder(token) / _UNTIL).read_text())
    except (FileNotFoundError, ValueError):
        raise Gone(_gone()) from None
    return datetime.fromtimestamp(stamp, ZoneInfo(settings.TIME_ZONE))


@contextmanager
def changing(token: str) -> Iterator[None]:
    """Hold others off while a part is read, changed and put back: two tabs must not undo each other. Raises `Gone`."""
    try:
        descriptor = os.open(_folder(token) / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except FileNotFoundError:
        raise Gone(_gone()) from None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def end(token: str) -> None:
    """Delete what is held under this address, at once and for good."""
    shutil.rmtree(_folder(token), ignore_errors=True)


def sweep(at: datetime) -> int:
    """Delete everything whose time is over; how many went. Needs no key."""
    swept = 0
    for folder in _root().glob("*"):
        try:
            until = int((folder / _UNTIL).read_text())
        except (OSError, ValueError):
            # Half made, or touched by somebody: its own age decides.
            until = int(folder.stat().st_mtime + KEPT_FOR.total_seconds()) if folder.exists() else 0
        if at.timestamp() >= until:
            shutil.rmtree(folder, ignore_errors=True)
            swept += 1
    return swept


def sealed(token: str) -> str:
    """The token for the queue of the worker, which is a table of the database: unreadable there and in its backups."""
    return _box().encrypt(token.encode()).decode()


def unsealed(text: str) -> str:
    """The token again. Raises `Gone` when it was sealed under another key of the installation, or by nobody."""
    try:
        return _box().decrypt(text.encode()).decode()
    except InvalidToken:
        raise Gone(_gone()) from None


def _box() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"dinhlang held documents 1")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))


def _gone() -> str:
    return _("Bản kiểm tra này đã hết giờ giữ hoặc đã xóa. Chọn lại tệp để kiểm tra lại.")


def _root() -> Path:
    return Path(settings.HELD)


def _folder(token: str) -> Path:
    if not _TOKEN.fullmatch(token):
        raise Gone(_gone())
    return _root() / hmac.digest(token.encode(), b"folder", "sha256").hex()[:32]


def _cipher(token: str) -> AESGCM:
    return AESGCM(hmac.digest(token.encode(), b"key", "sha256"))


def _size(root: Path) -> int:
    total = 0
    for path in root.glob("*/*"):
        try:
            total += path.stat().st_size
        except FileNotFoundError:  # swept meanwhile
            continue
    return total
