"""The series of a unit with those before it: a view, never stored, that says what it is made of.

Facts stay with the unit whose ledger they are folded from. What a successor is shown of the time before it counts what
flowed into it, by shares (`org.queries.descent`), and is labelled. Sums over the tree add units' own facts and never this.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from django.utils.translation import gettext as _

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.queries import Stretch
from dinhlang.org.rules import printed_day
from dinhlang.periods.window import Window
from dinhlang.work import rules
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, STOCKS
from dinhlang.work.models import Exactness
from dinhlang.work.queries.figures import Fact, facts

_WHOLE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Part:
    """What one unit brings: its fact over its days in the window, counted by its share."""

    unit_id: str
    name: str
    fact: Fact
    share: Decimal
    is_known: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class Joint:
    """A figure of a unit together with those before it. `label` says what it is made of; empty when it is the unit's own.

    Without `is_complete`, part of it is not known: how much of a unit went on.
    """

    fact: Fact
    parts: tuple[Part, ...]
    label: str
    is_complete: bool = True


def joint_facts(
    units: Collection[Unit], window: Window, concept_ids: Iterable[str] | None = None
) -> dict[str, Joint]:
    """Figures of units together with those before them, each line of a ledger counted at most once.

    Plans and stocks are each unit's own: they are no part of it.
    """
    apart = FROM_PLAN | STOCKS
    wanted = [one for one in (CONCEPTS if concept_ids is None else concept_ids) if one not in apart]
    own = {unit.pk for unit in units}
    stretches = [
        (stretch, span) for stretch in org.descent(own) if (span := _clipped(stretch, window)) is not None
    ]
    known = Unit.objects.in_bulk({stretch.unit_id for stretch, _span in stretches})
    names = org.titles_of(known, window.end)
    needed = set(wanted) | {
        part for one in wanted for part in (CONCEPTS[one].numerator, CONCEPTS[one].denominator) if part
    }
    found = [(stretch, span, facts(known[stretch.unit_id], span, needed)) for stretch, span in stretches]
    joined = {}
    for concept in wanted:
        parts = tuple(
            Part(
                stretch.unit_id,
                names[stretch.unit_id],
                of_unit[concept],
                stretch.share,
                stretch.is_known,
                stretch.unit_id in own,
            )
            for stretch, _span, of_unit in found
            if of_unit[concept].lines
        )
        tops = [(stretch, of_unit) for stretch, _span, of_unit in found]
        joined[concept] = Joint(
            _together(concept, window, parts, tops),
            parts,
            _label(parts, stretches, own),
            all(part.is_known for part in parts),
        )
    return joined


def joint_fact(unit: Unit, concept: str, window: Window) -> Joint:
    """One figure of a unit together with those before it."""
    return joint_facts([unit], window, [concept])[concept]


def _clipped(stretch: Stretch, window: Window) -> Window | None:
    last = stretch.end - timedelta(days=1) if stretch.end else window.end
    start, end = max(stretch.start or date.min, window.start), min(last, window.end)
    return Window(start, end) if start <= end else None


def _together(
    concept: str, window: Window, parts: tuple[Part, ...], tops: list[tuple[Stretch, dict[str, Fact]]]
) -> Fact:
    base = Fact(
        concept,
        window,
        None,
        lines=sum(part.fact.lines for part in parts),
        unevidenced_lines=sum(part.fact.unevidenced_lines for part in parts),
        digest=f"{sum(int(part.fact.digest, 16) for part in parts) % rules.DIGEST_MODULUS:064x}",
    )
    is_about = any(part.share != _WHOLE or not part.is_known for part in parts)
    words = {part.fact.exactness for part in parts if part.fact.exactness}
    exactness = str(Exactness.ABOUT) if is_about else rules.joint_exactness(words)
    told = CONCEPTS[concept]
    if told.numerator is None or told.denominator is None:
        known = [(part.fact.value, part.share) for part in parts if part.fact.value is not None]
        value = (
            _rounded(sum((Decimal(str(one)) * share for one, share in known), Decimal(0))) if known else None
        )
        return replace(base, value=value, exactness=exactness)
    top, bottom = (_weighed(tops, name) for name in (told.numerator, told.denominator))
    return replace(
        base,
        value=rules.share(top, bottom),
        exactness=str(Exactness.ABOUT) if is_about or words else "",
        numerator=top,
        denominator=bottom,
    )


def _weighed(tops: list[tuple[Stretch, dict[str, Fact]]], concept: str) -> int | None:
    known = [
        (of_unit[concept].value, stretch.share)
        for stretch, of_unit in tops
        if of_unit[concept].value is not None
    ]
    return _rounded(sum((Decimal(str(one)) * share for one, share in known), Decimal(0))) if known else None


def _rounded(value: Decimal) -> int:
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


# --- the words ------------------------------------------------------------------------------------


def _label(parts: tuple[Part, ...], stretches: list[tuple[Stretch, Window]], own: set[str]) -> str:
    """'gồm xã Nam Trung, xã Nam Chính trước 01/12/2024; 25% của xã Hưng Đạo trước 01/7/2025'; '' for the unit's own."""
    ends = {stretch.unit_id: stretch.end for stretch, _span in stretches if stretch.end}
    by_day: dict[date, list[str]] = {}
    for part in sorted(parts, key=lambda one: (ends.get(one.unit_id) or date.max, one.name)):
        if part.unit_id in own or part.unit_id not in ends:
            continue
        said = by_day.setdefault(ends[part.unit_id], [])
        if (words := _called(part)) not in said:
            said.append(words)
    told = [
        _("%(names)s trước %(day)s") % {"names": ", ".join(names), "day": printed_day(day)}
        for day, names in sorted(by_day.items())
    ]
    return _("gồm %(parts)s") % {"parts": "; ".join(told)} if told else ""


def _called(part: Part) -> str:
    if not part.is_known:
        return _("một phần của %(unit)s (không rõ bao nhiêu, chưa cộng đủ)") % {"unit": part.name}
    if part.share == _WHOLE:
        return part.name
    return _("%(share)s%% của %(unit)s") % {"share": _percent(part.share), "unit": part.name}


def _percent(share: Decimal) -> str:
    return f"{(share * 100).quantize(Decimal('0.1')).normalize():f}".replace(".", ",")
