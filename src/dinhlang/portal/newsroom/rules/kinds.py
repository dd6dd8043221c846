"""What each kind of item may and must have, and what its publishing counts: data, one row a kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The kinds of items."""

    ARTICLE = "article", _("Tin, bài")
    NOTICE = "notice", _("Thông báo")
    DOCUMENT = "document", _("Trang văn bản")
    QUESTION = "question", _("Hỏi đáp")
    EVENT = "event", _("Sự kiện")
    AUDIO = "audio", _("Bản ghi âm")


_BODY = _("Nội dung")


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kind is: `asks` are the fields it has beside those of all, `needs` those without which it is not published.

    `counts` are the counters of its line in the ledger (kind 'website' of `work.concepts`): one article is one tin
    bài and one posting, whatever else is put up is a posting.
    """

    asks: tuple[str, ...] = ()
    needs: tuple[str, ...] = ("title", "body")
    counts: Mapping[str, int] = field(default_factory=lambda: {"posts": 1})
    body_label: str | Promise = _BODY


SHAPES: Mapping[Kind, Shape] = {
    Kind.ARTICLE: Shape(needs=("title", "lead", "body"), counts={"articles": 1, "posts": 1}),
    Kind.NOTICE: Shape(),
    Kind.DOCUMENT: Shape(needs=("title", "documents")),
    Kind.QUESTION: Shape(
        asks=("question",), needs=("title", "question", "body"), body_label=_("Câu trả lời")
    ),
    Kind.EVENT: Shape(asks=("starts_at", "ends_at", "place"), needs=("title", "starts_at", "place")),
    Kind.AUDIO: Shape(
        asks=("recording",),
        needs=("title", "recording", "body"),
        body_label=_("Nội dung bằng chữ của bản ghi"),
    ),
}
