"""Where an item stands, in plain sentences. What is not going to happen is said as plainly as what is."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.periods.window import numeric_date
from dinhlang.portal.newsroom.rules.states import State

_WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)


def moment(at: datetime) -> str:
    """'8 giờ 00, thứ Năm, 26/11/2026', on the clock of the commune."""
    here = localtime(at)
    return _("%(hour)s giờ %(minute)s, %(weekday)s, %(day)s") % {
        "hour": here.hour,
        "minute": f"{here.minute:02d}",
        "weekday": _WEEKDAYS[here.weekday()],
        "day": numeric_date(here.date()),
    }


def standing(
    *,
    state: str,
    is_public: bool,
    publish_at: datetime | None,
    published_at: datetime | None,
    withdrawn_at: datetime | None,
    owes_approval: datetime | None,
    scheduler_is_alive: bool,
    at: datetime,
) -> list[str]:
    """What is true of the item now and what will happen, each one sentence, the gravest first."""
    said = []
    if state == State.SCHEDULED and publish_at is not None:
        said += _of_the_schedule(publish_at, at, is_alive=scheduler_is_alive)
    elif publish_at is not None and state not in {State.PUBLISHED, State.WITHDRAWN, State.DROPPED}:
        said.append(
            _("Hẹn đăng lúc %(moment)s. Chưa duyệt nên sẽ không đăng.") % {"moment": moment(publish_at)}
            if state != State.APPROVED
            else _("Đã duyệt nhưng chưa hẹn giờ nên sẽ không tự đăng.")
        )
    elif state == State.APPROVED:
        said.append(_("Đã duyệt nhưng chưa đăng. Bấm Đăng hoặc hẹn giờ."))
    if owes_approval is not None:
        said.append(
            _("Đăng khẩn lúc %(moment)s, chưa được lãnh đạo duyệt.") % {"moment": moment(owes_approval)}
        )
    if is_public and published_at is not None:
        said.append(_("Đang đăng từ %(moment)s.") % {"moment": moment(published_at)})
        if state not in {State.PUBLISHED, State.WITHDRAWN}:
            said.append(_("Người đọc vẫn thấy bản cũ cho đến khi bản mới được đăng."))
    elif withdrawn_at is not None:
        said.append(_("Đã gỡ lúc %(moment)s.") % {"moment": moment(withdrawn_at)})
    elif not said:
        said.append(_("Chưa đăng."))
    return said


def _of_the_schedule(publish_at: datetime, at: datetime, *, is_alive: bool) -> list[str]:
    when = moment(publish_at)
    if not is_alive:
        return [
            _(
                "Bộ hẹn giờ đang ngừng nên tin sẽ không tự đăng lúc %(moment)s. "
                "Bấm Đăng ngay, hoặc báo người quản trị máy chủ."
            )
            % {"moment": when}
        ]
    if publish_at <= at:
        return [_("Đã đến giờ đăng (%(moment)s), sẽ đăng trong vòng một phút.") % {"moment": when}]
    return [_("Sẽ đăng lúc %(moment)s.") % {"moment": when}]


def due(due_on: date | None, on: date) -> str:
    """How far the day is by which an item should be done; '' when there is none."""
    if due_on is None:
        return ""
    days = (due_on - on).days
    if days < 0:
        return _("quá hạn %(days)s ngày") % {"days": -days}
    if days == 0:
        return _("hạn hôm nay")
    return _("còn %(days)s ngày") % {"days": days}
