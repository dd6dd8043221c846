"""What a consolidated report counts: versions of the units, what moved since, proposals, joint events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, signed_in, today
from dinhlang.reports.consolidation import actions
from dinhlang.reports.consolidation.drift import drift
from dinhlang.reports.consolidation.past import outliers
from dinhlang.reports.consolidation.pinning import consolidation_of
from dinhlang.reports.consolidation.proposing import groups_of
from dinhlang.reports.consolidation.rules import name_of
from dinhlang.reports.consolidation.taking import kept
from dinhlang.reports.consolidation.views.table import events_of
from dinhlang.reports.consolidation.words import unusual_in_words
from dinhlang.reports.models import Report
from dinhlang.reports.views.found import crumbs_of, report_for


def consolidated(request: HttpRequest, pk: int) -> HttpResponse:
    """What the report counts, unit by unit, and what a person may decide about it."""
    report = report_for(request, pk)
    pinned = consolidation_of(report)
    if pinned is None:
        raise Http404
    taken = kept(pinned)
    is_draft = report.status == Report.Status.DRAFT
    return page(
        request,
        "reports/consolidation/consolidated.html",
        _("Báo cáo đã tổng hợp"),
        crumbs=crumbs_of(report),
        report=report,
        pinned=pinned,
        taken=taken,
        is_draft=is_draft,
        drift=drift(report),
        children=[
            (
                capfirst(taken.names[unit]),
                taken.submissions[unit],
                taken.names.get(taken.coverage.passed.get(unit, "")),
            )
            for unit in taken.order
            if unit in taken.submissions
        ],
        missing=[capfirst(taken.names[unit]) for unit in taken.order if unit in taken.coverage.missing],
        groups=[
            (group, [(one.text, capfirst(taken.names[one.unit]), name_of(one.text)) for one in group.said])
            for group in groups_of(taken, pinned)
        ],
        events=events_of(taken),
        unusual=[unusual_in_words(one, taken) for one in outliers(taken)],
        may_write=is_draft and may(request, Permission.REPORT_DRAFT, report.unit, today()),
    )


def _act(
    request: HttpRequest, pk: int, act: Callable[..., Any], told: str, to: str, **given: Any
) -> HttpResponse:
    report = report_for(request, pk)
    try:
        act(report=report, by=signed_in(request), at=timezone.now(), **given)
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, told)
    return redirect(to, pk)


@require_POST
def consolidated_take_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Count what the units sent since."""
    told = _("Đã lấy bản mới của các đơn vị. Đoạn sửa tay được giữ nguyên.")
    return _act(request, pk, actions.take_in, told, "reports:report")


@require_POST
def proposals_join(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the chosen groups of proposals together."""
    told = _("Đã gộp các nhóm kiến nghị.")
    names = request.POST.getlist("group")
    return _act(request, pk, actions.join_proposals, told, "reports:consolidated", names=names)


@require_POST
def proposal_part(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one proposal out of its group."""
    told = _("Đã tách kiến nghị thành một nhóm riêng.")
    name = request.POST.get("name", "")
    return _act(request, pk, actions.part_proposal, told, "reports:consolidated", name=name)


@require_POST
def events_tell_apart(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that what looks like one event is not one, or is one after all."""
    is_apart = request.POST.get("apart") == "1"
    told = _("Đã tính riêng từng đơn vị.") if is_apart else _("Đã tính là một sự kiện chung.")
    keys = request.POST.getlist("key")
    return _act(request, pk, actions.tell_apart, told, "reports:consolidated", keys=keys, is_apart=is_apart)
