"""Where a case stands and what can happen to it, and the same of what is made public of it: two tables, no database.

`dinhlang citizens states` prints both; docs/citizens.md holds what it prints. That a case is late, how it was rated and whether
it is public are no states: they are properties beside them, none withholds an answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules.moves import moved


class State(models.TextChoices):
    """Where a case stands."""

    RECEIVED = "received", gettext_lazy("Mới nhận, chờ xem")
    ADVICE = "advice", gettext_lazy("Ghi nhận là góp ý")
    ACCEPTED = "accepted", gettext_lazy("Đã tiếp nhận")
    ROUTED = "routed", gettext_lazy("Đang xử lý")
    WAITING = "waiting", gettext_lazy("Tạm dừng, chờ bổ sung")
    FORWARDED = "forwarded", gettext_lazy("Đã chuyển cơ quan khác")
    DRAFTED = "drafted", gettext_lazy("Câu trả lời chờ duyệt")
    ANSWERED = "answered", gettext_lazy("Đã trả lời")
    DISSATISFIED = "dissatisfied", gettext_lazy("Người gửi chưa hài lòng")
    REOPENED = "reopened", gettext_lazy("Mở lại, đang xem lại")
    LED_AWAY = "led-away", gettext_lazy("Đã hướng dẫn sang khiếu nại, tố cáo")
    REFUSED = "refused", gettext_lazy("Không tiếp nhận")
    WITHDRAWN = "withdrawn", gettext_lazy("Người gửi đã rút")
    CLOSED = "closed", gettext_lazy("Đã đóng")


class Deed(models.TextChoices):
    """What is done to a case, as its history calls it."""

    RECEIVE = "receive", gettext_lazy("nhận")
    TAKE_AS_ADVICE = "take-as-advice", gettext_lazy("ghi nhận là góp ý")
    ACCEPT = "accept", gettext_lazy("tiếp nhận")
    LEAD_AWAY = "lead-away", gettext_lazy("hướng dẫn sang khiếu nại, tố cáo")
    REFUSE = "refuse", gettext_lazy("không tiếp nhận")
    ROUTE = "route", gettext_lazy("phân công")
    CLAIM = "claim", gettext_lazy("nhận việc")
    FORWARD = "forward", gettext_lazy("chuyển cơ quan khác")
    COME_BACK = "come-back", gettext_lazy("nhận lại từ cơ quan khác")
    ASK = "ask", gettext_lazy("hỏi thêm người gửi")
    PAUSE = "pause", gettext_lazy("tạm dừng")
    RESUME = "resume", gettext_lazy("xử lý tiếp")
    EXTEND = "extend", gettext_lazy("gia hạn")
    DRAFT = "draft", gettext_lazy("trình câu trả lời")
    RETURN = "return", gettext_lazy("trả lại để sửa")
    APPROVE = "approve", gettext_lazy("duyệt và trả lời")
    SATISFIED = "satisfied", gettext_lazy("ghi người gửi hài lòng")
    DISSATISFIED = "dissatisfied", gettext_lazy("ghi người gửi chưa hài lòng")
    REOPEN = "reopen", gettext_lazy("mở lại")
    WITHDRAW = "withdraw", gettext_lazy("rút")
    CLOSE = "close", gettext_lazy("đóng")


# Once somebody looked at it: handed out, asked about, answered. Advice may be answered too, it has no promised day.
_IN_HAND = {
    Deed.ROUTE: State.ROUTED,
    Deed.CLAIM: State.ROUTED,
    Deed.FORWARD: State.FORWARDED,
    Deed.ASK: State.WAITING,
    Deed.PAUSE: State.WAITING,
    Deed.DRAFT: State.DRAFTED,
    Deed.LEAD_AWAY: State.LED_AWAY,
    Deed.WITHDRAW: State.WITHDRAWN,
}

# From a state, by a deed, to a state. What is not here cannot happen.
NEXT: Mapping[State, Mapping[Deed, State]] = {
    State.RECEIVED: {
        Deed.ACCEPT: State.ACCEPTED,
        Deed.TAKE_AS_ADVICE: State.ADVICE,
        Deed.LEAD_AWAY: State.LED_AWAY,
        Deed.FORWARD: State.FORWARDED,
        Deed.REFUSE: State.REFUSED,
        Deed.WITHDRAW: State.WITHDRAWN,
    },
    State.ADVICE: {
        Deed.ACCEPT: State.ACCEPTED,
        Deed.ROUTE: State.ADVICE,
        Deed.CLAIM: State.ADVICE,
        Deed.FORWARD: State.FORWARDED,
        Deed.DRAFT: State.DRAFTED,
        Deed.LEAD_AWAY: State.LED_AWAY,
        Deed.WITHDRAW: State.WITHDRAWN,
        Deed.CLOSE: State.CLOSED,
    },
    State.ACCEPTED: {**_IN_HAND, Deed.EXTEND: State.ACCEPTED},
    State.ROUTED: {**_IN_HAND, Deed.EXTEND: State.ROUTED},
    State.REOPENED: {**_IN_HAND, Deed.EXTEND: State.REOPENED},
    State.WAITING: {
        Deed.RESUME: State.ROUTED,
        Deed.WITHDRAW: State.WITHDRAWN,
        # The sender was asked and never said more.
        Deed.CLOSE: State.CLOSED,
    },
    State.FORWARDED: {
        Deed.COME_BACK: State.ACCEPTED,
        # The other authority answered, and we pass its answer on.
        Deed.DRAFT: State.DRAFTED,
        Deed.CLOSE: State.CLOSED,
    },
    State.DRAFTED: {Deed.APPROVE: State.ANSWERED, Deed.RETURN: State.ROUTED, Deed.WITHDRAW: State.WITHDRAWN},
    State.ANSWERED: {
        Deed.SATISFIED: State.CLOSED,
        Deed.DISSATISFIED: State.DISSATISFIED,
        Deed.CLOSE: State.CLOSED,
    },
    State.DISSATISFIED: {Deed.REOPEN: State.REOPENED, Deed.CLOSE: State.CLOSED},
    # Taken for what it is not: a person says so.
    State.LED_AWAY: {Deed.ACCEPT: State.ACCEPTED, Deed.CLOSE: State.CLOSED},
    State.REFUSED: {Deed.ACCEPT: State.ACCEPTED},
    State.WITHDRAWN: {},
    State.CLOSED: {},
}

ENDED = frozenset({State.WITHDRAWN, State.CLOSED, State.REFUSED})
"""Nothing more is owed to anybody."""

RUNNING = frozenset({State.RECEIVED, State.ACCEPTED, State.ROUTED, State.DRAFTED, State.REOPENED})
"""The clock of the promised day runs, where there is one."""

OPEN = frozenset(State) - ENDED - {State.ANSWERED, State.DISSATISFIED, State.LED_AWAY, State.FORWARDED}
"""Somebody here still has to do something for it."""

HELD = OPEN | {State.FORWARDED}
"""Somebody here has it, or is to have it."""

TO_HANDLE = frozenset({State.ACCEPTED, State.ROUTED, State.REOPENED})
"""Somebody must be at it now: nobody else is waited for."""


def after(state: str, deed: Deed) -> State:
    """The state that a deed leads to. Raises `org.rules.moves.WrongMove` from one in which it cannot be done."""
    return moved(
        NEXT,
        State(state),
        deed,
        _("Phản ánh đang ở trạng thái “%(state)s” nên không thể %(deed)s. Hãy tải lại trang để xem lại."),
    )


def can_happen(state: str, deed: Deed) -> bool:
    """Whether `after` would give a state."""
    return deed in NEXT[State(state)]


class Shown(models.TextChoices):
    """Where the public text of a case stands: a table of its own, for an answered case need not be public."""

    DRAFT = "draft", gettext_lazy("Đang che thông tin")
    PROPOSED = "proposed", gettext_lazy("Chờ duyệt công khai")
    PUBLISHED = "published", gettext_lazy("Đã công khai")
    TAKEN_DOWN = "taken-down", gettext_lazy("Đã gỡ")


class Showing(models.TextChoices):
    """What is done to the public text."""

    PROPOSE = "propose", gettext_lazy("trình duyệt công khai")
    RETURN = "return", gettext_lazy("trả lại để sửa")
    PUBLISH = "publish", gettext_lazy("công khai")
    TAKE_DOWN = "take-down", gettext_lazy("gỡ")
    REDO = "redo", gettext_lazy("làm lại bản công khai")


SHOWN_NEXT: Mapping[Shown, Mapping[Showing, Shown]] = {
    Shown.DRAFT: {Showing.PROPOSE: Shown.PROPOSED},
    Shown.PROPOSED: {Showing.PUBLISH: Shown.PUBLISHED, Showing.RETURN: Shown.DRAFT},
    Shown.PUBLISHED: {Showing.TAKE_DOWN: Shown.TAKEN_DOWN},
    Shown.TAKEN_DOWN: {Showing.REDO: Shown.DRAFT},
}


def shown_after(state: str, showing: Showing) -> Shown:
    """As `after`, of the public text."""
    return moved(
        SHOWN_NEXT,
        Shown(state),
        showing,
        _(
            "Bản công khai đang ở trạng thái “%(state)s” nên không thể %(deed)s. Hãy tải lại trang để xem lại."
        ),
    )


def printed() -> Iterator[str]:
    """Both tables as lines of Markdown, in Vietnamese: what docs/citizens.md holds."""
    yield "| đang ở | việc | sang |"
    yield "|---|---|---|"
    yield from _rows((state, deed, there) for state, row in NEXT.items() for deed, there in row.items())
    yield ""
    yield "| bản công khai đang ở | việc | sang |"
    yield "|---|---|---|"
    yield from _rows((state, deed, there) for state, row in SHOWN_NEXT.items() for deed, there in row.items())


def _rows(
    moves: Iterator[tuple[models.TextChoices, models.TextChoices, models.TextChoices]],
) -> Iterator[str]:
    for _state, row in groupby(moves, key=lambda move: move[0]):
        for number, (state, deed, there) in enumerate(row):
            yield f"| {'' if number else state.label} | {deed.label} | {there.label} |"
