"""Approving on the desk: where a report stands, sending, looking through, returning, the last word, a link."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.forms.links import LinkForm
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, posted, show_refusal, signed_in, today
from dinhlang.org.views.decision_links import say_revoked, shown_once
from dinhlang.reports import queries as reports
from dinhlang.reports import rules
from dinhlang.reports.approval import actions, forms, queries, told
from dinhlang.reports.approval.rules.stages import Deed
from dinhlang.reports.approval.views.shared import looked_at, paper_for
from dinhlang.reports.models import Report, ReportLink
from dinhlang.reports.views.found import crumbs_of, report_for


@never_cache
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the report stands, what is to be seen, and the steps that the person may take."""
    report = report_for(request, pk)
    if request.method == "POST":
        return _done(request, report)
    return _shown(request, report)


def _shown(
    request: HttpRequest, report: Report, returning: forms.ReturnForm | None = None, status: int = 200
) -> HttpResponse:
    on = today()
    person = signed_in(request)
    if report.status == Report.Status.ISSUED or reports.manuscript_of(report) is None:
        return page(
            request,
            "reports/approval/issued.html",
            _("Duyệt báo cáo"),
            crumbs=crumbs_of(report),
            report=report,
            steps=queries.steps_of(report),
        )
    standing = queries.standing_of(report, person, on)
    content = queries.content_now(report)
    return page(
        request,
        "reports/approval/approval.html",
        _("Duyệt báo cáo"),
        crumbs=crumbs_of(report),
        status=status,
        report=report,
        standing=standing,
        waits_for=told.names_of(standing.waits_for),
        sends_to_head=standing.may_send and standing.path.has_head and person not in standing.path.heads(on),
        noting=forms.NoteForm(),
        returning=returning or forms.ReturnForm(content=content),
        linking=LinkForm(people=standing.waits_for) if standing.may_link and standing.waits_for else None,
        links=report.links.filter(
            used_at=None, revoked_at=None, expires_at__gt=timezone.now()
        ).select_related("approver"),
        may_set=may(request, Permission.REPORT_ISSUE, report.unit, on),
        **looked_at(report, standing.stage, on),
        **paper_for(report, person if standing.may_approve else None, max(on, report.window_to)),
    )


def _done(request: HttpRequest, report: Report) -> HttpResponse:
    """One step, and what is said about it; a refusal shows the page again with the reason."""
    by, at = signed_in(request), timezone.now()
    seen, note = request.POST.get("seen", ""), request.POST.get("note", "")
    deed = request.POST.get("do", "")
    if deed == Deed.RETURN:
        return _returned(request, report, seen)
    todo: dict[str, tuple[Callable[[], Any], str]] = {
        Deed.SEND: (
            lambda: actions.send(report=report, note=note, by=by, at=at),
            _("Đã trình. Từ nay sửa một chữ thì phải trình lại."),
        ),
        Deed.PASS: (
            lambda: actions.pass_on(report=report, seen=seen, note=note, by=by, at=at),
            _("Đã trình người có thẩm quyền duyệt."),
        ),
        Deed.TAKE_BACK: (
            lambda: actions.take_back(report=report, by=by, at=at),
            _("Đã rút lại. Sửa xong thì trình lại."),
        ),
    }
    if deed not in todo:
        messages.error(request, _("Không rõ việc cần làm. Tải lại trang rồi bấm lại."))
        return redirect("reports:approval", report.pk)
    act, said = todo[deed]
    try:
        act()
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, said)
    return redirect("reports:approval", report.pk)


def _returned(request: HttpRequest, report: Report, seen: str) -> HttpResponse:
    form = forms.ReturnForm(request.POST, content=queries.content_now(report))
    if form.is_valid():
        try:
            actions.return_report(
                report=report,
                reason=form.cleaned_data["reason"],
                points=form.points,
                seen=seen,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã trả lại người soạn, kèm chỗ cần sửa."))
            return redirect("reports:approval", report.pk)
    return _shown(request, report, form, status=422)


@never_cache
@sensitive_post_parameters("passphrase")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The second question before the last act: the document with its number and signature; then it is issued."""
    report = report_for(request, pk)
    on, person = today(), signed_in(request)
    standing = queries.standing_of(report, person, on)
    if report.status == Report.Status.ISSUED or not standing.may_approve:
        messages.error(request, _("Báo cáo này không chờ bạn duyệt."))
        return redirect("reports:approval", pk)
    key = org.key_for(person, report.unit)
    form = forms.ApproveForm(posted(request)[0], has_key=key is not None, initial={"on": on})
    if request.method == "POST" and form.is_valid():
        try:
            issued = actions.approve(
                report=report, seen=request.POST.get("seen", ""), by=person, at=timezone.now(), **form.given
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, said_of(issued))
            return redirect("reports:report", issued.pk)
    return page(
        request,
        "reports/approval/approve.html",
        _("Xác nhận duyệt"),
        crumbs=[*crumbs_of(report), (reverse("reports:approval", args=[pk]), _("Duyệt báo cáo"))],
        report=report,
        form=form,
        key=key,
        seen=request.POST.get("seen") or queries.digest_now(report),
        **paper_for(report, person, on),
    )


def said_of(report: Report) -> str:
    """What is said when a report is issued."""
    return _("Đã duyệt và phát hành báo cáo số %(name)s.") % {
        "name": rules.printed_number_of(report.number or 0, report.symbol)
    }


@never_cache
@require_POST
def link_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link for one approver and show it, once."""
    report = report_for(request, pk)
    standing = queries.standing_of(report, signed_in(request), today())
    form = LinkForm(request.POST, people=standing.waits_for)
    if not form.is_valid():
        messages.error(request, _("Chọn người duyệt trong danh sách."))
        return redirect("reports:approval", pk)
    try:
        link, token = actions.make_link(
            report=report, approver=form.chosen, by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("reports:approval", pk)
    back = reverse("reports:approval", args=[pk])
    return shown_once(
        request,
        link,
        path=reverse("report-approval", args=[token]),
        text=_("Kính gửi %(person)s. Xin duyệt “%(about)s” trước %(until)s: %(address)s"),
        about=report.subject,
        title=_("Đường dẫn duyệt báo cáo"),
        crumbs=[*crumbs_of(report), (back, _("Duyệt báo cáo"))],
        back=back,
    )


@require_POST
def link_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a link worth nothing."""
    link = get_object_or_404(ReportLink.objects.select_related("report__unit"), pk=pk)
    report_for(request, link.report_id)
    say_revoked(request, partial(actions.revoke_link, link=link, by=signed_in(request), at=timezone.now()))
    return redirect("reports:approval", link.report_id)
