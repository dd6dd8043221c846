"""Lines that may be one act written twice. Only ever a question to people: nothing is refused for it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import combinations, islice

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.periods.window import Window
from dinhlang.vietnamese.text import fold
from dinhlang.work import photos, rules
from dinhlang.work.counted import Counted, counted
from dinhlang.work.models import Activity, Evidence, KeptBoth, Measure, Picture

MOST_SHOWN = 3
_NEAR = timedelta(days=1)
_LATELY = timedelta(days=14)
_PHOTOS_NEAR = timedelta(days=31)
_SPAN = timedelta(days=31)
_A_SPAN = re.compile(r"\b(tuan|thang|quy)\b")
"""A title that speaks of more than a day: 'Hướng dẫn tháng 7'."""


class Why(StrEnum):
    """What two lines share."""

    TITLE = "title"
    LINK = "link"
    PHOTO = "photo"
    COUNTED = "counted"

    @property
    def label(self) -> str:
        return str(WHY_ALIKE[self])


WHY_ALIKE = {
    Why.TITLE: _("nội dung gần giống nhau"),
    Why.LINK: _("cùng một đường dẫn"),
    Why.PHOTO: _("ảnh giống nhau"),
    Why.COUNTED: _("một dòng tự đếm từ sổ, một dòng ghi tay"),
}


@dataclass(frozen=True, slots=True)
class Alike:
    """What may record the same act, and why: a line, or what another room counted of that day itself."""

    line: Activity | None
    why: Why
    counted: Counted | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two lines that may be one act; `first` is the older line."""

    first: Activity
    second: Activity
    why: Why

    @property
    def lines(self) -> tuple[Activity, Activity]:
        return self.first, self.second


def alike(
    unit: Unit,
    *,
    kind: str,
    day: date,
    title: str,
    links: Sequence[str] = (),
    files: Sequence[str] = (),
    counters: Collection[str] = (),
) -> list[Alike]:
    """The few lines that count and may be the act about to be recorded. `files` are the hashes of its files, `counters` what it
    counts: people whom another room counts by itself are not written down once more."""
    twin = _counted_by_itself(unit, kind, day, title, counters)
    found: dict[int, Alike] = {twin.line or 0: Alike(None, Why.COUNTED, twin)} if twin else {}
    for line in _by_title(unit, kind, day, title):
        found.setdefault(line.pk, Alike(line, Why.TITLE))
    counted = Activity.objects.filter(unit=unit, reversal=None)
    if links:
        for line in counted.filter(evidence__url__in=list(links)).distinct()[:MOST_SHOWN]:
            found.setdefault(line.pk, Alike(line, Why.LINK))
    if files:
        for line in _by_photo(counted, day, files):
            found.setdefault(line.pk, Alike(line, Why.PHOTO))
    return list(islice(found.values(), MOST_SHOWN))


def _counted_by_itself(
    unit: Unit, kind: str, day: date, title: str, counters: Collection[str]
) -> Counted | None:
    first = day - _SPAN if _A_SPAN.search(fold(title)) else day
    found = [
        one
        for one in (counted(unit, first, day) if counters else ())
        if one.kind == kind and not one.counters.isdisjoint(counters)
    ]
    return max(found, key=lambda one: one.day, default=None)


def _by_title(unit: Unit, kind: str, day: date, title: str) -> list[Activity]:
    lately = Activity.objects.filter(
        unit=unit, kind=kind, reversal=None, happened_on__range=(day - _LATELY, day + _NEAR)
    )
    same = [line for line in lately if rules.titles_alike(line.title, title)]
    is_routine = len({line.happened_on for line in same} - {day}) >= rules.ROUTINE_FROM
    reach = timedelta() if is_routine else _NEAR
    return [line for line in same if abs(line.happened_on - day) <= reach]


def _by_photo(counted: QuerySet[Activity], day: date, files: Sequence[str]) -> list[Activity]:
    same = list(counted.filter(evidence__blob__in=list(files)).distinct()[:MOST_SHOWN])
    looks = list(Picture.objects.filter(blob__in=list(files)).values_list("fingerprint", flat=True))
    if not any(looks):
        return same
    near = counted.filter(happened_on__range=(day - _PHOTOS_NEAR, day + _PHOTOS_NEAR)).order_by()
    known = Evidence.objects.filter(activity__in=near.values("pk"), blob__picture__isnull=False).values_list(
        "activity", "blob__picture__fingerprint"
    )
    close = {pk for pk, look in known if look and any(photos.look_alike(look, one) for one in looks)}
    return same + list(counted.filter(pk__in=close)[:MOST_SHOWN])


def possible_duplicates(unit: Unit, window: Window) -> list[Pair]:
    """Pairs of counted lines of the window that may be one act, newest first, without those that were kept."""
    lines = {
        line.pk: line
        for line in Activity.objects.filter(
            unit=unit, reversal=None, happened_on__range=(window.start, window.end)
        )
        .only("pk", "kind", "happened_on", "title", "unit")
        .order_by("happened_on", "pk")
    }
    found: dict[tuple[int, int], Why] = {}
    twins = ((one.pk, other.pk, Why.COUNTED) for one, other in counted_twice(unit, window))
    for one, other, why in (*twins, *_title_pairs(lines.values()), *_evidence_pairs(lines)):
        found.setdefault((min(one, other), max(one, other)), why)
    kept = set(KeptBoth.objects.filter(first__unit=unit).values_list("first", "second"))
    pairs = [
        Pair(lines[first], lines[second], why)
        for (first, second), why in found.items()
        if (first, second) not in kept
    ]
    return sorted(pairs, key=lambda pair: (pair.second.happened_on, pair.second.pk), reverse=True)


def counted_twice(unit: Unit, window: Window) -> list[tuple[Activity, Activity]]:
    """Lines of the window that a room wrote of what it counted, each with a line written by hand that counts the same beside it:
    of that day, or of a week, a month that holds it. Pairs of which somebody said that they are two acts are left out."""
    found = [one for one in counted(unit, window.start, window.end) if one.line is not None]
    if not found:
        return []
    by_hand = (
        Measure.objects.filter(
            activity__unit=unit,
            activity__reversal=None,
            activity__happened_on__range=(window.start, window.end),
            concept__in={name for one in found for name in one.counters},
        )
        .exclude(activity__in=[one.line for one in found])
        .select_related("activity")
        .order_by("activity")
    )
    lines = Activity.objects.filter(reversal=None).in_bulk([one.line for one in found])
    pairs: dict[int, tuple[Activity, Activity]] = {}
    for measure in by_hand:
        typed = measure.activity
        first = typed.happened_on - _SPAN if _A_SPAN.search(fold(typed.title)) else typed.happened_on
        beside = [
            lines[one.line]
            for one in found
            if one.line in lines
            and one.kind == typed.kind
            and measure.concept in one.counters
            and first <= one.day <= typed.happened_on
        ]
        if beside:
            pairs[typed.pk] = (max(beside, key=lambda line: line.happened_on), typed)
    kept = set(KeptBoth.objects.filter(first__unit=unit).values_list("first", "second"))
    return [
        (own, typed)
        for own, typed in pairs.values()
        if (min(own.pk, typed.pk), max(own.pk, typed.pk)) not in kept
    ]


def _title_pairs(lines: Iterable[Activity]) -> Iterator[tuple[int, int, Why]]:
    by_kind: dict[str, list[Activity]] = defaultdict(list)
    for line in lines:
        by_kind[line.kind].append(line)
    for alike_in_kind in by_kind.values():
        for number, one in enumerate(alike_in_kind):
            for other in islice(alike_in_kind, number + 1, None):
                if other.happened_on - one.happened_on > _NEAR:
                    break
                if not rules.titles_alike(one.title, other.title):
                    continue
                if one.happened_on == other.happened_on or not _is_routine(one, alike_in_kind, number):
                    yield one.pk, other.pk, Why.TITLE


def _is_routine(line: Activity, lines: Sequence[Activity], number: int) -> bool:
    """Whether the title stands on several days around this one."""
    days = set()
    for step in (-1, 1):
        place = number + step
        while 0 <= place < len(lines) and abs(lines[place].happened_on - line.happened_on) <= _LATELY:
            if rules.titles_alike(lines[place].title, line.title):
                days.add(lines[place].happened_on)
            place += step
    return len(days - {line.happened_on}) >= rules.ROUTINE_FROM


def _evidence_pairs(lines: dict[int, Activity]) -> Iterator[tuple[int, int, Why]]:
    if not lines:
        return
    days = [line.happened_on for line in lines.values()]
    evidence = Evidence.objects.filter(
        activity__unit=next(iter(lines.values())).unit_id,
        activity__happened_on__range=(min(days), max(days)),
        kind__in=[Evidence.Kind.PHOTO, Evidence.Kind.LINK],
    )
    by_link: dict[str, set[int]] = defaultdict(set)
    by_file: dict[str, set[int]] = defaultdict(set)
    looks: list[tuple[int, str]] = []
    found = evidence.values_list("activity", "url", "blob", "blob__picture__fingerprint")
    for line, url, blob, look in found.iterator():
        if line not in lines:
            continue
        if url:
            by_link[url].add(line)
        if blob:
            by_file[blob].add(line)
            looks.append((line, look or ""))
    for group, why in [(group, Why.LINK) for group in by_link.values()] + [
        (group, Why.PHOTO) for group in by_file.values()
    ]:
        # The same list of participants under thirty lines is a habit, not thirty duplicates.
        if len(group) <= rules.ROUTINE_FROM:
            yield from ((one, other, why) for one, other in combinations(sorted(group), 2))
    yield from _photo_pairs(lines, looks)


def _photo_pairs(lines: dict[int, Activity], looks: list[tuple[int, str]]) -> Iterator[tuple[int, int, Why]]:
    seen = sorted(
        ((lines[line].happened_on, line, look) for line, look in looks if look), key=lambda one: one[:2]
    )
    for number, (day, line, look) in enumerate(seen):
        for later, other, other_look in islice(seen, number + 1, None):
            if later - day > _PHOTOS_NEAR:
                break
            if other != line and photos.look_alike(look, other_look):
                yield line, other, Why.PHOTO
