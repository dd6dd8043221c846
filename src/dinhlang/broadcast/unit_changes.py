"""What this room holds of units, and what becomes of it when a unit changes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.broadcast.models import Bulletin, Device, Slot, Speaker
from dinhlang.broadcast.rules.states import State
from dinhlang.org.changes.passing import counted, pass_rows
from dinhlang.org.changes.registry import Found, Hand, Scope, Thing, add, stays

_OPEN = (State.DRAFT, State.RETURNED, State.SUBMITTED, State.PASSED_ON)


def answer() -> None:
    """Answer for the foreign keys of this room."""
    add(
        Thing(
            "broadcast.bulletin",
            gettext_lazy("Bản tin phát thanh chưa duyệt"),
            gettext_lazy("Sang đơn vị mới. Bản tin đã duyệt ở lại với đơn vị cũ cùng sổ nhật ký."),
            ("broadcast.Bulletin.unit",),
            _bulletins,
            order=430,
            pass_on=_pass_on,
        ),
        Thing(
            "broadcast.slot",
            gettext_lazy("Khung giờ phát thanh"),
            gettext_lazy("Ở lại với đơn vị cũ; đơn vị mới đặt khung giờ của mình."),
            ("broadcast.Slot.unit",),
            _slots,
            order=440,
        ),
        Thing(
            "broadcast.device",
            gettext_lazy("Máy phát và loa"),
            gettext_lazy("Ở lại với đơn vị cũ; đơn vị mới ghi loa và cấp khóa cho máy phát của mình."),
            ("broadcast.Device.unit", "broadcast.Speaker.unit"),
            _devices,
            order=450,
        ),
    )
    stays(
        gettext_lazy(
            "nói đài của đơn vị cũ đã dự kiến và đã phát gì; đơn vị mới đặt khung giờ và quy định, cấp khóa cho máy phát của mình"
        ),
        "broadcast.StationRules.unit",
        "broadcast.AirDay.unit",
        "broadcast.Programme.unit",
        "broadcast.AirLogEntry.unit",
        "broadcast.AirLogHead.unit",
        "broadcast.AirLogCheckpoint.unit",
        "broadcast.Zone.unit",
        "broadcast.Voicing.unit",
        "broadcast.SpokenForm.unit",
        "broadcast.IntakeKey.unit",
        "broadcast.Print.unit",
        "broadcast.Channel.unit",
        "broadcast.Delivery.unit",
        "broadcast.Emergency.unit",
    )


def _bulletins(scope: Scope) -> Iterator[Found]:
    for bulletin in _unfinished(scope.ids).select_related("draft", "approved").order_by("unit", "pk"):
        fate = "" if bulletin.unit_id in scope.ending else gettext_lazy("Giữ nguyên.")
        yield Found(bulletin.unit_id, str(bulletin), fate)


def _slots(scope: Scope) -> Iterator[Found]:
    """The times at which the stations speak on the day of the change."""
    for slot in Slot.objects.in_force(scope.on).filter(unit__in=scope.ids).order_by("unit", "starts", "pk"):
        yield Found(
            slot.unit_id, f"{slot.starts:%H:%M} {slot.name} ({slot.days})", _fate(slot.unit_id, scope)
        )


def _devices(scope: Scope) -> Iterator[Found]:
    """Players whose key is good, then speakers."""
    for device in Device.objects.filter(unit__in=scope.ids, revoked_at=None).order_by("unit", "pk"):
        yield Found(device.unit_id, device.name, _fate(device.unit_id, scope))
    speakers = Speaker.objects.filter(unit__in=scope.ids)
    yield from counted(speakers, _("%(count)s loa"), scope)


def _fate(unit_id: str, scope: Scope) -> Any:
    return "" if unit_id in scope.ending else gettext_lazy("Giữ nguyên.")


def _pass_on(hand: Hand) -> None:
    pass_rows(hand, _unfinished(hand.scope.ending), task_id=None)


def _unfinished(ids: Iterable[str]) -> QuerySet[Bulletin]:
    return Bulletin.objects.filter(unit__in=list(ids), state__in=_OPEN, approved=None)
