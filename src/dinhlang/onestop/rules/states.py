"""Where a dossier stands, in three tables that do not know each other: the business, the fee, the way back of the result.

"Solved" is not "returned", and neither says whether a fee was paid; late is no state at all, it is a property of a day
(`clock.Timing`). `cli` prints the tables (`dinhlang onestop states`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules.moves import moved


class State(TextChoices):
    """The business: what happens to the request itself."""

    PRESENTED = "presented", gettext_lazy("Mới nộp, chưa tiếp nhận")
    INCOMPLETE = "incomplete", gettext_lazy("Chờ hoàn thiện, chưa tiếp nhận")
    REFUSED = "refused", gettext_lazy("Từ chối tiếp nhận")
    RECEIVED = "received", gettext_lazy("Đã tiếp nhận")
    IN_HAND = "in-hand", gettext_lazy("Đang giải quyết")
    SUPPLEMENT = "supplement", gettext_lazy("Chờ bổ sung")
    PAUSED = "paused", gettext_lazy("Tạm dừng")
    RESOLVED = "resolved", gettext_lazy("Đã có kết quả")
    STOPPED = "stopped", gettext_lazy("Dừng giải quyết")
    WITHDRAWN = "withdrawn", gettext_lazy("Người nộp rút hồ sơ")
    CANCELLED = "cancelled", gettext_lazy("Đã hủy ghi, số sổ bỏ trống")


class Fee(TextChoices):
    """The money."""

    FREE = "free", gettext_lazy("Không thu")
    DUE = "due", gettext_lazy("Chưa nộp")
    PAID = "paid", gettext_lazy("Đã nộp")
    WAIVED = "waived", gettext_lazy("Được miễn, giảm hết")
    REFUNDED = "refunded", gettext_lazy("Đã hoàn trả")


class Delivery(TextChoices):
    """The way of the result back to whoever asked for it."""

    NOTHING = "nothing", gettext_lazy("Chưa có gì để trả")
    READY = "ready", gettext_lazy("Chờ trả")
    SENT = "sent", gettext_lazy("Đã gửi, chưa biết đã nhận")
    GIVEN = "given", gettext_lazy("Đã trả")


class Deed(TextChoices):
    """What is done, as the journey of a dossier calls it."""

    PRESENT = "present", gettext_lazy("ghi hồ sơ mới nộp")
    RECEIVE = "receive", gettext_lazy("tiếp nhận")
    ASK_PAPERS = "ask-papers", gettext_lazy("yêu cầu bổ sung")
    TAKE_PAPERS = "take-papers", gettext_lazy("nhận giấy tờ bổ sung")
    REFUSE = "refuse", gettext_lazy("từ chối tiếp nhận")
    HAND_OVER = "hand-over", gettext_lazy("giao hồ sơ")
    PAUSE = "pause", gettext_lazy("tạm dừng")
    RESUME = "resume", gettext_lazy("giải quyết tiếp")
    APOLOGISE = "apologise", gettext_lazy("xin lỗi và hẹn lại")
    RESOLVE = "resolve", gettext_lazy("ghi có kết quả")
    STOP = "stop", gettext_lazy("dừng giải quyết")
    WITHDRAW = "withdraw", gettext_lazy("ghi người nộp rút hồ sơ")
    SET_FEE = "set-fee", gettext_lazy("ghi mức thu")
    PAY = "pay", gettext_lazy("thu phí, lệ phí")
    WAIVE = "waive", gettext_lazy("miễn thu")
    REFUND = "refund", gettext_lazy("hoàn trả tiền")
    SEND = "send", gettext_lazy("gửi kết quả")
    COME_BACK = "come-back", gettext_lazy("ghi kết quả bị gửi trả lại")
    GIVE = "give", gettext_lazy("trả kết quả")
    CORRECT = "correct", gettext_lazy("sửa thông tin người nộp")
    IMPORT = "import", gettext_lazy("ghi theo hệ thống của tỉnh")
    REVERSE = "reverse", gettext_lazy("rút lại bước ghi nhầm")


_BEFORE = {
    Deed.RECEIVE: State.RECEIVED,
    Deed.ASK_PAPERS: State.INCOMPLETE,
    Deed.REFUSE: State.REFUSED,
    Deed.WITHDRAW: State.WITHDRAWN,
}
_ENDS = {Deed.STOP: State.STOPPED, Deed.WITHDRAW: State.WITHDRAWN}
_AT_WORK = {
    Deed.HAND_OVER: State.IN_HAND,
    Deed.ASK_PAPERS: State.SUPPLEMENT,
    Deed.PAUSE: State.PAUSED,
    Deed.RESOLVE: State.RESOLVED,
    **_ENDS,
}

# From a state, by a deed, to a state. What is not here cannot happen.
BUSINESS: Mapping[State, Mapping[Deed, State]] = {
    State.PRESENTED: _BEFORE,
    State.INCOMPLETE: {**_BEFORE, Deed.TAKE_PAPERS: State.PRESENTED},
    State.REFUSED: {},
    State.RECEIVED: {**_AT_WORK, Deed.APOLOGISE: State.RECEIVED},
    State.IN_HAND: {**_AT_WORK, Deed.APOLOGISE: State.IN_HAND},
    State.SUPPLEMENT: {Deed.TAKE_PAPERS: State.IN_HAND, **_ENDS},
    # The other office may answer with the result itself.
    State.PAUSED: {Deed.RESUME: State.IN_HAND, Deed.RESOLVE: State.RESOLVED, **_ENDS},
    State.RESOLVED: {},
    State.STOPPED: {},
    State.WITHDRAWN: {},
    State.CANCELLED: {},
}

FEES: Mapping[Fee, Mapping[Deed, Fee]] = {
    Fee.FREE: {Deed.SET_FEE: Fee.DUE},
    Fee.DUE: {Deed.SET_FEE: Fee.DUE, Deed.PAY: Fee.PAID, Deed.WAIVE: Fee.WAIVED},
    Fee.PAID: {Deed.REFUND: Fee.REFUNDED},
    Fee.WAIVED: {Deed.SET_FEE: Fee.DUE},
    Fee.REFUNDED: {},
}

DELIVERIES: Mapping[Delivery, Mapping[Deed, Delivery]] = {
    Delivery.NOTHING: {Deed.RESOLVE: Delivery.READY, Deed.STOP: Delivery.READY},
    Delivery.READY: {Deed.SEND: Delivery.SENT, Deed.GIVE: Delivery.GIVEN},
    Delivery.SENT: {Deed.GIVE: Delivery.GIVEN, Deed.COME_BACK: Delivery.READY},
    Delivery.GIVEN: {},
}

OF_THE_FEE = frozenset(deed for moves in FEES.values() for deed in moves)
"""What is done to the fee, not to the business: the page keeps both apart."""

# The result comes to be by these, which are asked of the business.
_OF_THE_BUSINESS = frozenset({Deed.RESOLVE, Deed.STOP})

NOT_RECEIVED = frozenset({State.PRESENTED, State.INCOMPLETE, State.REFUSED})
"""In these a dossier has neither number nor code: both are given at a valid receipt."""
RUNNING = frozenset({State.RECEIVED, State.IN_HAND})
STANDING_STILL = frozenset({State.SUPPLEMENT, State.PAUSED})
OPEN = RUNNING | STANDING_STILL
"""Received and not ended: what counts as "đang giải quyết"."""
ENDED = frozenset({State.RESOLVED, State.STOPPED, State.WITHDRAWN, State.CANCELLED, State.REFUSED})

# What systems that exchange dossiers with the national portal call it, by their numbers.
_NATIONAL = {
    State.PRESENTED: 1,
    State.INCOMPLETE: 5,
    State.REFUSED: 3,
    State.RECEIVED: 2,
    State.IN_HAND: 4,
    State.SUPPLEMENT: 5,
    State.PAUSED: 8,
    State.RESOLVED: 9,
    State.STOPPED: 8,
    State.WITHDRAWN: 7,
}


def national_state(state: str, fee: str, delivery: str) -> int | None:
    """The number of the state in the national exchange (1–10); `None` for what was cancelled.

    There one number has to say what are three things here: who still owes a fee while work goes on shows as 6.
    """
    if state in (State.RESOLVED, State.STOPPED) and delivery == Delivery.GIVEN:
        return 10
    if state in RUNNING and fee == Fee.DUE:
        return 6
    return _NATIONAL.get(State(state))


def after(state: str, deed: Deed) -> State:
    """The business state that a deed leads to. Raises `org.rules.moves.WrongMove`."""
    return moved(BUSINESS, State(state), deed, _refusal())


def fee_after(fee: str, deed: Deed) -> Fee:
    """The state of the fee that a deed leads to. Raises `org.rules.moves.WrongMove`."""
    return moved(
        FEES,
        Fee(fee),
        deed,
        _("Phí, lệ phí đang ở trạng thái “%(state)s” nên không thể %(deed)s. Hãy tải lại trang để xem lại."),
    )


def delivery_after(delivery: str, deed: Deed) -> Delivery:
    """The state of the result's way back that a deed leads to. Raises `org.rules.moves.WrongMove`."""
    return moved(
        DELIVERIES,
        Delivery(delivery),
        deed,
        _("Kết quả đang ở trạng thái “%(state)s” nên không thể %(deed)s. Hãy tải lại trang để xem lại."),
    )


def _refusal() -> str:
    return _("Hồ sơ đang ở trạng thái “%(state)s” nên không thể %(deed)s. Hãy tải lại trang để xem lại.")


def possible(state: str, fee: str, delivery: str) -> frozenset[Deed]:
    """What can be done now by any of the three tables. A fee is settled while the dossier lives, also after the result."""
    found = set(DELIVERIES[Delivery(delivery)]) - _OF_THE_BUSINESS | set(BUSINESS[State(state)])
    if State(state) not in (NOT_RECEIVED | {State.CANCELLED}):
        found |= set(FEES[Fee(fee)])
    return frozenset(found)


def printed_tables() -> Iterator[str]:
    """The three tables as lines of Markdown, for the documentation."""
    for title, table in (
        (_("Giải quyết"), BUSINESS),
        (_("Phí, lệ phí"), FEES),
        (_("Trả kết quả"), DELIVERIES),
    ):
        yield f"### {title}"
        yield ""
        yield f"| {_('từ')} | {_('việc')} | {_('đến')} |"
        yield "|---|---|---|"
        for state, moves in table.items():
            for deed, then in moves.items():
                yield f"| {state.label} | {deed.label} | {then.label} |"
            if not moves:
                yield f"| {state.label} | — | |"
        yield ""
