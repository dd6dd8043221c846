"""Words that are stored with lines of the ledger and steps of the board: Vietnamese, whoever acted."""

from __future__ import annotations

from datetime import date

from dinhlang.periods.window import numeric_date

OLD_PICTURES = "thêm ảnh của trang cũ"
DROPPED = "bỏ bản đang sửa"


def withdrawn(reason: str) -> str:
    """Why the ledger no longer counts an item that was withdrawn."""
    return f"Gỡ tin: {reason}"


def decision_on_procedures() -> str:
    """How a decision is cited whose subject nobody has written down."""
    return "Quyết định công bố thủ tục hành chính"


def visits_of(day: date) -> str:
    """The title of the line that says how often the pages were opened on a day."""
    return f"Lượt truy cập trang thông tin điện tử ngày {numeric_date(day)}"


def visits_entry(day: date) -> str:
    """Where that line was counted."""
    return f"Sổ đếm lượt truy cập do máy ghi, ngày {numeric_date(day)}"
