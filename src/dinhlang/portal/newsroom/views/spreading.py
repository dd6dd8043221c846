"""Items and channels: sending one, and the board of what went where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.broadcast.channels.registry import Carried, ways
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.rules import Refused
from dinhlang.org.views import looking_of, page, query_without_page, signed_in, slice_of, today
from dinhlang.portal.models import Item
from dinhlang.portal.newsroom import actions
from dinhlang.portal.newsroom.queries.spreading import sendable_channels, spread_of
from dinhlang.portal.newsroom.views.found import crumb, found
from dinhlang.portal.newsroom.views.lists import asked_items

_AT_ONCE = 200


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the item to the channels that are ticked."""
    item = found(request, pk)
    wanted = set(request.POST.getlist("channels"))
    chosen = [one for one in sendable_channels(looking_of(request), item) if str(one.pk) in wanted]
    try:
        sent = actions.send_to_channels(item=item, chosen=chosen, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(
            request,
            _("Đã giao gửi %(count)s kênh. Kênh chép tay thì mở lượt đăng để chép.") % {"count": len(sent)},
        )
    return redirect("newsroom:item", pk)


def spread(request: HttpRequest) -> HttpResponse:
    """The board: items and ways, what went where, what failed, what was heard."""
    form, rows = asked_items(request)
    shown = slice_of(request, rows)
    return page(
        request,
        "newsroom/spread.html",
        _("Tin và kênh"),
        crumbs=[crumb()],
        page=shown,
        query=query_without_page(request),
        form=form,
        ways=ways(),
        rows=spread_of(list(shown)),
    )


@require_POST
def spread_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The board that the filter asks for as a table; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    _form, items = asked_items(request)
    counted: dict[str, int] = {}
    for unit in items.values_list("unit", flat=True).order_by():
        counted[unit] = counted.get(unit, 0) + 1
    export_list(action="delivery.export", rows=counted, form=form, by=signed_in(request), at=timezone.now())
    header = [
        _("Tin, bài"),
        _("Nơi đăng"),
        _("Tên"),
        _("Trạng thái"),
        _("Lúc"),
        _("Ghi chú"),
        _("Địa chỉ"),
    ]
    return tables.download(f"tin-va-kenh-{today():%Y%m%d}", form, header, _rows(list(items)))


def _rows(items: Sequence[Item]) -> Iterator[list[str]]:
    for start in range(0, len(items), _AT_ONCE):
        for row in spread_of(items[start : start + _AT_ONCE]):
            for label, cell in row.cells:
                for one in cell:
                    yield _row(row.item, label, one)


def _row(item: Item, label: str, one: Carried) -> list[str]:
    edition = item.draft or item.shown
    title = edition.title if edition is not None else item.slug
    when = f"{localtime(one.at):%H:%M %d/%m/%Y}" if one.at else ""
    return [title, label, one.where, one.state, when, one.detail, one.address]
