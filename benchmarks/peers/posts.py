"""The same 500 posts for every site that is measured: invented sentences of the words of commune work."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from random import Random

NUMBER = 500
# What a reader types: the first stands in every tenth post, the second in all.
NARROW, BROAD = "hòa giải ở cơ sở", "thủ tục hành chính"
_BODIES = ("Ủy ban xã", "tổ công nghệ số", "trạm y tế", "bộ phận một cửa", "hội nông dân", "trường mầm non")
_ACTS = ("hướng dẫn", "tiếp nhận", "rà soát", "niêm yết", "trả kết quả", "mở lớp", "giải thích", "ghi lại")
_THINGS = (
    "hồ sơ khai sinh", "giấy xác nhận cư trú", "danh sách hộ nghèo", "lịch tiêm phòng", "bản sao chứng thực",
    "phiếu khảo sát", "giấy phép xây nhà", "sổ bảo hiểm", "đơn xin hỗ trợ giống lúa", "tài khoản định danh",
)  # fmt: skip
_PLACES = ("ấp Đông", "ấp Tây", "nhà văn hóa", "sân trường", "chợ Bàu Sen", "đầu cầu Rạch Dừa", "trụ sở xã")
_ENDS = ("vào buổi sáng", "trong tuần này", "trước ngày mười lăm", "ngoài giờ làm việc", "không thu phí")


@dataclass(frozen=True)
class Post:
    """A post: its address, title, lead, and four paragraphs of about 95 words."""

    slug: str
    title: str
    lead: str
    paragraphs: tuple[str, ...]


def posts(number: int = NUMBER) -> Iterator[Post]:
    """The posts, newest first, the same on every machine."""
    chance = Random(5)
    for one in range(number):
        words = [_sentence(chance) for _ in range(30)]
        kept = f"Việc này theo {BROAD} đã công bố. "
        if one % 10 == 0:
            kept += f"Tổ {NARROW} cùng dự. "
        paragraphs = tuple(kept + " ".join(words[start : start + 7]) for start in range(1, 29, 7))
        title = f"{words[29].rstrip('.')}, kỳ {one + 1}"
        yield Post(f"bai-{one + 1}", title, words[0], paragraphs)


def questions() -> dict[str, list[str]]:
    """What is looked for, by what it finds: some of a tenth of the posts, some of all. The first of each finds most."""
    return {
        "narrow": [NARROW, *(f"{NARROW} {thing}" for thing in _THINGS)],
        "broad": [BROAD, *(f"{BROAD} {more}" for more in (*_PLACES, *_ENDS))],
    }


def as_json(number: int = NUMBER) -> list[dict[str, object]]:
    """The posts for programs in other languages."""
    return [asdict(post) for post in posts(number)]


def _sentence(chance: Random) -> str:
    who, act, what, where, end = (chance.choice(one) for one in (_BODIES, _ACTS, _THINGS, _PLACES, _ENDS))
    return f"{who[0].upper()}{who[1:]} {act} {what} tại {where} {end}."
