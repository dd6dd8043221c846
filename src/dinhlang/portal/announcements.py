"""What rooms below save and public pages show: they cannot say so themselves, so it is heard here."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from dinhlang.broadcast.models import Voicing
from dinhlang.broadcast.voicing.signals import voiced
from dinhlang.citizens.contests.rules.states import State
from dinhlang.citizens.models import CaseEvent, Contest, ContestWeek, SurveyRemark, SurveyRound
from dinhlang.citizens.models import Publication as Voice
from dinhlang.citizens.rules.states import Deed, Shown
from dinhlang.onestop.models import StepVersion
from dinhlang.org.models import Unit
from dinhlang.portal.catalogue.kept import tags_of
from dinhlang.portal.kept.changes import changed, changed_if_shown
from dinhlang.portal.listening import actions as sounds
from dinhlang.portal.listening import steps
from dinhlang.procedures.signals import changed as procedures_changed
from dinhlang.reports.models import Assessment, Practice
from dinhlang.work.models import Evidence, Plan, Reversal, Task
from dinhlang.work.signals import folded


@receiver(post_save, sender=Reversal)
@receiver(post_save, sender=Evidence)
def line_changed(instance: Reversal | Evidence, **told: Any) -> None:
    """A line of the ledger was reversed, or has more evidence: the pages of the figures that it stands behind say so."""
    changed_if_shown(f"line:{instance.activity_id}")


@receiver(procedures_changed)
def catalogue_changed(unit: Unit, codes: frozenset[str], **told: Any) -> None:
    """Procedures of a body's catalogue changed: their pages and the lists they stand in."""
    changed(*tags_of(unit.pk, sorted(codes)))


@receiver(voiced)
def sound_made(voicing: Voicing, **told: Any) -> None:
    """The sound of something published is there: its page and the podcasts have it from now on."""
    sounds.sound_made(voicing)
    steps.sound_made(voicing)


@receiver(post_save, sender=StepVersion)
def step_changed(instance: StepVersion, **told: Any) -> None:
    """A commune wrote its own words for a step of a guide, checked them, or went back to the house's."""
    changed(steps.tag_of(instance.unit_id, instance.guide))


@receiver(folded)
def tasks_folded(tasks: frozenset[int], **told: Any) -> None:
    """Tasks have other lines: what tells of the progress of an open plan."""
    plans = Task.objects.filter(pk__in=tasks, plan__opened__isnull=False).values_list("plan", flat=True)
    for plan in set(plans):
        changed_if_shown(f"progress:{plan}")


@receiver(post_save, sender=Assessment)
def index_changed(instance: Assessment, **told: Any) -> None:
    """A result of the reform index was published or taken down."""
    changed_if_shown(f"index:{instance.unit_id}")


@receiver(post_save, sender=Practice)
def practice_changed(instance: Practice, **told: Any) -> None:
    """A good model or a commendation was opened to all, or taken down."""
    changed_if_shown(f"practices:{instance.unit_id}")


@receiver(post_save, sender=Plan)
def plan_changed(instance: Plan, created: bool, **told: Any) -> None:
    """A plan was amended: what was opened stays as it is, but its progress is told no more."""
    if not created:
        changed_if_shown(f"progress:{instance.pk}")


@receiver(post_save, sender=Contest)
@receiver(post_save, sender=ContestWeek)
def contest_changed(instance: Contest | ContestWeek, **told: Any) -> None:
    """A contest was approved or stopped, a week has its results: the first page leads there."""
    contest = instance if isinstance(instance, Contest) else instance.contest
    if contest.state in (State.OPEN, State.CLOSED):
        changed_if_shown(f"contests:{contest.unit_id}")


@receiver(post_save, sender=SurveyRound)
def survey_changed(instance: SurveyRound, **told: Any) -> None:
    """A round was opened, closed, published or taken down: the list of what is asked, results, open data."""
    changed(f"surveys:{instance.unit_id}")


@receiver(post_save, sender=SurveyRemark)
def remark_changed(instance: SurveyRemark, created: bool, **told: Any) -> None:
    """A person decided what everyone may read of a remark."""
    if not created:
        changed(f"surveys:{instance.round.unit_id}")


@receiver(post_save, sender=Voice)
def voice_changed(instance: Voice, **told: Any) -> None:
    """An answer was made public or taken down: lists, feeds, and what is found."""
    if instance.state in (Shown.PUBLISHED, Shown.TAKEN_DOWN):
        changed(f"voice:{instance.pk}")


@receiver(post_save, sender=CaseEvent)
def case_reopened(instance: CaseEvent, **told: Any) -> None:
    """A case is looked at again: the page of its answer says so."""
    if instance.deed == Deed.REOPEN:
        for pk in Voice.objects.filter(case=instance.case_id, state=Shown.PUBLISHED).values_list(
            "pk", flat=True
        ):
            changed(f"voice:{pk}")
