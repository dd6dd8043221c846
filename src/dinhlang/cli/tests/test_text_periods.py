"""`dinhlang text schedule|period|working-days` as a user meets them: lines in, lines out, one line when wrong."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).parent / "dinhlang"


def run(*arguments: str, given: bytes = b"", folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [COMMAND, "text", *arguments], input=given, capture_output=True, check=False, timeout=60, cwd=folder,
        env={"PATH": os.environ["PATH"], "LC_ALL": "C", "DINHLANG_DATA": str(folder)},
    )  # fmt: skip


@pytest.mark.process
def test_schedule_answers_line_by_line_by_the_contract(tmp_path):
    lines = "\ufeffMỗi tháng 01 kỳ\r\n\r\n   \nTrước ngày 15/6\nQuý I/2022\n31/4".encode()
    done = run("schedule", "--year", "2026", "--json", given=lines, folder=tmp_path)

    assert (done.returncode, done.stderr) == (0, b"")
    answers = done.stdout.decode().split("\n")
    assert [json.loads(answer) if answer else None for answer in answers] == [
        {
            "text": "Mỗi tháng 01 kỳ",
            "kind": "recurring",
            "period": None,
            "rrule": "FREQ=MONTHLY;COUNT=12",
            "deadline": None,
        },
        None,
        None,
        {
            "text": "Trước ngày 15/6",
            "kind": "deadline",
            "period": None,
            "rrule": None,
            "deadline": "2026-06-15",
        },
        {"text": "Quý I/2022", "kind": "quarter", "period": "2022-Q1", "rrule": None, "deadline": None},
        {"text": "31/4", "kind": "unknown", "period": None, "rrule": None, "deadline": None},
        None,
    ]


@pytest.mark.process
def test_period_answers_line_by_line_by_the_contract(tmp_path):
    lines = "6 tháng đầu năm 2023\n9 tháng năm 2025\n\nquý III/2025\nnăm 2024\ngiai đoạn 2021-2025\n".encode()
    done = run("period", "--json", given=lines, folder=tmp_path)

    assert done.returncode == 0
    assert done.stdout.decode() == (
        '{"period": "2023-H1"}\n{"period": "2025-9M"}\n\n{"period": "2025-Q3"}\n{"period": "2024"}\n{"period": null}\n'
    )


@pytest.mark.process
def test_broken_bytes_give_an_answer_and_no_fault(tmp_path):
    done = run("schedule", "--json", given=b"\xff\xfe\x00Qu\xfd\n", folder=tmp_path)

    assert done.returncode == 0
    assert json.loads(done.stdout)["kind"] == "unknown"


@pytest.mark.process
def test_without_json_the_answer_is_for_people(tmp_path):
    phrases = run("schedule", given="3-11\nTháng 3-11/2023\n".encode(), folder=tmp_path)
    periods = run("period", "--year", "2023", given="quý I\nabc\n".encode(), folder=tmp_path)

    assert phrases.stdout.decode() == "không rõ\nTừ tháng 3 đến tháng 11 năm 2023\n"
    assert periods.stdout.decode() == "2023-Q1\nkhông có\n"


@pytest.mark.process
def test_working_days_gives_the_due_date_alone_or_with_reasons(tmp_path):
    alone = run("working-days", "--from", "2026-02-13", "--add", "5", folder=tmp_path)
    explained = run("working-days", "--from", "31/12/2025", "--add", "6", "--explain", folder=tmp_path)

    assert alone.stdout == b"2026-02-27\n"
    lines = explained.stdout.decode().splitlines()
    assert lines[0] == "2026-01-10"
    assert "Không tính 02/01/2026: Nghỉ hoán đổi sang thứ Bảy 10/01/2026." in lines
    assert lines[-1] == "Có tính 10/01/2026: Làm việc bù cho thứ Sáu 02/01/2026."


@pytest.mark.process
def test_a_year_without_notice_is_said_to_be_provisional(tmp_path):
    done = run("working-days", "--from", "2031-05-02", "--add", "1", "--explain", folder=tmp_path)

    assert "Tạm tính" in done.stdout.decode()


@pytest.mark.process
@pytest.mark.parametrize(
    "arguments",
    [
        ["working-days"],
        ["working-days", "--from", "2026-02-30", "--add", "5"],
        ["working-days", "--from", "hôm nay", "--add", "5"],
        ["working-days", "--from", "2026-02-03", "--add", "-1"],
        ["working-days", "--from", "2026-02-03", "--add", "mười"],
        ["working-days", "--from", "9999-12-31", "--add", "1"],
        ["schedule", "--year", "nay"],
        ["schedule", "--năm", "2026"],
        ["period", "thừa"],
    ],
)
def test_wrong_use_is_one_line_of_vietnamese(arguments, tmp_path):
    done = run(*arguments, folder=tmp_path)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().count("\n") == 1
    assert "Error" not in done.stderr.decode()


@pytest.mark.process
def test_an_answer_comes_in_half_a_second(tmp_path):
    def spent() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        run("schedule", "--year", "2026", "--json", given="Quý II và Quý IV\n".encode(), folder=tmp_path)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    # Seconds of the processor, not of the wall: other work on the machine must not count. Where much else goes on they are
    # more too, so one of four is enough.
    assert any(spent() < 0.5 for _ in range(4))
