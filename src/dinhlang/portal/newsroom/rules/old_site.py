"""Items of a commune's old site, from a file it gives: a feed (RSS, Atom) or a table (.xlsx, .csv).

Nothing is fetched: a file is read as it is, so a feed that points at itself leads nowhere. What cannot be taken in is
told row by row, and everything else still is.
"""

from __future__ import annotations

import calendar
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.portal.newsroom.rules import body
from dinhlang.portal.newsroom.rules.old_pictures import Found, host_of, in_cell, in_entry, in_html, once
from dinhlang.portal.newsroom.rules.words import LENGTHS, is_web_address
from dinhlang.vietnamese.numbers import printed
from dinhlang.work.rules import clean, plain
from dinhlang.work.sheets import read_sheet

MOST_ITEMS = 10_000
LARGEST = 20 * 1024 * 1024
_VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_EARLIEST = datetime(1995, 1, 1, tzinfo=_VIETNAM)
# A feed needs no entities of its own; those that define some do it to burst.
_ENTITY = re.compile(rb"<!\s*(?:ENTITY|DOCTYPE[^>\[]*\[)", re.IGNORECASE)
_TAGS = re.compile(r"<[^>]{0,2000}>")
_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "title": ("tieu de", "ten bai", "ten tin", "title"),
    "lead": ("tom tat", "mo ta", "sapo", "trich dan", "description"),
    "body": ("noi dung", "bai viet", "content"),
    "published_at": ("ngay dang", "ngay", "thoi gian", "ngay gio dang", "date"),
    "column": ("chuyen muc", "danh muc", "muc", "category"),
    "byline": ("tac gia", "nguoi viet", "author"),
    "pictures": ("anh", "hinh anh", "ten anh", "tep anh", "anh dai dien", "image", "images"),
    "address": ("duong dan", "dia chi", "dia chi cu", "link", "url"),
}
_DAYS = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class OldItem:
    """One item as the file has it; `problem` says why it cannot be taken in, '' when it can.

    `row` is its line of the table, or its place in the feed. `address` is the path and query at which it stood on
    `host`, `pictures` are those it had there.
    """

    row: int
    title: str = ""
    lead: str = ""
    body: str = ""
    byline: str = ""
    column: str = ""
    address: str = ""
    published_at: datetime | None = None
    pictures: tuple[Found, ...] = ()
    host: str = ""
    problem: str = ""


def read(data: bytes, name: str, *, at: datetime) -> list[OldItem]:
    """The items of the file in its order, each once. Raises `Refused` for a file that is neither feed nor table."""
    if len(data) > LARGEST:
        raise Refused(
            _("Tệp “%(name)s” nặng %(size)s MB, tối đa %(most)s MB. Hãy chia thành nhiều tệp.")
            % {"name": name, "size": len(data) // 1048576, "most": LARGEST // 1048576}
        )
    start = data.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1]
    rows = _feed(data, name) if start == b"<" else _table(data, name)
    found = []
    known: set[str] = set()
    for number, item in enumerate(rows, 1):
        if number > MOST_ITEMS:
            raise Refused(
                _("Tệp có hơn %(most)s tin. Hãy chia thành nhiều tệp.") % {"most": printed(MOST_ITEMS)}
            )
        judged = _judged(item, at)
        same = judged.address or f"{judged.title} {judged.published_at}"
        if not judged.problem and same in known:
            judged = replace(judged, problem=_("Tin này đã có ở dòng trên của tệp."))
        known.add(same)
        found.append(judged)
    if not found:
        raise Refused(_("Tệp “%(name)s” không có tin nào.") % {"name": name})
    return found


def _judged(item: OldItem, at: datetime) -> OldItem:
    """The item made fit to store, with what is wrong with it."""
    title = clean(_TAGS.sub(" ", item.title))
    if not title:
        return replace(item, problem=_("Không có tiêu đề."))
    try:
        html = body.cleaned(item.body if "<" in item.body else body.from_text(item.body))
    except Refused as reason:
        return replace(item, title=title[: LENGTHS["title"]], body="", problem=str(reason))
    lead = " ".join(body.plain(body.cleaned(item.lead[:20_000])).split())
    told = replace(
        item,
        title=_cut(title, LENGTHS["title"]),
        lead=_cut(lead, LENGTHS["lead"]),
        body=html or (f"<p>{_escaped(lead)}</p>" if lead else ""),
        byline=_cut(clean(item.byline), LENGTHS["byline"]),
        column=clean(item.column),
        address=_path(item.address),
        host=host_of(clean(item.address)),
        pictures=once((*in_html(item.body, _page(item)), *in_html(item.lead, _page(item)), *item.pictures)),
    )
    if not told.body:
        return replace(told, problem=_("Không có nội dung."))
    if told.published_at is None:
        return replace(told, problem=_("Không đọc được ngày đăng. Ghi như 20/7/2023 08:00."))
    if not _EARLIEST <= told.published_at <= at:
        return replace(told, problem=_("Ngày đăng ở tương lai hoặc quá xa. Kiểm tra lại năm."))
    return told


def _page(item: OldItem) -> str:
    """The whole address at which the item stood, '' where only a path is known."""
    words = clean(item.address)
    return words if is_web_address(words) else ""


def own_host(items: Sequence[OldItem]) -> str:
    """The host name of the old site: the one at which most items stood; '' where none is named."""
    counted = Counter(item.host for item in items if item.host)
    return counted.most_common(1)[0][0] if counted else ""


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _cut(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1].rsplit(' ', 1)[0]}…"


def _path(address: str) -> str:
    """Path and query of an old address; '' for what is none, or the front page, which leads elsewhere."""
    words = clean(address)
    if not is_web_address(words) and not (words.startswith("/") and not words.startswith("//")):
        return ""
    parts = urlsplit(words)
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    return "" if path == "/" or len(path) > 500 else path


# --- feeds ------------------------------------------------------------------------------------------------


def _feed(data: bytes, name: str) -> Iterator[OldItem]:
    import feedparser

    if _ENTITY.search(data[:65536].replace(b"\0", b"")):
        raise Refused(
            _("Tệp “%(name)s” tự định nghĩa ký hiệu, có thể làm treo máy nên không nhận.") % {"name": name}
        )
    # Given as a stream: of a string the package would think that it may be an address to fetch.
    found = feedparser.parse(io.BytesIO(data))
    if not found.entries:
        raise Refused(
            _("Tệp “%(name)s” không phải tệp RSS, Atom hoặc không có tin nào. Xuất lại tệp rồi thử lại.")
            % {"name": name}
        )
    for number, entry in enumerate(found.entries, 1):
        contents = [one.get("value", "") for one in entry.get("content", [])]
        summary = entry.get("summary", "")
        tags = [tag.get("term") or "" for tag in entry.get("tags", [])]
        moment = entry.get("published_parsed") or entry.get("updated_parsed")
        yield OldItem(
            number,
            title=entry.get("title", ""),
            lead=summary if contents else "",
            body=max(contents, key=len, default="") or summary,
            byline=entry.get("author", ""),
            column=tags[0] if tags else "",
            address=entry.get("link", ""),
            pictures=tuple(in_entry(entry, entry.get("link", ""))),
            published_at=datetime.fromtimestamp(calendar.timegm(moment), UTC) if moment else None,
        )


# --- tables -----------------------------------------------------------------------------------------------


def _table(data: bytes, name: str) -> Iterator[OldItem]:
    rows = read_sheet(data, name).rows
    heads = [(number, _places(row)) for number, row in enumerate(rows[:10])]
    start, places = next(
        ((number, found) for number, found in heads if {"title", "body"} <= found.keys()), (0, {})
    )
    if not places:
        raise Refused(_("Tệp “%(name)s” cần dòng đầu có cột Tiêu đề và cột Nội dung.") % {"name": name})
    for number, row in enumerate(rows[start + 1 :], start + 2):
        if not any(cell is not None for cell in row):
            continue
        cells = {field: row[place] if place < len(row) else None for field, place in places.items()}
        words = {field: str(cell) if cell is not None else "" for field, cell in cells.items()}
        yield OldItem(
            number,
            **{
                field: words.get(field, "")
                for field in ("title", "lead", "body", "byline", "column", "address")
            },
            published_at=_moment(cells.get("published_at")),
            pictures=tuple(in_cell(words.get("pictures", ""), words.get("address", ""))),
        )


def _places(row: tuple[object, ...]) -> dict[str, int]:
    """Where each field stands, by the headings."""
    heads = [plain(cell or "") for cell in row]
    return {
        field: next(place for place, head in enumerate(heads) if head in names)
        for field, names in _COLUMNS.items()
        if any(head in names for head in heads)
    }


def _moment(cell: object) -> datetime | None:
    """A moment on the commune's clock, from a cell of a sheet."""
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=_VIETNAM)
    if isinstance(cell, date):
        return datetime.combine(cell, time.min, tzinfo=_VIETNAM)
    for form in _DAYS:
        try:
            return datetime.strptime(str(cell or "").strip(), form).replace(tzinfo=_VIETNAM)
        except ValueError:
            continue
    return None
