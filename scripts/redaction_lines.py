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
_MORE_ILLS = """viêm gan b, viêm cầu thận, viêm loét dạ dày, viêm đa khớp, viêm khớp dạng thấp, viêm tai giữa, viêm tủy răng, viêm xoang, viêm da cơ địa,
    viêm ruột thừa, viêm màng não mủ, viêm tụy cấp, áp xe gan, ung thư máu, ung thư vòm họng, ung thư đại tràng, ung thư tuyến giáp, u não, u vú, u phổi ác tính,
    u nang buồng trứng, bướu giáp, cường giáp, suy giáp, suy tim, suy tim độ ba, hở van hai lá, hẹp động mạch vành, rối loạn nhịp tim, rung nhĩ, thông liên thất,
    huyết áp thấp, huyết áp cao, thiếu máu não, thiếu máu cơ tim, tan máu bẩm sinh, máu khó đông, bạch cầu cấp, ung thư hạch, suy tủy, suy giãn tĩnh mạch,
    tiểu đường tuýp hai, biến chứng bàn chân, hoại tử bàn chân, cụt cả hai chân, cụt ba ngón tay, mất một bàn tay, liệt dây thần kinh số bảy, méo miệng, liệt tứ chi,
    liệt nửa người bên trái, teo cơ, teo chân, bại liệt từ nhỏ, loạn dưỡng cơ, nhược cơ, xơ cứng bì, lupus ban đỏ, vảy nến, bạch biến, chàm, ghẻ, hắc lào, zona,
    nấm móng, phong, lao kháng thuốc, lao xương, tràn dịch màng phổi, hen phế quản, phổi tắc nghẽn, xơ phổi, giãn phế quản, ho ra máu, bụi phổi, covid nặng,
    sỏi mật, sỏi niệu quản, thận ứ nước, thận hư, suy thận mạn, chạy thận ba lần một tuần, ghép thận, phì đại tiền liệt tuyến, tiểu không tự chủ, bí tiểu,
    trĩ ngoại, rò hậu môn, táo bón lâu ngày, đại tràng co thắt, trào ngược dạ dày, xuất huyết dạ dày, thủng dạ dày, tắc ruột, thoát vị bẹn, thoát vị đĩa đệm,
    gai cột sống, vẹo cột sống, gù lưng, đau thần kinh tọa, loãng xương, gãy cổ xương đùi, gãy cẳng tay, gãy ba xương sườn, vỡ xương bánh chè, nứt xương hông,
    chấn thương cột sống, chấn thương sọ não, dập lá lách, bỏng cồn, bỏng nước sôi, bỏng điện, đứt gân tay, bong gân, trật khớp vai, thay khớp háng, thay van tim,
    đặt stent, mổ u, mổ đẻ, mổ mắt, cườm mắt, cườm nước, mờ mắt, mù bẩm sinh, mù màu, mù một mắt, hỏng một mắt, lòa, glôcôm, bong võng mạc, lác mắt, cận mười hai độ,
    điếc bẩm sinh, nặng tai, lãng tai, ù tai, ngọng, nói lắp, câm, không nói được, chậm phát triển trí tuệ, tăng động giảm chú ý, phổ tự kỷ, rối loạn ngôn ngữ, down,
    bại não thể co cứng, não úng thủy, sứt môi, hở vòm miệng, dính ngón tay, khoèo chân, bàn chân bẹt, lùn, còi xương, suy dinh dưỡng nặng, béo phì,
    động kinh, co giật, lên cơn giật, ngất xỉu, rối loạn tiền đình, đau nửa đầu, mất ngủ kinh niên, trầm cảm nặng, trầm cảm sau sinh, rối loạn lo âu, hoảng loạn,
    rối loạn lưỡng cực, hoang tưởng, ảo giác, tâm thần, tâm thần nhẹ, điên, khùng, ngớ ngẩn, đần, lẫn, lú, hay quên, mất trí, sa sút trí tuệ, run tay chân, parkinson,
    nghiện rượu, nghiện ma túy, nghiện cờ bạc, nghiện game, ngáo đá, sốc thuốc, xơ gan do rượu, hiv, nhiễm h, giang mai, lậu, sùi mào gà, viêm phụ khoa, vô sinh,
    hiếm muộn, sảy thai, thai lưu, thai ngoài tử cung, dọa sảy, mang bầu, có bầu sáu tháng, sinh non, đẻ rớt, băng huyết, tiền sản giật, sa tử cung, u xơ, u nang,
    cắt tử cung, phá thai, bị hiếp, bị xâm hại, bị bạo hành, tự tử, uống thuốc sâu, bị chó dại cắn, rắn cắn, uốn ván, dại, sốt rét ác tính, sốt mò, thương hàn, tả,
    quai bị, thủy đậu, sởi, tay chân miệng, ho gà, bạch hầu, cúm a, sốt siêu vi, nhiễm trùng máu, nhiễm trùng vết mổ, sốc phản vệ, dị ứng thuốc, dị ứng hải sản,
    ngộ độc rượu, ngộ độc thuốc trừ sâu, nhiễm chất độc da cam, khuyết tật nặng, khuyết tật đặc biệt nặng, khuyết tật nghe nói, tàn tật, què, thọt, đi cà nhắc, liệt,
    bệnh hiểm nghèo, bệnh nan y, bệnh tim, bệnh phổi, bệnh gan, bệnh gút, bệnh khớp, bệnh mãn tính, bệnh lạ, yếu tim, yếu phổi, đau lưng kinh niên, đau khớp gối"""
_LETTERS, _FEWEST_DIGITS = "ABCDĐEGHKLMNPQRSTVX", 3
_WORD = re.compile(r"[^\W\d_]+")
_CAPITAL = re.compile(r"(?<=\s)[A-ZĐ][^\W\d_]+(?=$|[,\s])")


def read(path: Path) -> list[Marked]:
    """The marked lines of a file."""
    lines = nfc(path.read_text(encoding="utf-8")).splitlines()
    return [marked(line) for line in lines if line and not line.startswith("#")]


def ills_of(lines: list[Marked]) -> list[str]:
    """What people in the lines suffer from (values in small words alone), and more."""
    values = [text[one.start : one.end] for text, spans in lines for one in spans if one.kind is Kind.OTHER]
    more = (" ".join(ill.split()) for ill in _MORE_ILLS.split(","))
    return sorted({*more, *(value for value in values if _is_an_ill(value))})


def _is_an_ill(value: str) -> bool:
    return value == value.lower() and all(_WORD.fullmatch(word) for word in value.split())


def variants(line: Marked, times: int, chance: random.Random, ills: list[str]) -> Iterator[Marked]:
    """The line itself, and others made of it: other people, places, numbers and ills, written as hurried hands write."""
    yield line
    for _each in range(times):
        text, spans = _renamed(_moved(line, chance), chance, ills)
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


def _renamed(line: Marked, chance: random.Random, ills: list[str]) -> Marked:
    """The line with other people in it, other words that call them, other numbers of houses and codes, other ills."""

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
        if span.kind is Kind.OTHER:
            return _another_ill(text, ills, chance) if _is_an_ill(text) else _another_code(text, chance)
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


def _another_ill(ill: str, ills: list[str], chance: random.Random) -> str:
    """Another ill now and then, so that what stands around it teaches too."""
    if chance.random() < 0.6 or not ills:
        return ill
    made = chance.choice(ills)
    return _bare(made) if ill == _bare(ill) else made


def _another_code(code: str, chance: random.Random) -> str:
    """A code of the same shape."""
    code = re.sub(r"\d", lambda _digit: str(chance.randint(0, 9)), code)
    if chance.random() < 0.5 and len(re.findall(r"\d", code)) >= _FEWEST_DIGITS:
        return re.sub(
            r"(?<![^\W\d_])[A-Z]{1,3}(?=[-./ ]?\d)",
            lambda found: "".join(chance.choices(_LETTERS, k=len(found[0]))),
            code,
        )
    return code


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
