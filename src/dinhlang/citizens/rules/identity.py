"""Whether the words in a picture are those of an identity paper: then the picture is not kept.

Words come from a recogniser of letters and are seldom whole, so a label counts where it is near enough. Nothing looks at
faces. What must not be taken for a paper: a notice about cards, and a letter or an application whose writer gives number,
birthday and address, as most do. There the name of the card stands in a sentence; on a card it is a line of its own.
"""

from __future__ import annotations

import re

from rapidfuzz import fuzz

from dinhlang.vietnamese.text import fold

_HEADINGS = (
    "can cuoc cong dan", "giay chung minh nhan dan", "chung minh nhan dan", "the can cuoc", "can cuoc", "can cuoc dien tu",
    "citizen identity card", "identity card", "can cuoc cong dan citizen identity card", "can cuoc identity card",
    "ho chieu", "passport", "ho chieu passport",
)  # fmt: skip
_LABELS = (
    "ho va ten", "ngay sinh", "gioi tinh", "quoc tich", "que quan", "noi thuong tru", "noi cu tru", "noi dang ky khai sinh",
    "dac diem nhan dang", "dau vet rieng", "ngon tro trai", "ngon tro phai", "co gia tri den", "nguyen quan",
    "so dinh danh ca nhan",
)  # fmt: skip
_IN_ENGLISH = (
    "full name", "date of birth", "nationality", "place of origin", "place of residence", "place of birth registration",
    "personal identification", "date of expiry", "left index finger", "right index finger", "citizen identity card",
    "date month year",
)  # fmt: skip
# Only a card has them: the skin of a face and the fingers are in no letter.
_OF_THE_BACK = ("dac diem nhan dang", "dau vet rieng", "ngon tro trai", "ngon tro phai", "left index finger", "right index finger")  # fmt: skip
_FOR_MACHINES = re.compile(r"IDVNM\d{6,}|P<VNM[A-Z<]{5,}|\d{6}\d[MF]\d{7}VNM")
_NUMBER = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_NEAR = 88
# Specks and the emblem beside the heading add some letters to its line; three words of a sentence are more.
_NEAR_ALONE = 80
_SHORTEST = 14


def is_identity_paper(text: str) -> bool:
    """Whether recognised words, in lines, are those of a CCCD, CMND, căn cước or passport, front or back."""
    if _FOR_MACHINES.search(re.sub(r"\s", "", text.upper())):
        return True
    lines = [" ".join(re.findall(r"[a-z0-9]+", fold(line))) for line in text.splitlines()]
    folded = " ".join(lines)
    if sum(_stands(label, folded) for label in _OF_THE_BACK) >= 2:
        return True
    labels = sum(_stands(label, folded) for label in _LABELS)
    english = sum(_stands(label, folded) for label in _IN_ENGLISH)
    has_number = bool(_NUMBER.search(re.sub(r"(?<=\d)[ \t]+(?=\d)", "", text)))
    if any(_is_heading(line) for line in lines):
        return has_number or labels + english >= 2
    return english >= 3 and (has_number or labels >= 3)


def _stands(phrase: str, folded: str) -> bool:
    return len(folded) >= len(phrase) and fuzz.partial_ratio(phrase, folded) >= _NEAR


def _is_heading(line: str) -> bool:
    """Whether this line is the name of a card and nothing else. A short name must stand there as it is."""
    return any(
        fuzz.ratio(line, heading) >= (_NEAR_ALONE if len(heading) >= _SHORTEST else 95)
        for heading in _HEADINGS
    )
