"""When somebody should look after a device, and what a device may ask and say. No database."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.broadcast.rules.airtime import MOST_DAYS_AHEAD

BEAT = timedelta(seconds=30)
"""How often a device says that it is there."""
DAYS_AHEAD = MOST_DAYS_AHEAD
"""How far ahead a device stores the programme: so long it airs without a line, and no longer, since it would not hear
that something was withdrawn."""
SILENT_AFTER = timedelta(minutes=10)
"""A device that is needed soon and was not heard for so long is looked after."""
NEEDED_WITHIN = timedelta(hours=1)
IDLE_SILENT_AFTER = timedelta(hours=24)
"""A station turns its amplifier off between sessions: then silence means nothing for a day."""
CLOCK_MAY_BE_OFF = timedelta(minutes=2)
_SECONDS_OF_A_DAY = 86400


class DeviceKind(models.TextChoices):
    """What a device is; its witness in the air log follows from it."""

    PLAYER = "player", gettext_lazy("máy phát (máy tính ở đài)")
    DEVICE = "device", gettext_lazy("cụm loa, thiết bị của nhà cung cấp")


class SpeakerState(models.TextChoices):
    """What a person saw and heard of a speaker."""

    WORKS = "works", gettext_lazy("Nghe tốt")
    FAULTY = "faulty", gettext_lazy("Hỏng, rè, nhỏ tiếng")
    OFF = "off", gettext_lazy("Tạm ngừng")


class Alarm(models.TextChoices):
    """Why somebody should look after a device."""

    SILENT = "silent", gettext_lazy("Mất liên lạc")
    CLOCK = "clock", gettext_lazy("Đồng hồ sai")


def alarm_of(
    *,
    heard_at: datetime | None,
    made_at: datetime,
    clock_off: int | None,
    needed_at: datetime | None,
    at: datetime,
    is_line_lost: bool = False,
) -> Alarm | None:
    """Why a device should be looked after at a moment; None for no reason.

    `needed_at` is when its next session begins, or the one that goes on began; None for none in the days ahead. A device
    that was never heard counts from the day its key was given out.
    """
    quiet = at - (heard_at or made_at)
    is_needed = needed_at is not None and needed_at - at <= NEEDED_WITHIN
    if quiet > (SILENT_AFTER if is_needed else IDLE_SILENT_AFTER) or (is_needed and is_line_lost):
        return Alarm.SILENT
    if clock_off is not None and timedelta(seconds=abs(clock_off)) > CLOCK_MAY_BE_OFF:
        return Alarm.CLOCK
    return None


def clock_in_words(seconds: int) -> str:
    """'đồng hồ thiết bị chạy trước 3 giờ 5 phút'; '' when it is near enough."""
    if timedelta(seconds=abs(seconds)) <= CLOCK_MAY_BE_OFF:
        return ""
    days, rest = divmod(abs(seconds), _SECONDS_OF_A_DAY)
    hours, minutes = divmod(rest // 60, 60)
    parts = [
        said % {"count": count}
        for said, count in (
            (_("%(count)s ngày"), days),
            (_("%(count)s giờ"), hours),
            (_("%(count)s phút"), minutes),
        )
        if count
    ]
    told = (
        _("đồng hồ thiết bị chạy trước %(much)s") if seconds > 0 else _("đồng hồ thiết bị chạy sau %(much)s")
    )
    return told % {"much": " ".join(parts)}


def etag_of(body: Mapping[str, Any]) -> str:
    """The tag of a schedule, in quotes: the same as long as it says the same."""
    told = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:32]}"'


def is_known_tag(header: str, tag: str) -> bool:
    """Whether an If-None-Match header names the tag, weakly or strongly."""
    given = {one.strip().removeprefix("W/") for one in header.split(",")}
    return tag in given or "*" in given


class NoSuchPart(Exception):
    """The part that was asked for lies outside of the file."""


def part_of(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte that a Range header asks for, of a file of `size`; None for all of it.

    Several parts, and what is no range in bytes, give all of it, as RFC 9110 allows. Raises `NoSuchPart`.
    """
    unit, is_there, asked = header.partition("=")
    first, has_dash, last = asked.strip().partition("-")
    if unit.strip().lower() != "bytes" or not is_there or not has_dash or "," in asked:
        return None
    if not all(one == "" or (one.isascii() and one.isdecimal() and len(one) < 16) for one in (first, last)):
        return None
    if not first and not last:
        return None
    if not first:
        length = min(int(last), size)
        if not length:
            raise NoSuchPart
        return size - length, size - 1
    begins = int(first)
    if last and int(last) < begins:
        return None
    if begins >= size:
        raise NoSuchPart
    return begins, min(int(last), size - 1) if last else size - 1
