"""Which paragraph of a printed file is which part of the document (NĐ 30/2020/NĐ-CP, Phụ lục I, II)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from dinhlang.officialdoc.check.layout.pages import Layout, Printed


class Element(StrEnum):
    """The parts that have a look of their own; the value is the name in Vietnamese."""

    NATION = "Quốc hiệu"
    MOTTO = "Tiêu ngữ"
    ISSUER = "tên cơ quan"
    NUMBER = "số, ký hiệu"
    PLACE_DATE = "địa danh, ngày tháng"
    ABOUT = "trích yếu công văn"
    TITLE = "tên loại văn bản"
    SUBJECT = "trích yếu"
    BASIS = "căn cứ ban hành"
    HEADING = "đề mục"
    BODY = "nội dung"
    RECIPIENTS = "chữ “Nơi nhận”"
    RECIPIENT = "các nơi nhận"
    AUTHORITY = "quyền hạn, chức vụ người ký"
    SIGNER = "họ tên người ký"


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph with its number in the file and what it is; None for what is none of the parts."""

    index: int
    printed: Printed
    element: Element | None


_NATION = re.compile(r"cong\s*hoa\s*xa\s*hoi\s*chu\s*nghia\s*viet\s*nam")
_MOTTO = re.compile(r"doc\s*lap\s*-\s*tu\s*do\s*-\s*hanh\s*phuc")
_NUMBER = re.compile(r"^so\s*:?\s*[\d.…_ ]*\s*[/-]|^so\s*:")
_PLACE_DATE = re.compile(r"\bngay\b[\s\d.…_]*\bthang\b[\s\d.…_]*\bnam\b")
_BODY_NAME = re.compile(
    r"^(?:uy ban|ubnd|hoi dong|hdnd|so|phong|van phong|trung tam|ban|xa|phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tp|tinh|dang uy|cong an|truong|tram|chi cuc)\b"
)
_TITLES = frozenset(
    [
        "bao cao",
        "ke hoach",
        "quyet dinh",
        "thong bao",
        "to trinh",
        "nghi quyet",
        "chi thi",
        "huong dan",
        "chuong trinh",
        "quy che",
        "quy dinh",
        "bien ban",
        "phuong an",
        "de an",
        "giay moi",
    ]
)
_NOT_SUBJECT = re.compile(
    r"^(?:can cu|thuc hien|kinh gui|chu tich|hoi dong nhan dan|uy ban nhan dan|theo|xet|i\.|1\.|dieu 1|phan|-{3}|"
    r"thoi gian|dia diem|thanh phan|hom nay|vao (?:luc|hoi))"
)
_BASIS = re.compile(r"^(?:can cu|theo de nghi|xet de nghi|xet to trinh)\b")
_HEADING = re.compile(
    r"^(?:[ivx]{1,5}\.|\d{1,2}(?:\.\d{1,2}){0,2}\.?|dieu \d+\.|chuong [ivx]+|muc \d+|phan [ivx]+)\s*\S"
)
_AUTHORITY = re.compile(
    r"^(?:(?:tm|kt|tl|tuq|q)\s*\.\s*\S|chu tich|pho chu tich|truong phong|pho truong phong|chanh van phong|giam doc|pho giam doc|thu truong|truong ban|pho truong ban|cong chuc)"
)
_APPENDIX = re.compile(r"^phu luc\b")
_RECIPIENTS = re.compile(r"^noi\s*nhan\s*:?")
# A head takes no more paragraphs, whatever stands between them.
_HEAD = 45
_SUBJECT_LINES = 5
_LONGEST_SUBJECT = 250
_SIGNER_WORDS = range(2, 7)


def elements_of(layout: Layout) -> tuple[Placed, ...]:
    """Every paragraph of the file with what it is."""
    paragraphs = layout.paragraphs
    known: dict[int, Element] = dict(_head(paragraphs))
    first = max(known, default=-1) + 1
    foot = _foot_start(paragraphs, first)
    known.update(_foot(paragraphs, foot))
    end = next(
        (i for i in range(first, len(paragraphs)) if _APPENDIX.match(paragraphs[i].folded)), len(paragraphs)
    )
    for index in range(first, min(foot, end)):
        element = _of_body(paragraphs[index], known)
        if element is not None:
            known.setdefault(index, element)
    return tuple(Placed(index, one, known.get(index)) for index, one in enumerate(paragraphs))


def _head(paragraphs: Sequence[Printed]) -> Iterator[tuple[int, Element]]:
    head = [(index, one) for index, one in enumerate(paragraphs[:_HEAD]) if one.folded]
    if not any(_of_nation(one.folded) for _, one in head):
        return
    title = next((at for at, (_, one) in enumerate(head) if _is_title(one)), None)
    for index, one in head[:title]:
        if one.folded.startswith("kinh gui") or _BASIS.match(one.folded):
            break
        if (element := _of_head(one.folded)) is not None:
            yield index, element
    if title is None:
        return
    yield head[title][0], Element.TITLE
    below = head[title + 1 :]
    before: Printed | None = None
    for index, one in below[:_SUBJECT_LINES]:
        # What stands right below the title, until the text begins.
        if (
            _NOT_SUBJECT.match(one.folded)
            or len(one.folded) > _LONGEST_SUBJECT
            or not one.folded.strip("-_ ")
            or (before is not None and (before.has_rule or (before.is_bold and not one.is_bold)))
        ):
            break
        yield index, Element.SUBJECT
        before = one
    for index, one in below:
        if (late := _of_nation(one.folded)) is not None:
            yield index, late


def _is_title(one: Printed) -> bool:
    return one.folded.strip(" .:") in _TITLES and one.text.strip().isupper()


def _of_nation(text: str) -> Element | None:
    if _NATION.search(text) and len(text) < 60:
        return Element.NATION
    if _MOTTO.search(text) and len(text) < 50:
        return Element.MOTTO
    return None


def _of_head(text: str) -> Element | None:
    if (nation := _of_nation(text)) is not None:
        return nation
    if _NUMBER.match(text) and len(text) < 60:
        return Element.NUMBER
    if _PLACE_DATE.search(text) and len(text) < 90:
        return Element.PLACE_DATE
    if text.startswith("v/v"):
        return Element.ABOUT
    return Element.ISSUER if _BODY_NAME.match(text) and len(text) < 80 else None


def _foot_start(paragraphs: Sequence[Printed], first: int) -> int:
    """Where recipients and signature begin."""
    for index in range(first, len(paragraphs)):
        if _RECIPIENTS.match(paragraphs[index].folded) and not paragraphs[index].is_cell:
            before = index
            # The signature may stand to the left of it in the file, or above.
            while before > first and _AUTHORITY.match(paragraphs[before - 1].folded):
                before -= 1
            return before
    return len(paragraphs)


_FOOT = 40


def _foot(paragraphs: Sequence[Printed], start: int) -> Iterator[tuple[int, Element]]:
    seen_authority = False
    for index in range(start, min(len(paragraphs), start + _FOOT)):
        one = paragraphs[index]
        text = one.folded
        if not text:
            continue
        if _APPENDIX.match(text):
            return
        if _RECIPIENTS.match(text):
            yield index, Element.RECIPIENTS
        elif text.startswith(("-", "+", "luu")):
            yield index, Element.RECIPIENT
        elif _AUTHORITY.match(text):
            seen_authority = True
            yield index, Element.AUTHORITY
        elif seen_authority and _is_name(one.text):
            yield index, Element.SIGNER
            return


def _is_name(text: str) -> bool:
    words = text.split()
    return len(words) in _SIGNER_WORDS and all(word[:1].isupper() for word in words) and not text.isupper()


def _of_body(one: Printed, known: dict[int, Element]) -> Element | None:
    text = one.folded
    if not text or one.is_cell:
        return None
    if _BASIS.match(text) and Element.HEADING not in known.values():
        return Element.BASIS
    if _HEADING.match(text) and one.is_bold:
        return Element.HEADING
    return Element.BODY
