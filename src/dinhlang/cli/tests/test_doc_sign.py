"""`dinhlang doc sign|verify`: signed, told in plain words, refused in one line; the passphrase never an argument."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from dinhlang.cli.main import main
from dinhlang.officialdoc import write
from dinhlang.officialdoc.tests import sample, signers


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    monkeypatch.setattr(sys, "argv", ["dinhlang", "doc", *map(str, arguments)])
    with pytest.raises(SystemExit) as ended:
        main()
    return ended.value.code if isinstance(ended.value.code, int) else 0


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report, a key, its authority and a ledger."""
    (tmp_path / "bao-cao.pdf").write_bytes(write.pdf(sample.letter()))
    # The commands read the clock, so this key is good for long.
    key = signers.p12(
        start=signers.datetime(2020, 1, 1, tzinfo=signers.UTC),
        end=signers.datetime(2100, 1, 1, tzinfo=signers.UTC),
    )
    (tmp_path / "khoa.p12").write_bytes(key)
    (tmp_path / "ca.pem").write_bytes(signers.authority().pem)
    (tmp_path / "so.json").write_bytes(b'{"articles": 36}')
    (tmp_path / "bao-cao.docx").write_bytes(write.docx(sample.letter(), sidecar=b'{"articles": 36}'))
    monkeypatch.setenv("DINHLANG_KEY_PASSPHRASE", signers.PASSPHRASE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_signed_file_is_told_to_be_whole_and_its_ledger_to_match(desk, monkeypatch, capsys):
    assert (
        run(monkeypatch, "sign", "bao-cao.pdf", "--key", "khoa.p12", "-o", "ky.pdf", "--ledger", "so.json")
        == 0
    )
    # The ledger of the same figures inside the Word file has the same digest.
    assert run(monkeypatch, "verify", "ky.pdf", "--trust", "ca.pem", "--ledger", "bao-cao.docx") == 0
    said = capsys.readouterr().out
    assert "Trần Văn Mẫu – Ủy ban nhân dân xã Bến Đò Mẫu" in said
    assert "nội dung đã ký còn nguyên" in said
    assert "khớp với mã băm" in said
    assert said.endswith("Kết luận: chữ ký đúng, nội dung còn nguyên như khi ký.\n")


def test_json_says_the_same(desk, monkeypatch, capsys):
    run(monkeypatch, "sign", "bao-cao.pdf", "--key", "khoa.p12", "-o", "ky.pdf", "--as-org")
    capsys.readouterr()
    assert run(monkeypatch, "verify", "ky.pdf", "--json") == 0
    given = json.loads(capsys.readouterr().out)
    assert (given["good"], given["signatures"][0]["trusted"], given["ledger_matches"]) == (True, None, None)


def test_a_changed_file_ends_with_one(desk, monkeypatch, capsys):
    run(monkeypatch, "sign", "bao-cao.pdf", "--key", "khoa.p12", "-o", "ky.pdf")
    data = bytearray((desk / "ky.pdf").read_bytes())
    data[data.find(b"stream") + 40] ^= 1
    (desk / "ky.pdf").write_bytes(data)
    assert run(monkeypatch, "verify", "ky.pdf", "--trust", "ca.pem") == 1
    assert "KHÔNG dùng được" in capsys.readouterr().out


def test_another_ledger_ends_with_one(desk, monkeypatch, capsys):
    run(monkeypatch, "sign", "bao-cao.pdf", "--key", "khoa.p12", "-o", "ky.pdf", "--ledger-digest", "ab" * 32)
    assert run(monkeypatch, "verify", "ky.pdf", "--ledger", "so.json") == 1
    assert "KHÔNG KHỚP" in capsys.readouterr().out


def test_an_unsigned_file_ends_with_one(desk, monkeypatch, capsys):
    assert run(monkeypatch, "verify", "bao-cao.pdf") == 1
    assert capsys.readouterr().out == "bao-cao.pdf: chưa có chữ ký số nào.\n"


def test_the_passphrase_may_stand_in_a_file(desk, monkeypatch):
    monkeypatch.delenv("DINHLANG_KEY_PASSPHRASE")
    (desk / "mat-khau").write_text(signers.PASSPHRASE + "\n", encoding="utf-8")
    assert (
        run(
            monkeypatch,
            "sign",
            "bao-cao.pdf",
            "--key",
            "khoa.p12",
            "-o",
            "ky.pdf",
            "--passphrase-file",
            "mat-khau",
        )
        == 0
    )


@pytest.mark.parametrize(
    ("arguments", "passphrase", "said"),
    [
        (["sign", "bao-cao.pdf", "--key", "khoa.p12", "-o", "ky.pdf"], "sai", "Mật khẩu của tệp khóa không đúng"),
        (["sign", "bao-cao.pdf", "--key", "ca.pem", "-o", "ky.pdf"], "x", "không phải tệp PKCS#12"),
        (["sign", "so.json", "--key", "khoa.p12", "-o", "ky.pdf"], signers.PASSPHRASE, "không phải PDF"),
        (["sign", "bao-cao.pdf", "--key", "khoa.p12", "-o", "ky.pdf", "--ledger-digest", "12"], signers.PASSPHRASE, "64 chữ số"),
        (["sign", "bao-cao.pdf", "--key", "khoa.p12", "-o", "ky.pdf", "--image", "ca.pem"], signers.PASSPHRASE, ".png"),
        (["sign", "bao-cao.pdf", "--key", "khoa.p12", "-o", "khong/ky.pdf"], signers.PASSPHRASE, "không có thư mục này"),
        (["sign", "bao-cao.pdf", "--key", "khoa.p12", "-o", "ky.pdf"], None, "Chưa có mật khẩu của khóa"),
        (["verify", "so.json"], "x", "không phải PDF"),
        (["verify", "bao-cao.pdf", "--trust", "so.json"], "x", "chứng thư tin cậy không đọc được"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line_and_ends_with_two(
    desk, monkeypatch, capsys, arguments, passphrase, said
):
    if passphrase is None:
        monkeypatch.delenv("DINHLANG_KEY_PASSPHRASE")
    else:
        monkeypatch.setenv("DINHLANG_KEY_PASSPHRASE", passphrase)
    assert run(monkeypatch, *arguments) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not Path("ky.pdf").exists()
