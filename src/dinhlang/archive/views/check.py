"""The page that checks a document: it comes in, is shown with what was found, and goes again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import quote, urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.archive import actions, corrected, forms, held
from dinhlang.archive.actions.checks import check_of, file_of, pages_read, picture
from dinhlang.archive.actions.checks import checked as judged
from dinhlang.archive.checking import Checked, Filter, Stage, State, view_of
from dinhlang.archive.words import FINDING_KINDS, KINDS, SEVERITIES
from dinhlang.officialdoc.check import FindingKind, Severity
from dinhlang.officialdoc.model import Kind
from dinhlang.org import tables
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, today, units_for

P = ParamSpec("P")
_AGAIN_AFTER_SECONDS = 2


def _crumb() -> tuple[str, str]:
    return reverse("check:new"), _("Kiểm tra văn bản")


def _address(token: str, query: str = "", key: str = "") -> str:
    return (
        reverse("check:check", args=[token]) + (f"?{query}" if query else "") + (f"#d-{key}" if key else "")
    )


def of_ones_own(
    view: Callable[Concatenate[HttpRequest, str, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """A view of what is held under a token; a page that says so when there is nothing, or it is another person's."""

    @wraps(view)
    def found(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            check_of(token, signed_in(request), timezone.now())
            answer = view(request, token, *args, **kwargs)
        except held.Gone as reason:
            return page(
                request,
                "archive/check_gone.html",
                _("Không còn bản kiểm tra này"),
                crumbs=[_crumb()],
                status=404,
                reason=reason,
            )
        answer.headers["Cache-Control"] = "no-store"
        return answer

    return found


def check_new(request: HttpRequest) -> HttpResponse:
    """Choose a file or paste a text."""
    form = forms.CheckForm(*posted(request))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        data = file.read() if file else form.cleaned_data["text"].encode()
        try:
            token = actions.begin_check(
                data=data,
                name=file.name if file else _("văn bản dán vào") + ".txt",
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return redirect(_address(token))
    return page(request, "archive/check_new.html", _("Kiểm tra văn bản"), form=form)


@of_ones_own
def check(request: HttpRequest, token: str) -> HttpResponse:
    """The document with what was found beside it; until it is read, a page that looks again by itself."""
    state = check_of(token, signed_in(request), timezone.now())
    if state.stage is Stage.FAILED:
        return _failed(request, token, state)
    if state.stage is not Stage.READ:
        answer = page(
            request,
            "archive/check_wait.html",
            _("Đang đọc văn bản"),
            crumbs=[_crumb()],
            state=state,
            token=token,
            is_reading=state.stage is Stage.READING,
            pages=pages_read(token, timezone.now()),
        )
        answer.headers["Refresh"] = str(_AGAIN_AFTER_SECONDS)
        return answer
    return _checked_page(request, token, _read(request, token))


def _failed(request: HttpRequest, token: str, state: State) -> HttpResponse:
    form = forms.CheckForm(None, None)
    return page(
        request,
        "archive/check_new.html",
        _("Kiểm tra văn bản"),
        form=form,
        told=f"{state.name}: {state.told}",
    )


def _checked_page(request: HttpRequest, token: str, checked: Checked) -> HttpResponse:
    wanted = _wanted(request)
    state = checked.state
    severities = Counter(one.severity for one in checked.standing.values())
    kinds = Counter(one.kind for one in checked.standing.values())
    return page(
        request,
        "archive/check.html",
        state.name,
        crumbs=[_crumb()],
        token=token,
        state=state,
        checked=checked,
        view=view_of(checked, wanted),
        until=timezone.localtime(held.until(token)),
        all_chip=(_query(), len(checked.standing), wanted == Filter()),
        chips=[
            (label, _query(severity=one), severities[one], wanted.severity is one, one.value)
            for one, label in SEVERITIES.items()
            if severities[one] or wanted.severity is one
        ],
        kinds=[
            (FINDING_KINDS[one], _query(kind=one), count, wanted.kind is one)
            for one, count in sorted(kinds.items(), key=lambda item: -item[1])
        ],
        query=_query(wanted.severity, wanted.kind),
        mended=len(checked.accepted),
        left=len(checked.reasons),
        kind=KINDS[checked.document.kind],
        judge=forms.JudgeForm(
            initial={"as_of": checked.as_of, "kind": state.kind or "", "is_draft": state.is_draft},
            read_as=(state.read or {}).get("kind", ""),
        ),
        severities=SEVERITIES,
        problems=checked.problems,
        units=units_for(request, Permission.ARCHIVE_IMPORT, today()),
        is_word=state.form == "docx",
    )


def _wanted(request: HttpRequest) -> Filter:
    """What the address asks to see; nonsense is as if nothing was asked."""
    severity, kind = request.GET.get("muc", ""), request.GET.get("loai", "")
    return Filter(
        Severity(severity) if severity in set(Severity) else None,
        FindingKind(kind) if kind in set(FindingKind) else None,
    )


def _query(severity: Severity | None = None, kind: FindingKind | None = None) -> str:
    return urlencode({name: one.value for name, one in (("muc", severity), ("loai", kind)) if one})


@require_POST
@of_ones_own
def check_decide(request: HttpRequest, token: str) -> HttpResponse:
    """Take a fix, take it back, leave a finding with a reason, or have it told again."""
    key = request.POST.get("finding", "")[:40]
    try:
        actions.decide(
            token=token,
            key=key,
            do=request.POST.get("do", ""),
            reason=request.POST.get("reason", ""),
            by=signed_in(request),
            at=timezone.now(),
        )
    except held.Gone:
        raise
    except Refused as reason:
        messages.error(request, str(reason))
    return redirect(_address(token, _asked_query(request), key if key.isalnum() else ""))


def _asked_query(request: HttpRequest) -> str:
    """The filter of the page the form stood on, made anew of what is known."""
    severity, kind = request.POST.get("muc", ""), request.POST.get("loai", "")
    return _query(
        Severity(severity) if severity in set(Severity) else None,
        FindingKind(kind) if kind in set(FindingKind) else None,
    )


@require_POST
@of_ones_own
def check_judge(request: HttpRequest, token: str) -> HttpResponse:
    """Judge the document on another day, as another kind, or as a draft."""
    form = forms.JudgeForm(request.POST)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(map(str, errors)))
        return redirect(_address(token))
    given: dict[str, Any] = form.cleaned_data
    actions.judge_as(
        token=token,
        as_of=given["as_of"],
        kind=Kind(given["kind"]) if given["kind"] else None,
        is_draft=given["is_draft"],
        by=signed_in(request),
        at=timezone.now(),
    )
    return redirect(_address(token))


def _read(request: HttpRequest, token: str) -> Checked:
    return judged(token, signed_in(request), timezone.now())


@of_ones_own
def check_page(request: HttpRequest, token: str, number: int) -> HttpResponse:
    """A page of a PDF file or a scan as a picture."""
    return picture_answer(picture(token, number, signed_in(request), timezone.now()))


def picture_answer(drawn: bytes | None) -> HttpResponse:
    """A page of somebody's document: nothing on the way may keep it."""
    if drawn is None:
        raise Http404(_("Không vẽ được trang này."))
    return HttpResponse(drawn, content_type="image/webp", headers={"Cache-Control": "no-store"})


@of_ones_own
def check_docx(request: HttpRequest, token: str) -> HttpResponse:
    """The document with the accepted fixes in it, and a comment for what is still open."""
    checked = _read(request, token)
    data = file_of(token, signed_in(request), timezone.now())
    try:
        made = corrected.docx(checked, data, author=str(signed_in(request)), at=timezone.now())
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect(_address(token))
    return HttpResponse(
        made,
        content_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        headers={"Content-Disposition": _attachment(checked.state.name, "docx")},
    )


@of_ones_own
def check_xlsx(request: HttpRequest, token: str) -> HttpResponseBase:
    """Every finding as a row of a sheet, also those that the page leaves out."""
    checked = _read(request, token)
    header = [
        _("Dòng"),
        _("Mức"),
        _("Loại"),
        _("Quy tắc"),
        _("Nguyên văn"),
        _("Điều cần xem"),
        _("Sửa thành"),
        _("Căn cứ"),
        _("Đã xử lý"),
    ]
    rows = [
        [
            one.span.line if one.span else "",
            str(SEVERITIES[one.severity]),
            str(FINDING_KINDS[one.kind]),
            one.rule,
            one.quote,
            one.message,
            one.fix or "",
            one.basis or "",
            _done(checked, key),
        ]
        for key, one in checked.findings.items()
    ]
    answer = tables.download("x", "xlsx", header, rows)
    answer.headers["Content-Disposition"] = _attachment(checked.state.name, "xlsx")
    return answer


def _done(checked: Checked, key: str) -> str:
    if key in checked.state.accepted:
        return _("đã sửa")
    reason = checked.reasons.get(key)
    return _("để nguyên: %(reason)s") % {"reason": reason} if reason else ""


def _attachment(name: str, ending: str) -> str:
    stem = name.rpartition(".")[0] or name
    called = _("%(name)s – đã kiểm tra.%(ending)s") % {"name": stem, "ending": ending}
    return f"attachment; filename*=UTF-8''{quote(called, safe='')}"


@require_POST
@of_ones_own
def check_delete(request: HttpRequest, token: str) -> HttpResponse:
    """Delete what is held, now."""
    actions.end_check(token=token, by=signed_in(request), at=timezone.now())
    messages.success(request, _("Đã xóa tệp và mọi điều đã đọc được. Không còn bản nào trên máy chủ."))
    return redirect("check:new")
