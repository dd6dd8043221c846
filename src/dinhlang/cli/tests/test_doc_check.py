"""`dinhlang doc check`: its choices, its forms and its answers to bad input."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dinhlang.cli.doc import doc
from dinhlang.officialdoc.read import read_with_text
from dinhlang.officialdoc.tests import sample
from dinhlang.officialdoc.write import docx

REPORT = """ỦY BAN NHÂN DÂN                    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
XÃ BẾN MẪU                              Độc lập - Tự do - Hạnh phúc

Số: 12/BC-UBND                          Bến Mẫu, ngày 12 tháng 12 năm 2023

BÁO CÁO
Kết quả tuyên truyền năm 2023

Thực hiện Kế hoạch số 05/KH-UBND ngày 10 tháng 01 năm 2023 của UBND xã về tuyên truyền, UBND xã báo cáo như sau:

I. KẾT QUẢ
Xã đã bổ xung nội dung tuyên truyền, phổ biến của của UBND xã 😀 tới người dân , doanh nghiệp.

II. PHƯƠNG HƯỚNG NĂM 2024
- Tiếp tục tuyên truyền.

Trên đây là báo cáo kết quả tuyên truyền năm 2023 của UBND xã Bến Mẫu./.

Nơi nhận:                               TM. ỦY BAN NHÂN DÂN
- Sở Nội vụ (để b/c);                   CHỦ TỊCH
- Lưu: VT, VHXH.

                                        Trần Văn Mẫu
"""
PLAN = """ỦY BAN NHÂN DÂN
XÃ BẾN MẪU
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 05/KH-UBND
Bến Mẫu, ngày 10 tháng 01 năm 2023

KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2023

I. MỤC ĐÍCH
Nâng cao nhận thức.

Phụ lục
NHIỆM VỤ NĂM 2023

| STT | Nhiệm vụ | Sản phẩm | Chủ trì | Thời gian |
| 1 | Tổ chức cuộc thi trực tuyến tìm hiểu pháp luật | Cuộc thi | Văn phòng | Tháng 8/2023 |
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "bao-cao.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def run(*arguments: object) -> Result:
    return CliRunner().invoke(doc, ["check", *map(str, arguments)])


def told(*arguments: object) -> dict[str, Any]:
    result = run(*arguments, "--format", "json")
    assert result.exit_code == 0, result.output
    answer: dict[str, Any] = json.loads(result.stdout)
    return answer


def rules(*arguments: object) -> list[str]:
    return [one["rule"] for one in told(*arguments)["findings"]]


def test_a_pack_is_looked_at_alone(report: Path) -> None:
    assert rules(report, "--pack", "language") == ["DL401", "DL411", "DL420"]
    assert rules(report, "--pack", "layout") == []


def test_a_plan_beside_the_report_shows_what_was_not_reported(report: Path, tmp_path: Path) -> None:
    plan = tmp_path / "ke-hoach.txt"
    plan.write_text(PLAN, encoding="utf-8")
    assert "DL701" in rules(report, "--plan", plan)
    assert "DL701" not in rules(report)


def test_the_report_before_shows_what_was_left_over(report: Path, tmp_path: Path) -> None:
    before = tmp_path / "truoc.txt"
    sentence = "Xã đã hoàn thành các nhiệm vụ tuyên truyền được giao trong năm 2022."
    before.write_text(
        REPORT.replace("2023", "2022").replace("II. PHƯƠNG", sentence + "\n\nII. PHƯƠNG"), encoding="utf-8"
    )
    report.write_text(REPORT.replace("II. PHƯƠNG", sentence + "\n\nII. PHƯƠNG"), encoding="utf-8")
    assert "DL713" in rules(report, "--previous", before)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "bo-qua.toml",
            '[[suppression]]\nrule = "DL411"\nquote = "của  của"\nreason = "Trích nguyên văn"\n\n'
            '[[suppression]]\nrule = "DL999"\nquote = "x"\nreason = "Cũ"\n',
        ),
        ("bo-qua.json", '[{"rule": "DL411", "quote": "của của", "reason": "Trích nguyên văn"}]'),
    ],
)
def test_what_is_set_aside_is_shown_with_its_reason(report: Path, name: str, text: str) -> None:
    file = report.parent / name
    file.write_text(text, encoding="utf-8")
    answer = told(report, "--suppressions", file)
    assert "DL411" not in [one["rule"] for one in answer["findings"]]
    assert [(one["rule"], one["reason"]) for one in answer["suppressed"]] == [("DL411", "Trích nguyên văn")]
    shown = run(report, "--suppressions", file).stdout
    assert "lý do: Trích nguyên văn" in shown
    assert ("không còn ứng với chỗ nào" in shown) is name.endswith("toml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[suppression]]\nrule = 'DL411'\nquote = 'x'\n", "thiếu “reason”"),
        ("[[suppression]]\nquote = 'x'\nreason = 'y'\n", "thiếu “rule”"),
        ("[[suppression]]\nrule = 'DL411'\nreason = 'y'\n", "thiếu “quote”"),
        ("[[suppression]]\nrule = 7\nquote = 'x'\nreason = 'y'\n", "phải là chữ"),
        ("suppression = 'x'", "không có mục nào"),
        ("[[", "không phải tệp TOML"),
    ],
)
def test_a_file_of_suppressions_that_is_wrong_is_answered_in_words(
    report: Path, text: str, said: str
) -> None:
    file = report.parent / "bo-qua.toml"
    file.write_text(text, encoding="utf-8")
    result = run(report, "--suppressions", file)
    assert result.exit_code == 2
    assert said in result.stderr


def test_sarif_says_where_by_code_points_and_what_was_set_aside(report: Path) -> None:
    file = report.parent / "bo-qua.toml"
    file.write_text(
        '[[suppression]]\nrule = "DL411"\nquote = "của của"\nreason = "Trích"\n', encoding="utf-8"
    )
    answer = json.loads(run(report, "--suppressions", file, "--format", "sarif").stdout)
    assert answer["version"] == "2.1.0"
    (sarif,) = answer["runs"]
    assert sarif["columnKind"] == "unicodeCodePoints"
    known = [rule["id"] for rule in sarif["tool"]["driver"]["rules"]]
    lines = REPORT.split("\n")
    for result in sarif["results"]:
        assert known[result["ruleIndex"]] == result["ruleId"]
        assert result["level"] in ("none", "note", "warning", "error")
        assert result["message"]["text"]
        region = result["locations"][0]["physicalLocation"]["region"]
        quote = lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1]
        assert quote == result["properties"]["quote"]
        for fix in result.get("fixes", ()):
            (replacement,) = fix["artifactChanges"][0]["replacements"]
            assert set(replacement) == {"deletedRegion", "insertedContent"}
    aside = [one for one in sarif["results"] if "suppressions" in one]
    assert [one["ruleId"] for one in aside] == ["DL411"]
    assert aside[0]["suppressions"] == [{"kind": "external", "status": "accepted", "justification": "Trích"}]


def test_a_text_is_given_back_as_word_with_marks(report: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra.docx"
    assert run(report, "-o", out).exit_code == 0
    _, text = read_with_text(out.read_bytes(), out.name)
    assert "bổ sung nội dung" in text


def test_a_word_file_is_given_back_with_its_own_words(tmp_path: Path) -> None:
    source, out = tmp_path / "a.docx", tmp_path / "b.docx"
    source.write_bytes(docx(sample.report()))
    assert run(source, "-o", out).exit_code == 0
    assert read_with_text(out.read_bytes(), "b.docx")[0].subject == sample.report().subject


def test_marks_are_refused_for_two_files_and_for_other_formats(report: Path, tmp_path: Path) -> None:
    assert run(report, report, "-o", tmp_path / "ra.docx").exit_code == 2
    result = run(report, "-o", tmp_path / "ra.txt")
    assert result.exit_code == 2
    assert ".docx" in result.stderr


def test_scripts_learn_by_the_status_whether_something_is_wrong(report: Path) -> None:
    assert run(report).exit_code == 0
    assert run(report, "--fail-on", "error").exit_code == 0
    assert run(report, "--fail-on", "warning").exit_code == 1


def test_a_document_read_in_part_is_checked_and_the_rest_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dinhlang.officialdoc import read as reading

    monkeypatch.setattr(reading, "LONGEST", len(REPORT) + 10)
    path = tmp_path / "dai.txt"
    path.write_text(REPORT + "Việc khác.\n" * 100, encoding="utf-8")
    result = CliRunner().invoke(doc, ["check", str(path)])

    assert result.exit_code == 0
    assert "DL" in result.stdout
    assert "chỉ đọc" in result.stderr
