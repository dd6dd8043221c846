"""What everyone reads of a week that was finished: right answers, ranks, figures; lots with all that is needed to draw them again."""

from __future__ import annotations

import json
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dinhlang.citizens.contests import queries
from dinhlang.citizens.contests.rules import draw
from dinhlang.citizens.contests.rules.people import Group
from dinhlang.citizens.models import ContestDraw, ContestWeek
from dinhlang.citizens.surveys.rules.marking import right_options
from dinhlang.portal.api.serving import JSON, Wrong
from dinhlang.portal.contests.shown import crumbs_of, missing, page, told, unlisted, unlisted_data, week_of

PER_PAGE = 50
FORMAT = "dinhlang-lots/1"


@unlisted
def results(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Right answers with their explanation, the ranking, the figures."""
    week = week_of(code, number)
    if week is None:
        return missing(request)
    title = _("Kết quả tuần %s") % week.number
    if week.finished_at is None:
        said = _("Kết quả tuần này chưa có. Ban tổ chức công bố sau khi tuần thi đóng.")
        return told(request, week.contest, title, said)
    at = timezone.now()
    asked = request.GET.get("ma", "").strip().upper()[:20]
    rows = week.sittings.filter(rank__isnull=False).order_by("rank", "code")
    if asked:
        rows = rows.filter(code=asked)
    held = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    found, names = queries.figures_of(week)
    groups = dict(Group.choices)
    said_void = {one["question"]: one["why"] for one in week.void}
    bank = queries.bank_of(week)
    return page(
        request,
        week.contest,
        "results.html",
        title,
        crumbs=crumbs_of(week.contest),
        week=week,
        asked=asked,
        ranked=[_capped(one) for one in queries.places(list(held), at=at)],
        page=held,
        found=found,
        by_hamlet=[(names.get(one.key, one.key), one.count) for one in found.by_hamlet],
        by_group=[(groups.get(one.key, one.key), one.count) for one in found.by_group],
        questions=[(one, right_options(one), said_void.get(one.id, "")) for one in bank],
        void=[(one, said_void[one.id]) for one in bank if one.id in said_void],
        excluded=list(
            week.sittings.filter(excluded_at__isnull=False)
            .order_by("code")
            .values_list("code", "excluded_why")
        ),
        has_lots=bool(week.lots),
    )


def _capped(one: queries.Place) -> queries.Place:
    return queries.Place(
        one.rank, one.code, one.name, capfirst(one.hamlet), one.points, one.milliseconds, one.guess
    )


@unlisted
def lots(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """What was promised, what was drawn, and how anyone does it again."""
    week = week_of(code, number)
    if week is None or not week.lots:
        return missing(request)
    held = queries.current_draw(week)
    asked = request.GET.get("ma", "").strip().upper()[:20]
    all_lots = _lots(week, held) if held is not None else []
    own = next(((place, one) for place, one in enumerate(all_lots, 1) if one.code == asked), None)
    return page(
        request,
        week.contest,
        "lots.html",
        _("Bốc thăm tuần %s") % week.number,
        crumbs=crumbs_of(week.contest),
        week=week,
        held=held,
        seed=week.seed.shown() if held is not None else "",
        lots=list(enumerate(all_lots, 1)),
        drawn=min(week.lots, len(all_lots)),
        asked=asked,
        own=own,
        before=week.draws.filter(replaced_at__isnull=False).order_by("number"),
        address=reverse("contest:lots-file", args=[week.contest.code, week.number]),
    )


def _lots(week: ContestWeek, held: ContestDraw) -> list[draw.Lot]:
    return draw.draw(held.entries, seed=week.seed.shown(), public_value=held.public_value, number=held.number)


@unlisted_data
def lots_file(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """The same for programs: `dinhlang contest draw` reads it."""
    week = week_of(code, number)
    held = queries.current_draw(week) if week is not None else None
    if week is None or held is None:
        raise Wrong(404, _("Không có kết quả bốc thăm nào ở địa chỉ này, hoặc tuần thi chưa bốc thăm."))
    told_: dict[str, Any] = {
        "format": FORMAT,
        "contest": week.contest.title,
        "week": week.number,
        "commitment": week.commitment,
        "seed": week.seed.shown(),
        "public_source": week.public_source,
        "public_value": held.public_value,
        "number": held.number,
        "lots": week.lots,
        "entries": held.entries,
        "winners": held.winners,
    }
    return HttpResponse(json.dumps(told_, ensure_ascii=False, indent=2) + "\n", content_type=JSON)
