"""The environment: every variable the software reads, failing loudly on a value it cannot use.

`read` is the only place where variables are read; settings, the supervisor and the commands take its answer.
It imports no Django, so that a wrong value is told before anything slow begins. Each reader takes the
variable's name and raises `BadSetting`, which names the variable, what it holds and what it accepts.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSetting(Exception):
    """A setting is missing or malformed; the message says which and what it accepts."""


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


@dataclass(frozen=True)
class Oidc:
    """A sign-in of somebody else's, such as a province's: an OpenID Connect provider. Off without `issuer`."""

    issuer: str
    client_id: str
    client_secret: str
    name: str

    @property
    def origin(self) -> str:
        """Scheme and host of the provider; empty when it is off."""
        parts = urlsplit(self.issuer)
        return f"{parts.scheme}://{parts.netloc}" if self.issuer else ""


@dataclass(frozen=True)
class Mail:
    """The server that takes mail, and who writes. Off without `host`. `security` is 'ssl', 'starttls' or ''."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = ""
    security: str = ""
    sender: str = ""


@dataclass(frozen=True)
class Environment:
    """What the operator decided, checked."""

    port: int
    data: Path
    database: Database
    secret_key: str
    seal_keys: tuple[str, ...]
    public_url: str
    hosts: tuple[str, ...]
    proxies: int
    second_factor: str
    oidc: Oidc
    mail: Mail
    inbox: Path | None
    piper: str
    piper_voices: Path | None
    search: str
    mqtt: str
    channels: dict[str, dict[str, str]]
    public_check: bool
    debug: bool
    demo: bool
    log_level: str
    reading: tuple[int, int, int]


def read() -> Environment:
    """Read every variable. Raises `BadSetting` for the first one that cannot be used.

    Makes the data folder, and the secret keys in it, when they are not there.
    """
    listens_on = port("PORT", 8000)
    data = folder("DINHLANG_DATA", Path("var"))
    public_url = url("DINHLANG_PUBLIC_URL", f"http://127.0.0.1:{listens_on}")
    # An address that is encrypted is one that people reach from elsewhere: there the second factor is no choice.
    usual = "required" if public_url.startswith("https://") else "offered"
    return Environment(
        port=listens_on,
        data=data,
        database=database("DATABASE_URL", data / "dinhlang.sqlite3"),
        secret_key=secret("DINHLANG_SECRET_KEY", data / "secret.key"),
        seal_keys=keys("DINHLANG_SEAL_KEYS", data / "seal.key"),
        public_url=public_url,
        hosts=hosts("DINHLANG_HOSTS"),
        proxies=small_number("DINHLANG_PROXIES", 0, most=5),
        second_factor=choice("DINHLANG_SECOND_FACTOR", ("required", "offered"), usual),
        oidc=oidc(
            "DINHLANG_OIDC_ISSUER",
            "DINHLANG_OIDC_CLIENT_ID",
            "DINHLANG_OIDC_CLIENT_SECRET",
            "DINHLANG_OIDC_NAME",
        ),
        mail=mail("DINHLANG_MAIL", "DINHLANG_MAIL_FROM"),
        inbox=folder_if_set("DINHLANG_INBOX"),
        piper=program_if_set("DINHLANG_PIPER"),
        piper_voices=folder_if_set("DINHLANG_PIPER_VOICES"),
        search=search_server("DINHLANG_SEARCH"),
        mqtt=broker("DINHLANG_MQTT"),
        channels={
            "facebook": {
                "api": service("DINHLANG_FACEBOOK", "https://graph.facebook.com/v25.0"),
                "login": service("DINHLANG_FACEBOOK_LOGIN", "https://www.facebook.com/v25.0"),
            },
            "zalo": {
                "api": service("DINHLANG_ZALO", "https://openapi.zalo.me/v2.0"),
                "login": service("DINHLANG_ZALO_LOGIN", "https://oauth.zaloapp.com/v4"),
            },
        },
        public_check=flag("DINHLANG_PUBLIC_CHECK", default=False),
        debug=flag("DINHLANG_DEBUG", default=False),
        demo=flag("DINHLANG_DEMO", default=True),
        log_level=choice("DINHLANG_LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR"), "WARNING"),
        # `officialdoc` reads these itself, since it works without us; here they are refused when they are nonsense.
        reading=(
            small_number("DINHLANG_READ_SECONDS", 60, most=3600, least=1),
            small_number("DINHLANG_READ_MEGABYTES", 1024, most=16384, least=64),
            small_number("DINHLANG_READ_PAGES", 1000, most=100000, least=1),
        ),
    )


def load_file(path: Path) -> None:
    """Put the lines `NAME=value` of a `.env` file into the environment; what is there already wins.

    Empty lines and lines starting with `#` are passed over, one pair of quotes around a value is taken off.
    Raises `BadSetting` for any other line. (Ten lines of our own: the libraries for this also expand
    variables and run over several lines, which an operator's file of settings does not need.)
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except FileNotFoundError:
        return
    except (OSError, UnicodeDecodeError):
        raise BadSetting(
            f"Không đọc được tệp cấu hình “{path}”. Tệp phải là văn bản UTF-8 và đọc được."
        ) from None
    for number, line in enumerate(lines, start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        name, equals, value = line.strip().partition("=")
        if not equals or not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name.strip()):
            raise BadSetting(f"Tệp cấu hình “{path}”, dòng {number}: cần viết dạng TÊN_BIẾN=giá trị.")
        value = value.strip()
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
            value = value[1:-1]
        os.environ.setdefault(name.strip(), value)


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


def small_number(name: str, default: int, most: int, least: int = 0) -> int:
    """A number from `least` to `most`."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.isdecimal() and least <= int(value) <= most:
        return int(value)
    raise BadSetting(f"Biến môi trường {name} đang là “{value}”. Chỉ nhận số từ {least} đến {most}.")


def choice(name: str, accepted: tuple[str, ...], default: str) -> str:
    """One of a few words, in either case."""
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    for word in accepted:
        if word.casefold() == value.casefold():
            return word
    raise BadSetting(f"Biến môi trường {name} đang là “{value}”. Chỉ nhận một trong: {', '.join(accepted)}.")


def url(name: str, default: str) -> str:
    """The address of a site: scheme and host, with no path."""
    value = os.environ.get(name, "").strip().rstrip("/")
    if not value:
        return default
    if re.fullmatch(r"https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?", value):
        return value
    raise BadSetting(
        f"Biến môi trường {name} đang là “{value}”. Chỉ nhận địa chỉ dạng https://cchc.example.vn, không kèm đường dẫn."
    )


def oidc(issuer_name: str, id_name: str, secret_name: str, label_name: str) -> Oidc:
    """The sign-in of somebody else's. The first three variables are set together, or none of them is."""
    issuer, client_id, client_secret = (
        os.environ.get(name, "").strip() for name in (issuer_name, id_name, secret_name)
    )
    label = " ".join(os.environ.get(label_name, "").split()) or "tài khoản của tỉnh"
    if len(label) > 60:
        raise BadSetting(f"Biến môi trường {label_name} dài quá. Chỉ nhận tên tối đa 60 ký tự.")
    issuer = issuer.rstrip("/")
    if issuer and not re.fullmatch(
        r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[\w.~%/-]*)?|http://127\.0\.0\.1(:[0-9]{1,5})?(/[\w.~%/-]*)?",
        issuer,
    ):
        raise BadSetting(
            f"Biến môi trường {issuer_name} đang là “{issuer}”. "
            "Chỉ nhận địa chỉ dạng https://dang-nhap.example.vn/realms/tinh."
        )
    for name, value in ((id_name, client_id), (secret_name, client_secret)):
        if bool(value) != bool(issuer):
            raise BadSetting(f"Biến môi trường {name} phải đặt cùng với {issuer_name}, hoặc để trống cả hai.")
    return Oidc(issuer, client_id, client_secret, label)


def service(name: str, default: str) -> str:
    """Where a service is called, with its version in the path: https, or http on this machine (a stand-in for tests)."""
    value = os.environ.get(name, "").strip().rstrip("/") or default
    form = r"(https://[A-Za-z0-9.-]+|http://(127\.0\.0\.1|localhost))(:[0-9]{1,5})?(/[A-Za-z0-9._-]+)*"
    if re.fullmatch(form, value):
        return value
    raise BadSetting(
        f"Biến môi trường {name} không đúng dạng. Chỉ nhận https://máy/phiên_bản, "
        "hoặc http:// khi dịch vụ thử ở ngay máy này."
    )


def search_server(name: str) -> str:
    """The address of an OpenSearch server with the name of our index there; empty when the variable is not set.

    A password travels only encrypted, unless the server is on this machine.
    """
    value = os.environ.get(name, "").strip().rstrip("/")
    if not value:
        return ""
    accepted = (
        "https://người_dùng:mật_khẩu@máy:9200/dinhlang (tên chỉ mục gồm chữ thường, số, gạch ngang), "
        "hoặc http:// khi không có mật khẩu hoặc máy chủ ở ngay máy này"
    )
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise BadSetting(f"Biến môi trường {name} không đúng dạng. Chỉ nhận {accepted}.") from None
    is_near = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    is_safe = parts.scheme == "https" or (parts.scheme == "http" and (is_near or not parts.username))
    is_named = re.fullmatch(r"/[a-z][a-z0-9-]{0,49}", parts.path) is not None
    if not (is_safe and parts.hostname and is_named) or parts.query or parts.fragment:
        raise BadSetting(f"Biến môi trường {name} không đúng dạng. Chỉ nhận {accepted}.")
    return value


def broker(name: str) -> str:
    """The address of an MQTT broker; empty when the variable is not set. A password travels only encrypted, unless near."""
    value = os.environ.get(name, "").strip().rstrip("/")
    if not value:
        return ""
    accepted = (
        "mqtts://người_dùng:mật_khẩu@máy:8883, hoặc mqtt:// khi không có mật khẩu hoặc máy chủ ở ngay máy này"
    )
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        raise BadSetting(f"Biến môi trường {name} không đúng dạng. Chỉ nhận {accepted}.") from None
    is_near = parts.hostname in {"127.0.0.1", "localhost", "::1"}
    is_safe = parts.scheme == "mqtts" or (parts.scheme == "mqtt" and (is_near or not parts.username))
    if not (is_safe and parts.hostname) or parts.path or parts.query or parts.fragment:
        raise BadSetting(f"Biến môi trường {name} không đúng dạng. Chỉ nhận {accepted}.")
    return value


def mail(server_name: str, sender_name: str) -> Mail:
    """`smtp://user:password@host:587` (STARTTLS), `smtps://…:465` or `smtp+plain://localhost:25`; with a sender."""
    server = os.environ.get(server_name, "").strip()
    sender = os.environ.get(sender_name, "").strip()
    if sender and not re.fullmatch(r"[^@\s<>]+@[A-Za-z0-9.-]+", sender):
        raise BadSetting(
            f"Biến môi trường {sender_name} đang là “{sender}”. Chỉ nhận địa chỉ thư, ví dụ: nhac-viec@example.vn."
        )
    found = _mail_server(server_name, server)
    if bool(server) != bool(sender):
        name, other = (sender_name, server_name) if server else (server_name, sender_name)
        raise BadSetting(f"Biến môi trường {name} phải đặt cùng với {other}, hoặc để trống cả hai.")
    return replace(found, sender=sender)


def _mail_server(name: str, value: str) -> Mail:
    if not value:
        return Mail()
    known = {"smtp": ("starttls", 587), "smtps": ("ssl", 465), "smtp+plain": ("", 25)}
    try:
        parts = urlsplit(value)
        given = parts.port
    except ValueError:
        parts, given = urlsplit(""), None
    if parts.scheme not in known or not parts.hostname or parts.path.strip("/") or parts.query:
        raise BadSetting(
            f"Biến môi trường {name} không đúng dạng. Chỉ nhận smtp://người_dùng:mật_khẩu@máy:587 (STARTTLS), "
            "smtps://…:465 hoặc smtp+plain://localhost:25."
        )
    security, usual = known[parts.scheme]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Mail(parts.hostname, given or usual, user, password, security)


def hosts(name: str) -> tuple[str, ...]:
    """Host names, parted by commas; none when the variable is not set."""
    value = os.environ.get(name, "")
    found = tuple(part.strip() for part in value.split(",") if part.strip())
    for host in found:
        if not re.fullmatch(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\]", host):
            raise BadSetting(
                f"Biến môi trường {name} có “{host}” không phải tên máy. "
                "Chỉ nhận các tên máy cách nhau bằng dấu phẩy, ví dụ: cchc.example.vn,10.0.0.5."
            )
    return found


def folder(name: str, default: Path) -> Path:
    """A folder that can be made and written to; it is made if it is not there."""
    value = os.environ.get(name, "").strip()
    path = Path(value).expanduser() if value else default
    try:
        path.mkdir(mode=0o750, parents=True, exist_ok=True)
    except OSError:
        raise BadSetting(
            f"Biến môi trường {name}: không tạo được thư mục “{path}”. Hãy chọn thư mục ghi được."
        ) from None
    if not os.access(path, os.W_OK):
        raise BadSetting(
            f"Biến môi trường {name}: không ghi được vào thư mục “{path}”. Hãy chọn thư mục ghi được."
        )
    return path.resolve()


def folder_if_set(name: str) -> Path | None:
    """A folder that can be written to, as `folder`; none when the variable is not set."""
    return folder(name, Path()) if os.environ.get(name, "").strip() else None


def program_if_set(name: str) -> str:
    """The path of a program that can be started; empty when the variable is not set."""
    value = os.environ.get(name, "").strip()
    found = shutil.which(value) if value else ""
    if found is None:
        raise BadSetting(
            f"Biến môi trường {name}: “{value}” không phải là chương trình chạy được. Hãy ghi đường dẫn đầy đủ của chương trình."
        )
    return found


def secret(name: str, kept_in: Path) -> str:
    """A secret of at least 32 characters; when the variable is not set, one made once and kept in a file.

    There is no default: each installation makes its own, readable by its owner only.
    """
    value = os.environ.get(name, "").strip()
    if value:
        if len(value) < 32:
            raise BadSetting(f"Biến môi trường {name} quá ngắn. Cần ít nhất 32 ký tự ngẫu nhiên.")
        return value
    return kept(kept_in, secrets.token_urlsafe(48))


def keys(name: str, kept_in: Path) -> tuple[str, ...]:
    """Secrets of at least 32 characters, parted by commas; the first is in use. Else one per line of a file made once."""
    value = os.environ.get(name, "").strip()
    found = value.split(",") if value else kept(kept_in, secrets.token_urlsafe(48)).splitlines()
    given = tuple(key.strip() for key in found if key.strip())
    where = f"Biến môi trường {name}" if value else f"Tệp khóa “{kept_in}”"
    if not given or any(len(key) < 32 for key in given):
        raise BadSetting(
            f"{where} có khóa quá ngắn. Mỗi khóa cần ít nhất 32 ký tự ngẫu nhiên; lấy khóa mới bằng lệnh dinhlang seal key."
        )
    return given


def kept(path: Path, made: str) -> str:
    """What the file holds; `made` is put into it first when it is not there. Only its owner can read it."""
    if not path.exists():
        staged = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(staged, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(made)
        try:
            # A link fails when another process of the same first start was quicker; its text counts then.
            path.hardlink_to(staged)
        except FileExistsError:
            pass
        finally:
            staged.unlink()
    return path.read_text().strip()


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
        return Database("sqlite", unquote(parts.path[1:]))
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
