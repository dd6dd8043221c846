"""Cases on the desk as a list and as its file: all of a body for whoever may read them, for others those given to them or their part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.citizens import permissions, queries
from dinhlang.citizens.forms import CaseFilter
from dinhlang.citizens.models import Case
from dinhlang.citizens.rules.categories import label_of
from dinhlang.citizens.rules.kinds import doubts_of
from dinhlang.citizens.views.seen import is_apart, is_late
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission
from dinhlang.org.views import (
    asked_text,
    looking_of,
    page,
    query_without_page,
    signed_in,
    slice_of_many,
    today,
    units_for,
)


@dataclass(frozen=True, slots=True)
class _Seen:
    """The body whose cases are listed, the others to choose from, and which of its cases the person may see: all that it
    keeps (`which` of a unit that was parted), or `only` those given to them."""

    body: Unit
    bodies: dict[str, str]
    unit_ids: set[str]
    which: Q
    only: list[int] | None = None

    @property
    def reads_all(self) -> bool:
        return self.only is None


def _seen(request: HttpRequest) -> _Seen:
    """What the list shows to whoever asks; 404 for a stranger's body, and for whoever was given nothing."""
    on, looking = today(), looking_of(request)
    bodies = units_for(request, Permission.CITIZENS_READ, on)
    asked = request.GET.get("unit", "")
    if asked in bodies or (bodies and not asked):
        body = Unit.objects.get(pk=asked or next(iter(bodies)))
        return _Seen(body, bodies, *queries.kept_by(body, on))
    who, parts = signed_in(request), queries.parts_of(looking.posts)
    homes = {unit.pk: unit for unit in looking.home_units}
    home = homes.get(asked or next(iter(homes), ""))
    if home is None or not queries.was_given(who, parts):
        raise Http404
    units, kept = queries.kept_by(home, on)
    return _Seen(home, looking.home_names, units, kept, queries.given_to(who, parts, units, on))


def case_list(request: HttpRequest) -> HttpResponse:
    """The cases of a body, searched and filtered."""
    on, at, who = today(), timezone.now(), signed_in(request)
    seen = _seen(request)
    form = CaseFilter(request.GET or None, units=seen.bodies)
    rows = slice_of_many(request, _asked(request, form, seen))
    reminded = queries.last_reminded(rows)
    names = org.titles_of(
        {one.unit_id for one in rows} - {seen.body.pk} | {one.part_id for one in rows if one.part_id}, on
    )
    return page(
        request,
        "citizens/cases.html",
        _("Phản ánh, kiến nghị"),
        body=seen.body,
        body_name=capfirst(org.title_of(seen.body, on)),
        form=form,
        page=rows,
        rows=[
            {
                "case": one,
                "category": label_of(one.category),
                "is_late": is_late(one),
                "is_apart": is_apart(one),
                "doubts": doubts_of(one.flags),
                "reminded": reminded.get(one.pk),
                "former": names.get(one.unit_id, ""),
                "part": capfirst(names.get(one.part_id or "", "")),
            }
            for one in rows
        ],
        query=query_without_page(request),
        waits=queries.waits(seen.body, at) if seen.reads_all else None,
        reads_all=seen.reads_all,
        may_take=permissions.can_take(who, seen.body, on),
        may_assign=permissions.can_assign(who, seen.body, on),
    )


def _asked(request: HttpRequest, form: CaseFilter, seen: _Seen) -> QuerySet[Case]:
    said = form.asked
    asked = queries.Asked(
        asked_text(request), *(said.get(name, "") for name in ("state", "category", "standing", "nature"))
    )
    who, parts = signed_in(request), queries.parts_of(looking_of(request).posts)
    found = queries.cases(seen.unit_ids, asked, person=who, parts=parts, at=timezone.now(), only=seen.only)
    return found.filter(seen.which)


@require_POST
def case_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The cases that the filter asks for as a table, without a word or a name of any sender; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on, seen = today(), _seen(request)
    found = _asked(request, CaseFilter(request.GET or None, units=seen.bodies), seen)
    export_list(
        action="case.export",
        rows={seen.body.pk: found.count()},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    return tables.download(f"phan-anh-{seen.body.pk}-{on:%Y%m%d}", form, case_header(), case_cells(found))


def case_header() -> list[str]:
    """The columns of a table of cases."""
    return [
        _("Mã tra cứu"),
        _("Đơn vị"),
        _("Loại"),
        _("Có vẻ là"),
        _("Lĩnh vực"),
        _("Tóm tắt"),
        _("Thôn"),
        _("Nhận qua"),
        _("Trạng thái"),
        _("Bộ phận"),
        _("Người xử lý"),
        _("Nhận lúc"),
        _("Hẹn trả lời"),
        _("Trả lời lúc"),
        _("Đúng hạn"),
        _("Số ngày làm việc"),
        _("Mức hài lòng"),
    ]


def case_cells(found: QuerySet[Case]) -> Iterator[tuple[str | int, ...]]:
    """The rows of a table of cases, without a word or a name of any sender."""
    on = today()
    places = {
        place
        for field in ("unit", "hamlet", "part")
        for place in found.order_by().values_list(field, flat=True).distinct()
        if place
    }
    names = org.titles_of(places, on)
    for one in found.iterator(chunk_size=500):
        yield (
            one.code,
            names.get(one.unit_id, ""),
            one.get_nature_display(),
            one.get_looks_like_display() if is_apart(one) and one.looks_like else "",
            label_of(one.category),
            one.subject,
            names.get(one.hamlet_id or "", ""),
            one.get_way_display(),
            one.get_state_display(),
            names.get(one.part_id or "", ""),
            one.handler.full_name if one.handler else "",
            _day(one.received_at),
            _day(one.due_at),
            _day(one.answered_at),
            "" if one.answered_in_time is None else _("có") if one.answered_in_time else _("không"),
            "" if one.days_used is None else one.days_used,
            one.get_rating_display() if one.rating else "",
        )


def _day(at: Any) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y}" if at else ""
