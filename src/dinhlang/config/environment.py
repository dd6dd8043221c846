"""Reading settings from the environment, failing loudly.

Each reader takes the variable's name and raises `BadSetting`, which names the variable, what it holds and
what it accepts, in Vietnamese.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(Exception):
    """A setting is missing or malformed; the message says which and what it accepts."""


def text(name: str, default: str | None = None) -> str:
    """The variable's text; without a default it must be there."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if default is None:
        raise BadSetting(f"Thiếu biến môi trường {name}. Xem .env.example để biết giá trị cần đặt.")
    return default


def flag(name: str, default: bool) -> bool:
    """'1', 'true', 'yes' or 'co' for true; '0', 'false', 'no' or 'khong' for false."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "co"}:
        return True
    if value in {"0", "false", "no", "khong"}:
        return False
    raise BadSetting(f"Biến môi trường {name} đang là “{value}”. Chỉ nhận 1 (có) hoặc 0 (không).")


def port(name: str, default: int) -> int:
    """A TCP port, 1 to 65535."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.isdecimal() and 1 <= int(value) <= 65535:
        return int(value)
    raise BadSetting(f"Biến môi trường {name} đang là “{value}”. Chỉ nhận số cổng từ 1 đến 65535.")


def hosts(name: str, default: str) -> list[str]:
    """Host names, parted by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def folder(name: str, default: Path) -> Path:
    """A folder that can be made and written to; it is made if it is not there."""
    value = os.environ.get(name, "").strip()
    path = Path(value).expanduser() if value else default
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise BadSetting(
            f"Biến môi trường {name}: không tạo được thư mục “{path}” ({error.strerror}). Hãy chọn thư mục ghi được."
        ) from None
    if not os.access(path, os.W_OK):
        raise BadSetting(
            f"Biến môi trường {name}: không ghi được vào thư mục “{path}”. Hãy chọn thư mục ghi được."
        )
    return path.resolve()


def secret(name: str, kept_in: Path) -> str:
    """A secret of at least 32 characters; when the variable is not set, one made once and kept in a file.

    There is no default: each installation makes its own, readable by its owner only.
    """
    value = os.environ.get(name, "").strip()
    if value:
        if len(value) < 32:
            raise BadSetting(f"Biến môi trường {name} quá ngắn. Cần ít nhất 32 ký tự ngẫu nhiên.")
        return value
    if not kept_in.exists():
        made = secrets.token_urlsafe(48)
        try:
            descriptor = os.open(kept_in, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "w") as file:
                file.write(made)
        except FileExistsError:  # another process of the same first start was quicker
            pass
    return kept_in.read_text().strip()


@dataclass(frozen=True)
class Database:
    """Where the data is: SQLite in a file, or PostgreSQL."""

    engine: str
    name: str
    user: str = ""
    password: str = ""
    host: str = ""
    port: str = ""
    options: tuple[tuple[str, str], ...] = ()


def database(name: str, default_file: Path) -> Database:
    """`sqlite:///path` or `postgresql://user:password@host:port/name`; without the variable, a file."""
    value = os.environ.get(name, "").strip()
    if not value:
        return Database("sqlite", str(default_file))
    accepted = "sqlite:////đường/dẫn/tệp.sqlite3 hoặc postgresql://người_dùng:mật_khẩu@máy:5432/tên"
    try:
        parts = urlsplit(value)
        port_text = str(parts.port or "")
    except ValueError:
        raise BadSetting(f"Biến môi trường {name} không đúng dạng. Chỉ nhận {accepted}.") from None
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return Database("sqlite", parts.path[1:] if not parts.path.startswith("//") else parts.path[1:])
    if parts.scheme in {"postgres", "postgresql"} and parts.path.strip("/"):
        return Database(
            "postgresql",
            unquote(parts.path.strip("/")),
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            unquote(parts.hostname or ""),
            port_text,
            tuple(parse_qsl(parts.query)),
        )
    raise BadSetting(f"Biến môi trường {name} không đúng dạng. Chỉ nhận {accepted}.")
