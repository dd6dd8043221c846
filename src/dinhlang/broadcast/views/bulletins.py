"""Bulletins: the list, writing, and the way over the board."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.broadcast import actions, permissions, queries
from dinhlang.broadcast.forms import BulletinFilter, BulletinForm
from dinhlang.broadcast.intake.queries import is_as_it_came, source_of
from dinhlang.broadcast.models import Bulletin, RunningItem
from dinhlang.broadcast.players.queries import unaware_of
from dinhlang.broadcast.rules.checking import remarks
from dinhlang.broadcast.rules.kinds import Kind, Language, Priority, Source
from dinhlang.broadcast.rules.states import IN_WORK, Deed, State, can_happen
from dinhlang.broadcast.views.seen import crumb, seen_bulletin
from dinhlang.broadcast.voicing import views as sound
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.forms.links import LinkForm
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import can
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import (
    asked_text,
    body_asked,
    page,
    posted,
    query_without_page,
    show_refusal,
    signed_in,
    slice_of,
    today,
)
from dinhlang.org.views.managed import managed_body
from dinhlang.work import queries as work


def bulletin_list(request: HttpRequest) -> HttpResponse:
    """The bulletins of a body, searched and filtered."""
    on = today()
    body, bodies = body_asked(request, on)
    form = BulletinFilter(request.GET or None, units=bodies)
    rows = slice_of(request, _asked(form, body, request))
    return page(
        request,
        "broadcast/bulletins.html",
        _("Bản tin phát thanh"),
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        page=rows,
        query=query_without_page(request),
        may_write=permissions.can_write(signed_in(request), body, on),
        waiting=len(queries.waiting(body, on)),
    )


def _asked(form: BulletinFilter, body: Unit, request: HttpRequest) -> QuerySet[Bulletin]:
    asked = form.asked
    return queries.bulletins(
        [body.pk],
        queries.Asked(
            asked_text(request),
            asked.get("state", ""),
            asked.get("kind", ""),
            asked.get("priority"),
            asked.get("field", ""),
            asked.get("language", ""),
        ),
    )


@require_POST
def bulletin_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The bulletins that the filter asks for as a table; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body, bodies = body_asked(request, on)
    found = _asked(BulletinFilter(request.GET or None, units=bodies), body, request)
    export_list(
        action="bulletin.export",
        rows={body.pk: found.count()},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    header = [
        _("Tiêu đề"),
        _("Thể loại"),
        _("Mức ưu tiên"),
        _("Nguồn"),
        _("Ngôn ngữ"),
        _("Trạng thái"),
        _("Thời lượng (giây)"),
        _("Tác giả"),
        _("Thay đổi"),
    ]
    return tables.download(f"ban-tin-{body.pk}-{on:%Y%m%d}", form, header, _rows(found))


def _rows(found: QuerySet[Bulletin]) -> Iterator[tuple[str | int, ...]]:
    for one in found.iterator(chunk_size=500):
        edition = one.draft or one.approved
        yield (
            str(one),
            one.get_kind_display(),
            one.get_priority_display(),
            one.get_source_display(),
            one.get_language_display(),
            one.get_state_display(),
            edition.seconds if edition else 0,
            edition.writer if edition else "",
            f"{timezone.localtime(one.changed_at):%d/%m/%Y %H:%M}",
        )


def bulletin_new(request: HttpRequest) -> HttpResponse:
    """Begin a bulletin."""
    on = today()
    body = body_to_write(request)
    initial = {
        "kind": Kind.NEWS,
        "priority": Priority.ORDINARY,
        "source": Source.OWN,
        "language": Language.VIETNAMESE,
    }
    form = BulletinForm(posted(request)[0], tasks=work.open_tasks([body.pk], on), initial=initial)
    if form.is_valid():
        try:
            made = actions.write_bulletin(
                unit=body,
                words=form.words(),
                placing=form.placing(),
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lập bản tin. Xem lại rồi gửi duyệt."))
            return redirect("broadcast:bulletin", made.pk)
    return page(request, "broadcast/edit.html", _("Soạn bản tin"), crumbs=[crumb()], form=form, body=body)


def body_to_write(request: HttpRequest) -> Unit:
    """The body for which the person writes bulletins, or looks them through; 404 for whoever does neither."""
    try:
        return managed_body(request, today(), Permission.BROADCAST_WRITE)
    except Http404:
        return managed_body(request, today(), Permission.BROADCAST_REVIEW)


def bulletin_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Write in the edition in work."""
    on = today()
    bulletin = seen_bulletin(request, pk)
    if not permissions.can_write(signed_in(request), bulletin.unit, on):
        raise Http404
    if bulletin.state not in IN_WORK:
        messages.error(request, _("Bản tin này hiện không sửa được. Lấy lại hoặc mở bản mới để sửa."))
        return redirect("broadcast:bulletin", pk)
    form = BulletinForm(
        posted(request)[0],
        tasks=work.open_tasks([bulletin.unit_id], on),
        initial=BulletinForm.initial_of(bulletin),
    )
    if form.is_valid():
        try:
            actions.save_draft(
                bulletin=bulletin,
                words=form.words(),
                seen=form.cleaned_data["seen"] or 0,
                placing=form.placing(),
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu."))
            return redirect("broadcast:bulletin", pk)
    return page(
        request,
        "broadcast/edit.html",
        _("Sửa bản tin"),
        crumbs=[crumb()],
        form=form,
        body=bulletin.unit,
        bulletin=bulletin,
    )


def bulletin_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One bulletin: its words, what to look at, where it stands, what was done, when it is planned and was heard."""
    on = today()
    bulletin = seen_bulletin(request, pk)
    edition = bulletin.draft or bulletin.approved
    if edition is None:
        raise Http404
    who = signed_in(request)
    rows = RunningItem.objects.filter(bulletin=bulletin).select_related("session")
    plays = list(rows.order_by("-session__day", "-session__starts")[:60])
    states = queries.states_of([play.session for play in plays])
    rate = queries.rate_of(bulletin.unit)
    source = source_of(bulletin)
    return page(
        request,
        "broadcast/bulletin.html",
        str(bulletin),
        crumbs=[crumb()],
        edition=edition,
        body_name=capfirst(org.title_of(bulletin.unit, on)),
        remarks=remarks(edition.script, edition.seconds) if bulletin.language == Language.VIETNAMESE else [],
        rate=rate,
        steps=bulletin.steps.select_related("by", "edition", "link__made_by")[:50],
        plays=[(play, states.get(play.uid)) for play in plays],
        others=bulletin.in_other_languages.select_related("draft", "approved"),
        deeds=_deeds(bulletin, who, on),
        may_write=bulletin.state in IN_WORK and permissions.can_write(who, bulletin.unit, on),
        digest=queries.digest_of(bulletin, edition),
        languages=[one for one in Language.choices if one[0] != bulletin.language]
        if permissions.can_write(who, bulletin.unit, on)
        else [],
        **sound.context_of(request, bulletin),
        source=source,
        unaware=unaware_of(bulletin, timezone.now()),
        may_file=permissions.can_write(who, bulletin.unit, on),
        is_as_it_came=source is not None and is_as_it_came(source, bulletin),
        **_linking(bulletin, who, on),
    )


def _linking(bulletin: Bulletin, who: Person, on: date) -> dict[str, Any]:
    """What the page needs to send a leader a link; nothing for whoever may not."""
    if bulletin.state != State.PASSED_ON or not can(who, Permission.BROADCAST_REVIEW, bulletin.unit, on):
        return {}
    people = permissions.approvers(bulletin, on)
    return {
        "link_form": LinkForm(people=people) if people else None,
        "links": queries.open_links_of(bulletin, timezone.now()),
    }


def _deeds(bulletin: Bulletin, who: Person, on: date) -> set[str]:
    """What the person may do now, of what the table allows."""
    unit = bulletin.unit
    writes = permissions.can_write(who, unit, on)
    reviews = can(who, Permission.BROADCAST_REVIEW, unit, on)
    approves = can(who, Permission.BROADCAST_APPROVE, unit, on)
    allowed = {
        Deed.SUBMIT: writes and not reviews,
        Deed.PASS_ON: reviews,
        Deed.TAKE_BACK: writes,
        Deed.RETURN: reviews if bulletin.state == "submitted" else approves,
        Deed.APPROVE: approves,
        Deed.REVISE: writes,
        Deed.WITHDRAW: bulletin.approved_id is not None and permissions.can_withdraw(who, bulletin, on),
        Deed.DROP: writes,
    }
    return {
        deed.value for deed, is_allowed in allowed.items() if is_allowed and can_happen(bulletin.state, deed)
    }


@require_POST
def bulletin_step(request: HttpRequest, pk: int) -> HttpResponse:
    """One deed of the board."""
    bulletin = seen_bulletin(request, pk)
    reason = request.POST.get("reason", "")
    given: dict[str, Any] = {"bulletin": bulletin, "by": signed_in(request), "at": timezone.now()}
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        Deed.SUBMIT: (lambda: actions.submit(note=reason, **given), _("Đã gửi công chức văn hóa xem.")),
        Deed.PASS_ON: (lambda: actions.pass_on(note=reason, **given), _("Đã trình lãnh đạo duyệt.")),
        Deed.TAKE_BACK: (lambda: actions.take_back(**given), _("Đã lấy lại để sửa.")),
        Deed.RETURN: (lambda: actions.return_bulletin(reason=reason, **given), _("Đã trả lại.")),
        Deed.APPROVE: (
            lambda: actions.approve(seen=request.POST.get("seen", ""), note=reason, **given),
            _("Đã duyệt. Bản tin được phát."),
        ),
        Deed.REVISE: (
            lambda: actions.revise(note=reason, **given),
            _("Đã mở bản mới. Bản đã duyệt vẫn được phát."),
        ),
        Deed.WITHDRAW: (
            lambda: actions.withdraw(reason=reason, **given),
            _("Đã gỡ. Bản tin không phát nữa."),
        ),
        Deed.DROP: (lambda: actions.drop(**given), _("Đã bỏ bản nháp.")),
    }
    act, told = deeds.get(request.POST.get("do", ""), (None, ""))
    if act is None:
        raise Http404
    do(request, act, told)
    return redirect("broadcast:bulletin", pk)


@require_POST
def bulletin_say_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the same bulletin in another language."""
    bulletin = seen_bulletin(request, pk)
    try:
        made = actions.say_in(
            bulletin=bulletin,
            language=request.POST.get("language", ""),
            by=signed_in(request),
            at=timezone.now(),
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("broadcast:bulletin", pk)
    messages.success(request, _("Đã lập bản tin bằng ngôn ngữ này. Thêm bản ghi âm rồi gửi duyệt."))
    return redirect("broadcast:bulletin", made.pk)


def do(request: HttpRequest, act: Callable[[], object], told: str) -> bool:
    """Do it and say so, or say why not."""
    try:
        act()
    except Refused as reason:
        messages.error(request, str(reason))
        return False
    messages.success(request, told)
    return True
