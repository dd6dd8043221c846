"""The unit's own outline of its reports."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, posted, show_refusal, signed_in, today, visible_unit
from dinhlang.reports import actions, forms, queries
from dinhlang.reports.duties.queries import drafted_programmes
from dinhlang.reports.outline import OutlineError
from dinhlang.reports.rules import PROGRAMME
from dinhlang.reports.views.found import list_crumb
from dinhlang.work.concepts import CONCEPTS

_AROUND = 2


def _unit(request: HttpRequest, unit_id: str) -> Unit:
    on = today()
    unit = visible_unit(request, unit_id, on)
    if not may(request, Permission.OUTLINE_EDIT, unit, on):
        raise Http404
    return unit


def outline_edit(request: HttpRequest, unit_id: str) -> HttpResponse:
    """The unit's own text of its reports, of one programme at a time."""
    unit = _unit(request, unit_id)
    offered = drafted_programmes()
    programme = request.GET.get("programme", PROGRAMME)
    if programme != PROGRAMME and programme not in offered:
        raise Http404
    form = forms.OutlineForm(
        posted(request)[0], initial={"text": queries.outline_text(unit, today(), programme)}
    )
    wrong = None
    if request.method == "POST" and form.is_valid():
        try:
            kept = actions.save_outline(
                unit=unit,
                text=form.cleaned_data["text"],
                programme=programme,
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
            wrong = _wrong(form.cleaned_data["text"], reason)
        else:
            told = _("Đã lưu đề cương, bản %(version)s. Các báo cáo lập sau sẽ theo bản này.")
            messages.success(request, told % {"version": kept.version})
            return redirect(f"{reverse('reports:outline', args=[unit.pk])}?programme={programme}")
    return page(
        request,
        "reports/outline.html",
        _("Đề cương báo cáo của %(unit)s") % {"unit": org.title_of(unit, today())},
        crumbs=[list_crumb()],
        form=form,
        unit=unit,
        wrong=wrong,
        concepts=list(CONCEPTS.values()),
        programmes=offered,
        programme=programme,
    )


@require_POST
def outline_try(request: HttpRequest, unit_id: str) -> HttpResponse:
    """Look an outline over while it is written: nothing is kept."""
    _unit(request, unit_id)
    form = forms.OutlineForm(request.POST)
    wrong = None
    if form.is_valid():
        try:
            actions.try_outline(form.cleaned_data["text"])
        except Refused as reason:
            wrong = _wrong(form.cleaned_data["text"], reason)
    return render(request, "reports/_outline_check.html", {"wrong": wrong, "is_tried": True})


def _wrong(text: str, reason: Refused) -> dict[str, object]:
    """What is wrong with an outline, with the lines around the place."""
    line = reason.line if isinstance(reason, OutlineError) else None
    lines = text.splitlines()
    around = []
    if line is not None:
        first = max(line - 1 - _AROUND, 0)
        around = [
            (number, written, number == line)
            for number, written in enumerate(lines[first : line + _AROUND], first + 1)
        ]
    return {"message": str(reason), "line": line, "around": around}
