"""Taking in the items of an old site: the file, what would become of each item, and then all of it or nothing."""

from __future__ import annotations

from collections.abc import Sized
from datetime import datetime
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.models import Unit
from dinhlang.org.rules import Permission, Refused
from dinhlang.org.views import page, show_refusal, signed_in, today, units_for
from dinhlang.org.views.managed import managed_body
from dinhlang.portal.models import Column, OldPicture
from dinhlang.portal.newsroom.actions.importing import fates, import_items, sorted_pictures
from dinhlang.portal.newsroom.rules import old_site
from dinhlang.portal.newsroom.rules.old_pictures import Zip
from dinhlang.portal.newsroom.views.found import crumb
from dinhlang.work import actions as work
from dinhlang.work import blobs
from dinhlang.work.models import Blob
from dinhlang.work.rules import FileEvidence

SHOWN = 100
_SALT = "newsroom.import"
_SECONDS = 3600


class ImportForm(forms.Form):
    """The file of an old site, and where items go whose column is not ours."""

    file = forms.FileField(
        label=gettext_lazy("Tệp RSS, Atom (.xml) hoặc bảng (.xlsx, .csv)"),
        error_messages={"required": gettext_lazy("Chưa chọn tệp.")},
    )
    pictures = forms.FileField(
        label=gettext_lazy("Ảnh của tin (.zip)"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".zip"}),
        help_text=gettext_lazy("Nếu có: cột Ảnh của bảng ghi tên tệp ảnh trong tệp .zip này."),
    )
    column = forms.ModelChoiceField(
        label=gettext_lazy("Tin không rõ chuyên mục thì vào"),
        queryset=Column.objects.none(),
        empty_label=None,
    )

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ModelChoiceField, self.fields["column"])
        field.queryset = Column.objects.filter(unit=unit, is_open=True)


def import_page(request: HttpRequest) -> HttpResponse:
    """Choose a file, look at what it would do, take it in."""
    unit = managed_body(request, today(), Permission.NEWS_REVIEW)
    if request.POST.get("held"):
        return _take_in(request, unit)
    form = ImportForm(request.POST or None, request.FILES or None, unit=unit)
    shown: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        try:
            shown = _previewed(unit, form)
        except Refused as reason:
            show_refusal(form, reason)
    return page(
        request,
        "newsroom/import.html",
        _("Nhập tin của trang cũ"),
        crumbs=[crumb()],
        body=unit,
        bodies=units_for(request, Permission.NEWS_REVIEW, today()),
        form=form,
        old_pictures=OldPicture.objects.filter(item__unit=unit).exists(),
        **shown,
    )


def _previewed(unit: Unit, form: ImportForm) -> dict[str, Any]:
    """What the file would do, and a seal by which it can be taken in without being sent again."""
    at, file, column = timezone.now(), form.cleaned_data["file"], form.cleaned_data["column"]
    blobs.check_size(file.size or 0)
    data = file.read()
    items = old_site.read(data, file.name, at=at)
    packed = _packed(form.cleaned_data["pictures"], at)
    found = fates(unit, items, column)
    host = old_site.own_host(items)
    sorted_by_row = {
        one.item.row: sorted_pictures(one.item.pictures, host, packed[1] if packed else None)
        for one in found
        if one.is_new
    }
    places = list(sorted_by_row.values())
    held = work.hold_file(FileEvidence(data, "trang-cu"), at)
    return {
        "host": host,
        "packed": sum(len(place[0]) for place in places),
        "on_host": sum(len(place[1]) for place in places),
        "nowhere": [one.address for place in places for one in place[2]][:SHOWN],
        "nowhere_count": sum(len(place[2]) for place in places),
        "rows": [(one, _pictures(*sorted_by_row.get(one.item.row, ((), (), ())))) for one in found[:SHOWN]],
        "more": max(0, len(found) - SHOWN),
        "new": sum(one.is_new for one in found),
        "known": sum(one.is_known and not one.item.problem for one in found),
        "wrong": [one for one in found if one.item.problem][:SHOWN],
        "wrong_count": sum(bool(one.item.problem) for one in found),
        "held": signing.dumps(
            [unit.pk, held.sha256, file.name[:100], column.pk, packed[0] if packed else ""], salt=_SALT
        ),
    }


def _pictures(packed: Sized, on_host: Sized, nowhere: Sized) -> list[str]:
    """What becomes of an item's pictures, in words."""
    said = (
        (len(packed), _("%(count)s ảnh trong .zip")),
        (len(on_host), _("%(count)s ảnh ở trang cũ")),
        (len(nowhere), _("%(count)s ảnh không lấy")),
    )
    return [words % {"count": count} for count, words in said if count]


def _packed(file: UploadedFile | None, at: datetime) -> tuple[str, Zip] | None:
    """The .zip with pictures, kept until it is asked for; raises `Refused` for a file that is none."""
    if file is None:
        return None
    blobs.check_size(file.size or 0)
    data = file.read()
    found = Zip(data, file.name or "")
    return work.hold_file(FileEvidence(data, "anh-trang-cu.zip"), at).sha256, found


def _take_in(request: HttpRequest, unit: Unit) -> HttpResponse:
    at = timezone.now()
    try:
        of_unit, sha256, name, column, packed = signing.loads(
            request.POST["held"], salt=_SALT, max_age=_SECONDS
        )
        blob, otherwise = Blob.objects.get(pk=sha256), Column.objects.get(pk=column, unit=unit)
        archive = Blob.objects.get(pk=packed) if packed else None
    except (signing.BadSignature, ValueError, Blob.DoesNotExist, Column.DoesNotExist):
        of_unit = ""
    if of_unit != unit.pk:
        messages.error(request, _("Tệp đã chờ quá lâu. Chọn lại tệp."))
        return redirect("newsroom:import")
    try:
        items = old_site.read(blobs.read(blob), name, at=at)
        count = import_items(
            unit=unit,
            items=items,
            otherwise=otherwise,
            host=old_site.own_host(items) if request.POST.get("fetch") else "",
            archive=archive,
            by=signed_in(request),
            at=at,
        )
    except Refused as reason:
        messages.error(request, str(reason))
        return redirect("newsroom:import")
    messages.success(request, _("Đã nhập %(count)s tin. Địa chỉ cũ nay dẫn đến tin mới.") % {"count": count})
    if OldPicture.objects.filter(item__unit=unit, state=OldPicture.State.WAITING).exists():
        return redirect(f"{reverse('newsroom:old-pictures')}?unit={unit.pk}")
    return redirect("newsroom:list")
