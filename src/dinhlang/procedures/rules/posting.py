"""What must hang where: every procedure whose dossiers are received is posted, exactly as published.

NĐ 63/2010/NĐ-CP (amended by NĐ 48/2013, NĐ 92/2017): the body that receives dossiers posts all procedures of its
scope; what is abolished comes down on the day it lapses. A new text replaces the old one from its day of effect.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused, printed_day

NAME_LENGTH = 150


class CannotPost(Refused):
    """This cannot be posted or taken down so; the message says why and what to do."""


def check_posted_on(posted_on: date, on: date) -> None:
    """Raise `CannotPost` for a day on which it cannot have been posted. Before it takes effect it may be."""
    if posted_on > on:
        raise CannotPost(
            _("Ngày niêm yết %(day)s ở tương lai; chỉ ghi việc đã làm.") % {"day": printed_day(posted_on)}
        )


def check_taken_down_on(taken_down_on: date, posted_on: date, on: date) -> None:
    """Raise `CannotPost` for a day on which it cannot have been taken down."""
    if taken_down_on > on:
        raise CannotPost(
            _("Ngày gỡ %(day)s ở tương lai; chỉ ghi việc đã làm.") % {"day": printed_day(taken_down_on)}
        )
    if taken_down_on < posted_on:
        raise CannotPost(
            _("Ngày gỡ %(day)s trước ngày niêm yết %(posted)s. Hãy kiểm tra lại ngày.")
            % {"day": printed_day(taken_down_on), "posted": printed_day(posted_on)}
        )


def checked_name(name: str) -> str:
    """The name of a place, cleaned. Raises `CannotPost` for one that says nothing or too much."""
    said = " ".join(name.split())
    if not said:
        raise CannotPost(_("Nơi niêm yết chưa có tên. Ghi tên rồi lưu lại."))
    if len(said) > NAME_LENGTH:
        raise CannotPost(
            _("Tên nơi niêm yết dài quá %(most)s ký tự. Rút gọn rồi lưu lại.") % {"most": NAME_LENGTH}
        )
    return said


def line_title(count: int, place: str, decision: str) -> str:
    """What the ledger says of an act of posting."""
    under = f" theo Quyết định {decision}" if decision else ""
    return f"Niêm yết {count} thủ tục hành chính tại {place}{under}"
