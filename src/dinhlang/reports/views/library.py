"""The unit's own sentences."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import may, page, posted, show_refusal, signed_in, today, visible_unit
from dinhlang.reports import actions, editor, forms, library
from dinhlang.reports.models import TextBlock
from dinhlang.reports.views.found import list_crumb
from dinhlang.work.concepts import CONCEPTS


def _unit(request: HttpRequest, unit_id: str) -> Unit:
    on = today()
    unit = visible_unit(request, unit_id, on)
    if not may(request, Permission.REPORT_DRAFT, unit, on):
        raise Http404
    return unit


def text_blocks(request: HttpRequest, unit_id: str) -> HttpResponse:
    """The sentences to choose from, part by part; a new one is added here or from a draft."""
    unit = _unit(request, unit_id)
    form = forms.TextBlockForm(posted(request)[0], sections=library.SECTIONS)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_block(unit=unit, by=signed_in(request), at=timezone.now(), **form.cleaned_data)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu câu mẫu."))
            back = request.POST.get("back", "")
            if url_has_allowed_host_and_scheme(back, allowed_hosts=None):
                return redirect(back)
            return redirect("reports:text-blocks", unit.pk)
    return page(
        request,
        "reports/text_blocks.html",
        _("Câu mẫu của %(unit)s") % {"unit": org.title_of(unit, today())},
        crumbs=[list_crumb()],
        unit=unit,
        form=form,
        sections=editor.library_of(unit),
        concepts=list(CONCEPTS.values()),
    )


@require_POST
def text_block_retire(request: HttpRequest, unit_id: str, pk: int) -> HttpResponse:
    """Offer a sentence no more; the message offers the way back."""
    unit = _unit(request, unit_id)
    block = get_object_or_404(TextBlock, pk=pk, unit=unit)
    undo = request.POST.get("undo") == "1"
    actions.retire_block(block=block, by=signed_in(request), at=timezone.now(), undo=undo)
    messages.success(
        request, _("Đã đưa lại câu mẫu.") if undo else _("Đã bỏ câu mẫu. Câu đã bỏ nằm ở cuối trang.")
    )
    return redirect(reverse("reports:text-blocks", args=[unit.pk]))
