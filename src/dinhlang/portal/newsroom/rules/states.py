"""Where an item stands and what can happen to it: one table, no database."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules.moves import WrongMove, moved


class State(models.TextChoices):
    """Where the edition in work stands. Whether an item is open to all is another question (`Item.shown`)."""

    DRAFT = "draft", gettext_lazy("Bản nháp")
    SUBMITTED = "submitted", gettext_lazy("Chờ công chức văn hóa xem")
    PASSED_ON = "passed-on", gettext_lazy("Chờ lãnh đạo duyệt")
    RETURNED = "returned", gettext_lazy("Trả lại để sửa")
    APPROVED = "approved", gettext_lazy("Đã duyệt, chưa đăng")
    SCHEDULED = "scheduled", gettext_lazy("Đã duyệt, chờ đến giờ đăng")
    PUBLISHED = "published", gettext_lazy("Đang đăng")
    WITHDRAWN = "withdrawn", gettext_lazy("Đã gỡ")
    DROPPED = "dropped", gettext_lazy("Đã bỏ")


class Deed(models.TextChoices):
    """What the editorial board does, as the history of an item calls it."""

    WRITE = "write", gettext_lazy("lập bản nháp")
    IMPORT = "import", gettext_lazy("nhập từ trang cũ")
    SUBMIT = "submit", gettext_lazy("gửi công chức văn hóa xem")
    TAKE_BACK = "take-back", gettext_lazy("lấy lại để sửa")
    PASS_ON = "pass-on", gettext_lazy("trình lãnh đạo duyệt")
    RETURN = "return", gettext_lazy("trả lại")
    APPROVE = "approve", gettext_lazy("duyệt")
    SCHEDULE = "schedule", gettext_lazy("hẹn giờ đăng")
    UNSCHEDULE = "unschedule", gettext_lazy("bỏ hẹn giờ đăng")
    PUBLISH = "publish", gettext_lazy("đăng")
    EMERGENCY = "emergency", gettext_lazy("đăng khẩn, duyệt sau")
    APPROVE_LATER = "approve-later", gettext_lazy("duyệt bản đã đăng khẩn")
    REVISE = "revise", gettext_lazy("mở bản mới để sửa")
    WITHDRAW = "withdraw", gettext_lazy("gỡ")
    DROP = "drop", gettext_lazy("bỏ")
    ASSIGN = "assign", gettext_lazy("giao việc")
    REVIEWED = "reviewed", gettext_lazy("xem lại nội dung đang đăng")


class Change(models.TextChoices):
    """How much an edition differs from the one before it on the public page."""

    MINOR = "minor", gettext_lazy("Sửa nhỏ (lỗi chữ, câu)")
    MAJOR = "major", gettext_lazy("Thay đổi nội dung")
    CORRECTION = "correction", gettext_lazy("Đính chính")


__all__ = [
    "APPROVED",
    "IN_WORK",
    "NEXT",
    "ON_THE_BOARD",
    "Change",
    "Deed",
    "State",
    "WrongMove",
    "after",
    "can_happen",
]

# What is being written, and what the board has in its hands.
IN_WORK = frozenset({State.DRAFT, State.RETURNED})
ON_THE_BOARD = frozenset({State.SUBMITTED, State.PASSED_ON})
APPROVED = frozenset({State.APPROVED, State.SCHEDULED})

# From a state, by a deed, to a state. What is not here cannot happen.
NEXT: Mapping[State, Mapping[Deed, State]] = {
    State.DRAFT: {
        Deed.SUBMIT: State.SUBMITTED,
        Deed.PASS_ON: State.PASSED_ON,
        Deed.EMERGENCY: State.PUBLISHED,
        Deed.DROP: State.DROPPED,
        Deed.WITHDRAW: State.WITHDRAWN,
    },
    State.RETURNED: {
        Deed.SUBMIT: State.SUBMITTED,
        Deed.PASS_ON: State.PASSED_ON,
        Deed.EMERGENCY: State.PUBLISHED,
        Deed.DROP: State.DROPPED,
        Deed.WITHDRAW: State.WITHDRAWN,
    },
    State.SUBMITTED: {
        Deed.PASS_ON: State.PASSED_ON,
        Deed.RETURN: State.RETURNED,
        Deed.TAKE_BACK: State.DRAFT,
        Deed.EMERGENCY: State.PUBLISHED,
        Deed.WITHDRAW: State.WITHDRAWN,
    },
    State.PASSED_ON: {
        Deed.APPROVE: State.APPROVED,
        Deed.RETURN: State.RETURNED,
        Deed.TAKE_BACK: State.DRAFT,
        Deed.EMERGENCY: State.PUBLISHED,
        Deed.WITHDRAW: State.WITHDRAWN,
    },
    State.APPROVED: {
        Deed.PUBLISH: State.PUBLISHED,
        Deed.SCHEDULE: State.SCHEDULED,
        Deed.RETURN: State.RETURNED,
        Deed.TAKE_BACK: State.DRAFT,
        Deed.WITHDRAW: State.WITHDRAWN,
    },
    State.SCHEDULED: {
        Deed.PUBLISH: State.PUBLISHED,
        Deed.SCHEDULE: State.SCHEDULED,
        Deed.UNSCHEDULE: State.APPROVED,
        Deed.RETURN: State.RETURNED,
        Deed.TAKE_BACK: State.DRAFT,
        Deed.WITHDRAW: State.WITHDRAWN,
    },
    State.PUBLISHED: {
        Deed.REVISE: State.DRAFT,
        Deed.WITHDRAW: State.WITHDRAWN,
        Deed.APPROVE_LATER: State.PUBLISHED,
        Deed.REVIEWED: State.PUBLISHED,
    },
    State.WITHDRAWN: {Deed.REVISE: State.DRAFT},
    State.DROPPED: {Deed.TAKE_BACK: State.DRAFT},
}


def after(state: str, deed: Deed) -> State:
    """The state that a deed leads to. Raises `WrongMove` from a state in which it cannot be done."""
    return moved(
        NEXT,
        State(state),
        deed,
        _("Tin đang ở trạng thái “%(state)s” nên không thể %(deed)s. Hãy tải lại trang để xem lại."),
    )


def can_happen(state: str, deed: Deed) -> bool:
    """Whether `after` would give a state."""
    return deed in NEXT[State(state)]
