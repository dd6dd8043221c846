"""Sentences to choose from: those that are shipped, and in which part of a report each may stand. Plain Python."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dinhlang.vietnamese.text import fold
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, PARTS_ONLY

SECTIONS: Mapping[str, str | Promise] = {
    "trien-khai": _("Công tác triển khai"),
    "ket-qua": _("Kết quả thực hiện"),
    "uu-diem": _("Đánh giá, ưu điểm"),
    "han-che": _("Khó khăn, hạn chế"),
    "nguyen-nhan": _("Nguyên nhân"),
    "kien-nghi": _("Đề xuất, kiến nghị"),
    "phuong-huong": _("Phương hướng, nhiệm vụ"),
}

# Words of a heading that say which part it opens; the first that fits counts.
_HEADINGS = (
    ("nguyen-nhan", ("nguyen nhan",)),
    ("kien-nghi", ("kien nghi", "de xuat", "de nghi")),
    ("phuong-huong", ("phuong huong", "nhiem vu trong tam", "nhiem vu, giai phap", "nhiem vu 6 thang")),
    ("han-che", ("han che", "kho khan", "ton tai", "vuong mac")),
    ("uu-diem", ("uu diem", "danh gia", "ket qua dat duoc", "thuan loi")),
    ("trien-khai", ("trien khai", "chi dao", "dieu hanh")),
    ("ket-qua", ("ket qua", "thong ke", "tuyen truyen")),
)

# What a kept sentence may speak of: figures of this period, and of the same one of the year before.
_SAID = CONCEPTS.keys() - PARTS_ONLY
FIGURES = frozenset(_SAID) | {f"{concept}_same" for concept in _SAID - FROM_PLAN}


@dataclass(frozen=True, slots=True)
class Block:
    """A sentence to choose: its name, its part of a report, its words with figures as tokens."""

    name: str
    section: str
    text: str


@lru_cache(maxsize=1)
def shipped() -> Mapping[str, Block]:
    """The sentences that are shipped, by name."""
    given = tomllib.loads((files("dinhlang.reports") / "data" / "text_blocks.toml").read_text("utf-8"))
    return {
        f"san-{section}-{number}": Block(f"san-{section}-{number}", section, text)
        for section, texts in given.items()
        for number, text in enumerate(texts, 1)
    }


def section_of(headings: list[str]) -> str:
    """The part of a report that stands under these headings, the nearest last; '' when they say nothing known."""
    for heading in reversed(headings):
        folded = fold(heading)
        for section, words in _HEADINGS:
            if any(word in folded for word in words):
                return section
    return ""
