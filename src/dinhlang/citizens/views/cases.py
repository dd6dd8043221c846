"""One case on the desk, with all that happened to it and can be done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from dinhlang.citizens import actions, permissions, queries
from dinhlang.citizens.forms import AnswerForm, AssignForm, SubjectForm
from dinhlang.citizens.models import Answer, Case, Publication
from dinhlang.citizens.rules.answers import outdated
from dinhlang.citizens.rules.categories import categories, label_of
from dinhlang.citizens.rules.intake import Sender
from dinhlang.citizens.rules.kinds import Nature, Satisfaction, doubts_of
from dinhlang.citizens.rules.states import Deed, can_happen
from dinhlang.citizens.views.seen import crumb, is_apart, is_late, parts_of, people_of, seen_case
from dinhlang.org import queries as org
from dinhlang.org.models import Person, Unit
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.views import again, key_of_form, page, signed_in, tell_refusal, today


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
        part=capfirst(names.get(case.part_id or "", "")),
        appointment=queries.appointment_of(case),
        terms=queries.terms_of(case.unit, on),
        is_late=is_late(case),
        is_apart=is_apart(case),
        reminded=queries.last_reminded([case]).get(case.pk),
        doubts=doubts_of(case.flags),
        steps=queries.steps(case, for_sender=False),
        notes=case.said.filter(event=None).select_related("by"),
        note_key=uuid4(),
        answers=Answer.objects.filter(case=case, approved_at__isnull=False).select_related("approved_by"),
        publication=publication,
        may=may,
        handles=handles,
        takes=takes,
        assigns=permissions.can_assign(who, case, on),
        claims=permissions.can_claim(who, case, on),
        is_own=case.handler_id == who.pk,
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
    "claim": (lambda r, c, g: actions.claim(**g), gettext_lazy("Bạn đã nhận việc này.")),
    "give-back": (
        lambda r, c, g: actions.give_back(reason=_said(r), **g),
        gettext_lazy("Đã trả lại cho bộ phận; người khác ở bộ phận nhận được."),
    ),
    "not-apart": (
        lambda r, c, g: actions.not_apart(**g),
        gettext_lazy("Đã ghi: không phải khiếu nại, tố cáo."),
    ),
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
    "note": (
        lambda r, c, g: actions.write_note(words=_said(r), key=key_of_form(r), **g),
        gettext_lazy("Đã lưu ghi chú."),
    ),
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
