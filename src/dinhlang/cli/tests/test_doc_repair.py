"""`dinhlang doc repair` and `doc read --repair`: what is printed where, and answers to bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dinhlang.cli.doc import doc

DAMAGED = """UY BAN NHAN DAN
XA SONG MAY

BAO CAO
Két qua tuyén truyén céi cach hanh chinh nam 2026

Thyc hién Ké hoach sé 14/KH-UBND ngay 12/01/2026 ctia Uy ban nhan dan tinh vé viéc nang cao chat lugng céng tac
tuyén truyén, Uy ban nhan dan x3 Séng May da t6 chirc 12 budi tap huan cho 345 lugt ngudi, dat 86,5% ké hoach nam.
"""
SOUND = """ỦY BAN NHÂN DÂN
XÃ SÔNG MÂY

Ủy ban nhân dân xã Sông Mây tổ chức ngày hội chuyển đổi số tại nhà văn hóa các thôn trong tháng 3 năm 2026.
"""


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "quét.txt"
    path.write_text(DAMAGED, encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(doc, [str(one) for one in arguments])


def test_the_restored_text_is_printed_and_doubts_go_to_standard_error(scan: Path) -> None:
    done = run("repair", scan)
    assert done.exit_code == 0
    assert "Thực hiện Kế hoạch số 14/KH-UBND ngày 12/01/2026 của Ủy ban nhân dân tỉnh" in done.stdout
    assert "không phải bản gốc" in done.stderr
    assert "dòng 8: Séng → Sông (chưa sửa, tên riêng" in done.stderr
    assert "không phải bản gốc" not in done.stdout
    assert scan.read_text(encoding="utf-8") == DAMAGED


def test_as_json_every_change_is_there(scan: Path) -> None:
    found = json.loads(run("repair", scan, "--json").stdout)
    assert found["schema"] == "dinhlang.repair/1"
    assert found["source"] == "quét.txt"
    assert found["damage"] == "misread"
    assert {"from": "ctia", "to": "của"}.items() <= next(
        change for change in found["changes"] if change["from"] == "ctia"
    ).items()


def test_a_name_that_is_given_is_believed(scan: Path) -> None:
    assert "xã Sông Mây" in run("repair", scan, "--name", "Sông Mây").stdout


def test_another_text_is_no_sister_and_is_named(scan: Path, tmp_path: Path) -> None:
    other = tmp_path / "khác.txt"
    other.write_text(SOUND, encoding="utf-8")
    done = run("repair", scan, "--like", other)
    assert done.exit_code == 0
    assert "“khác.txt” không phải văn bản cùng mẫu" in done.stderr


def test_a_sound_text_comes_out_as_it_went_in(tmp_path: Path) -> None:
    path = tmp_path / "lành.txt"
    path.write_text(SOUND, encoding="utf-8")
    done = run("repair", path)
    assert done.stdout == SOUND + "\n"
    assert "hỏng 0%" in done.stderr


def test_reading_after_repair_says_so_and_points_at_the_damaged_text(scan: Path) -> None:
    plain = json.loads(run("read", scan, "--json").stdout)
    found = json.loads(run("read", scan, "--json", "--repair").stdout)
    assert (plain["source"]["repaired"], found["source"]["repaired"]) == (False, True)
    assert found["source"]["damage"] == plain["source"]["damage"] > 0.5
    assert found["subject"] == "Kết quả tuyên truyền cải cách hành chính năm 2026"
    assert found["problems"][0]["code"] == "repaired"
    figure = next(one for one in found["figures"] if one["value"] == 345)
    assert figure["unit"] == "lượt người"
    line = DAMAGED.split("\n")[figure["span"]["line"] - 1]
    assert "345 lugt ngudi" in line[figure["span"]["column"] - 1 : figure["span"]["end_column"] - 1]


def test_a_sound_text_is_read_as_ever_with_repair(tmp_path: Path) -> None:
    path = tmp_path / "lành.txt"
    path.write_text(SOUND, encoding="utf-8")
    assert run("read", path, "--json", "--repair").stdout == run("read", path, "--json").stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [("hỏng.docx", b"PK\x03\x04word/ broken"), ("trống.txt", b""), ("nhạc.bin", bytes(range(32)) * 40)],
)
def test_what_is_no_text_is_refused_in_words(tmp_path: Path, name: str, content: bytes) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    done = run("repair", path)
    assert done.exit_code == 2
    assert name in done.stderr
