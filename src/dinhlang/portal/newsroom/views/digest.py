"""Whether one wants the daily reminder by mail."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from dinhlang.org.models import Person
from dinhlang.org.views import signed_in
from dinhlang.portal.models import Digest
from dinhlang.portal.newsroom import actions


class DigestForm(forms.Form):
    """Where the reminder goes, and whether."""

    is_wanted = forms.BooleanField(label=gettext_lazy("Gửi tôi thư nhắc khi có việc đến hạn"), required=False)
    address = forms.EmailField(
        label=gettext_lazy("Địa chỉ thư"),
        required=False,
        error_messages={"invalid": gettext_lazy("Địa chỉ thư không đúng. Ghi như ten@example.vn.")},
    )


def digest_form(person: Person) -> DigestForm:
    """The form with what the person chose."""
    chosen = Digest.objects.filter(person=person).first()
    return DigestForm(
        initial={
            "is_wanted": chosen is None or chosen.is_wanted,
            "address": chosen.address if chosen is not None and chosen.address else person.email,
        }
    )


@require_POST
def digest(request: HttpRequest) -> HttpResponse:
    """Keep the choice."""
    form = DigestForm(request.POST)
    if form.is_valid():
        actions.choose_digest(person=signed_in(request), **form.cleaned_data)
        messages.success(request, _("Đã lưu lựa chọn nhận thư nhắc."))
    else:
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
    return redirect("newsroom:board")
