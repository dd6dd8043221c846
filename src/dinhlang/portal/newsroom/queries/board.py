"""What waits for whom on the editorial board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Q, QuerySet

from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Permission
from dinhlang.portal.models import Item
from dinhlang.portal.newsroom.rules.states import IN_WORK, State

REVIEW_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Items that wait for one person, by what is to be done with them."""

    to_write: list[Item]
    to_look_through: list[Item]
    to_approve: list[Item]
    to_put_up: list[Item]
    to_review: list[Item]

    @property
    def count(self) -> int:
        return sum(
            map(len, (self.to_write, self.to_look_through, self.to_approve, self.to_put_up, self.to_review))
        )


def waiting_for(
    person: Person, unit: Unit, permissions: frozenset[Permission], on: date, most: int = 50
) -> Waiting:
    """What waits for the person in the unit: the nearest due day first. At most five questions."""
    of_unit = (
        Item.objects.filter(unit=unit)
        .select_related("draft", "shown", "author", "assignee", "column")
        .order_by("due_on", "changed_at", "pk")
    )
    reviews = Permission.NEWS_REVIEW in permissions
    approves = Permission.NEWS_APPROVE in permissions
    mine = Q(assignee=person) | Q(assignee=None, author=person)
    nobody = Item.objects.none()

    def listed(found: QuerySet[Item]) -> list[Item]:
        return list(found[:most])

    return Waiting(
        to_write=listed(of_unit.filter(mine, state__in=IN_WORK)),
        to_look_through=listed(of_unit.filter(state=State.SUBMITTED) if reviews else nobody),
        to_approve=listed(
            of_unit.filter(Q(state=State.PASSED_ON) | Q(owes_approval__isnull=False)) if approves else nobody
        ),
        to_put_up=listed(of_unit.filter(state=State.APPROVED) if reviews else nobody),
        to_review=listed(
            of_unit.filter(shown__isnull=False, review_by__lte=on + REVIEW_AHEAD) if reviews else nobody
        ),
    )


def counts_for(person: Person, unit: Unit, permissions: frozenset[Permission]) -> dict[str, int]:
    """How many items wait for the person in the unit, by what is to be done. One question."""
    approves = Permission.NEWS_APPROVE in permissions
    reviews = Permission.NEWS_REVIEW in permissions
    mine = Q(assignee=person) | Q(assignee=None, author=person)
    counted: dict[str, int] = Item.objects.filter(unit=unit).aggregate(
        approve=Count("pk", filter=Q(state=State.PASSED_ON)),
        owes=Count("pk", filter=Q(owes_approval__isnull=False)),
        look=Count("pk", filter=Q(state=State.SUBMITTED)),
        put_up=Count("pk", filter=Q(state=State.APPROVED)),
        returned=Count("pk", filter=mine & Q(state=State.RETURNED)),
    )
    allowed = {"approve": approves, "owes": approves, "look": reviews, "put_up": reviews, "returned": True}
    return {name: count for name, count in counted.items() if count and allowed[name]}


def reminders(unit: Unit, on: date, at: datetime) -> dict[str, int]:
    """What is late in a unit's newsroom, by kind: for the first page of the desk and the digest. One question."""
    late = {"overdue": 0, "owes": 0, "stale": 0, "missed": 0}
    rows = Item.objects.filter(unit=unit).exclude(state=State.DROPPED)
    asked = rows.filter(
        Q(due_on__lt=on, state__in=[*IN_WORK, State.SUBMITTED, State.PASSED_ON])
        | Q(owes_approval__isnull=False)
        | Q(shown__isnull=False, review_by__lt=on)
        | Q(publish_at__lt=at, state__in=[*IN_WORK, State.SUBMITTED, State.PASSED_ON, State.APPROVED])
    )
    for item in asked.only("due_on", "state", "owes_approval", "shown", "review_by", "publish_at"):
        in_hand = item.state in {*IN_WORK, State.SUBMITTED, State.PASSED_ON}
        late["overdue"] += bool(in_hand and item.due_on and item.due_on < on)
        late["owes"] += item.owes_approval is not None
        late["stale"] += bool(item.shown_id and item.review_by and item.review_by < on)
        late["missed"] += bool(
            (in_hand or item.state == State.APPROVED) and item.publish_at and item.publish_at < at
        )
    return late
