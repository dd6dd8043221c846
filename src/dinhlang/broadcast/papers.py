"""Paper of the station: the running order of a session with boxes to tick, and the log-book. PDF by typst."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.http import HttpResponse
from django.utils.translation import gettext as _

from dinhlang.broadcast.queries import BookRow, SessionShown, Sums
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.qr import qr_svg
from dinhlang.org.rules import printed_day
from dinhlang.org.typesetting import Typesetter

_FILE = Path(__file__).with_name("papers.typ")
# Of the log-book's columns those that a page of A4 has room for, with their widths; the rest is in the table of the file.
_PRINTED = {
    0: 9,
    2: 6,
    3: 6,
    4: 11,
    5: 22,
    6: 10,
    7: 8,
    8: 9,
    9: 6,
    10: 9,
    11: 10,
    12: 11,
    13: 11,
    14: 9,
    16: 10,
}


@kept_in_vietnamese
def running_order(shown: SessionShown, *, body: str, address: str, on: date) -> bytes:
    """What is played in a session, one under the other, with its scripts' first words; ticks are brought in by the code."""
    session = shown.session
    return _typesetter().pdf(
        {
            "kind": "running-order",
            "body": _("Ủy ban nhân dân %(name)s") % {"name": body},
            "title": _("Trình tự buổi phát"),
            "about": [
                [_("Chương trình"), session.name],
                [_("Ngày"), printed_day(session.day)],
                [
                    _("Giờ"),
                    _("%(time)s, khung giờ %(minutes)s phút")
                    % {"time": f"{session.starts:%H:%M}", "minutes": session.minutes},
                ],
                *([[_("Cụm loa"), session.zone]] if session.zone else []),
            ],
            "head": [_("TT"), _("Nội dung"), _("Thể loại"), _("Thời lượng"), _("Đã phát"), _("Giờ phát")],
            "rows": [
                [
                    str(at),
                    item.title,
                    str(item.get_kind_display()),
                    f"{item.seconds // 60}:{item.seconds % 60:02d}",
                ]
                for at, item in enumerate(shown.items, 1)
            ],
            "blanks": [_("Tình trạng thiết bị, sự cố"), _("Lý do mục không phát"), _("Ghi chú")],
            "signs": [_("Người phát"), _("Người duyệt")],
            "qr": qr_svg(address),
            "qr_words": _("Quét để ghi vào sổ nhật ký"),
            "foot": _("In ngày %(day)s") % {"day": printed_day(on)},
        }
    )


@kept_in_vietnamese
def log_book(
    rows: Sequence[BookRow],
    sums: Sums,
    *,
    body: str,
    month: date,
    columns: Sequence[str],
    cells: Callable[[Sequence[BookRow]], Iterable[Sequence[str]]],
    on: date,
) -> bytes:
    """The log-book of a month, in the columns of a station's book."""
    return _typesetter().pdf(
        {
            "kind": "book",
            "body": _("Ủy ban nhân dân %(name)s") % {"name": body},
            "title": _("Sổ nhật ký phát thanh tháng %(month)s/%(year)s")
            % {"month": month.month, "year": month.year},
            "head": [columns[at] for at in _PRINTED],
            "widths": list(_PRINTED.values()),
            "rows": [[row[at] for at in _PRINTED] for row in cells(rows)],
            "sums": _(
                "Đã phát: %(plays)s lượt, %(sessions)s buổi, %(minutes)s phút, %(pieces)s tin, bài khác nhau. Không phát: %(missed)s. Chưa xác nhận: %(unsaid)s."
            )
            % {
                "plays": sums.plays,
                "sessions": sums.sessions,
                "minutes": sums.minutes,
                "pieces": sums.pieces,
                "missed": sums.missed,
                "unsaid": sums.unsaid,
            },
            "signs": [_("Người lập sổ"), _("Phụ trách đài")],
            "foot": _("In ngày %(day)s") % {"day": printed_day(on)},
        }
    )


def as_response(data: bytes, name: str) -> HttpResponse:
    """A PDF file that the browser shows."""
    return HttpResponse(
        data,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{name}.pdf"',
            "X-Content-Type-Options": "nosniff",
        },
    )


@lru_cache(maxsize=1)
def _typesetter() -> Typesetter:
    return Typesetter(_FILE)
