"""Documents that a text cites: kind, number, symbol, date, issuer, subject.

A full citation reads 'Kế hoạch số 25/KH-UBND ngày 08 tháng 2 năm 2023 của UBND huyện Tứ Kỳ về …'
(NĐ 30/2020/NĐ-CP, Phụ lục I, II.6). Real ones leave out parts, change their order and break lines anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from dinhlang.officialdoc.model import Kind, PartialDate, Reference
from dinhlang.officialdoc.read.dates import DATE, date_of
from dinhlang.officialdoc.read.header import symbol_of
from dinhlang.officialdoc.read.lines import Passage
from dinhlang.officialdoc.read.words import BODY, SYMBOLS, fold, kind_names, kind_of, pattern

_CODE = (
    r"(?:(?P<number>(?:\d{1,2}\.\d{3}|\d{1,5})[a-z]?(?:\s*/\s*(?:19|20)\d\d(?=\s*/))?)\s*)?(?P<slash>[/-])\s*"
    r"(?P<symbol>[a-z][a-z0-9&.]*(?:\s*[-/]\s*[a-z0-9&]+(?:\.[a-z0-9&]+)*)+|[a-z]{2,6}\d*(?![a-z]))"
)
_CODE_STROKE = re.compile(r"/(?:(?!\s*\d)|(?<!\d/))")
_DATED = rf"(?:\s*[,(]?\s*(?P<date>{DATE}|«ngày»\b))?"
# A code without the name of a kind, as in a list of them.
_BARE = (
    r"(?<![\w/.,-])(?:«số»\s*:?\s*)?(?P<number>\d{1,5}[a-z]?(?:/(?:19|20)\d\d)?)\s*(?P<slash>/)\s*"
    rf"(?P<symbol>[a-z]{{2,12}}(?:\s?-\s?[a-z0-9&]+)+)(?![\w/]){_DATED}"
)
_BLANK_CODE = r"[\s.…_]*(?P<blank>/)\s*(?:[a-z]+\s*-\s*[a-z]+)?"
# Symbols of what is cited and has no kind of its own: decrees, circulars, conclusions, urgent messages.
_KNOWN_SYMBOLS = {fold(symbol): kind for symbol, kind in SYMBOLS.items()} | {
    "cv": Kind.LETTER,
    **dict.fromkeys(("nd", "tt", "ttlt", "kl", "cd", "da", "gm", "pa", "vbhn", "l", "pl"), Kind.OTHER),
}
# A letter's symbol begins with the body that sends it (NĐ 30/2020/NĐ-CP, Phụ lục I, II.3).
_LETTER_SYMBOL = re.compile(
    r"ubnd|hdnd|vp[a-z]{0,4}|ttg|mttq|bcd|btg[a-z]*|btc|s[a-z]{2,5}|p[a-z]{2,6}|b[a-z]{1,5}|ca[a-z]{0,3}|bhxh|ttyt|dtn|hnd|hpn|hlhpn|ccb"
)
# Longer subjects run into the next sentence.
_REACH = 420
_ISSUER_WORDS = 16

_STOPS = (
    r";|:\s|\s«với»\s+\d|,?\s+«đến»\s+(?:«ngày»|«nay»|«hết»|«tháng»)\s|,\s+«đã»\s|\.{3}|…|\.(?=\s|$)(?<!tp\.)|\s«và»\s+«các văn bản»|\s«và»\s+(?:«kế hoạch»|«chỉ thị»|«quyết định»|«công văn»|"
    r"«nghị quyết»|«nghị định»|«thông tư»)\s|\s«và»\s+\d+\s|,\s*(?:«UBND»|«Ủy ban nhân dân»)\s|"
    r",\s*(?:«xã»|«phường»|«thị trấn»|«địa phương»|«đơn vị»|«trong»)\s|"
    r",\s*(?:«phòng»|«sở»|«trung tâm»|«ban»|«đảng ủy»|«văn phòng»|«hội»|«công an»|«trạm»|«đoàn»)\b"
    r"(?=[^,;.]{0,90}\s(?:«báo cáo»|«ban hành»|«xây dựng»|«đề nghị»|«hướng dẫn»|«thông báo»|«tổng hợp»|«trình»|«triển khai»)\b)"
)
_SUBJECT_STARTS = (
    "về việc", "v/v", "về", "ban hành", "thực hiện", "việc", "quy định", "phê duyệt", "hướng dẫn", "tuyên truyền", "sửa đổi",
    "triển khai", "công bố", "kiểm soát", "tăng cường", "đẩy mạnh", "thông qua", "giao", "năm",
)  # fmt: skip
# 'Luật Thi đua, khen thưởng ngày …': a comma inside a name, never one before another document.
_LONG_NAME = (
    r"(?:(?!,\s+(?:«Nghị»|«Quyết»|«Thông tư»|«Kế hoạch»|«Luật»|«Bộ luật»|«Pháp lệnh»|«Công văn»|«Chỉ thị»|«Căn cứ»)\b)"
    r"[^;.()\d]){3,140}?(?=\s+(?:(?:«số»|«ngày»)\s*:?\s*\d|«năm»\s+(?:19|20)\d\d\s*[;.,]))"
)
# After 'của A và …': what cannot belong to the name of a body.
_NEXT_CLAUSE = (
    r"(?:«ý kiến»|«các»|«có»|«chỉ đạo»|«theo»|«thực hiện»|«tình hình»|«được»|«sẽ»|«đã»|«văn bản»)\b"
)
_ISSUER = (
    r"(?:«chủ tịch»\s+)?(?:«UBND»|«Ủy ban»|«HĐND»|«Hội đồng»|«Thủ tướng»|«Chính phủ»|«Quốc hội»|«Ủy ban thường vụ»|"
    r"«Bộ»|«Bộ trưởng»|«Sở»|«Phòng»|«Ban»|«Tỉnh ủy»|«Huyện ủy»|«Thành ủy»|«Thị ủy»|«Đảng ủy»|«Văn phòng»|«Trung tâm»|"
    r"«Công an»|«Liên đoàn»|«Trung ương»|«Bộ Chính trị»|«Ban Bí thư»)\b"
)

_BEGUN = "|".join(f"«{word}»" for word in _SUBJECT_STARTS)
# Each is asked whether the text is damaged; put together once, for thousands of texts are looked through.
_ISSUER_ENDS = partial(
    pattern, rf"\s*[,;.()]|\s+(?P<word>{_BEGUN})(?=\s|$)|\s+«và»\s+(?:{_ISSUER}|{_NEXT_CLAUSE})"
)
_OF_ISSUER = partial(pattern, rf"\s«của»\s+(?={_ISSUER})")
_AND_ISSUER = partial(pattern, rf"\s+«và»\s+{_ISSUER}")
_LAW = partial(
    pattern,
    rf"(?P<name>«Hiến pháp»(?:\s[^;.,()\d]{{3,60}}?)?|(?:«Bộ luật»|«Luật»|«Pháp lệnh»)\s(?:{_LONG_NAME}|[^;.,()\d]{{3,140}}?))"
    rf"(?:\s+(?:«số»\s*:?\s*)?(?P<number>\d{{1,3}}/(?:19|20)\d\d)/(?P<symbol>qh\d+|(?:pl-)?ubtvqh\d+))?"
    rf"(?:\s*,?\s*(?:{DATE}|«năm»\s+(?P<in_year>(?:19|20)\d\d)))?\s*(?=[;.,]|$)",
)
_MADE_BY = partial(
    pattern,
    rf"{BODY}(?P<rest>[^,;.]*?)\s+(?:«đã»\s+)?(?:(?:«ban hành»|«xây dựng»|«xây»|«triển khai»)\s+)(?:«các»\s+|«và»\s+)*$",
)


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference and the stretch of its passage that it takes up (where no figure may be read)."""

    reference: Reference
    start: int
    end: int


def references_in(words: Passage, damaged: bool = False, opening: bool = False) -> list[Cited]:
    """Every citation in a passage. In the opening sentence a plan may be cited without its number."""
    if "/" not in words.text and not opening:
        return []
    matches = _matches(words, damaged)
    found: list[Cited] = []
    kind: Kind | None = None
    for index, match in enumerate(matches):
        limit = matches[index + 1].start() if index + 1 < len(matches) else len(words.text)
        kind = _kind(match, kind, damaged)
        if kind is None:
            continue
        cited = _cited(words, match, kind, min(limit, match.end() + _REACH), damaged)
        if cited is not None:
            found.append(cited)
    if opening:
        for one in (*laws_in(words, damaged), *_without_code(words, found, damaged)):
            if not any(other.start < one.end and one.start < other.end for other in found):
                found.append(one)
        found.sort(key=lambda one: one.start)
    return found


def _matches(words: Passage, damaged: bool) -> list[re.Match[str]]:
    """The beginnings of citations in their order: kind and code, or a code alone ('các Công văn số: 12/…, 15/…')."""
    if not _CODE_STROKE.search(words.folded):
        # Every number of a document has a stroke, and not one of a date or of a share: without it nothing is cited,
        # whatever looks like it.
        return []
    named = list(_citation(damaged).finditer(words.folded))
    if damaged:
        return named
    taken = bytearray(len(words.text))
    for match in named:
        taken[match.start() : match.end()] = b"x" * (match.end() - match.start())
    bare = [
        match
        for match in pattern(_BARE).finditer(words.folded)
        if not taken[match.start("number")]
        and _is_symbol(words.text[match.start("symbol") : match.end("symbol")])
    ]
    return sorted([*named, *bare], key=lambda match: match.start())


def _is_symbol(printed: str) -> bool:
    """Whether a symbol is printed as one: its first part in capitals ('TTr' and 'CTr' have a small letter)."""
    first = re.split(r"[-/\s]", printed)[0]
    return first.isupper() or first.upper() in SYMBOLS


def _kind(match: re.Match[str], before: Kind | None, damaged: bool) -> Kind | None:
    """The kind a citation names; a code alone tells it by its symbol, else it is that of the citation before.

    `None` when neither tells it.
    """
    if match.groupdict().get("kind"):
        return kind_of(match["kind"], damaged)
    first = re.split(r"[-/\s]", match["symbol"])[0]
    if (kind := _KNOWN_SYMBOLS.get(first)) is not None:
        return kind
    if (before is None or before in SYMBOLS.values()) and _LETTER_SYMBOL.fullmatch(first):
        # '12/UBND-VX' after a plan is a letter: a plan's symbol would say so.
        return Kind.LETTER
    return before


def laws_in(words: Passage, damaged: bool = False) -> list[Cited]:
    """Laws, which are cited by name, with or without number: 'Luật Cư trú ngày 13 tháng 11 năm 2020'."""
    found = []
    for match in _LAW(damaged).finditer(words.folded):
        if not words.text[match.start()].isupper():
            continue
        symbol = words.text[match.start("symbol") : match.end("symbol")] if match["symbol"] else None
        name = words.text[match.start("name") : match.end("name")]
        span = words.span_of(match.start(), match.end())
        year = match["in_year"]
        date = PartialDate(year=int(year)) if year else date_of(match)
        reference = Reference(Kind.OTHER, match["number"], symbol, date, None, _clean(name), span)
        found.append(Cited(reference, match.start(), match.end()))
    return found


def distinct(cited: Iterable[Cited]) -> tuple[Reference, ...]:
    """The references in their order, each document once: a later mention of the same number adds nothing."""
    seen: set[tuple[object, ...]] = set()
    kept: list[Reference] = []
    for one in cited:
        reference = one.reference
        key = (
            (reference.kind, _plain(reference.number), reference.symbol)
            if reference.number
            else (reference.kind, None, reference.issuer, reference.subject)
        )
        if key not in seen:
            seen.add(key)
            kept.append(reference)
    return tuple(kept)


def _plain(number: str | None) -> str | None:
    return number.lstrip("0") if number else None


@lru_cache(maxsize=2)
def _citation(damaged: bool) -> re.Pattern[str]:
    kinds = kind_names(damaged, cited=True)
    numbered = rf"(?:«số»\s*:?\s*)?{_CODE}"
    blank = rf"«số»\s*:?{_BLANK_CODE}"
    return pattern(
        rf"\b{kinds}(?:(?:\s+(?!(?:«số»|«theo»|«tại»|«của»|«kèm»|«và»)\s)[a-z]+){{1,3}}(?=\s+«số»\s*:?\s*\d))?\s*(?:{numbered}|{blank}){_DATED}",
        damaged,
    )


@lru_cache(maxsize=2)
def _by_name(damaged: bool) -> re.Pattern[str]:
    kinds = kind_names(damaged, cited=True)
    lead = "(?:(?:«thực hiện»|«căn cứ»|«theo»)\\s+)?"
    return pattern(rf"{lead}(?P<all>{kinds}[^;.]*?\s«của»\s+(?={_ISSUER}))", damaged)


def _cited(words: Passage, match: re.Match[str], kind: Kind, limit: int, damaged: bool) -> Cited | None:
    text = words.text
    number, symbol = match["number"], None
    if match["symbol"]:
        symbol = symbol_of(text[match.start("symbol") : match.end("symbol")])
        if not text[match.start("symbol")].isupper() or (number is None and not _has_so(match, damaged)):
            return None
        # '132-KH/UBND' is the Party's form; '12-ke' is no symbol at all.
        if match["slash"] == "-" and "/" not in (symbol or ""):
            return None
    if number is None:
        # Without a number the letters after the stroke name no document.
        symbol = None
    date = date_of(match) if match["date"] else None
    start, end = _rest_of(words, match.end(), limit, damaged)
    issuer, subject = _issuer_and_subject(text[start:end], words.folded[start:end], damaged)
    if issuer is None:
        issuer = _maker_before(words, match.start(), damaged)
    reference = Reference(
        kind,
        re.sub(r"\s", "", number) if number else None,
        symbol,
        date,
        issuer,
        subject,
        words.span_of(match.start(), max(end, match.end())),
    )
    return Cited(reference, match.start(), max(end, match.end()))


def _has_so(match: re.Match[str], damaged: bool) -> bool:
    return pattern("«số»\\s*:?", damaged).search(match[0]) is not None


def _rest_of(words: Passage, start: int, limit: int, damaged: bool) -> tuple[int, int]:
    """From the end of the date to the end of the citation."""
    found = pattern(_STOPS, damaged).search(words.folded, start, limit)
    end = found.start() if found else limit
    if (closing := _unopened(words.text, start, end)) is not None:
        end = closing
    while start < end and words.text[start] in " ,;:":
        start += 1
    while end > start and (words.text[end - 1] in " ,;:" or words.folded[start:end].endswith(" va")):
        end -= 2 if words.folded[start:end].endswith(" va") else 1
    return start, end


def _unopened(text: str, start: int, end: int) -> int | None:
    """Where a bracket closes that was opened before the citation."""
    depth = 0
    if ")" not in text[start:end]:
        return None
    for at in range(start, end):
        depth += (text[at] == "(") - (text[at] == ")")
        if depth < 0:
            return at
    return None


def _issuer_and_subject(text: str, folded: str, damaged: bool) -> tuple[str | None, str | None]:
    """Who issued it and what about, in either order: 'của A về B' or 'về B của A'."""
    of = pattern("«của»\\s+", damaged).match(folded)
    if of is not None:
        issuer_end = _issuer_end(text, folded, of.end(), damaged)
        return _clean(text[of.end() : issuer_end]), _subject(text[issuer_end:], damaged)
    for late in reversed(list(_OF_ISSUER(damaged).finditer(folded))):
        issuer_end = _issuer_end(text, folded, late.end(), damaged)
        if issuer_end >= len(folded) or _AND_ISSUER(damaged).match(folded, issuer_end):
            return _clean(text[late.end() : issuer_end]), _subject(text[: late.start()], damaged)
        break
    return None, _subject(text, damaged)


def _issuer_end(text: str, folded: str, start: int, damaged: bool) -> int:
    """Where the name of a body ends: at a comma, at a word that begins a subject, or at another body."""
    stop = _ISSUER_ENDS(damaged)
    end = len(folded)
    for found in stop.finditer(folded, start):
        word = text[found.start("word") : found.end("word")].lower() if found["word"] else ""
        if damaged or not word or word in _SUBJECT_STARTS:
            # 'Ban Tuyên giáo' holds no 'giao'.
            end = found.start()
            break
    words = list(re.finditer(r"\S+", folded[start:end]))
    return start + words[_ISSUER_WORDS - 1].end() if len(words) > _ISSUER_WORDS else end


def _subject(text: str, damaged: bool) -> str | None:
    subject = _clean(text)
    if subject is None:
        return None
    about = pattern(r"«về»(?:\s+«việc»)?\s+(?=\S)", damaged).match(fold(subject))
    return subject[about.end() :] if about else subject


def _clean(text: str) -> str | None:
    return text.strip(" ,;:.-") or None


def _maker_before(words: Passage, start: int, damaged: bool) -> str | None:
    """The body that is said to have made it: 'UBND phường Phú Thứ đã xây dựng Kế hoạch số …'."""
    window = max(start - 160, 0)
    before = words.folded[window:start]
    makers = list(_MADE_BY(damaged).finditer(before))
    if not makers:
        return None
    found = makers[-1]
    return _clean(words.text[window + found.start() : window + found.end("rest")])


def _without_code(words: Passage, numbered: Sequence[Cited], damaged: bool) -> list[Cited]:
    """Plans cited by name only, between semicolons: 'Kế hoạch tuyên truyền của Phòng … việc …'."""
    found = []
    for segment in re.finditer(r"[^;.]+", words.text):
        start = segment.start() + len(segment[0]) - len(segment[0].lstrip())
        if any(one.start < segment.end() and start < one.end for one in numbered):
            continue
        match = _by_name(damaged).match(words.folded, start, segment.end())
        if match is None or not words.text[match.start("kind")].isupper():
            continue
        reach = segment.end()
        issuer_end = _issuer_end(words.text[:reach], words.folded[:reach], match.end("all"), damaged)
        date = pattern(DATE, damaged).search(words.folded, match.start(), segment.end())
        reference = Reference(
            kind_of(match["kind"], damaged),
            date=_date_or_none(date),
            issuer=_clean(words.text[match.end("all") : issuer_end]),
            subject=_subject(words.text[issuer_end : segment.end()], damaged),
            span=words.span_of(match.start("kind"), segment.end()),
        )
        found.append(Cited(reference, match.start("kind"), segment.end()))
    return found


def _date_or_none(found: re.Match[str] | None) -> PartialDate | None:
    return date_of(found) if found else None
