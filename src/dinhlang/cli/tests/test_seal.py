"""`dinhlang seal`: a key changes, what the operator is told at each step."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from dinhlang.cli.seal import files, seal
from dinhlang.org import sealed

pytestmark = [pytest.mark.integration, pytest.mark.one_database]


def told(command):
    found = CliRunner().invoke(seal, [command])
    return found.exit_code, found.output


def test_a_fresh_key_is_long_enough_and_never_the_same():
    keys = {told("key")[1].strip() for _again in range(3)}
    assert len(keys) == 3
    assert all(len(key) >= 32 and "," not in key for key in keys)


def test_status_names_every_key_and_says_when_an_old_one_may_go(db, settings, tmp_path):
    settings.DATA = tmp_path
    settings.SEAL_KEYS = ("n" * 40, "o" * 40)
    code, output = told("status")
    assert code == 0
    assert all(name in output for name in sealed.key_names())
    assert "đang dùng" in output
    assert "Có thể bỏ các khóa cũ" in output


def test_a_value_whose_key_is_gone_is_named(db, settings, monkeypatch, tmp_path):
    settings.DATA = tmp_path
    monkeypatch.setattr(sealed, "count_by_key", lambda _kinds: sealed.Counter({"deadbeef": 2}))
    code, output = told("status")
    assert code == 1
    assert "deadbeef" in output
    assert "2 giá trị" in output


def test_renewing_says_how_many_and_what_it_could_not_read(db, settings, monkeypatch, tmp_path):
    settings.DATA = tmp_path
    monkeypatch.setattr(sealed, "renew", lambda _kinds: (3, 0))
    code, output = told("renew")
    assert code == 0
    assert "Đã niêm lại 3 giá trị." in output
    monkeypatch.setattr(sealed, "renew", lambda _kinds: (3, 1))
    code, output = told("renew")
    assert code == 1
    assert "khóa cũ" in output


def test_files_are_sealed_anew_too_and_the_old_key_may_go_only_then(db, settings, tmp_path):
    settings.DATA = tmp_path
    settings.SEAL_KEYS = ("o" * 40,)
    kinds, name = files(), "ab" * 20
    for kind in kinds:
        kind.put(name, b"Kept for years")
    settings.SEAL_KEYS = ("n" * 40, "o" * 40)
    assert "Có thể bỏ các khóa cũ" not in told("status")[1]
    code, output = told("renew")
    assert code == 0
    assert f"Đã niêm lại {len(kinds)} giá trị" in output
    assert "Có thể bỏ các khóa cũ" in told("status")[1]
    settings.SEAL_KEYS = ("n" * 40,)
    assert [kind.read(name) for kind in kinds] == [b"Kept for years"] * len(kinds)


def test_no_kind_of_sealed_file_is_forgotten_when_a_key_changes():
    source = Path(__file__).resolve().parents[2]
    kinds = {
        folder
        for path in source.rglob("*.py")
        if "tests" not in path.parts
        for folder in re.findall(r'= SealedFiles\("([^"]+)"', path.read_text("utf-8"))
    }
    assert kinds
    assert {kind.folder for kind in files()} == kinds
