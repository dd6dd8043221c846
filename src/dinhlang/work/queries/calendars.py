"""What a calendar feed shows: the due days of the units its person acts for on the day, and nothing after that."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from dinhlang.org import queries as org
from dinhlang.org.models import AuditEntry, Person, Unit
from dinhlang.work.calendars import DueEvent, is_led_by, words_of_posts
from dinhlang.work.models import CalendarFeed, Plan
from dinhlang.work.queries.tasks import progress_of

# Long enough to see what is overdue; a calendar is no archive.
_BACK = timedelta(days=120)


def is_open(feed: CalendarFeed, on: date) -> bool:
    """Whether the person still acts for the unit on that day."""
    return feed.person.is_active and feed.unit in org.home_units(feed.person, on)


def own_words(person: Person, unit: Unit, on: date) -> tuple[str, ...]:
    """By what words a plan of the unit means this person on that day."""
    posts = [post for post in org.positions(person, on) if org.body_of(post.unit, on) == unit]
    departments = [org.title_of(post.unit, on) for post in posts if post.unit_id != unit.pk]
    return words_of_posts([post.title for post in posts], departments)


def feed_events(feed: CalendarFeed, on: date, address: Callable[[Plan], str]) -> list[DueEvent]:
    """What is due in the plans of the feed's unit, by day. Empty when the person's post has ended."""
    if not is_open(feed, on):
        return []
    plans = list(
        Plan.objects.filter(unit=feed.unit, year__range=(on.year - 1, on.year + 1)).defer("document")
    )
    words = own_words(feed.person, feed.unit, on) if feed.only_own else None
    progress = progress_of(plans, on)
    found = []
    for plan in plans:
        for task in progress[plan.pk].tasks:
            stored = task.task
            if words is not None and not is_led_by(stored.lead, words):
                continue
            found += [
                DueEvent(
                    uid=f"nhiem-vu-{stored.pk}-{one.occurrence.starts_on:%Y%m%d}-{one.occurrence.ends_on:%Y%m%d}@dinhlang",
                    day=one.occurrence.due_on,
                    task=stored.text,
                    plan=plan.title,
                    lead=stored.lead,
                    product=stored.product,
                    start=one.occurrence.starts_on,
                    end=one.occurrence.ends_on,
                    state=one.state,
                    is_watch=one.occurrence.is_watch,
                    address=address(plan),
                )
                for one in task.occurrences
                if one.occurrence.due_on >= on - _BACK
            ]
    return sorted(found, key=lambda event: (event.day, event.uid))


def last_changed(unit: Unit, on: date) -> datetime:
    """When a calendar of the unit last changed: with any act in the unit, and at midnight."""
    midnight = timezone.make_aware(datetime.combine(on, time.min))
    last = AuditEntry.objects.filter(unit=unit).order_by("-id").values_list("at", flat=True).first()
    return max(midnight, last.replace(microsecond=0)) if last else midnight
