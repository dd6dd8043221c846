"""When the station may speak: what was decided here and above, days of mourning, Tết and days off of the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from dinhlang.broadcast import actions, queries
from dinhlang.broadcast.forms import MourningForm, RulesForm
from dinhlang.broadcast.models import AirDay, StationRules
from dinhlang.broadcast.rules import airtime
from dinhlang.broadcast.rules.airtime import AirRules
from dinhlang.broadcast.rules.samples import sample, samples
from dinhlang.broadcast.views.bulletins import do
from dinhlang.broadcast.views.seen import crumb
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import body_asked, may, page, show_refusal, signed_in, today
from dinhlang.org.views.managed import managed_body

# Whoever plans the next month sees what is coming in it.
_AHEAD = timedelta(days=120)


def station_rules(request: HttpRequest) -> HttpResponse:
    """The rules and days that hold for a body's station, by whom and on what basis; new ones are written down here."""
    on = today()
    body, bodies = body_asked(request, on)
    may_plan = may(request, Permission.BROADCAST_PLAN, body, on)
    rules_form, mourning_form = _forms(request, on)
    if request.method == "POST":
        # Whoever may only read has no form; who sends one anyway is told as everywhere.
        body = managed_body(request, on, Permission.BROADCAST_PLAN)
        form = mourning_form if request.POST.get("do") == "mourning" else rules_form
        if form.is_valid() and _written(request, body, form):
            return redirect(f"{reverse('broadcast:rules')}?unit={body.pk}")
    rows = queries.rules_of_path(body, on)
    held = queries.rules_in_force(body, on)
    names = org.titles_of({one.unit_id for one in rows} | {one.unit_id for one in _days(body, on)}, on)
    return page(
        request,
        "broadcast/station_rules.html",
        _("Quy định phát, ngày quốc tang"),
        crumbs=[crumb(), (f"{reverse('broadcast:slots')}?unit={body.pk}", _("Khung giờ phát"))],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        on=on,
        rows=[
            {
                "rules": one,
                "by": capfirst(names[one.unit_id]),
                "said": airtime.in_words(AirRules.from_json(one.values)),
                "standing": _standing(one, held, on),
                "is_own": one.unit_id == body.pk,
            }
            for one in rows
        ],
        days=[
            {"day": one, "by": capfirst(names[one.unit_id]), "is_own": one.unit_id == body.pk}
            for one in _days(body, on)
        ],
        calendar=queries.days_off_between(on, on + _AHEAD),
        rules_form=rules_form,
        mourning_form=mourning_form,
        samples=samples(),
        asked_sample=request.GET.get("mau", ""),
        may_plan=may_plan,
    )


def _days(body: Unit, on: date) -> list[AirDay]:
    return queries.mourning_of_path(body, on)


def _standing(one: StationRules, held: StationRules | None, on: date) -> str:
    if held is not None and one.pk == held.pk:
        return "held"
    if one.starts_on is not None and one.starts_on > on:
        return "coming"
    return "over" if one.ends_on is not None and one.ends_on <= on else "covered"


def _forms(request: HttpRequest, on: date) -> tuple[RulesForm, MourningForm]:
    does = request.POST.get("do") if request.method == "POST" else ""
    chosen = sample(request.GET.get("mau", ""))
    initial = {"starts_on": on, **(RulesForm.initial_of(chosen.rules, chosen.note) if chosen else {})}
    rules_form = RulesForm(request.POST if does == "rules" else None, prefix="q", initial=initial)
    return rules_form, MourningForm(request.POST if does == "mourning" else None, prefix="t")


def _written(request: HttpRequest, body: Unit, form: RulesForm | MourningForm) -> bool:
    given: dict[str, Any] = {"unit": body, "by": signed_in(request), "at": timezone.now()}
    try:
        if isinstance(form, MourningForm):
            made = actions.note_mourning(**form.cleaned_data, **given)
            _tell_of_plays(request, made)
            messages.success(
                request, _("Đã ghi ngày quốc tang. Nội dung giải trí trong những ngày này không phát.")
            )
        else:
            actions.set_rules(**form.decided(), **given)
            messages.success(request, _("Đã ghi quy định giờ phát."))
    except Refused as reason:
        show_refusal(form, reason)
        return False
    return True


def _tell_of_plays(request: HttpRequest, made: AirDay) -> None:
    count = queries.entertaining_plays(made)
    if count:
        messages.warning(
            request,
            ngettext(
                "%(count)s mục giải trí đã xếp trong những ngày này sẽ không phát. Thay bằng nội dung khác.",
                "%(count)s mục giải trí đã xếp trong những ngày này sẽ không phát. Thay bằng nội dung khác.",
                count,
            )
            % {"count": count},
        )


@require_POST
def rules_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let rules hold no more, from today on."""
    body = managed_body(request, today(), Permission.BROADCAST_PLAN)
    rules = get_object_or_404(StationRules.objects.select_related("unit"), pk=pk, unit=body)
    do(
        request,
        lambda: actions.end_rules(rules=rules, ends_on=today(), by=signed_in(request), at=timezone.now()),
        _("Đã thôi áp dụng quy định từ hôm nay."),
    )
    return redirect(f"{reverse('broadcast:rules')}?unit={body.pk}")


@require_POST
def mourning_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back days of mourning that were written down by mistake."""
    body = managed_body(request, today(), Permission.BROADCAST_PLAN)
    day = AirDay.objects.filter(pk=pk, unit=body).select_related("unit").first()
    if day is None:
        raise Http404
    do(
        request,
        lambda: actions.cancel_mourning(day=day, by=signed_in(request), at=timezone.now()),
        _("Đã bỏ ngày quốc tang ghi nhầm."),
    )
    return redirect(f"{reverse('broadcast:rules')}?unit={body.pk}")
