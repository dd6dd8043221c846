"""Configuration is the environment alone: complete in `.env.example`, and refused when it cannot be used."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from dinhlang.config import environment
from dinhlang.config.environment import BadSetting
from tests.conftest import ROOT, Installation

VARIABLE = re.compile(r"PORT|DATABASE_URL|DINHLANG_[A-Z_]+")
NOT_OURS = {"PATH", "DJANGO_SETTINGS_MODULE", "WINDIR"}  # Django's and the system's
# Secrets that one command takes from the shell it is called in; they are no settings and belong in no file.
OF_ONE_COMMAND = {"DINHLANG_KEY_PASSPHRASE", "DINHLANG_SUBMISSION_KEY"}

# variable → values that must be refused, and a word of what is accepted
MALFORMED = {
    "PORT": (["http", "0", "65536", "-1", "80a"], "1 đến 65535"),
    "DINHLANG_DATA": (["/dev/null/inside", "/proc/nowhere"], "thư mục"),
    "DATABASE_URL": (
        ["mysql://a@b/c", "postgresql://host:port/name", "sqlite://", "postgresql://", "just-words"],
        "postgresql://",
    ),
    "DINHLANG_SECRET_KEY": (["short"], "32 ký tự"),
    "DINHLANG_FACEBOOK": (
        [
            "http://graph.example.vn/v1",
            "graph.example.vn",
            "https://a:b@example.vn",
            "https://example.vn/v1?x=1",
        ],
        "https://",
    ),
    "DINHLANG_FACEBOOK_LOGIN": (
        [
            "http://graph.example.vn/v1",
            "graph.example.vn",
            "https://a:b@example.vn",
            "https://example.vn/v1?x=1",
        ],
        "https://",
    ),
    "DINHLANG_ZALO": (
        [
            "http://graph.example.vn/v1",
            "graph.example.vn",
            "https://a:b@example.vn",
            "https://example.vn/v1?x=1",
        ],
        "https://",
    ),
    "DINHLANG_ZALO_LOGIN": (
        [
            "http://graph.example.vn/v1",
            "graph.example.vn",
            "https://a:b@example.vn",
            "https://example.vn/v1?x=1",
        ],
        "https://",
    ),
    "DINHLANG_SEAL_KEYS": (["short", f"{'k' * 40},short", ","], "32 ký tự"),
    "DINHLANG_PUBLIC_URL": (
        ["cchc.example.vn", "ftp://example.vn", "https://example.vn/duong-dan"],
        "https://",
    ),
    "DINHLANG_HOSTS": (["https://example.vn", "a b", "example.vn/x"], "tên máy"),
    "DINHLANG_PROXIES": (["-1", "6", "một"], "0 đến 5"),
    "DINHLANG_SECOND_FACTOR": (["maybe", "1"], "required, offered"),
    "DINHLANG_OIDC_ISSUER": (
        ["dang-nhap.example.vn", "http://example.vn", "https://a.vn/?x=1", "https://a.vn; script-src *"],
        "https://",
    ),
    "DINHLANG_OIDC_CLIENT_ID": (["dinhlang"], "DINHLANG_OIDC_ISSUER"),
    "DINHLANG_OIDC_CLIENT_SECRET": (["bi-mat"], "DINHLANG_OIDC_ISSUER"),
    "DINHLANG_OIDC_NAME": (["x" * 61], "60 ký tự"),
    "DINHLANG_MAIL": (
        ["thu.example.vn", "http://a.vn", "smtp://", "smtp://a.vn:cong", "smtp://a.vn/x"],
        "smtps://",
    ),
    "DINHLANG_MAIL_FROM": (["khong phai thu", "Xã <a@b.vn>"], "nhac-viec@example.vn"),
    "DINHLANG_INBOX": (["/dev/null/inside", "/proc/nowhere"], "thư mục"),
    "DINHLANG_MQTT": (
        [
            "moi-gioi",
            "http://may:1883",
            "mqtt://",
            "mqtt://ai:mat-khau@may.example:1883",
            "mqtts://may:a",
            "mqtts://may/x",
        ],
        "mqtts://",
    ),
    "DINHLANG_SEARCH": (
        [
            "opensearch:9200",
            "ftp://a.vn/dinhlang",
            "https://a.vn",
            "https://a.vn/Đình",
            "http://ai:gi@a.vn/x",
            "https://a.vn:x/y",
        ],
        "/dinhlang",
    ),
    "DINHLANG_PUBLIC_CHECK": (["maybe", "2"], "1 (có) hoặc 0 (không)"),
    "DINHLANG_DEBUG": (["maybe", "2"], "1 (có) hoặc 0 (không)"),
    "DINHLANG_DEMO": (["maybe", "2"], "1 (có) hoặc 0 (không)"),
    "DINHLANG_LOG_LEVEL": (["LOUD"], "WARNING"),
    "DINHLANG_PIPER": (["/khong/co/piper"], "đường dẫn đầy đủ"),
    "DINHLANG_PIPER_VOICES": (["/proc/giong"], "thư mục ghi được"),
    "DINHLANG_READ_SECONDS": (["0", "nhanh", "3601"], "1 đến 3600"),
    "DINHLANG_READ_MEGABYTES": (["0", "1 GB"], "64 đến 16384"),
    "DINHLANG_READ_PAGES": (["0", "-1"], "1 đến 100000"),
}


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in MALFORMED:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)


def variables_in_the_code() -> set[str]:
    found = set()
    for path in (ROOT / "src").rglob("*.py"):
        if "tests" not in path.relative_to(ROOT).parts:
            text = path.read_text(encoding="utf-8")
            # Few files name any: the others need not be parsed.
            for node in ast.walk(ast.parse(text)) if VARIABLE.search(text) else ():
                if (
                    isinstance(node, ast.Constant)
                    and isinstance(node.value, str)
                    and VARIABLE.fullmatch(node.value)
                ):
                    found.add(node.value)
    return found


def variables_in_the_example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    return dict(
        re.fullmatch(r"# ([A-Z_]+)=(.*)", line).groups() for line in lines if re.match(r"# [A-Z_]+=", line)
    )  # type: ignore[union-attr, misc]


def test_example_lists_every_variable_that_is_read_and_no_other() -> None:
    assert variables_in_the_code()
    assert set(variables_in_the_example()) == variables_in_the_code() - OF_ONE_COMMAND == set(MALFORMED)


def test_no_variable_is_read_under_a_name_that_the_example_cannot_know() -> None:
    read = set()
    for path in (ROOT / "src").rglob("*.py"):
        if "tests" not in path.relative_to(ROOT).parts:
            text = path.read_text(encoding="utf-8")
            read |= set(
                # The `environ` of a WSGI request has names of its own.
                re.findall(r"(?:os\.environ(?:\.get|\.setdefault)?|getenv)[\[(]\s*[\"'](\w+)", text)
            )
    assert read - NOT_OURS - OF_ONE_COMMAND <= set(MALFORMED)


def test_values_of_the_example_are_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    before = environment.read()
    for name, value in variables_in_the_example().items():
        if value:
            monkeypatch.setenv(name, value)
    assert environment.read() == before


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_value_is_refused_naming_the_variable_and_what_it_accepts(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    values, accepted = MALFORMED[name]
    for value in values:
        monkeypatch.setenv(name, value)
        with pytest.raises(BadSetting) as refused:
            environment.read()
        assert name in str(refused.value), value
        assert accepted in str(refused.value), value


def test_mail_servers_are_understood_and_need_a_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.read().mail == environment.Mail()
    monkeypatch.setenv("DINHLANG_MAIL", "smtp://x%C3%A3:m%40t@thu.example.vn")
    with pytest.raises(BadSetting, match="DINHLANG_MAIL_FROM phải đặt cùng với DINHLANG_MAIL"):
        environment.read()
    monkeypatch.setenv("DINHLANG_MAIL_FROM", "nhac-viec@example.vn")
    found = environment.read().mail
    assert found == environment.Mail("thu.example.vn", 587, "xã", "m@t", "starttls", "nhac-viec@example.vn")
    monkeypatch.setenv("DINHLANG_MAIL", "smtp+plain://localhost:2525")
    found = environment.read().mail
    assert (found.host, found.port, found.security) == ("localhost", 2525, "")


def test_database_addresses_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/x/d%20l.sqlite3")
    assert environment.read().database == environment.Database("sqlite", "/srv/x/d l.sqlite3")
    monkeypatch.setenv("DATABASE_URL", "postgresql://xã:m%40t@máy:5433/tên?sslmode=require")
    assert environment.read().database == environment.Database(
        "postgresql", "tên", "xã", "m@t", "máy", "5433", (("sslmode", "require"),)
    )


@pytest.mark.parametrize(
    "address", ["https://xã:m%40t@tim.example.vn:9200/dinhlang", "http://ai:gi@127.0.0.1:9200/thu-2"]
)
def test_a_search_server_is_understood(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.read().search == ""
    monkeypatch.setenv("DINHLANG_SEARCH", f"{address}/")
    assert environment.read().search == address


def test_secret_is_made_once_and_only_its_owner_reads_it() -> None:
    first, second = environment.read(), environment.read()
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) >= 32
    assert (first.data / "secret.key").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("address", "said", "expected"),
    [
        ("https://cchc.example.vn", "", "required"),
        ("http://10.0.0.5", "", "offered"),
        ("https://cchc.example.vn", "offered", "offered"),
        ("http://10.0.0.5", "Required", "required"),
    ],
)
def test_the_second_factor_is_required_where_people_come_from_elsewhere(
    address: str, said: str, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DINHLANG_PUBLIC_URL", address)
    monkeypatch.setenv("DINHLANG_SECOND_FACTOR", said)
    assert environment.read().second_factor == expected


def test_a_sign_in_of_the_province_is_known_by_its_origin(monkeypatch: pytest.MonkeyPatch) -> None:
    assert environment.read().oidc.origin == ""
    monkeypatch.setenv("DINHLANG_OIDC_ISSUER", "https://sso.example.vn:8443/realms/tinh/")
    monkeypatch.setenv("DINHLANG_OIDC_CLIENT_ID", "dinhlang")
    monkeypatch.setenv("DINHLANG_OIDC_CLIENT_SECRET", "bi-mat")
    assert environment.read().oidc == environment.Oidc(
        "https://sso.example.vn:8443/realms/tinh", "dinhlang", "bi-mat", "tài khoản của tỉnh"
    )
    assert environment.read().oidc.origin == "https://sso.example.vn:8443"


def test_file_of_settings_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / ".env"
    file.write_text("\ufeff# lời chú\r\n\r\nPORT=8100\r\nDINHLANG_HOSTS='a.vn,b.vn'\r\n", encoding="utf-8")
    monkeypatch.setenv("PORT", "8200")
    monkeypatch.setenv("DINHLANG_HOSTS", "")
    monkeypatch.delenv("DINHLANG_HOSTS")
    environment.load_file(file)
    assert environment.read().port == 8200
    assert environment.read().hosts == ("a.vn", "b.vn")
    monkeypatch.delenv("DINHLANG_HOSTS")


@pytest.mark.parametrize("text", [b"PORT 8000\n", b"=8000\n", b"PO RT=1\n", b"\xff\xfe\n"])
def test_malformed_file_of_settings_is_refused(text: bytes, tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(text)
    with pytest.raises(BadSetting, match=r"\.env"):
        environment.load_file(tmp_path / ".env")


@pytest.mark.process
@pytest.mark.parametrize("command", ["run", "doctor", "backup"])
def test_every_command_stops_at_a_malformed_value_with_one_line(command: str, tmp_path: Path) -> None:
    installation = Installation(tmp_path / "var", 8000, {"DINHLANG_DEBUG": "có lẽ"})
    refused = installation.run_anew(command, *(["x.zip"] if command == "backup" else []))
    assert refused.returncode == 2
    assert refused.stderr.count("\n") == 1
    assert "DINHLANG_DEBUG" in refused.stderr


@pytest.mark.process
def test_settings_of_the_current_folder_are_used(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DINHLANG_LOG_LEVEL=ồn\n", encoding="utf-8")
    refused = Installation(tmp_path / "var", 8000).run_anew("doctor", folder=tmp_path)
    assert refused.returncode == 2
    assert "DINHLANG_LOG_LEVEL" in refused.stderr
