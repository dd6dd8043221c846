"""What stands on a day, and how decisions change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules import Refused, printed_day

EARLIEST = date(2000, 1, 1)
# A decision may take effect later than it was signed, but not by years: a typing error in the year does.
LATEST_AHEAD = timedelta(days=3 * 366)


class EventKind(StrEnum):
    """What a row of a decision does to a procedure (NĐ 63/2010/NĐ-CP art. 15). `CORRECT` mends a slip of the text."""

    ANNOUNCE = "announce"
    AMEND = "amend"
    REPLACE = "replace"
    ABOLISH = "abolish"
    CORRECT = "correct"


EVENT_WORDS = {
    EventKind.ANNOUNCE: gettext_lazy("mới ban hành"),
    EventKind.AMEND: gettext_lazy("sửa đổi, bổ sung"),
    EventKind.REPLACE: gettext_lazy("thay thế"),
    EventKind.ABOLISH: gettext_lazy("bãi bỏ"),
    EventKind.CORRECT: gettext_lazy("đính chính"),
}


class Standing(StrEnum):
    """How a procedure stands on a day."""

    COMING = "coming"
    IN_FORCE = "in-force"
    ABOLISHED = "abolished"


STANDING_WORDS = {
    Standing.COMING: gettext_lazy("chưa có hiệu lực"),
    Standing.IN_FORCE: gettext_lazy("đang có hiệu lực"),
    Standing.ABOLISHED: gettext_lazy("đã bãi bỏ"),
}


class CannotChangeProcedure(Refused):
    """The catalogue cannot be changed so; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Span:
    """When a version holds: from `starts_on` (`None`: since before anything is known), until before `ends_on`."""

    starts_on: date | None
    ends_on: date | None = None

    def holds(self, on: date) -> bool:
        return (self.starts_on is None or self.starts_on <= on) and (
            self.ends_on is None or on < self.ends_on
        )


def standing(spans: Iterable[Span], on: date) -> Standing:
    """How a procedure with these versions stands on the day. Between two versions it counts as abolished."""
    known = list(spans)
    if any(one.holds(on) for one in known):
        return Standing.IN_FORCE
    if any(one.ends_on is not None and one.ends_on <= on for one in known):
        return Standing.ABOLISHED
    return Standing.COMING


def effective(stated: date | None, signed: date | None, seen: date) -> tuple[date, bool]:
    """From which day an event counts, and whether that is only the default.

    A decision that is silent counts from its signing; one whose day of signing is not known, from the day it was
    entered. Both are defaults that a person should confirm.
    """
    if stated is not None:
        return stated, False
    return (signed or seen), True


def check_days(effective_on: date, signed_on: date | None, on: date) -> None:
    """Raise `CannotChangeProcedure` for days that no decision has."""
    for day in (effective_on, signed_on):
        if day is not None and not EARLIEST <= day <= on + LATEST_AHEAD:
            raise CannotChangeProcedure(
                _("Ngày %(day)s quá xa so với hôm nay. Hãy kiểm tra lại năm.") % {"day": printed_day(day)}
            )
    if signed_on is not None and signed_on > on:
        raise CannotChangeProcedure(
            _("Quyết định ghi ngày ký %(day)s, còn ở phía trước. Hãy kiểm tra lại ngày ký.")
            % {"day": printed_day(signed_on)}
        )
