"""Contests on the desk: their list, the draft, the steps to the leader and back."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.citizens.contests import actions, papers, permissions, queries
from dinhlang.citizens.contests.forms import ContestFilter, ContestForm
from dinhlang.citizens.contests.rules.states import State
from dinhlang.citizens.contests.views.seen import crumb, crumbs_of, managed_contest, seen_contest
from dinhlang.citizens.models import Contest
from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    asked_text,
    body_asked,
    page,
    posted,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
)
from dinhlang.org.views.managed import managed_body


def contest_list(request: HttpRequest) -> HttpResponse:
    """The contests of a body."""
    on = today()
    body, bodies = body_asked(request, on)
    form = ContestFilter(request.GET or None, units=bodies)
    found = queries.listed(body, words=asked_text(request), state=form.asked.get("state", ""))
    return page(
        request,
        "citizens/contests/list.html",
        _("Cuộc thi"),
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        page=slice_of(request, found),
        query=query_without_page(request),
        may_manage=permissions.can_manage(signed_in(request), body, on),
    )


def contest_new(request: HttpRequest) -> HttpResponse:
    """Begin a contest."""
    body = managed_body(request, today(), Permission.SURVEYS_MANAGE)
    form = ContestForm(posted(request)[0])
    if form.is_valid():
        try:
            made = actions.begin(unit=body, given=form.given(), by=signed_in(request), at=timezone.now())
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lập cuộc thi. Thêm các tuần thi rồi trình duyệt."))
            return redirect("contests:contest", made.pk)
    return page(
        request, "citizens/contests/edit.html", _("Lập cuộc thi"), crumbs=[crumb()], form=form, contest=None
    )


def contest_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write in a draft."""
    contest = managed_contest(request, pk)
    if contest.state != State.DRAFT:
        raise Http404
    form = ContestForm(posted(request)[0], initial=ContestForm.initial_of(contest))
    if form.is_valid():
        try:
            actions.edit(
                contest=contest,
                given=form.given(),
                seen=form.cleaned_data["seen"] or 0,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("contests:contest", pk)
    return page(
        request,
        "citizens/contests/edit.html",
        _("Sửa thể lệ"),
        crumbs=crumbs_of(contest),
        form=form,
        contest=contest,
    )


@never_cache
def contest_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One contest: rules, weeks, and what may be done."""
    contest, on, at = seen_contest(request, pk), today(), timezone.now()
    who = signed_in(request)
    weeks = list(contest.weeks.select_related("version__survey", "contest").order_by("number"))
    return page(
        request,
        "citizens/contests/contest.html",
        contest.title,
        crumbs=[crumb()],
        contest=contest,
        body_name=capfirst(org.title_of(contest.unit, on)),
        weeks=[
            (
                one,
                queries.state_words(one, at),
                one.sittings.filter(started_at__isnull=False).count(),
                queries.doubtful(one) if contest.state in (State.DRAFT, State.WAITING) else 0,
            )
            for one in weeks
        ],
        address=_address(request, contest),
        is_public=contest.state in (State.OPEN, State.CLOSED),
        seen=queries.digest_of(contest),
        may_manage=permissions.can_manage(who, contest.unit, on),
        may_approve=permissions.can_approve(who, contest.unit, on),
        is_own=contest.sent_by_id == who.pk,
    )


def _address(request: HttpRequest, contest: Contest) -> str:
    return request.build_absolute_uri(reverse("contest:contest", args=[contest.code]))


def contest_poster(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet with the code that everyone may scan, once the contest is approved."""
    contest = seen_contest(request, pk)
    if contest.state != State.OPEN:
        raise Http404
    return HttpResponse(
        papers.poster(contest, _address(request, contest), on=today()),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="ap-phich-{contest.code}.pdf"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@require_POST
def contest_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Send, take back, return, approve, stop."""
    contest = seen_contest(request, pk)
    by, at, asked = signed_in(request), timezone.now(), request.POST.get("do", "")
    reason = request.POST.get("reason", "")
    try:
        if asked == "send":
            actions.send(contest=contest, by=by, at=at)
            messages.success(request, _("Đã trình lãnh đạo duyệt."))
        elif asked == "take-back":
            actions.take_back(contest=contest, by=by, at=at)
            messages.success(request, _("Đã lấy lại để sửa."))
        elif asked == "return":
            actions.give_back(contest=contest, reason=reason, by=by, at=at)
            messages.success(request, _("Đã trả lại để sửa."))
        elif asked == "approve":
            actions.approve(contest=contest, seen=request.POST.get("seen", ""), by=by, at=at)
            messages.success(request, _("Đã duyệt. Thể lệ và mã cam kết bốc thăm đã công khai."))
        elif asked == "close":
            actions.close(contest=contest, reason=reason, by=by, at=at)
            messages.success(request, _("Đã dừng cuộc thi. Lý do hiện ở trang của cuộc thi."))
        else:
            raise Http404
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("contests:contest", pk)
