"""What the worker does with deliveries: send what is due, ask what is in doubt, take down, move on what stood too long.

No call is made inside a transaction. Before anything is sent the row says so (`SENDING`), committed; whoever dies between
the service's answer and its note leaves a row that stands too long, and then the service is asked. Nothing is sent a
second time before the service was asked and did not have it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from dinhlang.broadcast.channels.actions.connecting import fresh_account, mark_broken
from dinhlang.broadcast.channels.actions.moving import gone, locked, move, publish
from dinhlang.broadcast.channels.actions.sending import post_of
from dinhlang.broadcast.channels.contract import Account, Adapter, Failed, Pending, Receipt, adapters
from dinhlang.broadcast.channels.rules import (
    AFTER_FAILURE,
    MOVED_BY,
    OPEN,
    SAID,
    STANDS_AT_MOST,
    STOOD_TOO_LONG,
    Deed,
    Service,
    Standing,
    State,
    Why,
    can_happen,
    is_not_there,
    pause,
)
from dinhlang.broadcast.models import Channel, Delivery
from dinhlang.org.language import kept_in_vietnamese

_MOST = 100
_ASKED_AGAIN = timedelta(minutes=1)
_WORKED_ON = (State.WAITING, State.ACCEPTED, State.UNSURE, State.WITHDRAWING)


@kept_in_vietnamese
def turn(*, at: datetime) -> int:
    """One round over everything that is due; how many deliveries were touched. For the worker, also two at once."""
    done = _move_on(at)
    ways = adapters()
    for delivery in _due(at)[:_MOST]:
        # An earlier one of this round may have found the channel closed to us.
        channel = Channel.objects.select_related("unit").get(pk=delivery.channel_id)
        if channel.standing != Standing.READY or (
            channel.rests_until is not None and channel.rests_until > at
        ):
            continue
        delivery.channel = channel
        _work(delivery, ways[Service(channel.service)], at)
        done += 1
    return done


def _due(at: datetime) -> QuerySet[Delivery]:
    return (
        Delivery.objects.filter(
            Q(channel__rests_until=None) | Q(channel__rests_until__lte=at),
            state__in=_WORKED_ON,
            due_at__lte=at,
            channel__standing=Standing.READY,
        )
        .select_related("unit", "picture")
        .order_by("due_at", "pk")
    )


def _move_on(at: datetime) -> int:
    """Move what stood too long in its state, and say so; how many."""
    done = 0
    for state in OPEN:
        most = STANDS_AT_MOST[state]
        since = "opened_at" if state == State.WAITING else "state_at"
        rows = (
            Delivery.objects.filter(state=state, **{f"{since}__lte": at - most})
            if most
            else Delivery.objects.none()
        )
        for row in rows.order_by("pk")[:_MOST]:
            with transaction.atomic():
                delivery = locked(row)
                if delivery.state != state:
                    continue
                deed = MOVED_BY[state]
                due = timedelta() if deed is Deed.DOUBT else None
                why = str(STOOD_TOO_LONG[state])
                if delivery.why and deed is Deed.FAIL:
                    why = f"{why} {delivery.why}"
                move(delivery, deed, by=None, at=at, why=why, said=delivery.said, due=due)
                done += 1
    return done


def _work(delivery: Delivery, way: Adapter, at: datetime) -> None:
    try:
        account = fresh_account(delivery.channel, way, at)
    except Failed as failure:
        _put_off(delivery, failure, at)
        return
    if delivery.state == State.WAITING:
        _send(delivery, way, account, at)
    elif delivery.state == State.WITHDRAWING:
        _withdraw(delivery, way, account, at)
    else:
        _ask(delivery, way, account, at)


def _send(delivery: Delivery, way: Adapter, account: Account, at: datetime) -> None:
    post = post_of(delivery)
    if delivery.attempted_at is not None:
        try:
            there = way.find(account, post, since=delivery.attempted_at)
        except Failed as failure:
            _put_off(delivery, failure, at)
            return
        if there is not None:
            _found(delivery, there, at)
            return
    if not _claimed(delivery, at):
        return
    try:
        answer = way.publish(account, post)
    except Failed as failure:
        _not_published(delivery, failure, at)
        return
    if isinstance(answer, Receipt):
        _found(delivery, answer, at)
        return
    with transaction.atomic():
        row = locked(delivery)
        if row.state in {State.SENDING, State.UNSURE}:
            move(row, Deed.ACCEPT, by=None, at=at, due=timedelta(), fields={"handle": answer.handle[:500]})


def _claimed(delivery: Delivery, at: datetime) -> bool:
    """Say in the row that it is being sent, before it is; False when another process was quicker."""
    with transaction.atomic():
        mine = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING, unwanted="").update(
            state=State.SENDING,
            state_at=at,
            due_at=None,
            tries=F("tries") + 1,
            looks=0,
            attempted_at=delivery.attempted_at or at,
        )
        if mine:
            delivery.refresh_from_db(fields=["state", "state_at", "due_at", "tries", "looks", "attempted_at"])
            delivery.steps.create(at=at, deed=Deed.SEND, state=State.SENDING)
    return bool(mine)


def _found(delivery: Delivery, receipt: Receipt, at: datetime) -> None:
    with transaction.atomic():
        row = locked(delivery)
        # A slow answer may come after somebody else found the post.
        if can_happen(row.state, Deed.PUBLISH):
            publish(row, receipt, by=None, at=at)


def _not_published(delivery: Delivery, failure: Failed, at: datetime) -> None:
    deed = AFTER_FAILURE[failure.why]
    if deed is Deed.PUT_OFF:
        _put_off(delivery, failure, at)
        return
    with transaction.atomic():
        row = locked(delivery)
        if row.state != State.SENDING:
            return
        if deed is Deed.FAIL and row.unwanted:
            deed = Deed.CANCEL
        due = _ASKED_AGAIN if deed is Deed.DOUBT else None
        move(row, deed, by=None, at=at, why=_why(row, failure), said=failure.said, due=due)


def _ask(delivery: Delivery, way: Adapter, account: Account, at: datetime) -> None:
    """Settle what is pending or in doubt by what the service says."""
    try:
        answer: Receipt | Pending | None
        if delivery.state == State.ACCEPTED:
            answer = way.status(account, Pending(delivery.handle))
        else:
            answer = way.find(account, post_of(delivery), since=delivery.attempted_at or delivery.asked_at)
    except Failed as failure:
        _put_off(delivery, failure, at)
        return
    if isinstance(answer, Receipt):
        _found(delivery, answer, at)
        return
    with transaction.atomic():
        row = locked(delivery)
        if row.state != delivery.state:
            return
        row.looks += 1
        if row.state == State.UNSURE and is_not_there(row.looks, row.state_at, at):
            deed = Deed.CANCEL if row.unwanted else Deed.NOT_THERE
            move(row, deed, by=None, at=at, why=_("Dịch vụ không có bài này."), due=timedelta())
            return
        move(row, Deed.PUT_OFF, by=None, at=at, why=row.why, said=row.said, due=pause(row.looks))


def _withdraw(delivery: Delivery, way: Adapter, account: Account, at: datetime) -> None:
    try:
        way.withdraw(account, delivery.remote_id)
    except Failed as failure:
        _put_off(delivery, failure, at)
        return
    with transaction.atomic():
        row = locked(delivery)
        if row.state == State.WITHDRAWING:
            gone(row, by=None, at=at)


def _put_off(delivery: Delivery, failure: Failed, at: datetime) -> None:
    """Try later. A limit rests the whole channel; a token that is refused is refreshed, or a person must connect anew."""
    channel = delivery.channel
    wait = pause(max(delivery.tries, delivery.looks), failure.wait)
    if failure.why is Why.LIMIT:
        Channel.objects.filter(pk=channel.pk).update(rests_until=at + wait)
    if failure.why is Why.TOKEN and _let_in_again(channel, failure, at):
        wait = timedelta()
    with transaction.atomic():
        row = locked(delivery)
        if row.state == State.SENDING or row.state in _WORKED_ON:
            # What was not taken and is not wanted any more ends here.
            deed = Deed.CANCEL if row.state == State.SENDING and row.unwanted else Deed.PUT_OFF
            move(row, deed, by=None, at=at, why=_why(row, failure), said=failure.said, due=wait)


def _let_in_again(channel: Channel, failure: Failed, at: datetime) -> bool:
    """Whether new tokens could be had without a person; else the channel is marked as broken."""
    try:
        fresh_account(channel, adapters()[Service(channel.service)], at, is_refused=True)
    except Failed as again:
        if again.why is Why.TOKEN:
            mark_broken(channel, failure if failure.said else again, at)
        return False
    return True


def _why(delivery: Delivery, failure: Failed) -> str:
    return str(SAID[failure.why]) % {"service": delivery.channel.name}
