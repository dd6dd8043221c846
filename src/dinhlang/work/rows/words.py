"""What the columns and cells of a table are called, as people write it: folded words and what they mean."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.models import ActivityKind, Basis, Exactness, ReformField
from dinhlang.work.rules import plain

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "happened_on": (
        "ngay",
        "ngay thuc hien",
        "ngay thang",
        "thoi gian",
        "thoi gian thuc hien",
        "ngay dang",
        "ngay phat",
        "ngay to chuc",
    ),
    "kind": (
        "loai",
        "loai hoat dong",
        "kenh",
        "hinh thuc",
        "hinh thuc tuyen truyen",
        "kenh thong tin",
        "kenh tuyen truyen",
    ),
    "title": (
        "noi dung",
        "tieu de",
        "ten hoat dong",
        "hoat dong",
        "ten tin bai",
        "noi dung hoat dong",
        "noi dung tuyen truyen",
    ),
    "task": ("nhiem vu", "stt nhiem vu", "nhiem vu so", "so nhiem vu", "nhiem vu ke hoach"),
    "reform_field": ("linh vuc", "linh vuc cchc"),
    "evidence": (
        "minh chung",
        "duong dan",
        "link",
        "url",
        "lien ket",
        "duong dan minh chung",
        "link minh chung",
    ),
    "basis": ("can cu dem", "can cu", "nguon so lieu"),
    "note": ("ghi chu", "chu thich"),
}


NUMBERING = frozenset({"stt", "tt", "so tt", "so thu tu"})


REQUIRED = {
    "happened_on": gettext_lazy("Ngày"),
    "kind": gettext_lazy("Loại hoạt động"),
    "title": gettext_lazy("Nội dung"),
}


# What a column may hold besides a counter, as a person chooses it.
PARTS = {
    **REQUIRED,
    "task": gettext_lazy("Nhiệm vụ"),
    "reform_field": gettext_lazy("Lĩnh vực"),
    "evidence": gettext_lazy("Minh chứng (đường dẫn)"),
    "basis": gettext_lazy("Căn cứ đếm"),
    "note": gettext_lazy("Ghi chú"),
}


_KIND_WORDS: Mapping[ActivityKind, tuple[str, ...]] = {
    ActivityKind.RADIO: ("truyen thanh", "dai truyen thanh", "phat thanh", "loa truyen thanh", "loa"),
    ActivityKind.BOARD: ("bang tin", "bang ron", "pano", "pa no", "khau hieu", "truc quan"),
    ActivityKind.BULLETIN: ("ban tin", "ban tin co so"),
    ActivityKind.LEAFLET: ("to roi", "to gap", "tai lieu"),
    ActivityKind.SPEAKER: ("tuyen truyen vien", "tuyen truyen mieng", "tuyen truyen truc tiep"),
    ActivityKind.WEBSITE: (
        "trang thong tin dien tu",
        "cong thong tin dien tu",
        "trang ttdt",
        "website",
        "trang tin",
        "tin bai",
    ),
    ActivityKind.SOCIAL: ("mang xa hoi", "facebook", "zalo", "fanpage", "fanpage facebook"),
    ActivityKind.MESSAGE: ("tin nhan", "sms"),
    ActivityKind.MEETING: ("hoi nghi", "cuoc hop", "hop", "hop thon"),
    ActivityKind.GUIDANCE: (
        "huong dan",
        "huong dan truc tiep",
        "huong dan tai mot cua",
        "huong dan tai bo phan mot cua",
        "huong dan tai trung tam phuc vu hanh chinh cong",
    ),
    ActivityKind.TRAINING: ("tap huan", "boi duong"),
    ActivityKind.CONTEST: ("cuoc thi", "hoi thi"),
    ActivityKind.POSTING: ("niem yet", "niem yet tthc"),
    ActivityKind.ONESTOP: (
        "mot cua",
        "ket qua mot cua",
        "ket qua tai bo phan mot cua",
        "ket qua tai trung tam phuc vu hanh chinh cong",
        "ket qua giai quyet tthc",
    ),
    ActivityKind.SUPPORT: ("to cong nghe so", "to cong nghe so cong dong", "ho tro truc tuyen"),
}


def _by_words() -> dict[str, ActivityKind]:
    known = {word: kind for kind, words in _KIND_WORDS.items() for word in words}
    for kind in ActivityKind:
        known[plain(kind.label)] = known[kind.value] = kind
    return known


def _counter_headings() -> dict[str, tuple[str, ...]]:
    """Heading → the concepts it may mean; the kind of the row decides ('số người' of a meeting or of a course)."""
    meanings: dict[str, list[str]] = {}
    for concept in CONCEPTS.values():
        if concept.is_offered:
            for name in {concept.id, plain(concept.label), *concept.columns}:
                meanings.setdefault(name, []).append(concept.id)
    return {name: tuple(concepts) for name, concepts in meanings.items()}


KINDS = _by_words()


FIELDS = {name: part for part, names in _HEADINGS.items() for name in names}


COUNTER_HEADINGS = _counter_headings()


REFORM = {plain(choice.label): choice.value for choice in ReformField} | {
    choice.value: choice.value for choice in ReformField
}


BASES = {plain(choice.label): choice.value for choice in Basis} | {
    choice.value: choice.value for choice in Basis
}


EXACT_WORDS = {plain(choice.value): choice.value for choice in Exactness if choice.value}
