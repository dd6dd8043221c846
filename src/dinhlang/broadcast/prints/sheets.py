"""A print as PDF and as a picture: for the printer in the office, or for a shop with bleed, crop marks and press colours."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast.models import Print
from dinhlang.broadcast.prints import rules
from dinhlang.broadcast.prints.rules import BULLET, HEAD, SIZES, Form, Letters
from dinhlang.org import queries as org
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.qr import qr_svg
from dinhlang.org.rules import printed_day
from dinhlang.org.typesetting import Typesetter
from dinhlang.vietnamese.numbers import printed
from dinhlang.work import blobs

_FILE = Path(__file__).with_name("sheets.typ")
# A sheet is read from afar: letters without serifs, from the folder of the family that other papers are set in.
_FAMILIES = ("Liberation Sans", "Arial", "Noto Sans")
_READING = (18.0, 16.5, 15.0, 13.5, 12.0, 11.0)
_SHOWN_PIXELS = 620


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of a sheet once it is set: which parts do not fit, a banner's letters, how fine its picture is."""

    too_long: tuple[str, ...] = ()
    letters: Letters | None = None
    dpi: int | None = None
    pages: int = 1

    @property
    def fits(self) -> bool:
        return not self.too_long


@kept_in_vietnamese
def pdf(made: Print, *, on: date, shop: bool) -> bytes:
    """The sheet as PDF. `shop` adds 3 mm of bleed, crop marks and the colours of the press. One that is not cleared says so."""
    return _typesetter().pdf(_document(made, on=on, shop=shop))


@kept_in_vietnamese
def pictures(made: Print, *, on: date, ppi: float, shop: bool = False) -> list[bytes]:
    """Its pages as PNG, so many dots to the inch."""
    return _typesetter().pictures(_document(made, on=on, shop=shop), ppi=ppi)


@kept_in_vietnamese
def shown(made: Print, *, on: date) -> list[bytes]:
    """Its pages as small pictures for a page of the desk."""
    return pictures(made, on=on, ppi=_SHOWN_PIXELS / (_size(made)[0] / 25.4))


@kept_in_vietnamese
def look(made: Print, *, on: date) -> Look:
    """How the sheet comes out."""
    document = _document(made, on=on, shop=False)
    told = _typesetter().told(document, "fit")
    sizes = {one["name"]: one["size"] for one in told}
    picture = getattr(made.picture, "picture", None) if made.picture is not None else None
    return Look(
        too_long=tuple(str(_PARTS[one["name"]]()) for one in told if not one["fits"]),
        letters=rules.letters(sizes["letters"], made.distance) if "letters" in sizes else None,
        dpi=rules.dots_to_the_inch(made.form, picture.width, picture.height) if picture else None,
        pages=int(sizes.get("pages", 2 if made.form == Form.LEAFLET else 1)),
    )


_PARTS = {"title": lambda: _("dòng chữ lớn và lời dẫn"), "lines": lambda: _("nội dung")}


def _document(made: Print, *, on: date, shop: bool) -> dict[str, Any]:
    document = _plain_document(made, on=on, shop=shop)
    if made.form != Form.BOARD:
        return document
    # One page in the largest letters that allow it, else as many as it takes in the smallest.
    for reading in _READING:
        document["reading"] = reading
        [pages] = [one["size"] for one in _typesetter().told(document, "fit") if one["name"] == "pages"]
        if pages == 1:
            break
    return document


def _plain_document(made: Print, *, on: date, shop: bool) -> dict[str, Any]:
    body = org.title_of(made.unit, on)
    return {
        "form": _TEMPLATES[Form(made.form)],
        "size": list(_size(made)),
        "shop": shop,
        "draft": "" if made.is_cleared else _draft_word(made),
        "slug": _slug(made, body),
        "title": made.title,
        "body": _("Ủy ban nhân dân %(name)s") % {"name": body},
        "lead": made.lead,
        "lines": list(_lines(made.body)),
        "rows": rules.ways_to_break(made.title) if made.form == Form.BANNER else [],
        "picture": _picture(made) if made.picture_id and made.form != Form.BANNER else "",
        "picture_alt": made.picture_alt,
        "qr": qr_svg(made.address) if made.address else "",
        "qr_words": _("Quét mã để đọc toàn văn"),
        "address": rules.shown_address(made.address) if made.address else "",
        "contact": made.contact,
        "foot": _foot(made, on),
        "reading": 14.0,
        "posted": [_("Niêm yết từ ngày"), _("đến hết ngày")],
    }


_TEMPLATES = {Form.LEAFLET: "leaflet", Form.POSTER: "poster", Form.BANNER: "banner", Form.BOARD: "board"}


def _draft_word(made: Print) -> str:
    return _("ĐÃ THU HỒI") if made.withdrawn_at is not None else _("BẢN NHÁP, CHƯA DUYỆT")


def _size(made: Print) -> tuple[float, float]:
    """Millimetres after cutting; of a banner at 1:10, since a page of PDF is at most five metres wide."""
    if made.form == Form.BANNER:
        return float(made.width * 100), float(made.height * 100)
    width, height = SIZES[Form(made.form)]
    return float(width), float(height)


def _slug(made: Print, body: str) -> str:
    if made.form == Form.BANNER:
        size = _("khổ thật %(width)s × %(height)s m, tệp tỷ lệ 1:10") % {
            "width": printed(float(made.width)),
            "height": printed(float(made.height)),
        }
    else:
        width, height = SIZES[Form(made.form)]
        size = _("khổ thành phẩm %(width)s × %(height)s mm") % {"width": width, "height": height}
    return " · ".join(
        (
            body,
            made.get_form_display(),
            _("ấn phẩm số %(number)s") % {"number": made.pk},
            size,
            _("chừa xén 3 mm"),
        )
    )


def _foot(made: Print, on: date) -> str:
    """What leads from the paper back to the register: number, day, the head of the digest of its words."""
    said = [_("Ấn phẩm số %(number)s") % {"number": made.pk}]
    if made.approved_at is not None and made.approved_digest == made.digest:
        said.append(_("duyệt ngày %(day)s") % {"day": printed_day(localdate(made.approved_at))})
    said.append(_("lập ngày %(day)s") % {"day": printed_day(on)})
    said.append(made.digest[:8])
    return " · ".join(said)


def _lines(body: str) -> Iterator[dict[str, Any]]:
    for line in body.splitlines():
        head, bullet = line.startswith(HEAD), line.startswith(BULLET)
        text = line[len(HEAD) :] if head else line[len(BULLET) :] if bullet else line
        yield {"text": text, "head": head, "bullet": bullet}


def _picture(made: Print) -> str:
    """The picture inside an SVG: what reaches the template is words, and a picture's bytes are none."""
    from PIL import Image

    if made.picture is None:
        return ""
    data = blobs.read(made.picture)
    with Image.open(BytesIO(data)) as opened:
        width, height = opened.size
        if opened.format not in ("JPEG", "PNG"):
            held = BytesIO()
            opened.convert("RGB").save(held, "JPEG", quality=92)
            data = held.getvalue()
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    inside = f"data:{kind};base64,{base64.b64encode(data).decode()}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}">'
        f'<image width="{width}" height="{height}" href="{inside}"/></svg>'
    )


@lru_cache(maxsize=1)
def _typesetter() -> Typesetter:
    return Typesetter(_FILE, first=_FAMILIES)
