"""What services count of posts, read back while they are young."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.broadcast.channels.actions.connecting import fresh_account, mark_broken
from dinhlang.broadcast.channels.actions.moving import gone, locked
from dinhlang.broadcast.channels.contract import Failed, adapters
from dinhlang.broadcast.channels.rules import Service, Standing, State, Why, pause
from dinhlang.broadcast.models import Channel, Delivery, DeliveryFigure
from dinhlang.org.language import kept_in_vietnamese

_YOUNG, _OLD = timedelta(days=3), timedelta(days=60)
_OFTEN, _DAILY = timedelta(hours=6), timedelta(hours=24)
_MOST = 50


@kept_in_vietnamese
def read_figures(*, at: datetime) -> int:
    """Ask what is counted of posts: four times a day for three days, then daily for two months; how many were read."""
    ways = adapters()
    young = Q(published_at__gt=at - _YOUNG, read_at__lte=at - _OFTEN)
    older = Q(published_at__gt=at - _OLD, read_at__lte=at - _DAILY)
    rests = Q(channel__rests_until=None) | Q(channel__rests_until__lte=at)
    due = Delivery.objects.filter(
        Q(read_at=None, published_at__gt=at - _OLD) | young | older,
        rests,
        state=State.PUBLISHED,
        channel__standing=Standing.READY,
        channel__service__in=[service.value for service in ways],
    )
    done, closed = 0, set()
    for delivery in due.select_related("channel__unit").order_by(F("read_at").asc(nulls_first=True), "pk")[
        :_MOST
    ]:
        if delivery.channel_id in closed:
            continue
        way = ways[Service(delivery.channel.service)]
        try:
            counts = way.figures(fresh_account(delivery.channel, way, at), delivery.remote_id)
        except Failed as failure:
            if _ends_the_round(delivery, failure, at):
                closed.add(delivery.channel_id)
            continue
        _note(delivery, counts, at)
        done += 1
    return done


def _ends_the_round(delivery: Delivery, failure: Failed, at: datetime) -> bool:
    if failure.why is Why.GONE:
        with transaction.atomic():
            row = locked(delivery)
            if row.state == State.PUBLISHED:
                gone(row, by=None, at=at, why=_("Bài không còn trên kênh: ai đó đã xóa trên dịch vụ."))
        return False
    Delivery.objects.filter(pk=delivery.pk).update(read_at=at)
    if failure.why is Why.LIMIT:
        Channel.objects.filter(pk=delivery.channel_id).update(rests_until=at + pause(3, failure.wait))
    if failure.why is Why.TOKEN:
        mark_broken(delivery.channel, failure, at)
    return failure.why in {Why.LIMIT, Why.TOKEN, Why.TEMPORARY}


def _note(delivery: Delivery, counts: Mapping[str, int], at: datetime) -> None:
    for name, value in counts.items():
        DeliveryFigure.objects.update_or_create(
            delivery=delivery, name=name[:12], on=localdate(at), defaults={"value": max(value, 0)}
        )
    Delivery.objects.filter(pk=delivery.pk).update(read_at=at)
