"""The head of a document: letterhead, number and symbol, place and date, kind, subject.

NĐ 30/2020/NĐ-CP, Phụ lục I, puts it in two columns; text out of a PDF has them line by line, one after the
other, or side by side on one line. A blank number or day is a state of its own, not an error.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dinhlang.officialdoc.model import Kind, PartialDate
from dinhlang.officialdoc.read.blocks import mark_of
from dinhlang.officialdoc.read.dates import LONG, SHORT, date_of
from dinhlang.officialdoc.read.lines import Line
from dinhlang.officialdoc.read.words import KINDS, OTHER_KINDS, SYMBOLS, TITLES, fold, pattern
from dinhlang.vietnamese.text import house_style

# No letterhead seen is longer than 14 lines; titles further down belong to the text.
_HEAD_LINES = 30
_LONGEST = 400
_BODY_LENGTH = 14

_NATION = "«cộng hòa xã hội chủ nghĩa việt nam»"
# The Party's own heading stands where others have the nation's.
_PARTY = r"(?:^\s*|(?<=\s\s))«đảng cộng sản việt nam»\s*$"
# The Youth Union's stands in the right column; in the left one the same words name the union.
_UNION = r"(?<=\s\s\s)«đoàn tncs hồ chí minh»\s*$"
_MOTTO = r"«độc lập»\s*[-.]?\s*«tự do»\s*[-.]?\s*«hạnh phúc»"
_NUMBER = (
    r"(?:^|(?<=\s))«số»\s*[:;]?[\s.…_]*(?P<number>\d+[a-z]?(?:\s*/\s*\d{4}(?=\s*/))?)?[\s.…_]*(?P<slash>[/-])"
    r"\s*(?P<symbol>[a-z][a-z0-9&.]*(?:\s*[-/]\s*[a-z0-9&.]+)*)?"
)
_NUMBER_BLANK = r"(?:^|(?<=\s))«số»\s*:[\s.…_]*$"
_ABOUT = r"(?:^|(?<=\s\s))v/v\s*:?\s*|^«về việc»\s*:?\s*"
_TO = "«kính gửi»"
_BODY_WORDS = re.compile(
    r"(?:ubnd|hdnd|uy ban|hoi dong|phong(?!\s*, chong)|so|bo|ban|trung tam|dang uy|dang bo|chi bo|van phong|cong an|truong|tram|"
    r"mat tran|hoi|doan|huyen uy|tinh uy|thanh uy|chi cuc|cuc|chu tich|thu tuong|chinh phu|quoc hoi|bch|btv|(?:huyen|tinh|thanh|quan|thi) doan|"
    r"lien doan|cong doan|hiep hoi|cong ty|benh vien|quy|thanh tra|kho bac|toa an|vien kiem sat|chi nhanh|ngan hang|hop tac xa|"
    r"bao hiem|buu dien|dai truyen thanh|tieu ban|to cong tac|to dai bieu|thuong truc|lien minh|hat kiem lam|doi quan ly|thu vien|nha van hoa|chi hoi|chi doan)\b"
)
# 'BAN CHỈ ĐẠO' over 'PHÒNG, CHỐNG TỘI PHẠM', 'HỘI ĐỒNG' over 'THI ĐUA': names that cannot end there.
_OPEN_BODIES = (
    "ban chi dao", "ban to chuc", "ban quan ly", "ban chi huy", "hoi dong", "to cong tac", "ban van dong", "van phong", "trung tam",
    "ban chap hanh", "ban thuong vu", "ban thuong truc", "bch", "uy ban", "tieu ban", "hoi", "cong an", "truong", "quy", "to dai bieu",
)  # fmt: skip
# 'KẾ HOẠCH LIÊN TỊCH' is a plan of several bodies.
_JOINT = ("lien tich", "phoi hop lien tich")
# Under a subject: when the figures were closed, what the document belongs to, the first field of minutes.
_ASIDE = re.compile(
    r"\((?:so lieu|kem theo|ban hanh|tu ngay|tinh |ky bao cao)|(?:thoi gian|dia diem|thanh phan)\s*:"
)
_WORK = re.compile(
    r"(?:trien khai )?thuc hien (?:cac )?(?:nhiem vu|viec|cong viec|noi dung|muc tieu|chi tieu|giai phap)\b"
)
_OPENINGS = re.compile(
    r"(?:can cu|kinh gui|thuc hien (?:cac |ke hoach|cong van|chi thi|quyet dinh|nghi quyet|chuong trinh|van ban|su chi dao)|"
    r"theo de nghi|xet |quyet nghi|quyet dinh\W*$|uy ban nhan dan .*(?:bao cao|thong bao|ban hanh|xay dung|trien khai)|ubnd .*(?:bao cao|thong bao|ban hanh|xay dung|trien khai))"
)


@dataclass(frozen=True, slots=True)
class Head:
    """What the head says. `end` is the index of the first line after it; `about` are the lines of the subject."""

    kind: Kind | None = None
    number: str | None = None
    symbol: str | None = None
    place: str | None = None
    date: PartialDate | None = None
    subject: str | None = None
    bodies: tuple[str, ...] = ()
    has_number_line: bool = False
    has_date_line: bool = False
    end: int = 0


@dataclass(slots=True)
class _Letterhead:
    """What the lines above the title say, gathered line by line."""

    damaged: bool
    has_nation: bool = False
    head: Head = field(default_factory=Head)
    names: list[str] = field(default_factory=list)
    about: list[str] = field(default_factory=list)

    def take(self, line: Line) -> bool:
        """Read one line. False when it is no part of a letterhead."""
        if len(line.text) > _LONGEST:
            return False
        text, folded = line.text, fold(line.text)
        found_any = False
        for template in (_NATION, _MOTTO, _PARTY, _UNION):
            text, folded, found = self._without(template, text, folded)
            found_any |= found is not None
        for template, keep in (
            (_NUMBER, self._number),
            (_NUMBER_BLANK, self._number),
            (LONG, self._date),
            (SHORT, self._date),
        ):
            rest, rest_folded, found = self._without(template, text, folded)
            if found is not None and keep(found, text):
                found_any, text, folded = True, rest, rest_folded
        text, found_any = self._rest(text, folded, found_any)
        return found_any

    def _without(self, template: str, text: str, folded: str) -> tuple[str, str, re.Match[str] | None]:
        found = pattern(template, self.damaged).search(folded)
        if found is None:
            return text, folded, None
        blank = " " * (found.end() - found.start())
        return (
            text[: found.start()] + blank + text[found.end() :],
            folded[: found.start()] + blank + folded[found.end() :],
            found,
        )

    def _number(self, found: re.Match[str], text: str) -> bool:
        if self.head.has_number_line:
            return False
        parts = found.groupdict()
        symbol = None
        if parts.get("symbol"):
            symbol = symbol_of(text[found.start("symbol") : found.end("symbol")])
        number = re.sub(r"\s", "", parts["number"]) if parts.get("number") else None
        if symbol and parts.get("slash") == "-" and "/" not in symbol:
            return False
        self.head = replace(self.head, number=number, symbol=symbol, has_number_line=True)
        return True

    def _date(self, found: re.Match[str], text: str) -> bool:
        if self.head.has_date_line or pattern(_ABOUT).search(fold(text[: found.start()])):
            return False
        before = re.split(r"\s{2,}|\t", text[: found.start()].rstrip().rstrip(",").strip())[-1].strip(" ,")
        place = before if before and before[0].isupper() and len(before) < 40 and "/" not in before else None
        if place is None and (self.about or "year2" in found.groupdict()):
            # A date in what a letter is about; a short one dates a document only after its place.
            return False
        self.head = replace(self.head, date=date_of(found), place=place, has_date_line=True)
        return True

    def _rest(self, text: str, folded: str, found_any: bool) -> tuple[str, bool]:
        """What is left of a line: the name of a body, or what a letter is about."""
        about = pattern(_ABOUT).search(folded)
        if about is not None:
            self.about.append(text[about.end() :].strip())
            return "", True
        if self.head.place and found_any:
            text = text.replace(self.head.place, "", 1)
        left = text.strip(" ,-–—_*\t|")
        if not left:
            return "", found_any
        if self.about and not _is_title(left) and not (found_any and _is_capitals(left)):
            self.about.append(" ".join(left.split()))
            return "", True
        if _is_capitals(left):
            self.names.append(" ".join(left.split()))
            return "", True
        if self.has_nation and _is_body(left):
            self.names.append(" ".join(left.split()))
            return "", True
        if self.names and (fold(left).split() or [""])[0] in (
            "xa",
            "phuong",
            "huyen",
            "thi",
            "thanh",
            "tinh",
            "quan",
        ):
            self.names.append(" ".join(left.split()))
            return "", True
        return left, found_any


def read_head(lines: Sequence[Line], damaged: bool) -> Head:
    """The head of a document whose main part these lines are."""
    letterhead = _Letterhead(damaged, _has_nation(lines))
    seen = 0
    for index, line in enumerate(lines):
        if line.is_blank or line.is_rule:
            continue
        seen += 1
        title = _title(line, damaged)
        if title is not None:
            kind, rest = title
            subject, end = _subject(lines, index + 1, rest)
            return _finished(letterhead, kind, subject, end)
        if seen > _HEAD_LINES or pattern(_TO).match(line.folded) or not letterhead.take(line):
            return _without_title(letterhead, lines, index)
    return _finished(letterhead, None, None, len(lines))


def _has_nation(lines: Sequence[Line]) -> bool:
    """Whether the nation's heading stands near the top: what stands above it names bodies, in capitals or not."""
    first = [line.folded for line in lines[: 2 * _HEAD_LINES] if not line.is_blank][:_HEAD_LINES]
    return any(len(one) < _LONGEST and pattern(_NATION).search(one) for one in first)


def _is_body(text: str) -> bool:
    """'Ủy ban nhân dân xã Bản Vẽ': the name of a body in small letters, no sentence about it."""
    folded = fold(text)
    return (
        _BODY_WORDS.match(folded) is not None
        and text[:1].isupper()
        and len(text.split()) <= _BODY_LENGTH
        and not text.rstrip().endswith((".", ";", ":", ","))
        and not _OPENINGS.match(folded)
    )


def _without_title(letterhead: _Letterhead, lines: Sequence[Line], index: int) -> Head:
    """A letter has no title. So has a text whose head was cut off: its first short line is then the subject."""
    if letterhead.about or pattern(_TO).match(lines[index].folded):
        return _finished(letterhead, Kind.LETTER, None, index)
    line = lines[index]
    following = next((one for one in lines[index + 1 :] if not one.is_blank), None)
    is_subject = (
        following is not None
        and mark_of(line.text) is None
        and line.stripped[:1].isupper()
        and not line.stripped.endswith((".", ";", ":", ","))
        and len(line.stripped.split()) <= 30
        and lines[index + 1].is_blank
    )
    if not is_subject:
        return _finished(letterhead, None, None, index)
    return _finished(letterhead, None, line.stripped, index + 1)


def _finished(letterhead: _Letterhead, kind: Kind | None, subject: str | None, end: int) -> Head:
    head = letterhead.head
    about = " ".join(part for part in letterhead.about if part) or None
    if about is not None and kind is None:
        kind = Kind.LETTER
    if kind is None and head.symbol:
        kind = SYMBOLS.get(re.split("[-/]", head.symbol)[0].upper())
    return replace(
        head, kind=kind, subject=_clean_subject(subject or about), bodies=bodies_of(letterhead.names), end=end
    )


def kind_in_title(line: Line) -> Kind | None:
    """The kind that a line announces as the title of a document; `None` for any other line."""
    found = _title(line, damaged=False)
    return found[0] if found else None


def _title(line: Line, damaged: bool) -> tuple[Kind, str] | None:
    """The kind that a line announces, and what follows it on the same line."""
    text, folded = line.stripped, line.folded.replace("-", " ")
    if len(text) > 300:
        return None
    first = re.split("[ :]", folded, maxsplit=1)[0]
    for name, kind in _NAMES if first in _FIRST_WORDS else ():
        found = pattern(rf"«{name}»\s*(?::|$|(?=\s))").match(folded)
        if found is None or kind is Kind.LETTER:
            continue
        said, rest = text[: found.end()], text[found.end() :].strip(" :")
        if not damaged and house_style(said.lower().strip(" :").replace("-", " ")).split() != name.split():
            # Without marks 'PHƯỜNG AN THỬ' would be a 'phương án'.
            continue
        if fold(rest) in _JOINT:
            rest = ""
        if not rest and (said.isupper() or _alone(said)):
            return kind, ""
        if said.isupper() and rest and not _is_sentence(rest):
            return kind, rest
    spaced = folded.replace(" ", "")
    if text.isupper() and spaced in _SPACED:
        return _SPACED[spaced], ""
    return None


_NAMES = (*KINDS.items(), *((name, Kind.OTHER) for name in (*OTHER_KINDS, *TITLES)))
_FIRST_WORDS = frozenset(fold(name).split()[0] for name, _ in _NAMES)
_SPACED = {fold(name).replace(" ", ""): kind for name, kind in KINDS.items()}


def _alone(said: str) -> bool:
    """'Báo cáo' on a line of its own, as Markdown from a PDF may write it."""
    return said[:1].isupper()


def _is_sentence(rest: str) -> bool:
    return rest.rstrip().endswith((";", "."))


def _is_title(text: str) -> bool:
    return fold(text) in {fold(name) for name in KINDS}


def _is_capitals(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 2 and sum(character.isupper() for character in letters) > 0.8 * len(letters)


def _subject(lines: Sequence[Line], start: int, rest: str) -> tuple[str | None, int]:
    """The lines under the title, up to a blank line or the first sentence, and where they end."""
    parts = [rest] if rest else []
    index = start
    while index < len(lines):
        line = lines[index]
        if line.is_rule or (line.is_blank and parts and not _goes_on(lines, index, parts[-1])):
            break
        if line.is_blank:
            index += 1
            continue
        mark = mark_of(line.text)
        if parts and _ASIDE.match(line.folded):
            break
        if (
            mark is not None
            or (_OPENINGS.match(line.folded) and not (not parts and _names_work(lines, index)))
            or len(parts) > 5
            or (parts and line.stripped.endswith(":"))
        ):
            break
        if parts and (parts[-1].endswith(".") or (line.stripped.isupper() and not parts[-1].isupper())):
            break
        parts.append(line.stripped)
        index += 1
    return " ".join(parts) or None, index


def _names_work(lines: Sequence[Line], index: int) -> bool:
    """Whether a line right under the title that begins like a basis is the subject: it is no sentence.

    'Thực hiện các việc cấp bách về cải cách hành chính' cites nothing, ends without a mark and is not gone on with.
    """
    line = lines[index]
    below = next((one for one in lines[index + 1 :] if not one.is_blank), None)
    return (
        _WORK.match(line.folded) is not None
        and not line.stripped.endswith((",", ";", ":", "."))
        and below is not None
        and not below.stripped[0].islower()
    )


def _goes_on(lines: Sequence[Line], index: int, before: str) -> bool:
    following = next((line for line in lines[index + 1 :] if not line.is_blank), None)
    return following is not None and following.stripped[0].islower() and not before.endswith(".")


def _clean_subject(subject: str | None) -> str | None:
    if subject is None:
        return None
    return re.sub(r"^V/v\s*:?\s+(?=\S)", "", subject.strip()).rstrip(". ;_-*") or None


def symbol_of(printed: str) -> str | None:
    """A symbol without the spaces people leave in it: 'KH -UBND' and 'QĐ – UBND' give one form."""
    symbol = re.sub(r"\s*[-–—‑]\s*", "-", printed.strip()).replace(" ", "").strip(".-/&")
    return symbol or None


def bodies_of(names: Sequence[str]) -> tuple[str, ...]:
    """Lines of a letterhead put together: 'ỦY BAN NHÂN DÂN' / 'XÃ TÁI SƠN' is one body, a body word begins another."""
    bodies: list[str] = []
    for name in names:
        starts = _BODY_WORDS.match(fold(name)) is not None
        if bodies and (not starts or _is_open(bodies[-1])):
            bodies[-1] = f"{bodies[-1]} {name}"
        else:
            bodies.append(name)
    return tuple(bodies)


def _is_open(body: str) -> bool:
    """Whether a name cannot end here: 'BAN CHỈ ĐẠO' / 'CẢI CÁCH HÀNH CHÍNH' does not begin with a body word."""
    folded = fold(body)
    return folded.endswith((" cua", " va", ",")) or folded in _OPEN_BODIES
