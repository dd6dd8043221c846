"""The stages of a report before it is issued, and what leads from one to another."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules import Refused


class Stage(TextChoices):
    """With whom a report is."""

    WRITING = "writing", gettext_lazy("đang soạn")
    HEAD = "head", gettext_lazy("chờ phụ trách xem")
    APPROVER = "approver", gettext_lazy("chờ duyệt")


class Deed(TextChoices):
    """What somebody does with a report on its way."""

    SEND = "send", gettext_lazy("trình")
    TAKE_BACK = "take-back", gettext_lazy("rút lại")
    PASS = "pass", gettext_lazy("xem và trình duyệt")
    RETURN = "return", gettext_lazy("trả lại")
    REOPEN = "reopen", gettext_lazy("sửa sau khi trình")
    APPROVE = "approve", gettext_lazy("duyệt và phát hành")


NEXT: Mapping[tuple[Stage, Deed], frozenset[Stage]] = {
    (Stage.WRITING, Deed.SEND): frozenset({Stage.HEAD, Stage.APPROVER}),
    (Stage.HEAD, Deed.PASS): frozenset({Stage.APPROVER}),
    (Stage.HEAD, Deed.RETURN): frozenset({Stage.WRITING}),
    (Stage.HEAD, Deed.TAKE_BACK): frozenset({Stage.WRITING}),
    (Stage.HEAD, Deed.REOPEN): frozenset({Stage.WRITING}),
    (Stage.APPROVER, Deed.RETURN): frozenset({Stage.WRITING}),
    (Stage.APPROVER, Deed.TAKE_BACK): frozenset({Stage.WRITING}),
    (Stage.APPROVER, Deed.REOPEN): frozenset({Stage.WRITING}),
    # Approving is the last act: the report is issued, and stays where it was approved.
    (Stage.APPROVER, Deed.APPROVE): frozenset({Stage.APPROVER}),
}


class WrongStage(Refused):
    """The report is not where this can be done; the message says where it is."""


class Stale(Refused):
    """Somebody changed the words or figures since the person looked at them."""


class OwnDraft(Refused):
    """Whoever drafted or sent a report does not approve it."""


class NoReason(Refused):
    """A return says what is to be mended."""

    field = "reason"


class NobodyThere(Refused):
    """The unit has nobody who could take the next step."""


_WHERE: Mapping[Stage, str | Promise] = {
    Stage.WRITING: gettext_lazy("đang ở người soạn"),
    Stage.HEAD: gettext_lazy("đang chờ người phụ trách xem"),
    Stage.APPROVER: gettext_lazy("đang chờ người có thẩm quyền duyệt"),
}


def after_sending(*, has_head: bool, is_head: bool) -> Stage:
    """Where a report goes from its drafter. A head of section who drafts presents it at once."""
    return Stage.HEAD if has_head and not is_head else Stage.APPROVER


def check_move(stage: Stage, deed: Deed) -> None:
    """Raise `WrongStage` for what cannot be done where the report is."""
    if (stage, deed) not in NEXT:
        raise WrongStage(
            _("Báo cáo %(where)s nên không %(deed)s được lúc này. Tải lại trang để xem tình trạng mới.")
            % {"where": _WHERE[stage], "deed": Deed(deed).label}
        )
