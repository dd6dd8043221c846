"""Kinds, states and groups of classes, their codes, and what a class must have."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.citizens.surveys.rules.rounds import LETTERS
from dinhlang.org.rules import Refused, Unfit
from dinhlang.vietnamese.text import one_line

PAIR_LENGTH = 5
"""Five letters of 31 are 28 million: two people of one room do not meet, and everybody can keep it in mind."""

MOST_GUESTS = 500
MOST_EXPECTED = 10_000
MOST_SLIPS = 500
SPARE_ROWS = 10
"""Empty rows of the sheet, for those who come without an invitation."""
FILE_LENGTH = 160
REASON_LENGTH = 300


class Kind(models.TextChoices):
    """What is held. It decides the kind of line in the ledger."""

    TRAINING = "training", gettext_lazy("Lớp tập huấn")
    MEETING = "meeting", gettext_lazy("Hội nghị tuyên truyền")


class Group(models.TextChoices):
    """As what somebody is invited."""

    OFFICIAL = "official", gettext_lazy("Cán bộ, công chức")
    HAMLET = "hamlet", gettext_lazy("Trưởng thôn, tổ trưởng")
    CITIZEN = "citizen", gettext_lazy("Người dân")


class State(models.TextChoices):
    """Where a class stands."""

    PLANNED = "planned", gettext_lazy("Đang chuẩn bị")
    INVITED = "invited", gettext_lazy("Đã mời")
    CLOSED = "closed", gettext_lazy("Đã chốt")
    CANCELLED = "cancelled", gettext_lazy("Đã hủy")


RUNNING = frozenset({State.PLANNED, State.INVITED})
"""States in which a class can still be changed."""


class Stage(models.TextChoices):
    """Which test is open in the room. One after the other, never back."""

    NONE = "none", gettext_lazy("Chưa mở bài")
    BEFORE = "before", gettext_lazy("Đang làm bài trước")
    BETWEEN = "between", gettext_lazy("Đã thu bài trước")
    AFTER = "after", gettext_lazy("Đang làm bài sau")
    DONE = "done", gettext_lazy("Đã thu bài sau")


class Paper(models.TextChoices):
    """What a file of a class is."""

    MATERIAL = "material", gettext_lazy("Tài liệu phát cho người dự")
    SHEET = "sheet", gettext_lazy("Danh sách đã ký")
    PHOTO = "photo", gettext_lazy("Ảnh lớp học")


EVIDENCE = frozenset({Paper.SHEET, Paper.PHOTO})
"""What goes with the line of the ledger."""

NEXT_STAGE: Mapping[Stage, tuple[Stage, ...]] = {
    Stage.NONE: (Stage.BEFORE, Stage.AFTER),
    Stage.BEFORE: (Stage.BETWEEN,),
    Stage.BETWEEN: (Stage.AFTER,),
    Stage.AFTER: (Stage.DONE,),
    Stage.DONE: (),
}
SITTING = frozenset({Stage.BEFORE, Stage.AFTER})
CHOOSING = frozenset({Stage.NONE, Stage.BETWEEN})
"""When another test may be chosen: while nobody sits one."""


class NotNow(Refused):
    """This cannot happen to the class as it stands."""


def state_of(*, invited: bool, closed: bool, cancelled: bool) -> State:
    """The state that these marks make."""
    if cancelled:
        return State.CANCELLED
    if closed:
        return State.CLOSED
    return State.INVITED if invited else State.PLANNED


def check_running(state: State) -> None:
    """Raise `NotNow` for a class that was closed or called off."""
    if state is State.CLOSED:
        raise NotNow(_("Lớp đã chốt. Mở lại lớp để sửa, rồi chốt lại."))
    if state is State.CANCELLED:
        raise NotNow(_("Lớp đã hủy nên không sửa nữa."))


def check_times(starts_at: datetime, ends_at: datetime | None) -> None:
    """Raise `Unfit` for an end before the beginning."""
    if ends_at is not None and ends_at <= starts_at:
        raise Unfit(_("Giờ kết thúc đứng trước giờ bắt đầu."), "ends")


def check_can_end(state: State, held_on: date, attended: int, stage: Stage, on: date) -> None:
    """Raise `NotNow` for a class that cannot be closed yet."""
    check_running(state)
    if held_on > on:
        raise NotNow(
            _("Lớp ngày %s chưa tới. Chốt lớp sau khi đã tổ chức.")
            % f"{held_on.day}/{held_on.month}/{held_on.year}"
        )
    if not attended:
        raise NotNow(_("Chưa điểm danh ai. Điểm danh trước, rồi chốt lớp."))
    if stage in SITTING:
        raise NotNow(_("Bài kiểm tra còn đang mở. Thu bài trước, rồi chốt lớp."))


def check_stage(old: Stage, new: Stage) -> None:
    """Raise `NotNow` for a test that cannot be opened or closed now."""
    if new not in NEXT_STAGE[old]:
        raise NotNow(_("Bài kiểm tra đã sang bước khác. Tải lại trang rồi xem."))


def checked_reason(text: str) -> str:
    """A reason on one line. Raises `Unfit` without one."""
    reason = one_line(text)
    if not reason:
        raise Unfit(_("Chưa ghi lý do."), "reason")
    if len(reason) > REASON_LENGTH:
        raise Unfit(_("Lý do dài quá %s chữ. Hãy viết gọn lại.") % REASON_LENGTH, "reason")
    return reason


def new_pair() -> str:
    """A code that somebody keeps between the test before and the test after."""
    return "".join(secrets.choice(LETTERS) for _one in range(PAIR_LENGTH))


def is_pair(text: str) -> bool:
    """Whether it looks like such a code."""
    return len(text) == PAIR_LENGTH and all(one in LETTERS for one in text)


def pair_mark(training: int, pair: str) -> str:
    """What is kept of such a code; of no other class it is the same."""
    return sha256(f"dinhlang training {training} {pair}".encode()).hexdigest()
