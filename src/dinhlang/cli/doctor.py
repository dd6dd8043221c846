"""`dinhlang doctor`: what is on this machine, what each part is for, and how to get what is missing."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

OLDEST_SQLITE = (3, 37, 0)
LEAST_FREE = 1024**3


@dataclass(frozen=True)
class Finding:
    """One line of the answer. Without a required part the software cannot do its work."""

    part: str
    is_there: bool
    purpose: str
    remedy: str
    detail: str = ""
    is_required: bool = False

    def __str__(self) -> str:
        mark = "có   " if self.is_there else ("HỎNG " if self.is_required else "thiếu")
        detail = f" ({self.detail})" if self.detail else ""
        remedy = "" if self.is_there else f" → {self.remedy}"
        return f"{mark}  {self.part}{detail}: {self.purpose}{remedy}"


@click.command(help="Cho biết máy có và thiếu phần nào, dùng cho việc gì, cài thế nào.")
def doctor() -> int:
    """Print a line for each part; 1 when a required one is broken."""
    from dinhlang.config import environment

    settings = environment.read()
    findings = [
        *_required(settings.data, settings.database.engine),
        *_audit(),
        *_door(settings.public_url, settings.proxies),
        *_optional(),
        *_search(settings.search),
    ]
    for finding in findings:
        click.echo(str(finding))
    broken = [finding.part for finding in findings if finding.is_required and not finding.is_there]
    click.echo(
        f"Cần sửa trước khi dùng: {', '.join(broken)}." if broken else "Các phần bắt buộc đều dùng được.",
        err=bool(broken),
    )
    return 1 if broken else 0


def _required(data: Path, engine: str) -> Iterator[Finding]:
    yield Finding(
        "Thư mục dữ liệu", True, "cơ sở dữ liệu và tệp", "", f"{data}, ghi được", is_required=True
    )  # reading the environment has tried to write there
    free = shutil.disk_usage(data).free
    yield Finding(
        "Đĩa trống",
        free >= LEAST_FREE,
        "tệp minh chứng, bản sao lưu",
        "giải phóng để còn ít nhất 1 GB",
        f"{free / 1024**3:.1f} GB",
    )
    yield Finding(
        "SQLite",
        sqlite3.sqlite_version_info >= OLDEST_SQLITE,
        "cơ sở dữ liệu mặc định",
        "dùng Python đi kèm SQLite 3.37 trở lên",
        sqlite3.sqlite_version,
        is_required=engine == "sqlite",
    )
    yield _database()


def _database() -> Finding:
    from dinhlang.config import start

    purpose = "nơi lưu mọi dữ liệu"
    start.setup()
    from django.db import DatabaseError, connection

    try:
        if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
            return Finding(
                "Cơ sở dữ liệu", True, purpose, "", "chưa tạo, sẽ tạo ở lần chạy đầu", is_required=True
            )
        is_current = start.is_up_to_date()
    except DatabaseError as error:
        remedy = "kiểm tra DATABASE_URL và quyền truy cập"
        reason = str(error).strip().partition("\n")[0]
        return Finding("Cơ sở dữ liệu", False, purpose, remedy, reason, is_required=True)
    detail = "đã cập nhật" if is_current else "sẽ được cập nhật ở lần chạy tới"
    return Finding(
        "Cơ sở dữ liệu", True, purpose, "", f"{connection.display_name}, {detail}", is_required=True
    )


def _audit() -> Iterator[Finding]:
    """Whether the chains of the audit hold, where there is a database that can be asked."""
    from django.db import DatabaseError, connection

    from dinhlang.config import start

    # SQLite makes the file when it is asked; nothing is to be made here.
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return
    try:
        if start.is_up_to_date():
            yield _chains()
    except DatabaseError:
        return  # said above already


def _chains() -> Finding:
    from dinhlang.org import queries

    verdict = queries.verify_audit()
    broken = verdict.broken
    return Finding(
        "Nhật ký thao tác",
        broken is None,
        "ai đã làm gì, nối thành chuỗi",
        "giữ nguyên dữ liệu, so với bản sao lưu gần nhất",
        f"đứt ở dòng {broken.number} của chuỗi {broken.chain}: {broken.reason}"
        if broken
        else f"nguyên vẹn, {verdict.entries} dòng trong {verdict.chains} chuỗi",
        is_required=True,
    )


def _door(public_url: str, proxies: int) -> Iterator[Finding]:
    """Whether the door knows from where people come, and can read what it asks of them."""
    if public_url.startswith("https://"):
        # We speak http only: an encrypted address means that a proxy stands before us.
        yield Finding(
            "Địa chỉ người gọi",
            proxies > 0,
            "khóa đăng nhập theo từng máy",
            "đặt DINHLANG_PROXIES bằng số máy chuyển tiếp đứng trước phần mềm",
        )
    unreadable = _unreadable_secrets()
    if unreadable:
        yield Finding(
            "Xác thực hai lớp",
            False,
            "ứng dụng tạo mã, mã dự phòng",
            "trả lại khóa bí mật cũ, hoặc dinhlang person unlock --second-factor cho từng người",
            f"{unreadable} khóa ghi dưới một khóa bí mật khác",
        )


def _unreadable_secrets() -> int:
    """How many secrets of second factors were written under another key of the installation."""
    from django.db import DatabaseError, connection

    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return 0
    from dinhlang.org.sign_in import second_factor

    try:
        return second_factor.unreadable()
    except DatabaseError:
        return 0  # not made yet, or said above


def _optional() -> Iterator[Finding]:
    yield _fonts()
    yield _tesseract()
    yield _program(
        "LibreOffice",
        ("soffice", "libreoffice"),
        "đọc tệp .doc (đủ số thứ tự), .rtf; kiểm tra bản Word",
        "sudo apt-get install libreoffice-writer-nogui",
    )
    yield _program(
        "Công cụ PostgreSQL",
        ("pg_dump",),
        "sao lưu, khôi phục khi dùng PostgreSQL",
        "sudo apt-get install postgresql-client",
    )
    yield _program(
        "Máy chủ PostgreSQL",
        ("initdb", *(str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")))),
        "chỉ để chạy kiểm thử",
        "sudo apt-get install postgresql",
    )
    yield _program(
        "Chromium", ("chromium", "chromium-browser"), "chỉ để chạy kiểm thử", "sudo apt-get install chromium"
    )


def _search(address: str) -> Iterator[Finding]:
    if not address:
        return
    from dinhlang.search.opensearch import OpenSearch

    yield Finding(
        "Máy chủ tìm kiếm",
        OpenSearch(address).is_there,
        "tìm trên trang công khai",
        "Xem DINHLANG_SEARCH trong .env.example, máy chủ có chạy không; chỉ mục được lập khi tiến trình nền chạy",
        address.rpartition("@")[2],
    )


def _fonts() -> Finding:
    from dinhlang.officialdoc import fonts

    status = fonts.status()
    return Finding(
        "Phông chữ",
        status.good,
        "PDF giống Times New Roman, đủ chữ tiếng Việt",
        "sudo apt-get install fonts-liberation2 (Debian 13: fonts-liberation)",
        status.family if status.good else f"dùng tạm {status.family} đi kèm",
    )


def _tesseract() -> Finding:
    purpose = "đọc bản quét (OCR); nhận ra căn cước, hộ chiếu trong ảnh và đơn thư quét để không giữ lại"
    remedy = (
        "sudo apt-get install tesseract-ocr tesseract-ocr-vie (chưa có thì bản quét không đọc được, "
        "ảnh giấy tờ tùy thân không tự bị gỡ: người nhận phải tự xem và bỏ ra)"
    )
    found = shutil.which("tesseract")
    if found is None:
        return Finding("Tesseract", False, purpose, remedy)
    languages = _output(found, "--list-langs").split()
    has_vietnamese = "vie" in languages
    return Finding(
        "Tesseract", has_vietnamese, purpose, remedy, "" if has_vietnamese else "chưa có tiếng Việt"
    )


def _program(part: str, names: tuple[str, ...], purpose: str, remedy: str) -> Finding:
    found = next((path for name in names if (path := shutil.which(name))), None)
    return Finding(part, found is not None, purpose, remedy, found or "")


def _output(*command: str) -> str:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout + done.stderr
