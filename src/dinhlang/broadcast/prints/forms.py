"""What is typed about prints. It checks form, not right."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.forms import BAD_NUMBER, TaskField
from dinhlang.broadcast.models import Print
from dinhlang.broadcast.prints import rules
from dinhlang.broadcast.prints.actions import PlaceGiven, RunGiven, Sheet
from dinhlang.broadcast.prints.rules import USUAL_CLOTH, Cloth, Form, Standing, Words
from dinhlang.org.forms import UnitFilter, search_field
from dinhlang.work.forms.fields import (
    BAD_CHOICE,
    BAD_DATE,
    DAY_FORMATS,
    FILE_ERRORS,
    REQUIRED,
    DayInput,
    check_size,
)
from dinhlang.work.models import ReformField, Task

_EVERY = ("", _("Tất cả"))


class PrintFilter(UnitFilter):
    """What to show of prints or of their places. Every field may be left empty."""

    q = search_field(_("Tìm chữ trên ấn phẩm, nơi treo"))
    form = forms.ChoiceField(label=_("Loại ấn phẩm"), required=False, choices=[_EVERY, *Form.choices])
    standing = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=[_EVERY, *Standing.choices])

    def __init__(self, *args: Any, of_places: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["form" if of_places else "standing"]


class _MetresField(forms.DecimalField):
    """Metres as people write them: with a comma."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class PrintForm(forms.Form):
    """The words of a print and its sheet. `seen` is the version the writer began with."""

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())
    form = forms.ChoiceField(label=_("Loại ấn phẩm"), choices=Form.choices, error_messages=BAD_CHOICE)
    title = forms.CharField(label=_("Dòng chữ lớn"), max_length=rules.TITLE_LENGTH, error_messages=REQUIRED)
    lead = forms.CharField(
        label=_("Lời dẫn"),
        required=False,
        max_length=rules.LEAD_LENGTH,
        help_text=_("Một, hai câu nói điều quan trọng nhất."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    body = forms.CharField(
        label=_("Nội dung"),
        required=False,
        max_length=rules.BODY_LENGTH,
        help_text=_("Mỗi dòng một ý. Dòng bắt đầu bằng “- ” thành gạch đầu dòng, “## ” thành đề mục."),
        widget=forms.Textarea(attrs={"rows": 10}),
    )
    contact = forms.CharField(
        label=_("Liên hệ"),
        required=False,
        max_length=rules.SHORT_LENGTH,
        help_text=_("Ví dụ đường dây nóng, nơi tiếp nhận."),
    )
    address = forms.CharField(
        label=_("Địa chỉ mã QR"),
        required=False,
        max_length=rules.ADDRESS_LENGTH,
        help_text=_("Trang mà điện thoại mở khi quét mã. Để trống thì ấn phẩm không có mã."),
    )
    picture_alt = forms.CharField(label=_("Ảnh cho thấy gì"), required=False, max_length=rules.SHORT_LENGTH)
    width = _MetresField(
        label=_("Băng rôn rộng (mét)"), required=False, localize=True, initial="6", error_messages=BAD_NUMBER
    )
    height = _MetresField(
        label=_("Băng rôn cao (mét)"), required=False, localize=True, initial="0,8", error_messages=BAD_NUMBER
    )
    distance = forms.IntegerField(
        label=_("Băng rôn đọc được từ (mét)"),
        required=False,
        initial=30,
        help_text=_("Người đi xe máy cần đọc từ khoảng 30 mét."),
        error_messages=BAD_NUMBER,
    )
    field = forms.ChoiceField(
        label=_("Lĩnh vực CCHC"),
        required=False,
        choices=[("", _("Không thuộc")), *ReformField.choices],
        help_text=_("Ấn phẩm có lĩnh vực hoặc nhiệm vụ thì mỗi nơi treo, phát được tính vào sổ theo dõi."),
    )
    task = TaskField(
        Task.objects.none(),
        label=_("Nhiệm vụ của kế hoạch"),
        required=False,
        empty_label=_("Không thuộc"),
        error_messages=BAD_CHOICE,
    )

    def __init__(self, *args: Any, tasks: Any, fixed: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["task"]).queryset = tasks
        if fixed:
            self._only_what_the_sheet_has(fixed)

    def _only_what_the_sheet_has(self, form: str) -> None:
        """A print keeps its kind; a banner has one line and cloth, the others have neither metres nor distance."""
        self.fields["form"].widget = forms.HiddenInput()
        self.fields["form"].initial = form
        without = (
            ("lead", "body", "contact", "address", "picture_alt")
            if form == Form.BANNER
            else ("width", "height", "distance")
        )
        for name in without:
            del self.fields[name]

    @staticmethod
    def initial_of(made: Print) -> dict[str, Any]:
        names = ("form", "title", "lead", "body", "contact", "address", "picture_alt", "width", "height")
        values = {name: getattr(made, name) for name in (*names, "distance", "field", "task")}
        return {**values, "seen": made.version}

    def words(self) -> Words:
        given = self.cleaned_data
        return Words(
            given["title"],
            given.get("lead", ""),
            given.get("body", ""),
            given.get("contact", ""),
            given.get("picture_alt", ""),
        )

    def sheet(self) -> Sheet:
        given, usual = self.cleaned_data, USUAL_CLOTH
        return Sheet(
            form=given["form"],
            address=given.get("address", ""),
            cloth=Cloth(
                given.get("width") or usual.width,
                given.get("height") or usual.height,
                given.get("distance") or usual.distance,
            ),
            field=given["field"],
            task=given["task"],
        )


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=DayInput(),
        input_formats=DAY_FORMATS,
        error_messages=BAD_DATE,
    )


def _copies() -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Số bản"), min_value=1, max_value=rules.MOST_COPIES, error_messages=BAD_NUMBER
    )


def _photo(label: Any, *, required: bool, help_text: Any = "") -> forms.FileField:
    return forms.FileField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=255,
        error_messages=FILE_ERRORS,
        validators=[check_size],
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )


class RunForm(forms.Form):
    """Once printed."""

    copies = _copies()
    printed_on = _day(_("In ngày"))
    printer = forms.CharField(label=_("In ở đâu"), required=False, max_length=rules.PLACE_LENGTH)
    file = forms.FileField(
        label=_("Hóa đơn, ảnh chụp"),
        required=False,
        max_length=255,
        error_messages=FILE_ERRORS,
        validators=[check_size],
    )

    def given(self) -> RunGiven:
        file = self.cleaned_data["file"]
        return RunGiven(
            self.cleaned_data["printed_on"],
            self.cleaned_data["copies"],
            self.cleaned_data["printer"],
            file=file.read() if file else None,
            file_name=file.name if file else "",
        )


class PlaceForm(forms.Form):
    """Where copies hang or were handed out."""

    place = forms.CharField(
        label=_("Nơi treo, phát"),
        max_length=rules.PLACE_LENGTH,
        help_text=_("Ví dụ: cổng chợ Bến, nhà văn hóa thôn Đông."),
        error_messages=REQUIRED,
    )
    copies = _copies()
    starts_on = _day(_("Từ ngày"))
    until = _day(_("Treo đến hết ngày"), required=False, help_text=_("Quá ngày này máy nhắc tháo."))
    photo = _photo(
        _("Ảnh tại chỗ"),
        required=False,
        help_text=_("Ảnh được lưu không kèm vị trí và giờ chụp. Ảnh là minh chứng của dòng sổ theo dõi."),
    )

    def __init__(self, *args: Any, form_of_print: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if form_of_print == Form.LEAFLET:
            del self.fields["until"]
            self.fields["starts_on"].label = _("Phát ngày")
            self.fields["place"].label = _("Nơi phát")
        else:
            self.fields["until"].required = True
            self.fields["until"].error_messages |= REQUIRED

    def given(self) -> PlaceGiven:
        photo = self.cleaned_data["photo"]
        return PlaceGiven(
            self.cleaned_data["place"],
            self.cleaned_data["copies"],
            self.cleaned_data["starts_on"],
            self.cleaned_data.get("until"),
            photo.read() if photo else None,
        )


class PhotoForm(forms.Form):
    """A photo alone."""

    photo = _photo(_("Ảnh"), required=True)


class DownForm(forms.Form):
    """Since when it hangs there no more."""

    taken_down_on = _day(_("Tháo ngày"))
