"""Where a bulletin stands and what can happen to it: one table, no database."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules.moves import moved


class State(models.TextChoices):
    """Where the edition in work stands. What was aired is no state: the air log says it."""

    DRAFT = "draft", gettext_lazy("Bản nháp")
    SUBMITTED = "submitted", gettext_lazy("Chờ công chức văn hóa xem")
    PASSED_ON = "passed-on", gettext_lazy("Chờ lãnh đạo duyệt")
    RETURNED = "returned", gettext_lazy("Trả lại để sửa")
    APPROVED = "approved", gettext_lazy("Đã duyệt, được phát")
    WITHDRAWN = "withdrawn", gettext_lazy("Đã gỡ, không phát")
    DROPPED = "dropped", gettext_lazy("Đã bỏ")


class Deed(models.TextChoices):
    """What the editorial board does, as the history of a bulletin calls it."""

    WRITE = "write", gettext_lazy("lập bản nháp")
    TAKE_IN = "take-in", gettext_lazy("nhận của cấp trên")
    SUBMIT = "submit", gettext_lazy("gửi công chức văn hóa xem")
    TAKE_BACK = "take-back", gettext_lazy("lấy lại để sửa")
    PASS_ON = "pass-on", gettext_lazy("trình lãnh đạo duyệt")
    RETURN = "return", gettext_lazy("trả lại")
    APPROVE = "approve", gettext_lazy("duyệt cho phát")
    REVISE = "revise", gettext_lazy("mở bản mới để sửa")
    WITHDRAW = "withdraw", gettext_lazy("gỡ, không phát nữa")
    DROP = "drop", gettext_lazy("bỏ")


# What is being written.
IN_WORK = frozenset({State.DRAFT, State.RETURNED})

_WRITTEN = {Deed.SUBMIT: State.SUBMITTED, Deed.PASS_ON: State.PASSED_ON, Deed.DROP: State.DROPPED}

# From a state, by a deed, to a state. What is not here cannot happen. Whatever has an approved edition can be
# withdrawn, also while a new one is written: it must not be aired a minute longer.
NEXT: Mapping[State, Mapping[Deed, State]] = {
    State.DRAFT: {**_WRITTEN, Deed.WITHDRAW: State.WITHDRAWN},
    State.RETURNED: {**_WRITTEN, Deed.WITHDRAW: State.WITHDRAWN},
    State.SUBMITTED: {
        Deed.PASS_ON: State.PASSED_ON,
        Deed.RETURN: State.RETURNED,
        Deed.TAKE_BACK: State.DRAFT,
        Deed.WITHDRAW: State.WITHDRAWN,
    },
    State.PASSED_ON: {
        Deed.APPROVE: State.APPROVED,
        Deed.RETURN: State.RETURNED,
        Deed.TAKE_BACK: State.DRAFT,
        Deed.WITHDRAW: State.WITHDRAWN,
    },
    State.APPROVED: {Deed.REVISE: State.DRAFT, Deed.WITHDRAW: State.WITHDRAWN},
    State.WITHDRAWN: {Deed.REVISE: State.DRAFT},
    State.DROPPED: {Deed.TAKE_BACK: State.DRAFT},
}


def after(state: str, deed: Deed) -> State:
    """The state that a deed leads to. Raises `org.rules.moves.WrongMove` from one in which it cannot be done."""
    return moved(
        NEXT,
        State(state),
        deed,
        _("Bản tin đang ở trạng thái “%(state)s” nên không thể %(deed)s. Hãy tải lại trang để xem lại."),
    )


def can_happen(state: str, deed: Deed) -> bool:
    """Whether `after` would give a state."""
    return deed in NEXT[State(state)]
