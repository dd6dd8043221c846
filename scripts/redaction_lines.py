"""Lines to learn from: those that are marked, and others made of them (`train_redaction.py`). Nobody in them exists."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

from dinhlang.vietnamese.redaction import words
from dinhlang.vietnamese.redaction.given import GIVEN, MIDDLE
from dinhlang.vietnamese.redaction.spans import Kind, Span
from dinhlang.vietnamese.tests.marked import marked
from dinhlang.vietnamese.text import nfc

Marked = tuple[str, tuple[Span, ...]]

_FAMILIES = """nguyễn nguyễn nguyễn trần trần lê lê phạm phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đào đinh lâm trịnh
    mai cao"""
_MORE = """ung đồng ông viên chung từ tô trang uông nhan lại hàn hạ lã giản tiết cụt moong lữ xeo kha lô ngân hoa đới ngọ lèng sạch thân
    mâu bá phó liễu cam đan phù kim thị"""
_RARE_FAMILY = sorted({*words.SURNAMES, *_MORE.split()})
_GIVEN, _MIDDLE = sorted(GIVEN), sorted(MIDDLE)
_RANKS = ("hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "út", "cả")
# Syllables that other peoples than the Kinh are called by, as they are written.
_PEOPLES = """Bhơi Slấn Pản Ly Blơ Blút Rin Nô Kbuôr Niê Siu Rmah Kpă Êban Mlô Nay Ksor Rơ Châm Hmok Bhling Zơrâm Cơlâu Arất Tơngôl Pơloong Clâu
    Hốih Bríu Păng Dế Chư Páo Sình Vàng Dơ Chớ Lử Chứ Pó Tủa Sính Dính Mua Sùng Giàng Thào Lềnh Cháng Lao Sa Ruông Rương Thol Phol Sà Rây Rốt
    Kên Đực Nhỏ Banh Chanh Rithy Hyương Thim Đích Yang Krông Yơn Dung Jút Hnuôn Nuê Nhiêm Bhit Mơ Đăm Săn Thuy Tiêng Gút Brôih Bôn Plin Ngăm Ăm
    Điểu Lươn Ôn Dớ Pháy Lếnh Khé Xuya Vả Tểnh Cở Sài Mẩy Phin Tá Goàng Lở Phẩu"""
_FAMILY, _OTHERS = _FAMILIES.split(), _PEOPLES.split()
_SHORT_FORMS = ("A {}", "Y {}", "H'{} {}", "K'{} {}", "K'{}", "H {}", "{} {}")
_LONG_FORMS = (
    "Y {} {}", "H'{} {}", "A Lăng {}", "A Lăng Thị {}", "Giàng A {}", "Sùng Thị {}", "Vàng Seo {}", "Thào Mí {}", "Rơ Châm {}", "Ksor {}",
    "Hồ Văn {}", "Thạch {} {}", "Danh {}", "Sơn {} {}", "Kim {} {}", "Điểu {}", "Đinh {}", "Lý A {}", "Mùa Thị {}", "Bhling {}", "Lò Thị {}",
    "Y {}",
)  # fmt: skip
_CALLS = ("ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cháu", "bé", "cụ", "cậu", "dì", "thím", "mợ")
_CALL_BEFORE = re.compile(rf"(?<!\w)(?:{'|'.join(_CALLS)}) $")
_HEROES = (
    "Nguyễn Huệ", "Lê Lợi", "Trần Phú", "Lý Thường Kiệt", "Hai Bà Trưng", "Quang Trung", "Phan Bội Châu", "Trần Hưng Đạo", "Lê Hồng Phong",
    "Nguyễn Du", "Võ Thị Sáu", "Kim Đồng", "Lê Lai", "Ngô Quyền", "Bà Triệu", "Phan Chu Trinh", "Nguyễn Trãi", "Lương Thế Vinh",
    "Huỳnh Thúc Kháng", "Tôn Đức Thắng",
)  # fmt: skip
_PLACED = re.compile(
    r"(?<!\w)((?:đường|phố|trường|thcs|thpt|tiểu học|chợ|cầu|quán|tiệm|công ty|cty|tnhh|tnhh mtv|cổ phần|nhà máy|bệnh viện|kênh|sông|thôn|"
    r"xã|phường|làng|ấp|ngã tư|ngã ba|đền|chùa|lăng|duong|pho|truong|cho|cau|quan|cong ty|xa|phuong|thon) )"
    r"((?-i:[A-ZĐ])[^\W\d_]+(?: (?-i:[A-ZĐ])[^\W\d_]+){0,3})(?!\w)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"(?<=\s)[A-ZĐ][^\W\d_]+(?=$|[,\s])")


def read(path: Path) -> list[Marked]:
    """The marked lines of a file."""
    lines = nfc(path.read_text(encoding="utf-8")).splitlines()
    return [marked(line) for line in lines if line and not line.startswith("#")]


def variants(line: Marked, times: int, chance: random.Random) -> Iterator[Marked]:
    """The line itself, and others made of it: other people, places and numbers, written as hurried hands write."""
    yield line
    for _each in range(times):
        text, spans = _renamed(_moved(line, chance), chance)
        text = _written(text, chance)
        if text == nfc(text):
            yield text, spans


def _written(text: str, chance: random.Random) -> str:
    """As it is; without marks, or some of them; small; in capitals: letter for letter."""
    way = chance.random()
    if way < 0.42:
        return _bare(text).lower() if way < 0.1 else _bare(text)
    if way < 0.64:
        half = _half_bare(text, chance.choice((0.3, 0.55, 0.8)), chance)
        return half.lower() if way < 0.46 else half
    if way < 0.82:
        other = text.lower() if way < 0.72 else text.upper() if way < 0.76 else _bare(text).upper()
        return other if len(other) == len(text) else text
    return text


def _bare(text: str) -> str:
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return plain.replace("đ", "d").replace("Đ", "D")


def _half_bare(text: str, share: float, chance: random.Random) -> str:
    """Some words without marks, as a phone leaves them."""
    return "".join(_bare(word) if chance.random() < share else word for word in re.split(r"(\s+)", text))


def _rebuilt(
    line: Marked, before: Callable[[str, Span | None], str], value: Callable[[str, Span], str]
) -> Marked:
    """The line with other text before each span, and other values in them."""
    text, spans = line
    out, made, last = "", [], 0
    for one in spans:
        out += before(text[last : one.start], one)
        new = value(text[one.start : one.end], one)
        made.append(Span(len(out), len(out) + len(new), one.kind))
        out, last = out + new, one.end
    return out + before(text[last:], None), tuple(made)


def _moved(line: Marked, chance: random.Random) -> Marked:
    """The line with other streets, schools and firms outside of what is personal."""

    def other(text: str, _span: Span | None) -> str:
        return _PLACED.sub(lambda found: found[1] + _a_place(found[2], chance), text)

    return _rebuilt(line, other, lambda value, _span: value)


def _a_place(name: str, chance: random.Random) -> str:
    way = chance.random()
    if way < 0.4:
        return name
    if way < 0.52:
        made = chance.choice(_HEROES)
    elif way < 0.72:
        made = _full(chance.choice((2, 2, 3)), chance)
    else:
        made = f"{_given(chance)} {_given(chance)}"
    return _bare(made) if name == _bare(name) else made


def _renamed(line: Marked, chance: random.Random) -> Marked:
    """The line with other people in it, other words that call them, other numbers of houses."""

    def before(text: str, span: Span | None) -> str:
        call = _CALL_BEFORE.search(text)
        if span and span.kind is Kind.PERSON and call and chance.random() < 0.3:
            return f"{text[: call.start()]}{chance.choice(_CALLS)} "
        return text

    def value(text: str, span: Span) -> str:
        if span.kind is Kind.PERSON and chance.random() < 0.8:
            return _another(text, chance)
        if span.kind is Kind.ADDRESS and chance.random() < 0.6:
            text = re.sub(r"\d", lambda _digit: str(chance.randint(1, 9)), text)
            if text != _bare(text):
                text = _CAPITAL.sub(lambda found: _given(chance) if chance.random() < 0.4 else found[0], text)
        return text

    return _rebuilt(line, before, value)


def _another(name: str, chance: random.Random) -> str:
    """Another name for a name, written as that one is."""
    row = name.split()
    if not all(_WORD.fullmatch(word) for word in row) or len(row) > 5:
        return name
    first = _bare(row[0]).lower()
    if len(row) == 1:
        made = chance.choice(_OTHERS) if chance.random() < 0.05 else _given(chance)
    elif len(row) == 2 and first in map(_bare, _RANKS):
        made = f"{chance.choice(_RANKS)} {_given(chance)}".title()
    elif len(row) == 2 and first not in map(_bare, words.SURNAMES):
        made = f"{_given(chance)} {_given(chance)}"
    else:
        made = _full(len(row) if chance.random() < 0.6 else chance.choice((2, 3, 3, 3, 4, 4)), chance)
    if name == name.upper() and len(name) > 2:
        made = made.upper()
    elif name == name.lower():
        made = made.lower()
    return _bare(made) if name == _bare(name) and chance.random() < 0.8 else made


def _given(chance: random.Random) -> str:
    return chance.choice(_GIVEN).title()


def _full(length: int, chance: random.Random) -> str:
    """A name of that many words, two at least."""
    if chance.random() < 0.14:
        form = chance.choice(_SHORT_FORMS if length == 2 else _LONG_FORMS)
        return form.format(chance.choice(_OTHERS), chance.choice(_OTHERS))
    family = chance.choice(_FAMILY if chance.random() < 0.5 else _RARE_FAMILY).title()
    if length == 2:
        return f"{family} {_given(chance)}"
    middle = chance.choice(("Văn", "Thị")) if chance.random() < 0.45 else chance.choice(_MIDDLE).title()
    last = chance.choice(_OTHERS) if chance.random() < 0.06 else _given(chance)
    between = [_given(chance) for _more in range(length - 3)]
    return " ".join([family, middle, *between, last])
