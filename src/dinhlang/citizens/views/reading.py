"""Pages that open what a citizen wrote; each opening is noted. The original, the approval, and the public text beside it."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from dinhlang.citizens import actions, keeping, permissions, queries
from dinhlang.citizens.forms import PublicForm
from dinhlang.citizens.models import Answer, Case, CaseFile, Publication, PublicText, Renewal
from dinhlang.citizens.rules import publishing
from dinhlang.citizens.rules.answers import outdated
from dinhlang.citizens.rules.categories import label_of
from dinhlang.citizens.rules.publishing import ANSWER, QUESTION, Decision
from dinhlang.citizens.rules.recognition import recognise
from dinhlang.citizens.rules.states import Shown, State
from dinhlang.citizens.views.seen import crumbs_of, seen_case
from dinhlang.org.rules import Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, today
from dinhlang.work.sealed_files import FileLost


@never_cache
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """What the citizen wrote, who it is, and the files."""
    case = seen_case(request, pk)
    actions.open_original(case=case, by=signed_in(request), at=timezone.now())
    words = case.words.shown()
    return page(
        request,
        "citizens/original.html",
        _("Bản gốc của phản ánh %(code)s") % {"code": case.code},
        crumbs=crumbs_of(case),
        case=case,
        words=words,
        apart=recognise(words, today()),
        added=[one for one in queries.steps(case, for_sender=False) if one.is_of_sender],
        files=case.files.filter(erased_at=None),
        papers_removed=case.files.filter(is_identity_paper=True).exclude(erased_at=None).count(),
        openings=case.openings.select_related("by")[:20],
    )


@never_cache
def case_file(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """A photo or a letter of a case, opened from where it lies sealed."""
    case = seen_case(request, pk)
    file = get_object_or_404(CaseFile, pk=number, case=case, erased_at=None)
    actions.open_file(file=file, by=signed_in(request), at=timezone.now())
    try:
        data = keeping.FILES.read(file.name_there)
    except FileLost:
        raise Http404 from None
    return HttpResponse(
        data,
        content_type=file.media_type,
        headers={
            "Content-Disposition": "inline" if file.media_type.startswith("image/") else "attachment",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


@never_cache
def approval(request: HttpRequest, pk: int) -> HttpResponse:
    """For the leader: the question and the drafted answer side by side, and the decision."""
    case = seen_case(request, pk)
    who, on = signed_in(request), today()
    if not permissions.can_approve(who, case, on):
        raise Http404
    if request.method == "POST":
        return _decide(request, case)
    waiting = Answer.objects.filter(case=case, approved_at=None).select_related("drafted_by").first()
    actions.open_original(case=case, by=who, at=timezone.now())
    words = waiting.words.shown() if waiting else ""
    return page(
        request,
        "citizens/approval.html",
        _("Duyệt câu trả lời %(code)s") % {"code": case.code},
        crumbs=crumbs_of(case),
        case=case,
        category=label_of(case.category),
        words=case.words.shown(),
        answer=waiting if case.state == State.DRAFTED else None,
        answer_words=words,
        outdated=outdated(words, on),
        is_own=waiting is not None and waiting.drafted_by_id == who.pk,
    )


def _decide(request: HttpRequest, case: Case) -> HttpResponse:
    by, at = signed_in(request), timezone.now()
    try:
        if request.POST.get("do") == "approve":
            actions.approve_answer(case=case, seen=request.POST.get("seen", ""), by=by, at=at)
            messages.success(request, _("Đã duyệt. Người gửi đọc được câu trả lời."))
        else:
            actions.return_answer(case=case, reason=request.POST.get("reason", ""), by=by, at=at)
            messages.success(request, _("Đã trả lại để sửa."))
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("citizens:approval", case.pk)
    return redirect("citizens:case", case.pk)


# --- The public text -------------------------------------------------------------------------------


@never_cache
def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Original and public text side by side: each mark decided by a person, then edited, sent, approved, taken down."""
    case = seen_case(request, pk)
    who, on = signed_in(request), today()
    handles, approves = permissions.can_handle(who, case, on), permissions.can_approve(who, case, on)
    if not (handles or approves):
        raise Http404
    found = _text_of(case)
    form = PublicForm(
        posted(request)[0] if request.POST.get("do") == "propose" else None,
        initial={"title": found.title, "question": found.question, "answer": found.answer} if found else None,
    )
    if request.method == "POST" and _published(request, case, found, form):
        return redirect("citizens:publication", pk)
    answer = Answer.objects.filter(case=case, approved_at__isnull=False).order_by("-number").first()
    actions.open_original(case=case, by=who, at=timezone.now())
    found = _text_of(case)
    shown = Publication.objects.filter(case=case, state=Shown.PUBLISHED).select_related("approved_by").first()
    source = publishing.source_digest(case.words.shown(), answer.words.shown()) if answer else ""
    is_newer = shown is not None and answer is not None and shown.source_digest != source
    decided = [Decision.from_json(one) for one in found.spans] if found else []
    if found == shown and is_newer:
        # Places in the former answer mean nothing in the new one.
        decided = [one for one in decided if one.part == QUESTION]
    texts = [
        (QUESTION, _("Nội dung"), case.words.shown()),
        (ANSWER, _("Câu trả lời"), answer.words.shown() if answer else ""),
    ]
    return page(
        request,
        "citizens/publication.html",
        _("Công khai phản ánh %(code)s") % {"code": case.code},
        crumbs=crumbs_of(case),
        case=case,
        answer=answer,
        found=found,
        shown=shown,
        is_newer=is_newer,
        form=form,
        texts=[
            (part, label, list(publishing.pieces(text, [one for one in decided if one.part == part])))
            for part, label, text in texts
        ],
        seen=publishing.public_digest(found.title, found.question, found.answer) if found else "",
        may_decide=handles
        and answer is not None
        and (
            found is None or found.state in (Shown.DRAFT, Shown.TAKEN_DOWN) or (found == shown and is_newer)
        ),
        may_propose=handles and found is not None and found.state == Shown.DRAFT,
        may_publish=approves and found is not None and found.state == Shown.PROPOSED,
        may_return=found is not None
        and found.state == Shown.PROPOSED
        and (approves or found.proposed_by_id == who.pk),
        may_take_down=shown is not None,
    )


def _text_of(case: Case) -> PublicText | None:
    """The public text that is being worked at: the one that is to take the place of the shown one, or that itself."""
    rows = (
        Renewal.objects.filter(case=case).select_related("proposed_by"),
        Publication.objects.filter(case=case).select_related("proposed_by", "approved_by"),
    )
    return next((found for one in rows if (found := one.first()) is not None), None)


def _published(request: HttpRequest, case: Case, found: PublicText | None, form: PublicForm) -> bool:
    """Do what a form of the page asks; False when it is shown again."""
    by, at, do = signed_in(request), timezone.now(), request.POST.get("do", "")
    told = {
        "decide": _("Đã lưu. Đọc lại bản công khai, sửa cho gọn rồi trình."),
        "propose": _("Đã trình lãnh đạo duyệt."),
        "return": _("Đã trả lại để sửa."),
        "publish": _("Đã công khai nội dung và câu trả lời."),
        "take-down": _("Đã gỡ. Không ai đọc được nữa."),
    }
    if do not in told or (found is None and do != "decide"):
        raise Http404
    try:
        if found is None or do == "decide":
            actions.decide_redactions(case=case, answers=request.POST.dict(), by=by, at=at)
        elif do == "propose":
            if not form.is_valid():
                return False
            actions.propose_publication(publication=found, by=by, at=at, **form.cleaned_data)
        elif do == "return":
            actions.return_publication(publication=found, by=by, at=at)
        elif do == "publish":
            actions.publish(publication=found, seen=request.POST.get("seen", ""), by=by, at=at)
        else:
            shown = get_object_or_404(Publication, case=case)
            actions.take_down(publication=shown, reason=request.POST.get("reason", ""), by=by, at=at)
    except Refused as reason:
        if do == "propose":
            show_refusal(form, reason)
            return False
        messages.error(request, str(reason))
        return True
    messages.success(request, told[do])
    return True
