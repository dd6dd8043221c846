"""Set phrases in damaged text, written well again.

Titles and citations of the family are made of few phrases, and a phrase of several words is known by its
consonants: 'cdi cdch hanh chinh' can only be 'cải cách hành chính'. Names, numbers and everything quoted stay as
they were read; a person decides about those.
"""

from __future__ import annotations

from functools import lru_cache

from dinhlang.officialdoc.read.words import fold, pattern

# Longer before shorter. One-syllable words only where what follows leaves no other reading.
_PHRASES: tuple[tuple[str, str], ...] = (
    *(
        (phrase, "")
        for phrase in (
            "cải cách thủ tục hành chính", "cải cách hành chính", "thủ tục hành chính", "Ủy ban nhân dân", "trên địa bàn",
            "chuyển đổi số", "tuyên truyền", "công tác", "kết quả", "thực hiện", "báo cáo", "kế hoạch", "nhiệm vụ",
            "phương hướng", "giai đoạn", "triển khai", "thành phố", "thị trấn", "thị xã",
        )
    ),
    ("tháng", r"(?=\s+(?:\d|[dp][^\s]{1,2}u\b|c[^\s]{1,3}i\b|n[^\s]{1,2}m\b))"),
    ("quý", r"(?=\s+(?:[ivx]+|\d)\b)"),
    ("đầu", r"(?=\s+n[^\s]{1,3}m\b)"),
    ("cuối", r"(?=\s+n[^\s]{1,3}m\b)"),
    ("năm", r"(?=\s+(?:19|20)\d\d)"),
    ("huyện", r"(?!\w)"),
    ("xã", r"(?=\s+\S|$)"),
)  # fmt: skip
_SHAPES = {
    "huyện": r"huy[^\s.,;:/]{1,2}n",
    "xã": r"x[^\s.,;:/aeiouy]?[^\s.,;:/]?",
    "đầu": r"(?<=thang\s)[dp][^\s.,;:/]{1,2}u",
    "cuối": r"(?<=thang\s)cu[^\s.,;:/]{1,2}[il1]",
}


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, str], ...]:
    return tuple(
        (phrase, rf"(?<!\S){_SHAPES.get(phrase, f'«{phrase}»')}{after}") for phrase, after in _PHRASES
    )


def mend(text: str) -> str:
    """The text with its set phrases written well. A capital at the beginning of a phrase stays one."""
    for phrase, template in _patterns():
        found = pattern(template, damaged=True).search(fold(text))
        while found is not None and found.end() > found.start():
            capital = text[found.start()].isupper()
            good = phrase[0].upper() + phrase[1:] if capital else phrase
            text = text[: found.start()] + good + text[found.end() :]
            found = pattern(template, damaged=True).search(fold(text), found.start() + len(good))
    return text
