"""Writing: beginning an item, the page on which it is written, saving by itself, preview, and what is pasted."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, posted, show_refusal, signed_in, today, units_for
from dinhlang.org.views.managed import managed_body
from dinhlang.portal.models import Column, Edition, Item
from dinhlang.portal.newsroom import actions
from dinhlang.portal.newsroom.actions import Placing, SomebodyElseWrote
from dinhlang.portal.newsroom.forms import (
    DocumentForm,
    ItemForm,
    NewItemForm,
    PictureForm,
    RecordingForm,
)
from dinhlang.portal.newsroom.permissions import may_be_in_work
from dinhlang.portal.newsroom.rules import body
from dinhlang.portal.newsroom.rules.kinds import Kind
from dinhlang.portal.newsroom.rules.words import LABELS, Words
from dinhlang.portal.newsroom.views.found import crumb, crumb_of, editable, looked_at


def new(request: HttpRequest) -> HttpResponse:
    """Begin an item: its kind, its title, its column."""
    unit = managed_body(request, today(), Permission.NEWS_WRITE)
    form = NewItemForm(posted(request)[0], unit=unit, initial={"kind": Kind.ARTICLE})
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            item = actions.write_item(
                unit=unit,
                words=Words(title=given["title"], byline=signed_in(request).full_name),
                placing=Placing(kind=given["kind"], column=given["column"]),
                by=signed_in(request),
                at=timezone.now(),
            )
        except Refused as reason:
            show_refusal(form, reason)
        else:
            return redirect("newsroom:edit", item.pk)
    return page(
        request,
        "newsroom/new.html",
        _("Viết tin mới"),
        crumbs=[crumb()],
        form=form,
        body=unit,
        bodies=units_for(request, Permission.NEWS_WRITE, today()),
        has_columns=Column.objects.filter(unit=unit, is_open=True).exists(),
    )


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The page on which an item is written. Without a script it is one form, with one it saves by itself."""
    item = editable(request, pk)
    if item.draft is None or not may_be_in_work(item):
        messages.info(request, _("Tin này hiện không ở bước soạn. Lấy lại hoặc mở bản mới để sửa."))
        return redirect("newsroom:item", item.pk)
    form = ItemForm(posted(request)[0], item=item, edition=item.draft)
    conflict: SomebodyElseWrote | None = None
    if form.is_bound and form.is_valid():
        try:
            _save(request, item, form)
        except SomebodyElseWrote as found:
            conflict = found
            # What was typed stays; what it is compared with is now theirs.
            typed = request.POST.copy()
            typed["version"], typed["keep_mine"] = str(found.version), "on"
            form = ItemForm(typed, item=item, edition=item.draft)
            form.is_valid()
            form.add_error(None, str(found))
        except Refused as reason:
            show_refusal(form, reason)
        else:
            messages.success(request, _("Đã lưu."))
            there = "newsroom:item" if request.POST.get("do") == "done" else "newsroom:edit"
            return redirect(there, item.pk)
    return _editor(request, item, item.draft, form, conflict)


def _editor(
    request: HttpRequest, item: Item, edition: Edition, form: ItemForm, conflict: SomebodyElseWrote | None
) -> HttpResponse:
    return page(
        request,
        "newsroom/edit.html",
        edition.title or _("Tin chưa có tiêu đề"),
        crumbs=[crumb(), crumb_of(item)],
        item=item,
        edition=edition,
        form=form,
        theirs=_theirs(conflict) if conflict else [],
        looked=looked_at(edition),
        pictures=list(edition.pictures.order_by("position")),
        documents=list(edition.documents.order_by("position")),
        picture_form=PictureForm(),
        document_form=DocumentForm(),
        recording_form=RecordingForm() if item.kind == Kind.AUDIO else None,
    )


def _theirs(conflict: SomebodyElseWrote) -> list[tuple[str, str]]:
    """What stands there now, field by field, as it is typed."""
    there = replace(conflict.theirs, body=body.to_text(conflict.theirs.body)).to_json()
    return [(str(LABELS[name]), there[name]) for name in conflict.fields]


def _save(request: HttpRequest, item: Item, form: ItemForm) -> Edition:
    return actions.save_draft(
        item=item,
        words=form.words(),
        seen=form.cleaned_data["version"] or 0,
        placing=form.placing(),
        is_mine_kept=form.cleaned_data["keep_mine"],
        by=signed_in(request),
        at=timezone.now(),
    )


@require_POST
def autosave(request: HttpRequest, pk: int) -> JsonResponse:
    """Save what was typed, for the script of the page: the new version, or why not."""
    item = editable(request, pk)
    if item.draft is None:
        return JsonResponse({"reason": _("Tin không có bản nào đang viết.")}, status=409)
    form = ItemForm(request.POST, item=item, edition=item.draft)
    if not form.is_valid():
        return JsonResponse({"reason": " ".join(_messages(form))}, status=422)
    try:
        edition = _save(request, item, form)
    except Refused as reason:
        return JsonResponse({"reason": str(reason)}, status=409)
    # Somebody else's words came in: the page shows them only when it is loaded again.
    typed = form.words()
    is_joined = body.to_text(edition.body) != body.to_text(body.cleaned(typed.body))
    checks = render_to_string("newsroom/checks.html", {"looked": looked_at(edition)}, request)
    return JsonResponse({"version": edition.version, "joined": is_joined, "checks": checks})


def _messages(form: ItemForm) -> list[str]:
    return [str(error) for errors in form.errors.values() for error in errors]


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """Typed text as it will stand, for the preview beside it."""
    try:
        html = body.from_text(request.POST.get("body", ""))
    except Refused as reason:
        return HttpResponse(str(reason), status=422, content_type="text/plain; charset=utf-8")
    return render(request, "newsroom/body.html", {"html": html})


@require_POST
def paste(request: HttpRequest) -> HttpResponse:
    """What was pasted from Word or a page, as text with marks."""
    try:
        text = body.to_text(body.cleaned(request.POST.get("html", "")))
    except Refused as reason:
        return HttpResponse(str(reason), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
