"""Recording an act: what kind, then one short form; by a page or by the phone's own list of acts to send."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, signed_in, today, units_for
from dinhlang.work import actions, forms, queries
from dinhlang.work.models import Activity, ActivityKind, Blob, Task
from dinhlang.work.queries import Alike
from dinhlang.work.rules import HeldEvidence
from dinhlang.work.views.ledger import ledger_crumb

SHOWN_FIRST = 8
# One picture for each kind, of lucide's.
ICONS = {
    ActivityKind.RADIO: "radio-tower",
    ActivityKind.BOARD: "clipboard-list",
    ActivityKind.BULLETIN: "newspaper",
    ActivityKind.LEAFLET: "book-open",
    ActivityKind.SPEAKER: "megaphone",
    ActivityKind.WEBSITE: "globe",
    ActivityKind.SOCIAL: "share-2",
    ActivityKind.MESSAGE: "message-square",
    ActivityKind.MEETING: "users",
    ActivityKind.GUIDANCE: "hand-helping",
    ActivityKind.TRAINING: "graduation-cap",
    ActivityKind.CONTEST: "trophy",
    ActivityKind.POSTING: "pin",
    ActivityKind.ONESTOP: "building-2",
    ActivityKind.SUPPORT: "smartphone",
}


def tiles(kinds: Iterable[ActivityKind]) -> list[tuple[ActivityKind, str]]:
    """(kind, icon), as the tiles of a page."""
    return [(kind, ICONS[kind]) for kind in kinds]


@never_cache
def activity_kinds(request: HttpRequest) -> HttpResponse:
    """First step of recording: what kind of act, the likeliest eight before the others."""
    on, person = today(), signed_in(request)
    units = units_for(request, Permission.ACTIVITY_RECORD, on)
    task = _asked_task(request, queries.open_tasks(units, on))
    roles = [post.role for post in org.positions(person, on)]
    kinds = tiles(queries.usual_kinds(person, roles, on, task))
    return page(
        request,
        "work/kinds.html",
        _("Ghi hoạt động"),
        crumbs=[ledger_crumb()],
        task=task,
        first=kinds[:SHOWN_FIRST],
        rest=kinds[SHOWN_FIRST:],
        may_record=bool(units),
    )


def _asked_task(request: HttpRequest, tasks: Iterable[Task]) -> Task | None:
    """The task the address names (?task=…), if the person may record for it."""
    asked = request.GET.get("task", "")
    return next((task for task in tasks if str(task.pk) == asked), None)


@never_cache
def activity_record(request: HttpRequest, kind: str) -> HttpResponse:
    """Second step of recording: the line, with only the counters that fit its kind.

    To `Accept: application/json` it answers 201 or 200 with the line's address, 422 with what to mend, 409 when
    the line is someone else's, taken or likely there already. A form that cannot be taken keeps its files.
    """
    if kind not in ActivityKind.values:
        raise Http404
    on, person = today(), signed_in(request)
    units = units_for(request, Permission.ACTIVITY_RECORD, on)
    tasks = list(queries.open_tasks(units, on))
    last = queries.last_lines(person, units, kind, on)
    task = _asked_task(request, tasks) or queries.likely_task(tasks, kind, last, person, on)
    form = forms.ActivityForm(
        *posted(request),
        kind=ActivityKind(kind),
        units=units,
        tasks=tasks,
        person=person,
        initial={
            "uid": uuid4(),
            "person": person.pk,
            "happened_on": on,
            "unit": task.plan.unit_id if task else next(iter(units), None),
            "task": task,
        },
    )
    trial = _Trial(request, form, kind)
    if request.method == "POST" and (answer := trial.run()) is not None:
        return answer
    return page(
        request,
        "work/record_form.html" if request.htmx else "work/record.html",  # type: ignore[attr-defined]
        ActivityKind(kind).label,
        crumbs=[ledger_crumb(), (reverse("work:kinds"), _("Ghi hoạt động"))],
        form=form,
        kind=ActivityKind(kind),
        icon=ICONS[ActivityKind(kind)],
        titles=queries.likely_titles(last, task, on),
        held=[(forms.ticket_for(one, person), one.caption) for one in trial.held],
        alike=_told(trial.alike),
        yesterday=on - timedelta(days=1),
        on=on,
        asked_task=request.GET.get("task", ""),
        may_record=bool(units),
    )


class _Trial:
    """One try to take a form in: what came of it, and what is kept of it for the next try."""

    def __init__(self, request: HttpRequest, form: forms.ActivityForm, kind: str) -> None:
        self.request, self.form, self.kind = request, form, kind
        self.at = timezone.now()
        self.held: list[HeldEvidence] = []
        self.alike: list[Alike] = []
        self.is_asked_by_phone = "application/json" in request.headers.get("Accept", "")

    def run(self) -> HttpResponse | None:
        """The answer, or `None` when the page is to be shown again with what is wrong in it."""
        opened_by = self.request.POST.get("person", "")
        if self.is_asked_by_phone and opened_by and opened_by != str(self.request.user.pk):
            return JsonResponse({"reason": "person"}, status=409)
        self.form.is_valid()
        self._hold_files()
        if self.form.is_valid() and (answer := self._save()) is not None:
            return answer
        if not self.is_asked_by_phone:
            return None
        if self.alike:
            return JsonResponse({"reason": "alike", "alike": _told(self.alike)}, status=409)
        return JsonResponse({"errors": self.form.errors.get_json_data()}, status=422)

    def _hold_files(self) -> None:
        """Store what came along, whatever else is wrong, so that no photo has to be taken twice."""
        known = forms.held_by(self.request.POST.getlist("held"), signed_in(self.request))
        there = set(Blob.objects.filter(pk__in=[one.sha256 for one in known]).values_list("pk", flat=True))
        self.held = [one for one in known if one.sha256 in there]
        for given in self.form.files_given():
            try:
                self.held.append(actions.hold_file(given, self.at))
            except Refused as reason:
                self.form.add_error("files", str(reason))

    def _save(self) -> HttpResponse | None:
        asked = self.form.cleaned_data
        if not self.request.POST.get("anyway"):
            self.alike = self._look_for_alike()
            if self.alike:
                return None
        try:
            line = actions.record_activity(
                unit=asked["unit"],
                kind=self.kind,
                happened_on=asked["happened_on"],
                title=asked["title"],
                measures=self.form.measures(),
                task=asked["task"],
                evidence=[*self.held, *self.form.links_given()],
                uid=asked["uid"],
                basis=asked["basis"],
                reform_field=asked["reform_field"],
                note=asked["note"],
                by=signed_in(self.request),
                at=self.at,
            )
        except actions.UidTaken:
            return self._taken()
        except Refused as reason:
            _show(self.form, reason)
            return None
        return self._saved(line)

    def _look_for_alike(self) -> list[Alike]:
        asked = self.form.cleaned_data
        found = queries.alike(
            asked["unit"],
            kind=self.kind,
            day=asked["happened_on"],
            title=asked["title"],
            links=[one.url for one in self.form.links_given()],
            files=[one.sha256 for one in self.held],
            counters=self.form.measures(),
        )
        # The same form sent twice is no duplicate: it gives the line that is there.
        return [] if any(one.line is not None and one.line.uid == asked["uid"] for one in found) else found

    def _taken(self) -> HttpResponse | None:
        """The form's identity belongs to a line that says something else: the back button after a save."""
        if self.is_asked_by_phone:
            return JsonResponse({"reason": "uid"}, status=409)
        again = self.request.POST.copy()
        again["uid"] = str(uuid4())
        self.form.data = again
        self.form.add_error(
            None,
            _(
                "Trang này đã lưu một dòng trước đó. Nếu đây là một việc khác, bấm “Lưu vào sổ” lần nữa; "
                "nếu ghi sai dòng trước, hãy hủy ghi dòng đó."
            ),
        )
        return None

    def _saved(self, line: Activity) -> HttpResponse:
        there = reverse("work:activity", args=[line.pk])
        # What the phone sends later is no news to whoever looks at another page by then.
        if not self.request.POST.get("queued"):
            messages.success(self.request, _("Đã ghi vào sổ."))
        if not self.is_asked_by_phone:
            return redirect(there)
        is_new = line.recorded_at == self.at
        return JsonResponse({"address": there, "title": line.title}, status=201 if is_new else 200)


def _show(form: forms.ActivityForm, reason: Refused) -> None:
    """Put the reason beside the field it is about, or above the form."""
    field = getattr(reason, "field", None)
    candidates = [field, f"count_{field}", {"evidence": "link"}.get(field or "")]
    form.add_error(next((name for name in candidates if name in form.fields), None), str(reason))


def _told(found: Sequence[Alike]) -> list[dict[str, Any]]:
    return [_told_line(one.line, one) if one.line is not None else _told_counted(one) for one in found]


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def _told_line(line: Activity, one: Alike) -> dict[str, Any]:
    return {
        "address": reverse("work:activity", args=[line.pk]),
        "title": line.title,
        "day": _day(line.happened_on),
        "why": one.why.label,
    }


def _told_counted(one: Alike) -> dict[str, Any]:
    if one.counted is None:
        raise ValueError("neither a line nor a count")
    return {
        "address": one.counted.url,
        "title": one.counted.words,
        "day": _day(one.counted.day),
        "why": _("tự đếm, hết ngày sổ tự có dòng; ghi thêm là tính hai lần"),
    }


@require_POST
def activity_undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Take back a line just recorded."""
    line = get_object_or_404(queries.activities_for(request.user, today()), pk=pk)
    try:
        actions.undo_record(activity=line, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã hoàn tác. Dòng này không còn được tính."))
    return redirect("work:activity", line.pk)


@require_POST
def activity_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a reversed line once more."""
    line = get_object_or_404(queries.activities_for(request.user, today()), pk=pk)
    try:
        line = actions.record_again(activity=line, by=signed_in(request), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã ghi lại dòng này vào sổ."))
    return redirect("work:activity", line.pk)


# --- for the phone --------------------------------------------------------------------------------


@never_cache
def who_records(request: HttpRequest) -> JsonResponse:
    """Who is signed in on this phone now, and a fresh token: asked before acts that waited are sent."""
    person = signed_in(request)
    return JsonResponse({"person": person.pk, "name": str(person), "token": get_token(request)})
