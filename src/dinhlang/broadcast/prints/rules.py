"""Sheets in plain values: their sizes, what may stand on them, when they may be printed, from how far they are read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from urllib.parse import urlsplit

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.broadcast.rules.script import plain, sentences
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese.text import fold, one_line

TITLE_LENGTH = 200
LEAD_LENGTH = 600
BODY_LENGTH = 6000
SHORT_LENGTH = 200
ADDRESS_LENGTH = 1000
PLACE_LENGTH = 200
MOST_COPIES = 1_000_000
# Cloth as shops sell it, in metres.
WIDTHS = (Decimal("1"), Decimal("20"))
HEIGHTS = (Decimal("0.4"), Decimal("3"))
DISTANCES = (5, 300)
# A capital is read with ease from 200 times its height. Shops count with 300 for plain Latin letters; ours carry marks
# above and below, so we ask for more. Our own choice, no rule of law.
READ_FROM = 200
FINE_DPI = 300
HEAD, BULLET = "## ", "- "
# About how many letters of a text a sheet takes at a size that is still read with ease.
_ROOM = {"to-roi": 900, "ap-phich": 420, "bang-ron": 0, "bang-tin": 2200}


class Form(models.TextChoices):
    """What is printed."""

    LEAFLET = "to-roi", gettext_lazy("Tờ rơi A5")
    POSTER = "ap-phich", gettext_lazy("Áp phích A3")
    BANNER = "bang-ron", gettext_lazy("Băng rôn")
    BOARD = "bang-tin", gettext_lazy("Tờ bảng tin A4")


SIZES = {Form.LEAFLET: (148, 210), Form.POSTER: (297, 420), Form.BOARD: (210, 297)}
"""Width and height in millimetres after cutting."""

PICTURE_MM = {Form.LEAFLET: (154, 95), Form.POSTER: (303, 163), Form.BOARD: (174, 62)}
"""The room of the picture, bleed and all."""


class NotReady(Refused):
    """What stands against printing."""


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on a sheet. `body` is lines: '## ' begins a heading, '- ' a point, others are paragraphs."""

    title: str
    lead: str = ""
    body: str = ""
    contact: str = ""
    picture_alt: str = ""


@dataclass(frozen=True, slots=True)
class Cloth:
    """A banner: metres wide and high, and from how many metres it is to be read."""

    width: Decimal = Decimal("6")
    height: Decimal = Decimal("0.8")
    distance: int = 30

    @property
    def size(self) -> str:
        return f"{_metres(self.width)} × {_metres(self.height)}"


USUAL_CLOTH = Cloth()


@dataclass(frozen=True, slots=True)
class PrintOrigin:
    """Something published that a print is made from, as the room above tells it: the seam between them.

    `kind`, `key` and `digest` as in `broadcast.rules.sources.Origin`. `address` is the whole public address the QR code
    leads to, `picture` the SHA-256 of a stored picture or ''.
    """

    kind: str
    key: str
    digest: str
    words: Words
    address: str
    picture: str = ""
    reform_field: str = ""
    task: int | None = None


def fit(words: Words) -> Words:
    """The words as they are kept. Raises `Unfit` for a field that is empty or too long."""
    made = Words(
        one_line(words.title),
        one_line(words.lead),
        _body(words.body),
        one_line(words.contact),
        one_line(words.picture_alt),
    )
    if not made.title:
        raise Unfit(_("Chưa có dòng chữ lớn. Ghi tiêu đề rồi lưu lại."), "title")
    most = {
        "title": TITLE_LENGTH,
        "lead": LEAD_LENGTH,
        "body": BODY_LENGTH,
        "contact": SHORT_LENGTH,
        "picture_alt": SHORT_LENGTH,
    }
    for name, length in most.items():
        if len(getattr(made, name)) > length:
            raise Unfit(
                _("Dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.")
                % {"length": len(getattr(made, name)), "most": length},
                name,
            )
    return made


def _body(text: str) -> str:
    # Headings and points are ours; every other sign of markup is taken for what it is not.
    kept: list[str] = []
    for line in text.splitlines():
        mark = _mark(line)
        said = one_line(plain(line[len(mark) :]))
        if said:
            kept.append(mark + said)
    return "\n".join(kept)


def _mark(line: str) -> str:
    return next((mark for mark in (HEAD, BULLET) if line.startswith(mark)), "")


def check_cloth(cloth: Cloth) -> None:
    """Raise `Unfit` for cloth that no shop has."""
    for name, value, (least, most) in (
        ("width", cloth.width, WIDTHS),
        ("height", cloth.height, HEIGHTS),
        ("distance", Decimal(cloth.distance), DISTANCES),
    ):
        if not least <= value <= most:
            raise Unfit(
                _("Ghi số mét từ %(least)s đến %(most)s.") % {"least": _metres(least), "most": _metres(most)},
                name,
            )


def _metres(value: Decimal | int) -> str:
    return f"{Decimal(value).normalize():f}".replace(".", ",")


def check_address(address: str) -> str:
    """The address that the code leads to, or '' for none. Raises `Unfit` for what is no whole address of the web."""
    address = address.strip()
    parts = urlsplit(address)
    if address and (
        parts.scheme not in ("http", "https") or not parts.netloc or len(address) > ADDRESS_LENGTH
    ):
        raise Unfit(_("Địa chỉ phải bắt đầu bằng http:// hoặc https://. Sửa lại hoặc để trống."), "address")
    return address


def shown_address(address: str) -> str:
    """How an address is printed for people who type: whole when it is short, else its host."""
    parts = urlsplit(address)
    host = parts.netloc.removeprefix("www.")
    whole = f"{host}{parts.path}".rstrip("/")
    return whole if len(whole) <= 40 else host


def digest(words: Words, *, form: str, picture: str, address: str, cloth: Cloth) -> str:
    """SHA-256 of what is approved and printed: the same words on the same sheet give the same."""
    said = {**asdict(words), "form": form, "picture": picture, "address": address}
    if form == Form.BANNER:
        said |= {"width": _metres(cloth.width), "height": _metres(cloth.height)}
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def said_in(words: Words) -> str:
    """All that a source says, one sentence in a line: what `is_word_for_word` asks."""
    return "\n".join(_sentences(words))


def is_word_for_word(words: Words, source: str) -> bool:
    """Whether every sentence of the sheet is a whole sentence of the source: leaving out needs no approval, saying does.

    Parts of sentences do not count: what is cut out of the middle can say the opposite.
    """
    known = {_plain_sentence(line) for line in source.splitlines()}
    return all(_plain_sentence(one) in known for one in _sentences(words))


def _sentences(words: Words) -> Iterable[str]:
    for line in (words.title, words.lead, *words.body.splitlines(), words.contact, words.picture_alt):
        yield from sentences(line[len(_mark(line)) :])


def _plain_sentence(text: str) -> str:
    return one_line(text).casefold().rstrip(".!:;")


def shortened(words: Words, form: str) -> Words:
    """Words for a sheet of this form: whole lines from the beginning, as many as it has room for."""
    room, kept = _ROOM[form], []
    for line in words.body.splitlines():
        room -= len(line)
        if room < 0:
            break
        kept.append(line)
    while kept and kept[-1].startswith(HEAD):
        kept.pop()
    is_banner = form == Form.BANNER
    return Words(
        words.title,
        "" if is_banner else words.lead,
        "\n".join(kept),
        "" if is_banner else words.contact,
        "" if is_banner else words.picture_alt,
    )


def ways_to_break(title: str, most: int = 3) -> list[list[str]]:
    """The title in one to `most` lines of about one length, for a banner: the template takes the one with the largest letters."""
    parts = title.split()
    return [_broken(parts, lines) for lines in range(1, min(most, len(parts)) + 1)]


def _broken(parts: Sequence[str], lines: int) -> list[str]:
    """The narrowest way to lay the words into so many lines."""
    least, most = max(map(len, parts)), len(" ".join(parts))
    while least < most:
        width = (least + most) // 2
        if len(_filled(parts, width)) <= lines:
            most = width
        else:
            least = width + 1
    return _filled(parts, least)


def _filled(parts: Sequence[str], width: int) -> list[str]:
    found = [""]
    for part in parts:
        longer = f"{found[-1]} {part}".strip()
        if len(longer) <= width or not found[-1]:
            found[-1] = longer
        else:
            found.append(part)
    return found


@dataclass(frozen=True, slots=True)
class Letters:
    """How large a banner's capitals are, in centimetres, from how many metres they are read, and what was asked."""

    height_cm: int
    read_from: int
    asked: int

    @property
    def is_enough(self) -> bool:
        return self.read_from >= self.asked


def letters(cap_mm: float, distance: int) -> Letters:
    """Of the height of a capital on the sheet at 1:10, in millimetres."""
    real_mm = cap_mm * 10
    return Letters(round(real_mm / 10), int(real_mm * READ_FROM / 1000), distance)


def dots_to_the_inch(form: str, width: int, height: int) -> int:
    """How fine a picture of so many dots is when it fills its room on the sheet; 0 for a form without one."""
    if form not in PICTURE_MM:
        return 0
    room_width, room_height = PICTURE_MM[Form(form)]
    return int(min(width / room_width, height / room_height) * 25.4)


class Standing(models.TextChoices):
    """How a place of the register stands on a day."""

    HANGS = "treo", gettext_lazy("Đang treo")
    OVERDUE = "qua-han", gettext_lazy("Quá hạn, chưa tháo")
    DOWN = "da-thao", gettext_lazy("Đã tháo")
    HANDED_OUT = "da-phat", gettext_lazy("Đã phát")
    TAKEN_BACK = "ghi-nham", gettext_lazy("Ghi nhầm, đã rút")


def standing(
    *, until: date | None, taken_down_on: date | None, is_taken_back: bool, is_handed_out: bool, on: date
) -> Standing:
    """How a place stands on a day. On its last day it still hangs."""
    if is_taken_back:
        return Standing.TAKEN_BACK
    if is_handed_out:
        return Standing.HANDED_OUT
    if taken_down_on is not None:
        return Standing.DOWN
    return Standing.OVERDUE if until is not None and until < on else Standing.HANGS


def check_place(*, form: str, starts_on: date, until: date | None, copies: int, left: int, on: date) -> None:
    """Raise `Unfit` for what cannot be: days to come, an end before the beginning, more copies than were printed."""
    if starts_on > on:
        raise Unfit(_("Ngày này chưa tới. Treo, phát xong rồi ghi."), "starts_on")
    if form != Form.LEAFLET and until is None:
        raise Unfit(_("Ghi treo đến hết ngày nào, để máy nhắc tháo."), "until")
    if until is not None and until < starts_on:
        raise Unfit(_("Ngày hết hạn đứng trước ngày treo. Sửa lại một trong hai."), "until")
    if copies > left:
        raise Unfit(
            _("Chỉ còn %(left)s bản đã in mà chưa ghi nơi treo, phát. Ghi lần in trước, hoặc sửa số bản.")
            % {"left": left},
            "copies",
        )


def folded(words: Words) -> str:
    """All words without marks, for search."""
    return fold(" ".join((words.title, words.lead, words.body)))
