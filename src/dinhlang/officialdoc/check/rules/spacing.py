"""Signs and spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.findings import FindingKind, Severity
from dinhlang.officialdoc.check.pieces import PROSE, Part, Piece
from dinhlang.officialdoc.check.registry import Hit, filed, rule, said
from dinhlang.officialdoc.check.wording import COLON, DAY, OF_2000S, SLASH, SO
from dinhlang.officialdoc.kept import once
from dinhlang.officialdoc.model import Paragraph, Role, Run
from dinhlang.vietnamese.syllable import is_syllable

_LETTER = r"[^\W\d_]"
# No syllable is longer; a line of a million letters must not hold up the patterns.
_WORD = rf"(?<!{_LETTER}){_LETTER}{{1,10}}"
_ADDRESS = re.compile(
    r"https?://\S{1,300}|(?<!\S)www\.\S{1,300}|(?<!\S)\S{1,80}@\S{1,80}|(?<!\S)\S{1,80}\.(?:vn|com|gov|org|net)\b\S{0,200}"
)
_BODY = "BÁO CÁO\nKết quả năm 2023\n\nI. KẾT QUẢ\n"


def _is_marked_up(case: Case, piece: Piece, found: re.Match[str]) -> bool:
    """Whether marks of bold type stood where the line has spaces: '**Văn phòng**:'."""
    if case.source is None or piece.part is not Part.LINE or not isinstance(piece.path[1], int):
        return False
    raw = case.source.lines[piece.path[1]].raw
    return "**" in raw[found.start() : found.end()] or "__" in raw[found.start() : found.end()]


# A sign after a space, before a letter or beside another: elsewhere none of the next three rules finds anything.
_ODD_SIGN = re.compile(rf"[,;?!.:…](?:(?<=\s.)|(?={_LETTER}|[,;.:]))", re.DOTALL)


@once
def _oddly_signed(case: Case) -> Sequence[Piece]:
    """The lines of the file where there is one, for the reader joins spaces, that have such a sign."""
    return case.written_row.with_match(_ODD_SIGN)


def _without_addresses(text: str) -> str:
    """The text with addresses blanked out, as long as it was."""
    if "." not in text and "@" not in text:
        return text
    return _ADDRESS.sub(lambda found: "_" * len(found[0]), text)


# Signs are rarer than spaces: the sign is looked for, then what stands before it.
_SPACE_SIGN = re.compile(r"[,;?!.:](?<=\s[,;?!.:])")
_BEFORE = re.compile(
    rf"(?P<word>{_WORD})\s{{1,9}}(?P<sign>[,;?!])(?![,;.?!…]|\s*\.)"
    rf"|(?P<word2>{_WORD})(?<={_LETTER}{{2}})\s{{1,9}}(?P<sign2>[.:])(?=\s+{_LETTER}|\s*$)"
)


@rule(
    "DL420",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Dấu cách trước dấu câu",
    bad=[said("Phù hợp với từng ngành , từng địa phương."), said("Kết quả như sau : đã đăng 36 tin.")],
    good=[
        said("Phù hợp với từng ngành, từng địa phương."),
        said("Ngày … tháng … năm 2023, số ..../KH-UBND; đạt 3 %."),
        filed(_BODY + "1. **Văn phòng**: chủ trì, theo dõi việc thực hiện.\n"),
    ],
)
def space_before_sign(case: Case) -> Iterator[Hit]:
    """'ngành , từng'."""
    for piece in _oddly_signed(case):
        if not _SPACE_SIGN.search(piece.text):
            continue
        for found in _BEFORE.finditer(piece.text):
            word = found["word"] or found["word2"]
            sign = found["sign"] or found["sign2"]
            if (sign == ":" and piece.part is Part.CELL) or _is_marked_up(case, piece, found):
                continue
            yield Hit(piece, *found.span(), f"Bỏ dấu cách trước dấu “{sign}”.", f"{word}{sign}")


_SIGN_LETTER = re.compile(rf"[,;.…]{_LETTER}")
_AFTER = re.compile(
    rf"(?P<left>{_WORD})(?P<sign>[,;])(?P<right>{_LETTER}{{1,10}})|(?P<left2>{_WORD})(?P<sign2>\.|\.{{3}}|…)(?P<right2>{_LETTER}{{1,10}})"
)
_OF_A_DATE = frozenset(("ngày", "tháng", "năm"))


@rule(
    "DL421",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Thiếu dấu cách sau dấu câu",
    bad=[
        said("Qua pa nô, áp phích...kết hợp sinh hoạt."),
        said("Cán bộ,công chức."),
        said("Đã làm tốt.Tiếp tục làm."),
    ],
    good=[said("Ngày…tháng…năm 2026; xem quyetthang.haiduong.gov.vn, TP.HCM, ThS.Lê Văn A, a.b@c.vn.")],
)
def no_space_after_sign(case: Case) -> Iterator[Hit]:
    """'cán bộ,công chức'. Abbreviations and addresses are left alone."""
    for piece in _oddly_signed(case):
        if not _SIGN_LETTER.search(piece.text):
            continue
        for found in _AFTER.finditer(_without_addresses(piece.text)):
            left, right = found["left"] or found["left2"], found["right"] or found["right2"]
            sign = found["sign"] or found["sign2"]
            if {left.lower(), right.lower()} & _OF_A_DATE:
                continue
            stop = sign == "."
            if not is_syllable(left) or not is_syllable(right):
                continue
            if stop and (not right[0].isupper() or len(left) < 2 or _is_abbreviated(piece, found)):
                continue
            yield Hit(piece, *found.span(), f"Thêm dấu cách sau dấu “{sign}”.", f"{left}{sign} {right}")


def _is_abbreviated(piece: Piece, found: re.Match[str]) -> bool:
    before = piece.text[: found.start()]
    return bool(before) and (before[-1].isalnum() or before[-1] == ".")


_TWO_SIGNS = (",.", ".,", ";.", ",,", ";;", ",;", ";,", "::", "..")
_DOUBLE = re.compile(
    r"(?<![.…,;])(?P<signs>,\s*\.{4,}|,\.(?!\.)|\.,|;\.(?=\s|$)|,,|;;|,;|;,|::|\.\.(?![./…]))(?![.…,;])"
)


@rule(
    "DL422",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Hai dấu câu liền nhau",
    bad=[
        said("Lý luận chính trị,. Tuyên truyền."),
        said("Trong giai đoạn hiện nay.."),
        said("Qua các cuộc họp, hội nghị,...."),
    ],
    good=[
        said("Qua các cuộc họp, hội nghị... và nhiều hình thức…; Trên đây là báo cáo./."),
        said("Số ......./KH-UBND ngày ..../..../2023."),
    ],
)
def two_signs(case: Case) -> Iterator[Hit]:
    """',.' and '..'."""
    for piece in _oddly_signed(case):
        if not any(signs in piece.text for signs in _TWO_SIGNS):
            continue
        for found in _DOUBLE.finditer(piece.text):
            start, end = found.span("signs")
            if piece.text[start - 1 : start].isspace() or start == 0 or "/" in piece.text[end : end + 2]:
                continue
            signs = found["signs"]
            right = "…" if signs.count(".") > 2 else "." if "." in signs else signs[0]
            yield Hit(piece, start, end, f"Hai dấu câu liền nhau: chỉ dùng “{right}”.", right)


_GAP = re.compile(r"(?P<left>[^\s.…_|:]{1,40})(?P<gap> {2,3})(?P<right>[^\s.…_|/]{1,40})")
# Justified text out of a PDF has wide gaps everywhere: they are its layout.
_MOST_GAPS = 12


@rule(
    "DL423",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Hai dấu cách liền nhau",
    bad=[
        said("", blocks=(Paragraph(Role.BODY, (Run("Bảo đảm hoạt động  của cơ quan."),)),)),
        filed(_BODY + "Đã đăng  108 bài về hoạt động của phường trong năm.\n"),
    ],
    good=[
        said("Bảo đảm hoạt động của cơ quan."),
        filed(_BODY + "\n".join(f"Đã  đăng {n}  bài  về hoạt động." for n in range(20))),
    ],
)
def two_spaces(case: Case) -> Iterator[Hit]:
    """Between two words of a sentence. A line of two columns has wider gaps."""
    hits = []
    for piece in _below_head(case) if "  " in case.written_row.text else ():
        if "  " not in piece.text or re.search(r"\S {4,}\S", piece.text):
            continue
        for found in _GAP.finditer(piece.text):
            if _is_marked_up(case, piece, found):
                continue
            hits.append(Hit(piece, *found.span(), "Thừa dấu cách.", f"{found['left']} {found['right']}"))
    if len(hits) <= _MOST_GAPS:
        yield from hits


def _below_head(case: Case) -> Iterator[Piece]:
    """Not the head and the foot, where columns stand side by side."""
    if case.source is None:
        return (piece for piece in case.written_lines if piece.part in PROSE)
    spans = [piece.read_from for piece in case.prose]
    inside = {line for span in spans if span for line in range(span.line, span.end_line + 1)}
    return (
        piece
        for piece in case.written_lines
        if isinstance(piece.path[1], int) and piece.path[1] + 1 in inside
    )


_QUOTE = re.compile(r"“\s{1,9}(?P<open>\S{1,40})|(?P<close>(?<!\S)\S{1,40})\s{1,9}”")


@rule(
    "DL424",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Dấu cách trong ngoặc kép",
    bad=[said("Chuyên mục “ Thủ tục hành chính cấp xã”."), said("Chuyên mục “Thủ tục hành chính ”.")],
    good=[said("Chuyên mục “Thủ tục hành chính cấp xã” được duy trì.")],
)
def space_in_quotes(case: Case) -> Iterator[Hit]:
    """'“ Thủ tục”'."""
    for piece in case.written_lines:
        if "“" not in piece.text and "”" not in piece.text:
            continue
        for found in _QUOTE.finditer(piece.text):
            right = f"“{found['open']}" if found["open"] else f"{found['close']}”"
            if found["close"] and "“" in found["close"]:
                continue
            yield Hit(piece, *found.span(), "Bỏ dấu cách sát dấu ngoặc kép.", right)


_COLON = re.compile(
    r"(?P<kind>Kế hoạch|Quyết định|Nghị quyết|Chỉ thị|Công văn|Thông báo|Báo cáo|Nghị định|Thông tư)\s+(?P<all>số\s*:)(?=\s*[\d/])"
)


@rule(
    "DL425",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Dấu hai chấm sau chữ “số” trong viện dẫn",
    needs=SO & COLON,
    bad=[said("Thực hiện Kế hoạch số: 04/KH-UBND ngày 13 tháng 02 năm 2023 của UBND xã.")],
    good=[said("Thực hiện Kế hoạch số 04/KH-UBND ngày 13 tháng 02 năm 2023 của UBND xã.")],
)
def colon_after_so(case: Case) -> Iterator[Hit]:
    """Only the document's own number has one."""
    for piece in case.of(*PROSE, Part.NOTE, saying=SO & COLON):
        for found in _COLON.finditer(piece.text):
            yield Hit(piece, *found.span("all"), "Trong viện dẫn, sau chữ “số” không có dấu hai chấm.", "số")


_NUMBER_COMMA = re.compile(r"số(?<!\wsố)\s+\d+/[A-ZĐ][\w&-]*(?P<all>,)(?=\s+ngày\s+\d)")


@rule(
    "DL426",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Dấu phẩy giữa số và ngày của văn bản được viện dẫn",
    needs=SO & SLASH & DAY,
    bad=[said("Thực hiện Kế hoạch số 25/KH-UBND, ngày 25 tháng 12 năm 2022 của UBND phường.")],
    good=[said("Thực hiện Kế hoạch số 25/KH-UBND ngày 25 tháng 12 năm 2022 của UBND phường.")],
)
def comma_before_date(case: Case) -> Iterator[Hit]:
    """Number and date belong together."""
    for piece in case.of(*PROSE, Part.NOTE, saying=SO & SLASH & DAY):
        if "," not in piece.text:
            continue
        for found in _NUMBER_COMMA.finditer(piece.text):
            start = found.start("all")
            word = piece.text.rfind(" ", 0, start) + 1
            yield Hit(
                piece, word, start + 1, "Giữa số, ký hiệu và ngày không có dấu phẩy.", piece.text[word:start]
            )


_RANGE = re.compile(r"(?P<all>20(?<!\w20)\d\d(?P<sign>\s*[-–—]\s*)20\d\d)\b")


@rule(
    "DL427",
    FindingKind.PUNCTUATION,
    Severity.INFO,
    "Khoảng năm viết nhiều kiểu",
    bad=[said("Giai đoạn 2021 - 2030.\nGiai đoạn 2021 - 2025.\nGiai đoạn 2022-2025.")],
    good=[said("Giai đoạn 2021 - 2030.\nGiai đoạn 2021 - 2025.")],
)
def two_styles_of_range(case: Case) -> Iterator[Hit]:
    """'2021-2025' beside '2021 - 2030': the first of the rarer style is shown."""
    by_sign: dict[str, list[tuple[Piece, re.Match[str]]]] = {}
    for piece in case.of(*PROSE, Part.SUBJECT, Part.HEADING, saying=OF_2000S):
        if piece.text.count("20") < 2:
            continue
        for found in _RANGE.finditer(piece.text):
            by_sign.setdefault(found["sign"], []).append((piece, found))
    if len(by_sign) < 2:
        return
    usual = max(by_sign, key=lambda sign: (len(by_sign[sign]), sign == " - "))
    piece, found = next(one for sign, many in by_sign.items() if sign != usual for one in many)
    right = found["all"].replace(found["sign"], usual)
    yield Hit(piece, *found.span("all"), f"Khoảng năm viết nhiều kiểu: thống nhất “{right}”.", right)


RULES = (
    space_before_sign,
    no_space_after_sign,
    two_signs,
    two_spaces,
    space_in_quotes,
    colon_after_so,
    comma_before_date,
    two_styles_of_range,
)
