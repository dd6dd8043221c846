"""The way by files: a folder that a device reads, on a memory stick or shared, with tables as CSV (docs/broadcast.md)."""

from __future__ import annotations

import csv
import hashlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from dinhlang.broadcast.actions.hearing import Report
from dinhlang.broadcast.players.adapters import Laid, NotDelivered, Status, Told
from dinhlang.broadcast.rules.airtime import VIETNAM
from dinhlang.broadcast.rules.log import Fact
from dinhlang.org.tables import csv_lines

SCHEDULE, SOUNDS, ORDERS, STATUS, LOG = (
    "lich-phat.csv",
    "am-thanh",
    "lenh.csv",
    "trang-thai.csv",
    "nhat-ky.csv",
)
LARGEST = 5 * 1024 * 1024
_SCHEDULE_HEAD = ("ngày", "giờ", "hết giờ", "buổi phát", "thứ tự", "mã mục", "tên", "giây", "tệp")
_ORDER_HEAD = ("lúc", "lệnh", "giá trị")
_FACTS = {"da-nhan": Fact.SENT, "da-phat": Fact.AIRED, "khong-phat": Fact.MISSED}
_OURS = re.compile(r"[0-9a-f]{64}\.\w{2,4}")
_ENDINGS = {"audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/wav": "wav", "audio/mp4": "m4a"}
_HIGHEST = 2**53 - 1


class CsvFolder:
    """A folder as `adapters.Adapter`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def schedule(self, body: Mapping[str, Any], sound: Callable[[str], bytes]) -> Laid:
        sounds = self.folder / SOUNDS
        kept: set[str] = set()
        silent: list[str] = []
        rows: list[tuple[str | int, ...]] = []
        with _said_plainly(self.folder):
            sounds.mkdir(exist_ok=True)
            for session in body["sessions"]:
                starts = datetime.fromisoformat(session["starts_at"])
                ends = datetime.fromisoformat(session["ends_at"])
                for order, play in enumerate(session["plays"], start=1):
                    name = _file_name(play)
                    if not name:
                        silent.append(play["title"])
                    elif name not in kept and not _is_whole(sounds / name, play["media"]):
                        _write_whole(sounds / name, sound(play["media"]))
                    if name:
                        kept.add(name)
                    rows.append(
                        (
                            f"{starts:%d/%m/%Y}", f"{starts:%H:%M:%S}", f"{ends:%H:%M:%S}", session["name"], order,
                            play["play"], play["title"], play["seconds"], name,
                        )
                    )  # fmt: skip
            _write_whole(self.folder / SCHEDULE, "".join(csv_lines(_SCHEDULE_HEAD, rows)).encode())
            # After the list, so that no list names what is not there.
            for file in sounds.iterdir():
                if _OURS.fullmatch(file.name) and file.name not in kept:
                    file.unlink()
        return Laid(len(rows), tuple(silent))

    def play(self, play: UUID, *, at: datetime) -> None:
        self._order("phat", str(play), at)

    def stop(self, *, at: datetime) -> None:
        self._order("dung", "", at)

    def volume(self, percent: int, *, at: datetime) -> None:
        self._order("am-luong", str(max(0, min(100, percent))), at)

    def _order(self, order: str, value: str, at: datetime) -> None:
        """Written under the earlier ones: a device that was away sees all, and obeys the last."""
        row = (at.astimezone(VIETNAM).isoformat(timespec="seconds"), order, value)
        with _said_plainly(self.folder):
            file = self.folder / ORDERS
            before = file.read_bytes() if file.exists() else b""
            lines = list(csv_lines(_ORDER_HEAD, [row]))
            _write_whole(file, before + "".join(lines[1:] if before else lines).encode())

    def status(self) -> Status | None:
        last: Status | None = None
        for _number, row in self._rows(STATUS):
            moment = _moment(row.get("lúc", ""))
            if moment is not None:
                volume = row.get("âm lượng", "")
                last = Status(
                    moment, _uid(row.get("đang phát", "")), int(volume) if _is_number(volume) else None
                )
        return last

    def log(self) -> Told:
        reports: list[Report] = []
        problems: list[tuple[int, str]] = []
        for number, row in self._rows(LOG):
            found = _report(row)
            if isinstance(found, str):
                problems.append((number, found))
            else:
                reports.append(found)
        return Told(tuple(reports), tuple(problems))

    def _rows(self, name: str) -> Iterator[tuple[int, dict[str, str]]]:
        """The rows of a table of the device by their line; none when there is no table."""
        file = self.folder / name
        with _said_plainly(self.folder):
            if not file.exists():
                return
            if file.stat().st_size > LARGEST:
                raise NotDelivered(
                    _("Tệp %(name)s của thiết bị lớn hơn 5 MB. Xóa các dòng cũ đã nhận.") % {"name": name}
                )
            text = file.read_bytes().decode("utf-8-sig", errors="replace").replace("\0", "")
        lines = text.splitlines()
        mark = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
        try:
            for number, row in enumerate(csv.DictReader(lines, delimiter=mark), start=2):
                yield (
                    number,
                    {str(key).strip().lower(): str(value or "").strip() for key, value in row.items()},
                )
        except csv.Error:
            raise NotDelivered(_("Tệp %(name)s của thiết bị không đọc được.") % {"name": name}) from None


class _said_plainly:  # noqa: N801  # read as a word before a block
    """Turns what the machine says about a folder into a sentence."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> None:
        if not self._folder.is_dir():
            raise NotDelivered(
                _("Không thấy thư mục “%(folder)s”. Cắm lại thẻ nhớ hoặc mở lại thư mục dùng chung.")
                % {"folder": self._folder}
            )

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, OSError):
            raise NotDelivered(
                _("Không đọc, ghi được thư mục “%(folder)s”. Kiểm tra thẻ nhớ còn chỗ và không bị khóa ghi.")
                % {"folder": self._folder}
            ) from error


def _report(row: Mapping[str, str]) -> Report | str:
    """What a line says, or why it cannot be read."""
    sequence, play, at = row.get("số", ""), _uid(row.get("mã mục", "")), _moment(row.get("từ", ""))
    fact = _FACTS.get(row.get("việc", ""))
    ended = row.get("đến", "")
    ended_at = _moment(ended)
    if not _is_number(sequence):
        return _("cột “số” phải là số nguyên")
    if fact is None:
        return _("cột “việc” không đúng")
    if play is None:
        return _("cột “mã mục” không đúng")
    if at is None or (ended and ended_at is None):
        return _("giờ phải ghi như 20/07/2023 17:00:05")
    media = row.get("tệp", "").partition(".")[0]
    return Report(int(sequence), fact, play, at, ended_at, media, row.get("ghi chú", "")[:500])


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 17 and int(text) <= _HIGHEST


def _uid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    """A moment as devices write it: ISO 8601, or as people do; without a zone it is Vietnam's."""
    day = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4}) (\d\d:\d\d:\d\d)", text)
    try:
        found = datetime.fromisoformat(f"{day[3]}-{day[2]}-{day[1]}T{day[4]}" if day else text)
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=VIETNAM)


def _file_name(play: Mapping[str, Any]) -> str:
    return f"{play['media']}.{_ENDINGS.get(play['type'], 'bin')}" if play["media"] else ""


def _is_whole(file: Path, sha256: str) -> bool:
    """Memory sticks are pulled out while they are written."""
    return file.is_file() and hashlib.sha256(file.read_bytes()).hexdigest() == sha256


def _write_whole(path: Path, content: bytes) -> None:
    """The whole file or none: a device that reads meanwhile never sees half of it."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".dang-ghi-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
