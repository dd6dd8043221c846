"""The ledger as pages: list and pictures, export, one line, reversing it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    looking_of,
    may,
    page,
    posted,
    query_without_page,
    readable_units,
    show_refusal,
    signed_in,
    slice_of,
    today,
    visible_unit,
)
from dinhlang.periods import regimes
from dinhlang.periods.identifier import Kind, Period
from dinhlang.periods.window import Window
from dinhlang.vietnamese.numbers import printed
from dinhlang.vietnamese.text import name_key
from dinhlang.work import actions, forms, permissions, queries
from dinhlang.work.beside import beside
from dinhlang.work.concepts import CONCEPTS, Concept
from dinhlang.work.models import Activity, ActivityKind, Batch, Reversal
from dinhlang.work.rules import is_fresh

# So many numbers are handed to the database as they are; more are found anew.
FEW = 2000
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def ledger_crumb() -> tuple[str, str]:
    return reverse("work:ledger"), _("Sổ theo dõi")


@dataclass(frozen=True)
class Asked:
    """What the address asks of the ledger: the filter, the unit it is about, the window, the lines that pass."""

    form: forms.LedgerFilter
    unit: Unit | None
    unit_name: str
    window: Window | None
    lines: QuerySet[Activity]
    in_every_kind: QuerySet[Activity]

    @property
    def asked(self) -> dict[str, Any]:
        return self.form.asked


def asked_of_ledger(request: HttpRequest, on: date) -> Asked:
    """The lines that the address asks for. 404 for a unit whose matters the person may not read."""
    units = readable_units(request, on)
    form = forms.LedgerFilter(request.GET or None, units=units)
    unit_id = form.asked_unit or next(iter(units), None)
    if unit_id is None:
        return Asked(form, None, "", None, Activity.objects.none(), Activity.objects.none())
    unit = visible_unit(request, unit_id, on)
    form.offer(
        queries.tasks_of(unit),
        sorted(queries.recorders(unit, on), key=lambda person: name_key(person.full_name)),
    )
    asked = form.asked
    window = _window(asked, on)
    task = asked.get("task", "")

    def lines(kind: str | None) -> QuerySet[Activity]:
        return queries.ledger(
            unit,
            window,
            kind=kind,
            task=int(task) if task.isdecimal() else None,
            without_task=task == forms.NO_TASK,
            field=asked.get("field"),
            text=asked.get("q", ""),
            standing=queries.Standing(asked["state"]) if asked.get("state") else None,
            by=int(asked["person"]) if asked.get("person") else None,
        )

    return Asked(
        form,
        unit,
        units.get(unit_id) or org.title_of(unit, on),
        window,
        lines(asked.get("kind")),
        lines(None),
    )


def _window(asked: dict[str, Any], on: date) -> Window | None:
    """The days asked for: a month by the calendar, a longer period as reports count it."""
    start, end = asked.get("start"), asked.get("end")
    if start or end:
        first, last = start or FIRST_DAY, end or LAST_DAY
        return Window(min(first, last), max(first, last))
    period = asked.get("period")
    if period is None or period.kind is Kind.MONTH:
        return period and period.calendar_window()
    return regimes.get(on=min(on, period.calendar_window().end)).window(period)


def periods_to_pick(on: date) -> list[tuple[str, str]]:
    """(identifier, word) of the periods that people ask for on that day."""
    month = Period(on.year, Kind.MONTH, on.month)
    quarter = Period(on.year, Kind.QUARTER, (on.month - 1) // 3 + 1)
    found = [(month, _("Tháng này")), (month.previous(), _("Tháng trước"))]
    for period in (quarter, quarter.previous(), Period(on.year, Kind.HALF, 1)):
        # Of this year, a quarter needs no year to be told from the others.
        word = (
            period.label.removesuffix(f" {on.year}").removesuffix(" năm")
            if period.kind is Kind.QUARTER
            else period.label
        )
        found.append((period, capfirst(word)))
    found += [(year, capfirst(year.label)) for year in (Period(on.year), Period(on.year - 1))]
    return [(str(period), word) for period, word in found]


def ledger(request: HttpRequest) -> HttpResponse:
    """One unit's ledger: filter, list or pictures, totals."""
    on = today()
    asked = asked_of_ledger(request, on)
    unit, is_pictures = asked.unit, asked.asked.get("view") == "anh"
    found = _Found(asked)
    shown = slice_of(request, queries.pictures(asked.lines) if is_pictures else found.numbers)
    looking = looking_of(request)
    here = looking.permissions_in(unit) if unit else frozenset()
    may_reverse = Permission.ACTIVITY_REVERSE in here
    return page(
        request,
        "work/ledger.html",
        _("Sổ theo dõi"),
        form=asked.form,
        unit_name=asked.unit_name,
        rows=[] if is_pictures else [_row(line) for line in found.whole(shown)],
        pictures=shown if is_pictures else [],
        is_pictures=is_pictures,
        page=shown,
        totals=found.totals(shown.paginator.count, is_asked="cong" in request.GET),
        chips=_chips(request, asked, found.kinds(), on),
        window=asked.window,
        query=query_without_page(request),
        query_string=request.GET.urlencode(),
        may_record=Permission.ACTIVITY_RECORD in looking.permissions,
        may_import=Permission.ACTIVITY_IMPORT in looking.permissions,
        may_reverse=may_reverse,
        may_choose=may_reverse or Permission.ACTIVITY_RECORD in here,
        unit_id=unit.pk if unit else "",
        done=_done_just_now(request, unit),
    )


class _Found:
    """What the page counts and shows of the lines asked for, without reading the ledger once for each.

    Words are looked for in every line of the unit: that is done once, and the rest counted from what it found.
    Without any other filter the totals come from the daily folds.
    """

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.is_search = bool(asked.unit and asked.asked.get("q"))
        self.hits = queries.hits(asked.in_every_kind) if self.is_search else []

    @property
    def numbers(self) -> Any:
        """The numbers of the lines to page through."""
        if not self.is_search:
            return self.asked.lines.values_list("pk", flat=True)
        kind = self.asked.asked.get("kind")
        return [pk for pk, of in self.hits if not kind or of == kind]

    def whole(self, shown: Iterable[int]) -> Iterable[Activity]:
        """The lines of one page."""
        unit = self.asked.unit
        return queries.shown(unit, list(shown)) if unit is not None else []

    def kinds(self) -> dict[str, int]:
        if self.is_search:
            return dict(Counter(kind for _pk, kind in self.hits).most_common())
        return queries.kinds_in(self.asked.in_every_kind) if self.asked.unit else {}

    def totals(self, count: int, *, is_asked: bool) -> Sequence[tuple[Concept, int]] | None:
        """What the lines add up to; `None` when so many have to be read for it that it is done only when asked for."""
        asked = self.asked
        if asked.unit is None:
            return []
        if not set(asked.asked) - {"unit", "period", "start", "end", "view"}:
            return queries.totals_within(asked.unit, asked.window)
        if count > FEW and not is_asked:
            return None
        if self.is_search and count <= FEW:
            return queries.totals_of(self.numbers)
        return queries.totals(asked.lines)


def _done_just_now(request: HttpRequest, unit: Unit | None) -> Batch | None:
    """What was done to many lines a moment ago (?lan=…), while the person may take it back."""
    asked = request.GET.get("lan", "")
    if unit is None or not asked.isdecimal() or len(asked) > 18:
        return None
    batch = Batch.objects.filter(pk=asked, unit=unit, undone_by=None, undoes=None).first()
    if batch is None or not permissions.can_undo_batch(signed_in(request), batch, timezone.now()):
        return None
    return batch


def _chips(
    request: HttpRequest, asked: Asked, counted: dict[str, int], on: date
) -> dict[str, list[dict[str, Any]]]:
    """Links above the list: periods and kinds to pick with one tap, and what is asked for besides, to drop."""

    def link(**changes: str) -> str:
        query = request.GET.copy()
        for name in ("p", "lan"):
            query.pop(name, None)
        for name, value in changes.items():
            query[name] = value
            if not value:
                del query[name]
        return f"?{query.urlencode()}"

    chosen = asked.asked
    period, kind = str(chosen.get("period") or ""), chosen.get("kind", "")
    if kind:
        counted.setdefault(kind, 0)
    labels = {"q": _("Tìm"), "task": _("Nhiệm vụ"), "person": _("Người ghi"), "field": _("Lĩnh vực")}
    return {
        "periods": [
            {
                "address": link(period="" if value == period else value, start="", end=""),
                "word": word,
                "is_chosen": value == period,
            }
            for value, word in periods_to_pick(on)
        ],
        "kinds": [
            {
                "address": link(kind="" if value == kind else value),
                "word": ActivityKind(value).label,
                "count": number,
                "is_chosen": value == kind,
            }
            for value, number in counted.items()
        ],
        "views": [
            {
                "address": link(view=""),
                "word": _("Danh sách"),
                "icon": "list",
                "is_chosen": not chosen.get("view"),
            },
            {
                "address": link(view="anh"),
                "word": _("Ảnh"),
                "icon": "image",
                "is_chosen": bool(chosen.get("view")),
            },
        ],
        "chosen": [
            {"address": link(**{name: ""}), "word": f"{label}: {_shown(asked.form, name, chosen[name])}"}
            for name, label in (*labels.items(), ("state", _("Trạng thái")))
            if chosen.get(name)
        ],
    }


def _shown(form: forms.LedgerFilter, name: str, value: Any) -> str:
    choices = dict(getattr(form.fields[name], "choices", []))
    return str(choices.get(value, value))[:60]


def _row(line: Activity) -> tuple[Activity, Reversal | None, list[tuple[str, str, int | float, str]]]:
    """A line of the list. Templates look for what is not there slowly: whether it is reversed is told beforehand."""
    return line, getattr(line, "reversal", None), _counts(line)


def _counts(line: Activity) -> list[tuple[str, str, int | float, str]]:
    """(label, exactness word, value, unit word) of each counter of a line."""
    return [
        (
            CONCEPTS[concept].label,
            count.exactness,
            CONCEPTS[concept].told(count.value),
            CONCEPTS[concept].unit,
        )
        for concept, count in queries.counts_of(line).items()
    ]


@require_POST
def ledger_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The filtered lines as a table, a column for each counter. Asked for by a form, since it is noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    asked = asked_of_ledger(request, on)
    concepts = queries.concepts_in(asked.lines) if asked.unit else []
    header = [
        _("Ngày"),
        _("Loại"),
        _("Nội dung"),
        *(concept.label for concept in concepts),
        _("Nhiệm vụ"),
        _("Lĩnh vực"),
        _("Minh chứng"),
        _("Ghi chú"),
        _("Người ghi"),
        _("Trạng thái"),
        _("Lý do hủy"),
    ]

    def rows() -> Iterator[list[str | int]]:
        for line in asked.lines.iterator(chunk_size=500):
            yield _export_row(line, [concept.id for concept in concepts])

    if asked.unit is not None:
        words = {key: str(value) for key, value in asked.asked.items()}
        actions.export_ledger(
            unit=asked.unit, asked=words, form=form, by=signed_in(request), at=timezone.now()
        )
    name = f"so-theo-doi-{asked.unit.pk if asked.unit else 'trong'}-{on:%Y%m%d}"
    return tables.download(name, form, header, rows())


def _export_row(line: Activity, concepts: list[str]) -> list[str | int]:
    reversal = getattr(line, "reversal", None)
    counts = queries.counts_of(line)
    evidence = [one.url or one.caption for one in line.evidence.all()]
    return [
        f"{line.happened_on:%d/%m/%Y}",
        ActivityKind(line.kind).label,
        line.title,
        *(_exported(counts.get(concept)) for concept in concepts),
        line.task.text if line.task else "",
        line.get_reform_field_display() if line.reform_field else "",
        "; ".join(evidence),
        line.note,
        str(line.recorded_by or ""),
        _("đã hủy") if reversal else _("đang tính"),
        reversal.reason if reversal else "",
    ]


def _exported(count: Any) -> str | int:
    if count is None:
        return ""
    return f"{count.exactness} {printed(count.value)}" if count.exactness else count.value


def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One line with its evidence, and bringing more evidence."""
    on = today()
    line = get_object_or_404(
        queries.activities_for(request.user, on).select_related(
            "unit", "task__plan", "reversal__by", "recorded_by"
        ),
        pk=pk,
    )
    reversal = getattr(line, "reversal", None)
    form = forms.EvidenceForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                for given in form.evidence():
                    actions.add_evidence(
                        activity=line, evidence=given, by=signed_in(request), at=timezone.now()
                    )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã thêm minh chứng."))
            return redirect("work:activity", line.pk)
    return page(
        request,
        "work/activity.html",
        line.title,
        crumbs=[ledger_crumb()],
        line=line,
        unit_name=org.title_of(line.unit, line.happened_on),
        counts=_counts(line),
        evidence=line.evidence.select_related("blob__picture"),
        reversal=reversal,
        successor=line.successors.first() if reversal else None,
        may_undo=reversal is None
        and line.recorded_by_id == request.user.pk
        and is_fresh(line.recorded_at, timezone.now())
        and permissions.can_undo(signed_in(request), line, timezone.now()),
        form=form,
        beside=beside(request, [line]).get(line.pk, []),
        may_add=may(request, Permission.ACTIVITY_RECORD, line.unit, on),
        may_reverse=may(request, Permission.ACTIVITY_REVERSE, line.unit, on),
    )


def activity_reverse(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take the line out of the count."""
    line = get_object_or_404(queries.activities_for(request.user, today()), pk=pk)
    form = forms.ReversalForm(posted(request)[0], initial={"reason": request.GET.get("ly-do", "")[:500]})
    if request.method == "POST" and form.is_valid():
        try:
            actions.reverse_activity(
                activity=line, reason=form.cleaned_data["reason"], by=signed_in(request), at=timezone.now()
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã hủy ghi. Dòng này không còn được tính."))
            return redirect("work:activity", line.pk)
    return page(
        request,
        "work/reverse.html",
        _("Hủy ghi"),
        crumbs=[ledger_crumb(), (reverse("work:activity", args=[line.pk]), line.title)],
        line=line,
        form=form,
    )
