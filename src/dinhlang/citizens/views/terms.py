"""The terms of a province or a commune: what holds, what held, what will hold, and a form for others with a look at what changes."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import NamedTuple

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.citizens import actions, permissions, queries
from dinhlang.citizens.forms import TermsForm
from dinhlang.citizens.models import HandlingRules
from dinhlang.citizens.rules.clock import appointed
from dinhlang.citizens.rules.terms import Terms, lengths
from dinhlang.citizens.views.seen import crumb
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, today
from dinhlang.org.views.managed import managed_body


class Change(NamedTuple):
    """One term before and after, and the day that each promises to what comes in on the first day."""

    label: str
    before: str
    after: str
    due_before: date | None
    due_after: date | None

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def terms(request: HttpRequest) -> HttpResponse:
    """The terms of a body by their days. Whoever approves answers looks at what a change does, then sets it."""
    on = today()
    body = managed_body(request, on, Permission.CITIZENS_READ)
    may_write = permissions.can_approve(signed_in(request), body, on)
    now = queries.terms_of(body, on)
    form = TermsForm(posted(request)[0] if may_write else None, now=now)
    changes: list[Change] = []
    if form.is_valid():
        starts_on = form.cleaned_data["starts_on"]
        changes = _changes(queries.terms_of(body, starts_on), form.terms(), starts_on)
        if request.POST.get("do") == "save" and _is_set(request, form, body):
            messages.success(request, _("Đã ghi thời hạn mới. Phản ánh đã nhận giữ ngày hẹn cũ."))
            return redirect(_there(body))
    return page(
        request,
        "citizens/terms.html",
        _("Thời hạn trả lời phản ánh"),
        crumbs=[crumb(), (f"{reverse('citizens:routes')}?{urlencode({'unit': body.pk})}", _("Phân công và thời hạn"))],
        body=body,
        now=now,
        lines=lengths(now),
        rows=[
            (one, one.starts_on > on, lengths(Terms.from_json(one.values)))
            for one in HandlingRules.objects.filter(unit=body).select_related("made_by")
        ],
        form=form,
        changes=[] if form.errors else changes,
        open_cases=queries.cases([body.pk], queries.Asked(standing=queries.UNDONE)).count() if changes else 0,
        may_write=may_write,
    )  # fmt: skip


def _is_set(request: HttpRequest, form: TermsForm, body: Unit) -> bool:
    given = {"terms": form.terms(), "starts_on": form.cleaned_data["starts_on"]}
    try:
        actions.write_rules(unit=body, by=signed_in(request), at=timezone.now(), **given)
    except Refused as reason:
        show_refusal(form, reason)
        return False
    return True


def _changes(before: Terms, after: Terms, on: date) -> list[Change]:
    old, new = dict(lengths(before)), dict(lengths(after))
    return [
        Change(label, old.get(label, before.answer), words, _due(old.get(label, before.answer), on), _due(words, on))
        for label, words in (*new.items(), *((one, after.answer) for one in old if one not in new))
    ]  # fmt: skip


def _due(length: str, on: date) -> date | None:
    """The day that a term promises to what comes in on a morning; None for a length that is no term of an office."""
    found = appointed(datetime.combine(on, time(8), get_default_timezone()), length, ())
    return timezone.localdate(found.due_at) if found.due_at else None


@require_POST
def terms_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back terms whose day has not come: written by mistake, or a decision that was put off."""
    rules = get_object_or_404(HandlingRules.objects.select_related("unit"), pk=pk)
    if not permissions.can_approve(signed_in(request), rules.unit, today()):
        return HttpResponse(status=404)
    try:
        actions.cancel_rules(rules=rules, by=signed_in(request), at=timezone.now())
        messages.success(request, _("Đã bỏ thời hạn chưa áp dụng; thời hạn trước tiếp tục áp dụng."))
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect(_there(rules.unit))


def _there(body: Unit) -> str:
    return f"{reverse('citizens:terms')}?{urlencode({'unit': body.pk})}"
