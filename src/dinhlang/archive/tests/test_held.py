"""What is held for an hour: unreadable without its address, gone after its time."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from dinhlang.archive import held

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

NOW = datetime(2026, 1, 5, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
SECRET = "Nội dung không ai được biết".encode()


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.HELD = tmp_path / "held"
    return tmp_path / "held"


def test_what_is_held_comes_back_to_whoever_has_the_address() -> None:
    token = held.begin(NOW)
    held.put(token, "file", SECRET)
    assert held.get(token, "file", NOW + timedelta(minutes=59)) == SECRET
    assert held.until(token) == NOW + timedelta(minutes=60)


def test_nothing_on_the_disk_tells_words_or_address(folder: Path) -> None:
    token = held.begin(NOW)
    held.put(token, "file", SECRET)
    files = [one for one in folder.rglob("*") if one.is_file()]
    assert files
    assert not any(SECRET in one.read_bytes() or token.encode() in one.read_bytes() for one in files)
    assert not any(token in str(one) for one in files)
    assert all(one.stat().st_mode & 0o077 == 0 for one in files if one.name == "file")


@pytest.mark.parametrize("minutes", [60, 61, 6000])
def test_after_an_hour_it_is_gone_even_before_it_is_swept(minutes: int) -> None:
    token = held.begin(NOW)
    held.put(token, "file", SECRET)
    with pytest.raises(held.Gone):
        held.get(token, "file", NOW + timedelta(minutes=minutes))


def test_sweeping_takes_what_is_over_and_nothing_else(folder: Path) -> None:
    old, new = held.begin(NOW - timedelta(hours=2)), held.begin(NOW)
    held.put(new, "file", SECRET)
    assert held.sweep(NOW) == 1
    assert held.get(new, "file", NOW) == SECRET
    with pytest.raises(held.Gone):
        held.put(old, "file", SECRET)
    assert len(list(folder.glob("*"))) == 1


@pytest.mark.parametrize("token", ["", "x", "../../../etc/passwd", "A" * 43, "A" * 42 + "/", "ế" * 43])
def test_a_forged_address_opens_nothing(token: str) -> None:
    held.put(held.begin(NOW), "file", SECRET)
    with pytest.raises(held.Gone):
        held.get(token, "file", NOW)


def test_a_file_changed_on_the_disk_is_not_believed(folder: Path) -> None:
    token = held.begin(NOW)
    held.put(token, "file", SECRET)
    [path] = folder.glob("*/file")
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(held.Gone):
        held.get(token, "file", NOW)
    path.write_bytes(b"")
    with pytest.raises(held.Gone):
        held.get(token, "file", NOW)


def test_one_part_does_not_pass_for_another(folder: Path) -> None:
    token = held.begin(NOW)
    held.put(token, "file", SECRET)
    [path] = folder.glob("*/file")
    path.rename(path.with_name("state"))
    with pytest.raises(held.Gone):
        held.get(token, "state", NOW)


def test_the_token_in_the_queue_is_sealed() -> None:
    token = held.begin(NOW)
    sealed = held.sealed(token)
    assert token not in sealed
    assert held.unsealed(sealed) == token
    with pytest.raises(held.Gone):
        held.unsealed("gAAAAA-not-ours")


def test_a_full_disk_is_not_filled_further(monkeypatch: pytest.MonkeyPatch) -> None:
    held.put(held.begin(NOW), "file", SECRET)
    monkeypatch.setattr(held, "MOST_BYTES", 10)
    with pytest.raises(held.Refused, match="thử lại sau"):
        held.begin(NOW)
