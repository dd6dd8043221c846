"""Words and sentences: impossible syllables, capitals, the style of tone marks, sentences cut off."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import partial
from unicodedata import is_normalized

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.chunks import plain
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.letters import LOWER, UPPER
from dinhlang.officialdoc.check.noted import signs, word_kind
from dinhlang.officialdoc.check.pieces import PROSE, Part
from dinhlang.officialdoc.check.registry import Hit, rule, said
from dinhlang.officialdoc.kept import Kept
from dinhlang.officialdoc.read.words import fold, pattern
from dinhlang.vietnamese import syllable
from dinhlang.vietnamese.text import house_style

_WRITTEN = (*PROSE, Part.HEADING, Part.SUBJECT, Part.CELL, Part.HEADER_CELL, Part.APPENDIX_TITLE, Part.NOTE)


# What is longer is no slip: a file without spaces, a key.
_LONGEST_WORD = 20


@rule(
    "DL410",
    FindingKind.SPELLING,
    Severity.WARNING,
    "Chữ không phải tiếng Việt",
    bad=[
        said("III. Đề xuât, kiến nghị\n- Đề nghị."),
        said("Đã thưc hiên tốt."),
        said("Công tác cuả xã."),
        said("Đã thựchiện tốt."),
        said("Tổ chức tuyên truyền taan nơi."),
    ],
    good=[
        said(
            "Đăng trên website, Zalo, Facebook của UBND xã; dữ liệu VNeID, QR-code, tại Ea H’leo, Krông Pắc, panô, số sêri, mocha."
        )
    ],
)
def impossible_syllable(case: Case) -> Iterator[Hit]:
    """By the grammar of the syllable; names, loans, codes and addresses are left alone."""
    certain = set(case.of(*_WRITTEN, saying=_WRONG_WORD))
    for piece in case.of(*_WRITTEN, saying=_ODD_WORD & _DOUBTFUL_WORD):
        if piece not in certain and not _JOINED.search(piece.text) and _is_nfc(piece.text):
            continue
        judged = list(syllable.judged(piece.text))
        wrong = {word for word, verdict in judged if verdict is syllable.Verdict.WRONG and _is_wrong(word)}
        offset = 0
        for word, _ in judged if wrong else ():
            at = piece.text.find(word, offset)
            if at < 0:
                continue
            offset = at + len(word)
            if word not in wrong:
                continue
            meant = _meant(word)
            if _is_loan(word) and not (meant and " " in meant):
                continue
            told = f": có lẽ là “{meant}”" if meant else ": kiểm tra lại"
            yield Hit(piece, at, offset, f"“{word}” không phải chữ tiếng Việt{told}.", meant)


def _is_wrong(word: str) -> bool:
    """Whether what is no syllable is neither a key nor a word of another language."""
    if len(word) > _LONGEST_WORD or (word.isascii() and not _is_telex(word)):
        return False
    return _LATIN.fullmatch(word) is not None


_TELEX = re.compile(r"(?=.{4,}$)[a-z]*(?:aa|ee|oo|dd|aw|ow|uw)[a-z]*|[a-z]{3,}[sfrxj]")


def _is_telex(word: str) -> bool:
    """Whether a word without marks looks as if typed with the keyboard's input method off: 'tuyeen', 'hanhf'."""
    word = word.lower()
    if not _TELEX.fullmatch(word):
        return False
    bare = re.sub(r"([aeod])\1|([aou])w", lambda found: found[1] or found[2], word)
    return syllable.is_syllable(bare) or syllable.is_syllable(bare[:-1])


def _is_odd(word: str) -> bool:
    """Whether a word is none of the language however it is written."""
    bare = plain(word)
    return not bare.isdecimal() and not syllable.is_syllable(bare)


def _may_be_wrong(word: str) -> bool:
    """A quick look before the careful one: most words are syllables or acronyms."""
    if word.isupper() and (word.isascii() or not _VOWELS.search(fold(word))):
        return False
    return not word.isdecimal() and not syllable.is_syllable(word)


def _is_wrong_alone(word: str) -> bool:
    """Whether a word is wrong by itself, not only with what stands beside it."""
    return _is_odd(word) and any(
        verdict is syllable.Verdict.WRONG and _is_wrong(one) for one, verdict in syllable.judged(word)
    )


# What is more than a word: a letter beside a digit, or an apostrophe.
_JOINED = re.compile(r"['’`]|\d[^\W\d_]")
_is_nfc = partial(is_normalized, "NFC")
_ODD_WORD, _DOUBTFUL_WORD, _WRONG_WORD = map(word_kind, (_is_odd, _may_be_wrong, _is_wrong_alone))


_USUAL = 2000
_LONGEST_PAIR = 14
_LATIN = re.compile("[A-Za-z0-9À-ɏƠ-ưḀ-ỿ'’]+")
_VOWELS = re.compile(r"[aeiouy]+")


def _meant(word: str) -> str | None:
    """What was meant by an impossible syllable; two usual ones run together are parted."""
    for at in range(2, min(len(word), _LONGEST_PAIR) - 1):
        if min(syllable.frequency(word[:at]), syllable.frequency(word[at:])) >= _USUAL:
            return f"{word[:at]} {word[at:]}"
    return next(iter(syllable.suggest(word)), None)


def _is_loan(word: str) -> bool:
    """Several syllables in one word, which no slip makes of one: panô, sêri."""
    return len(_VOWELS.findall(fold(word))) > 1


@rule(
    "DL413",
    FindingKind.TONE_STYLE,
    Severity.INFO,
    "Dấu thanh đặt theo hai kiểu",
    bad=[said("Hiện đại hóa nền hành chính để lan toả kết quả.")],
    good=[
        said("Hiện đại hóa nền hành chính để lan tỏa kết quả của quý I."),
        said("Hiện đại hoá nền hành chính, lan toả kết quả."),
    ],
)
def two_tone_styles(case: Case) -> Iterator[Hit]:
    """A text that writes 'hóa' does not write 'toả'. One that keeps to the old style is left alone."""
    in_new = case.of(*_WRITTEN, saying=_NEW_STYLE_WORD)
    in_old = case.of(*_WRITTEN, Part.RECIPIENT, saying=_OLD_STYLE_WORD)
    if not in_old or not any(_NEW_STYLE.search(piece.text) for piece in in_new):
        return
    old = [
        (piece, found.start(), found.end())
        for piece in in_old
        if _OLD_STYLE.search(piece.text)
        for found in _WORD.finditer(piece.text)
        if _IN_HOUSE_STYLE[found[0]] != found[0]
    ]
    told: Counter[str] = Counter()
    for piece, start, end in old:
        word = piece.text[start:end]
        told[word.lower()] += 1
        if told[word.lower()] == 1:
            right = house_style(word)
            yield Hit(piece, start, end, f"Trong bài có hai kiểu đặt dấu thanh: thống nhất “{right}”.", right)


_WORD = re.compile(r"[^\W\d_]+")
_IN_HOUSE_STYLE = Kept(house_style)
_OLD_STYLE = re.compile(r"(?:o[àảãáạèẻẽéẹ]|u[ỳỷỹýỵ])(?!\w)", re.IGNORECASE)
_NEW_STYLE = re.compile(r"(?:[òóỏõọ][ae]|[ùúủũụ]y)(?!\w)", re.IGNORECASE)
_NEW_STYLE_WORD = word_kind(lambda word: bool(_NEW_STYLE.search(word)))
_OLD_STYLE_WORD = word_kind(lambda word: bool(_OLD_STYLE.search(word)))


_CAPITAL_WITHIN = re.compile(rf"[{LOWER}][{UPPER}]|[{UPPER}]{{2}}[{LOWER}]")
_CAPITAL_INSIDE = re.compile(r"[^\W\d_]{2,8}")
_MIXED_WORD = word_kind(
    lambda word: not (word.islower() or word.isascii() or word.isupper() or word[1:].islower())
)


@rule(
    "DL414",
    FindingKind.CAPITALISATION,
    Severity.INFO,
    "Chữ hoa lẫn trong chữ thường",
    bad=[said("ThỜI gian thực hiện.")],
    good=[said("Thời gian thực hiện theo Thông tư 01/TT-BNV, VNeID, QĐ-TTg.")],
)
def mixed_case(case: Case) -> Iterator[Hit]:
    """'ThỜI': the key for capitals was let go too late. Words without a mark may be names (VNeID, iPhone)."""
    for piece in case.of(*_WRITTEN, saying=_MIXED_WORD):
        if piece.text.isupper() or not _CAPITAL_WITHIN.search(piece.text):
            continue
        for found in _CAPITAL_INSIDE.finditer(piece.text):
            word = found[0]
            if word.isupper() or word[1:].islower() or word.isascii() or not syllable.is_syllable(word):
                continue
            right = word.capitalize() if word[0].isupper() else word.lower()
            yield Hit(piece, *found.span(), "Chữ hoa lẫn trong chữ thường.", right)


_VERBS = (
    "Cập nhật|Khuyến khích|Tiếp tục|Tăng cường|Đẩy mạnh|Thực hiện|Triển khai|Nâng cao|Phối hợp|Tuyên truyền|Phổ biến|Tham mưu|"
    "Hướng dẫn|Công khai|Đăng tải|Bảo đảm|Đảm bảo|Kịp thời|Thường xuyên|Chủ động|Phát huy|Duy trì|Rà soát|Kiểm tra|Đôn đốc|Niêm yết|Lồng ghép|Tổ chức (?=tuyên|thực|các|hội|tập|phổ)"
)
_AFTER_SEMICOLON = re.compile(rf";\s+(?P<all>{_VERBS})(?=\s+[{LOWER}])")


_SEMICOLON = signs(";")


@rule(
    "DL415",
    FindingKind.CAPITALISATION,
    Severity.INFO,
    "Viết hoa sau dấu chấm phẩy",
    needs=_SEMICOLON,
    basis="Nghị định 30/2020/NĐ-CP, Phụ lục II, mục I",
    bad=[said("Công khai thủ tục hành chính; Cập nhật các thủ tục mới.")],
    good=[said("Công khai thủ tục hành chính; cập nhật các thủ tục mới; Ủy ban nhân dân xã; Cập nhật.")],
)
def capital_after_semicolon(case: Case) -> Iterator[Hit]:
    """After ';' the sentence goes on. Only words that begin no name."""
    for piece in case.of(*PROSE, saying=_SEMICOLON):
        for found in _AFTER_SEMICOLON.finditer(piece.text):
            start, end = found.span("all")
            text = piece.text[start:end].rstrip()
            yield Hit(
                piece, start, start + len(text), "Sau dấu chấm phẩy viết thường.", text[0].lower() + text[1:]
            )


_CARRIES_OUT = r"^\s*(?:«thực hiện»|«theo»)\s+(?:«nội dung»\s+)?(?:«kế hoạch»|«công văn»|«chỉ thị»|«quyết định»|«nghị quyết»|«chương trình»|«văn bản»|«thông báo»)"
_FOLLOWING = r"\s*(?:«UBND»|«Ủy ban»|«phòng»|«trung tâm»|«xã»|«phường»|«sở»|«ban»|«văn phòng»|«Đảng ủy»|«HĐND»|«công an»|«đề nghị»|«yêu cầu»)\b"
_STOP = re.compile(rf"(?<=[^\s.]{{2}})\.(?=\s+[{UPPER}]|\s*$)")
_MAIN = re.compile(r"[,;]\s*[^,;.]{3,60}\b(?:da|tien hanh)\s")
_SUBJECT = re.compile(r",\s*(?:ubnd|uy ban nhan dan|phong|trung tam|van phong|hdnd)\b")


@rule(
    "DL416",
    FindingKind.OTHER,
    Severity.WARNING,
    "Câu cụt: “Thực hiện …” rồi chấm câu",
    bad=[
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 08 tháng 02 năm 2023 của UBND huyện về tuyên truyền. Ủy ban nhân dân xã Bến Mẫu báo cáo như sau:"
        ),
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 08 tháng 02 năm 2023 của UBND huyện về tuyên truyền.\nỦy ban nhân dân xã Bến Mẫu báo cáo như sau:"
        ),
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 08 tháng 02 năm 2023 của UBND tỉnh về tuyên truyền. Sở Nội vụ đề nghị các đơn vị báo cáo:"
        ),
    ],
    good=[
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 08 tháng 02 năm 2023 của UBND huyện về tuyên truyền, Ủy ban nhân dân xã báo cáo như sau:"
        ),
        said(
            "Thực hiện Kế hoạch số 25/KH-UBND ngày 08 tháng 02 năm 2023 của UBND huyện, từ ngày 16/9/2023, Đoàn kiểm tra đã làm việc tại 10 thôn. Ủy ban nhân dân xã báo cáo như sau:"
        ),
        said(
            "Căn cứ Kế hoạch số 25/KH-UBND ngày 08 tháng 02 năm 2023 của UBND huyện về tuyên truyền.\nI. MỤC ĐÍCH",
            kind="ke-hoach",
        ),
    ],
    on_damaged=True,
)
def cut_sentence(case: Case) -> Iterator[Hit]:
    """An adverbial phrase that ends before its sentence begins. Bases (Căn cứ …) may end with a stop."""
    for index, piece in enumerate(case.opening):
        if not pattern(_CARRIES_OUT, case.is_damaged).match(piece.folded):
            continue
        stop = _STOP.search(piece.text)
        if (
            stop is None
            or _SUBJECT.search(piece.folded, 0, stop.start())
            or _MAIN.search(piece.folded, 0, stop.start())
        ):
            continue
        following = piece.folded[stop.end() :] or (
            case.opening[index + 1].folded if index + 1 < len(case.opening) else ""
        )
        if not pattern(_FOLLOWING, case.is_damaged).match(following):
            continue
        start = piece.text.rfind(" ", 0, stop.start()) + 1
        end = stop.end()
        yield Hit(
            piece,
            start,
            end,
            "Câu cụt: cụm “Thực hiện …” chưa có vế chính. Thay dấu chấm bằng dấu phẩy rồi viết tiếp.",
            f"{piece.text[start : stop.start()]},",
        )


RULES = (
    impossible_syllable,
    two_tone_styles,
    mixed_case,
    capital_after_semicolon,
    cut_sentence,
)
