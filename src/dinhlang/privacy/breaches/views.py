"""The register of breaches on the desk: the list, one breach with its clock and what can be done, its papers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
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
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    again,
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
from dinhlang.privacy import deeds, permissions
from dinhlang.privacy.breaches import actions, papers, queries
from dinhlang.privacy.breaches.forms import AmendForm, BreachFilter, NoteForm, SentForm
from dinhlang.privacy.models import Breach
from dinhlang.privacy.rules.breaches import (
    OWED,
    DataKind,
    Deed,
    Outcome,
    State,
    Telling,
    can_happen,
    is_late,
    persons_are_late,
    persons_must_be_told,
    term_on,
)


def breach_list(request: HttpRequest) -> HttpResponse:
    """The register of a body, searched and filtered."""
    on, at = today(), timezone.now()
    body = managed_body(request, on, Permission.PRIVACY_HANDLE)
    form = BreachFilter(request.GET or None, units=units_for(request, Permission.PRIVACY_HANDLE, on))
    rows = slice_of(request, _asked(request, form, body, at))
    return page(
        request,
        "privacy/breaches/list.html",
        _("Vi phạm về dữ liệu cá nhân"),
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        page=rows,
        rows=[
            (one, is_late(one.state, one.due_at, at), _persons_are_late(one, at), one.state in OWED)
            for one in rows
        ],
        query=query_without_page(request),
        waits=queries.waits(body, at),
        term=term_on(on),
    )


def _asked(request: HttpRequest, form: BreachFilter, body: Unit, at: datetime) -> QuerySet[Breach]:
    said = form.asked
    return queries.breaches(
        body,
        text=asked_text(request),
        nature=said.get("nature", ""),
        state=said.get("state", ""),
        standing=said.get("standing", ""),
        first=said.get("first"),
        last=said.get("last"),
        at=at,
    )


@require_POST
def breach_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The register as a table, without what people wrote; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on, at = today(), timezone.now()
    body = managed_body(request, on, Permission.PRIVACY_HANDLE)
    asked = BreachFilter(request.GET or None, units=units_for(request, Permission.PRIVACY_HANDLE, on))
    found = _asked(request, asked, body, at)
    export_list(
        action="breach.export", rows={body.pk: found.count()}, form=form, by=signed_in(request), at=at
    )
    header = [
        _("Số"),
        _("Phát hiện lúc"),
        _("Xảy ra lúc"),
        _("Ai phát hiện"),
        _("Hành vi"),
        _("Loại dữ liệu"),
        _("Khoảng bao nhiêu người"),
        _("Trạng thái"),
        _("Phải thông báo trước"),
        _("Gửi thông báo lúc"),
        _("Số thông báo"),
        _("Quá hạn"),
        _("Lý do không phải thông báo"),
        _("Báo cho người có dữ liệu"),
        _("Kết thúc lúc"),
        _("Người trình"),
        _("Người duyệt"),
    ]
    return tables.download(f"vi-pham-du-lieu-{body.pk}-{on:%Y%m%d}", form, header, _cells(found, at))


def _cells(found: QuerySet[Breach], at: datetime) -> Iterator[tuple[str | int, ...]]:
    for one in found.iterator(chunk_size=500):
        was_late = one.notified_at is not None and one.notified_at > one.due_at
        late = was_late or is_late(one.state, one.due_at, at) or _persons_are_late(one, at)
        yield (
            str(one),
            tables.moment(one.discovered_at),
            tables.moment(one.occurred_at),
            one.get_source_display(),
            one.get_nature_display(),
            "; ".join(_kinds(one)),
            "" if one.persons is None else one.persons,
            one.get_state_display(),
            tables.moment(one.due_at),
            tables.moment(one.notified_at),
            one.notice_number,
            _("quá hạn") if late else "",
            one.ground,
            one.get_telling_display(),
            tables.moment(one.ended_at),
            one.proposed_by.full_name if one.proposed_by else "",
            one.decided_by.full_name if one.decided_by else "",
        )


def _persons_are_late(one: Breach, at: datetime) -> bool:
    return persons_are_late(one.telling, one.data_kinds, one.due_at, at)


def _kinds(one: Breach) -> list[str]:
    return [str(DataKind(kind).label) for kind in one.data_kinds]


@never_cache
def breach_new(request: HttpRequest) -> HttpResponse:
    """Note a breach down."""
    on, at = today(), timezone.now()
    body = managed_body(request, on, Permission.PRIVACY_HANDLE)
    data, _files = posted(request)
    form = NoteForm(data, initial={"key": uuid4(), "discovered_at": timezone.localtime(at)})
    if form.is_valid():
        try:
            one = actions.note(
                unit=body, known=form.known(), key=form.cleaned_data["key"], by=signed_in(request), at=at
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã ghi sổ. Thời hạn thông báo tính từ lúc phát hiện."))
            return redirect("breaches:breach", one.pk)
    return page(
        request,
        "privacy/breaches/new.html",
        _("Ghi vi phạm về dữ liệu cá nhân"),
        crumbs=[_crumb()],
        form=form,
        body=body,
        back=f"{reverse('breaches:breaches')}?unit={body.pk}",
        term=term_on(on),
    )


def _crumb() -> tuple[str, str]:
    return reverse("breaches:breaches"), _("Vi phạm dữ liệu")


def _seen(request: HttpRequest, pk: int) -> Breach:
    """A breach that the person may handle; 404 otherwise."""
    one = get_object_or_404(
        Breach.objects.select_related("unit", "noted_by", "proposed_by", "decided_by"), pk=pk
    )
    if not permissions.can_handle(signed_in(request), one.unit, today()):
        raise Http404
    return one


@never_cache
def breach_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down what became known meanwhile."""
    one = _seen(request, pk)
    if not can_happen(one.state, Deed.AMEND):
        messages.error(request, _("Vi phạm đang ở bước này nên không sửa được."))
        return redirect("breaches:breach", pk)
    data, _files = posted(request)
    form = AmendForm(data, initial=AmendForm.initial_of(one))
    if form.is_valid():
        try:
            actions.amend(
                breach=one,
                known=form.known(),
                words=form.cleaned_data["change"],
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã ghi."))
            return redirect("breaches:breach", pk)
    return page(
        request,
        "privacy/breaches/new.html",
        _("Ghi thêm, sửa thông tin %(code)s") % {"code": one},
        crumbs=[_crumb(), (reverse("breaches:breach", args=[pk]), str(one))],
        form=form,
        back=reverse("breaches:breach", args=[pk]),
        term=term_on(timezone.localdate(one.discovered_at)),
    )


@never_cache
def breach_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One breach: its clock, what is known, what was done, what can be done, its papers."""
    one = _seen(request, pk)
    on, at, who = today(), timezone.now(), signed_in(request)
    late = is_late(one.state, one.due_at, at)
    decides = permissions.can_decide(who, one.unit, on)
    may = {deed.name.lower() for deed in Deed if can_happen(one.state, deed)}
    return page(
        request,
        "privacy/breaches/breach.html",
        _("Vi phạm %(code)s") % {"code": one},
        crumbs=[_crumb()],
        one=one,
        is_late=late,
        persons_are_late=_persons_are_late(one, at),
        is_owed=one.state in OWED,
        was_late=one.notified_at is not None and one.notified_at > one.due_at,
        left=_left(one.due_at - at),
        kinds=_kinds(one),
        steps=[(step, Deed(step.deed).label) for step in queries.steps(one)],
        term=term_on(timezone.localdate(one.discovered_at)),
        tells=persons_must_be_told(one.data_kinds),
        may=may,
        decides=decides and one.proposed_by_id != who.pk,
        closes=decides and "close" in may,
        is_undecided=one.telling == Telling.UNDECIDED,
        is_own_proposal=one.state == State.PROPOSED and one.proposed_by_id == who.pk,
        outcomes=Outcome.choices,
        sent=SentForm(again(request, "send"), auto_id="gui-%s"),
        more=SentForm(again(request, "supplement"), auto_id="bo-sung-%s"),
    )


def _left(left: timedelta) -> str:
    """'còn 5 giờ', 'quá 2 giờ'; below an hour in minutes."""
    minutes = int(abs(left).total_seconds() // 60)
    if minutes >= 60:
        hours = minutes // 60
        length = _("%(count)s giờ") % {"count": hours}
    else:
        length = _("%(count)s phút") % {"count": minutes}
    words = _("quá %(length)s") if left < timedelta() else _("còn %(length)s")
    return words % {"length": length}


@never_cache
def breach_paper(request: HttpRequest, pk: int, which: str, form: str) -> HttpResponse:
    """The notice, its supplement or the record, as a file; that it was taken is noted."""
    one = _seen(request, pk)
    if which not in papers.PAPERS or form not in papers.FORMS:
        raise Http404
    if which == papers.SUPPLEMENT and one.notified_at is None:
        raise Http404
    at = timezone.now()
    made = papers.paper(one, list(queries.steps(one)), which, form, at=at)
    actions.note_opened(breach=one, by=signed_in(request), at=at)
    return HttpResponse(
        made.data,
        content_type=made.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{made.name}"',
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@require_POST
def breach_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one thing about a breach and go back to its page; refused, the page stands there with what was typed."""
    one = _seen(request, pk)
    return deeds.do(
        request,
        _DEEDS,
        {"breach": one},
        page=lambda: breach_detail(request, pk),
        address=reverse("breaches:breach", args=[pk]),
    )


def _sent(request: HttpRequest) -> dict[str, Any]:
    form = SentForm(request.POST)
    if not form.is_valid():
        wrong = next(error for errors in form.errors.values() for error in errors)
        raise Refused(str(wrong))
    return form.cleaned_data


def _send(request: HttpRequest, given: dict[str, Any]) -> None:
    said = _sent(request)
    actions.send(number=said["number"], sent_at=said["sent_at"], **given)


def _supplement(request: HttpRequest, given: dict[str, Any]) -> None:
    actions.supplement(**_sent(request), **given)


_DEEDS: dict[str, deeds.Deed] = {
    "propose": (
        lambda r, g: actions.propose(
            outcome=deeds.said(r, "outcome"),
            words=deeds.said(r),
            ground=deeds.said(r, "ground"),
            late_reason=deeds.said(r, "late_reason"),
            **g,
        ),
        gettext_lazy("Đã trình lãnh đạo duyệt."),
    ),
    "return": (lambda r, g: actions.send_back(words=deeds.said(r), **g), gettext_lazy("Đã trả lại.")),
    "decide": (lambda r, g: actions.decide(**g), gettext_lazy("Đã duyệt.")),
    "explain": (
        lambda r, g: actions.explain(words=deeds.said(r), **g),
        gettext_lazy("Đã ghi. Lý do này in trong thông báo."),
    ),
    "send": (_send, gettext_lazy("Đã ghi thông báo đã gửi.")),
    "supplement": (_supplement, gettext_lazy("Đã ghi thông báo bổ sung.")),
    "tell": (lambda r, g: actions.tell(is_told=True, words=deeds.said(r), **g), gettext_lazy("Đã ghi.")),
    "not-tell": (lambda r, g: actions.tell(is_told=False, words=deeds.said(r), **g), gettext_lazy("Đã ghi.")),
    "reopen": (
        lambda r, g: actions.reopen(words=deeds.said(r), **g),
        gettext_lazy("Đã mở lại. Thời hạn vẫn tính từ lúc phát hiện."),
    ),
    "close": (lambda r, g: actions.close(words=deeds.said(r), **g), gettext_lazy("Đã kết thúc.")),
}
