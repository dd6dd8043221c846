"""Contests as pages show them: what is open when, who stands where, which lots won. Nobody's telephone is in any of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.citizens.contests.queries.writing import bank_of
from dinhlang.citizens.contests.rules.figures import Figures, Sat, figures
from dinhlang.citizens.contests.rules.people import short_name
from dinhlang.citizens.contests.rules.states import State
from dinhlang.citizens.models import Contest, ContestAnswer, ContestDraw, ContestSitting, ContestWeek
from dinhlang.citizens.surveys.rules.marking import mark
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import folded_name

SHOWN_AFTERWARDS = timedelta(days=30)
"""So long after its last week a contest stands on the first page, for those who look for results."""


def by_code(code: str) -> Contest | None:
    """A contest that citizens may know of: approved, or stopped after that."""
    found = Contest.objects.select_related("unit").filter(state__in=[State.OPEN, State.CLOSED])
    return found.filter(code=code.lower()).first()


def for_everyone(unit_id: str, on: date) -> list[ContestWeek]:
    """The weeks of the approved contests of a unit that run, begin soon, or ended within a month; by contest, the newest first."""
    contests = Contest.objects.filter(
        unit=unit_id,
        state__in=[State.OPEN, State.CLOSED],
        weeks__closes_at__date__gte=on - SHOWN_AFTERWARDS,
    )
    found = ContestWeek.objects.filter(contest__in=contests).select_related("contest")
    return list(found.order_by("-contest_id", "number"))


def listed(unit: Unit, *, words: str = "", state: str = "") -> list[Contest]:
    """The contests of a unit, the newest first, with how many sat."""
    found: QuerySet[Contest] = Contest.objects.filter(unit=unit).annotate(
        sat=Count("weeks__sittings", filter=Q(weeks__sittings__started_at__isnull=False))
    )
    if state:
        found = found.filter(state=state)
    asked = folded_name(words).split()
    # A commune has some contests in its life: their titles are looked through here, without marks.
    return [
        one for one in found.order_by("-pk")[:500] if all(word in folded_name(one.title) for word in asked)
    ]


def ends_at(week: ContestWeek) -> datetime:
    """When a week ends: as it was written, or when the contest was stopped before."""
    stopped = week.contest.closed_at
    return week.closes_at if stopped is None else min(week.closes_at, stopped)


def is_open(week: ContestWeek, at: datetime) -> bool:
    """Whether somebody may begin."""
    return week.contest.state == State.OPEN and week.opens_at <= at < ends_at(week)


def state_words(week: ContestWeek, at: datetime) -> str:
    """How far a week is, in words."""
    if week.finished_at is not None:
        return _("Đã có kết quả")
    if week.contest.state == State.CLOSED and ends_at(week) <= week.opens_at:
        return _("Không tổ chức")
    if at < week.opens_at:
        return _("Chưa mở")
    return _("Đang mở") if is_open(week, at) else _("Đã đóng, chờ kết quả")


def unfinished(week: ContestWeek, at: datetime) -> datetime | None:
    """Until when somebody may still answer a question that was given out; None when nobody can."""
    waiting = ContestAnswer.objects.filter(sitting__week=week, answered_at=None, due_at__gt=at)
    return waiting.order_by("-due_at").values_list("due_at", flat=True).first()


def current_draw(week: ContestWeek) -> ContestDraw | None:
    """The draw that holds."""
    return week.draws.filter(replaced_at=None).order_by("-number").first()


@dataclass(frozen=True, slots=True)
class Place:
    """One row of a ranking, as everyone may read it."""

    rank: int
    code: str
    name: str
    hamlet: str
    points: int
    milliseconds: int
    guess: int | None

    @property
    def seconds(self) -> str:
        """The time that counts, '1:23,4' of minutes."""
        tenths = round(self.milliseconds / 100)
        minutes, rest = divmod(tenths, 600)
        return f"{minutes}:{rest // 10:02d},{rest % 10}"


def places(rows: Sequence[ContestSitting], *, at: datetime) -> list[Place]:
    """These sittings as the ranking shows them: a shortened name where somebody agreed to that, else the code alone."""
    titles = org.titles_of({one.hamlet_id for one in rows if one.hamlet_id}, localdate(at))
    made = []
    for one in rows:
        is_named = one.is_shown and not one.is_child and bool(one.name) and one.name.is_readable()
        made.append(
            Place(
                one.rank or 0,
                one.code,
                short_name(one.name.shown()) if is_named else "",
                titles.get(one.hamlet_id, "") if is_named and one.hamlet_id else "",
                one.points or 0,
                one.milliseconds or 0,
                one.guess,
            )
        )
    return made


def sittings(week: ContestWeek, *, words: str = "", only: str = "", at: datetime) -> QuerySet[ContestSitting]:
    """The sittings of a week in their ranks: those of a code, or whose shortened name and hamlet have the words, marks or none, where
    the ranking shows them; of these all, or only 'right', 'doubtful', 'excluded' ones."""
    rows = week.sittings.filter(started_at__isnull=False).select_related("hamlet")
    if words:
        asked = folded_name(words).split()
        shown = list(rows.filter(is_shown=True))
        found = [
            one.pk
            for one, place in zip(shown, places(shown, at=at), strict=True)
            if place.name
            and all(word in folded_name(f"{place.name} {place.hamlet} {one.code}") for word in asked)
        ]
        rows = rows.filter(Q(code__icontains="".join(words.split())) | Q(pk__in=found))
    if only == "right":
        rows = rows.filter(is_all_right=True)
    elif only == "doubtful":
        rows = rows.exclude(flags="")
    elif only == "excluded":
        rows = rows.filter(excluded_at__isnull=False)
    return rows.order_by(F("rank").asc(nulls_last=True), "code")


def winners(week: ContestWeek) -> list[ContestSitting]:
    """The sittings that were drawn, in the order of their lots."""
    found = current_draw(week)
    if found is None:
        return []
    rows = {one.code: one for one in week.sittings.filter(code__in=found.winners)}
    return [rows[code] for code in found.winners if code in rows]


def public_entries(week: ContestWeek) -> list[str]:
    """The codes lots are drawn of, in their order: those who answered everything rightly and were not excluded."""
    rows = week.sittings.filter(is_all_right=True, excluded_at=None)
    return list(rows.order_by("code").values_list("code", flat=True))


def figures_of(week: ContestWeek) -> tuple[Figures, dict[str, str]]:
    """How a week went, and the names of its hamlets. Sittings that were excluded stay counted: these people took part."""
    known = {one.id: one for one in bank_of(week)}
    void = {one["question"] for one in week.void}
    rows = list(week.sittings.filter(started_at__isnull=False).prefetch_related("answers"))
    sat = [
        Sat(
            one.hamlet_id or "",
            one.group,
            mark(
                [known[id_] for id_ in one.questions if id_ in known],
                {answer.question: answer.value for answer in one.answers.all() if not answer.is_late},
                void=void,
            ),
        )
        for one in rows
    ]
    names = org.titles_of({one.hamlet for one in sat if one.hamlet}, localdate(week.closes_at))
    return figures(sat), {"": _("Nơi khác"), **{key: capfirst(name) for key, name in names.items()}}
