"""The way of a file into the archive, step by step.

đã nhận → đang đọc → [nhận dạng ảnh] → [phục hồi] → kiểm tra trùng → chờ xác nhận → đã vào kho | bị từ chối
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from dinhlang.archive.rules.refusals import WrongStep


class Step(TextChoices):
    """How far a file has come."""

    RECEIVED = "received", lazy("đã nhận")
    READING = "reading", lazy("đang đọc")
    RECOGNISING = "recognising", lazy("nhận dạng ảnh")
    RESTORING = "restoring", lazy("phục hồi")
    COMPARING = "comparing", lazy("kiểm tra trùng")
    WAITING = "waiting", lazy("chờ xác nhận")
    ARCHIVED = "archived", lazy("đã vào kho")
    REFUSED = "refused", lazy("bị từ chối")


# A reading that was cut off, by a restart or a power cut, begins again: back to 'received'.
NEXT: Mapping[Step, frozenset[Step]] = {
    Step.RECEIVED: frozenset({Step.READING, Step.REFUSED}),
    Step.READING: frozenset({Step.RECOGNISING, Step.RESTORING, Step.COMPARING, Step.REFUSED, Step.RECEIVED}),
    Step.RECOGNISING: frozenset({Step.RESTORING, Step.COMPARING, Step.REFUSED, Step.RECEIVED}),
    Step.RESTORING: frozenset({Step.COMPARING, Step.REFUSED, Step.RECEIVED}),
    Step.COMPARING: frozenset({Step.WAITING, Step.REFUSED, Step.RECEIVED}),
    Step.WAITING: frozenset({Step.ARCHIVED, Step.REFUSED}),
    Step.ARCHIVED: frozenset(),
    Step.REFUSED: frozenset(),
}
UNDER_WAY = frozenset({Step.RECEIVED, Step.READING, Step.RECOGNISING, Step.RESTORING, Step.COMPARING})


def check_move(old: str, new: Step) -> None:
    """Return quietly when `new` comes after `old`; raise `WrongStep`."""
    if new not in NEXT[Step(old)]:
        raise WrongStep(
            _("Văn bản này đang ở bước “%(old)s” nên không chuyển sang “%(new)s” được. Tải lại trang.")
            % {"old": Step(old).label, "new": new.label}
        )


def printed_table() -> str:
    """The table of moves for people: a line for each step with the steps after it."""
    return "\n".join(
        f"{step.label} → {', '.join(str(one.label) for one in Step if one in after) or _('hết')}"
        for step, after in NEXT.items()
    )
