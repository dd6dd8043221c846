"""Keys for the boxes of communes: given out, shown once, revoked."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, today, units_for
from dinhlang.reports.models import SubmissionKey
from dinhlang.reports.submission import actions, forms
from dinhlang.reports.submission.views.one import crumbs


@never_cache
def keys(request: HttpRequest) -> HttpResponse:
    """The keys that the person's bodies gave out; a new one is shown once."""
    on = today()
    own = _own(request, on)
    below = {unit.pk: unit for body in own for unit in _below(body, on)}
    titles = org.titles_of(below, on)
    units = dict(sorted(((pk, capfirst(titles[pk])) for pk in below), key=lambda one: one[1]))
    form = forms.KeyForm(posted(request)[0], units=units) if units else None
    secret = ""
    if request.method == "POST" and form is not None and form.is_valid():
        unit = below[form.cleaned_data["unit"]]
        above = next(body for body in own if unit.pk in org.ids_below(body, on))
        try:
            _key, secret = actions.make_key(
                unit=unit,
                above=above,
                name=form.cleaned_data["name"],
                form=form.cleaned_data["form"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            form = forms.KeyForm(units=units)
    given = SubmissionKey.objects.filter(made_for__in=own).select_related("unit", "made_by", "revoked_by")
    names = org.titles_of({key.unit_id for key in given}, on)
    return page(
        request,
        "reports/submission/keys.html",
        _("Khóa nộp báo cáo"),
        crumbs=crumbs(request),
        form=form,
        secret=secret,
        keys=[(key, capfirst(names[key.unit_id])) for key in given],
        api=request.build_absolute_uri(reverse("submission-api:openapi-json")),
    )


def _own(request: HttpRequest, on: date) -> list[Unit]:
    own = list(Unit.objects.filter(pk__in=units_for(request, Permission.SUBMISSION_KEYS, on)))
    if not own:
        raise PermissionDenied
    return own


def _below(body: Unit, on: date) -> list[Unit]:
    rows = Unit.objects.in_force(on).filter(pk__in=org.ids_below(body, on))
    return list(rows.exclude(level__in=org.PARTS))


@require_POST
def key_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a key worth nothing."""
    key = get_object_or_404(SubmissionKey, pk=pk, made_for__in=_own(request, today()))
    try:
        actions.revoke_key(key=key, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã thu hồi khóa. Máy dùng khóa này không nộp được nữa."))
    return redirect("reports:keys")
