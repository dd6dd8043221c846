"""Steps of guides to be heard: the house's words once for an installation, a commune's own once for each wording.

As with articles the worker makes the sound and the page has it when it is there. What is published is read first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from dinhlang.broadcast.models import Voicing
from dinhlang.broadcast.voicing import actions as voicing
from dinhlang.broadcast.voicing.queries import UNDER_WAY
from dinhlang.onestop.support.guides import Guide, Step
from dinhlang.onestop.support.own import guide_for, guides_for
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Unit
from dinhlang.org.rules import Refused
from dinhlang.portal.kept.changes import changed
from dinhlang.portal.listening.rules import as_sentence
from dinhlang.portal.models import StepSound
from dinhlang.portal.sites import registry

# Of what was read for another commune the files are there at once; a tick still ends soon.
MOST_AT_ONCE = 40


@dataclass(frozen=True, slots=True)
class Due:
    """A step whose words nobody asked to be read yet."""

    unit: str
    guide: Guide
    step: Step


def reading_of(step: Step) -> str:
    """What is read of a step: its title, what to do, what to mind."""
    return "\n".join(as_sentence(text) for text in (step.title, step.words, step.note) if text.strip())


def digest_of(step: Step) -> str:
    return sha256(reading_of(step).encode()).hexdigest()


def tag_of(unit: str, guide: str) -> str:
    """What names the pages of a guide of a unit among those that are kept."""
    return f"guide:{unit}:{guide}"


@kept_in_vietnamese
def ask_due(*, at: datetime) -> int:
    """Ask for the sound of steps that have none, when nothing published waits for its own; how many. For the worker's clock."""
    asked = 0
    for due in _due():
        if asked == MOST_AT_ONCE or _is_busy():
            break
        asked += _ask(due, at)
    return asked


def _is_busy() -> bool:
    asked = Q(of_items__isnull=False) | Q(of_steps__isnull=False)
    return Voicing.objects.filter(asked, state__in=UNDER_WAY, dropped_at=None).exists()


def _due() -> Iterator[Due]:
    for unit in registry.now().by_unit:
        known = set(StepSound.objects.filter(unit=unit).values_list("guide", "step", "digest"))
        for guide in guides_for(unit):
            for step in guide.steps:
                if (guide.id, step.key, digest_of(step)) not in known:
                    yield Due(unit, guide, step)


def _ask(due: Due, at: datetime) -> bool:
    try:
        with transaction.atomic():
            row, problem = _voiced(due, at)
            StepSound.objects.create(
                unit_id=due.unit,
                guide=due.guide.id,
                step=due.step.key,
                digest=digest_of(due.step),
                voicing=row,
                problem=problem,
                asked_at=at,
            )
            if row is not None and row.state == Voicing.State.DONE:
                changed(tag_of(due.unit, due.guide.id))
    except IntegrityError:
        # Another worker asked between the two looks.
        return False
    return True


def _voiced(due: Due, at: datetime) -> tuple[Voicing | None, str]:
    try:
        made = voicing.ask(
            unit=Unit.objects.get(pk=due.unit),
            text=reading_of(due.step),
            title=due.step.title,
            by=None,
            at=at,
        )
    except Refused as reason:
        return None, str(reason)[:300]
    return made, ""


def sound_made(row: Voicing) -> None:
    """A sound is there: the pages of the guides whose steps it reads say so."""
    guides = set(row.of_steps.values_list("unit", "guide"))
    changed(*(tag_of(unit, guide) for unit, guide in sorted(guides)))


def sounds(unit: str) -> QuerySet[StepSound]:
    """The finished sounds of a unit's steps, also of words that stand no more."""
    return StepSound.objects.filter(
        unit=unit, voicing__state=Voicing.State.DONE, voicing__dropped_at=None
    ).select_related("voicing")


def sound_of(unit: str, guide: Guide, step: Step) -> Voicing | None:
    """The sound of a step as it reads now; None without one."""
    found = sounds(unit).filter(guide=guide.id, step=step.key, digest=digest_of(step)).first()
    return found.voicing if found else None


def voicing_with(unit: str, file: str) -> Voicing | None:
    """The sound with a file of that hash, of a step that reads so now; None for any other."""
    for one in sounds(unit).filter(Q(voicing__mp3=file) | Q(voicing__opus=file)):
        guide = guide_for(unit, one.guide)
        steps = guide.steps if guide else ()
        if any(step.key == one.step and digest_of(step) == one.digest for step in steps):
            return one.voicing
    return None
