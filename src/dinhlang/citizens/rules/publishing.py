"""The public text of a case: what the detector proposes to hide, what a person decided of each, and what is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese.redaction import Kind, Span, spans
from dinhlang.vietnamese.text import nfc

QUESTION, ANSWER = "question", "answer"
PARTS = (QUESTION, ANSWER)

# What stands in the public text in place of what is hidden. Public texts are Vietnamese, whoever made them.
STANDS_FOR: Mapping[Kind, str] = {
    Kind.PERSON: "[họ tên]",
    Kind.PHONE: "[số điện thoại]",
    Kind.ID_NUMBER: "[số giấy tờ]",
    Kind.ACCOUNT: "[số tài khoản]",
    Kind.PLATE: "[biển số]",
    Kind.ADDRESS: "[địa chỉ]",
    Kind.EMAIL: "[thư điện tử]",
    Kind.BIRTH_DATE: "[ngày sinh]",
    Kind.OTHER: "[thông tin riêng]",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A stretch of a text that may be personal: where it stands in the NFC text, as what, and its words."""

    start: int
    end: int
    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of a proposal. The words of what is hidden are not kept here, only where they stood."""

    part: str
    start: int
    end: int
    kind: str
    is_hidden: bool

    def to_json(self) -> list[Any]:
        return [self.part, self.start, self.end, self.kind, self.is_hidden]

    @classmethod
    def from_json(cls, said: Sequence[Any]) -> Decision:
        part, start, end, kind, is_hidden = said
        return cls(str(part), int(start), int(end), str(kind), bool(is_hidden))


class NotDecided(Refused):
    """A proposal was passed over."""


# A child whom nobody names is known in the village by its class: 'lớp 3A2', 'lop 4b', 'lớp 9/3', 'lớp lá 2'. A grade ('lớp 5') is
# many children's. Small 'g' and 'h' are hours ('vào lớp 7h'), a small letter apart is a word without its mark ('lop 5 a').
_CLASS = re.compile(
    r"""(?<!\w)l[ớo]p:?\s*(?:
        (?:1[0-2]|[1-9])(?:(?:[a-f]|(?-i:[GHIK])|\ (?-i:[A-IK]))(?:1?\d)?|/\d\d?)
        |(?:mầm|chồi|lá|mam|choi)\s?(?:[1-9](?!\s?(?:tuổi|bên|c?m|mm)\b)|(?-i:[A-E]))
    )(?!\w|/\d)""",
    re.IGNORECASE | re.VERBOSE,
)
# Not 'bà con' and 'con đường', nor 'anh em' among the grown.
_CHILD = re.compile(
    r"""(?<!\w)(?:
        (?<!bà\ )(?<!ba\ )con(?!\ (?:đường|kênh|mương|hẻm|lộ|suối|sông)\b)
        |(?<!anh\ )(?<!chị\ )(?<!chi\ )em|cháu|chau|bé|trẻ|nhóc|h[ọo]c\ sinh|h[ọo]c\ tr[òo]|hs
    )(?!\w)""",
    re.IGNORECASE | re.VERBOSE,
)


def proposals(text: str) -> list[Proposal]:
    """Everything in a text that may be personal, in order. Counts in the NFC text as a whole."""
    text = nfc(text)
    is_of_a_child = _CHILD.search(text) is not None
    found: list[Proposal] = []
    place = 0
    for line in text.split("\n"):
        personal = list(spans(line))
        if is_of_a_child:
            personal = sorted([*personal, *_classes(line, personal)])
        found += [
            Proposal(place + one.start, place + one.end, one.kind, line[one.start : one.end])
            for one in personal
        ]
        place += len(line) + 1
    return found


def _classes(line: str, personal: list[Span]) -> Iterator[Span]:
    """School classes of a line, where nothing else was found."""
    for match in _CLASS.finditer(line):
        if all(match.end() <= one.start or one.end <= match.start() for one in personal):
            yield Span(match.start(), match.end(), Kind.OTHER)


def pieces(text: str, decided: Iterable[Decision] = ()) -> Iterator[tuple[str, Proposal | None, bool | None]]:
    """The text in stretches, for a page: plain ones, and proposals with what was decided of each (None: not yet)."""
    text = nfc(text)
    known = {(one.start, one.end): one.is_hidden for one in decided}
    place = 0
    for one in proposals(text):
        if one.start > place:
            yield text[place : one.start], None, None
        yield one.words, one, known.get((one.start, one.end))
        place = one.end
    if place < len(text):
        yield text[place:], None, None


def decided(part: str, text: str, answers: Mapping[str, str]) -> list[Decision]:
    """What a form says of each proposal ('hide' or 'keep' by its place). Raises `NotDecided` for one passed over."""
    made: list[Decision] = []
    for one in proposals(text):
        said = answers.get(f"{part}-{one.start}-{one.end}", "")
        if said not in ("hide", "keep"):
            raise NotDecided(
                _("Còn chỗ chưa chọn che hay để nguyên. Xem từng chỗ được đánh dấu rồi lưu lại.")
            )
        made.append(Decision(part, one.start, one.end, one.kind.value, said == "hide"))
    return made


def redacted(text: str, decisions: Iterable[Decision]) -> str:
    """The text with what is hidden replaced by what it is ('[họ tên]')."""
    text = nfc(text)
    for one in sorted(decisions, key=lambda one: one.start, reverse=True):
        if one.is_hidden:
            text = text[: one.start] + STANDS_FOR[Kind(one.kind)] + text[one.end :]
    return text


def kept_words(text: str, decisions: Iterable[Decision]) -> frozenset[str]:
    """The words that a person decided to leave as they are."""
    text = nfc(text)
    return frozenset(text[one.start : one.end].casefold() for one in decisions if not one.is_hidden)


def check_public(text: str, kept: frozenset[str], part: str) -> None:
    """Raise `Unfit` for a public text that is empty or still holds what nobody decided to leave."""
    if not text.strip():
        raise Unfit(_("Phần này đang trống. Bản công khai cần cả nội dung và câu trả lời."), part)
    left = [one for one in proposals(text) if one.words.casefold() not in kept]
    if left:
        raise Unfit(
            _("Còn thông tin có thể là riêng tư: “%(words)s”. Che hoặc viết khác đi.")
            % {"words": "”, “".join(one.words for one in left[:3])},
            part,
        )


def source_digest(question: str, answer: str) -> str:
    """Of the original and of the answer a public text was made from."""
    return sha256(f"{nfc(question)}\0{nfc(answer)}".encode()).hexdigest()


def public_digest(title: str, question: str, answer: str) -> str:
    """Of what the leader saw and approves."""
    return sha256(f"{title}\0{question}\0{answer}".encode()).hexdigest()
