"""What can be asked about sets and assessments; whatever a person sees comes from a query that takes the person."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from dinhlang.citizens.models import SurveyRound
from dinhlang.org import queries as org
from dinhlang.org.models import Unit, UnitPlacement
from dinhlang.periods.window import Window
from dinhlang.reports.index import rounds, rules
from dinhlang.reports.index.building import CHANNELS, ROUND_MEASURES
from dinhlang.reports.index.measures import CHANNEL_KINDS, window_of
from dinhlang.reports.index.rules import Line, Scored, Total
from dinhlang.reports.index.scheme import Scoring, differences
from dinhlang.reports.models import Assessment, Criterion, IndexSet, Score, ScoreEvidence
from dinhlang.work import queries as work
from dinhlang.work.models import Activity


def sets_for(unit_ids: Collection[str], on: date) -> QuerySet[IndexSet]:
    """The sets of these units and of those above them, newest first; dropped ones left out."""
    every, new = set(unit_ids), set(unit_ids)
    while new:
        placed = UnitPlacement.objects.in_force(on).filter(unit__in=new)
        new = set(placed.order_by().values_list("parent", flat=True).distinct()) - every
        every |= new
    found: QuerySet[IndexSet] = IndexSet.objects.exclude(state=IndexSet.State.DROPPED).filter(unit__in=every)
    return found.select_related("unit").order_by("-first_year", "-version")


def set_for(unit: Unit, year: int) -> IndexSet | None:
    """The set by which a unit is scored for a year: the newest version in force of the nearest unit above it."""
    on = min(date(year, 12, 31), unit.ends_on or date.max)
    above = [one.pk for one in org.path_up(unit, on)]
    in_force = IndexSet.objects.filter(
        Q(last_year=None) | Q(last_year__gte=year),
        unit__in={unit.pk, *above},
        state=IndexSet.State.IN_FORCE,
        first_year__lte=year,
    )
    found = list(in_force.select_related("unit"))
    return max(found, key=lambda one: (one.unit_id != unit.pk, one.version), default=None)


def before(index_set: IndexSet) -> IndexSet | None:
    """The version that a proposed set would follow: the newest of the unit that is in force."""
    found: IndexSet | None = (
        IndexSet.objects.filter(
            unit=index_set.unit_id, state=IndexSet.State.IN_FORCE, version__lt=index_set.version
        )
        .order_by("-version")
        .first()
    )
    return found


def assessments_for(unit_ids: Collection[str]) -> QuerySet[Assessment]:
    """The assessments of these units, with what a list shows."""
    found: QuerySet[Assessment] = Assessment.objects.filter(unit__in=unit_ids)
    return found.select_related("unit", "index_set")


@dataclass(frozen=True, slots=True)
class Standing:
    """An assessment with its rows, their sums and its totals, by the scores that count and by the unit's own."""

    assessment: Assessment
    lines: tuple[Line, ...]
    scores: dict[str, Score]
    total: Total
    own: Total

    @property
    def areas(self) -> list[Line]:
        return [line for line in self.lines if not line.row.parent]

    @property
    def survey_scores(self) -> list[Score]:
        """The scores of what people were asked, as far as they were taken from a round."""
        rows = (line.row for line in self.lines if line.row.scoring == Scoring.SURVEY)
        found = (self.scores.get(row.code) for row in rows)
        return [score for score in found if score is not None and score.basis.get("round")]

    @property
    def survey_said(self) -> list[str]:
        """What the rounds behind the survey's points found: each once, with its way, its slips and its interval; before them a word
        where satisfaction stands here counted in two ways."""
        mixed = rules.told_mixed(rounds.methods_in([score.basis for score in self.scores.values()]))
        said = [score.reasons[0] for score in self.survey_scores if score.reasons]
        return list(dict.fromkeys([mixed, *said] if mixed else said))

    @property
    def survey_method(self) -> str:
        """The way in which the rounds behind the survey's points were counted; '' where they were written by hand."""
        return "".join(sorted(rounds.methods_in([score.basis for score in self.survey_scores])))


def standing(assessment: Assessment) -> Standing:
    """How the assessment stands; two questions."""
    return standings([assessment])[0]


def standings(assessments: Iterable[Assessment]) -> list[Standing]:
    """How each stands, in two questions however many there are."""
    asked = list(assessments)
    sets = {one.index_set_id for one in asked}
    rows: dict[int, list[Criterion]] = {key: [] for key in sets}
    for row in Criterion.objects.filter(index_set__in=sets).order_by("position"):
        rows[row.index_set_id].append(row)
    scores: dict[int, dict[int, Score]] = {one.pk: {} for one in asked}
    for score in Score.objects.filter(assessment__in=asked):
        scores[score.assessment_id][score.criterion_id] = score
    return [_standing(one, rows[one.index_set_id], scores[one.pk]) for one in asked]


def _standing(assessment: Assessment, rows: Sequence[Criterion], scores: dict[int, Score]) -> Standing:
    scored = [scored_of(row, scores.get(row.pk)) for row in rows]
    terms: dict[str, Any] = {
        "survey": assessment.survey,
        "without_survey": assessment.index_set.without_survey,
        "is_capped": assessment.index_set.is_capped,
    }
    return Standing(
        assessment,
        tuple(rules.lines(scored)),
        {row.code: scores[row.pk] for row in rows if row.pk in scores},
        rules.total(scored, **terms),
        rules.total(scored, **terms, is_own=True),
    )


def scored_of(row: Criterion, score: Score | None) -> Scored:
    """A row with what it was given."""
    return Scored(
        row.code,
        row.parent,
        row.text,
        row.maximum,
        row.scoring,
        score.own if score else None,
        score.appraised if score else None,
    )


# --- one criterion --------------------------------------------------------------------------------


def window(assessment: Assessment) -> Window:
    """The days that count for an assessment."""
    return window_of(assessment.index_set.counting, assessment.year)


def evidence_of(score: Score | None) -> list[ScoreEvidence]:
    """The lines a person put beside a criterion, with what a page shows of them."""
    if score is None:
        return []
    rows = score.evidence.select_related("activity__reversal", "by").prefetch_related("activity__evidence")
    return list(rows.order_by("activity__happened_on", "pk"))


def linkable(assessment: Assessment, text: str, taken: Collection[int]) -> QuerySet[Activity]:
    """The counted lines of the unit in the window that may be put beside a criterion, newest first."""
    found = work.ledger(assessment.unit, window(assessment), text=text, standing=work.Standing.COUNTED)
    return found.exclude(pk__in=taken)


def lines_behind(assessment: Assessment, criterion: Criterion) -> QuerySet[Activity] | None:
    """The lines a computed score rests on; `None` where it is not computed, or from a round and no line."""
    if criterion.scoring != Scoring.COMPUTED or criterion.measure in ROUND_MEASURES:
        return None
    counted = window(assessment)
    if criterion.measure == CHANNELS:
        lines: QuerySet[Any] = work.ledger(assessment.unit, counted, standing=work.Standing.COUNTED)
        return lines.filter(kind__in=CHANNEL_KINDS, is_evidenced=True)
    return work.fact_lines(assessment.unit, criterion.measure, counted)


def round_behind(score: Score | None) -> SurveyRound | None:
    """The closed round of a survey that a score was taken from; `None` where it was not."""
    key = score.basis.get("round") if score is not None else None
    return SurveyRound.objects.select_related("version__survey").filter(pk=key).first() if key else None


def rounds_offered(assessment: Assessment) -> list[rounds.Said]:
    """The rounds that the unit closed in the window: whoever appraises may take the survey's points from one of them."""
    return rounds.closed_in(assessment.unit, window(assessment))


def methods_of(assessment: Assessment, *, beside: Criterion) -> set[str]:
    """The ways in which satisfaction is counted in an assessment, one criterion left out: those that its set computes it by, with a
    figure or without one yet, and those of the rounds whose points were taken."""
    named = assessment.index_set.criteria.filter(measure__in=ROUND_MEASURES).exclude(pk=beside.pk)
    taken = assessment.scores.exclude(criterion=beside).values_list("basis", flat=True)
    return {ROUND_MEASURES[one.measure].value for one in named} | rounds.methods_in(list(taken))


def missing_for_sending(assessment: Assessment) -> list[tuple[Criterion, str]]:
    """What must still be brought before the unit may send: (criterion, which of 'score', 'evidence', 'reversed')."""
    scores = {
        score.criterion_id: score
        for score in assessment.scores.prefetch_related(
            Prefetch("evidence", ScoreEvidence.objects.select_related("activity__reversal"))
        )
    }
    found = []
    for row in assessment.index_set.criteria.exclude(scoring__in=["", Scoring.SURVEY]).order_by("position"):
        score = scores.get(row.pk)
        if score is None or score.own is None:
            if row.scoring == Scoring.SELF:
                found.append((row, "score"))
        elif any(hasattr(one.activity, "reversal") for one in score.evidence.all()):
            found.append((row, "reversed"))
        elif (
            row.scoring in {Scoring.SELF, Scoring.BONUS}
            and score.own
            and not score.explanation
            and not score.evidence.all()
        ):
            found.append((row, "evidence"))
    return found


# --- years ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Year:
    """A year of a unit beside the one that is looked at; `why_not` when the two are not compared."""

    standing: Standing
    total: Decimal
    survey: str
    why_not: str


def years_of(assessment: Assessment, states: Collection[str]) -> list[Year]:
    """The unit's years that stand so, oldest first, this one among them; those of another set say why they are not
    compared."""
    found = [
        one
        for one in assessments_for([assessment.unit_id]).filter(state__in=states).order_by("year")
        if one.pk != assessment.pk
    ]
    every = standings(sorted([*found, assessment], key=lambda one: one.year))
    looked_at = next(one for one in every if one.assessment.pk == assessment.pk)
    rows = {one.index_set_id: None for one in found}
    criteria = {
        key: list(Criterion.objects.filter(index_set=key).order_by("position"))
        for key in {*rows, assessment.index_set_id}
        if len({one.assessment.index_set.digest for one in every}) > 1
    }
    return [
        Year(one, one.total.total, one.assessment.survey, _why_not(one, looked_at, criteria)) for one in every
    ]


def _why_not(beside: Standing, shown: Standing, criteria: dict[int, list[Criterion]]) -> str:
    one, looked_at = beside.assessment, shown.assessment
    if one.index_set.digest == looked_at.index_set.digest:
        names = (f"{one.year}", f"{looked_at.year}")
        return rules.why_not_by_method(names, (beside.survey_method, shown.survey_method))
    return rules.why_not_comparable(
        (f"{one.year}", f"{looked_at.year}"),
        (one.index_set.digest, looked_at.index_set.digest),
        differences(criteria[one.index_set_id], criteria[looked_at.index_set_id]),
    )
