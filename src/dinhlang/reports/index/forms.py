"""Forms of the index. They check form; what is true and allowed is for `rules`, `scheme` and `actions`."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import ListFilter
from dinhlang.org.forms.fields import LineField
from dinhlang.reports.index.rules import Survey
from dinhlang.reports.index.scheme import Scoring, Way, told
from dinhlang.reports.models import Assessment, Criterion, Score
from dinhlang.work.forms import UnitChoiceField
from dinhlang.work.forms.fields import FILE_ERRORS

_NO_NUMBER = _("Ghi một số, ví dụ 92,5.")
# As people write one. Python would also read 1e999, 1_5 and Infinity.
_WRITTEN = re.compile(r"[+-]?[0-9]+(?:\.[0-9]*)?")


class NumberField(forms.DecimalField):
    """A number of at most two decimals, with a comma or a point."""

    def __init__(self, **given: Any) -> None:
        super().__init__(
            max_digits=12,
            decimal_places=2,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            error_messages={
                "invalid": _NO_NUMBER,
                "max_decimal_places": _("Ghi tối đa hai số lẻ."),
                "max_digits": _("Số này dài quá. Ghi một số, ví dụ 92,5."),
                "max_whole_digits": _("Số này dài quá. Ghi một số, ví dụ 92,5."),
                "min_value": _("Ghi từ %(limit_value)s trở lên."),
                "max_value": _("Ghi tối đa %(limit_value)s."),
            },
            **given,
        )

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.strip().removesuffix("%").strip().replace(",", ".")
            if value and not _WRITTEN.fullmatch(value):
                raise forms.ValidationError(_NO_NUMBER, code="invalid")
        return super().to_python(value)


class AssessmentFilter(ListFilter):
    """What to show of the list: a unit, a year, a standing."""

    state = forms.ChoiceField(label=_("Trạng thái"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["q"]
        cast(forms.ChoiceField, self.fields["state"]).choices = [
            ("", _("Tất cả")),
            *((state, label.capitalize()) for state, label in Assessment.State.choices),
        ]


class BeginForm(forms.Form):
    """Which unit begins to score itself, for which year."""

    def __init__(self, *args: Any, units: dict[str, str], years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoiceField(units)
        self.fields["year"] = forms.TypedChoiceField(
            label=_("Năm"), choices=[(one, str(one)) for one in years], coerce=int
        )
        if units:
            self.fields["unit"].initial = next(iter(units))


class SetForm(forms.Form):
    """The file of a criteria set and the years it is for."""

    file = forms.FileField(
        label=_("Tệp bộ tiêu chí"),
        max_length=255,
        error_messages=FILE_ERRORS,
        help_text=_("Excel (.xlsx), CSV hoặc TOML. Ba cột phải có: STT, Tiêu chí, Điểm tối đa."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.csv,.toml"}),
    )
    first_year = forms.IntegerField(
        label=_("Áp dụng từ năm"),
        required=False,
        min_value=2000,
        max_value=2100,
        help_text=_("Bỏ trống thì lấy năm ghi trong tệp."),
    )
    last_year = forms.IntegerField(label=_("Đến hết năm"), required=False, min_value=2000, max_value=2100)

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitChoiceField(units)
        self.fields["unit"].label = _("Tỉnh ban hành")
        if units:
            self.fields["unit"].initial = next(iter(units))
        self.order_fields(["unit", "file", "first_year", "last_year"])


class ScoreForm(forms.Form):
    """The unit's own score of a criterion, as its rule asks: a choice, a share, a count, or points."""

    def __init__(self, *args: Any, criterion: Criterion, score: Score | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        way = Way(criterion.rule["kind"])
        if way is Way.CHOICE:
            self.fields["option"] = forms.TypedChoiceField(
                label=_("Mức đạt được"),
                choices=[
                    (at, f"{one['text']} ({told(Decimal(one['score']))})")
                    for at, one in enumerate(criterion.rule["options"])
                ],
                coerce=int,
                widget=forms.RadioSelect,
                initial=score.option if score else None,
                error_messages={"required": _("Chưa chọn mức.")},
            )
        else:
            label = {
                Way.EACH: _("Số lần"),
                Way.HAND: _("Điểm tự chấm"),
                Way.SHARE: _("Tỷ lệ (%)"),
                Way.STEPS: _("Tỷ lệ (%)") if criterion.rule.get("is_share") else _("Số lượng"),
            }[way]
            self.fields["value"] = NumberField(
                label=label,
                min_value=Decimal(0),
                initial=score.value if score else None,
            )
        self.fields["explanation"] = forms.CharField(
            label=_("Giải trình"),
            required=False,
            max_length=1000,
            widget=forms.Textarea(attrs={"rows": 3}),
            initial=score.explanation if score else "",
            help_text=_("Cần khi có điểm mà không gắn được minh chứng."),
        )

    @property
    def said(self) -> dict[str, Any]:
        """What was filled in, as the action takes it."""
        given = self.cleaned_data
        return {
            "value": given.get("value"),
            "option": given.get("option"),
            "explanation": given["explanation"],
        }


class AppraisalForm(forms.Form):
    """The appraised score of a criterion, and why where it differs."""

    points = NumberField(
        label=_("Điểm thẩm định"),
        required=False,
        min_value=Decimal(0),
        help_text=_("Bỏ trống thì giữ điểm đơn vị tự chấm."),
    )
    appraised_why = LineField(label=_("Lý do chấm khác"), max_length=500, required=False)

    def __init__(self, *args: Any, score: Score | None, scoring: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if score is not None:
            self.fields["points"].initial = score.appraised
            self.fields["appraised_why"].initial = score.appraised_why
        if scoring == Scoring.SURVEY:
            self.fields["points"].label = _("Điểm điều tra")
            self.fields["points"].help_text = ""
            del self.fields["appraised_why"]


class SurveyForm(forms.Form):
    """Whether people were asked, how many, how; or why not."""

    survey = forms.ChoiceField(
        label=_("Điều tra xã hội học"), choices=Survey.choices, widget=forms.RadioSelect
    )
    survey_asked = forms.IntegerField(label=_("Số phiếu phát"), required=False, min_value=0)
    survey_valid = forms.IntegerField(label=_("Số phiếu hợp lệ"), required=False, min_value=0)
    survey_note = LineField(
        label=_("Cách điều tra, hoặc vì sao không điều tra"), max_length=300, required=False
    )
