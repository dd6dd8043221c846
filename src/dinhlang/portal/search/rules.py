"""What is kept of questions, and what may be put first. No database."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.search import Question
from dinhlang.vietnamese import redaction
from dinhlang.vietnamese.text import nfc, one_line

WORDS_LENGTH = 120
# A longer question is a pasted sentence: it says something about who asked and nothing about what is missing.
_MOST_WORDS = 8
# So many different questions of one day are kept for a unit; a robot that tries words fills no table.
MOST_A_DAY = 300
KEPT_DAYS = 180


class CannotPromote(Refused):
    """The result cannot be put first so; the message says why and what to do."""


def worth_keeping(typed: str) -> str:
    """A question that found nothing as it is kept for the editors: lower case, one line. Empty for one that is not kept.

    What holds personal data is not kept (Luật 91/2025/QH15: no more than is needed).
    """
    words = one_line(nfc(typed)).lower()
    question = Question.of(words)
    is_short = 0 < len(question.folded) <= _MOST_WORDS and len(words) <= WORDS_LENGTH
    return words if is_short and not redaction.is_personal(one_line(typed)) else ""


def promoted_key(words: str) -> str:
    """The words that a promoted result stands for, as questions are compared with them.

    Raises `CannotPromote` for words that are none.
    """
    key = " ".join(Question.of(words).folded)
    if not key:
        raise CannotPromote(
            _("Chưa có từ nào để tìm. Ghi những từ người dân hay gõ, ví dụ: làm giấy khai sinh.")
        )
    if len(words) > WORDS_LENGTH or len(key) > WORDS_LENGTH:
        raise CannotPromote(
            _("Câu tìm dài quá %(most)s ký tự. Rút gọn rồi lưu lại.") % {"most": WORDS_LENGTH}
        )
    return key
