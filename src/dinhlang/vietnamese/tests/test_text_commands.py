from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).parents[3]
COMMAND = [sys.executable, "-c", "from dinhlang.cli import main; main()", "text"]
# A plain C locale: the commands speak UTF-8 whatever the machine is set to.
ENVIRONMENT = {"PYTHONPATH": str(SRC), "LC_ALL": "C", "PYTHONUTF8": "0", "PATH": "/usr/bin:/bin"}


def run(*arguments: str, given: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*COMMAND, *arguments], input=given, capture_output=True, env=ENVIRONMENT, timeout=60, check=False
    )


@pytest.mark.process
def test_fold_answers_line_for_line_whatever_the_line_ends_and_bytes() -> None:
    given = "\ufeffĐường Đất\r\n\r\nKẾ HOẠCH – 東京\n".encode() + b"x\xff y\n\n" + "Cuối".encode()
    done = run("fold", given=given)
    assert done.returncode == 0
    assert done.stderr == b""
    assert done.stdout.decode() == "duong dat\n\nke hoach – 東京\nx\ufffd y\n\ncuoi\n"


@pytest.mark.process
def test_syllables_gives_the_object_of_the_contract_for_each_line() -> None:
    done = run("syllables", "--json", given="Đẩy mạnh xuât khẩu\n\nTuyên truyền 2023\n".encode())
    assert done.returncode == 0
    first, empty, last = done.stdout.decode().splitlines()
    answer = json.loads(first)
    assert answer.keys() == {"tokens", "damage"}
    assert [token["valid"] for token in answer["tokens"]] == [True, True, False, True]
    assert answer["tokens"][2]["text"] == "xuât"
    assert answer["tokens"][2]["suggest"][0] == "xuất"
    assert answer["tokens"][0] == {"text": "Đẩy", "valid": True, "suggest": []}
    assert answer["damage"] == 0.25
    assert empty == ""
    assert json.loads(last)["damage"] == 0


@pytest.mark.process
def test_syllables_tells_people_what_is_wrong_and_what_was_probably_meant() -> None:
    done = run("syllables", given="Đẩy mạnh xuât khẩu\nTuyên truyền\n".encode())
    wrong, right = done.stdout.decode().splitlines()
    assert wrong.startswith("xuât → xuất")
    assert right == "đúng"


@pytest.mark.process
def test_an_answer_comes_before_the_next_line_is_there() -> None:
    with subprocess.Popen(
        [*COMMAND, "fold"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=ENVIRONMENT
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line, answer in (("Một\n", "mot\n"), ("Hai Đ\n", "hai d\n")):
            process.stdin.write(line.encode())
            process.stdin.flush()
            assert process.stdout.readline().decode() == answer
        process.stdin.close()
        assert process.wait(timeout=30) == 0


@pytest.mark.process
def test_a_reader_that_goes_away_ends_the_work_quietly() -> None:
    with subprocess.Popen(
        [*COMMAND, "fold"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(b"a\n")
        process.stdin.flush()
        assert process.stdout.readline() == b"a\n"
        process.stdout.close()
        process.stdin.write("Xã\n".encode() * 10)
        process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 0


@pytest.mark.process
def test_an_unknown_option_is_bad_usage() -> None:
    assert run("fold", "--nhanh", given=b"").returncode == 2


@pytest.mark.process
def test_redact_gives_the_spans_of_the_contract_for_each_line() -> None:
    done = run("redact", "--json", given="Gọi 0912345678\n\nHọp thôn\n".encode())
    assert done.returncode == 0
    first, empty, last = done.stdout.decode().splitlines()
    assert json.loads(first) == {"spans": [{"start": 4, "end": 14, "kind": "phone"}]}
    assert empty == ""
    assert json.loads(last) == {"spans": []}


@pytest.mark.process
def test_redact_blacks_out_for_people() -> None:
    done = run("redact", given="Bà Nguyễn Thị Lan, 0912345678\n".encode())
    assert done.stdout.decode() == "Bà [tên người], [số điện thoại]\n"


@pytest.mark.process
def test_speech_says_each_line_in_words_with_the_commune_s_own_above(tmp_path: Path) -> None:
    table = tmp_path / "words.toml"
    table.write_text('[abbreviations]\nTDA = "Tam Đa"\n', encoding="utf-8")
    done = run("speech", "--words", str(table), given="UBND xã TDA, 15/6\r\n\nQuý IV".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode() == "ủy ban nhân dân xã Tam Đa ngày mười lăm tháng sáu\n\nQuý bốn\n"

    paused = run("speech", "--pauses", given="Họp, 7h30. Về\n".encode())
    assert paused.stdout.decode() == "Họp, bảy giờ ba mươi phút. Về.\n"


@pytest.mark.process
def test_speech_refuses_a_table_it_cannot_use_in_one_line(tmp_path: Path) -> None:
    table = tmp_path / "words.toml"
    table.write_text('[abbreviations]\nX = "3"\n', encoding="utf-8")
    done = run("speech", "--words", str(table), given=b"x")
    assert done.returncode == 2
    assert "cách đọc của “X”" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
