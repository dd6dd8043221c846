"""Paper on the desk: bundles, each slip typed by two people, differences settled."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.citizens.surveys import actions, queries
from dinhlang.citizens.surveys.actions import NotFilled
from dinhlang.citizens.surveys.asking import asked
from dinhlang.citizens.surveys.forms import BatchForm
from dinhlang.citizens.surveys.queries import Step
from dinhlang.citizens.surveys.views.rounds import shown
from dinhlang.citizens.surveys.views.seen import crumbs_of_round, entered_batch, seen_round
from dinhlang.org.rules import Refused
from dinhlang.org.views import page, show_refusal, signed_in


@require_POST
def batch_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a bundle."""
    round_ = seen_round(request, pk)
    form = BatchForm(request.POST, prefix="tap")
    if not form.is_valid():
        return shown(request, round_, batch=form)
    try:
        made = actions.begin_batch(
            round_=round_, **form.cleaned_data, by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        show_refusal(form, reason)
        return shown(request, round_, batch=form)
    return redirect("surveys:batch", made.pk)


@never_cache
def batch_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How far each slip is, and the next one for whoever looks."""
    batch = entered_batch(request, pk)
    sheets = queries.state_of(batch)
    who = signed_in(request)
    mine = [one for one in sheets if one.step in (Step.EMPTY, Step.ONCE) and not one.typed_by(who.pk)]
    return page(
        request,
        "citizens/surveys/batch.html",
        batch.title,
        crumbs=crumbs_of_round(batch.round),
        batch=batch,
        sheets=sheets,
        next=mine[0].number if mine else None,
        agreed=sum(one.step == Step.AGREED for one in sheets),
        may_finish=batch.finished_at is None and all(one.step == Step.AGREED for one in sheets),
    )


@require_POST
def batch_finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Count the bundle."""
    batch = entered_batch(request, pk)
    try:
        actions.finish_batch(batch=batch, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("surveys:batch", pk)
    messages.success(request, _("Đã chốt tập phiếu."))
    return redirect("surveys:round", batch.round_id)


@never_cache
def batch_sheet(request: HttpRequest, pk: int, sheet: int) -> HttpResponse:
    """One slip to type. What another person typed is not shown before the two differ: each reads the paper."""
    batch = entered_batch(request, pk)
    if not 1 <= sheet <= batch.sheets or batch.finished_at is not None:
        raise Http404
    who = signed_in(request)
    state = queries.state_of(batch)[sheet - 1]
    definition = queries.definition_of(batch.round.version)
    own = next((one for turn, one in state.entries.items() if turn < 3 and one.typed_by_id == who.pk), None)
    settles = state.step == Step.DIFFERENT and (own is None or request.GET.get("chot") is not None)
    sent: dict[str, list[str]] | None = None
    problems: dict[str, str] = {}
    if request.method == "POST":
        sent = {one.id: request.POST.getlist(one.id)[:30] for one in definition.questions}
        deed = actions.settle if settles else actions.type_sheet
        try:
            deed(batch=batch, sheet=sheet, sent=sent, by=who, at=timezone.now())
        except NotFilled as reason:
            problems = reason.problems
            messages.error(request, str(reason))
        except Refused as reason:
            messages.error(request, str(reason))
            return redirect("surveys:batch", pk)
        else:
            messages.success(request, _("Đã lưu phiếu số %s.") % sheet)
            return redirect("surveys:batch", pk)
    shown = state.entries[1].values if settles else own.values if own is not None else {}
    return page(
        request,
        "citizens/surveys/sheet.html",
        _("Chốt phiếu số %s") % sheet if settles else _("Nhập phiếu số %s") % sheet,
        crumbs=[
            *crumbs_of_round(batch.round),
            (reverse("surveys:batch", args=[batch.pk]), batch.title),
        ],
        batch=batch,
        sheet=sheet,
        state=state,
        settles=settles,
        asked=asked(definition, sent, problems, shown),
    )
