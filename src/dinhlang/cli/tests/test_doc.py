"""`dinhlang doc read|write`: one JSON object a file, one Vietnamese line for what is wrong, exit 2."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from dinhlang.cli.main import main
from dinhlang.officialdoc.codec import from_json
from dinhlang.officialdoc.read import read

SEEDS = sorted((Path(__file__).parents[4] / "../shared/seeds").glob("*.txt"))


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """Run the command as a process would, without starting one."""
    monkeypatch.setattr(sys, "argv", ["dinhlang", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code if isinstance(ended.value.code, int) else 0


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> object:
    """Run a command that must fail, and give its one line."""

    def told(*arguments: str | Path) -> str:
        assert run(monkeypatch, *arguments) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert "Traceback" not in error
        return error

    return told


def test_each_file_gives_one_line_of_json(monkeypatch, capsys):
    assert run(monkeypatch, "doc", "read", "--json", *SEEDS) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(SEEDS) == 5
    for line, path in zip(lines, SEEDS, strict=True):
        given = json.loads(line)
        assert given["schema"] == "dinhlang.document/1"
        assert given["source"]["name"] == path.name
        assert from_json(given) == read(path.read_bytes(), path.name)


def test_without_json_a_person_reads_the_answer(monkeypatch, capsys):
    assert run(monkeypatch, "doc", "read", SEEDS[3]) == 0
    said = capsys.readouterr().out
    assert "6.694 lượt truy cập" in said
    assert "Kỳ: 2022" in said


@pytest.mark.parametrize("suffix", [".docx", ".pdf", ".html"])
def test_a_document_is_written_in_the_format_of_its_name(monkeypatch, capsys, tmp_path, suffix):
    assert run(monkeypatch, "doc", "read", "--json", SEEDS[0]) == 0
    source, target = tmp_path / "mau.json", tmp_path / f"mau{suffix}"
    source.write_text(capsys.readouterr().out, encoding="utf-8")
    assert run(monkeypatch, "doc", "write", source, "-o", target) == 0
    data = target.read_bytes()
    if suffix == ".docx":
        assert zipfile.ZipFile(target).testzip() is None
        assert read(data, target.name).period == "2023-H1"
    else:
        assert data.startswith(b"%PDF" if suffix == ".pdf" else b"<!")


def test_a_file_that_is_not_there_is_told(refused):
    assert "không tồn tại" in refused("doc", "read", "--json", "khong-co.txt")
    assert "không tồn tại" in refused("doc", "write", "khong-co.json", "-o", "a.docx")


def test_a_call_without_files_is_told(refused):
    assert "Thiếu tham số" in refused("doc", "read")


@pytest.mark.parametrize("data", [b"", b"%PDF-1.4", b"PK\x03\x04word/document.xml"])
def test_an_unreadable_file_is_told_after_the_others(refused, tmp_path, capsys, monkeypatch, data):
    bad = tmp_path / "xau.docx"
    bad.write_bytes(data)
    assert "xau.docx" in refused("doc", "read", bad, SEEDS[0])
    assert run(monkeypatch, "doc", "read", "--json", bad, SEEDS[0]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert json.loads(lines[0])["problems"]
    assert json.loads(lines[1])["period"] == "2023-H1"


def test_a_file_of_200_megabytes_is_refused_before_it_is_read(refused, tmp_path):
    huge = tmp_path / "lon.txt"
    with huge.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert "tối đa 64 MB" in refused("doc", "read", huge)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "không phải tệp JSON"),
        ("[]", "đối tượng JSON"),
        ('{"figures": [{"value": "x"}]}', "figures[0].value"),
        ('{"schema": "a/2"}', "a/2"),
        ("[" * 100_000, "không phải tệp JSON"),
    ],
)
def test_junk_is_not_written(refused, tmp_path, text, said):
    source = tmp_path / "xau.json"
    source.write_text(text, encoding="utf-8")
    assert said in refused("doc", "write", source, "-o", tmp_path / "a.docx")
    assert not (tmp_path / "a.docx").exists()


def test_an_unknown_format_or_folder_is_told(refused, tmp_path):
    source = tmp_path / "mau.json"
    source.write_text('{"kind": "bao-cao"}', encoding="utf-8")
    assert ".docx, .pdf hoặc .html" in refused("doc", "write", source, "-o", tmp_path / "a.odt")
    assert "Không ghi được" in refused("doc", "write", source, "-o", tmp_path / "khong-co" / "a.docx")


@pytest.mark.process
def test_one_file_is_read_within_the_time_promised(tmp_path):
    command = Path(sys.executable).parent / "dinhlang"
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [command, "doc", "read", "--json", SEEDS[4]], check=True, capture_output=True, cwd=tmp_path
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # Seconds of the processor, not of the wall: other work on the machine must not count.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.6
