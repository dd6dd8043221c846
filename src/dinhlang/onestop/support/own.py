"""Guides as a commune gives them: the house's (`guides`), with the steps in the commune's own words where it wrote some."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import QuerySet
from django.utils.timezone import localdate

from dinhlang.onestop.models import StepVersion
from dinhlang.onestop.support.guides import Guide, Own, OwnPicture, Step, all_guides, guide_named


def guide_for(unit: str, name: str) -> Guide | None:
    """The guide as this unit (its id) gives it; None for no guide."""
    found = guide_named(name)
    return _with_own(found, _standing(StepVersion.objects.filter(unit=unit, guide=name))) if found else None


def guides_for(unit: str) -> list[Guide]:
    """Every guide as this unit gives it, in one question."""
    rows = _standing(StepVersion.objects.filter(unit=unit))
    return [_with_own(one, rows) for one in all_guides()]


def versions(unit: str, guide: str, step: str) -> QuerySet[StepVersion]:
    """All that the unit ever said in a step, the newest first: the first one stands."""
    found = StepVersion.objects.filter(unit=unit, guide=guide, step=step)
    return found.select_related("made_by", "checked_by", "picture__picture").order_by("-pk")


def shown_picture(unit: str, sha256: str) -> StepVersion | None:
    """The version that stands with that picture; None for a picture that no step shows now."""
    for row in StepVersion.objects.filter(unit=unit, picture=sha256).select_related("picture"):
        newest = versions(unit, row.guide, row.step).values_list("pk", flat=True).first()
        found = guide_named(row.guide)
        if newest == row.pk and found is not None and any(step.key == row.step for step in found.steps):
            return row
    return None


def _standing(rows: QuerySet[StepVersion]) -> dict[tuple[str, str], StepVersion]:
    # A commune has a few dozen rows in all: the last of each place wins.
    ordered = rows.select_related("picture__picture").order_by("pk")
    return {(row.guide, row.step): row for row in ordered}


def _with_own(guide: Guide, rows: dict[tuple[str, str], StepVersion]) -> Guide:
    steps = tuple(
        _said(guide, step, row) if (row := rows.get((guide.id, step.key))) else step for step in guide.steps
    )
    return replace(guide, steps=steps)


def _said(guide: Guide, step: Step, row: StepVersion) -> Step:
    if row.is_house:
        is_of_this = row.house_version == guide.version
        return replace(step, checked_on=localdate(row.checked_at) if row.checked_at and is_of_this else None)
    picture = None
    if row.picture is not None:
        measured = row.picture.picture
        picture = OwnPicture(row.picture.sha256, measured.width, measured.height, row.alternative)
    own = Own(row.pk, localdate(row.made_at), row.is_drawn, picture)
    checked_on = localdate(row.checked_at) if row.checked_at else None
    return replace(step, words=row.words, note=row.note, own=own, checked_on=checked_on)
