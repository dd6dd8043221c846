"""The dated rows that a change writes: beings, names, places, successions, reporting lines, posts."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from dinhlang.org.changes.looking_up import Meant
from dinhlang.org.changes.record import Record
from dinhlang.org.changes.rules import WHOLE, Kind, Posts, Target
from dinhlang.org.models import (
    Dated,
    Position,
    ReportingLine,
    SigningMandate,
    Unit,
    UnitName,
    UnitPlacement,
    UnitSuccession,
)
from dinhlang.org.places import named_after
from dinhlang.org.rules import folded_name

_REASONS = {
    Kind.MERGE: UnitSuccession.Reason.MERGED,
    Kind.SPLIT: UnitSuccession.Reason.SPLIT,
    Kind.ABOLISH: UnitSuccession.Reason.REPLACED,
}


def write(change: Meant, record: Record) -> None:
    """Write what the change says of the units themselves. The caller holds a transaction."""
    for target in change.asked.targets:
        if target.unit in change.scope.made:
            _make(change, target, record)
    if change.asked.kind == Kind.RENAME:
        _rename(change, record)
    _end(change, record)
    _place(change, record)
    _succeed(change, record)
    _report_elsewhere(change, record)
    _report_as_before(change, record)
    _posts(change, record)


def _make(change: Meant, target: Target, record: Record) -> None:
    on, basis, first = change.asked.on, change.asked.basis, change.units[0]
    unit = Unit(
        id=target.unit,
        level=first.level,
        official_code=target.code[:12],
        starts_on=on,
        is_demo=all(one.is_demo for one in change.units),
    )
    record.make(unit)
    record.make(_name(unit, target, on, basis))
    if change.parent is not None:
        record.make(UnitPlacement(unit=unit, parent=change.parent, starts_on=on, legal_basis=basis))


def _name(unit: Unit, target: Target, on: date, basis: str) -> UnitName:
    return UnitName(
        unit=unit,
        kind=target.kind[:30],
        name=target.name[:120],
        folded=folded_name(target.name)[:160],
        named_after=named_after(target.name),
        starts_on=on,
        legal_basis=basis,
    )


def _rename(change: Meant, record: Record) -> None:
    unit, target = change.units[0], change.asked.targets[0]
    _close(unit.names.all(), change.asked.on, record)
    record.make(_name(unit, target, change.asked.on, change.asked.basis))
    if target.code:
        record.change(unit, official_code=target.code[:12])


def _end(change: Meant, record: Record) -> None:
    """Units that end, with the departments in them."""
    on = change.asked.on
    for unit in Unit.objects.filter(pk__in=change.scope.ending):
        record.change(unit, ends_on=on)
        _close(unit.names.all(), on, record)
        _close(unit.placements.all(), on, record)


def _place(change: Meant, record: Record) -> None:
    """Units that stand elsewhere from the day on: those that move, and those below ones that end."""
    on = change.asked.on
    for unit in Unit.objects.filter(pk__in=change.placed):
        _close(unit.placements.all(), on, record)
        record.make(
            UnitPlacement(
                unit=unit, parent_id=change.placed[unit.pk], starts_on=on, legal_basis=change.asked.basis
            )
        )


def _succeed(change: Meant, record: Record) -> None:
    for unit in change.units:
        for target in change.asked.targets:
            if change.asked.kind not in _REASONS or target.unit == unit.pk:
                continue
            share = target.share or WHOLE
            record.make(
                UnitSuccession(
                    predecessor=unit,
                    successor_id=target.unit,
                    reason=_REASONS[change.asked.kind],
                    is_partial=share < WHOLE,
                    share=share,
                    takes_effect_on=change.asked.on,
                    legal_basis=change.asked.basis,
                )
            )


def _report_elsewhere(change: Meant, record: Record) -> None:
    """Lines that lead to a unit that ends lead on: to who was named, else to who takes over from a body."""
    on, ending = change.asked.on, change.scope.ending
    lines = ReportingLine.objects.filter(recipient__in=ending).exclude(unit__in=ending)
    for line in _lasting(lines, on).select_related("recipient"):
        heir = change.scope.heir(line.recipient_id) if line.recipient.level != Unit.Level.DEPARTMENT else ""
        to = change.report_to.pk if change.report_to else heir
        _cut(line, on, record)
        if to:
            record.make(
                ReportingLine(
                    programme=line.programme,
                    unit_id=line.unit_id,
                    recipient_id=to,
                    recipient_name=change.asked.report_as,
                    starts_on=on,
                    legal_basis=change.asked.basis,
                )
            )


def _report_as_before(change: Meant, record: Record) -> None:
    """Lines of units that end; a new unit goes on reporting where all that it came from did."""
    on = change.asked.on
    lines = list(_lasting(ReportingLine.objects.filter(unit__in=change.scope.ending), on))
    for line in lines:
        _cut(line, on, record)
    of_bodies = [line for line in lines if line.unit_id in change.asked.units]
    for programme in {line.programme for line in of_bodies}:
        same = {(line.recipient_id, line.recipient_name) for line in of_bodies if line.programme == programme}
        recipient, written = min(same)
        if len(same) > 1 or recipient in change.scope.ending:
            if change.report_to is None:
                continue
            recipient, written = change.report_to.pk, change.asked.report_as
        for unit_id in change.scope.made:
            record.make(
                ReportingLine(
                    programme=programme,
                    unit_id=unit_id,
                    recipient_id=recipient,
                    recipient_name=written,
                    starts_on=on,
                    legal_basis=change.asked.basis,
                )
            )


def _posts(change: Meant, record: Record) -> None:
    """Posts in units that end: they end on the day, and go on in the heir with the same role and title when asked."""
    on = change.asked.on
    for mandate in _lasting(SigningMandate.objects.filter(unit__in=change.scope.ending), on):
        _cut(mandate, on, record)
    for post in _lasting(Position.objects.filter(unit__in=change.scope.ending), on):
        heir = change.scope.heir(post.unit_id) if change.asked.posts == Posts.CARRY else ""
        until = post.ends_on
        _cut(post, on, record)
        same = Position.objects.filter(person=post.person_id, unit=heir, role=post.role)
        if heir and not _lasting(same, on).exists():
            record.make(
                Position(
                    person_id=post.person_id,
                    unit_id=heir,
                    role=post.role,
                    title=post.title,
                    starts_on=max(on, post.starts_on or on),
                    ends_on=until,
                    legal_basis=change.asked.basis,
                )
            )


def _lasting(rows: QuerySet, on: date) -> QuerySet:
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=on)).order_by("pk")


def _close(rows: QuerySet, on: date, record: Record) -> None:
    for row in _lasting(rows, on):
        _cut(row, on, record)


def _cut(row: Dated, on: date, record: Record) -> None:
    """End a dated row on the day. One that would only begin then never holds, so it goes."""
    if row.starts_on is not None and row.starts_on >= on:
        record.erase(row)
    else:
        record.change(row, ends_on=on)
