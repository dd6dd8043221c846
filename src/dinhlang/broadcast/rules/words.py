"""What a bulletin says: its words, what is taken of what was typed, and what must be there before it is approved."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256

from django.utils.translation import gettext as _

from dinhlang.broadcast.rules.kinds import Kind, Language, Source
from dinhlang.broadcast.rules.script import plain
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese.text import fold, one_line

TITLE_LENGTH = 200
NAME_LENGTH = 120
# Half an hour of reading and more: what is longer is no bulletin, and somebody pasted a whole file.
SCRIPT_LENGTH = 60_000


class NotReady(Refused):
    """What a bulletin still lacks before it can be approved."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one edition: what is announced, what is read, who wrote it and who reads it."""

    title: str
    script: str = ""
    writer: str = ""
    reader: str = ""


def fit(words: Words) -> Words:
    """The words as they are kept: one line where there is one, a script without tags and code. Raises `Unfit`."""
    title, writer, reader = map(one_line, (words.title, words.writer, words.reader))
    if not title:
        raise Unfit(_("Bản tin chưa có tiêu đề. Ghi tiêu đề rồi lưu lại."), "title")
    for name, text, most in (
        ("title", title, TITLE_LENGTH),
        ("writer", writer, NAME_LENGTH),
        ("reader", reader, NAME_LENGTH),
    ):
        if len(text) > most:
            raise Unfit(
                _("Dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.")
                % {"length": len(text), "most": most},
                name,
            )
    if len(words.script) > SCRIPT_LENGTH:
        raise Unfit(
            _("Lời đọc dài %(length)s ký tự, tối đa %(most)s. Chia thành nhiều bản tin.")
            % {"length": len(words.script), "most": SCRIPT_LENGTH},
            "script",
        )
    return Words(title, _script(words.script), writer, reader)


def _script(text: str) -> str:
    lines = [one_line(line) for line in plain(text).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def folded(words: Words) -> str:
    """All words without marks, for search."""
    return fold(" ".join((words.title, words.script, words.writer)))


def digest(words: Words, *, kind: str, language: str, recording: str = "") -> str:
    """SHA-256 of what is approved: the words, what they are, and the recording by its own hash. The same words give the same."""
    said = {**asdict(words), "kind": kind, "language": language, "recording": recording}
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def words_digest(words: Words) -> str:
    """SHA-256 of the words alone."""
    return sha256(json.dumps(asdict(words), ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def check_complete(words: Words, *, kind: str, source: str, language: str, recorded: bool) -> None:
    """Raise `NotReady` with what is missing for approval.

    A relay is carried live and has no words of ours. In another language than Vietnamese only a person's recording can
    be aired: nothing here speaks it.
    """
    if kind == Kind.RELAY or source == Source.RELAY:
        return
    if language != Language.VIETNAMESE:
        if not recorded:
            raise NotReady(
                _("Bản tin tiếng dân tộc phải có bản ghi âm của người đọc. Thêm bản ghi rồi trình lại.")
            )
        return
    if not words.script and not recorded:
        raise NotReady(_("Bản tin chưa có lời đọc hoặc bản ghi âm. Thêm một trong hai rồi trình lại."))


def check_days(first: date | None, last: date | None) -> None:
    """Raise `Unfit` for a validity that ends before it begins."""
    if first is not None and last is not None and last < first:
        raise Unfit(_("Ngày hết hạn phát đứng trước ngày bắt đầu. Sửa lại một trong hai."), "valid_until")


def is_valid(first: date | None, last: date | None, on: date) -> bool:
    """Whether a bulletin may be aired on a day; both ends count."""
    return (first is None or first <= on) and (last is None or on <= last)
