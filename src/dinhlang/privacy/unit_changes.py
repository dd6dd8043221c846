"""What this room holds of units, and what becomes of it when a unit changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.changes.passing import counted, pass_rows
from dinhlang.org.changes.registry import Found, Hand, Scope, Thing, add
from dinhlang.privacy.models import DataRequest


def answer() -> None:
    """Answer for the foreign keys of this room."""
    add(
        Thing(
            "privacy.request",
            gettext_lazy("Yêu cầu về dữ liệu cá nhân chưa xong"),
            gettext_lazy("Sang đơn vị mới với ngày hẹn cũ; yêu cầu đã xong ở lại với đơn vị cũ."),
            ("privacy.DataRequest.unit",),
            _requests,
            order=465,
            pass_on=_pass_on,
        )
    )


def _requests(scope: Scope) -> Iterator[Found]:
    yield from counted(_unfinished(scope.ids), _("%(count)s yêu cầu về dữ liệu cá nhân"), scope)


def _pass_on(hand: Hand) -> None:
    pass_rows(hand, _unfinished(hand.scope.ending))


def _unfinished(ids: Iterable[str]) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(unit__in=list(ids), ended_at=None)
