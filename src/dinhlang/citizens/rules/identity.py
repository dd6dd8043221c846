"""Whether the words in a photo are those of an identity paper: then the photo is not kept.

A phrase of the heading alone may stand on any notice at the counter, so more must go with it: labels of the lines below, the
long number, or the lines for machines at the back. Words come from a recogniser of letters and are seldom whole, so a label
counts where it is near enough. Nothing looks at faces.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from dinhlang.vietnamese.text import fold

_HEADINGS = ("can cuoc cong dan", "chung minh nhan dan", "the can cuoc", "can cuoc", "citizen identity card", "identity card", "ho chieu", "passport")  # fmt: skip
_LABELS = (
    "ho va ten", "full name", "ngay sinh", "date of birth", "gioi tinh", "quoc tich", "nationality", "que quan",
    "place of origin", "noi thuong tru", "place of residence", "noi cu tru", "dac diem nhan dang", "personal identification",
    "ngon tro trai", "ngon tro phai", "co gia tri den", "date of expiry", "nguyen quan",
)  # fmt: skip
_FOR_MACHINES = re.compile(r"IDVNM\d{6,}|P<VNM[A-Z<]{5,}|\d{6}\d[MF]\d{7}VNM")
_NUMBER = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_NEAR = 88


def is_identity_paper(text: str) -> bool:
    """Whether recognised words are those of a CCCD, CMND, căn cước or passport, front or back."""
    if _FOR_MACHINES.search(re.sub(r"\s", "", text.upper())):
        return True
    folded = " ".join(re.findall(r"[a-z0-9]+", fold(text)))
    has_heading = any(_stands(phrase, folded) for phrase in _HEADINGS)
    labels = sum(_stands(label, folded) for label in _LABELS)
    has_number = bool(_NUMBER.search(re.sub(r"(?<=\d) (?=\d)", "", folded)))
    return (labels >= 2 and (has_heading or (has_number and labels >= 3))) or (has_heading and has_number)


def _stands(phrase: str, folded: str) -> bool:
    return len(folded) >= len(phrase) and fuzz.partial_ratio(phrase, folded) >= _NEAR
