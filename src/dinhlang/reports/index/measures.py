"""What a criterion is computed from: the plan's progress, the channels used, any figure of the ledger, a closed survey."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from dinhlang.org.models import Unit
from dinhlang.periods import regimes
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window, numeric_date
from dinhlang.reports.index import rounds
from dinhlang.reports.index.building import CHANNELS, COMPLETION, ROUND_MEASURES
from dinhlang.vietnamese.numbers import printed
from dinhlang.work import queries as work
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.models import ActivityKind, DailyFact
from dinhlang.work.rules import kind_concept

CALENDAR = "calendar"
# Posting procedures, what becomes of dossiers, helping people online is work that is told of, no way of telling it.
CHANNEL_KINDS = tuple(
    kind
    for kind in ActivityKind
    if kind not in {ActivityKind.POSTING, ActivityKind.ONESTOP, ActivityKind.SUPPORT}
)


@dataclass(frozen=True, slots=True)
class Measured:
    """A value and how it was found. `value` is `None` when nothing is known, and the reasons say what to bring."""

    value: Decimal | None
    reasons: tuple[str, ...]
    basis: dict[str, Any]


def window_of(counting: str, year: int) -> Window:
    """The days that count for a year of the index: the calendar's, or those of a rule of `periods.regimes`."""
    period = Period.parse(f"{year:04d}")
    return period.calendar_window() if counting == CALENDAR else regimes.get(counting).window(period)


def is_counting(name: str) -> bool:
    """Whether there is such a way of counting days."""
    if name == CALENDAR:
        return True
    try:
        return bool(regimes.get(name).window(Period.parse("2026")))
    except (regimes.UnknownRegime, regimes.BadRegime, LookupError):
        return False


def measured(unit: Unit, measure: str, window: Window, on: date) -> Measured:
    """What the ledger says of a measure in a window, as far as the day `on`."""
    if on < window.start:
        return Measured(None, (_("Chưa đến kỳ tính số liệu (%(window)s).") % {"window": window.label},), {})
    own = Window(window.start, min(window.end, on)).clipped(unit.starts_on, unit.ends_on)
    if own is None:
        return Measured(None, (_("Đơn vị không tồn tại trong kỳ tính số liệu."),), {})
    if measure == CHANNELS:
        return _channels(unit, own)
    if measure in ROUND_MEASURES:
        return _round(unit, measure, own)
    return _figure(unit, measure, own)


def _channels(unit: Unit, window: Window) -> Measured:
    names = {kind_concept(kind): kind for kind in CHANNEL_KINDS}
    rows = DailyFact.objects.filter(unit=unit, concept__in=names, day__range=(window.start, window.end))
    summed = rows.order_by().values_list("concept").annotate(Sum("lines"), Sum("unevidenced_lines"))
    counts = {names[concept]: (lines, lines - bare) for concept, lines, bare in summed}
    used = [kind for kind in CHANNEL_KINDS if counts.get(kind, (0, 0))[1]]
    bare = [kind for kind in CHANNEL_KINDS if kind in counts and not counts[kind][1]]
    reasons = [
        _("%(count)s hình thức tuyên truyền có minh chứng trong %(window)s.")
        % {"count": len(used), "window": window.label}
    ]
    reasons += [
        _("%(kind)s: %(count)s hoạt động có minh chứng.") % {"kind": kind.label, "count": counts[kind][1]}
        for kind in used
    ]
    reasons += [
        _("%(kind)s: %(count)s hoạt động nhưng chưa có minh chứng nên không tính.")
        % {"kind": kind.label, "count": counts[kind][0]}
        for kind in bare
    ]
    basis = {"measure": CHANNELS, "kinds": [str(kind) for kind in used], **_days(window)}
    return Measured(Decimal(len(used)), tuple(reasons), basis)


def _round(unit: Unit, measure: str, window: Window) -> Measured:
    closed = rounds.closed_in(unit, window)
    taken = rounds.chosen(closed, measure)
    basis = {"measure": measure, **_days(window), **(taken.basis if taken else {})}
    return Measured(taken.value if taken else None, rounds.reasons(closed, measure, window), basis)


def _figure(unit: Unit, measure: str, window: Window) -> Measured:
    fact = work.fact(unit, measure, window)
    concept = CONCEPTS[measure]
    basis = {
        "measure": measure,
        "numerator": fact.numerator,
        "denominator": fact.denominator,
        "lines": fact.lines,
        "digest": fact.digest,
        **_days(window),
    }
    if fact.value is None:
        return Measured(None, (concept.missing,), basis)
    value = Decimal(str(fact.value)).quantize(Decimal("0.01"))
    if measure == COMPLETION:
        said = _(
            "Kế hoạch tính đến hết %(day)s: %(done)s trong %(all)s nhiệm vụ đã đến kỳ được hoàn thành, "
            "có minh chứng (%(share)s%%)."
        ) % {
            "day": numeric_date(window.end),
            "done": fact.numerator,
            "all": fact.denominator,
            "share": printed(float(value)),
        }
    elif fact.denominator is not None:
        said = _("%(label)s trong %(window)s: %(part)s trên %(whole)s (%(share)s%%).") % {
            "label": concept.label,
            "window": window.label,
            "part": printed(fact.numerator or 0),
            "whole": printed(fact.denominator),
            "share": printed(float(value)),
        }
    else:
        said = _("%(label)s trong %(window)s: %(value)s %(unit)s, từ %(lines)s dòng sổ.") % {
            "label": concept.label,
            "window": window.label,
            "value": printed(float(value)),
            "unit": concept.unit,
            "lines": printed(fact.lines),
        }
    bare = (
        (
            _("%(bare)s trên %(lines)s dòng sổ chưa có minh chứng.")
            % {"bare": printed(fact.unevidenced_lines), "lines": printed(fact.lines)},
        )
        if fact.unevidenced_lines and measure != COMPLETION
        else ()
    )
    return Measured(value, (said, *bare), basis)


def _days(window: Window) -> dict[str, str]:
    return {"from": window.start.isoformat(), "to": window.end.isoformat()}
