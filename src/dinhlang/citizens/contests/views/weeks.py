"""Weeks on the desk: written, finished, questions void, lots drawn; who sat, who won, the table."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.citizens.contests import actions, permissions, queries
from dinhlang.citizens.contests.forms import DrawForm, SittingFilter, VoidForm, WeekForm
from dinhlang.citizens.contests.rules.people import Group
from dinhlang.citizens.contests.rules.states import State
from dinhlang.citizens.contests.views.seen import (
    crumbs_of,
    crumbs_of_week,
    managed_contest,
    managed_week,
    seen_week,
)
from dinhlang.citizens.models import Contest, ContestSitting, ContestWeek
from dinhlang.citizens.rules.kinds import doubts_of
from dinhlang.citizens.surveys.rules.citing import doubts
from dinhlang.citizens.surveys.rules.marking import right_options
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.rules import Refused
from dinhlang.org.views import (
    asked_text,
    looking_of,
    page,
    posted,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
)


def week_new(request: HttpRequest, pk: int) -> HttpResponse:
    """A week more."""
    contest = managed_contest(request, pk)
    if contest.state != State.DRAFT:
        raise Http404
    return _write(request, contest, None)


def week_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A week of a draft."""
    week = managed_week(request, pk)
    if week.contest.state != State.DRAFT:
        raise Http404
    return _write(request, week.contest, week)


def _write(request: HttpRequest, contest: Contest, week: ContestWeek | None) -> HttpResponse:
    initial = WeekForm.initial_of(week) if week is not None else {}
    banks = queries.banks(contest.unit)
    form = WeekForm(posted(request)[0], banks=banks, initial=initial)
    if form.is_valid():
        try:
            actions.write_week(
                contest=contest,
                version=form.bank,
                given=form.given(),
                week=week,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu tuần thi."))
            return redirect("contests:contest", contest.pk)
    return page(
        request,
        "citizens/contests/week_edit.html",
        _("Sửa tuần %s") % week.number if week is not None else _("Thêm tuần thi"),
        crumbs=crumbs_of(contest),
        contest=contest,
        week=week,
        banks=banks,
        form=form,
    )


@require_POST
def week_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a week out."""
    week = managed_week(request, pk)
    contest = week.contest_id
    try:
        actions.drop_week(week=week, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã bỏ tuần thi."))
    return redirect("contests:contest", contest)


@never_cache
def week_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a week is, its questions, its figures, and what may be done."""
    return _detail(request, seen_week(request, pk))


def _detail(request: HttpRequest, week: ContestWeek, void: VoidForm | None = None) -> HttpResponse:
    on, at, who = today(), timezone.now(), signed_in(request)
    may_manage = permissions.can_manage(who, week.contest.unit, on)
    bank = queries.bank_of(week)
    said = {one["question"]: one["why"] for one in week.void}
    found, names = queries.figures_of(week) if week.finished_at else (None, {})
    groups = dict(Group.choices)
    return page(
        request,
        "citizens/contests/week.html",
        _("%(contest)s, tuần %(week)s") % {"contest": week.contest.title, "week": week.number},
        crumbs=crumbs_of(week.contest),
        week=week,
        contest=week.contest,
        state=queries.state_words(week, at),
        sat=week.sittings.filter(started_at__isnull=False).count(),
        is_over=week.contest.state != State.DRAFT and at >= queries.ends_at(week),
        # Right answers are for those who write the questions and for the leader who approves them.
        questions=[
            (one, right_options(one), said.get(one.id), doubts(one, localdate(week.opens_at))) for one in bank
        ]
        if may_manage or permissions.can_approve(who, week.contest.unit, on)
        else [],
        found=found,
        by_hamlet=[(names.get(one.key, one.key), one.count) for one in found.by_hamlet] if found else [],
        by_group=[(groups.get(one.key, one.key), one.count) for one in found.by_group] if found else [],
        draws=week.draws.order_by("-number"),
        held=queries.current_draw(week),
        ranked=queries.places(
            list(week.sittings.filter(rank__isnull=False).order_by("rank", "code")[:10]), at=at
        ),
        results=request.build_absolute_uri(reverse("contest:results", args=[week.contest.code, week.number])),
        may_manage=may_manage,
        void_form=void or VoidForm(questions=[one for one in bank if one.id not in said], prefix="huy"),
        draw_form=DrawForm(prefix="tham"),
        kinds=tables.KINDS,
    )


@require_POST
def week_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Finish, declare a question void, draw lots."""
    week = seen_week(request, pk)
    by, at, asked = signed_in(request), timezone.now(), request.POST.get("do", "")
    form: Form | None = None
    try:
        if asked == "finish":
            actions.finish(week=week, by=by, at=at)
            messages.success(request, _("Đã chốt tuần thi. Kết quả và đáp án đã công khai."))
        elif asked == "void":
            form = VoidForm(request.POST, questions=list(queries.bank_of(week)), prefix="huy")
            if not form.is_valid():
                return _detail(request, week, form)
            actions.void_question(week=week, by=by, at=at, **form.cleaned_data)
            messages.success(request, _("Đã hủy câu hỏi. Mọi bài có câu này được tính lại."))
        elif asked == "draw":
            form = DrawForm(request.POST, prefix="tham")
            value = form.cleaned_data["public_value"] if form.is_valid() else ""
            actions.draw_lots(week=week, public_value=value, by=by, at=at)
            messages.success(request, _("Đã bốc thăm. Hạt giống và danh sách đã công khai."))
        else:
            raise Http404
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect("contests:week", pk)


# --- Those who sat -------------------------------------------------------------------------------------------------


@never_cache
def sittings(request: HttpRequest, pk: int) -> HttpResponse:
    """Every sitting of a week with its code; names only where the ranking shows them."""
    week = managed_week(request, pk)
    form = SittingFilter(request.GET or None)
    found = slice_of(request, _asked(request, week, form))
    places = queries.places(list(found), at=timezone.now())
    return page(
        request,
        "citizens/contests/sittings.html",
        _("Bài thi tuần %s") % week.number,
        crumbs=crumbs_of_week(week),
        week=week,
        form=form,
        page=found,
        rows=[(one, place, doubts_of(one.flags)) for one, place in zip(found, places, strict=True)],
        query=query_without_page(request),
        kinds=tables.KINDS,
    )


def _asked(request: HttpRequest, week: ContestWeek, form: SittingFilter) -> QuerySet[ContestSitting]:
    return queries.sittings(
        week, words=asked_text(request), only=form.asked.get("only", ""), at=timezone.now()
    )


@require_POST
def sitting_exclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a sitting out of ranking and lots."""
    found = ContestSitting.objects.filter(week__contest__unit__in=looking_of(request).readable_ids)
    sitting = get_object_or_404(found.select_related("week__contest__unit"), pk=pk)
    try:
        actions.exclude(
            sitting=sitting, reason=request.POST.get("reason", ""), by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã loại bài thi. Lý do hiện ở trang kết quả."))
    return redirect("contests:sittings", sitting.week_id)


@never_cache
def winners(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was drawn, with their telephone, to be told; that somebody looked is noted."""
    week = managed_week(request, pk)
    found = actions.read_phones(week=week, by=signed_in(request), at=timezone.now())
    titles = org.titles_of({one.hamlet_id for one in found if one.hamlet_id}, today())
    return page(
        request,
        "citizens/contests/winners.html",
        _("Người trúng giải bốc thăm tuần %s") % week.number,
        crumbs=crumbs_of_week(week),
        week=week,
        rows=[
            (
                one.code,
                one.name.shown(),
                one.phone.shown(),
                capfirst(titles.get(one.hamlet_id or "", "")),
                one.guardian.shown(),
            )
            for one in found
        ],
    )


@require_POST
def week_export(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The ranking as a table, as far as the filter asks for it and as everyone may read it, with what the organisers need to look
    at; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    week = managed_week(request, pk)
    rows = _asked(request, week, SittingFilter(request.GET or None))
    actions.export_results(week=week, form=form, rows=rows.count(), by=signed_in(request), at=timezone.now())
    header = [
        _("Hạng"),
        _("Mã bài thi"),
        _("Tên viết tắt"),
        _("Thôn"),
        _("Đối tượng"),
        _("Điểm"),
        _("Số câu đúng"),
        _("Dự đoán"),
        _("Thời gian (giây)"),
        _("Số lần thời gian thường"),
        _("Điều cần xem"),
        _("Lý do loại"),
    ]
    name = f"cuoc-thi-{week.contest.code}-tuan-{week.number}"
    return tables.download(name, form, header, _cells(rows))


def _cells(rows: QuerySet[ContestSitting]) -> Iterator[tables.Row]:
    held = list(rows)
    groups = dict(Group.choices)
    for one, place in zip(held, queries.places(held, at=timezone.now()), strict=True):
        yield [
            one.rank if one.rank is not None else "",
            one.code,
            place.name,
            capfirst(place.hamlet),
            str(groups.get(one.group, "")),
            one.points if one.points is not None else "",
            one.right if one.right is not None else "",
            one.guess if one.guess is not None else "",
            round((one.milliseconds or 0) / 1000, 1),
            one.pace,
            "; ".join(str(doubt.label) for doubt in doubts_of(one.flags)),
            one.excluded_why,
        ]
