"""From an item to what is printed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org.rules import Refused
from dinhlang.org.views import signed_in
from dinhlang.portal.newsroom.actions.printing import make_print
from dinhlang.portal.newsroom.views.found import found


@require_POST
def print_make(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a leaflet, poster, banner or board sheet of the item, or open the one that is there."""
    item = found(request, pk)
    try:
        made = make_print(
            item=item, form=request.POST.get("form", ""), by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("newsroom:item", pk)
    messages.success(request, _("Đây là ấn phẩm của tin này. Xem tờ in rồi tải tệp."))
    return redirect("broadcast:print", made.pk)
