"""Sheets to print and hang: one procedure on A4 or A3, and QR codes that lead to the public pages. PDF by typst.

What a sheet says is the published text, whole; nothing is shortened. The words reach typst as data, never as markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.qr import qr_svg
from dinhlang.org.rules import printed_day
from dinhlang.org.typesetting import Typesetter
from dinhlang.procedures.queries import Page
from dinhlang.procedures.rules import STANDING_WORDS, Sheet, Standing
from dinhlang.procedures.rules.changes import CHANNEL_WORDS, PART_WORDS, count_words

PAPERS = ("a4", "a3")
_FILE = Path(__file__).with_name("notice.typ")
_TEXTS = ("steps", "applicants", "decided_by", "carried_out_by", "cooperating", "reception", "conditions")


@dataclass(frozen=True, slots=True)
class Code:
    """One QR code: where it leads, and what stands under it."""

    address: str
    name: str
    code: str = ""


def notice(page: Page, *, body: str, address: str, paper: str, on: date, hotline: str = "") -> bytes:
    """The sheet of one procedure as PDF. `body` is the commune, `address` the public page the QR leads to.

    `paper` is one of `PAPERS`; `ValueError` for anything else. `hotline` is where people say what is wrong with a rule,
    which must hang beside the procedures (NĐ 63/2010/NĐ-CP, NĐ 92/2017/NĐ-CP).
    """
    if paper not in PAPERS:
        raise ValueError(paper)
    sheet = page.sheet
    decision = sheet.decision or next((one.decision.number for one in page.events if one.decision), "")
    said = [
        _("Mã thủ tục: %(code)s") % {"code": page.code},
        _("Lĩnh vực: %(field)s") % {"field": sheet.field},
    ]
    if decision:
        said.append(_("Quyết định: %(number)s") % {"number": decision})
    banner = _banner(page)
    foot = _("In ngày %(day)s, bản %(number)s") % {"day": printed_day(on), "number": page.version.number}
    if hotline:
        foot += " · " + _("Phản ánh, kiến nghị: %(hotline)s") % {"hotline": hotline}
    return _typesetter().pdf(
        {
            "kind": "notice",
            "paper": paper,
            "title": sheet.name,
            "body": body,
            "code_line": " · ".join(said),
            "banner": banner,
            "qr": qr_svg(address),
            "qr_words": _("Quét để xem trên mạng"),
            "foot": foot,
            "parts": list(_parts(sheet)),
        }
    )


def _banner(page: Page) -> str:
    """What stands in grey above the text of a sheet that does not hold today."""
    begins = page.version.starts_on
    if page.standing is Standing.COMING and begins is not None:
        return _("Có hiệu lực từ ngày %(day)s") % {"day": printed_day(begins)}
    return "" if page.standing is Standing.IN_FORCE else str(STANDING_WORDS[page.standing]).upper()


def codes(title: str, found: Sequence[Code], *, body: str, paper: str, on: date) -> bytes:
    """A sheet of QR codes as PDF."""
    if paper not in PAPERS:
        raise ValueError(paper)
    return _typesetter().pdf(
        {
            "kind": "codes",
            "paper": paper,
            "title": title,
            "body": body,
            "hint": _("Mở máy ảnh của điện thoại, đưa vào mã cần xem."),
            "qr_words": "",
            "foot": _("In ngày %(day)s") % {"day": printed_day(on)},
            "codes": [{"qr": qr_svg(one.address), "name": one.name, "code": one.code} for one in found],
        }
    )


def _parts(sheet: Sheet) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for part, title in PART_WORDS.items():
        made = _TABLES[part](sheet) if part in _TABLES else None
        if made is None and part in _TEXTS and getattr(sheet, part):
            made = {"lines": getattr(sheet, part).split("\n")}
        if made is not None:
            found.append({"title": str(title), "table": [], "widths": [], "lines": []} | made)
    return found


def _papers(sheet: Sheet) -> dict[str, Any] | None:
    if not sheet.papers:
        return None
    rows = [[_("Giấy tờ"), _("Số lượng")]]
    group = ""
    for one in sheet.papers:
        if one.group and one.group != group:
            group = one.group
            rows.append([group, ""])
        rows.append([one.name, count_words(one)])
    lines = [_("Số bộ: %(sets)s") % {"sets": sheet.sets}] if sheet.sets else []
    return {"table": rows, "widths": [4, 1], "lines": lines}


def _methods(sheet: Sheet) -> dict[str, Any] | None:
    if not sheet.methods:
        return {"lines": [sheet.fees]} if sheet.fees else None
    rows = [[_("Cách nộp"), _("Thời hạn"), _("Phí, lệ phí"), _("Hướng dẫn")]]
    rows += [
        [one.named or str(CHANNEL_WORDS[one.channel]), one.time_limit, one.fee or "", one.note]
        for one in sheet.methods
    ]
    if not any(row[3] for row in rows[1:]):
        rows = [row[:3] for row in rows]
    if not any(row[2] for row in rows[1:]):
        rows = [[*row[:2], *row[3:]] for row in rows]
    return {"table": rows, "widths": [3, 3, 4, 4][: len(rows[0])], "lines": []}


def _fees(sheet: Sheet) -> dict[str, Any] | None:
    return {"lines": sheet.fees.split("\n")} if sheet.fees and sheet.methods else None


def _results(sheet: Sheet) -> dict[str, Any] | None:
    return {"lines": [one.name for one in sheet.results]} if sheet.results else None


def _legal(sheet: Sheet) -> dict[str, Any] | None:
    said = [" – ".join(part for part in (one.number, one.title) if part) for one in sheet.legal]
    return {"lines": said} if said else None


_TABLES = {"papers": _papers, "methods": _methods, "fees": _fees, "results": _results, "legal": _legal}


@lru_cache(maxsize=1)
def _typesetter() -> Typesetter:
    return Typesetter(_FILE)
