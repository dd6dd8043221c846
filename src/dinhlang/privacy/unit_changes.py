"""What this room holds of units, and what becomes of it when a unit changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.changes.passing import counted, pass_rows
from dinhlang.org.changes.registry import Found, Hand, Scope, Thing, add
from dinhlang.privacy.models import Breach, DataRequest
from dinhlang.privacy.rules.breaches import ENDED


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
    add(
        Thing(
            "privacy.breach",
            gettext_lazy("Vi phạm về dữ liệu cá nhân chưa khắc phục xong"),
            gettext_lazy(
                "Sang sổ của đơn vị mới với số mới, thời hạn cũ; vi phạm đã xong ở lại với đơn vị cũ."
            ),
            ("privacy.Breach.unit",),
            _breaches,
            order=466,
            pass_on=_pass_breaches_on,
        )
    )


def _requests(scope: Scope) -> Iterator[Found]:
    yield from counted(_unfinished(scope.ids), _("%(count)s yêu cầu về dữ liệu cá nhân"), scope)


def _pass_on(hand: Hand) -> None:
    pass_rows(hand, _unfinished(hand.scope.ending))


def _unfinished(ids: Iterable[str]) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(unit__in=list(ids), ended_at=None)


def _breaches(scope: Scope) -> Iterator[Found]:
    yield from counted(_unmended(scope.ids), _("%(count)s vi phạm về dữ liệu cá nhân"), scope)


def _pass_breaches_on(hand: Hand) -> None:
    """Into the register of the heir, after its own numbers."""
    for row in _unmended(hand.scope.ending).order_by("year", "number", "pk"):
        heir = hand.scope.heir(row.unit_id)
        if heir:
            there = Breach.objects.filter(unit=heir, year=row.year)
            last = there.aggregate(last=Max("number"))["last"] or 0
            hand.record.change(row, unit_id=heir, number=last + 1)


def _unmended(ids: Iterable[str]) -> QuerySet[Breach]:
    return Breach.objects.filter(unit__in=list(ids)).exclude(state__in=ENDED)
