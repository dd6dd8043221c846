"""What the words of a fee say in money, where they say one thing only."""

from __future__ import annotations

import re

from dinhlang.vietnamese.text import fold

_FREE = re.compile(
    r"^(?:mien phi|mien le phi|mien thu(?: phi)?|khong thu(?: phi| le phi)?|khong|khong mat phi|0 ?(?:d|dong|vnd))[ .;]*$"
)
_AMOUNT = re.compile(
    r"^(?:phi|le phi|phi, le phi)? ?:? ?(\d{1,3}(?:[.,]\d{3})+|\d{1,9}) ?(?:d|dong|vnd|viet nam dong)(?! ?/)\b(?:/[a-z ]{1,40})?[ .;]*$"
)


def amount(text: str) -> int | None:
    """The fee in đồng when the words are one plain amount or plainly free (0); `None` for anything more.

    'Miễn phí (Mức lệ phí do Hội đồng nhân dân quyết định)' is not free: what stands in the bracket counts.
    """
    said = " ".join(fold(text).split())
    if _FREE.match(said):
        return 0
    found = _AMOUNT.match(said)
    return int(re.sub(r"[.,]", "", found[1])) if found else None
