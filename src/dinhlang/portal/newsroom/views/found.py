"""The item a page is about, what may be done with it, and how it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.org.models import Person
from dinhlang.org.views import looking_of, signed_in, today
from dinhlang.portal.models import Edition, Item
from dinhlang.portal.newsroom import heartbeat, permissions
from dinhlang.portal.newsroom.queries import item_for, words_of
from dinhlang.portal.newsroom.rules import checking, states, wording
from dinhlang.portal.newsroom.rules.checking import DocumentLooked, Looked, PictureLooked
from dinhlang.portal.newsroom.rules.states import Deed


def found(request: HttpRequest, pk: int) -> Item:
    """The item, or 404 when the person may not see it."""
    item = item_for(looking_of(request), pk)
    if item is None:
        raise Http404
    return item


def editable(request: HttpRequest, pk: int) -> Item:
    """The item, or 404 when the person may not write in it."""
    item = found(request, pk)
    if not permissions.can_edit(signed_in(request), item, today()):
        raise Http404
    return item


def crumb() -> tuple[str, str]:
    return reverse("newsroom:list"), _("Tin, bài")


def crumb_of(item: Item) -> tuple[str, str]:
    edition = item.draft or item.shown
    return reverse("newsroom:item", args=[item.pk]), edition.title if edition else item.slug


def standing_of(item: Item, at: datetime) -> list[str]:
    """Where the item stands, in sentences."""
    return wording.standing(
        state=item.state,
        is_public=item.is_public,
        publish_at=item.publish_at,
        published_at=item.published_at,
        withdrawn_at=item.withdrawn_at,
        owes_approval=item.owes_approval,
        scheduler_is_alive=heartbeat.is_alive(at),
        at=at,
    )


def looked_at(edition: Edition) -> Looked:
    """What an editor would mark in the edition."""
    return checking.look(
        words_of(edition),
        pictures=[
            PictureLooked(one.alternative, one.caption, one.words, one.is_text)
            for one in edition.pictures.order_by("position")
        ],
        documents=[
            DocumentLooked(one.title, one.transcript, one.is_scan)
            for one in edition.documents.order_by("position")
        ],
        as_of=timezone.localdate(),
    )


@dataclass(frozen=True, slots=True)
class May:
    """What the person may do with the item as it stands now."""

    edit: bool
    review: bool
    approve: bool
    publish: bool
    deeds: frozenset[str]

    def __contains__(self, deed: str) -> bool:
        return deed in self.deeds


def may(person: Person, item: Item) -> May:
    """The deeds that are open to the person."""
    on = today()
    edits = permissions.can_edit(person, item, on)
    reviews = permissions.can_review(person, item, on)
    publishes = permissions.can_publish(person, item, on)
    approves = any(person.pk == one.pk for one in permissions.approvers(item, on))
    right = {
        Deed.SUBMIT: edits and not reviews,
        Deed.PASS_ON: reviews,
        Deed.TAKE_BACK: edits,
        Deed.RETURN: publishes,
        Deed.APPROVE: approves,
        Deed.SCHEDULE: publishes,
        Deed.UNSCHEDULE: publishes,
        Deed.PUBLISH: publishes,
        Deed.EMERGENCY: reviews,
        Deed.REVISE: edits,
        Deed.WITHDRAW: publishes and item.is_public,
        Deed.DROP: edits,
        Deed.REVIEWED: reviews and item.is_public,
    }
    deeds = {
        deed.value for deed, is_allowed in right.items() if is_allowed and states.can_happen(item.state, deed)
    }
    if approves and item.owes_approval is not None:
        deeds.add(Deed.APPROVE_LATER.value)
    return May(edits, reviews, approves, publishes, frozenset(deeds))
