"""Joining a week, and the sitting itself: every step is a form that was sent, every page can be fetched again without harm."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.citizens.contests import actions, queries
from dinhlang.citizens.contests.actions import AlreadySat
from dinhlang.citizens.contests.queries import Step
from dinhlang.citizens.contests.rules import weeks
from dinhlang.citizens.contests.rules.states import State
from dinhlang.citizens.contests.rules.timing import Timing
from dinhlang.citizens.contests.rules.weeks import NotNow
from dinhlang.citizens.models import ContestSitting, ContestWeek
from dinhlang.citizens.surveys.asking import asked
from dinhlang.citizens.surveys.rules.definition import Definition
from dinhlang.citizens.surveys.rules.marking import mark, right_options, without_answers
from dinhlang.org.rules import Refused
from dinhlang.org.views import show_refusal, today
from dinhlang.portal.contests.forms import JoinForm
from dinhlang.portal.contests.shown import cookie_of, crumbs_of, missing, page, told, unlisted, week_of
from dinhlang.portal.voices import guards, limits
from dinhlang.portal.voices.guards import Ticket
from dinhlang.portal.voices.sending import hamlets_of


@unlisted
def join(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The form, and what was sent with it. Sent twice it is one sitting, and leads to the same place."""
    week = week_of(code, number)
    if week is None:
        return missing(request)
    at = timezone.now()
    try:
        weeks.check_takes(
            week.opens_at, queries.ends_at(week), is_open=week.contest.state == State.OPEN, at=at
        )
    except NotNow as reason:
        return told(request, week.contest, _("Vào thi tuần %s") % week.number, str(reason))
    hamlets = hamlets_of(week.contest.unit_id, today())
    if request.method != "POST":
        return _form(request, week, JoinForm(hamlets=hamlets), guards.new_ticket(at))
    form = JoinForm(request.POST, hamlets=hamlets)
    ticket = guards.ticket_of(form, at)
    if not form.is_valid():
        return _form(request, week, form, ticket)
    return _joined(request, week, form, ticket, [pk for pk, _name in hamlets], at)


def _joined(
    request: HttpRequest, week: ContestWeek, form: JoinForm, ticket: Ticket, hamlets: list[str], at: datetime
) -> HttpResponse:
    given = form.cleaned_data
    flags = guards.flags_of(
        ticket, trap=given["website"], payload=given["altcha"], answer=given["answer"], at=at
    )
    if not limits.may_send(request, is_doubtful=bool(flags)):
        form.add_error(
            None,
            _(
                "Có nhiều người đăng ký từ mạng này trong một giờ qua. Đợi một giờ rồi gửi lại; những gì bạn ghi vẫn còn ở dưới."
            ),
        )
        return _form(request, week, form, ticket, status=429)
    try:
        actions.join(
            week=week,
            given=form.person,
            key=ticket.key,
            hamlets=hamlets,
            flags=[one.value for one in flags],
            at=at,
        )
    except AlreadySat as reason:
        form.add_error("phone", str(reason))
        return _form(request, week, form, ticket, status=409)
    except Refused as reason:
        show_refusal(form, reason)
        return _form(request, week, form, ticket)
    there = reverse("contest:sitting", args=[ticket.key])
    answer = HttpResponseRedirect(there)
    answer.set_cookie(
        cookie_of(week),
        ticket.key,
        max_age=int((week.closes_at - at).total_seconds()) + 86_400,
        path=reverse("contest:contest", args=[week.contest.code]),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return answer


def _form(
    request: HttpRequest, week: ContestWeek, form: JoinForm, ticket: Ticket, *, status: int = 200
) -> HttpResponse:
    one, other = ticket.question
    contest = week.contest
    return page(
        request,
        contest,
        "join.html",
        _("Vào thi tuần %s") % week.number,
        crumbs=crumbs_of(contest),
        status=status,
        form=form,
        week=week,
        count=week.drawn or len(queries.bank_of(week)),
        is_whole=contest.timing == Timing.SITTING,
        ticket=ticket,
        written=ticket.written(),
        question=(guards.in_words(one), guards.in_words(other)),
    )


# --- The sitting ---------------------------------------------------------------------------------------------------


@unlisted
def sit(request: HttpRequest, key: str) -> HttpResponse:
    """Where somebody is; a form gives out the next question or takes an answer, and leads back here."""
    sitting = queries.sitting_by_key(key)
    if sitting is None:
        return missing(request)
    at = timezone.now()
    if request.method == "POST":
        return _step(request, sitting, at)
    return _shown(request, sitting, at)


def _step(request: HttpRequest, sitting: ContestSitting, at: datetime) -> HttpResponse:
    typed = request.POST.get("place", "")
    place = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    try:
        if request.POST.get("do") == "answer":
            actions.answer(sitting=sitting, place=place, sent=request.POST.getlist("chon")[:30], at=at)
        actions.go_on(sitting=sitting, after=place, at=at)
    except NotNow:
        # The week ended meanwhile: the page says so.
        pass
    except Refused as reason:
        return _shown(request, sitting, at, said=str(reason))
    return HttpResponseRedirect(request.path)


def _shown(request: HttpRequest, sitting: ContestSitting, at: datetime, said: str = "") -> HttpResponse:
    week = sitting.week
    contest = week.contest
    now = queries.standing(sitting, at)
    is_whole = contest.timing == Timing.SITTING
    more: dict[str, Any] = {
        "sitting": sitting,
        "week": week,
        "now": now,
        "is_whole": is_whole,
        "seconds": contest.seconds * sitting.pace,
        "said": said,
    }
    if now.step is Step.ASKED and now.question is not None and now.row is not None:
        shown = Definition("", questions=(without_answers(now.question),))
        [question] = asked(shown)
        title = _("Câu %(place)s trên %(of)s") % {"place": now.place, "of": now.of}
        more |= {"one": question, "due": now.row.due_at}
        return page(request, contest, "asked.html", title, status=422 if said else 200, **more)
    titles = {
        Step.READY: _("Sẵn sàng vào thi"),
        Step.BETWEEN: _("Sang câu tiếp theo"),
        Step.OVER: _("Bạn đã thi xong") if sitting.started_at else _("Tuần thi đã đóng"),
    }
    if now.step is Step.OVER and week.finished_at is not None:
        more["marked"] = _marked(sitting)
    more["last_late"] = now.row is not None and (now.row.is_late or now.row.answered_at is None)
    return page(request, contest, f"{now.step}.html", titles[now.step], crumbs=crumbs_of(contest), **more)


def _marked(sitting: ContestSitting) -> list[tuple[str, str, list[tuple[str, bool, bool]], str]]:
    """Each question with what was chosen, what is right and why, once that is told."""
    void = {one["question"] for one in sitting.week.void}
    given = {one.question: one for one in sitting.answers.all()}
    values = {key: one.value for key, one in given.items() if not one.is_late}
    rows = []
    for row in mark(queries.questions_of(sitting), values, void=void).rows:
        held = values.get(row.question.id)
        chosen = held if isinstance(held, list) else [held]
        right = right_options(row.question)
        options = [(one.text, one.id in chosen, one.id in right) for one in row.question.options]
        rows.append((row.question.text, str(row.outcome), options, row.question.explanation))
    return rows
