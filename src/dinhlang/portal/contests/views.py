"""The page of a contest, and a trial question that counts for nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.citizens.contests import queries
from dinhlang.citizens.contests.rules.timing import Timing
from dinhlang.citizens.models import Contest, ContestWeek
from dinhlang.citizens.surveys.asking import asked
from dinhlang.citizens.surveys.rules.definition import Definition, Kind, Option, Purpose, Question
from dinhlang.citizens.surveys.rules.marking import Outcome, mark, without_answers
from dinhlang.portal.contests.shown import cookie_of, crumbs_of, missing, page, unlisted
from dinhlang.portal.voices import guards

_USUAL_TRIAL = 45


@unlisted
def contest(request: HttpRequest, code: str) -> HttpResponse:
    """Rules, prizes, weeks: where to take part and where results are."""
    found = queries.by_code(code)
    if found is None:
        return missing(request)
    at = timezone.now()
    weeks = list(found.weeks.select_related("contest").order_by("number"))
    return page(
        request,
        found,
        "contest.html",
        found.title,
        description=_("Thể lệ, giải thưởng, vào thi và kết quả."),
        weeks=[
            (one, queries.state_words(one, at), queries.is_open(one, at), _begun(request, one))
            for one in weeks
        ],
        stopped=found.closed_at,
    )


def _begun(request: HttpRequest, week: ContestWeek) -> str:
    """The address of what this device has begun."""
    key = request.COOKIES.get(cookie_of(week), "")
    sitting = queries.sitting_by_key(key) if key else None
    return (
        reverse("contest:sitting", args=[key]) if sitting is not None and sitting.week_id == week.pk else ""
    )


def _question() -> Question:
    return Question(
        "thu",
        Kind.SINGLE,
        _("Một năm có mấy quý?"),
        options=(
            Option("a", _("Ba quý")),
            Option("b", _("Bốn quý"), correct=True),
            Option("c", _("Sáu quý")),
        ),
    )


@unlisted
def trial(request: HttpRequest, code: str) -> HttpResponse:
    """One question as they are asked, to see how it goes. Nothing is kept."""
    found = queries.by_code(code)
    if found is None:
        return missing(request)
    at = timezone.now()
    question = _question()
    outcome: Outcome | None = None
    used = 0.0
    if request.method == "POST":
        ticket = guards.read_ticket(request.POST.get("ticket", ""), at)
        used = max(0.0, (at - ticket.issued_at).total_seconds()) if ticket else 0.0
        outcome = mark([question], {"thu": request.POST.getlist("thu")[:3]}).rows[0].outcome
    shown = Definition("", Purpose.CONTEST, questions=(without_answers(question),))
    return page(
        request,
        found,
        "trial.html",
        _("Thi thử một câu"),
        crumbs=crumbs_of(found),
        asked=asked(shown),
        ticket=guards.new_ticket(at).written(),
        left=seconds_of(found),
        outcome=outcome,
        used=int(used),
        is_late=used > seconds_of(found) + found.grace_seconds,
    )


def seconds_of(contest: Contest) -> int:
    """The time of the trial: that of a question, where questions have one."""
    return contest.seconds if contest.timing == Timing.QUESTION else _USUAL_TRIAL
