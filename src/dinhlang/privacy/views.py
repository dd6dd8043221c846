"""Data requests on the desk: the register, one request with what can be done, what is handed to the person."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Unit
from dinhlang.org.personal.people import Held, kinds, marked
from dinhlang.org.personal.retention import added
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    asked_text,
    page,
    posted,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
    units_for,
)
from dinhlang.org.views.managed import managed_body
from dinhlang.privacy import actions, deeds, permissions, queries
from dinhlang.privacy.forms import RequestFilter, TakeForm
from dinhlang.privacy.handing import packed
from dinhlang.privacy.models import DataRequest
from dinhlang.privacy.rules.states import HANDED_OUT, Deed, Kind, Outcome, State, can_happen
from dinhlang.privacy.rules.terms import terms_on

_NAMES = {
    "citizens.Case": gettext_lazy("Phản ánh, kiến nghị"),
    "onestop.Dossier": gettext_lazy("Hồ sơ một cửa"),
    "citizens.ContestSitting": gettext_lazy("Bài thi tìm hiểu"),
    "citizens.TrainingGuest": gettext_lazy("Người dự lớp tập huấn"),
    "privacy.DataRequest": gettext_lazy("Yêu cầu về dữ liệu"),
}


def request_list(request: HttpRequest) -> HttpResponse:
    """The register of requests of a body, searched and filtered."""
    on, at = today(), timezone.now()
    body = managed_body(request, on, Permission.PRIVACY_HANDLE)
    form = RequestFilter(request.GET or None, units=units_for(request, Permission.PRIVACY_HANDLE, on))
    rows = slice_of(request, _asked(request, form, body))
    return page(
        request,
        "privacy/requests.html",
        _("Yêu cầu về dữ liệu cá nhân"),
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        page=rows,
        rows=[(one, queries.is_late(one, at)) for one in rows],
        query=query_without_page(request),
        waits=queries.waits(body, at),
        terms=terms_on(on),
    )


def _asked(request: HttpRequest, form: RequestFilter, body: Unit) -> QuerySet[DataRequest]:
    said = form.asked
    return queries.requests(
        body,
        text=asked_text(request),
        kind=said.get("kind", ""),
        state=said.get("state", ""),
        standing=said.get("standing", ""),
        at=timezone.now(),
    )


@require_POST
def request_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The register as a table without anybody's words or names; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body = managed_body(request, on, Permission.PRIVACY_HANDLE)
    asked = RequestFilter(request.GET or None, units=units_for(request, Permission.PRIVACY_HANDLE, on))
    found = _asked(request, asked, body)
    export_list(
        action="data-request.export",
        rows={body.pk: found.count()},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [
        _("Mã tra cứu"),
        _("Yêu cầu"),
        _("Trạng thái"),
        _("Nhận lúc"),
        _("Phải phản hồi trước"),
        _("Phản hồi lúc"),
        _("Phải thực hiện trước"),
        _("Kết thúc lúc"),
        _("Căn cứ không thực hiện"),
        _("Người trình"),
        _("Người duyệt"),
    ]
    return tables.download(f"yeu-cau-du-lieu-{body.pk}-{on:%Y%m%d}", form, header, _cells(found))


def _cells(found: QuerySet[DataRequest]) -> Iterator[tuple[str, ...]]:
    for one in found.iterator(chunk_size=500):
        yield (
            one.code,
            one.get_kind_display(),
            one.get_state_display(),
            tables.moment(one.received_at),
            tables.moment(one.reply_due_at),
            tables.moment(one.replied_at),
            tables.moment(one.due_at),
            tables.moment(one.ended_at),
            one.ground,
            one.proposed_by.full_name if one.proposed_by else "",
            one.decided_by.full_name if one.decided_by else "",
        )


@never_cache
def request_new(request: HttpRequest) -> HttpResponse:
    """Take a request in at the counter. Its code and PIN are shown in the answer to the form, once."""
    on = today()
    body = managed_body(request, on, Permission.PRIVACY_HANDLE)
    data, _files = posted(request)
    form = TakeForm(data, initial={"key": secrets.token_urlsafe(24)})
    if form.is_valid():
        try:
            receipt = actions.submit(
                unit=body,
                asked=form.asked(),
                key=form.cleaned_data["key"],
                is_proven=form.cleaned_data["is_proven"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return page(
                request, "privacy/taken.html", _("Đã nhận yêu cầu"), crumbs=[_crumb()], receipt=receipt
            )
    return page(
        request,
        "privacy/new.html",
        _("Ghi yêu cầu về dữ liệu cá nhân"),
        crumbs=[_crumb()],
        form=form,
        body=body,
    )


def _crumb() -> tuple[str, str]:
    return reverse("privacy:requests"), _("Yêu cầu về dữ liệu")


def _seen(request: HttpRequest, pk: int) -> DataRequest:
    """A request that the person may handle; 404 otherwise."""
    one = get_object_or_404(DataRequest.objects.select_related("unit", "proposed_by", "decided_by"), pk=pk)
    if not permissions.can_handle(signed_in(request), one.unit, today()):
        raise Http404
    return one


@never_cache
def request_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: where it stands, why on that day, what is held of the person by room, what can be done."""
    one = _seen(request, pk)
    on, at, who = today(), timezone.now(), signed_in(request)
    held = [(row, _NAMES.get(row.kind, row.kind), row.pk) for row in one.matters.exclude(key="")]
    there = {(each.kind, each.key): each for each in queries.matters(one)}
    return page(
        request,
        "privacy/request.html",
        _("Yêu cầu %(code)s") % {"code": one.code},
        crumbs=[_crumb()],
        one=one,
        is_late=queries.is_late(one, at),
        appointment=queries.appointment_of(one),
        steps=[(step, Deed(step.deed).label) for step in queries.steps(one, for_person=False)],
        matters=[_counted(row, name, there.get((row.kind, row.key))) for row, name, _pk in held],
        found=_found(request, one),
        looked=request.GET.get("tim", "")[:120],
        match_kinds=[(kind, _NAMES.get(kind, kind)) for kind in kinds() if kind != "privacy.DataRequest"],
        may={deed.name.lower() for deed in Deed if can_happen(one.state, deed)},
        decides=permissions.can_decide(who, one.unit, on) and one.proposed_by_id != who.pk,
        is_own_proposal=one.state == State.PROPOSED and one.proposed_by_id == who.pk,
        outcomes=Outcome.choices,
        erases=one.kind == Kind.ERASE,
        hands_out=one.kind in HANDED_OUT and bool(there) and one.state in (State.PROPOSED, State.DONE),
    )


def _counted(row: Any, name: Any, held: Held | None) -> dict[str, Any]:
    """A matter with how much of a person is in it, never what."""
    counts: dict[str, int] = {}
    if held is not None:
        for term, rows in held.terms():
            counts = added(counts, term.count(rows))
    return {
        "row": row,
        "name": name,
        "code": str(held.row) if held else "",
        "is_open": held is not None and held.is_open,
        "rows": counts.pop("rows", 0),
        "fields": sum(counts.values()),
    }


def _found(request: HttpRequest, one: DataRequest) -> list[tuple[str, Any, str]]:
    """What is held under a telephone number, an address or a name: codes by room, no content."""
    text = request.GET.get("tim", "").strip()[:120]
    if not text:
        return []
    return [
        (held.kind, _NAMES.get(held.kind, held.kind), str(held.row))
        for held in marked(text, unit_id=one.unit_id)
        if held.key != str(one.uid)
    ]


@never_cache
def request_original(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person wrote and who they say they are; that it was opened is noted."""
    one = _seen(request, pk)
    actions.note_opened(request=one, by=signed_in(request), at=timezone.now())
    return page(
        request,
        "privacy/original.html",
        _("Nội dung yêu cầu %(code)s") % {"code": one.code},
        crumbs=[_crumb(), (reverse("privacy:request", args=[one.pk]), one.code)],
        one=one,
        words=one.words.shown() if one.words else "",
        name=one.name.shown() if one.name else "",
        contact=one.contact.shown() if one.contact else "",
    )


@require_POST
def request_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The data to hand to the person, as a .zip; that it was taken out is noted."""
    one = _seen(request, pk)
    held = list(queries.matters(one))
    if one.kind not in HANDED_OUT or one.state not in (State.PROPOSED, State.DONE) or not held:
        raise Http404
    actions.note_handed_out(request=one, by=signed_in(request), at=timezone.now())
    return handed(one, held)


def handed(one: DataRequest, held: list[Held]) -> HttpResponse:
    """The file as an answer that nobody keeps."""
    answer = HttpResponse(packed(held, code=one.code, at=timezone.now()), content_type="application/zip")
    answer.headers["Content-Disposition"] = f'attachment; filename="{one.code}.zip"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
def request_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one thing to a request and go back to its page; refused, the page stands there with what was typed."""
    one = _seen(request, pk)
    return deeds.do(
        request,
        _DEEDS,
        {"request": one},
        page=lambda: request_detail(request, pk),
        address=reverse("privacy:request", args=[pk]),
    )


def _add_matter(request: HttpRequest, given: dict[str, Any]) -> None:
    kind = deeds.said(request, "kind")
    if kind not in kinds():
        raise Http404
    actions.add_matter(kind=kind, code=deeds.said(request, "code")[:60], **given)


def _drop_matter(request: HttpRequest, given: dict[str, Any]) -> None:
    pk = deeds.said(request, "matter")
    actions.drop_matter(pk=int(pk) if pk.isdecimal() and len(pk) < 10 else 0, **given)


_DEEDS: dict[str, deeds.Deed] = {
    "accept": (lambda r, g: actions.accept(words=deeds.said(r), **g), gettext_lazy("Đã phản hồi.")),
    "ask": (lambda r, g: actions.ask(words=deeds.said(r), **g), gettext_lazy("Đã gửi. Thời hạn tạm dừng.")),
    "confirm": (
        lambda r, g: actions.confirm(words=deeds.said(r), **g),
        gettext_lazy("Đã ghi xác minh. Thời hạn tính tiếp."),
    ),
    "extend": (lambda r, g: actions.extend(words=deeds.said(r), **g), gettext_lazy("Đã gia hạn.")),
    "add-matter": (_add_matter, gettext_lazy("Đã gắn việc vào yêu cầu.")),
    "drop-matter": (_drop_matter, gettext_lazy("Đã bỏ việc khỏi yêu cầu.")),
    "propose": (
        lambda r, g: actions.propose(
            outcome=deeds.said(r, "outcome"), words=deeds.said(r), ground=deeds.said(r, "ground"), **g
        ),
        gettext_lazy("Đã trình lãnh đạo duyệt."),
    ),
    "return": (lambda r, g: actions.send_back(words=deeds.said(r), **g), gettext_lazy("Đã trả lại.")),
    "decide": (lambda r, g: actions.decide(**g), gettext_lazy("Đã duyệt. Người yêu cầu đọc được kết quả.")),
}
