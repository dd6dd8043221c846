"""What every command has in common: Vietnamese, one line for an error, an exit code that means something."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from django.db import DatabaseError, OperationalError

from dinhlang.cli import errors, wording
from dinhlang.cli.main import root
from dinhlang.org.rules import Refused
from tests.conftest import DINHLANG, Installation

wording.speak_vietnamese()


def all_commands(
    group: click.Group = root, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from all_commands(command, (*path, name))


def test_help_of_every_command_is_in_vietnamese() -> None:
    commands = dict(all_commands())
    assert len(commands) > 10
    for path, command in commands.items():
        if path == ("django",):  # its help is Django's
            continue
        text = command.get_help(click.Context(command, info_name=" ".join(path)))
        assert text.startswith("Cách dùng:"), path
        assert not {"[OPTIONS]", "COMMAND", "[ARGS]..."} & set(text.split()), path
        for english in ("Usage", "Options:", "Commands:", "Show this message", "[required]", "[default"):
            assert english not in text, path
        described = text.partition("Tùy chọn:")[0]
        assert not described.removeprefix("Cách dùng:").isascii(), path


@click.command()
@click.argument("count", type=int)
@click.option("--file", type=click.Path(exists=True))
@click.option("--kind", type=click.Choice(["a", "b"]))
def sample(count: int, file: str | None, kind: str | None) -> None:
    raise AssertionError("never called")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Thiếu tham số"),
        (["abc"], "không phải số"),
        (["1", "2"], "Thừa tham số: 2"),
        (["1", "--nope"], "Không có tùy chọn “--nope”"),
        (["1", "--file"], "cần một giá trị"),
        (["1", "--file", "khong-co.docx"], "“khong-co.docx” không tồn tại"),
        (["1", "--kind", "c"], "chỉ nhận một trong"),
    ],
)
def test_wrong_use_is_one_vietnamese_line_and_exit_code_two(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = errors.guarded(lambda: sample.main(arguments, prog_name="dinhlang sample", standalone_mode=False))
    said = capsys.readouterr().err
    assert code == 2
    assert told in said
    assert said.count("\n") == 1


def raising(error: BaseException) -> object:
    raise error


@pytest.mark.parametrize(
    ("error", "code", "told"),
    [
        (Refused("Dòng 3: ngày 31/4 không có.\nHãy sửa."), 2, "Dòng 3: ngày 31/4 không có. Hãy sửa."),
        (KeyboardInterrupt(), 130, "Đã dừng theo yêu cầu."),
        (
            OperationalError("database is locked"),
            1,
            "Cơ sở dữ liệu không thực hiện được: một lệnh khác đang ghi. Hãy thử lại",
        ),
        (DatabaseError("database disk image is malformed"), 1, "tệp cơ sở dữ liệu đã hỏng. Hãy dừng máy chủ"),
        (OperationalError("something new"), 1, "cơ sở dữ liệu báo “something new”"),
        (OSError(28, "No space left on device"), 1, "Hết dung lượng đĩa"),
        (PermissionError(13, "Permission denied", "tệp.docx"), 1, "Không có quyền với “tệp.docx”"),
        (FileNotFoundError(2, "No such file", "tệp.docx"), 1, "Không mở được “tệp.docx”"),
    ],
)
def test_known_error_is_told_in_one_line(
    error: BaseException, code: int, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert errors.guarded(lambda: raising(error)) == code
    said = capsys.readouterr().err
    assert told in said
    assert said.count("\n") == 1


def test_unknown_error_is_one_line_and_its_trace_goes_to_the_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DINHLANG_DATA", str(tmp_path))
    words = "bí" + " mật"
    assert errors.guarded(lambda: raising(RuntimeError(words))) == 1
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert said.count("\n") == 1
    log = tmp_path / "log" / "dinhlang-errors.log"
    assert str(log) in said
    written = log.read_text(encoding="utf-8")
    assert "RuntimeError" in written
    assert "in raising" in written
    assert words not in written


@pytest.mark.process
def test_unknown_command_is_told_in_vietnamese(tmp_path: Path) -> None:
    refused = Installation(tmp_path / "var", 8000).run_anew("khong-co")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr == "Không có lệnh “khong-co”. Xem hướng dẫn: dinhlang --help\n"


@pytest.mark.process
def test_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    environment = Installation(tmp_path / "var", 8000).environment
    piped = subprocess.run(
        ["bash", "-c", f"yes 'Xã Nam Trung' | head -n 200000 | {DINHLANG} text fold | head -n 1"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert piped.stdout == "xa nam trung\n"
    assert piped.stderr == ""


@pytest.mark.process
def test_reader_that_goes_away_from_a_list_is_no_error(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("Công việc của xã.\n" * 20, encoding="utf-8")
    files = " ".join([str(source)] * 400)
    piped = subprocess.run(
        ["bash", "-c", f"{DINHLANG} doc read --json {files} | true; echo ${{PIPESTATUS[0]}}"],
        env=Installation(tmp_path / "var", 8000).environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (piped.stdout, piped.stderr) == ("0\n", "")


def test_message_that_quotes_without_end_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    assert errors.guarded(lambda: raising(Refused("Tên “" + "x" * 100_000 + "” không đúng. Hãy sửa."))) == 2
    said = capsys.readouterr().err
    assert len(said) < 3000
    assert said.endswith("Hãy sửa.\n")


@pytest.mark.process
def test_vietnamese_comes_out_whole_whatever_the_locale(tmp_path: Path) -> None:
    installation = Installation(
        tmp_path / "var", 8000, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    )
    assert "Cách dùng" in installation.run_anew("--help").stdout


@pytest.mark.process
def test_doctor_names_each_part_with_its_use_and_remedy(tmp_path: Path) -> None:
    answer = Installation(tmp_path / "var", 8000).run("doctor")
    assert answer.returncode == 0
    for part in (
        "Thư mục dữ liệu",
        "Đĩa trống",
        "SQLite",
        "Cơ sở dữ liệu",
        "Phông chữ",
        "Tesseract",
        "LibreOffice",
        "PostgreSQL",
        "Chromium",
    ):
        assert part in answer.stdout
    for line in answer.stdout.splitlines():
        if line.startswith("thiếu"):
            assert "→" in line


@pytest.mark.process
def test_doctor_fails_when_the_database_is_out_of_reach(tmp_path: Path) -> None:
    lost = {"DATABASE_URL": "postgresql://khong@127.0.0.1:1/khong"}
    answer = Installation(tmp_path / "var", 8000, lost).run("doctor")
    assert answer.returncode == 1
    assert "HỎNG   Cơ sở dữ liệu" in answer.stdout
    assert "Traceback" not in answer.stderr


@pytest.mark.process
def test_database_out_of_reach_stops_a_command_with_one_line(tmp_path: Path) -> None:
    lost = {"DATABASE_URL": "postgresql://khong@127.0.0.1:1/khong"}
    answer = Installation(tmp_path / "var", 8000, lost).run("backup", "x.zip")
    assert answer.returncode == 2
    assert "DATABASE_URL" in answer.stderr
    assert answer.stderr.count("\n") == 1


@pytest.mark.process
def test_file_that_is_no_database_stops_a_command_with_one_line(tmp_path: Path) -> None:
    installation = Installation(tmp_path / "var", 8000)
    installation.data.mkdir()
    (installation.data / "dinhlang.sqlite3").write_bytes(b"not a database at all, only words" * 100)
    answer = installation.run("backup", "x.zip")
    assert answer.returncode == 2
    assert "Không dùng được cơ sở dữ liệu" in answer.stderr
    assert answer.stderr.count("\n") == 1
