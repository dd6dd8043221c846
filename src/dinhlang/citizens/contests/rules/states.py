"""What can happen to a contest, as a table."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules import Refused


class State(models.TextChoices):
    """How far a contest is."""

    DRAFT = "draft", gettext_lazy("Đang soạn")
    WAITING = "waiting", gettext_lazy("Chờ duyệt")
    OPEN = "open", gettext_lazy("Đã duyệt")
    CLOSED = "closed", gettext_lazy("Dừng trước hạn")


NEXT: Mapping[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.WAITING}),
    State.WAITING: frozenset({State.DRAFT, State.OPEN}),
    State.OPEN: frozenset({State.CLOSED}),
    State.CLOSED: frozenset(),
}


class WrongMove(Refused):
    """The contest is not where this can be done."""


def check_move(old: str, new: State) -> None:
    """Raise `WrongMove` for a step that the table does not have."""
    if new not in NEXT[State(old)]:
        raise WrongMove(
            _("Cuộc thi đang ở trạng thái “%(old)s” nên không chuyển sang “%(new)s” được. Tải lại trang.")
            % {"old": State(old).label, "new": new.label}
        )


def check_draft(state: str) -> None:
    """Raise `WrongMove` for a contest that is written in no more."""
    if state != State.DRAFT:
        raise WrongMove(_("Thể lệ đã trình hoặc đã duyệt nên không sửa nữa."))
