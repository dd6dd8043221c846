"""How easily a text reads: the length of sentences, and short forms nobody has explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.pieces import PROSE, Part
from dinhlang.officialdoc.check.registry import Hit, rule, said

_LONGEST = 80
"""Syllables of a sentence without a semicolon; longer ones are read twice."""
_SENTENCE = re.compile(r"[^.;:!?]+(?:[.](?=\d)[^.;:!?]*)*")
_LONG = " ".join(["Xã đã tổ chức tuyên truyền tới toàn thể người dân và doanh nghiệp"] * 7)


@rule(
    "DL801",
    FindingKind.OTHER,
    Severity.INFO,
    "Câu quá dài",
    bad=[said(f"{_LONG}.")],
    good=[said("Xã đã tổ chức tuyên truyền tới toàn thể người dân."), said(_LONG.replace(" và ", "; "))],
)
def long_sentence(case: Case) -> Iterator[Hit]:
    """Bases are one sentence by law; what they cite is long of itself."""
    for piece in case.of(Part.BODY, Part.ITEM):
        for found in _SENTENCE.finditer(piece.text):
            length = len(found[0].split())
            if length > _LONGEST and not any(
                one.start < found.end() and found.start() < one.end for one in case.citations_in(piece)
            ):
                start = found.start() + len(found[0]) - len(found[0].lstrip())
                yield Hit(
                    piece, start, found.end(), f"Câu dài {length} chữ: tách thành nhiều câu, mỗi câu một ý."
                )


_SHORT = re.compile(r"(?<![\w/.-])(?P<all>[A-ZĐ]{3,8})(?![\w/-])")
_EXPLAINED = re.compile(
    r"\(\s*(?:sau đây\s+)?(?:gọi tắt là|viết tắt là|gọi chung là)?:?\s*([A-ZĐ]{2,8})\s*\)"
)
# Everybody in an office knows them, or they are names.
_KNOWN = frozenset(
    [
        "UBND",
        "HĐND",
        "UBMTTQ",
        "UBMTTQVN",
        "MTTQ",
        "MTTQVN",
        "BCH",
        "CBCC",
        "VNPT",
        "VNEID",
        "CMND",
        "CCCD",
        "BHXH",
        "BHYT",
        "HTX",
        "THCS",
        "THPT",
        "KT",
        "TM",
        "TL",
        "TUQ",
        "VT",
        "XHCN",
        "ASEAN",
        "COVID",
        "AIDS",
        "HIV",
        "OCOP",
        "GDP",
        "USB",
        "PDF",
        "QR",
        "LED",
        "III",
        "VII",
        "VIII",
        "XII",
        "XIII",
        "XIV",
        "VIETGAP",
    ]
)


@rule(
    "DL802",
    FindingKind.OTHER,
    Severity.INFO,
    "Chữ viết tắt chưa được giải thích",
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục I, phần I, mục II.6",
    bad=[said("Xã đẩy mạnh công tác CCHC trong năm.")],
    good=[
        said("Xã đẩy mạnh cải cách hành chính (CCHC). Công tác CCHC được quan tâm."),
        said("UBND xã và HĐND xã; Kế hoạch số 12/KH-UBND; Lưu VT."),
    ],
)
def unexplained(case: Case) -> Iterator[Hit]:
    """'cải cách hành chính (CCHC)' at the first mention; each short form is told once."""
    known = set(_KNOWN)
    for piece in case.of(*PROSE, Part.HEADING):
        if piece.text.isupper():
            continue
        known.update(_EXPLAINED.findall(piece.text))
        for found in _SHORT.finditer(piece.text):
            if found["all"] not in known and not set(found["all"]) <= set("IVXLCDM"):
                known.add(found["all"])
                yield Hit(
                    piece,
                    *found.span("all"),
                    f"Lần đầu dùng “{found['all']}” phải viết đầy đủ: “… ({found['all']})”.",
                )


RULES = (long_sentence, unexplained)
