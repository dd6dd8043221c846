"""Who may do what in the newsroom: whoever records may write, the culture officer looks through, the leader approves."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.models import Person
from dinhlang.org.permissions import NotAllowed, can, check_can
from dinhlang.org.rules import Permission
from dinhlang.portal.models import Item
from dinhlang.portal.newsroom.rules.states import IN_WORK
from dinhlang.vietnamese.text import name_key


def check_can_edit(person: Person | None, item: Item, on: date) -> None:
    """Raise `NotAllowed`: one's own item, one that is assigned to one, or any for whoever looks items through."""
    if can_review(person, item, on):
        return
    check_can(person, Permission.NEWS_WRITE, item.unit, on)
    if person is not None and person.pk not in {item.author_id, item.assignee_id}:
        raise NotAllowed(
            _("Tin này do người khác viết. Hãy nhờ người đó sửa, hoặc nhờ công chức văn hóa giao cho bạn.")
        )


def can_edit(person: Person | None, item: Item, on: date) -> bool:
    try:
        check_can_edit(person, item, on)
    except NotAllowed:
        return False
    return True


def check_can_review(person: Person | None, item: Item, on: date) -> None:
    """Raise `NotAllowed` for whoever may not look items through, assign them and put them up once approved."""
    check_can(person, Permission.NEWS_REVIEW, item.unit, on)


def can_review(person: Person | None, item: Item, on: date) -> bool:
    return can(person, Permission.NEWS_REVIEW, item.unit, on)


def check_can_approve(person: Person | None, item: Item, on: date) -> None:
    """Raise `NotAllowed` for whoever may not approve."""
    check_can(person, Permission.NEWS_APPROVE, item.unit, on)


def check_can_withdraw(person: Person | None, item: Item, on: date) -> None:
    """Raise `NotAllowed`. Of a unit that is no more, whoever keeps its papers must be able to take an item off."""
    for keeper in org.heirs(item.unit, on):
        if can(person, Permission.NEWS_REVIEW, keeper, on) or can(
            person, Permission.NEWS_APPROVE, keeper, on
        ):
            return
    check_can_publish(person, item, on)


def check_can_publish(person: Person | None, item: Item, on: date) -> None:
    """Raise `NotAllowed`: what is approved is put up or withdrawn by whoever looks items through, or approves."""
    if not can(person, Permission.NEWS_APPROVE, item.unit, on):
        check_can_review(person, item, on)


def can_publish(person: Person | None, item: Item, on: date) -> bool:
    return can(person, Permission.NEWS_APPROVE, item.unit, on) or can_review(person, item, on)


def approvers(item: Item, on: date) -> list[Person]:
    """Who may approve the item: people with such a post today, also those who have never signed in."""
    return holders(item, Permission.NEWS_APPROVE, on)


def holders(item: Item, permission: Permission, on: date) -> list[Person]:
    """People whose posts in the item's unit give a permission today; those locked out are not among them."""
    found = org.holders(item.unit, permission, on)
    return sorted(found, key=lambda person: name_key(person.full_name))


def may_be_in_work(item: Item) -> bool:
    """Whether its words can be changed now: a draft, or what was returned."""
    return item.state in IN_WORK
