"""Cases on the desk: the list, its file, and one with all that happened to it and can be done."""

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
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.citizens import actions, permissions, queries
from dinhlang.citizens.forms import AnswerForm, AssignForm, CaseFilter, SubjectForm
from dinhlang.citizens.models import Answer, Case, Publication
from dinhlang.citizens.rules.answers import outdated
from dinhlang.citizens.rules.categories import categories, label_of
from dinhlang.citizens.rules.intake import Sender
from dinhlang.citizens.rules.kinds import Nature, Satisfaction, doubts_of
from dinhlang.citizens.rules.states import RUNNING, Deed, can_happen
from dinhlang.citizens.views.seen import crumb, parts_of, people_of, seen_case
from dinhlang.org import queries as org
from dinhlang.org import tables
from dinhlang.org.actions import export_list
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Permission, Refused, Unfit
from dinhlang.org.views import (
    again,
    asked_text,
    page,
    query_without_page,
    signed_in,
    slice_of_many,
    tell_refusal,
    today,
    units_for,
)
from dinhlang.org.views.managed import managed_body


def case_list(request: HttpRequest) -> HttpResponse:
    """The cases of a body, searched and filtered."""
    on, at = today(), timezone.now()
    body = managed_body(request, on, Permission.CITIZENS_READ)
    form = CaseFilter(request.GET or None, units=units_for(request, Permission.CITIZENS_READ, on))
    rows = slice_of_many(request, _asked(request, form, body))
    reminded = queries.last_reminded(rows)
    former = org.titles_of({one.unit_id for one in rows} - {body.pk}, on)
    return page(
        request,
        "citizens/cases.html",
        _("Phản ánh, kiến nghị"),
        body=body,
        body_name=capfirst(org.title_of(body, on)),
        form=form,
        page=rows,
        rows=[
            (
                one,
                label_of(one.category),
                _is_late(one),
                doubts_of(one.flags),
                reminded.get(one.pk),
                former.get(one.unit_id, ""),
            )
            for one in rows
        ],
        query=query_without_page(request),
        waits=queries.waits(body, at),
        may_take=permissions.can_take(signed_in(request), body, on),
        may_assign=permissions.can_assign(signed_in(request), body, on),
    )


def _asked(request: HttpRequest, form: CaseFilter, body: Unit) -> QuerySet[Case]:
    said = form.asked
    asked = queries.Asked(
        asked_text(request), said.get("state", ""), said.get("category", ""), said.get("standing", "")
    )
    units, mine = queries.kept_by(body, today())
    return queries.cases(units, asked, person=signed_in(request), at=timezone.now()).filter(mine)


def _is_late(case: Case) -> bool:
    return case.state in RUNNING and case.due_at is not None and case.due_at < timezone.now()


@require_POST
def case_export(request: HttpRequest, form: str) -> HttpResponseBase:
    """The cases that the filter asks for as a table without anybody's words or names; noted in the audit."""
    if form not in tables.FORMS:
        raise Http404
    on = today()
    body = managed_body(request, on, Permission.CITIZENS_READ)
    asked = CaseFilter(request.GET or None, units=units_for(request, Permission.CITIZENS_READ, on))
    found = _asked(request, asked, body)
    export_list(
        action="case.export",
        rows={body.pk: found.count()},
        form=form,
        by=signed_in(request),
        at=timezone.now(),
    )
    return tables.download(f"phan-anh-{body.pk}-{on:%Y%m%d}", form, case_header(), case_cells(found))


def case_header() -> list[str]:
    """The columns of a table of cases."""
    return [
        _("Mã tra cứu"),
        _("Đơn vị"),
        _("Loại"),
        _("Lĩnh vực"),
        _("Tóm tắt"),
        _("Thôn"),
        _("Nhận qua"),
        _("Trạng thái"),
        _("Nhận lúc"),
        _("Hẹn trả lời"),
        _("Trả lời lúc"),
        _("Đúng hạn"),
        _("Số ngày làm việc"),
        _("Mức hài lòng"),
    ]


def case_cells(found: QuerySet[Case]) -> Iterator[tuple[str | int, ...]]:
    """The rows of a table of cases, without anybody's words or names."""
    on = today()
    units = org.titles_of(found.order_by().values_list("unit", flat=True).distinct(), on)
    names = org.titles_of(
        found.exclude(hamlet=None).order_by().values_list("hamlet", flat=True).distinct(), on
    )
    for one in found.iterator(chunk_size=500):
        yield (
            one.code,
            units.get(one.unit_id, ""),
            one.get_nature_display(),
            label_of(one.category),
            one.subject,
            names.get(one.hamlet_id or "", ""),
            one.get_way_display(),
            one.get_state_display(),
            _day(one.received_at),
            _day(one.due_at),
            _day(one.answered_at),
            "" if one.answered_in_time is None else _("có") if one.answered_in_time else _("không"),
            "" if one.days_used is None else one.days_used,
            one.get_rating_display() if one.rating else "",
        )


def _day(at: Any) -> str:
    return f"{timezone.localtime(at):%d/%m/%Y}" if at else ""


# --- One case --------------------------------------------------------------------------------------


@never_cache
def case_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One case: where it stands, why on that day, what happened, what can be done. The original is a page of its own."""
    case = seen_case(request, pk)
    on, who = today(), signed_in(request)
    handles = permissions.can_handle(who, case, on)
    takes = permissions.can_take(who, case, on)
    may = {deed.name.lower() for deed in Deed if can_happen(case.state, deed)}
    publication = Publication.objects.filter(case=case).first()
    reply = queries.replies(case.unit).filter(pk=_number(request.GET.get("mau", ""))).first()
    waiting = Answer.objects.filter(case=case, approved_at=None).first()
    names = org.titles_of({pk for pk in (case.hamlet_id, case.part_id) if pk}, on)
    return page(
        request,
        "citizens/case.html",
        _("Phản ánh %(code)s") % {"code": case.code},
        crumbs=[crumb()],
        case=case,
        category=label_of(case.category),
        forward_to=categories()[case.category].forward_to if case.category in categories() else "",
        hamlet=names.get(case.hamlet_id or "", ""),
        former="" if org.exists_on(case.unit, on) else org.title_of(case.unit, on),
        part=names.get(case.part_id or "", ""),
        appointment=queries.appointment_of(case),
        terms=queries.terms_of(case.unit, on),
        is_late=_is_late(case),
        reminded=queries.last_reminded([case]).get(case.pk),
        doubts=doubts_of(case.flags),
        steps=queries.steps(case, for_sender=False),
        notes=case.said.filter(event=None).select_related("by"),
        answers=Answer.objects.filter(case=case, approved_at__isnull=False).select_related("approved_by"),
        publication=publication,
        may=may,
        handles=handles,
        takes=takes,
        assigns=permissions.can_assign(who, case, on),
        approves=permissions.can_approve(who, case, on),
        subject_form=SubjectForm(
            again(request, "describe"), initial={"subject": case.subject, "category": case.category}
        ),
        assign_form=AssignForm(
            again(request, "assign"),
            people=people_of(case.unit, on),
            parts=parts_of(case.unit, on),
            initial={"handler": case.handler_id, "part": case.part_id},
        ),
        answer_form=AnswerForm(
            again(request, "draft"),
            initial={"words": reply.words if reply else waiting.words.shown() if waiting and handles else ""},
        ),
        replies=[
            (one, bool(outdated(one.words, on))) for one in queries.replies(case.unit, case.category)[:20]
        ]
        if handles and "draft" in may
        else [],
        outdated=outdated(reply.words, on) if reply else [],
        satisfactions=Satisfaction.choices,
        apart=[(Nature.COMPLAINT, Nature.COMPLAINT.label), (Nature.DENUNCIATION, Nature.DENUNCIATION.label)],
        openings=case.openings.select_related("by")[:10],
    )


@require_POST
def case_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one thing to a case and go back to its page; refused, the page stands there with what was typed."""
    case = seen_case(request, pk)
    deed = _DEEDS.get(request.POST.get("do", ""))
    if deed is None:
        raise Http404
    act, told = deed
    try:
        given = act(request, case, {"case": case, "by": signed_in(request), "at": timezone.now()})
    except Refused as reason:
        tell_refusal(request, reason)
        return case_detail(request, pk)
    messages.success(request, str(told) % {"pin": given} if isinstance(given, str) else str(told))
    return redirect("citizens:case", pk)


_Deed = Callable[[HttpRequest, Case, dict[str, Any]], object]


def _said(request: HttpRequest, name: str = "reason") -> str:
    return request.POST.get(name, "").replace("\0", "")


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _assign(request: HttpRequest, case: Case, given: dict[str, Any]) -> object:
    part, person = request.POST.get("part", ""), _number(request.POST.get("handler", ""))
    return actions.assign(
        part=Unit.objects.filter(pk=part).first() if part else None,
        handler=Person.objects.filter(pk=person).first() if person else None,
        **given,
    )


def _named(request: HttpRequest, case: Case, given: dict[str, Any]) -> object:
    sender = Sender(_said(request, "name"), _said(request, "phone"), "", _said(request, "address"))
    return actions.name_sender(sender=sender, **given)


_DEEDS: dict[str, tuple[_Deed, Any]] = {
    "accept": (lambda r, c, g: actions.accept(**g), gettext_lazy("Đã tiếp nhận.")),
    "advice": (
        lambda r, c, g: actions.take_as_advice(reason=_said(r), **g),
        gettext_lazy("Đã ghi nhận là góp ý."),
    ),
    "lead-away": (
        lambda r, c, g: actions.lead_away(nature=_said(r, "nature"), reason=_said(r), **g),
        gettext_lazy("Đã hướng dẫn người gửi."),
    ),
    "refuse": (lambda r, c, g: actions.refuse(reason=_said(r), **g), gettext_lazy("Đã ghi không tiếp nhận.")),
    "name": (_named, gettext_lazy("Đã ghi người gửi.")),
    "describe": (
        lambda r, c, g: actions.set_subject(subject=_said(r, "subject"), category=_said(r, "category"), **g),
        gettext_lazy("Đã lưu tóm tắt và lĩnh vực."),
    ),
    "assign": (_assign, gettext_lazy("Đã phân công.")),
    "forward": (
        lambda r, c, g: actions.forward(
            authority=_said(r, "authority"), reference=_said(r, "reference"), reason=_said(r), **g
        ),
        gettext_lazy("Đã ghi việc chuyển. Thời hạn tạm dừng."),
    ),
    "come-back": (
        lambda r, c, g: actions.come_back(reason=_said(r), **g),
        gettext_lazy("Đã nhận lại. Thời hạn tính tiếp."),
    ),
    "ask": (
        lambda r, c, g: actions.ask(question=_said(r), **g),
        gettext_lazy("Đã gửi câu hỏi. Thời hạn tạm dừng."),
    ),
    "pause": (lambda r, c, g: actions.pause(reason=_said(r), **g), gettext_lazy("Đã tạm dừng thời hạn.")),
    "resume": (lambda r, c, g: actions.resume(reason=_said(r), **g), gettext_lazy("Thời hạn tính tiếp.")),
    "supplement": (
        lambda r, c, g: actions.supplement(words=_said(r), **g),
        gettext_lazy("Đã ghi lời bổ sung. Thời hạn tính tiếp."),
    ),
    "extend": (
        lambda r, c, g: actions.extend(reason=_said(r), new_on=_date(_said(r, "new_on")), **g),
        gettext_lazy("Đã gia hạn. Người gửi đọc được lý do."),
    ),
    "note": (lambda r, c, g: actions.write_note(words=_said(r), **g), gettext_lazy("Đã lưu ghi chú.")),
    "draft": (
        lambda r, c, g: actions.draft_answer(words=_said(r, "words"), **g),
        gettext_lazy("Đã trình câu trả lời."),
    ),
    "rate": (
        lambda r, c, g: actions.rate(rating=_number(_said(r, "rating")), words=_said(r), **g),
        gettext_lazy("Đã ghi mức hài lòng."),
    ),
    "reopen": (
        lambda r, c, g: actions.reopen(reason=_said(r), **g),
        gettext_lazy("Đã mở lại, có ngày hẹn mới."),
    ),
    "withdraw": (
        lambda r, c, g: actions.withdraw(reason=_said(r), **g),
        gettext_lazy("Đã ghi người gửi rút."),
    ),
    "close": (lambda r, c, g: actions.close(reason=_said(r), **g), gettext_lazy("Đã đóng.")),
    "renew-pin": (
        lambda r, c, g: actions.renew_pin(**g),
        gettext_lazy("Mã bí mật mới là %(pin)s. Đọc cho người gửi ngay; trang này không hiện lại."),
    ),
}


def _date(text: str) -> date | None:
    """The day of a field; None for an empty one. Raises `Unfit` for what is no day."""
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise Unfit(_("Ngày hẹn mới chưa đúng. Chọn một ngày trong lịch."), "new_on")
    return day
