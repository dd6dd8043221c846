"""Pictures, documents and recordings of the edition in work."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from dinhlang.org.rules import Refused
from dinhlang.org.views import signed_in
from dinhlang.portal.models import CitedDocument, EditionPicture
from dinhlang.portal.newsroom import actions
from dinhlang.portal.newsroom.forms import DocumentForm, PictureForm, RecordingForm
from dinhlang.portal.newsroom.views.found import editable, found
from dinhlang.work import blobs
from dinhlang.work.views.files import download


@require_POST
def picture_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay a picture beside the text."""
    item = editable(request, pk)
    form = PictureForm(request.POST, request.FILES)
    if form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("file")
        _try(
            request,
            _("Đã thêm ảnh."),
            lambda: actions.add_picture(
                item=item,
                data=_bytes(file),
                name=file.name,
                by=signed_in(request),
                at=timezone.now(),
                **given,
            ),
        )
    else:
        _say(request, form)
    return redirect("newsroom:edit", item.pk)


@require_POST
def picture_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said about a picture."""
    picture = _picture(request, pk)
    given = {name: request.POST.get(name, "") for name in ("alternative", "caption", "credit", "words")}
    _try(
        request,
        _("Đã lưu mô tả ảnh."),
        lambda: actions.change_picture(picture=picture, by=signed_in(request), at=timezone.now(), **given),
    )
    return redirect("newsroom:edit", picture.edition.item_id)


@require_POST
def picture_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a picture away."""
    picture = _picture(request, pk)
    _try(
        request,
        _("Đã bỏ ảnh."),
        lambda: actions.remove_picture(picture=picture, by=signed_in(request), at=timezone.now()),
    )
    return redirect("newsroom:edit", picture.edition.item_id)


def picture_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The picture itself, to whoever may see the item. What it shows never changes under its number."""
    picture = get_object_or_404(EditionPicture.objects.select_related("edition", "blob"), pk=pk)
    found(request, picture.edition.item_id)
    answer = download(picture.blob, f"anh-{picture.pk}.jpg")
    answer.headers["Cache-Control"] = "private, max-age=604800, immutable"
    return answer


@require_POST
def document_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Cite a document."""
    item = editable(request, pk)
    form = DocumentForm(request.POST, request.FILES)
    if form.is_valid():
        given = dict(form.cleaned_data)
        file = given.pop("file")
        data, name = (_bytes(file), file.name) if file else (b"", "")
        _try(
            request,
            _("Đã thêm văn bản."),
            lambda: actions.add_document(
                item=item, data=data, name=name, by=signed_in(request), at=timezone.now(), **given
            ),
        )
    else:
        _say(request, form)
    return redirect("newsroom:edit", item.pk)


@require_POST
def document_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a cited document away."""
    document = get_object_or_404(CitedDocument.objects.select_related("edition"), pk=pk)
    item = editable(request, document.edition.item_id)
    _try(
        request,
        _("Đã bỏ văn bản."),
        lambda: actions.remove_document(document=document, by=signed_in(request), at=timezone.now()),
    )
    return redirect("newsroom:edit", item.pk)


@require_POST
def recording_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Lay a recording beside the text."""
    item = editable(request, pk)
    form = RecordingForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        _try(
            request,
            _("Đã thêm tệp âm thanh."),
            lambda: actions.set_recording(
                item=item, data=_bytes(file), name=file.name, by=signed_in(request), at=timezone.now()
            ),
        )
    else:
        _say(request, form)
    return redirect("newsroom:edit", item.pk)


def _picture(request: HttpRequest, pk: int) -> EditionPicture:
    picture = get_object_or_404(EditionPicture.objects.select_related("edition"), pk=pk)
    item = editable(request, picture.edition.item_id)
    if item.draft_id != picture.edition_id:
        raise Http404
    return picture


def _bytes(file: UploadedFile) -> bytes:
    """The file's bytes. Raises `Refused` before reading one that is too large."""
    blobs.check_size(file.size or 0)
    return bytes(file.read())


def _try(request: HttpRequest, done: str, act: Any) -> None:
    try:
        act()
    except Refused as reason:
        messages.error(request, str(reason))
    else:
        messages.success(request, done)


def _say(request: HttpRequest, form: Form) -> None:
    messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
