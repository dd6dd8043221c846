"""The way by files: what a device finds in its folder, and what is understood of what it leaves there."""

from __future__ import annotations

import csv
import hashlib
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from dinhlang.broadcast.players.adapters import NotDelivered, adapters
from dinhlang.broadcast.players.csv_folder import LARGEST, LOG, ORDERS, SCHEDULE, SOUNDS, STATUS
from dinhlang.broadcast.rules.log import Fact

if TYPE_CHECKING:
    from pathlib import Path

    from dinhlang.broadcast.players.adapters import Adapter

NOON = datetime.fromisoformat("2023-07-20T12:00:00+07:00")
SOUNDS_BY_HASH = {hashlib.sha256(one).hexdigest(): one for one in (b"ID3 mot", b"ID3 hai")}


@pytest.fixture
def way(tmp_path: Path) -> Adapter:
    return adapters()["csv"](tmp_path)


def schedule(*media: str, title: str = "Nhận hồ sơ") -> dict[str, Any]:
    plays = [
        {"play": str(uuid4()), "title": title, "seconds": 80, "media": one, "size": 7, "type": "audio/mpeg"}
        for one in media
    ]
    session = {
        "name": "Buổi chiều", "starts_at": "2023-07-20T17:00:00+07:00", "ends_at": "2023-07-20T17:15:00+07:00",
        "plays": plays,
    }  # fmt: skip
    return {"sessions": [session] if plays else [], "withdrawn": []}


def table(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_a_device_finds_the_schedule_and_whole_sound(way: Adapter, tmp_path: Path) -> None:
    one, two = SOUNDS_BY_HASH
    body = schedule(one, "", two, title="=cmd|x")
    laid = way.schedule(body, SOUNDS_BY_HASH.__getitem__)
    assert (laid.plays, laid.without_sound) == (3, ("=cmd|x",))
    rows = table(tmp_path, SCHEDULE)
    assert [row["mã mục"] for row in rows] == [play["play"] for play in body["sessions"][0]["plays"]]
    assert (rows[0]["ngày"], rows[0]["giờ"], rows[0]["hết giờ"]) == ("20/07/2023", "17:00:00", "17:15:00")
    assert not rows[0]["tên"].startswith("=")
    for row, sha256 in zip((rows[0], rows[2]), (one, two), strict=True):
        assert (tmp_path / SOUNDS / row["tệp"]).read_bytes() == SOUNDS_BY_HASH[sha256]


def test_what_is_withdrawn_is_taken_away_and_what_was_cut_short_is_written_anew(
    way: Adapter, tmp_path: Path
) -> None:
    one, two = SOUNDS_BY_HASH
    way.schedule(schedule(one, two), SOUNDS_BY_HASH.__getitem__)
    (tmp_path / SOUNDS / f"{one}.mp3").write_bytes(b"ID3 m")
    (tmp_path / SOUNDS / "nhac-hieu.mp3").write_bytes(b"of the device's own")
    way.schedule(schedule(one), SOUNDS_BY_HASH.__getitem__)
    assert {file.name for file in (tmp_path / SOUNDS).iterdir()} == {f"{one}.mp3", "nhac-hieu.mp3"}
    assert (tmp_path / SOUNDS / f"{one}.mp3").read_bytes() == SOUNDS_BY_HASH[one]


def test_orders_stand_one_under_the_other(way: Adapter, tmp_path: Path) -> None:
    play = uuid4()
    way.volume(170, at=NOON)
    way.play(play, at=NOON)
    way.stop(at=NOON)
    assert [(row["lệnh"], row["giá trị"]) for row in table(tmp_path, ORDERS)] == [
        ("am-luong", "100"),
        ("phat", str(play)),
        ("dung", ""),
    ]


@pytest.mark.parametrize("mark", [",", ";"])
def test_the_log_of_a_device_is_read_line_by_line(way: Adapter, tmp_path: Path, mark: str) -> None:
    play = uuid4()
    lines = [
        ["số", "việc", "mã mục", "từ", "đến", "tệp", "ghi chú"],
        ["1", "da-phat", str(play), "20/07/2023 17:00:05", "2023-07-20T17:01:25+07:00", "abc.mp3", "rõ"],
        ["2", "khong-phat", str(play), "20/07/2023 17:00:05", "", "", "mất điện"],
        ["x", "da-phat", str(play), "20/07/2023 17:00:05", "", "", ""],
        ["4", "phat", str(play), "20/07/2023 17:00:05", "", "", ""],
        ["5", "da-phat", "1", "20/07/2023 17:00:05", "", "", ""],
        ["6", "da-phat", str(play), "hôm qua", "", "", ""],
    ]
    (tmp_path / LOG).write_text("\n".join(mark.join(line) for line in lines), "utf-8-sig")
    told = way.log()
    assert [(one.sequence, one.fact, one.play, one.note) for one in told.reports] == [
        (1, Fact.AIRED, play, "rõ"),
        (2, Fact.MISSED, play, "mất điện"),
    ]
    assert told.reports[0].at == datetime.fromisoformat("2023-07-20T17:00:05+07:00")
    assert told.reports[0].media == "abc"
    assert [number for number, _why in told.problems] == [4, 5, 6, 7]


def test_a_device_that_said_nothing_has_no_state_and_no_log(way: Adapter, tmp_path: Path) -> None:
    assert (way.status(), way.log().reports) == (None, ())
    (tmp_path / STATUS).write_text(
        "lúc,đang phát,âm lượng\n20/07/2023 17:00:05,,70\n20/07/2023 17:00:35,"
        "00000000-0000-0000-0000-000000000001,65\n",
        "utf-8",
    )
    status = way.status()
    assert status is not None
    assert (status.playing, status.volume) == (UUID(int=1), 65)


def test_a_folder_that_is_gone_or_full_of_rubbish_is_said_so(way: Adapter, tmp_path: Path) -> None:
    with pytest.raises(NotDelivered, match="Cắm lại"):
        adapters()["csv"](tmp_path / "khong-co").stop(at=NOON)
    (tmp_path / LOG).write_bytes(b"\xff\x00" * 40)
    assert way.log().reports == ()
    (tmp_path / LOG).write_bytes(b"x" * (LARGEST + 1))
    with pytest.raises(NotDelivered, match="5 MB"):
        way.log()
