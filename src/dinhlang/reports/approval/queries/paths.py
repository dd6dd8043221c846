"""Which steps the reports of a unit take on a day, and who may take them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Permission
from dinhlang.reports.models import ApprovalPath, Report
from dinhlang.vietnamese.text import name_key


@dataclass(frozen=True, slots=True)
class Path:
    """The steps of a unit on a day. Without data of its own a unit has all three: NĐ 30/2020/NĐ-CP, art. 12 makes the
    head of the drafting section answer for the content."""

    unit: Unit
    has_head: bool = True
    head: Person | None = None
    own_is_allowed: bool = False
    own_reason: str = ""
    is_own: bool = False

    def heads(self, on: date) -> list[Person]:
        """Who may look a report through: the person named, as long as they hold a post; else whoever has the right."""
        if not self.has_head:
            return []
        if self.head is None:
            return in_order(org.holders(self.unit, Permission.REPORT_REVIEW, on))
        held = {post.person_id for post in org.posts_in(self.unit, on)}
        return [self.head] if self.head.pk in held and _may_come(self.head) else []

    def approvers(self, report: Report, on: date) -> list[Person]:
        """Who may approve a report of the unit, and in whose name it can be signed."""
        told = {
            row.person
            for row in self.unit.signing_mandates.in_force(on).select_related("person")
            if row.programme in {"", report.programme}
        }
        people = {*org.holders(self.unit, Permission.REPORT_ISSUE, on), *told}
        return in_order(
            one
            for one in people
            if _may_come(one) and org.signature_for(one, self.unit, report.programme, on) is not None
        )


def path_of(unit: Unit, on: date) -> Path:
    """The steps in force on that day."""
    row = ApprovalPath.objects.in_force(on).filter(unit=unit).select_related("head").order_by("-pk").first()
    if row is None:
        return Path(unit)
    return Path(unit, row.has_head, row.head, row.own_is_allowed, row.own_reason, is_own=True)


def in_order(people: Iterable[Person]) -> list[Person]:
    """People in the order of their given names."""
    return sorted(people, key=lambda one: name_key(one.full_name))


def _may_come(person: Person) -> bool:
    return person.is_active or person.is_awaited
