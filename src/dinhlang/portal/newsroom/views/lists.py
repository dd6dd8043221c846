"""Lists of the newsroom: all items, what waits for me, and the list as a file."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Person
from dinhlang.org.rules import Permission
from dinhlang.org.views import looking_of, page, query_without_page, signed_in, slice_of, today, units_for
from dinhlang.portal.models import Column, Item
from dinhlang.portal.newsroom import heartbeat, queries
from dinhlang.portal.newsroom.forms import ItemFilter
from dinhlang.portal.newsroom.queries import Asked, items_for
from dinhlang.portal.newsroom.rules import wording
from dinhlang.portal.newsroom.views.digest import digest_form
from dinhlang.portal.newsroom.views.found import crumb
from dinhlang.work.models import ReformField


def asked_items(request: HttpRequest) -> tuple[ItemFilter, QuerySet[Item]]:
    """The filter of the address, and the items it asks for."""
    looking = looking_of(request)
    home = [unit.pk for unit in looking.home_units]
    form = ItemFilter(
        request.GET or None,
        columns=Column.objects.filter(unit__in=home),
        authors=Person.objects.filter(items_written__unit__in=home).distinct().order_by("full_name"),
    )
    given: dict[str, Any] = form.asked
    asked = Asked(
        text=given.get("q", ""),
        state=given.get("state", ""),
        column=int(given["column"]) if given.get("column") else None,
        field=given.get("field", ""),
        author=int(given["author"]) if given.get("author") else None,
        since=given.get("since"),
        until=given.get("until"),
    )
    return form, items_for(looking, asked)


def item_list(request: HttpRequest) -> HttpResponse:
    """The items the person may see, last changed first."""
    form, rows = asked_items(request)
    shown = slice_of(request, rows)
    at = timezone.now()
    looking = looking_of(request)
    return page(
        request,
        "newsroom/list.html",
        _("Tin, bài"),
        page=shown,
        query=query_without_page(request),
        form=form,
        names=org.titles_of({item.unit_id for item in shown}, looking.on),
        many=len({item.unit_id for item in shown}) > 1,
        on=looking.on,
        may_write=bool(units_for(request, Permission.NEWS_WRITE, looking.on)),
        may_import=bool(units_for(request, Permission.NEWS_REVIEW, looking.on)),
        clock_stopped=any(item.state == Item.State.SCHEDULED for item in shown)
        and not heartbeat.is_alive(at),
    )


@require_POST
def item_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The list that the filter asks for, as a table; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    _form, rows = asked_items(request)
    items = list(rows)
    counts = Counter(item.unit_id for item in items)
    export_list(action="item.export", rows=counts, form=form, by=signed_in(request), at=timezone.now())
    names = org.titles_of(set(counts), today())
    header = [
        _("Tiêu đề"),
        _("Thể loại"),
        _("Chuyên mục"),
        _("Lĩnh vực"),
        _("Trạng thái"),
        _("Người viết"),
        _("Đăng lúc"),
        _("Đơn vị"),
        _("Đường dẫn"),
    ]
    return tables.download(
        f"tin-bai-{today():%Y%m%d}", form, header, [_row(item, names[item.unit_id]) for item in items]
    )


def _row(item: Item, unit: str) -> list[str]:
    edition = item.draft or item.shown
    return [
        edition.title if edition else "",
        item.get_kind_display(),
        str(item.column or ""),
        ReformField(item.field).label if item.field else "",
        item.get_state_display(),
        str(item.author or ""),
        tables.moment(item.published_at),
        unit,
        item.slug,
    ]


def board(request: HttpRequest) -> HttpResponse:
    """What waits for the person, unit by unit, and what is late."""
    looking, at = looking_of(request), timezone.now()
    desks = []
    for unit in looking.home_units:
        waiting = queries.waiting_for(looking.person, unit, looking.permissions_in(unit), looking.on)
        desks.append((looking.home_names[unit.pk], waiting, _late(queries.reminders(unit, looking.on, at))))
    return page(
        request,
        "newsroom/board.html",
        _("Chờ tôi"),
        crumbs=[crumb()],
        desks=desks,
        on=looking.on,
        clock_stopped=not heartbeat.is_alive(at),
        last_look=_last_look(),
        digest_form=digest_form(looking.person) if settings.MAIL else None,
    )


def _last_look() -> str:
    last = heartbeat.last_beat()
    return wording.moment(last) if last else ""


def _late(late: dict[str, int]) -> list[tuple[str, str]]:
    """What is late, in words, with the list that shows it."""
    there = reverse("newsroom:list")
    said = {
        "overdue": (_("%(count)s tin quá hạn"), there),
        "missed": (_("%(count)s tin đã qua giờ hẹn mà chưa đăng"), there),
        "owes": (_("%(count)s tin đăng khẩn chờ duyệt sau"), f"{there}?state=owes"),
        "stale": (_("%(count)s tin đang đăng đã đến hạn xem lại"), f"{there}?state=public"),
    }
    return [(words % {"count": late[name]}, address) for name, (words, address) in said.items() if late[name]]
