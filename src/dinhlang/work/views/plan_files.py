"""Plans as files to take away: Word and PDF in the legal layout, Excel with their progress."""

from __future__ import annotations

from datetime import date
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.text import capfirst, slugify

from dinhlang.org import queries as org
from dinhlang.org.views import today
from dinhlang.vietnamese.text import fold
from dinhlang.work import queries
from dinhlang.work.models import Plan
from dinhlang.work.views.plans import asked_plans

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_MOST_LISTED = 1000


def plan_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The plan as it stands now."""
    if form not in _TYPES:
        raise Http404
    on = today()
    plan = get_object_or_404(queries.plans_for(request.user, on), pk=pk)
    name = f"ke-hoach-{plan.year}-{slugify(fold(org.title_of(plan.unit, on)))}.{form}"
    return _answer(_data(plan, form, on), form, name)


def _data(plan: Plan, form: str, on: date) -> bytes:
    # Writers are slow to load, and most visits to the desk never ask for a file.
    if form == "xlsx":
        from dinhlang.work import plan_table

        code = queries.values_of(plan).code
        unit = capfirst(org.title_of(plan.unit, plan.issued_on or date(plan.year, 1, 1)))
        return plan_table.workbook(queries.progress(plan, on), unit, code)
    from dinhlang.officialdoc import write

    document = queries.printed_document(plan)
    return write.docx(document) if form == "docx" else write.pdf(document)


def plan_list_file(request: HttpRequest) -> HttpResponse:
    """The plans that the list shows, with how far each is."""
    from dinhlang.work import plan_table

    on = today()
    plans, _form = asked_plans(request, on)
    shown = list(plans[:_MOST_LISTED])
    names = org.titles_of({plan.unit_id for plan in shown}, on)
    progress = queries.progress_of(shown, on)
    data = plan_table.list_workbook((progress[plan.pk], capfirst(names[plan.unit_id])) for plan in shown)
    return _answer(data, "xlsx", f"danh-sach-ke-hoach-{on:%Y%m%d}.xlsx")


def _answer(data: bytes, form: str, name: str) -> HttpResponse:
    return HttpResponse(
        data,
        content_type=_TYPES[form],
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
        },
    )
