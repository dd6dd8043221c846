"""An answer: how long, by which digest it is approved, and whether what it cites is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from dinhlang.citizens.rules import kinds
from dinhlang.officialdoc import check
from dinhlang.officialdoc.model import Document, Kind, Paragraph, Role, Run
from dinhlang.org.rules import Unfit
from dinhlang.vietnamese.text import nfc

LEAST_ANSWER = 20
# The rule of the checker that knows which acts were replaced, when, and by which.
_OUT_OF_FORCE = "DL305"


@dataclass(frozen=True, slots=True)
class Outdated:
    """An act that is cited and is not in force on the day: its own words, and what to do."""

    quote: str
    message: str


def fit_answer(words: str) -> str:
    """The words as they are kept. Raises `Unfit` for what is no answer yet, or too long."""
    kept = "\n".join(line.rstrip() for line in nfc(words).replace("\r\n", "\n").split("\n")).strip()
    if len(kept) < LEAST_ANSWER:
        raise Unfit(_("Câu trả lời đang trống hoặc quá ngắn. Viết rõ kết quả và căn cứ."), "words")
    if len(kept) > kinds.ANSWER_LENGTH:
        raise Unfit(
            _("Dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.")
            % {"length": len(kept), "most": kinds.ANSWER_LENGTH},
            "words",
        )
    return kept


def digest(words: str) -> str:
    """SHA-256 of the words: what the leader saw is what is sent."""
    return sha256(words.encode()).hexdigest()


def outdated(words: str, on: date) -> list[Outdated]:
    """What the words rest on that is no longer in force on a day, by the checker's list."""
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    if not lines:
        return []
    document = Document(kind=Kind.OTHER, body=tuple(Paragraph(Role.BODY, (Run(line),)) for line in lines))
    rules = [rule for rule in check.all_rules() if rule.id == _OUT_OF_FORCE]
    found = check.check(document, as_of=on, draft=True, rules=rules)
    return [Outdated(finding.quote, finding.message) for finding in found]
