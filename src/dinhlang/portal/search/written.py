"""Found things as HTML, written directly: ten of them with their marks cost a template more than finding them does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dinhlang.portal.search.queries import Answer, Piece, Row


def sentence(typed: str, found: Answer) -> str:
    """How many there are, and what was done with the words that were typed."""
    if found.total:
        many = ngettext(
            "Có %(counter)s kết quả cho “%(words)s”.", "Có %(counter)s kết quả cho “%(words)s”.", found.total
        )
        said = [many % {"counter": found.total, "words": typed}]
    else:
        said = [_("Không có kết quả cho “%(words)s”.") % {"words": typed}]
    if found.meant:
        said.append(
            _("Không thấy đúng những chữ đã gõ; đây là kết quả cho “%(words)s”.") % {"words": found.meant}
        )
    if found.loosely:
        said.append(_("Không có trang nào đủ mọi từ; đây là những trang có gần hết."))
    if found.is_cut:
        said.append(_("Câu tìm quá dài; chỉ những từ đầu được tìm."))
    return " ".join(said)


def hit(row: Row, address: str, kind: str, standing: str) -> str:
    """A found thing: its title that leads there, what it is and of when, the part of its text that says why."""
    on = row.hit.on
    held = f" · <strong>{escape(standing)}</strong>" if standing else ""
    shown = f"<p>{_marked(row.excerpt)}</p>" if row.excerpt else ""
    return (
        f'<li><a href="{escape(address)}">{_marked(row.title)}</a>\n'
        f'<p class="soft">{escape(kind)} · {on.day}/{on.month}/{on.year}{held}</p>\n{shown}</li>\n'
    )


def choice(label: str, count: int, address: str, *, is_chosen: bool) -> str:
    """One way to narrow what was found."""
    drop = escape(_("(bỏ chọn)"))
    on, off = (' aria-current="true"', f'<span class="sr-only">{drop}</span>') if is_chosen else ("", "")
    return f'<li><a href="{escape(address)}"{on}>{escape(label)} <span>{count}</span>{off}</a></li>'


def choices(groups: Iterable[tuple[str, Sequence[str]]]) -> SafeString:
    """The ways to narrow, each group under what it looks at."""
    said = []
    for label, row in groups:
        name = escape(_("Thu hẹp theo %(label)s") % {"label": label})
        said.append(
            f'<nav class="narrow" aria-label="{name}"><p>{escape(label)}</p><ul>{"".join(row)}</ul></nav>\n'
        )
    return together(said)


def promoted(rows: Iterable[tuple[str, str]]) -> SafeString:
    """(title, address) of what is put first."""
    return together(f'<li><a href="{escape(address)}">{escape(title)}</a></li>' for title, address in rows)


def together(pieces: Iterable[str]) -> SafeString:
    """Pieces of this module as one."""
    return mark_safe("".join(pieces))  # noqa: S308 - each escapes what it was given


def _marked(pieces: Sequence[Piece]) -> str:
    return "".join(
        f"<mark>{escape(piece.text)}</mark>" if piece.is_asked else escape(piece.text) for piece in pieces
    )
