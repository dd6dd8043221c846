"""Where a data request stands and what can happen to it. `dinhlang personal states` prints the table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules.moves import moved


class Kind(models.TextChoices):
    """What is asked."""

    SEE = "see", gettext_lazy("Xem dữ liệu xã đang giữ về tôi")
    COPY = "copy", gettext_lazy("Nhận bản sao dữ liệu")
    CORRECT = "correct", gettext_lazy("Sửa dữ liệu chưa đúng")
    ERASE = "erase", gettext_lazy("Xóa dữ liệu")
    RESTRICT = "restrict", gettext_lazy("Hạn chế hoặc phản đối xử lý dữ liệu")
    WITHDRAW = "withdraw", gettext_lazy("Rút lại sự đồng ý")
    PROTECT = "protect", gettext_lazy("Áp dụng biện pháp bảo vệ dữ liệu của tôi")


# Answered with the data themselves.
HANDED_OUT = frozenset({Kind.SEE, Kind.COPY})


class State(models.TextChoices):
    RECEIVED = "received", gettext_lazy("Mới nhận, chờ phản hồi")
    ACCEPTED = "accepted", gettext_lazy("Đang thực hiện")
    WAITING = "waiting", gettext_lazy("Tạm dừng, chờ xác minh người yêu cầu")
    PROPOSED = "proposed", gettext_lazy("Chờ lãnh đạo duyệt")
    DONE = "done", gettext_lazy("Đã thực hiện")
    REFUSED = "refused", gettext_lazy("Không thực hiện được, có căn cứ")
    WITHDRAWN = "withdrawn", gettext_lazy("Người yêu cầu đã rút")


class Deed(models.TextChoices):
    """What is done to a request, as its history calls it."""

    RECEIVE = "receive", gettext_lazy("nhận yêu cầu")
    ACCEPT = "accept", gettext_lazy("phản hồi, hướng dẫn")
    ASK = "ask", gettext_lazy("đề nghị xác minh người yêu cầu")
    CONFIRM = "confirm", gettext_lazy("xác minh xong")
    EXTEND = "extend", gettext_lazy("gia hạn")
    PROPOSE = "propose", gettext_lazy("trình kết quả")
    RETURN = "return", gettext_lazy("trả lại để xem thêm")
    FULFIL = "fulfil", gettext_lazy("duyệt thực hiện")
    REFUSE = "refuse", gettext_lazy("duyệt không thực hiện")
    TAKE_BACK = "take-back", gettext_lazy("rút yêu cầu")


class Outcome(models.TextChoices):
    """What is proposed."""

    FULFIL = "fulfil", gettext_lazy("Thực hiện yêu cầu")
    REFUSE = "refuse", gettext_lazy("Không thực hiện, nêu căn cứ pháp luật")


# From a state, by a deed, to a state. What is not here cannot happen.
NEXT: Mapping[State, Mapping[Deed, State]] = {
    State.RECEIVED: {
        Deed.ACCEPT: State.ACCEPTED,
        Deed.ASK: State.WAITING,
        Deed.TAKE_BACK: State.WITHDRAWN,
    },
    State.ACCEPTED: {
        Deed.ASK: State.WAITING,
        # They came by themselves, or were known by their telephone.
        Deed.CONFIRM: State.ACCEPTED,
        Deed.EXTEND: State.ACCEPTED,
        Deed.PROPOSE: State.PROPOSED,
        Deed.TAKE_BACK: State.WITHDRAWN,
    },
    State.WAITING: {
        Deed.CONFIRM: State.ACCEPTED,
        # Nobody showed who they are: a leader decides that nothing can be done.
        Deed.PROPOSE: State.PROPOSED,
        Deed.TAKE_BACK: State.WITHDRAWN,
    },
    State.PROPOSED: {
        Deed.RETURN: State.ACCEPTED,
        Deed.FULFIL: State.DONE,
        Deed.REFUSE: State.REFUSED,
        Deed.TAKE_BACK: State.WITHDRAWN,
    },
    State.DONE: {},
    State.REFUSED: {},
    State.WITHDRAWN: {},
}
ENDED = frozenset(state for state, deeds in NEXT.items() if not deeds)


def after(state: str, deed: Deed) -> State:
    """The state a deed leads to. Raises `WrongMove`."""
    return moved(NEXT, State(state), deed, _("Yêu cầu đang ở bước “%(state)s” nên không thể %(deed)s."))


def can_happen(state: str, deed: Deed) -> bool:
    return deed in NEXT[State(state)]


def printed_table() -> Iterator[str]:
    """The table, a line for each move."""
    for state, deeds in NEXT.items():
        for deed, there in deeds.items():
            yield f"{state.label}\t{deed.label}\t{there.label}"
