"""Text that is too long to be a paragraph, of which only the beginning is judged."""

from __future__ import annotations

from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.pieces import LONGEST
from dinhlang.officialdoc.check.registry import Hit, rule, said

_MANY_WORDS = "xã đã làm " * (LONGEST // 8)
_SHOWN = 40


@rule(
    "DL440",
    FindingKind.OTHER,
    Severity.WARNING,
    "Đoạn quá dài, chỉ kiểm tra phần đầu",
    bad=[said(_MANY_WORDS)],
    good=[said("Xã đã làm.")],
    on_damaged=True,
)
def too_long_to_judge(case: Case) -> Iterator[Hit]:
    """No silence about what was not looked at: lines that lost their ends run into one."""
    length = f"{LONGEST:,}".replace(",", ".")
    for piece in case.pieces:
        if piece.is_cut:
            message = f"Đoạn dài hơn {length} ký tự, chỉ kiểm tra phần đầu: hãy tách đoạn (ngắt dòng bị mất), rồi kiểm tra lại."
            yield Hit(piece, 0, _SHOWN, message)


RULES = (too_long_to_judge,)
