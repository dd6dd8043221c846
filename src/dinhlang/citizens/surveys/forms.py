"""What is typed about surveys. It checks form, not right."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dinhlang.citizens.surveys.actions import RoundGiven
from dinhlang.citizens.surveys.queries import Standing
from dinhlang.citizens.surveys.rules import codec
from dinhlang.citizens.surveys.rules.codec import BadDefinition
from dinhlang.citizens.surveys.rules.definition import (
    CHOSEN,
    Condition,
    Definition,
    Factor,
    Kind,
    Option,
    Purpose,
    Question,
)
from dinhlang.citizens.surveys.rules.rounds import MOST_SHEETS, MOST_SLIPS
from dinhlang.citizens.surveys.rules.scoring import METHOD_WORDS, Method
from dinhlang.citizens.surveys.templates import templates
from dinhlang.org.forms import UnitFilter, search_field
from dinhlang.vietnamese.text import fold
from dinhlang.work.forms.fields import BAD_CHOICE, BAD_DATE, DAY_FORMATS, REQUIRED, DayInput

_BAD_NUMBER = {**REQUIRED, "invalid": _("Ghi bằng số.")}
_KINDS = (
    (Kind.LIKERT, _("Thang điểm hài lòng")),
    (Kind.SINGLE, _("Chọn một")),
    (Kind.MULTIPLE, _("Chọn nhiều")),
    (Kind.NUMBER, _("Số")),
    (Kind.DATE, _("Ngày")),
    (Kind.TEXT, _("Viết tự do")),
)
_ONLY_SURVEYS = ("factor", "overall", "breakdown")
_ONLY_MARKED = ("points", "seconds", "explanation")
_NOT_SCORED = frozenset({"-", "–", "x", "kad"})


def slug_of(text: str, taken: set[str]) -> str:
    """An id of a text that is not taken yet."""
    base = re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")[:30].strip("-") or "muc"
    made, number = base, 2
    while made in taken:
        made, number = f"{base}-{number}", number + 1
    taken.add(made)
    return made


class SurveyFilter(UnitFilter):
    """What to show of forms. Every field may be left empty."""

    q = search_field(_("Tên phiếu hoặc tên đợt"))
    standing = forms.ChoiceField(
        label=_("Đợt khảo sát"),
        required=False,
        choices=[
            ("", _("Tất cả")),
            (Standing.OPEN, _("Có đợt đang mở")),
            (Standing.CLOSED, _("Có đợt đã đóng")),
            (Standing.PUBLISHED, _("Có kết quả đã công khai")),
            (Standing.UNASKED, _("Chưa mở đợt nào")),
        ],
    )


class NewForm(forms.Form):
    """A form that is shipped, or a file."""

    template = forms.ChoiceField(label=_("Bắt đầu từ mẫu"), required=False, error_messages=BAD_CHOICE)
    file = forms.FileField(
        label=_("hoặc nạp tệp phiếu (JSON)"),
        required=False,
        help_text=_("Tệp tải từ một phiếu khác của phần mềm này."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["template"])
        field.choices = [(name, made.title) for name, made in templates().items()]

    def definition(self) -> Definition:
        """What was chosen. Raises `BadDefinition`."""
        held = self.cleaned_data.get("file")
        if held is not None:
            return codec.read(held.read(codec.MOST_BYTES + 1))
        return templates().get(self.cleaned_data["template"]) or next(iter(templates().values()))


class GeneralForm(forms.Form):
    """What stands above and below the questions, and the factors."""

    title = forms.CharField(label=_("Tên phiếu"), max_length=200, error_messages=REQUIRED)
    intro = forms.CharField(
        label=_("Lời mở đầu"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    thanks = forms.CharField(label=_("Lời cảm ơn"), required=False, max_length=2000)
    source = forms.CharField(
        label=_("Nguồn của câu hỏi"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    factors = forms.CharField(
        label=_("Yếu tố, mỗi dòng một yếu tố"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Ghi tên yếu tố; muốn trọng số khác 1 thì thêm dấu | rồi số, ví dụ: Kết quả dịch vụ | 2."
        ),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    @staticmethod
    def initial_of(definition: Definition, edits: int) -> dict[str, Any]:
        """What stands there."""
        return {
            "title": definition.title,
            "intro": definition.intro,
            "thanks": definition.thanks,
            "source": definition.source,
            "factors": "\n".join(
                one.title + (f" | {one.weight}" if one.weight != 1 else "") for one in definition.factors
            ),
            "seen": edits,
        }

    def applied(self, definition: Definition) -> Definition:
        """The form with what was typed. Factors keep their ids by their titles, else by their places."""
        given = self.cleaned_data
        return replace(
            definition,
            title=given["title"],
            intro=given["intro"],
            thanks=given["thanks"],
            source=given["source"],
            factors=self._factors(definition),
        )

    def _factors(self, definition: Definition) -> tuple[Factor, ...]:
        known = {fold(one.title): one.id for one in definition.factors}
        lines = [line for line in self.cleaned_data["factors"].splitlines() if line.strip()]
        same_count = len(lines) == len(definition.factors)
        taken = set(known.values())
        made = []
        for place, line in enumerate(lines):
            title, _bar, weight = (part.strip() for part in line.partition("|"))
            if weight and not weight.isdecimal():
                raise BadDefinition([gettext("Trọng số của “%s” phải là số nguyên.") % title[:80]])
            kept = known.get(fold(title)) or (definition.factors[place].id if same_count else "")
            made.append(Factor(kept or slug_of(title, taken), title, int(weight[:4]) if weight else 1))
        return tuple(made)


class QuestionForm(forms.Form):
    """One question. Each condition has a pair of fields, `after` and `answers` with its number; one pair more is empty."""

    text = forms.CharField(
        label=_("Câu hỏi"), max_length=500, error_messages=REQUIRED, widget=forms.Textarea(attrs={"rows": 2})
    )
    kind = forms.ChoiceField(label=_("Loại câu"), choices=_KINDS, error_messages=BAD_CHOICE)
    options = forms.CharField(
        label=_("Lựa chọn, mỗi dòng một lựa chọn"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=_(
            "Câu thang điểm ghi điểm từ 1 đến 5 sau dấu |, ví dụ: Rất hài lòng | 5. Không áp dụng thì ghi: Không dùng đến | -. "
            "Câu thi đánh dấu * trước đáp án đúng."
        ),
    )
    factor = forms.ChoiceField(label=_("Tính vào yếu tố"), required=False, error_messages=BAD_CHOICE)
    required = forms.BooleanField(label=_("Phải trả lời"), required=False)
    overall = forms.BooleanField(label=_("Là câu đánh giá chung"), required=False)
    breakdown = forms.BooleanField(label=_("Tách kết quả theo câu này (câu chọn một)"), required=False)
    help = forms.CharField(label=_("Ghi chú dưới câu hỏi"), required=False, max_length=500)
    least = forms.IntegerField(label=_("Ít nhất"), required=False, error_messages=_BAD_NUMBER)
    most = forms.IntegerField(label=_("Nhiều nhất"), required=False, error_messages=_BAD_NUMBER)
    points = forms.IntegerField(
        label=_("Điểm của câu"),
        required=False,
        min_value=1,
        max_value=100,
        help_text=_("Để trống là 1 điểm."),
        error_messages=_BAD_NUMBER,
    )
    seconds = forms.IntegerField(
        label=_("Thời gian trả lời (giây)"),
        required=False,
        min_value=5,
        max_value=3600,
        help_text=_("Để trống thì theo thời gian chung."),
        error_messages=_BAD_NUMBER,
    )
    explanation = forms.CharField(
        label=_("Giải thích đáp án, ghi rõ điều, khoản của văn bản"),
        required=False,
        max_length=codec.LONG_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Chỉ hiện cùng đáp án."),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput())

    def __init__(self, *args: Any, definition: Definition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = ("", gettext("không"))
        factors = [(one.id, one.title) for one in definition.factors]
        cast(forms.ChoiceField, self.fields["factor"]).choices = [none, *factors]
        self._asked = {one.id: one for one in definition.questions if one.kind in CHOSEN}
        self._known: tuple[Condition, ...] = self.initial.get("when", ())
        self._conditions = (
            range(1, min(len(self._known) + 1, codec.MOST_CONDITIONS) + 1)
            if definition.purpose is Purpose.SURVEY
            else range(0)
        )
        self._add_conditions([none, *((one.id, one.text) for one in self._asked.values())])
        self._leave_out(_ONLY_SURVEYS if definition.purpose is not Purpose.SURVEY else _ONLY_MARKED)

    def _add_conditions(self, asked: list[tuple[str, str]]) -> None:
        for number in self._conditions:
            after = gettext("Chỉ hỏi khi câu này") if number == 1 else gettext("và khi câu này")
            self.fields[f"after_{number}"] = forms.ChoiceField(
                label=after, required=False, choices=asked, error_messages=BAD_CHOICE
            )
            self.fields[f"answers_{number}"] = forms.CharField(
                label=gettext("có câu trả lời (mỗi dòng một lựa chọn)"),
                required=False,
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for number, one in enumerate(self._known, 1):
            self.initial[f"after_{number}"] = one.question
            self.initial[f"answers_{number}"] = "\n".join(self._texts(one))

    def _texts(self, one: Condition) -> list[str]:
        return [option.text for option in self._asked[one.question].options if option.id in one.options]

    def _leave_out(self, names: tuple[str, ...]) -> None:
        # Not asked on the page, and whatever stands in the question stays.
        for name in names:
            self.fields[name].widget = forms.HiddenInput()

    @staticmethod
    def initial_of(known: Question | None, edits: int, purpose: Purpose = Purpose.SURVEY) -> dict[str, Any]:
        """What stands there."""
        if known is None:
            usual = Kind.LIKERT if purpose is Purpose.SURVEY else Kind.SINGLE
            return {"kind": usual, "required": purpose is Purpose.SURVEY, "seen": edits}
        return {
            "text": known.text,
            "kind": known.kind,
            "options": "\n".join(_line(known, one) for one in known.options),
            "factor": known.factor,
            "required": known.required,
            "overall": known.overall,
            "breakdown": known.breakdown,
            "help": known.help,
            "least": known.least,
            "most": known.most,
            "when": known.when,
            "points": None if known.points == 1 else known.points,
            "seconds": known.seconds,
            "explanation": known.explanation,
            "seen": edits,
        }

    def question(self, definition: Definition, known: Question | None) -> Question:
        """The question as it was typed. Raises `BadDefinition` for a line that is no option."""
        given = self.cleaned_data
        kind = Kind(given["kind"])
        taken = {one.id for one in definition.questions}
        return Question(
            id=known.id if known else slug_of(given["text"], taken),
            kind=kind,
            text=given["text"],
            help=given["help"],
            required=given["required"],
            factor=given["factor"],
            overall=given["overall"],
            breakdown=given["breakdown"],
            options=self._options(kind, known) if kind in CHOSEN else (),
            least=given["least"],
            most=given["most"],
            when=self._when(),
            seconds=given["seconds"],
            points=given["points"] or 1,
            explanation=given["explanation"],
        )

    def _options(self, kind: Kind, known: Question | None) -> tuple[Option, ...]:
        ids = {fold(one.text): one.id for one in known.options} if known else {}
        taken = set(ids.values())
        made = []
        for line in self.cleaned_data["options"].splitlines():
            # The last bar: one may stand in the text itself. Only a scale has scores.
            text, bar, score = (part.strip() for part in line.rpartition("|"))
            if not bar or kind is not Kind.LIKERT:
                text, score = line.strip(), ""
            is_right = text.startswith("*")
            text = text.lstrip("* ")
            if not text:
                continue
            if kind is Kind.LIKERT and not score:
                raise BadDefinition(
                    [
                        gettext(
                            "Lựa chọn “%s” chưa ghi điểm. Thêm dấu | rồi điểm từ 1 đến 5, hoặc - nếu là không áp dụng; "
                            "thứ tự các dòng không phải là điểm."
                        )
                        % text[:80]
                    ]
                )
            is_scored = kind is Kind.LIKERT and fold(score) not in _NOT_SCORED
            if is_scored and not score.isdecimal():
                raise BadDefinition([gettext("Điểm của “%s” phải là số từ 1 đến 5, hoặc -.") % text[:80]])
            made.append(
                Option(
                    ids.get(fold(text)) or slug_of(text, taken),
                    text,
                    int(score[:4]) if is_scored else None,
                    is_right,
                )
            )
        return tuple(made)

    def _when(self) -> tuple[Condition, ...]:
        if not self._conditions:
            return self._known
        return tuple(one for number in self._conditions if (one := self._condition(number)) is not None)

    def _condition(self, number: int) -> Condition | None:
        asked = self._asked.get(self.cleaned_data[f"after_{number}"])
        if asked is None:
            return None
        lines = [one.strip() for one in self.cleaned_data[f"answers_{number}"].splitlines() if one.strip()]
        if number <= len(self._known):
            # What nobody touched stays as it is, also where two options read alike.
            held = self._known[number - 1]
            if held.question == asked.id and self._texts(held) == lines:
                return held
        wanted = {fold(one) for one in lines}
        found = tuple(one.id for one in asked.options if fold(one.text) in wanted)
        if len(found) < len(wanted):
            raise BadDefinition(
                [
                    gettext(
                        "Câu “%s” không có đủ các lựa chọn đã ghi ở điều kiện. Chép đúng chữ của lựa chọn."
                    )
                    % asked.text
                ]
            )
        return Condition(asked.id, found)


def _line(question: Question, one: Option) -> str:
    text = f"* {one.text}" if one.correct else one.text
    if not question.scored:
        return text
    return f"{text} | {'-' if one.score is None else one.score}"


class RoundForm(forms.Form):
    """A round."""

    title = forms.CharField(label=_("Tên đợt"), max_length=200, error_messages=REQUIRED)
    opens_on = forms.DateField(
        label=_("Từ ngày"), input_formats=DAY_FORMATS, widget=DayInput(), error_messages=BAD_DATE
    )
    closes_on = forms.DateField(
        label=_("Đến hết ngày"), input_formats=DAY_FORMATS, widget=DayInput(), error_messages=BAD_DATE
    )
    method = forms.ChoiceField(
        label=_("Cách tính chỉ số"),
        choices=[(one.value, METHOD_WORDS[one]) for one in Method],
        initial=Method.B,
        help_text=_("Giữ một cách qua các đợt: kết quả tính khác cách không so sánh được."),
        error_messages=BAD_CHOICE,
    )
    by_poster = forms.BooleanField(label=_("Mã QR chung, ai cũng trả lời được"), required=False, initial=True)
    by_kiosk = forms.BooleanField(label=_("Màn hình ở quầy"), required=False, initial=True)
    by_after = forms.BooleanField(label=_("Mời người vừa được trả lời phản ánh"), required=False)
    by_return = forms.BooleanField(
        label=_("Phát phiếu có mã khi trả kết quả hồ sơ"),
        required=False,
        help_text=_("Trang của mỗi hồ sơ đã trả kết quả có nút in một phiếu."),
    )
    least_seconds = forms.IntegerField(
        label=_("Đánh dấu phiếu trả lời nhanh hơn (giây)"),
        min_value=0,
        max_value=600,
        initial=15,
        error_messages=_BAD_NUMBER,
    )
    cooldown_hours = forms.IntegerField(
        label=_("Đánh dấu máy trả lời lại trong vòng (giờ)"),
        min_value=0,
        max_value=720,
        initial=12,
        error_messages=_BAD_NUMBER,
    )

    def given(self) -> RoundGiven:
        """What was typed."""
        held = self.cleaned_data
        return RoundGiven(**{**held, "method": Method(held["method"])})


class SlipsForm(forms.Form):
    """How many slips with a code."""

    count = forms.IntegerField(
        label=_("Số phiếu cần in"), min_value=1, max_value=MOST_SLIPS, initial=40, error_messages=_BAD_NUMBER
    )


class GivenOutForm(forms.Form):
    """How many slips without a code were handed out."""

    given_out = forms.IntegerField(
        label=_("Số phiếu giấy không mã đã phát"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        help_text=_("Để trống nếu không biết; khi đó không tính tỷ lệ trả lời."),
        error_messages=_BAD_NUMBER,
    )


class BatchForm(forms.Form):
    """A bundle of paper. `key`: sent twice, it is one."""

    key = forms.UUIDField(required=False, widget=forms.HiddenInput())
    title = forms.CharField(label=_("Tên tập phiếu"), max_length=200, error_messages=REQUIRED)
    sheets = forms.IntegerField(
        label=_("Số phiếu trong tập"), min_value=1, max_value=MOST_SHEETS, error_messages=_BAD_NUMBER
    )
