"""What a person can do to a draft. Each gives a new draft one version on; none changes anything it was not asked to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Sequence
from dataclasses import replace as changed

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.reports.editing.model import HEAD_KEYS, Draft, Origin, Piece
from dinhlang.reports.passages import TOKEN, Grid, Passage, Text, tokens
from dinhlang.vietnamese.text import nfc

LONGEST = 6_000
MOST_PIECES = 800
MOST_ROWS = 300
_INVISIBLE = re.compile(
    "[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ue000-\uf8ff]"
)


class BadEdit(Refused):
    """The text cannot stand in a draft; the message says what to mend."""


class Stale(Refused):
    """Someone else changed the piece meanwhile. `piece` is what stands there now."""

    def __init__(self, piece: Piece) -> None:
        super().__init__(
            _("Đoạn này vừa được người khác sửa. Xem cả hai bản rồi chọn bản giữ lại; chưa bản nào bị mất.")
        )
        self.piece = piece


def words_from(typed: str, known: Container[str], *, lines: bool = False) -> str:
    """What was typed, as it is kept: one line (or several), no unseen characters, only figures there are.

    Raises `BadEdit`.
    """
    text = _INVISIBLE.sub(" ", nfc(typed).replace("\r\n", "\n").replace("\r", "\n"))
    parts = [" ".join(part.split()) for part in text.split("\n")]
    words = ("\n" if lines else " ").join(part for part in parts if part)
    if len(words) > LONGEST:
        raise BadEdit(
            _("Đoạn dài %(length)s ký tự, quá %(most)s. Tách thành nhiều đoạn rồi lưu lại.")
            % {"length": len(words), "most": LONGEST}
        )
    for token in TOKEN.findall(words):
        if token not in known:
            raise BadEdit(
                _("Không có số liệu [[%(code)s]]. Chọn số liệu trong danh sách “Chèn số liệu”.")
                % {"code": token}
            )
    if "[[" in TOKEN.sub("", words):
        raise BadEdit(_("Dấu [[ chỉ dùng để đặt số liệu, ví dụ [[articles]]. Sửa lại hoặc bỏ dấu ngoặc."))
    return words


def replace(draft: Draft, key: str, block: Passage, *, seen: int) -> Draft:
    """Put a person's block in the place of a piece. `seen` is the piece's version they looked at.

    What says the same is no change. Raises `BadEdit` for nothing at all, `Stale` when the piece changed meanwhile.
    """
    piece = _piece(draft, key)
    if piece.block == block and not piece.removed:
        return draft
    _check_seen(piece, seen)
    if isinstance(block, Text) and not block.words:
        raise BadEdit(_("Đoạn đang trống. Viết nội dung, hoặc bấm “Bỏ đoạn”."))
    if type(block) is not type(piece.block):
        raise BadEdit(_("Không đổi được bảng thành đoạn văn. Bỏ bảng rồi thêm đoạn mới."))
    if isinstance(block, Grid) and any(len(line) != len(block.header) for line in block.lines):
        raise BadEdit(_shape_changed())
    return _with(draft, _edited(piece, block))


def _edited(piece: Piece, block: Passage) -> Piece:
    if piece.origin in {Origin.ADDED, Origin.REUSED}:
        return changed(piece, block=block, origin=Origin.ADDED, source="", removed=False)
    base = piece.block if piece.origin is Origin.OUTLINE else piece.base
    if block == base and not piece.is_in_conflict:
        return changed(piece, block=block, origin=Origin.OUTLINE, base=None, removed=False)
    return changed(piece, block=block, origin=Origin.EDITED, base=base, removed=False)


def insert(
    draft: Draft,
    key: str,
    block: Passage,
    *,
    after: str | None,
    origin: Origin = Origin.ADDED,
    source: str = "",
) -> Draft:
    """Add a piece behind another, or before all others. Sent twice it is added once."""
    if draft.find(key) is not None:
        return draft
    if isinstance(block, Text) and not block.words:
        raise BadEdit(_("Đoạn đang trống. Viết nội dung rồi thêm."))
    if len(draft.body) >= MOST_PIECES:
        raise BadEdit(
            _("Dự thảo đã có %(most)s đoạn. Gộp hoặc bỏ bớt đoạn rồi thêm.") % {"most": MOST_PIECES}
        )
    at = 0
    closing = False
    if after is not None:
        at = next((place for place, piece in enumerate(draft.body, 1) if piece.key == after), 0)
        if not at:
            raise BadEdit(_("Đoạn đứng trước không còn trong dự thảo. Tải lại trang rồi thêm."))
        closing = draft.body[at - 1].closing
    version = draft.version + 1
    new = Piece(key, block, origin, closing=closing, version=version, source=source)
    return changed(draft, body=(*draft.body[:at], new, *draft.body[at:]), version=version)


def remove(draft: Draft, key: str, *, seen: int) -> Draft:
    """Take a piece out of the print. It stays, to be brought back."""
    piece = _piece(draft, key)
    if piece.removed:
        return draft
    _check_seen(piece, seen)
    if key in HEAD_KEYS:
        raise BadEdit(_("Phần này phải có trong báo cáo, chỉ sửa được chứ không bỏ được."))
    return _with(draft, changed(piece, removed=True))


def restore(draft: Draft, key: str) -> Draft:
    """Bring a removed piece back."""
    piece = _piece(draft, key)
    return _with(draft, changed(piece, removed=False)) if piece.removed else draft


def reset(draft: Draft, key: str, *, seen: int) -> Draft:
    """Give an edited piece the outline's own words again."""
    piece = _piece(draft, key)
    _check_seen(piece, seen)
    block = piece.theirs or piece.base
    if piece.origin is not Origin.EDITED or block is None:
        raise BadEdit(_("Đoạn này không lấy từ đề cương nên không có bản của đề cương để trở về."))
    return _with(
        draft, changed(piece, block=block, origin=Origin.OUTLINE, base=None, theirs=None, gone=False)
    )


def settle(draft: Draft, key: str, *, keep_mine: bool) -> Draft:
    """A person's word on a piece that the outline now writes otherwise: keep one's own, or take the outline's."""
    piece = _piece(draft, key)
    if not piece.is_in_conflict:
        return draft
    if keep_mine:
        if piece.gone:
            return _with(draft, changed(piece, origin=Origin.ADDED, base=None, gone=False))
        return _with(draft, changed(piece, base=piece.theirs, theirs=None))
    if piece.gone:
        return _with(draft, changed(piece, gone=False, removed=True))
    block = piece.theirs or piece.block
    return _with(
        draft, changed(piece, block=block, origin=Origin.OUTLINE, base=None, theirs=None, removed=False)
    )


def lost(old: Draft, new: Draft) -> list[str]:
    """The figures that the old draft showed more often than the new one does."""
    return sorted((_shown(old) - _shown(new)).elements())


def _shown(draft: Draft) -> Counter[str]:
    return Counter(token for piece in draft.pieces if not piece.removed for token in tokens(piece.block))


def _piece(draft: Draft, key: str) -> Piece:
    piece = draft.find(key)
    if piece is None:
        raise BadEdit(_("Đoạn này không còn trong dự thảo. Tải lại trang để xem bản mới."))
    return piece


def _check_seen(piece: Piece, seen: int) -> None:
    if piece.version > seen:
        raise Stale(piece)


def _with(draft: Draft, piece: Piece) -> Draft:
    version = draft.version + 1
    piece = changed(piece, version=version)

    def put(pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        return tuple(piece if one.key == piece.key else one for one in pieces)

    return Draft(put(draft.head), put(draft.body), version)


def refilled(grid: Grid, lines: Sequence[Sequence[str]]) -> Grid:
    """The table with these cells, header and rows. Raises `BadEdit` when they are not as many as it has now."""
    if [len(line) for line in lines] != [len(line) for line in grid.lines]:
        raise BadEdit(_shape_changed())
    header, *rows = (tuple(line) for line in lines)
    return Grid(header, tuple(rows), grid.widths)


def with_rows(grid: Grid, dropped: Collection[int], *, is_longer: bool) -> Grid:
    """The table without the rows of these numbers, counted from 1, and with an empty one at its end when asked.

    Where the first column counts the rows, it goes on doing so. Raises `BadEdit` for a table without rows, or too long.
    """
    is_counted = all(row[0].strip() == str(number) for number, row in enumerate(grid.rows, 1))
    rows = [row for number, row in enumerate(grid.rows, 1) if number not in dropped]
    if is_longer:
        rows.append(("",) * len(grid.header))
    if not rows:
        raise BadEdit(_("Bảng cần ít nhất một hàng. Muốn bỏ cả bảng thì bấm “Bỏ đoạn”."))
    if len(rows) > MOST_ROWS:
        raise BadEdit(_("Bảng đã có %(most)s hàng. Bỏ bớt hàng rồi thêm.") % {"most": MOST_ROWS})
    if is_counted:
        rows = [(str(number), *row[1:]) for number, row in enumerate(rows, 1)]
    return Grid(grid.header, tuple(rows), grid.widths)


def _shape_changed() -> str:
    return _("Bảng đã đổi số hàng, số cột. Mở lại bảng rồi sửa.")
