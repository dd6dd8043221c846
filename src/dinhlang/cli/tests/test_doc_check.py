"""`dinhlang doc check`: the three formats, the day of judgement, the exit status."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dinhlang.cli.tests.test_doc import SEEDS, run

REPORT = """ỦY BAN NHÂN DÂN
XÃ BẾN MẪU
Số:      /BC-UBND
Bến Mẫu, ngày 12 tháng 12 năm 2023
BÁO CÁO
Kết quả tuyên truyền năm 2023

I. KẾT QUẢ
Trong 09 tháng đầu năm, UBND xã đã cập nhập 48 tin, bài.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "báo cáo 1.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def test_a_person_sees_the_line_with_the_quote_underlined(monkeypatch, capsys, report):
    assert run(monkeypatch, "doc", "check", report) == 0
    said = capsys.readouterr().out
    assert "báo cáo 1.txt:9:" in said
    assert "cảnh báo DL401: “cập nhập” có lẽ viết nhầm: “cập nhật”." in said
    lines = said.splitlines()
    under = next(line for line in lines if line.strip() == "^" * len("cập nhập"))
    above = lines[lines.index(under) - 1]
    assert above[under.index("^") :].startswith("cập nhập")
    assert lines[-1].startswith("báo cáo 1.txt: ")
    assert "lỗi" in lines[-1]


def test_json_is_one_object_a_file_by_the_contract(monkeypatch, capsys, report):
    assert run(monkeypatch, "doc", "check", "--format", "json", report, SEEDS[4]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["schema"] == "dinhlang.findings/1"
    assert (first["source"], second["source"]) == ("báo cáo 1.txt", SEEDS[4].name)
    (stale,) = [one for one in second["findings"] if one["rule"] == "DL203"]
    assert {name: stale[name] for name in ("kind", "severity", "quote", "fix", "basis")} == {
        "kind": "stale-year",
        "severity": "error",
        "quote": "Quý I/2022",
        "fix": "Quý I/2023",
        "basis": None,
    }
    assert stale["span"] == {"page": None, "line": 247, "column": 19, "end_line": 247, "end_column": 29}


def test_sarif_has_what_the_standard_asks_for(monkeypatch, capsys, report):
    assert run(monkeypatch, "doc", "check", "--format", "sarif", report, SEEDS[4]) == 0
    log = json.loads(capsys.readouterr().out)
    assert log["version"] == "2.1.0"
    (run_,) = log["runs"]
    rules = run_["tool"]["driver"]["rules"]
    assert run_["results"]
    for result in run_["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning", "note")
        assert result["message"]["text"]
        (location,) = result["locations"]
        assert " " not in location["physicalLocation"]["artifactLocation"]["uri"]
        region = location["physicalLocation"].get("region", {"startLine": 1, "startColumn": 1})
        assert region["startLine"] >= 1
        assert region["startColumn"] >= 1
        for fix in result.get("fixes", ()):
            assert fix["artifactChanges"][0]["replacements"][0]["deletedRegion"] == region


@pytest.mark.parametrize(("level", "status"), [("error", 1), ("warning", 1), ("info", 1), (None, 0)])
def test_findings_fail_the_call_only_when_asked(monkeypatch, report, level, status):
    asked = ("--fail-on", level) if level else ()
    assert run(monkeypatch, "doc", "check", report, *asked) == status


def test_a_finding_below_the_level_does_not_fail_the_call(monkeypatch, capsys, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Các cán bộ công chức đã dự họp đầy đủ.\n", encoding="utf-8")
    assert run(monkeypatch, "doc", "check", "--format", "json", path) == 0
    levels = {one["severity"] for one in json.loads(capsys.readouterr().out)["findings"]}
    worst = min(levels, key=["error", "warning", "info"].index)
    assert run(monkeypatch, "doc", "check", path, "--fail-on", worst) == 1
    if worst != "error":
        assert run(monkeypatch, "doc", "check", path, "--fail-on", "error") == 0


def test_the_day_of_judgement_counts(monkeypatch, capsys, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Xã đã gửi Sở Thông tin và Truyền thông.\n", encoding="utf-8")
    for day, found in (("2025-02-28", False), ("2025-03-01", True)):
        assert run(monkeypatch, "doc", "check", path, "--as-of", day) == 0
        assert ("DL303" in capsys.readouterr().out) is found


def test_a_bad_day_or_file_is_told_in_one_line(monkeypatch, capsys, tmp_path, report):
    for arguments in (("--as-of", "31/12/2025", report), ("khong-co.txt",), ("--format", "xml", report)):
        assert run(monkeypatch, "doc", "check", *arguments) == 2
        error = capsys.readouterr().err
        assert error.count("\n") == 1
        assert "Traceback" not in error
    broken = tmp_path / "b.pdf"
    broken.write_bytes(b"%PDF-1.4")
    assert run(monkeypatch, "doc", "check", "--format", "json", broken, report) == 2
    told = capsys.readouterr()
    assert json.loads(told.out)["source"] == report.name
    assert "b.pdf" in told.err
