"""What the desk asks of channels and deliveries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy

from dinhlang.broadcast.channels.rules import Service, Standing, State
from dinhlang.broadcast.models import Channel, Delivery, DeliveryFigure
from dinhlang.org.models import Unit

FIGURES = {
    "views": gettext_lazy("Lượt xem"),
    "reactions": gettext_lazy("Bày tỏ cảm xúc"),
    "comments": gettext_lazy("Bình luận"),
    "shares": gettext_lazy("Chia sẻ"),
}
_SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ChannelShown:
    """A channel on its list: how many wait there, how many failed, and whether its token ends soon."""

    channel: Channel
    waiting: int
    failed: int
    ends_soon: bool


def channels_of(unit: Unit, at: datetime) -> list[ChannelShown]:
    """The channels of a unit, those in use first."""
    waits = Q(
        deliveries__state__in=[State.WAITING, State.TO_COPY, State.UNSURE, State.ACCEPTED, State.SENDING]
    )
    fails = Q(deliveries__state__in=[State.FAILED, State.NOT_WITHDRAWN])
    rows = Channel.objects.filter(unit=unit).annotate(
        waiting=Count("deliveries", filter=waits), failed=Count("deliveries", filter=fails)
    )
    shown = [
        ChannelShown(
            one,
            one.waiting,
            one.failed,
            # Zalo's ends every day and is renewed by itself.
            one.service == Service.FACEBOOK and one.token_until is not None and one.token_until - at < _SOON,
        )
        for one in rows
    ]
    return sorted(shown, key=lambda one: (one.channel.standing == Standing.CLOSED, one.channel.name))


def usable(unit: Unit) -> QuerySet[Channel]:
    """Channels of a unit that something can be given to: one that lost its connection gets it when it is back."""
    return Channel.objects.filter(unit=unit, standing__in=[Standing.READY, Standing.BROKEN]).order_by(
        "service", "name"
    )


def deliveries_of(kind: str, key: str) -> QuerySet[Delivery]:
    """Every delivery of a thing, the newest first."""
    found = Delivery.objects.filter(source_kind=kind, source_key=key)
    return found.select_related("channel", "unit").order_by("-asked_at", "-pk")


def figures_of(pks: Iterable[int]) -> dict[int, dict[str, int]]:
    """The newest reading of each figure, by delivery."""
    found: dict[int, dict[str, int]] = {}
    rows = DeliveryFigure.objects.filter(delivery__in=list(pks)).order_by("on")
    for delivery, name, value in rows.values_list("delivery", "name", "value"):
        found.setdefault(delivery, {})[name] = value
    return found


def broken(unit: Unit) -> QuerySet[Channel]:
    """Channels that lost their connection: what is given to them waits for a person to connect them."""
    return Channel.objects.filter(unit=unit, standing=Standing.BROKEN).order_by("pk")


def to_be_seen_to(unit: Unit) -> QuerySet[Delivery]:
    """Deliveries that wait for a person, the oldest first: not posted, not taken down, still to be copied."""
    states = [State.FAILED, State.NOT_WITHDRAWN, State.TO_COPY]
    found = Delivery.objects.filter(unit=unit, state__in=states).select_related("channel")
    return found.order_by("state_at", "pk")
