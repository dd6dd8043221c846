"""Where the name of a body may go on in the next line of its letterhead: between words that mean something, never inside one.

Vietnamese writes a space between syllables, so a line that is merely full ends inside a word: 'TRUNG TÂM PHỤC / VỤ HÀNH CHÍNH'.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from dinhlang.officialdoc.write.metrics import width_mm

_KEPT = "\u00a0"
_WORDS = (
    "bí thư|bộ phận|cải cách hành chính|chấp hành|chi nhánh|chỉ đạo|chỉ huy|chính trị|chuyển đổi số|công an|công chức|công nghệ|"
    "công thương|dân tộc|dịch vụ|dịch vụ công|đất đai|đăng ký|đảng bộ|đảng ủy|đào tạo|đô thị|đoàn thể|giải quyết|giáo dục|"
    "hành chính|hành chính công|hạ tầng|hộ tịch|hội đồng|kế hoạch|kết quả|khoa học|kiểm tra|kinh tế|lao động|mặt trận|môi trường|"
    "một cửa|nhân dân|nông nghiệp|nông thôn|phục vụ|quân sự|quản lý|tài chính|tài nguyên|thanh niên|thanh tra|thể thao|"
    "thi hành án|thông tin|thủ tục|tiếp nhận|tổ chức|tổ quốc|tổng hợp|trả kết quả|trung tâm|truyền thanh|truyền thông|tư pháp|"
    "ủy ban|uỷ ban|văn hóa|văn phòng|việt nam|xã hội|xây dựng|y tế"
)
# The longer words first, so that 'hành chính công' is not taken for 'hành chính'.
_WORD = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(_WORDS.split('|'), key=len, reverse=True))})(?!\w)", re.IGNORECASE
)
_AND = re.compile(r"(?<!\S)(và) ", re.IGNORECASE)
_PLACES = (
    {"xã", "phường", "huyện", "quận", "tỉnh", "thôn", "ấp", "bản"}
    | {f"thị{_KEPT}trấn", f"thị{_KEPT}xã", f"thành{_KEPT}phố", f"đặc{_KEPT}khu"}
)  # fmt: skip
_PLACE_KIND = re.compile(r"(?<!\w)(thị|thành|đặc) (?=(?:trấn|xã|phố|khu)(?!\w))", re.IGNORECASE)


def kept_together(name: str, size: float, box: float) -> str:
    """`name` with no-break spaces inside its words and its places, for bold lines of `size` points on `box` millimetres.

    A place that is longer than a line breaks as it may, and so does a name in which a word is.
    """
    kept = _PLACE_KIND.sub(rf"\1{_KEPT}", _WORD.sub(lambda word: word[0].replace(" ", _KEPT), name))
    kept = " ".join(_with_places(_AND.sub(rf"\1{_KEPT}", kept).split(" "), size, box))
    return kept if all(width_mm(one, size) <= box for one in kept.split(" ")) else name


def _with_places(words: list[str], size: float, box: float) -> Iterator[str]:
    """The words, 'XÃ BẾN TRÚC' as one."""
    begins = [index for index, word in enumerate(words) if word.lower() in _PLACES]
    yield from words[: begins[0]] if begins else words
    for begin, end in pairwise([*begins, len(words)]):
        place = _KEPT.join(words[begin:end])
        yield from [place] if width_mm(place, size) <= box else words[begin:end]
