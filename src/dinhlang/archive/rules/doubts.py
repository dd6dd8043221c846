"""What makes a figure of an old document doubtful, in plain Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dinhlang.officialdoc.model import Document, Figure, Paragraph, Table
from dinhlang.vietnamese.text import fold

# From here on a text counts as damaged: a clean scan misreads a syllable in a hundred, a scan read without
# Vietnamese every other one.
DAMAGED = 0.15


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a figure must not be taken at its word. `code` is stable; `message` is for people."""

    code: str
    message: str


NO_BASE = Doubt(
    "no-base",
    "Tỷ lệ không kèm tử số và mẫu số nên không so sánh được. Cần tìm số nhiệm vụ đã làm và tổng số.",
)
ALL_SUBJECTS = Doubt(
    "all-subjects",
    "Con số gồm tin, bài của mọi lĩnh vực, không riêng cải cách hành chính. Không dùng làm số cùng kỳ khi chưa tách.",
)
DAMAGED_TEXT = Doubt("damaged-text", "Số đọc từ bản quét hỏng. Đối chiếu với bản gốc trước khi dùng.")
NO_PERIOD = Doubt(
    "no-period",
    "Văn bản không ghi rõ kỳ báo cáo nên số này chưa dùng để so sánh được. Ghi kỳ vào trích yếu rồi đưa văn bản vào lại.",
)

# What follows such a number is counted over all subjects, whatever the document is about (folded).
_OF_EVERYTHING = (
    "moi linh vuc",
    "cac linh vuc",
    "moi chu de",
    "khac nhau",
    "kinh te, chinh tri",
    "kinh te - xa hoi",
)
_OF_THE_REFORM = ("cchc", "cai cach hanh chinh", "cai cach thu tuc")


def doubts(figure: Figure, document: Document) -> tuple[Doubt, ...]:
    """Everything that speaks against comparing with this figure as it stands."""
    found = []
    if figure.unit is not None and "%" in figure.unit:
        # A sentence that gives the counts besides the share reads as figures of its own.
        found.append(NO_BASE)
    if figure.concept == "articles" and _counts_everything(figure, document):
        found.append(ALL_SUBJECTS)
    if is_damaged(document):
        found.append(DAMAGED_TEXT)
    if document.period is None:
        found.append(NO_PERIOD)
    return tuple(found)


def is_damaged(document: Document) -> bool:
    """Whether the text came out of a scan that lost its marks."""
    return document.source.damage >= DAMAGED or any(
        problem.code == "damaged-text" for problem in document.problems
    )


def _counts_everything(figure: Figure, document: Document) -> bool:
    said = fold(f"{figure.quote} {figure.subject or ''}")
    if any(word in said for word in _OF_THE_REFORM):
        return False
    context = said + " " + fold(sentence_of(figure, document))
    return any(word in context for word in _OF_EVERYTHING)


def sentence_of(figure: Figure, document: Document) -> str:
    """The sentence in which the figure stands, as far as it is found; else its quote."""
    quote = " ".join(figure.quote.split())
    for text in _texts(document):
        place = text.find(quote)
        if place >= 0:
            start = text.rfind(". ", 0, place) + 1
            end = text.find(". ", place + len(quote))
            return text[start : end if end >= 0 else len(text)].strip()
    return quote


def _texts(document: Document) -> Iterator[str]:
    blocks = [*document.body, *(block for appendix in document.appendices for block in appendix.blocks)]
    for block in blocks:
        if isinstance(block, Paragraph):
            yield " ".join(block.text.split())
        elif isinstance(block, Table):
            yield from (" ".join(" ".join(row).split()) for row in block.rows)
