"""What the commune has decided about its counter."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.onestop import actions, queries
from dinhlang.onestop.actions import CounterGiven
from dinhlang.onestop.forms import CounterForm
from dinhlang.onestop.models import CounterRules
from dinhlang.onestop.views.seen import crumb
from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import body_asked, may, page, posted, show_refusal, signed_in, today


def counter(request: HttpRequest) -> HttpResponse:
    """How the counter is called, its code, hours and account; whoever may sets what holds from a day on."""
    on = today()
    body, bodies = body_asked(request, on)
    may_set = may(request, Permission.ONESTOP_RULES, body, on)
    if request.method == "POST" and not may_set:
        raise Http404
    now = queries.rules_on(body, on)
    form = CounterForm(posted(request)[0], initial=_initial(now) | {"starts_on": on})
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.set_rules(
                unit=body,
                given=CounterGiven(
                    hours=form.sittings,
                    **{
                        name: said[name]
                        for name in (
                            "office",
                            "legal_basis",
                            "agency_code",
                            "address",
                            "phone",
                            "bank",
                            "account",
                            "account_name",
                        )
                    },
                ),
                starts_on=said["starts_on"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu quy định nơi tiếp nhận."))
            return redirect(f"{reverse('onestop:counter')}?unit={body.pk}")
    return page(
        request,
        "onestop/counter.html",
        _("Nơi tiếp nhận"),
        crumbs=[crumb()],
        body=body,
        bodies=bodies,
        body_name=capfirst(org.title_of(body, on)),
        now=now,
        before=CounterRules.objects.filter(unit=body).order_by("-starts_on", "-pk")[:20],
        form=form,
        may_set=may_set,
    )


def _initial(now: CounterRules | None) -> dict[str, object]:
    if now is None:
        return {}
    given: dict[str, object] = {
        name: getattr(now, name)
        for name in ("office", "agency_code", "address", "phone", "bank", "account", "account_name")
    }
    ends = [moment for sitting in now.hours for moment in sitting]
    return given | dict(zip(("opens", "closes", "opens_again", "closes_again"), ends, strict=False))
