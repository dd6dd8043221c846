"""Papers of one dossier: the forms of the circular, the fee slip, the slip of a survey."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from dinhlang.citizens.surveys import papers as surveys
from dinhlang.onestop import actions, slips
from dinhlang.onestop.forms import StepForm
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.slips import SlipFile
from dinhlang.onestop.slips.files import FORMS
from dinhlang.onestop.views.seen import as_response, own_dossier
from dinhlang.org.rules import Refused
from dinhlang.org.views import signed_in, today


def slip(request: HttpRequest, pk: int, which: str, form: str) -> HttpResponse:
    """A form of the dossier as a file; `which` is one of `Slip`, or 'fee'."""
    found = own_dossier(request, pk)
    if form not in FORMS or which not in (*Slip, "fee"):
        raise Http404
    try:
        made = (
            slips.fee_file(found, form, on=today())
            if which == "fee"
            else slips.slip_file(found, Slip(which), form)
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("onestop:dossier", pk)
    return as_response(made)


@require_POST
def survey_slip(request: HttpRequest, pk: int) -> HttpResponse:
    """The slip of a survey as PDF, once for a dossier. Its code is in this answer and nowhere else; no name of the file says whose."""
    found = own_dossier(request, pk)
    form = StepForm(request.POST)
    form.is_valid()
    if "key" not in form.cleaned_data:
        raise Http404
    try:
        round_, token = actions.hand_survey_slip(
            dossier=found, key=form.cleaned_data["key"], by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("onestop:dossier", pk)
    address = request.build_absolute_uri(reverse("survey:ask", args=[token]))
    data = surveys.slips(round_, [(None, token, address)], on=today())
    return as_response(SlipFile("phieu-khao-sat.pdf", FORMS["pdf"], data))
