"""When a device is looked after, and parts of files."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dinhlang.broadcast.players.rules import (
    Alarm,
    NoSuchPart,
    alarm_of,
    clock_in_words,
    etag_of,
    is_known_tag,
    part_of,
)

NOON = datetime.fromisoformat("2023-07-20T12:00:00+07:00")
LONG_AGO = NOON - timedelta(days=30)


@pytest.mark.parametrize(
    ("quiet", "needed_in", "clock_off", "alarm"),
    [
        (timedelta(minutes=1), timedelta(minutes=5), 0, None),
        (timedelta(minutes=11), timedelta(minutes=5), 0, Alarm.SILENT),
        (timedelta(minutes=11), -timedelta(minutes=5), 0, Alarm.SILENT),
        # The amplifier is off between sessions.
        (timedelta(hours=9), timedelta(hours=5), 0, None),
        (timedelta(hours=9), None, 0, None),
        (timedelta(hours=25), None, 0, Alarm.SILENT),
        (timedelta(minutes=1), None, 3 * 3600, Alarm.CLOCK),
        (timedelta(minutes=1), None, -3 * 3600, Alarm.CLOCK),
        (timedelta(minutes=1), None, 60, None),
        # What is not heard has no clock to be asked about.
        (timedelta(hours=25), None, 3 * 3600, Alarm.SILENT),
    ],
)
def test_silence_is_an_alarm_when_the_device_is_needed(
    quiet: timedelta, needed_in: timedelta | None, clock_off: int, alarm: Alarm | None
) -> None:
    needed_at = NOON + needed_in if needed_in is not None else None
    found = alarm_of(
        heard_at=NOON - quiet, made_at=LONG_AGO, clock_off=clock_off, needed_at=needed_at, at=NOON
    )
    assert found is alarm


def test_a_device_that_never_spoke_has_a_day_from_when_its_key_was_given_out() -> None:
    made = {"heard_at": None, "clock_off": None, "needed_at": None, "at": NOON}
    assert alarm_of(made_at=NOON - timedelta(hours=23), **made) is None
    assert alarm_of(made_at=NOON - timedelta(hours=25), **made) is Alarm.SILENT


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, ""),
        (-119, ""),
        (3 * 3600 + 300, "đồng hồ thiết bị chạy trước 3 giờ 5 phút"),
        (-7 * 3600, "đồng hồ thiết bị chạy sau 7 giờ"),
        (-2 * 86400 - 60, "đồng hồ thiết bị chạy sau 2 ngày 1 phút"),
    ],
)
def test_a_wrong_clock_is_said_in_words(seconds: int, said: str) -> None:
    assert clock_in_words(seconds) == said


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("", None),
        ("bytes=0-9", (0, 9)),
        ("bytes=90-", (90, 99)),
        ("bytes=-10", (90, 99)),
        ("bytes=-1000", (0, 99)),
        ("bytes=0-1000", (0, 99)),
        ("bytes=9-0", None),
        ("bytes=0-1,5-6", None),
        ("items=0-1", None),
        ("bytes=a-b", None),
        ("bytes=-", None),
        ("bytes=" + "9" * 40 + "-", None),
    ],
)
def test_a_part_of_a_file(header: str, part: tuple[int, int] | None) -> None:
    assert part_of(header, 100) == part


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=-0", "bytes=500-600"])
def test_a_part_outside_of_the_file_is_none(header: str) -> None:
    with pytest.raises(NoSuchPart):
        part_of(header, 100)


@given(st.binary(min_size=1, max_size=60), st.integers(1, 20))
def test_parts_one_after_the_other_are_the_file(data: bytes, step: int) -> None:
    found = b""
    while len(found) < len(data):
        part = part_of(f"bytes={len(found)}-{len(found) + step - 1}", len(data))
        assert part is not None
        found += data[part[0] : part[1] + 1]
    assert found == data


def test_a_schedule_that_says_the_same_has_the_same_tag() -> None:
    assert etag_of({"a": 1, "b": [2]}) == etag_of({"b": [2], "a": 1}) != etag_of({"a": 1, "b": [3]})
    tag = etag_of({})
    assert is_known_tag(f'"x", W/{tag}', tag)
    assert not is_known_tag("", tag)
