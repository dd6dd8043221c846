"""Where a delivery stands, how long it may stand there, and what each failure means: tables, no database, no clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Service(models.TextChoices):
    """What a channel is reached through. A place without an API is reached by a person who copies."""

    FACEBOOK = "facebook", _("Trang Facebook")
    ZALO = "zalo", _("Zalo Official Account")
    COPY = "copy", _("Chép tay (Mocha, nhóm Zalo…)")


class Standing(models.TextChoices):
    """Whether a channel can be used."""

    NEW = "new", _("Chưa kết nối")
    READY = "ready", _("Đang dùng")
    BROKEN = "broken", _("Mất kết nối")
    CLOSED = "closed", _("Thôi dùng")


class State(models.TextChoices):
    """Where a delivery stands."""

    WAITING = "waiting", _("Chờ gửi")
    SENDING = "sending", _("Đang gửi")
    ACCEPTED = "accepted", _("Dịch vụ đang xử lý")
    UNSURE = "unsure", _("Đang hỏi lại dịch vụ")
    TO_COPY = "to-copy", _("Chờ chép đăng")
    PUBLISHED = "published", _("Đã đăng")
    FAILED = "failed", _("Chưa đăng được")
    WITHDRAWING = "withdrawing", _("Đang gỡ")
    NOT_WITHDRAWN = "not-withdrawn", _("Chưa gỡ được")
    WITHDRAWN = "withdrawn", _("Đã gỡ")
    CANCELLED = "cancelled", _("Đã hủy trước khi đăng")


class Deed(StrEnum):
    """What happens to a delivery, by a person, the worker or the service."""

    SEND = "send"
    PUT_OFF = "put-off"
    ACCEPT = "accept"
    DOUBT = "doubt"
    NOT_THERE = "not-there"
    PUBLISH = "publish"
    FAIL = "fail"
    RETRY = "retry"
    WITHDRAW = "withdraw"
    KEEP_THERE = "keep-there"
    GONE = "gone"
    CANCEL = "cancel"


# From a state, by a deed, to a state. What is not here cannot happen. SENDING and ACCEPTED are withdrawn through
# UNSURE: first it must be known whether there is something to withdraw.
NEXT: Mapping[State, Mapping[Deed, State]] = {
    State.WAITING: {
        Deed.SEND: State.SENDING,
        Deed.PUT_OFF: State.WAITING,
        Deed.PUBLISH: State.PUBLISHED,
        Deed.DOUBT: State.UNSURE,
        Deed.FAIL: State.FAILED,
        Deed.CANCEL: State.CANCELLED,
    },
    State.SENDING: {
        Deed.PUBLISH: State.PUBLISHED,
        Deed.ACCEPT: State.ACCEPTED,
        Deed.PUT_OFF: State.WAITING,
        Deed.DOUBT: State.UNSURE,
        Deed.FAIL: State.FAILED,
        Deed.CANCEL: State.CANCELLED,
    },
    State.ACCEPTED: {
        Deed.PUBLISH: State.PUBLISHED,
        Deed.PUT_OFF: State.ACCEPTED,
        Deed.DOUBT: State.UNSURE,
        Deed.FAIL: State.FAILED,
    },
    State.UNSURE: {
        Deed.PUBLISH: State.PUBLISHED,
        Deed.ACCEPT: State.ACCEPTED,
        Deed.PUT_OFF: State.UNSURE,
        Deed.NOT_THERE: State.WAITING,
        Deed.FAIL: State.FAILED,
        Deed.CANCEL: State.CANCELLED,
    },
    State.TO_COPY: {
        Deed.PUBLISH: State.PUBLISHED,
        Deed.FAIL: State.FAILED,
        Deed.CANCEL: State.CANCELLED,
    },
    State.FAILED: {
        Deed.RETRY: State.WAITING,
        Deed.DOUBT: State.UNSURE,
        Deed.PUBLISH: State.PUBLISHED,
        Deed.CANCEL: State.CANCELLED,
    },
    State.PUBLISHED: {Deed.WITHDRAW: State.WITHDRAWING, Deed.GONE: State.WITHDRAWN},
    State.WITHDRAWING: {
        Deed.GONE: State.WITHDRAWN,
        Deed.PUT_OFF: State.WITHDRAWING,
        Deed.KEEP_THERE: State.NOT_WITHDRAWN,
    },
    State.NOT_WITHDRAWN: {Deed.WITHDRAW: State.WITHDRAWING, Deed.GONE: State.WITHDRAWN},
    State.WITHDRAWN: {},
    State.CANCELLED: {},
}

# How long a delivery may stand in a state before the worker moves it on and says so; WAITING counts from when a person
# sent it, since every failed attempt comes back there. A state in which nothing waits for us has none. SENDING is longer
# than all calls of one delivery may take together (`calling.SECONDS`).
STANDS_AT_MOST: Mapping[State, timedelta | None] = {
    State.WAITING: timedelta(days=3),
    State.SENDING: timedelta(minutes=4),
    State.ACCEPTED: timedelta(minutes=30),
    State.UNSURE: timedelta(hours=6),
    State.TO_COPY: timedelta(days=7),
    State.PUBLISHED: None,
    State.FAILED: None,
    State.WITHDRAWING: timedelta(days=1),
    State.NOT_WITHDRAWN: None,
    State.WITHDRAWN: None,
    State.CANCELLED: None,
}

# What the worker does with one that stood too long.
MOVED_BY: Mapping[State, Deed] = {
    State.WAITING: Deed.FAIL,
    State.SENDING: Deed.DOUBT,
    State.ACCEPTED: Deed.DOUBT,
    State.UNSURE: Deed.FAIL,
    State.TO_COPY: Deed.FAIL,
    State.WITHDRAWING: Deed.KEEP_THERE,
}

STOOD_TOO_LONG: Mapping[State, str | Promise] = {
    State.WAITING: _(
        "Chờ quá 3 ngày chưa gửi được. Xem kênh đã kết nối chưa, rồi bấm Gửi lại nếu tin còn cần đăng."
    ),
    State.SENDING: _("Đang gửi thì bị ngắt. Đang hỏi dịch vụ xem bài đã lên chưa."),
    State.ACCEPTED: _("Dịch vụ nhận bài đã quá 30 phút chưa trả kết quả. Đang tìm bài trên kênh."),
    State.UNSURE: _(
        "Không hỏi được dịch vụ bài đã lên hay chưa. Mở kênh ra xem: có bài thì ghi “Đã đăng”, chưa có thì bấm Gửi lại."
    ),
    State.TO_COPY: _(
        "Quá 7 ngày chưa ai ghi đã chép đăng. Đăng rồi thì ghi lại, không đăng nữa thì bấm Hủy."
    ),
    State.WITHDRAWING: _("Một ngày chưa gỡ được. Mở kênh ra gỡ bằng tay rồi bấm Đã gỡ bằng tay."),
}

OPEN = frozenset(state for state, most in STANDS_AT_MOST.items() if most is not None)
ENDED = frozenset({State.WITHDRAWN, State.CANCELLED})
# Something of it may be seen by everyone.
MAY_BE_THERE = frozenset(
    {State.SENDING, State.ACCEPTED, State.UNSURE, State.PUBLISHED, State.WITHDRAWING, State.NOT_WITHDRAWN}
)


class Why(StrEnum):
    """Why a call to a service failed. What follows from it is the same for every service."""

    TOKEN = "token"  # noqa: S105 - the name of a reason
    PERMISSION = "permission"
    PACKAGE = "package"
    LIMIT = "limit"
    TEMPORARY = "temporary"
    UNKNOWN = "unknown"
    DUPLICATE = "duplicate"
    CONTENT = "content"
    BLOCKED = "blocked"
    GONE = "gone"
    REFUSED = "refused"


# What a person reads; %(service)s is the channel's name.
SAID: Mapping[Why, str | Promise] = {
    Why.TOKEN: _("%(service)s không nhận mã truy cập nữa. Kết nối lại kênh, tin sẽ tự gửi tiếp."),
    Why.PERMISSION: _("Tài khoản kết nối không có quyền đăng lên %(service)s. Cấp quyền rồi kết nối lại."),
    Why.PACKAGE: _(
        "Gói của %(service)s không cho làm việc này. Nâng gói hoặc xác thực tài khoản rồi bấm Gửi lại."
    ),
    Why.LIMIT: _("%(service)s báo gửi quá nhiều. Tin tự gửi lại sau."),
    Why.TEMPORARY: _("Chưa gọi được %(service)s. Tin tự gửi lại sau."),
    Why.UNKNOWN: _("%(service)s không trả lời rõ. Đang hỏi lại xem bài đã lên chưa."),
    Why.DUPLICATE: _("%(service)s báo bài này đã đăng. Đang tìm bài trên kênh."),
    Why.CONTENT: _("%(service)s không nhận nội dung bài. Sửa bài theo lời báo bên dưới rồi gửi bản mới."),
    Why.BLOCKED: _(
        "%(service)s tạm chặn tài khoản đăng bài. Mở kênh xem thông báo của dịch vụ rồi bấm Gửi lại."
    ),
    Why.GONE: _("Bài không còn trên %(service)s."),
    Why.REFUSED: _("%(service)s từ chối. Xem lời báo của dịch vụ bên dưới rồi bấm Gửi lại."),
}

# What a failed attempt to publish leads to. A doubt is settled by asking the service, never by posting again.
AFTER_FAILURE: Mapping[Why, Deed] = {
    Why.TOKEN: Deed.PUT_OFF,
    Why.PERMISSION: Deed.FAIL,
    Why.PACKAGE: Deed.FAIL,
    Why.LIMIT: Deed.PUT_OFF,
    Why.TEMPORARY: Deed.PUT_OFF,
    Why.UNKNOWN: Deed.DOUBT,
    Why.DUPLICATE: Deed.DOUBT,
    Why.CONTENT: Deed.FAIL,
    Why.BLOCKED: Deed.FAIL,
    Why.GONE: Deed.FAIL,
    Why.REFUSED: Deed.FAIL,
}

_PAUSES = (1, 2, 5, 15, 60, 180)
_LONGEST_PAUSE = timedelta(hours=12)
# A post may be listed a while after it was made: it is not there only when it was missed twice, the second time late.
LOOKS_BEFORE_SENDING_AGAIN = 2
SETTLES_AFTER = timedelta(minutes=10)


def pause(tries: int, asked: timedelta | None = None) -> timedelta:
    """How long to wait after so many tries; what the service asked for, when that is longer, up to half a day."""
    usual = timedelta(minutes=_PAUSES[min(max(tries, 1), len(_PAUSES)) - 1])
    return min(max(usual, asked or usual), _LONGEST_PAUSE)


def is_not_there(looks: int, attempted_at: datetime, at: datetime) -> bool:
    """Whether a post that was not found after so many looks was never made."""
    return looks >= LOOKS_BEFORE_SENDING_AGAIN and at - attempted_at >= SETTLES_AFTER


def after(state: str, deed: Deed) -> State:
    """The state that a deed leads to. Raises `KeyError` for what cannot happen: callers look first (`can_happen`)."""
    return NEXT[State(state)][deed]


def can_happen(state: str, deed: Deed) -> bool:
    """Whether a deed is possible in a state."""
    return deed in NEXT[State(state)]
