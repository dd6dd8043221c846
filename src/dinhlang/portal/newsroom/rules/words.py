"""What a person typed for an item, made fit to store, and what is missing before it can go to the public page."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from urllib.parse import urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules import Refused
from dinhlang.portal.newsroom.rules import body
from dinhlang.portal.newsroom.rules.kinds import SHAPES, Kind
from dinhlang.vietnamese.text import fold, house_style, nfc
from dinhlang.work.rules import clean, clean_note

LENGTHS: Mapping[str, int] = {
    "title": 200,
    "lead": 500,
    "byline": 120,
    "source": 200,
    "source_url": 1000,
    "question": 4000,
    "place": 200,
}
LABELS: Mapping[str, str | Promise] = {
    "title": gettext_lazy("Tiêu đề"),
    "lead": gettext_lazy("Tóm tắt"),
    "body": gettext_lazy("Nội dung"),
    "byline": gettext_lazy("Tác giả"),
    "source": gettext_lazy("Nguồn"),
    "source_url": gettext_lazy("Địa chỉ nguồn"),
    "question": gettext_lazy("Câu hỏi"),
    "place": gettext_lazy("Địa điểm"),
    "starts_at": gettext_lazy("Bắt đầu lúc"),
    "ends_at": gettext_lazy("Kết thúc lúc"),
    "recording": gettext_lazy("Tệp âm thanh"),
    "documents": gettext_lazy("Văn bản trích dẫn"),
}


class Unfit(Refused):
    """What was typed cannot be stored; `field` is the one to mend."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


class NotReady(Refused):
    """Something is missing before the item can go on; the message names all of it."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of an edition; `body` is HTML of the white list once `fit` has seen it."""

    title: str = ""
    lead: str = ""
    body: str = ""
    byline: str = ""
    source: str = ""
    source_url: str = ""
    question: str = ""
    place: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None

    def to_json(self) -> dict[str, str]:
        """Strings only, '' for what is not given: what drafts are compared by."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else value or ""
            for name, value in asdict(self).items()
        }

    @classmethod
    def from_json(cls, stored: Mapping[str, str]) -> Words:
        known = {each.name for each in fields(cls)}
        given: dict[str, str | datetime | None] = {name: stored[name] for name in known & stored.keys()}
        for name in ("starts_at", "ends_at"):
            given[name] = datetime.fromisoformat(stored[name]) if stored.get(name) else None
        return cls(**given)  # type: ignore[arg-type]  # names and types are those of `to_json`


def fit(words: Words) -> Words:
    """The words as they are stored. Raises `Unfit` for what is too long, no address, or ends before it starts."""
    given = {
        name: clean_note(getattr(words, name))
        if name in {"lead", "question"}
        else clean(getattr(words, name))
        for name in LENGTHS
    }
    given["lead"] = " ".join(given["lead"].split())
    for name, most in LENGTHS.items():
        if len(given[name]) > most:
            raise Unfit(
                _("%(label)s dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.")
                % {"label": LABELS[name], "length": len(given[name]), "most": most},
                name,
            )
    if given["source_url"] and not is_web_address(given["source_url"]):
        raise Unfit(
            _("Địa chỉ nguồn phải bắt đầu bằng https:// hoặc http://. Sửa lại hoặc để trống."), "source_url"
        )
    if words.ends_at is not None and (words.starts_at is None or words.ends_at < words.starts_at):
        raise Unfit(_("Giờ kết thúc phải sau giờ bắt đầu. Sửa lại hoặc để trống giờ kết thúc."), "ends_at")
    return replace(words, body=body.cleaned(words.body), **given)  # type: ignore[arg-type]  # all are strings


def is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and " " not in text
    except ValueError:
        return False


def missing(kind: str, *, words: Words, has_column: bool, documents: int, has_recording: bool) -> list[str]:
    """The labels of what an item of this kind needs and does not have yet; always a column, which is in its address."""
    there = {
        **{name: bool(value) for name, value in words.to_json().items()},
        "body": bool(body.plain(words.body)),
        "documents": documents > 0,
        "recording": has_recording,
    }
    shape = SHAPES[Kind(kind)]
    lacks = [
        str(shape.body_label if name == "body" else LABELS[name]) for name in shape.needs if not there[name]
    ]
    return lacks if has_column else [*lacks, _("Chuyên mục")]


def check_complete(kind: str, *, words: Words, has_column: bool, documents: int, has_recording: bool) -> None:
    """Raise `NotReady` with everything that is missing."""
    lacks = missing(
        kind, words=words, has_column=has_column, documents=documents, has_recording=has_recording
    )
    if lacks:
        raise NotReady(_("Tin còn thiếu: %(lacks)s. Bổ sung rồi gửi lại.") % {"lacks": ", ".join(lacks)})


def folded(words: Words) -> str:
    """All words without marks, for search: the title first."""
    parts = (words.title, words.lead, words.question, words.place, words.byline, body.plain(words.body))
    return fold(re.sub(r"\s+", " ", " ".join(house_style(part) for part in parts if part)))


def digest(
    words: Words,
    pictures: Sequence[Mapping[str, str]],
    documents: Sequence[Mapping[str, str]],
    recording: str,
) -> str:
    """SHA-256 of everything an edition says, in hex: what an approval is bound to."""
    content = {
        "words": words.to_json(),
        "pictures": [dict(one) for one in pictures],
        "documents": [dict(one) for one in documents],
        "recording": recording,
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(b"dinhlang.edition/1\n" + nfc(canonical).encode()).hexdigest()


def as_evidence(words: Words, address: str) -> str:
    """The item as plain text, which is kept beside the line of the ledger: what stood there, whatever comes later."""
    parts = [
        words.title,
        address,
        words.lead,
        words.question,
        body.plain(words.body),
        words.byline,
        words.source,
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
