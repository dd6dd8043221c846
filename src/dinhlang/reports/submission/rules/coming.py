"""Whether what comes may come: the unit, the obligation, the days, the version of the regime."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.periods.window import numeric_date


class CannotSubmit(Refused):
    """The report cannot be handed in so; the message says why and what to do."""


class CannotDecide(Refused):
    """The submission cannot be returned, accepted or taken back so."""

    field = "reason"


class NobodyReceives(CannotSubmit):
    """Nobody of the level above works in this installation."""


def no_letter() -> CannotSubmit:
    """A file alone answers a letter; what a regime asks for is a report."""
    return CannotSubmit(
        _(
            "Chỉ báo cáo theo công văn yêu cầu mới nộp bằng tệp, và công văn phải ghi số, ngày. Báo cáo định kỳ thì lập và phát hành rồi nộp."
        )
    )


def no_such_form(name: str) -> CannotSubmit:
    """A file of a form that is not taken."""
    return CannotSubmit(
        _("%(name)s: chỉ nhận tệp .docx, .xlsx, .pdf. Lưu lại đúng dạng rồi gửi.") % {"name": name[:80]}
    )


def check_regime(said: str, asked: str, programme: str) -> None:
    """A report is written under the version of the regime that its period was opened with. Raises `CannotSubmit`."""
    if said and asked and said != asked:
        raise CannotSubmit(
            _(
                "Báo cáo lập theo chế độ “%(programme)s” bản %(said)s, còn kỳ này nộp theo bản %(asked)s. "
                "Nạp chế độ bản %(asked)s, lập báo cáo thay thế rồi nộp lại."
            )
            % {"programme": programme, "said": said, "asked": asked}
        )


def check_alive(who: str, starts_on: date | None, ends_on: date | None, on: date) -> None:
    """A unit hands in while it is in being. Raises `CannotSubmit`."""
    name = who[:1].upper() + who[1:]
    if ends_on is not None and ends_on <= on:
        raise CannotSubmit(
            _(
                "%(who)s đã kết thúc hoạt động từ ngày %(day)s nên không nộp báo cáo được. Đơn vị kế thừa nộp thay."
            )
            % {"who": name, "day": numeric_date(ends_on)}
        )
    if starts_on is not None and on < starts_on:
        raise CannotSubmit(
            _("%(who)s thành lập ngày %(day)s. Xem lại ngày nộp.")
            % {"who": name, "day": numeric_date(starts_on)}
        )


def check_days(document_on: date | None, submitted_on: date, received_on: date, on: date) -> None:
    """A document is written, then handed in, then received, and none of it tomorrow. Raises `CannotSubmit`."""
    if received_on > on:
        raise CannotSubmit(
            _("Ngày nhận %(day)s chưa tới. Chọn ngày không sau hôm nay.") % {"day": numeric_date(received_on)}
        )
    if submitted_on > received_on:
        raise CannotSubmit(
            _("Ngày nộp %(sent)s sau ngày nhận %(received)s. Xem lại hai ngày này.")
            % {"sent": numeric_date(submitted_on), "received": numeric_date(received_on)}
        )
    if document_on is not None and document_on > submitted_on:
        raise CannotSubmit(
            _("Văn bản ghi ngày %(day)s, sau ngày nộp %(sent)s. Xem lại hai ngày này.")
            % {"day": numeric_date(document_on), "sent": numeric_date(submitted_on)}
        )
