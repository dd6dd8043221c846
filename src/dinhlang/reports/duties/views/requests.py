"""Letters that ask for a report: taken in, confirmed beside their words, given to units in one act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.archive import queries as archive
from dinhlang.archive.leaves import Leaf, Mark, Marks, leaves_of
from dinhlang.archive.views.check import picture_answer
from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused, Role
from dinhlang.org.rules.roles import ROLES
from dinhlang.org.views import (
    looking_of,
    page,
    posted,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
)
from dinhlang.reports.consolidation.queries import gathered_requests
from dinhlang.reports.duties import actions, forms, queries, rules
from dinhlang.reports.duties.actions.requests import Confirmed, reasons
from dinhlang.reports.duties.letter import Letter
from dinhlang.reports.duties.views.lists import duties_crumb
from dinhlang.reports.models import Obligation, Request
from dinhlang.reports.rules import REQUESTED
from dinhlang.reports.views.found import list_crumb
from dinhlang.vietnamese.text import collation_key
from dinhlang.work.views import download

_ARCHIVED_OFFERED = 40
_LINES_SHOWN = 400
_AGAIN_AFTER_SECONDS = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A line of the letter in pieces: words, and whether something was read from them."""

    parts: tuple[tuple[str, bool], ...]


def _takers(request: HttpRequest, on: date) -> dict[str, str]:
    """Names by id of the bodies for which the person takes letters in: their own, or the one from which they watch."""
    looking = looking_of(request)
    takes = {Permission.REPORT_DRAFT, Permission.DUTY_ASSIGN}
    ids = [
        org.body_of(post.unit, on).pk for post in looking.posts if ROLES[Role(post.role)].permissions & takes
    ]
    names = org.titles_of(ids, on)
    return {one: capfirst(names[one]) for one in dict.fromkeys(ids)}


def _assignable(request: HttpRequest, on: date) -> dict[str, str]:
    """Names by id of the units to which the person may give a request: their own, or those below the one they watch from."""
    looking = looking_of(request)
    own = {unit.pk for unit in looking.home_units if Permission.REPORT_DRAFT in looking.permissions_in(unit)}
    if Permission.DUTY_ASSIGN in looking.permissions:
        below = Unit.objects.in_force(on).filter(
            pk__in=looking.readable_ids, level__in=[Unit.Level.COMMUNE, Unit.Level.DISTRICT]
        )
        own |= set(below.values_list("pk", flat=True))
    names = org.titles_of(own, on)
    return {
        one: capfirst(names[one]) for one in sorted(own, key=lambda one: (collation_key(names[one]), one))
    }


def requests(request: HttpRequest) -> HttpResponse:
    """The letters that the person's units took in or were given."""
    on = today()
    shown = slice_of(request, queries.requests_for(request.user, on).prefetch_related("obligations"))
    return page(
        request,
        "reports/duties/requests.html",
        _("Yêu cầu báo cáo đột xuất"),
        crumbs=[list_crumb(), duties_crumb()],
        rows=shown,
        page=shown,
        query=query_without_page(request),
        may_take=bool(_takers(request, on)),
    )


def request_new(request: HttpRequest) -> HttpResponse:
    """Choose a letter; it is read at once."""
    on = today()
    takers = _takers(request, on)
    offered = archive.documents_for(request.user, on).filter(kind="cong-van").order_by("-pk")
    archived = {str(one.pk): str(one) for one in offered[:_ARCHIVED_OFFERED]}
    form = forms.RequestForm(*posted(request), units=takers, archived=archived)
    if request.method == "POST" and takers and form.is_valid():
        try:
            taken = _take(request, form.cleaned_data)
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return redirect("reports:request", taken.pk)
    return page(
        request,
        "reports/duties/request_new.html",
        _("Nhận công văn yêu cầu báo cáo"),
        crumbs=[list_crumb(), duties_crumb(), _crumb()],
        form=form,
        may_take=bool(takers),
    )


def _take(request: HttpRequest, asked: dict[str, Any]) -> Request:
    by, at = signed_in(request), timezone.now()
    if asked["file"]:
        file = asked["file"]
        given: dict[str, Any] = {"data": file.read(), "name": file.name, "unit": asked["unit"]}
        if actions.is_of_pages(given["data"], file.name):
            return actions.receive_letter(**given, by=by, at=at)
        return actions.take_request(**given, by=by, at=at)
    document = archive.documents_for(request.user, today()).select_related("text").get(pk=asked["archived"])
    return actions.receive_archived(document=document, unit=asked["unit"], by=by, at=at)


def _crumb() -> tuple[str, str]:
    return reverse("reports:requests"), _("Yêu cầu báo cáo đột xuất")


def _found(request: HttpRequest, pk: int) -> Request:
    return get_object_or_404(queries.requests_for(request.user, today()).distinct(), pk=pk)


def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter beside what was read from it; once confirmed, beside what became of it."""
    one = _found(request, pk)
    letter = Letter.from_json(one.read)
    form = forms.ConfirmForm(units=_assignable(request, today()), initial=_initial(request, letter))
    return _page(request, one, form)


def _initial(request: HttpRequest, letter: Letter) -> dict[str, Any]:
    offered = list(_assignable(request, today()))
    return {
        "asker": letter.asker.value,
        "symbol": letter.symbol.value,
        "dated": letter.dated.value or None,
        "subject": letter.subject.value,
        "due_on": letter.dues[0].value if letter.dues else None,
        "starts_on": letter.start.value or None,
        "ends_on": letter.end.value or None,
        "units": offered if len(offered) == 1 else [],
    }


def _page(request: HttpRequest, one: Request, form: forms.ConfirmForm, **more: Any) -> HttpResponse:
    on = today()
    letter = Letter.from_json(one.read)
    is_open = one.state == Request.State.PROPOSED
    given = queries.with_standing(
        Obligation.objects.filter(request=one, unit__in=looking_of(request).readable_ids), on
    )
    titles = org.titles_of(given.values_list("unit_id", flat=True), on)
    is_waiting = is_open and not one.read and timezone.now() - one.received_at < actions.CUT_OFF_AFTER
    answer = page(
        request,
        "reports/duties/request.html",
        one.subject or letter.subject.value or one.name,
        crumbs=[list_crumb(), duties_crumb(), _crumb()],
        one=one,
        letter=letter,
        dues=[(date.fromisoformat(due.value), due) for due in letter.dues],
        problems=one.read.get("problems", []),
        lines=source_lines(one.text, letter),
        form=form,
        leaves=_leaves(one, letter),
        is_waiting=is_waiting,
        is_open=is_open and not is_waiting,
        may_act=one.unit_id in _takers(request, on),
        gathered=_gathered(request, one, on),
        given=[
            (queries.shown(row, on), capfirst(titles[row.unit_id])) for row in given.select_related("unit")
        ],
        **more,
    )
    if is_waiting:
        answer.headers["Refresh"] = str(_AGAIN_AFTER_SECONDS)
    return answer


def _leaves(one: Request, letter: Letter) -> list[Leaf]:
    """The pages of the letter, each value marked where it stands; none of a letter without pages."""
    kept = actions.leaves_in(one)
    marks = Marks()
    targets = [
        ("asker", "id_asker", _("Cơ quan yêu cầu")),
        ("symbol", "id_symbol", _("Số, ký hiệu")),
        ("subject", "id_subject", _("Phải báo cáo việc gì")),
        ("asks", "id_subject", _("Phải báo cáo việc gì")),
        ("start", "id_starts_on", _("Số liệu từ ngày")),
        *((f"due-{number}", "id_due_on", _("Hạn gửi")) for number in range(len(letter.dues))),
    ]
    for name, target, title in targets:
        rows = [(number, (x0, y0, x1, y1)) for number, x0, y0, x1, y1 in kept.get("rows", {}).get(name, [])]
        marks.add(Mark(f"h-{name}", target, "info", title), rows)
    return leaves_of([(width, height) for width, height in kept.get("sizes", [])], marks.by_page)


def _gathered(request: HttpRequest, one: Request, on: date) -> str:
    """Where the answers are taken together, for whoever asked others; '' where nobody else was asked."""
    if not gathered_requests(looking_of(request).readable_ids).filter(pk=one.pk).exists():
        return ""
    asked = {"unit": org.body_of(one.unit, on).pk, "programme": f"{REQUESTED}{one.pk}"}
    return f"{reverse('reports:consolidation')}?{urlencode(asked)}"


def source_lines(text: str, letter: Letter) -> list[Source]:
    """The lines of the letter, with the words that were read set apart."""
    read = (letter.symbol, letter.asks, *letter.dues, letter.start)
    quotes = [one.quote for one in read if len(one.quote) > 3]
    return [Source(_parts(line, quotes)) for line in text.splitlines()[:_LINES_SHOWN]]


def _parts(line: str, quotes: list[str]) -> tuple[tuple[str, bool], ...]:
    """A line that a quote contains, or that contains a quote, with the shared words set apart."""
    plain = line.strip()
    for quote in quotes:
        at = line.find(quote)
        if at >= 0:
            return ((line[:at], False), (quote, True), (line[at + len(quote) :], False))
        if len(plain) > 20 and plain in quote:
            return ((line, True),)
    return ((line, False),)


@require_POST
def request_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what would be given to whom, or give it."""
    one = _found(request, pk)
    on = today()
    form = forms.ConfirmForm(request.POST, units=_assignable(request, on))
    if one.unit_id not in _takers(request, on):
        raise Http404
    if not form.is_valid():
        return _page(request, one, form)
    units = list(Unit.objects.filter(pk__in=form.cleaned_data["units"]).order_by("pk"))
    said = Confirmed(**{name: value for name, value in form.cleaned_data.items() if name != "units"})
    if request.POST.get("do") != "confirm":
        names = org.titles_of([unit.pk for unit in units], on)
        preview = [capfirst(names[unit.pk]) for unit in units]
        return _page(request, one, form, preview=preview, said=said, why=reasons(one, said))
    try:
        count = actions.confirm_request(
            request=one, said=said, units=units, by=signed_in(request), at=timezone.now()
        )
    except rules.NotConfirmed as reason:
        show_refusal(form, reason)
        return _page(request, one, form)
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("reports:request", pk)
    messages.success(request, _("Đã giao báo cáo cho %(count)d đơn vị.") % {"count": count})
    return redirect("reports:request", pk)


@require_POST
def request_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request back, with the reason."""
    one = _found(request, pk)
    if one.unit_id not in _takers(request, today()):
        raise Http404
    try:
        actions.withdraw_request(
            request=one, reason=request.POST.get("reason", ""), by=signed_in(request), at=timezone.now()
        )
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, _("Đã rút yêu cầu. Các đơn vị thôi phải nộp báo cáo này."))
    return redirect("reports:request", pk)


def request_page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A page of the letter as a picture."""
    one = _found(request, pk)
    return picture_answer(actions.picture_of_letter(request=one, number=number, at=timezone.now()))


def request_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter as it came."""
    one = _found(request, pk)
    if one.blob is None:
        raise Http404
    return download(one.blob, one.name)
