"""What an editor would mark in an item before it goes on: for people who listen, who read on a phone, who do not know.

Plain Python. The language is judged by the rules of official documents (`officialdoc.check`); the rest are the rules
of a page: pictures with words for them, headings in order, links that say where they lead, sentences that end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dinhlang.officialdoc import check
from dinhlang.officialdoc.check import FindingKind, Severity
from dinhlang.officialdoc.model import Document, Kind, Paragraph, Role, Run
from dinhlang.portal.newsroom.rules import body
from dinhlang.portal.newsroom.rules.words import Words
from dinhlang.vietnamese.numbers import printed
from dinhlang.vietnamese.text import fold

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST_SENTENCE = 45
"""Syllables. Above it a listener has lost the beginning; a good office sentence has 20 to 30."""
LONGEST_TITLE = 110
LONGEST_LEAD = 60
WITHOUT_HEADING = 450
"""Syllables of a text that a phone shows on three screens, where a reader wants headings."""
ALOUD = 180
"""Syllables a minute of a loudspeaker announcer who is understood in the fields."""
MOST_REMARKS = 60

_SENTENCE = re.compile(r"[^.!?…;:\n]+(?:[.](?=\d)[^.!?…;:\n]*)*")
_SYLLABLE = re.compile(r"[^\W_]+(?:[.,/-]\d+)*")
_BARE_ADDRESS = re.compile(r"https?://|www\.")
_EMPTY_LINKS = frozenset(
    ["tai day", "o day", "day", "xem", "xem them", "xem tiep", "chi tiet", "xem chi tiet", "click", "bam vao day",
     "bam day", "link", "duong dan", "tai ve", "here", "nhan vao day"]
)  # fmt: skip
_EMPTY_PICTURES = frozenset(
    [
        "anh",
        "hinh",
        "hinh anh",
        "anh minh hoa",
        "hinh anh minh hoa",
        "anh bai viet",
        "image",
        "picture",
        "anh chup",
    ]
)
_FILE_NAME = re.compile(r"(?i)^[\w-]+\.(?:jpe?g|png|gif|webp|heic)$|^(?:img|dsc|z\d|screenshot)[\w-]*$")
_LANGUAGE = frozenset(
    {
        FindingKind.SPELLING,
        FindingKind.PUNCTUATION,
        FindingKind.CAPITALISATION,
        FindingKind.TONE_STYLE,
        FindingKind.REPETITION,
        FindingKind.OBSOLETE_TERM,
        FindingKind.ABOLISHED_BODY,
        FindingKind.IMPOSSIBLE_DATE,
    }
)
_SHORT_FORMS = "DL802"


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to look at. `is_grave` is what shuts somebody out or is plainly wrong; `quote` says where, `fix` what."""

    code: str
    message: str
    quote: str = ""
    fix: str = ""
    is_grave: bool = False


@dataclass(frozen=True, slots=True)
class PictureLooked:
    """A picture as it is judged."""

    alternative: str
    caption: str = ""
    words: str = ""
    is_text: bool = False


@dataclass(frozen=True, slots=True)
class DocumentLooked:
    """A cited document as it is judged; `is_scan` when its file has no text of its own."""

    title: str
    transcript: str = ""
    is_scan: bool = False


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, and how long the item takes to read aloud."""

    remarks: tuple[Remark, ...]
    syllables: int
    sentences: int

    @property
    def minutes_aloud(self) -> int:
        """Whole minutes at the pace of a loudspeaker, at least one."""
        return max(1, round(self.syllables / ALOUD))

    @property
    def per_sentence(self) -> int:
        return round(self.syllables / self.sentences) if self.sentences else 0

    @property
    def grave(self) -> tuple[Remark, ...]:
        return tuple(one for one in self.remarks if one.is_grave)

    @property
    def aloud(self) -> str:
        """How long it is, as a sentence."""
        return ngettext(
            "%(syllables)s chữ, đọc trên loa khoảng %(minutes)s phút.",
            "%(syllables)s chữ, đọc trên loa khoảng %(minutes)s phút.",
            self.minutes_aloud,
        ) % {"syllables": printed(self.syllables), "minutes": self.minutes_aloud}


def look(
    words: Words,
    *,
    pictures: Sequence[PictureLooked] = (),
    documents: Sequence[DocumentLooked] = (),
    as_of: date | None = None,
) -> Looked:
    """What an editor would mark; the gravest first, then in the order of the page. Never raises for clean words."""
    text = "\n".join(part for part in (words.lead, words.question, body.plain(words.body)) if part)
    sentences = [found[0] for found in _SENTENCE.finditer(text) if _count(found[0])]
    remarks = [
        *_of_the_head(words),
        *_of_pictures(pictures, words),
        *_of_documents(documents),
        *_of_the_body(words.body),
        *_of_sentences(sentences),
        *_of_language(words, as_of),
    ]
    ranked = sorted(remarks, key=lambda one: not one.is_grave)[:MOST_REMARKS]
    return Looked(tuple(ranked), _count(f"{words.title}\n{text}"), len(sentences))


def _count(text: str) -> int:
    return len(_SYLLABLE.findall(text))


def _of_the_head(words: Words) -> Iterator[Remark]:
    letters = [letter for letter in words.title if letter.isalpha()]
    if len(letters) > 12 and all(letter.isupper() for letter in letters):
        yield Remark(
            "title-capitals",
            _("Tiêu đề viết hoa toàn bộ khó đọc. Chỉ viết hoa chữ đầu và tên riêng."),
            words.title,
        )
    if len(words.title) > LONGEST_TITLE:
        yield Remark(
            "title-long",
            _("Tiêu đề dài %(length)s ký tự. Điện thoại và Zalo chỉ hiện khoảng %(most)s.")
            % {"length": len(words.title), "most": LONGEST_TITLE},
        )
    if words.title.endswith("."):
        yield Remark("title-stop", _("Tiêu đề không có dấu chấm ở cuối."), words.title[-30:])
    if _count(words.lead) > LONGEST_LEAD:
        yield Remark(
            "lead-long",
            _("Tóm tắt dài %(length)s chữ. Viết trong một hai câu, tối đa %(most)s chữ.")
            % {"length": _count(words.lead), "most": LONGEST_LEAD},
        )
    if words.lead and fold(words.lead).strip(" .") == fold(words.title).strip(" ."):
        yield Remark("lead-title", _("Tóm tắt lặp lại tiêu đề. Viết thêm ai, việc gì, từ khi nào."))


def says_something(alternative: str) -> bool:
    """Whether the words say what a picture shows: neither nothing, nor 'ảnh minh họa', nor the name of a file."""
    told = alternative.strip()
    return bool(told) and fold(told).strip(" .") not in _EMPTY_PICTURES and not _FILE_NAME.match(told)


def _of_pictures(pictures: Sequence[PictureLooked], words: Words) -> Iterator[Remark]:
    for number, picture in enumerate(pictures, start=1):
        told = fold(picture.alternative).strip(" .")
        which = _("Ảnh %(number)s") % {"number": number}
        if not says_something(picture.alternative):
            yield Remark(
                "picture-empty",
                _("%(which)s: mô tả chưa nói ảnh cho thấy gì. Viết như kể cho người không nhìn thấy.")
                % {"which": which},
                picture.alternative,
                is_grave=True,
            )
        elif told in {fold(picture.caption).strip(" ."), fold(words.title).strip(" .")} - {""}:
            yield Remark(
                "picture-repeats",
                _("%(which)s: mô tả lặp lại chú thích hoặc tiêu đề, người nghe sẽ nghe hai lần.")
                % {"which": which},
                picture.alternative,
            )
        if picture.is_text and not picture.words:
            yield Remark(
                "picture-text",
                _(
                    "%(which)s: có vẻ là ảnh chụp văn bản. Gõ lại chữ trong ảnh, vì máy đọc và tìm kiếm không thấy chữ."
                )
                % {"which": which},
                picture.alternative,
                is_grave=True,
            )


def _of_documents(documents: Sequence[DocumentLooked]) -> Iterator[Remark]:
    for document in documents:
        if document.is_scan and not document.transcript:
            yield Remark(
                "scan",
                _("Tệp PDF này là bản quét, không có chữ. Thêm nội dung bằng chữ hoặc thay bằng tệp có chữ."),
                document.title,
                is_grave=True,
            )


def _of_the_body(html: str) -> Iterator[Remark]:
    if not html.strip():
        return
    top = body.parsed(html)
    yield from _of_headings(top, _count(body.plain(html)))
    yield from _of_links(top)


def _of_headings(top: HtmlElement, syllables: int) -> Iterator[Remark]:
    above = 1
    headings = list(top.iter("h2", "h3", "h4"))
    for heading in headings:
        level = int(str(heading.tag)[1])
        words = " ".join("".join(heading.itertext()).split())
        if level > above + 1:
            yield Remark(
                "heading-jump",
                _("Đề mục nhảy bậc: dùng %(wanted)s trước %(used)s.")
                % {"wanted": "#" * (above + 1), "used": "#" * level},
                words,
                is_grave=True,
            )
        if not words:
            yield Remark("heading-empty", _("Có đề mục trống. Bỏ đi hoặc ghi tên."), is_grave=True)
        above = level
    if not headings and syllables > WITHOUT_HEADING:
        yield Remark(
            "heading-none",
            _("Bài dài %(length)s chữ mà không có đề mục. Chia thành vài phần có tên.")
            % {"length": printed(syllables)},
        )
    for paragraph in top.iter("p"):
        words = " ".join("".join(paragraph.itertext()).split())
        strong = paragraph.find("strong")
        if (
            strong is not None
            and words
            and len(words) < 90
            and words == " ".join("".join(strong.itertext()).split())
        ):
            yield Remark(
                "heading-bold", _("Dòng in đậm dùng như đề mục. Bấm nút Đề mục để máy đọc nhận ra."), words
            )


def _of_links(top: HtmlElement) -> Iterator[Remark]:
    known: dict[str, str] = {}
    for link in top.iter("a"):
        words = " ".join("".join(link.itertext()).split())
        address = link.get("href", "")
        plain = fold(words).strip(" .:!»>")
        if plain in _EMPTY_LINKS:
            yield Remark(
                "link-empty",
                _("Liên kết “%(words)s” không cho biết dẫn đến đâu. Đặt liên kết vào tên trang hoặc tên tệp.")
                % {"words": words},
                words,
                is_grave=True,
            )
        elif _BARE_ADDRESS.match(words):
            yield Remark(
                "link-bare",
                _("Địa chỉ trần khó nghe khi máy đọc. Viết tên trang rồi gắn liên kết."),
                words[:80],
            )
        elif plain and known.setdefault(plain, address) != address:
            yield Remark(
                "link-two", _("Hai liên kết cùng tên dẫn đến hai nơi khác nhau."), words, is_grave=True
            )
        if address.startswith("http://"):
            yield Remark("link-plain", _("Liên kết chưa bảo mật. Thử dùng https."), address[:80])


def _of_sentences(sentences: Sequence[str]) -> Iterator[Remark]:
    for sentence in sentences:
        length = _count(sentence)
        if length > LONGEST_SENTENCE:
            yield Remark(
                "sentence-long",
                _("Câu dài %(length)s chữ. Tách thành nhiều câu, mỗi câu một ý.") % {"length": length},
                _short(sentence),
            )


def _short(text: str) -> str:
    words = text.split()
    return " ".join(words) if len(words) <= 12 else f"{' '.join(words[:6])} … {' '.join(words[-4:])}"


def _of_language(words: Words, as_of: date | None) -> Iterator[Remark]:
    """Spelling, punctuation, old names, dates that are not in the calendar, short forms nobody explained."""
    document = Document(kind=Kind.OTHER, body=tuple(_paragraphs(words)))
    rules = [rule for rule in check.all_rules() if rule.kind in _LANGUAGE or rule.id == _SHORT_FORMS]
    for finding in check.check(document, as_of=as_of, draft=True, rules=rules):
        yield Remark(
            finding.rule,
            finding.message,
            finding.quote,
            finding.fix or "",
            is_grave=finding.severity is Severity.ERROR,
        )


def _paragraphs(words: Words) -> Iterator[Paragraph]:
    for line in (words.title, words.lead, *words.question.split("\n")):
        if line:
            yield Paragraph(Role.BODY, (Run(line if line[-1] in ".?!:;…" else f"{line}."),))
    if not words.body.strip():
        return
    for block in body.blocks(words.body):
        if block.text:
            yield Paragraph(Role.BODY, (Run(block.text),))
