"""What is typed about a change: which units, by what instrument, from when. It checks form, not right."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.changes import files
from dinhlang.org.changes.rules import Asked, Kind, Posts, from_json
from dinhlang.org.forms.fields import DayField, LineField

_MOST = 8000
_UNITS_HELP = _("Mỗi dòng một tên hoặc mã. Tên trùng thì ghi thêm cấp trên: xã Nam Trung, huyện Nam Sách.")
_TARGET_HELP = _(
    "Đơn vị đang có: ghi tên hoặc mã. Đơn vị mới: dấu + ở đầu, mã hành chính trong ngoặc nếu có, ví dụ + xã Tân Kỳ (11113)."
)
_SPLIT_HELP = _(
    "Mỗi dòng một phần và tỷ lệ, ví dụ + xã Tân Kỳ (11113) = 40%. Đơn vị cũ còn lại thì ghi cả nó. Các tỷ lệ cộng lại bằng 100%."
)
_RENAME_HELP = _("Loại và tên, ví dụ phường Nhị Chiểu; mã hành chính mới trong ngoặc nếu có.")


class ChangeForm(forms.Form):
    """A change of one kind; fields that the kind does not need are not there."""

    units = forms.CharField(
        label=_("Các đơn vị thay đổi"),
        help_text=_UNITS_HELP,
        max_length=_MOST,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Chưa có đơn vị nào thay đổi.")},
    )
    targets = forms.CharField(
        label=_("Đơn vị nhận"),
        help_text=_TARGET_HELP,
        max_length=_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Chưa có đơn vị nhận.")},
    )
    parts = forms.CharField(
        label=_("Thôn và đơn vị bên dưới về đâu"),
        help_text=_(
            "Mỗi dòng: thôn = đơn vị nhận. Không ghi thì theo phần lớn nhất, hoặc ở lại khi đơn vị cũ còn."
        ),
        required=False,
        max_length=_MOST,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    parent = LineField(label=_("Đơn vị cấp trên"), required=False, max_length=200)
    basis = LineField(
        label=_("Căn cứ"),
        help_text=_("Ví dụ Nghị quyết số 12/NQ-HĐND ngày 1/6/2026."),
        max_length=200,
        missing=_("Chưa có căn cứ. Ghi số, ký hiệu và ngày của văn bản quyết định."),
    )
    on = DayField(label=_("Ngày có hiệu lực"))
    report_to = LineField(
        label=_("Nơi nhận báo cáo thay cho đơn vị kết thúc"),
        help_text=_("Tên hoặc mã. Không ghi thì gửi đơn vị kế thừa, hoặc theo chế độ báo cáo."),
        required=False,
        max_length=200,
    )
    report_as = LineField(label=_("Ghi trên văn bản là"), required=False, max_length=120)
    posts = forms.ChoiceField(
        label=_("Cán bộ của đơn vị kết thúc"),
        choices=[
            (str(Posts.CARRY), _("Giữ vai trò ở đơn vị mới")),
            (str(Posts.END), _("Thôi chức vụ, đơn vị mới giao lại")),
        ],
    )

    _NEEDS: ClassVar[dict[Kind, tuple[str, ...]]] = {
        Kind.MERGE: ("units", "targets", "parent", "basis", "on", "report_to", "report_as", "posts"),
        Kind.SPLIT: ("units", "targets", "parts", "parent", "basis", "on", "report_to", "report_as", "posts"),
        Kind.RENAME: ("units", "targets", "basis", "on"),
        Kind.MOVE: ("units", "parent", "basis", "on"),
        Kind.ABOLISH: ("units", "parent", "basis", "on", "report_to", "report_as", "posts"),
    }

    def __init__(self, *args: Any, kind: Kind, **given: Any) -> None:
        super().__init__(*args, **given)
        self.kind = kind
        self.fields = {name: self.fields[name] for name in self._NEEDS[kind]}
        if kind in (Kind.SPLIT, Kind.RENAME):
            self.fields["units"].label = _("Đơn vị thay đổi")
            self.fields["units"].widget = forms.TextInput()
            self.fields["units"].help_text = _("Tên hoặc mã.")
        if kind == Kind.SPLIT:
            self.fields["targets"].label = _("Các phần")
            self.fields["targets"].help_text = _SPLIT_HELP
        if kind == Kind.RENAME:
            self.fields["targets"].label = _("Loại và tên mới")
            self.fields["targets"].widget = forms.TextInput()
            self.fields["targets"].help_text = _RENAME_HELP
        if kind == Kind.MOVE:
            self.fields["parent"].required = True
            self.fields["parent"].error_messages = {"required": _("Chưa có đơn vị cấp trên mới.")}

    def asked(self) -> Asked:
        """The change as it was typed. Raises `Unfit`."""
        given = self.cleaned_data
        targets = [files.target_of(self._new(one)) for one in files.parts_of(given.get("targets", ""))]
        for line in files.parts_of(given.get("parts", "")):
            part, _sign, to = (each.strip() for each in line.partition("="))
            for target in targets:
                called = target.get("unit") or f"{target.get('kind')} {target.get('name')}"
                if to.lstrip("+ ").lower() in (called.lower(), str(target.get("code", "-"))):
                    target.setdefault("parts", []).append(part)
        return from_json(
            {**given, "kind": str(self.kind), "units": files.parts_of(given["units"]), "targets": targets}
        )

    def _new(self, target: str) -> str:
        """What a unit is renamed to is always a new name."""
        return f"+ {target.lstrip('+ ')}" if self.kind == Kind.RENAME else target


class UndoForm(forms.Form):
    """Why a change is taken back."""

    reason = LineField(label=_("Lý do hoàn tác"), max_length=300, missing=_("Ghi lý do hoàn tác."))
