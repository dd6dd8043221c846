"""The page behind the link of every letter to a sender: no more of them. It shows nothing of the case."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dinhlang.citizens import actions
from dinhlang.portal.outside import outside
from dinhlang.portal.sites import frame, registry
from dinhlang.portal.sites.frame import Place
from dinhlang.portal.voices import mailing


@outside
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Stop by one click: mail programs post here by themselves (RFC 8058), people press the button."""
    title = _("Thôi nhận thư về phản ánh")
    case = mailing.case_of(token)
    if case is None:
        return frame.page(
            request,
            Place(None),
            "portal/digest/told.html",
            title,
            is_inside=False,
            said=_("Đường dẫn này không đúng. Mở lại từ thư xã đã gửi."),
            status=410,
        )
    place = Place(registry.now().by_unit.get(case.unit_id))
    if request.method == "POST":
        actions.stop_mail(case=case, at=timezone.now())
        said = _("Đã thôi gửi thư về phản ánh này. Bạn vẫn tra cứu được bằng mã tra cứu và mã bí mật.")
        return frame.page(request, place, "portal/digest/told.html", title, is_inside=False, said=said)
    return frame.page(
        request,
        place,
        "portal/digest/button.html",
        title,
        is_inside=False,
        said=_("Bấm nút thì xã không gửi thư về phản ánh này nữa; phản ánh vẫn được xử lý."),
        verb=_("Thôi nhận thư"),
    )
