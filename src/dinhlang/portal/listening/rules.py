"""What is read of an article, and where its chapters begin: plain values, no database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dinhlang.portal.newsroom.rules.body import blocks
from dinhlang.portal.newsroom.rules.kinds import Kind
from dinhlang.portal.newsroom.rules.words import Words
from dinhlang.vietnamese.text import fold, one_line

# A cell means nothing without its table, and a caption nothing without its picture.
_SAID = frozenset({"p", "li", "blockquote", "h2", "h3", "h4"})
_HEADINGS = frozenset({"h2", "h3", "h4"})
_ENDS = (".", "?", "!", "…", ":", ";")
_LETTERS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read: `text` with a line for each paragraph, `headings` those of its lines at which a chapter begins."""

    text: str
    headings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """Where a part of the sound begins, in seconds, and what it is called."""

    start: float
    title: str


def reading_of(words: Words, kind: str) -> Reading:
    """What is read of an edition, in the order of its page: title, lead, when and where, question, text.

    Tables are left out, and the page has them. Every line ends as a sentence, so that the voice pauses.
    """
    lines: list[tuple[str, bool]] = [(words.title, False), (words.lead, False)]
    if kind == Kind.EVENT and words.starts_at is not None:
        lines.append((_when(words.starts_at, words.place), False))
    if kind == Kind.QUESTION and words.question:
        lines += [(_("Câu hỏi"), True), *((line, False) for line in words.question.split("\n"))]
        lines.append((_("Trả lời"), True))
    lines += [(block.text, block.tag in _HEADINGS) for block in blocks(words.body) if block.tag in _SAID]
    said = [(as_sentence(text), is_heading) for text, is_heading in lines if text.strip()]
    return Reading(
        "\n".join(text for text, _is_heading in said),
        tuple(text for text, is_heading in said if is_heading),
    )


def said_in_a_recording(words: Words) -> str:
    """What a person says in an edition's own recording: its text, a line for each paragraph and heading."""
    said = [block.text for block in blocks(words.body) if block.tag in _SAID]
    return "\n".join(as_sentence(text) for text in said if text.strip())


def _when(starts_at: datetime, place: str) -> str:
    when = _("Thời gian: %(hour)s ngày %(day)s.") % {
        "hour": f"{starts_at:%Hh%M}",
        "day": f"{starts_at:%d/%m/%Y}",
    }
    return f"{when} {_('Địa điểm')}: {place}" if place else when


def as_sentence(text: str) -> str:
    """One line that ends as a sentence does, so that the voice pauses after it."""
    line = one_line(text)
    return line if line.endswith(_ENDS) else f"{line}."


def chapters(title: str, headings: Iterable[str], lines: Sequence[Sequence[object]]) -> list[Chapter]:
    """The chapters of a sound: its beginning, and each heading where it is heard. None for a sound without headings.

    `lines` are [start, end, sentence] as they were spoken, in order. A heading that is not among them is left out.
    """
    found = [Chapter(0.0, title)]
    at = 0
    for heading in headings:
        for number in range(at, len(lines)):
            start, _end, sentence = lines[number]
            if _bare(str(sentence)) and _bare(heading).startswith(_bare(str(sentence))):
                # What begins the whole is no second chapter.
                if float(str(start)) > 0:
                    found.append(Chapter(float(str(start)), heading.rstrip(" .:;")))
                at = number + 1
                break
    return found if len(found) > 1 else []


def _bare(text: str) -> str:
    return " ".join(_LETTERS.findall(fold(text)))


def chapters_as_json(found: Iterable[Chapter], *, title: str) -> str:
    """Chapters as Podcasting 2.0 has them (JSON Chapters 1.2.0)."""
    said = {
        "version": "1.2.0",
        "title": title,
        "chapters": [{"startTime": one.start, "title": one.title} for one in found],
    }
    return json.dumps(said, ensure_ascii=False)
