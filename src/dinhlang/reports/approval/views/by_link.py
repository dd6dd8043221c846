"""The other side of a link: whoever holds it reads the exact document, and decides once, after a second question."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from dinhlang.officialdoc import write
from dinhlang.org import queries as org
from dinhlang.org.rules import Refused
from dinhlang.org.views import show_refusal, today
from dinhlang.org.views.decision_links import (
    WorthNothing,
    held_here,
    hold_here,
    known_reader,
    nothing,
    opened,
)
from dinhlang.reports import render as files
from dinhlang.reports import rules
from dinhlang.reports.approval import actions, forms, queries
from dinhlang.reports.approval.paper import as_signed
from dinhlang.reports.approval.rules.stages import Deed, Stage
from dinhlang.reports.approval.views.shared import looked_at, paper_for
from dinhlang.reports.models import Report, ReportLink

_LINKS = ReportLink.objects.select_related("approver", "made_by", "report__unit", "report__corrects")
CONFIRM = "confirm"


@never_cache
@sensitive_post_parameters("passphrase")
def decide(request: HttpRequest, token: str) -> HttpResponse:
    """Read, then approve or return. A look alone uses nothing: chats open links by themselves."""
    try:
        link: ReportLink = opened(request, _LINKS.all(), token)
    except WorthNothing as gone:
        return gone.answer
    if _has_changed(link):
        return nothing(request, _("Báo cáo đã thay đổi sau khi lập đường dẫn."))
    if request.method != "POST":
        return _read(request, link, token)
    try:
        device = hold_here(request, link)
    except Refused as reason:
        return _read(request, link, token, error=str(reason))
    answer = {
        Deed.RETURN.value: _return,
        Deed.APPROVE.value: _approve,
        CONFIRM: _confirm,
    }.get(request.POST.get("do", ""), _read)(request, link, token)
    return held_here(answer, request, link, device)


def _has_changed(link: ReportLink) -> bool:
    approval = queries.approval_of(link.report)
    return (
        link.report.status == Report.Status.ISSUED
        or queries.stage_of(approval) is not Stage.APPROVER
        or queries.digest_now(link.report) != link.digest
    )


def _read(
    request: HttpRequest,
    link: ReportLink,
    token: str,
    error: str = "",
    returning: forms.ReturnForm | None = None,
) -> HttpResponse:
    report, on = link.report, today()
    return _page(
        request,
        "reports/approval/decide.html",
        _("Duyệt báo cáo"),
        link,
        token,
        error=error,
        returning=returning or forms.ReturnForm(content=queries.content_now(report)),
        **looked_at(report, Stage.APPROVER, on),
        **paper_for(report, link.approver, on),
    )


def _confirm(
    request: HttpRequest, link: ReportLink, token: str, form: forms.ApproveForm | None = None
) -> HttpResponse:
    """The second question: number, day and signature as they will be."""
    on = today()
    key = org.key_for(link.approver, link.report.unit)
    return _page(
        request,
        "reports/approval/confirm.html",
        _("Xác nhận duyệt"),
        link,
        token,
        error="",
        key=key,
        form=form or forms.ApproveForm(has_key=key is not None, initial={"on": on}),
        **paper_for(link.report, link.approver, on),
    )


def _approve(request: HttpRequest, link: ReportLink, token: str) -> HttpResponse:
    key = org.key_for(link.approver, link.report.unit)
    form = forms.ApproveForm(request.POST, has_key=key is not None)
    if form.is_valid():
        try:
            issued = actions.approve_by_link(
                link=link, signed_in=known_reader(request), at=timezone.now(), **form.given
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            name = rules.printed_number_of(issued.number or 0, issued.symbol)
            return _said(request, _("Đã duyệt"), _("Báo cáo đã phát hành với số %(name)s.") % {"name": name})
    return _confirm(request, link, token, form)


def _return(request: HttpRequest, link: ReportLink, token: str) -> HttpResponse:
    form = forms.ReturnForm(request.POST, content=queries.content_now(link.report))
    if form.is_valid():
        try:
            actions.return_by_link(
                link=link,
                reason=form.cleaned_data["reason"],
                points=form.points,
                signed_in=known_reader(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return _said(request, _("Đã trả lại"), _("Báo cáo đã về người soạn, kèm ý kiến của bạn."))
    return _read(request, link, token, returning=form)


def _said(request: HttpRequest, title: str, said: str) -> HttpResponse:
    return render(request, "reports/approval/decided.html", {"title": title, "said": said})


def _page(
    request: HttpRequest, template: str, title: str, link: ReportLink, token: str, **context: Any
) -> HttpResponse:
    wrong = bool(context["error"]) or request.POST.get("do") in {Deed.RETURN, Deed.APPROVE}
    return render(
        request,
        template,
        {
            "title": title,
            "link": link,
            "token": token,
            "report": link.report,
            "unit": capfirst(org.title_of(link.report.unit, today())),
            **context,
        },
        status=409 if wrong else 200,
    )


@never_cache
def paper_file(request: HttpRequest, token: str) -> HttpResponse:
    """The document as a PDF file, as it will be issued but for the signature, as long as the link is open."""
    try:
        link: ReportLink = opened(request, _LINKS.all(), token)
    except WorthNothing:
        raise Http404 from None
    if _has_changed(link):
        raise Http404
    signature = org.signature_for(link.approver, link.report.unit, link.report.programme, today())
    return HttpResponse(
        write.pdf(as_signed(link.report, signature, today())),
        content_type=files.PDF,
        headers={"Content-Disposition": f'inline; filename="du-thao-{link.report_id}.pdf"'},
    )
