"""Files and surroundings at their worst: one line of Vietnamese, an exit code of 1 or 2, and nothing stored."""

from __future__ import annotations

import errno
import io
import json
import os
import sqlite3
import subprocess
import zipfile
from collections.abc import Callable
from contextlib import closing
from functools import cache
from pathlib import Path

import click
import pytest
from django.db import DatabaseError, OperationalError

from dinhlang.cli import files
from dinhlang.config import backup, complaints
from dinhlang.config.backup_file import BadBackup
from tests.conftest import DINHLANG, Installation

UNIT = "nam-trung"
HEAD = "Ngày;Loại;Nội dung;Tin bài"
REPORT = (
    "ỦY BAN NHÂN DÂN\nXÃ NAM TRUNG\nSố: 1/BC-UBND\nNam Trung, ngày 20 tháng 7 năm 2023\nBÁO CÁO\n"
    "Kết quả tuyên truyền cải cách hành chính 6 tháng đầu năm 2023\n\nI. KẾT QUẢ\n\n"
    "1. Tuyên truyền\n\nUBND xã đã đăng {count} tin, bài viết.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n"
)


def held(data: Path) -> dict[str, int]:
    """How many rows each table has, and how long each stored file is."""
    with closing(sqlite3.connect(data / "dinhlang.sqlite3")) as database:
        tables = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {
            name: database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608 - our own names
            for name in tables
        }
    stored = {str(path): path.stat().st_size for path in (data / "blobs").rglob("*") if path.is_file()}
    return rows | stored


def is_one_vietnamese_line(said: str) -> bool:
    return said.count("\n") == 1 and "Traceback" not in said and not said.isascii()


@cache
def bomb() -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<x/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 70_000_000)
        package.writestr("word/document.xml", b" " * 70_000_000)
    return kept.getvalue()


# A bomb takes a second to make: only who throws it makes it.
HOSTILE: dict[str, bytes | Callable[[], bytes]] = {
    "trống.csv": b"",
    "một-byte.docx": b"x",
    "không-phải.docx": "Chỉ là chữ.".encode(),
    "bom-nén.xlsx": bomb,
    "bom-nén.docx": bomb,
    "mật-khẩu.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000),
    "ảnh.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "máy.txt": bytes(range(256)) * 50,
    "ngày-31-4.csv": f"{HEAD}\n1/2/2023;Website;Bài;1\n31/4/2023;Website;Bài;1\n".encode(),
}
DOORS = {
    "activity": ("activity", "import", "--unit", UNIT),
    "plan": ("plan", "import", "--unit", UNIT),
    "archive": ("archive", "import", "--unit", UNIT),
}


@pytest.mark.process
@pytest.mark.parametrize("door", DOORS)
def test_nothing_of_a_hostile_file_is_stored(door: str, installation: Installation, tmp_path: Path) -> None:
    # One process takes in many files at the archive; the other doors take one each, so the worst are tried.
    names = list(HOSTILE) if door == "archive" else ["bom-nén.xlsx", "máy.txt", "ngày-31-4.csv"]
    for name in names:
        content = HOSTILE[name]
        (tmp_path / name).write_bytes(content() if callable(content) else content)
    before = held(installation.data)
    if door == "archive":
        answer = installation.run(*DOORS[door], *(str(tmp_path / name) for name in names))
        assert answer.returncode == 2
        assert len(answer.stderr.splitlines()) == len(names)
        for name, line in zip(names, answer.stderr.splitlines(), strict=True):
            assert line.startswith(f"{name}: ")
    else:
        for name in names:
            answer = installation.run(*DOORS[door], str(tmp_path / name))
            assert answer.returncode == 2
            assert is_one_vietnamese_line(answer.stderr), answer.stderr
            assert name in answer.stderr
    assert held(installation.data) == before


@pytest.mark.process
def test_a_mended_file_goes_in(installation: Installation, tmp_path: Path) -> None:
    table = tmp_path / "sổ.csv"
    table.write_text(f"{HEAD}\n31/4/2023;Website;Bài;1\n", encoding="utf-8")
    refused = installation.run(*DOORS["activity"], str(table))
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "dòng 2: ngày 31/4/2023 không có trong lịch. Sửa ô A2 rồi nhập lại tệp" in refused.stderr
    table.write_text(f"{HEAD}\n30/4/2023;Website;Bài;1\n", encoding="utf-8")
    taken = installation.run(*DOORS["activity"], str(table))
    assert (taken.returncode, taken.stderr) == (0, "")


@pytest.mark.process
def test_a_name_that_is_no_unicode_is_told_in_words(installation: Installation, tmp_path: Path) -> None:
    strange = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt")
    Path(strange).write_text(REPORT.format(count=36), encoding="utf-8")
    for command in (("doc", "read", strange), (*DOORS["activity"][:-1], os.fsdecode(b"\xff"), strange)):
        answer = subprocess.run(
            [DINHLANG, *command], env=installation.environment, capture_output=True, text=True, check=False
        )
        assert answer.returncode in {0, 2}
        assert "Traceback" not in answer.stderr
        assert answer.returncode == 0 or is_one_vietnamese_line(answer.stderr)


@pytest.mark.process
def test_digits_without_end_do_not_keep_a_report_out(installation: Installation, tmp_path: Path) -> None:
    report = tmp_path / "dài.txt"
    report.write_text(REPORT.format(count="9" * 40), encoding="utf-8")
    answer = installation.run(*DOORS["archive"], str(report))
    assert (answer.returncode, answer.stderr) == (0, "")


@pytest.mark.process
@pytest.mark.parametrize("harm", ["newer", "between", "other", "torn", "folder"])
def test_a_database_that_cannot_be_used_is_told_in_words(
    harm: str, installation: Installation, tmp_path: Path
) -> None:
    file = installation.data / "dinhlang.sqlite3"
    if harm in {"newer", "between", "other"}:
        change = {
            "newer": "INSERT INTO django_migrations (app, name, applied) VALUES ('work', '9999_sau', '2030-01-01')",
            "between": "DELETE FROM django_migrations WHERE app = 'work' AND name <> '0001_initial'",
            "other": "DELETE FROM django_migrations WHERE app = 'org'",
        }[harm]
        with closing(sqlite3.connect(file)) as database:
            database.execute(change)
            database.commit()
    elif harm == "torn":
        file.write_bytes(file.read_bytes()[:5000])
    else:
        file.unlink()
        file.mkdir()
    said = {
        "newer": "mới hơn",
        "between": "bản thử cuối",
        "other": "không khớp",
        "torn": "đã hỏng",
        "folder": "không mở được tệp",
    }[harm]
    answer = installation.run("unit", "find", "nam trung")
    assert answer.returncode == 2
    assert said in answer.stderr
    assert is_one_vietnamese_line(answer.stderr.replace("Đang chuẩn bị cơ sở dữ liệu…\n", "")), answer.stderr


@pytest.mark.process
def test_a_broken_database_is_put_right_by_a_restore(installation: Installation, tmp_path: Path) -> None:
    kept = tmp_path / "sao-luu.zip"
    assert installation.run("backup", str(kept)).returncode == 0
    (installation.data / "dinhlang.sqlite3").write_bytes(b"hong" * 1000)
    assert installation.run("restore", str(kept)).returncode == 0
    assert installation.run("unit", "show", UNIT).returncode == 0


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (DatabaseError("file is not a database"), "đã hỏng. Hãy dừng máy chủ rồi khôi phục"),
        (OperationalError("no such table: work_plan"), "thiếu bảng hoặc cột"),
        (OperationalError("database is locked"), "một lệnh khác đang ghi. Hãy thử lại"),
        (OperationalError("attempt to write a readonly database"), "chỉ cho đọc"),
        (OperationalError("database or disk is full"), "hết dung lượng đĩa"),
        (OperationalError("disk I/O error"), "đĩa không đọc, ghi được"),
        (OperationalError("unable to open database file"), "không mở được tệp"),
        (
            OperationalError('FATAL: password authentication failed for user "a"'),
            "không nhận tên hoặc mật khẩu",
        ),
        (OperationalError('FATAL: database "x" does not exist'), "không có cơ sở dữ liệu này"),
        (OperationalError("connection refused"), "không kết nối được"),
        (OperationalError("failed to resolve host 'a'"), "không tìm thấy máy chủ"),
        (OperationalError("words\nnever heard"), "báo “words never heard”"),
    ],
)
def test_complaints_of_a_database_are_put_into_words(error: Exception, said: str) -> None:
    assert said in str(complaints.explained(error))


def test_a_snapshot_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    live = tmp_path / "song.sqlite3"
    with closing(sqlite3.connect(live)) as database:
        database.execute("CREATE TABLE a (b)")
    with pytest.raises(BadBackup, match="Chưa sao lưu được cơ sở dữ liệu"):
        backup._snapshot_sqlite(live, tmp_path / "khong-co" / "ban-sao.sqlite3")


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("khong-co/a.docx", "không có thư mục này"),
        (f"{'x' * 300}.docx", "tên tệp quá dài"),
        ("thu-muc.docx", "không phải tệp thường"),
    ],
)
def test_a_path_that_cannot_be_written_is_refused_before_the_work(
    name: str, said: str, tmp_path: Path
) -> None:
    (tmp_path / "thu-muc.docx").mkdir()
    with pytest.raises(click.UsageError) as refused:
        files.check_writable(tmp_path / name)
    assert said in refused.value.message
    assert len(refused.value.message) < 400


def test_a_failed_write_leaves_the_older_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "a.docx"
    target.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        files.write_whole(target, b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.docx"]
    assert target.read_bytes() == b"old"


def test_a_device_without_end_is_not_read_to_its_end() -> None:
    with pytest.raises(click.UsageError, match="quá lớn, tối đa 1 MB"):
        files.read_within(Path("/dev/zero"), 1024 * 1024)


def test_a_sparse_file_of_200_mb_is_refused_by_its_size(tmp_path: Path) -> None:
    large = tmp_path / "to.csv"
    with large.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with pytest.raises(click.UsageError, match="nặng 200 MB, tối đa 25 MB"):
        files.read_within(large, 25 * 1024 * 1024)


@pytest.mark.process
@pytest.mark.parametrize(
    "wrong",
    [b"", b"\x00" * 9, b"[" * 200_000, b'{"schema": "' + b"x" * 100_000 + b'"}', json.dumps([]).encode()],
    ids=["empty", "zeros", "deep", "long", "list"],
)
def test_wrong_json_for_a_document_is_told_in_one_line(wrong: bytes, tmp_path: Path) -> None:
    source = tmp_path / "a.json"
    source.write_bytes(wrong)
    answer = Installation(tmp_path / "var", 8000).run(
        "doc", "write", str(source), "-o", str(tmp_path / "a.docx")
    )
    assert answer.returncode == 2
    assert is_one_vietnamese_line(answer.stderr)
    assert len(answer.stderr) < 500
    assert not (tmp_path / "a.docx").exists()


@pytest.mark.process
def test_two_imports_of_one_file_at_once_store_it_once(installation: Installation, tmp_path: Path) -> None:
    table = tmp_path / "sổ.csv"
    rows = "\n".join(f"{n % 28 + 1}/3/2023;Website;Bài {n};1" for n in range(300))
    table.write_text(f"{HEAD}\n{rows}\n", encoding="utf-8")
    running = [
        subprocess.Popen(
            [DINHLANG, *DOORS["activity"], str(table)],
            env=installation.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(2)
    ]
    told = [process.communicate(timeout=60) for process in running]
    assert sorted(process.returncode for process in running) == [0, 2]
    assert "đã được nhập" in "".join(err for _, err in told)
    assert held(installation.data)["work_activity"] == 300
