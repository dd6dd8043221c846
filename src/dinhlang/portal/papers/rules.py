"""What is a paper, and which of its files can be given to everyone. No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from dinhlang.org.rules import Refused


class CannotOpenPlan(Refused):
    """The plan cannot be opened to all, or closed again, now; the message says why and what to do."""


class PaperKind(StrEnum):
    """What sort of document; the value is its part of an address."""

    REPORT = "bao-cao"
    PLAN = "ke-hoach"
    DECISION = "quyet-dinh"


KIND_WORDS = {
    PaperKind.REPORT: _("Báo cáo"),
    PaperKind.PLAN: _("Kế hoạch"),
    PaperKind.DECISION: _("Quyết định công bố thủ tục"),
}

# By media type, how a document's file ends. A table or a picture that was read is no document to hand out.
FILE_FORMS = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/msword": "doc",
    "application/x-ole-storage": "doc",
}
MEDIA_TYPES = {form: media for media, form in FILE_FORMS.items()} | {"doc": "application/msword"}


@dataclass(frozen=True, slots=True)
class Paper:
    """One line of the list; `issued_on` is None for a decision of which only the number is known."""

    kind: PaperKind
    key: str
    number: str
    issued_on: date | None
    subject: str
    address: str
    period: str = ""

    @property
    def year(self) -> int | None:
        return self.issued_on.year if self.issued_on else None

    @property
    def kind_word(self) -> str:
        return str(KIND_WORDS[self.kind])
