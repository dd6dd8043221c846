"""The forms that take in documents: old ones for the archive, any one to be checked."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.archive.words import KINDS
from dinhlang.org.forms.fields import DayField
from dinhlang.work.forms import SeveralFilesField, UnitChoiceField
from dinhlang.work.forms.fields import FILE_ERRORS

ACCEPTED = ".docx,.doc,.odt,.rtf,.txt,.md,.pdf,.png,.jpg,.jpeg,.tif,.tiff"
MOST_CHARACTERS = 1_000_000


class ArchiveForm(forms.Form):
    """Old documents of one unit, or of the unit each letterhead names."""

    files = SeveralFilesField(  # type: ignore[assignment]  # a declared field is no attribute of its form
        label=_("Văn bản cũ"),
        help_text=_(
            "Chọn một hoặc nhiều tệp: Word, .txt, PDF hoặc ảnh quét, mỗi tệp tối đa 64 MB. Tệp gốc được giữ nguyên."
        ),
    )

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoiceField(units, required=False)
        choice = self.fields["unit"]
        choice.label = _("Đơn vị")
        choice.help_text = _("Để trống thì lấy theo tên cơ quan trên văn bản.")
        choice.empty_label = _("Theo văn bản")  # type: ignore[attr-defined]
        self.order_fields(["unit", "files"])


class CheckForm(forms.Form):
    """A document to check: a file, or its text."""

    file = forms.FileField(
        label=_("Tệp văn bản"),
        required=False,
        max_length=255,
        error_messages=FILE_ERRORS,
        help_text=_("Word (.docx), .txt, .odt, PDF hoặc ảnh chụp văn bản; tối đa 64 MB."),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    text = forms.CharField(
        label=_("Hoặc dán nội dung"),
        required=False,
        strip=False,
        max_length=MOST_CHARACTERS,
        error_messages={"max_length": _("Nội dung dài quá một triệu ký tự. Lưu thành tệp rồi chọn tệp.")},
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        has_text = bool((given.get("text") or "").strip())
        if given.get("file") and has_text:
            self.add_error("text", _("Chọn tệp hoặc dán nội dung, không cả hai."))
        elif not given.get("file") and not has_text and not self.errors:
            self.add_error("file", _("Chưa chọn tệp và chưa dán nội dung."))
        return given


class JudgeForm(forms.Form):
    """How a document is to be judged: on which day, as which kind, before or after it has its number."""

    as_of = DayField(label=_("Xét vào ngày"), required=False)
    kind = forms.ChoiceField(label=_("Loại văn bản"), required=False)
    is_draft = forms.BooleanField(label=_("Chưa lấy số, chưa ghi ngày"), required=False)

    def __init__(self, *args: Any, read_as: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        as_read = _("Theo văn bản (%(kind)s)") % {"kind": KINDS.get(read_as, read_as)}
        choices = [("", as_read), *((kind, label) for kind, label in KINDS.items() if kind != "khac")]
        cast(forms.ChoiceField, self.fields["kind"]).choices = choices
