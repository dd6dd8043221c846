"""Shares and parts without the number they need."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.noted import words
from dinhlang.officialdoc.check.pieces import PROSE
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.check.rules.figures.reading import clause_before
from dinhlang.officialdoc.model import Kind

_ALL = re.compile(r"\bdat\s+(?:t[iy] le\s+)?(?P<all>100\s*%)")
_FULLY = words("đạt") & words("100")
_HAS_BASE = re.compile(
    r"\b\d[\d.,]*\b(?! thang)|t[iy] le|so luong|tong so|chi tieu|ke hoach (?:de ra|nam|da)"
)
_BASE_AFTER = re.compile(
    r"^\s*(?:ke hoach|chi tieu|so\b|cac\b|ho so|can bo|thon|to dan pho|yeu cau|\(|ve\b|tong)"
)


@rule(
    "DL224",
    FindingKind.MISSING_DENOMINATOR,
    Severity.WARNING,
    "“Đạt 100%” mà không nói 100% của cái gì",
    bad=[said("Công tác tuyên truyền cải cách hành chính đạt 100%.")],
    good=[
        said("Giải quyết đúng hạn 120/120 hồ sơ, đạt 100%."),
        said("Tỷ lệ hồ sơ giải quyết đúng hạn đạt 100%."),
        said("Hoàn thành đạt 100% kế hoạch đề ra."),
        said("Công tác tuyên truyền đạt 100%.", kind=Kind.PLAN, subject="Tuyên truyền năm 2023"),
    ],
    on_damaged=True,
)
def all_of_nothing(case: Case) -> Iterator[Hit]:
    """A share needs what it is a share of: the number of cases, or the target it meets."""
    if case.document.kind is not Kind.REPORT:
        return
    for piece in case.of(*PROSE, saying=_FULLY):
        for found in _ALL.finditer(piece.folded):
            clause = clause_before(piece, found.start())
            if _HAS_BASE.search(clause) or _BASE_AFTER.match(piece.folded[found.end() :]):
                continue
            yield Hit(
                piece,
                *found.span(),
                "100% của cái gì? Ghi số đã làm trên tổng số, hoặc chỉ tiêu của kế hoạch nào.",
            )


_AMONG_THEM = words("trong") & words("đó") & words("có")
_SOME = re.compile(
    r"\btrong do co\s+(?P<all>(?:cac|nhieu|mot so)\s+(?:tin|bai|luot|ho so|cuoc|buoi)\b(?:\s*,?\s*bai)?)"
)


@rule(
    "DL225",
    FindingKind.OTHER,
    Severity.WARNING,
    "“Trong đó có các …” mà không nói bao nhiêu",
    bad=[said("Đã đăng 108 bài. Trong đó có các tin bài về cải cách hành chính.")],
    good=[
        said("Đã đăng 108 bài, trong đó có 36 tin, bài về cải cách hành chính."),
        said("Đã họp nhiều cuộc, trong đó có các đoàn thể."),
    ],
)
def some_of_many(case: Case) -> Iterator[Hit]:
    """The part that the report is about must have its number."""
    if case.document.kind is not Kind.REPORT:
        return
    for piece in case.of(*PROSE, saying=_AMONG_THEM):
        for found in _SOME.finditer(piece.folded):
            yield Hit(piece, *found.span("all"), "Nêu số lượng: “trong đó có … (bao nhiêu) …”.")


RULES = (
    all_of_nothing,
    some_of_many,
)
