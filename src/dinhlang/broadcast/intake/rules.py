"""The file form of a bulletin, what a document says as one, and what is refused: plain values, no database.

A bulletin file is JSON, `{"form": "dinhlang-bulletin", "version": 1, "sender": …, "key": …, "title": …, …}`, with the
recording inside it as base64 where there is one. docs/broadcast.md names the parts.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.broadcast.rules.kinds import Kind, Language, Priority
from dinhlang.broadcast.rules.sources import Received
from dinhlang.broadcast.rules.words import NAME_LENGTH, SCRIPT_LENGTH, TITLE_LENGTH
from dinhlang.org.rules import Unfit
from dinhlang.vietnamese.text import one_line

FORM, VERSION = "dinhlang-bulletin", 1
LONGEST_SOUND = 30 * 1024 * 1024
# What any program can put into an address and read back out of it.
_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:-]{0,119}", re.ASCII)
_TEXTS = {
    "sender": 200,
    "reference": 120,
    "title": TITLE_LENGTH,
    "script": SCRIPT_LENGTH,
    "writer": NAME_LENGTH,
}
_KNOWN = frozenset({*_TEXTS, "form", "version", "key", "kind", "priority", "language", "valid_from", "valid_until", "recording"})  # fmt: skip
_PRIORITIES = {"thuong": Priority.ORDINARY, "uu-tien": Priority.URGENT, "khan-cap": Priority.EMERGENCY}
_PRIORITY_NAMES = {value: name for name, value in _PRIORITIES.items()}
# The first bytes of what phones, browsers and stations record.
_SOUND = (b"ID3", b"OggS", b"fLaC", b"\x1a\x45\xdf\xa3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2", b"\xff\xf1", b"\xff\xf9")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Came:
    """What a file says: the bulletin, a recording (or b''), and what a person should look at before it is passed on."""

    received: Received
    recording: bytes = b""
    told: tuple[str, ...] = ()


def is_sound(data: bytes) -> bool:
    """Whether the bytes begin as a sound file does."""
    if data.startswith(_SOUND):
        return True
    return (data[:4] == b"RIFF" and data[8:12] == b"WAVE") or data[4:8] == b"ftyp"


def is_bulletin_file(data: bytes) -> bool:
    """Whether the bytes are meant as the file form of a bulletin."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def read_file(data: bytes) -> Came:
    """The bulletin in a file of the form. Raises `Unfit` with what is wrong in it."""
    try:
        said = json.loads(data.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Unfit(_("Tệp bản tin hỏng hoặc không phải JSON. Xin nơi gửi xuất lại tệp."), "file") from None
    if not isinstance(said, dict) or said.get("form") != FORM:
        raise Unfit(_("Tệp JSON này không phải tệp bản tin. Chọn tệp bản tin do cấp trên gửi."), "file")
    if said.get("version") != VERSION:
        raise Unfit(
            _("Tệp bản tin theo mẫu số %(version)s, phần mềm này đọc mẫu số %(ours)s. Cập nhật phần mềm.")
            % {"version": one_line(str(said.get("version")))[:20], "ours": VERSION},
            "file",
        )
    try:
        return Came(received_of(said), _recording(said.get("recording")))
    except Unfit as reason:
        raise Unfit(str(reason), "file") from None


def _no_number(name: str) -> None:
    raise ValueError(name)


def received_of(said: Mapping[str, Any]) -> Received:
    """The values of a message as a bulletin. Raises `Unfit` that names the part."""
    unknown = sorted(str(name) for name in said if name not in _KNOWN)
    if unknown:
        raise Unfit(
            _("Bản tin có phần không rõ: %(names)s. Bỏ phần đó rồi gửi lại.")
            % {"names": one_line(", ".join(unknown))[:120]},
            "message",
        )
    texts = {name: _text(said, name, most) for name, most in _TEXTS.items()}
    return Received(
        sender=one_line(texts["sender"]),
        title=texts["title"],
        script=texts["script"],
        writer=texts["writer"],
        reference=texts["reference"],
        key=checked_key(said.get("key", "")),
        kind=_one_of(said, "kind", Kind.NOTICE, Kind.values),
        priority=_PRIORITIES[_one_of(said, "priority", "thuong", list(_PRIORITIES))],
        language=_one_of(said, "language", Language.VIETNAMESE, Language.values),
        valid_from=_day(said, "valid_from"),
        valid_until=_day(said, "valid_until"),
    )


def checked_key(key: object) -> str:
    """The sender's own mark of a message, '' for none. Raises `Unfit` for one that no address could carry."""
    if key == "":
        return ""
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        raise Unfit(
            _("Mã của bản tin chỉ gồm chữ không dấu, chữ số, dấu chấm, gạch và hai chấm, tối đa 120 ký tự."),
            "key",
        )
    return key


def _text(said: Mapping[str, Any], name: str, most: int) -> str:
    value = said.get(name, "")
    if not isinstance(value, str):
        raise Unfit(_("Phần “%(name)s” của bản tin phải là chữ.") % {"name": name}, name)
    if len(value) > most:
        raise Unfit(
            _("Phần “%(name)s” của bản tin dài %(length)s ký tự, tối đa %(most)s.")
            % {"name": name, "length": len(value), "most": most},
            name,
        )
    return value.replace("\0", "")


def _one_of(said: Mapping[str, Any], name: str, usual: str, known: list[str]) -> str:
    value = said.get(name, usual)
    if value not in known:
        raise Unfit(
            _("Phần “%(name)s” của bản tin chỉ nhận: %(known)s.") % {"name": name, "known": ", ".join(known)},
            name,
        )
    return str(value)


def _day(said: Mapping[str, Any], name: str) -> date | None:
    value = said.get(name)
    if value is None or value == "":
        return None
    try:
        day = date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Unfit(_("Phần “%(name)s” của bản tin viết như 2026-07-20.") % {"name": name}, name) from None
    if not 2000 <= day.year <= 2098:
        raise Unfit(_("Phần “%(name)s” của bản tin có năm không đúng.") % {"name": name}, name)
    return day


def _recording(said: object) -> bytes:
    if said is None:
        return b""
    if not isinstance(said, dict) or set(said) - {"sha256", "type", "base64"}:
        raise Unfit(_("Bản ghi âm trong bản tin phải kèm mã băm SHA-256."), "recording")
    try:
        data = base64.b64decode(said.get("base64") or "", validate=True)
    except (binascii.Error, TypeError, ValueError):
        raise Unfit(_("Bản ghi âm trong tệp bị hỏng. Xin nơi gửi xuất lại tệp."), "recording") from None
    if len(data) > LONGEST_SOUND:
        raise Unfit(
            _("Bản ghi âm nặng quá %(most)s MB. Xin tệp MP3.") % {"most": LONGEST_SOUND // 1048576},
            "recording",
        )
    # Cut on the way: what was approved above is not what came.
    if sha256(data).hexdigest() != said.get("sha256"):
        raise Unfit(
            _("Bản ghi âm trong tệp không khớp mã băm, có thể bị cắt mất một phần. Xin gửi lại tệp."),
            "recording",
        )
    return data


def as_file(received: Received, recording: bytes, media_type: str) -> bytes:
    """The file form of a bulletin; `read_file` gives the same back."""
    said: dict[str, Any] = {
        "form": FORM,
        "version": VERSION,
        "sender": received.sender,
        "key": received.key,
        "reference": received.reference,
        "title": received.title,
        "script": received.script,
        "writer": received.writer,
        "kind": received.kind,
        "priority": _PRIORITY_NAMES[Priority(received.priority)],
        "language": received.language,
        "valid_from": received.valid_from.isoformat() if received.valid_from else None,
        "valid_until": received.valid_until.isoformat() if received.valid_until else None,
    }
    if recording:
        said["recording"] = {
            "sha256": sha256(recording).hexdigest(),
            "type": media_type,
            "base64": base64.b64encode(recording).decode(),
        }
    return json.dumps(said, ensure_ascii=False, indent=1).encode()


def as_message(received: Received) -> bytes:
    """What a machine sent, as it is kept: the same message gives the same bytes."""
    return as_file(received, b"", "")


def lines_as_bulletin(text: str) -> tuple[str, str]:
    """Title and script of plain text: the first line that says something, and the rest."""
    lines = [line.strip() for line in text.replace("\f", "\n").split("\n")]
    told = list(_without_blanks(lines))
    if not told:
        return "", ""
    return one_line(told[0])[:TITLE_LENGTH], "\n".join(told[1:]).strip() or told[0]


def _without_blanks(lines: list[str]) -> Iterator[str]:
    before = ""
    for line in lines:
        if line or before:
            yield line
        before = line
