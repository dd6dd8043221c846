"""`dinhlang archive` and `dinhlang report` as a clerk meets them."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT, Installation

pytestmark = pytest.mark.process

SEEDS = sorted((ROOT / "../shared/seeds").resolve().glob("*.txt"))


@pytest.fixture(scope="module")
def data(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data") / "moi"
    shutil.copytree(prepared, folder)
    return folder


def dinhlang(data: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    ran = Installation(data, 8000).run(*map(str, arguments))
    assert "Traceback" not in ran.stderr
    return ran


def test_good_files_stay_when_others_cannot_be_read(data: Path, tmp_path: Path) -> None:
    broken = tmp_path / "hong.docx"
    broken.write_bytes(b"PK\x03\x04")
    ran = dinhlang(data, "archive", "import", *SEEDS[:4], broken, tmp_path / "khong-co.txt")
    assert ran.returncode == 2
    for told in ("36 tin, bài", "48 tin, bài", "45 tin", "108 bài", "6.694 lượt", "hơn 3.500 lượt người"):
        assert told in ran.stdout
    assert ran.stdout.count("Tỷ lệ không kèm tử số và mẫu số") == 2
    assert "Đã đưa vào 4 trên 6 tệp." in ran.stdout
    assert "hong.docx" in ran.stderr
    assert "khong-co.txt: không đọc được tệp (không có tệp này)" in ran.stderr
    again = dinhlang(data, "archive", "import", SEEDS[0])
    assert again.returncode == 2
    assert "đã được đưa vào kho" in again.stderr
    assert len(again.stderr.splitlines()) == 1
    listed = dinhlang(data, "archive", "list", "--unit", "phu-thu")
    assert "108 bài" in listed.stdout
    assert "36 tin" not in listed.stdout


def test_a_report_is_drafted_shown_and_issued(data: Path, tmp_path: Path) -> None:
    word, pdf, facts = tmp_path / "bc.docx", tmp_path / "bc.pdf", tmp_path / "bc.json"
    target = ("--unit", "nam-trung", "--period", "2023-H1")
    none_yet = dinhlang(data, "report", "show", *target)
    assert none_yet.returncode == 2
    assert "chưa có báo cáo 6 tháng đầu năm 2023" in none_yet.stderr
    ran = dinhlang(data, "report", "draft", *target, "-o", word, "--pdf", pdf, "--json", facts)
    assert ran.returncode == 0, ran.stderr
    assert "Còn thiếu" in ran.stdout
    assert "Chưa có kế hoạch năm 2023" in ran.stdout
    assert word.read_bytes().startswith(b"PK")
    assert pdf.read_bytes().startswith(b"%PDF-")
    assert json.loads(facts.read_text("utf-8"))["schema"] == "dinhlang.report/1"
    early = dinhlang(data, "report", "issue", *target, "--on", "2023-06-01", "-o", word)
    assert early.returncode == 2
    assert "Chọn ngày ban hành từ 14/6/2023 trở đi" in early.stderr
    issued = dinhlang(data, "report", "issue", *target, "--on", "16/06/2023", "-o", word)
    assert issued.returncode == 0, issued.stderr
    assert "Đã phát hành báo cáo số 01/BC-UBND" in issued.stdout
    shown = dinhlang(data, "report", "show", *target)
    assert "Đã phát hành: số 01/BC-UBND, ngày 16/6/2023" in shown.stdout
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--unit", "khong-co", "--period", "2023", "-o", "a.docx"), "khong-co"),
        (("--unit", "nam-trung", "--period", "2023-H3", "-o", "a.docx"), "không phải mã kỳ báo cáo"),
        (("--unit", "nam-trung", "--period", "2023", "-o", "a.odt"), "cần có đuôi .docx"),
        (("--unit", "nam-trung", "--period", "2023", "-o", "khong/co/a.docx"), "Không ghi được vào thư mục"),
        (("--unit", "nam-trung", "--period", "2025", "-o", "a.docx"), "không hoạt động vào ngày nào của kỳ"),
        (("--unit", "nam-trung", "--period", "2090", "-o", "a.docx"), "không hoạt động"),
        (("--unit", "nam-trung", "--period", "2023", "-o", "a.docx", "--regime", "la"), "la"),
    ],
)
def test_wrong_input_is_one_line_and_leaves_no_file(
    data: Path, arguments: tuple[str, ...], told: str
) -> None:
    ran = dinhlang(data, "report", "draft", *arguments)
    assert ran.returncode == 2
    assert told in ran.stderr
    assert len(ran.stderr.strip().splitlines()) == 1
    assert not (data.parent / "a.docx").exists()
