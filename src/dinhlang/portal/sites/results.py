"""What the page of results shows: the progress of open plans, what reports say, and in the demonstration what others
counted.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files

from django.db.models import F
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org import charts
from dinhlang.org import queries as org
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.portal.kept.recording import note
from dinhlang.portal.models import OpenPlan, Publication
from dinhlang.portal.papers.queries import open_plans
from dinhlang.portal.public import queries as public
from dinhlang.portal.public import wording
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.addresses import Addresses, absolute
from dinhlang.portal.sites.queries import ShownFigure, address_of, documents
from dinhlang.portal.sites.registry import SiteNow
from dinhlang.reports.comparison import Chart
from dinhlang.reports.index.scheme import told
from dinhlang.reports.index.showing import area_chart, main_areas
from dinhlang.reports.models import Assessment, Practice, ReportFigure
from dinhlang.reports.practices.queries import published_of
from dinhlang.vietnamese.numbers import printed
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.queries import PlanProgress, TaskProgress, progress_of
from dinhlang.work.rules import State

MOST_RESULTS = 6
MOST_PLANS = 2
MOST_PRACTICES = 12
# What people were asked, and how they answered: these stand by themselves.
SURVEYS = ("survey_answers", "survey_satisfied", "satisfaction")


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of the plan was done by the end of the report's window."""

    label: str
    done: int
    all: int


@dataclass(frozen=True, slots=True)
class Result:
    """What one published report says, figure by figure; `surveys` are those that people were asked."""

    period: str
    window: str
    number: str
    address: str
    figures: tuple[ShownFigure, ...]
    surveys: tuple[ShownFigure, ...]
    progress: Progress | None
    charts: tuple[Chart, ...]


def results(site: SiteNow) -> list[Result]:
    """What the newest published reports say: those that nothing replaced, newest period first. Two questions."""
    found = [one.publication for one, _address in documents(site)]
    replaced = {one.report.corrects_id for one in found}
    shown = [one for one in found if one.report_id not in replaced][:MOST_RESULTS]
    figures: dict[int, list[ReportFigure]] = defaultdict(list)
    reports = {one.report_id: one.report for one in shown}
    for figure in ReportFigure.objects.filter(report__in=reports).order_by("pk").defer("evidence"):
        figure.report = reports[figure.report_id]
        figures[figure.report_id].append(figure)
    return [_result(one, figures[one.report_id]) for one in shown]


def _result(publication: Publication, figures: Sequence[ReportFigure]) -> Result:
    report = publication.report
    note(f"report:{report.pk}")
    told = [
        (
            one.figure.concept in SURVEYS,
            ShownFigure(
                one.label, wording.value_of(one.figure), address_of(publication, "figure", one.figure.anchor)
            ),
        )
        for one in public.shown_once(figures)
        if one.is_of_the_period and one.figure.value is not None
    ]
    return Result(
        Period.parse(report.period).label,
        Window(report.window_from, report.window_to).label,
        public.number_of(report),
        address_of(publication),
        tuple(one for asked, one in told if not asked),
        tuple(one for asked, one in told if asked),
        _progress(figures),
        public.charts_of(publication),
    )


def _progress(figures: Sequence[ReportFigure]) -> Progress | None:
    values = {one.concept: one.value for one in figures if one.value is not None}
    planned, done = values.get("tasks_planned"), values.get("tasks_completed")
    if not planned or done is None:
        return None
    label = _("Kế hoạch: xong %(done)s trong %(all)s nhiệm vụ đến hạn") % {
        "done": int(done),
        "all": int(planned),
    }
    return Progress(label, int(done), int(planned))


@dataclass(frozen=True, slots=True)
class Earlier:
    """A unit that flowed into this one, and where its published results stand."""

    name: str
    until: date
    address: str


def earlier(site: SiteNow, on: date, language: str) -> list[Earlier]:
    """The units before this one that have a site, latest first. Their results stay theirs: what a ledger holds beside what
    was published is nobody's to sum up in public. One question for each step back."""
    note("sites")
    known = registry.now().by_unit
    before = [known[one] for one in org.predecessor_ids([site.unit_id], on) if one in known]
    found = [
        Earlier(one.name, one.ended_on, absolute(one, Addresses(one, language).results))
        for one in before
        if one.ended_on
    ]
    return sorted(found, key=lambda one: (-one.until.toordinal(), one.name))


# --- the reform index ---


@dataclass(frozen=True, slots=True)
class IndexShown:
    """A published result of the reform index, as it read when it was published. `rows` are (code, text, depth, points,
    maximum)."""

    year: int
    name: str
    basis: str
    is_sample: bool
    total: str
    maximum: str
    sentences: tuple[str, ...]
    chart: Chart | None
    rows: tuple[tuple[str, str, int, str, str], ...]


def indexes(site: SiteNow) -> list[IndexShown]:
    """The unit's published results, newest year first. One question."""
    note(f"index:{site.unit_id}")
    found = Assessment.objects.filter(unit=site.unit_id, state=Assessment.State.PUBLISHED).order_by("-year")
    return [_index(one) for one in found[:MOST_RESULTS]]


def _index(one: Assessment) -> IndexShown:
    told_of = one.result
    rows = told_of["rows"]
    areas = main_areas(
        (
            row["depth"],
            row["scoring"],
            (
                row["code"],
                row["text"],
                Decimal(row["maximum"]),
                None if row["points"] is None else Decimal(row["points"]),
            ),
        )
        for row in rows
    )
    return IndexShown(
        one.year,
        told_of["set"],
        told_of["basis"],
        told_of["is_sample"],
        told(Decimal(told_of["total"])),
        told(Decimal(told_of["maximum"])),
        tuple(told_of["sentences"]),
        area_chart(areas, name=f"index-{one.pk}"),
        tuple(
            (
                row["code"],
                row["text"],
                row["depth"],
                "…" if row["points"] is None else told(Decimal(row["points"])),
                told(Decimal(row["maximum"])),
            )
            for row in rows
        ),
    )


# --- good models ---


def practices(site: SiteNow) -> list[Practice]:
    """The good models and commendations that the unit opened to all, newest first; none whose line was reversed. One question."""
    note(f"practices:{site.unit_id}")
    shown = published_of(site.unit_id)[:MOST_PRACTICES]
    for one in shown:
        note(f"line:{one.activity_id}")
    return list(shown)


# --- plans ----------------------------------------------------------------------------------------

DONE, UNDER_WAY, LATE, AHEAD = "done", "under-way", "late", "ahead"
STANDING = {
    DONE: gettext_lazy("Đạt tiến độ"),
    UNDER_WAY: gettext_lazy("Đang thực hiện"),
    LATE: gettext_lazy("Quá hạn"),
    AHEAD: gettext_lazy("Chưa đến kỳ"),
}


@dataclass(frozen=True, slots=True)
class PlanShown:
    """An open plan with how far it is today. `tasks` are (ordinal, text, schedule, standing, lines with evidence)."""

    subject: str
    number: str
    address: str
    on: date
    progress: Progress
    tasks: tuple[tuple[str, str, str, str, int], ...]
    chart: Chart


def plans(site: SiteNow, on: date, language: str) -> list[PlanShown]:
    """The newest open plans whose progress may be seen. One that was amended since it was opened is not told of.

    Four questions, however many there are.
    """
    to = Addresses(site, language)
    shown = list(
        open_plans(site)
        .filter(shows_progress=True, version=F("plan__version"))
        .select_related("plan")
        .defer("document", "plan__document")[:MOST_PLANS]
    )
    note(f"documents:{site.pk}", *(f"progress:{one.plan_id}" for one in shown))
    if not shown:
        return []
    progress = progress_of([one.plan for one in shown], on)
    return [_plan(one, progress[one.plan_id], to) for one in shown]


def standing_of(task: TaskProgress) -> str:
    """Where a task stands, as everyone is told."""
    if task.is_completed:
        return DONE
    if task.count(State.LATE):
        return LATE
    return AHEAD if task.is_completed is None else UNDER_WAY


def _plan(opened: OpenPlan, progress: PlanProgress, to: Addresses) -> PlanShown:
    standing = [standing_of(one) for one in progress.tasks]
    label = _("Đạt tiến độ %(done)s trong %(all)s nhiệm vụ đã đến kỳ") % {
        "done": progress.completed,
        "all": progress.begun,
    }
    return PlanShown(
        opened.subject,
        opened.number,
        to.plan(opened.slug),
        progress.on,
        Progress(label, progress.completed, progress.begun),
        tuple(
            (
                one.task.ordinal,
                one.task.text,
                one.task.schedule_text,
                str(STANDING[where]),
                one.evidenced_lines,
            )
            for one, where in zip(progress.tasks, standing, strict=True)
        ),
        _tasks_chart(opened, label, standing),
    )


def _tasks_chart(opened: OpenPlan, sentence: str, standing: Sequence[str]) -> Chart:
    title = _("Nhiệm vụ theo tình hình thực hiện")
    counted = [(str(words), standing.count(where)) for where, words in STANDING.items()]
    drawn = charts.bars(
        title, sentence, [charts.Bar(words, count) for words, count in counted], name=f"plan-{opened.plan_id}"
    )
    return Chart(
        sentence,
        mark_safe(drawn),  # noqa: S308 - our own drawing, which escapes what stands in it
        (_("Tình hình"), _("Số nhiệm vụ")),
        tuple((words, str(count)) for words, count in counted),
        title,
    )


# --- what others counted --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Count:
    """What a real commune counted: the value in words, and the document and the place in it that say so.

    `concept` is one of the ledger's, '' where it has none; `measure` is what `value` counts; `exactness` stands before it.
    """

    unit: str
    label: str
    concept: str
    what: str
    value: int
    measure: str
    exactness: str
    words: str
    period: Period
    document: str
    place: str
    line: int


@cache
def seed_counts() -> tuple[Count, ...]:
    """The counts of four real communes, as their documents state them."""
    told = tomllib.loads((files("dinhlang.portal") / "data" / "seed_counts.toml").read_text("utf-8"))
    return tuple(_count(one) for one in told["counts"])


def _count(one: dict[str, str | int]) -> Count:
    concept = CONCEPTS.get(str(one.get("concept", "")))
    measure = concept.unit if concept else str(one["measure"])
    value = int(one["value"])
    exactness = str(one.get("exactness", ""))
    words = f"{exactness} {printed(value)} {measure}".strip()
    return Count(
        str(one["unit"]),
        str(one["label"]),
        concept.id if concept else "",
        concept.label if concept else str(one["what"]),
        value,
        measure,
        exactness,
        words,
        Period.parse(str(one["period"])),
        str(one["document"]),
        str(one["place"]),
        int(one["line"]),
    )


def seed_chart() -> Chart:
    """The communes' articles side by side."""
    told = [one for one in seed_counts() if one.concept == "articles"]
    title = _("Tin, bài về cải cách hành chính ở một số xã có thật")
    sentence = _("Nhiều nhất là %(label)s với %(words)s.") % {
        "label": max(told, key=lambda one: one.value).label,
        "words": max(told, key=lambda one: one.value).words,
    }
    drawn = charts.bars(title, sentence, [charts.Bar(one.label, one.value) for one in told], name="seeds")
    return Chart(
        sentence,
        mark_safe(drawn),  # noqa: S308 - our own drawing
        (_("Xã, kỳ"), _("Tin, bài")),
        tuple((one.label, printed(one.value)) for one in told),
        title,
    )
