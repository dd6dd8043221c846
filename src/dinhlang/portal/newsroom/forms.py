"""What is typed in the newsroom. Forms check form, not right."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import Filter, search_field
from dinhlang.org.forms.fields import DayField
from dinhlang.org.models import Person, Unit
from dinhlang.portal.models import Column, Edition, Item
from dinhlang.portal.newsroom.actions import Placing
from dinhlang.portal.newsroom.rules import body
from dinhlang.portal.newsroom.rules.kinds import SHAPES, Kind
from dinhlang.portal.newsroom.rules.states import Change, State
from dinhlang.portal.newsroom.rules.words import LENGTHS, Words
from dinhlang.work.forms.fields import MomentField
from dinhlang.work.models import ReformField, Task
from dinhlang.work.queries.tasks import open_tasks


class TaskField(forms.ModelChoiceField):
    """A task, by its number and the beginning of its words."""

    def label_from_instance(self, obj: Task) -> str:  # type: ignore[override]
        return Truncator(f"{obj.plan.year}: {obj.ordinal}. {obj.text}").chars(110)


class NewItemForm(forms.Form):
    """The first words of an item: of which kind it is, and its title."""

    kind = forms.ChoiceField(label=_("Thể loại"), choices=Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Tiêu đề"),
        max_length=LENGTHS["title"],
        error_messages={"required": _("Tin chưa có tiêu đề. Ghi tiêu đề rồi lưu lại.")},
    )
    column = forms.ModelChoiceField(label=_("Chuyên mục"), queryset=Column.objects.none(), empty_label=None)

    def __init__(self, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _columns(self.fields["column"]).queryset = Column.objects.filter(unit=unit, is_open=True)


class ItemForm(forms.Form):
    """The words of an item and where it belongs. `body` is typed as text with marks."""

    title = forms.CharField(label=_("Tiêu đề"), required=False, max_length=LENGTHS["title"])
    lead = forms.CharField(
        label=_("Tóm tắt"),
        required=False,
        max_length=LENGTHS["lead"],
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Một hai câu: ai, việc gì, từ khi nào. Hiện ở trang chủ và khi chia sẻ."),
    )
    question = forms.CharField(
        label=_("Câu hỏi"),
        required=False,
        max_length=LENGTHS["question"],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Không ghi tên và số điện thoại của người hỏi."),
    )
    starts_at = MomentField(label=_("Bắt đầu lúc"))
    ends_at = MomentField(label=_("Kết thúc lúc"))
    place = forms.CharField(label=_("Địa điểm"), required=False, max_length=LENGTHS["place"])
    body = forms.CharField(
        label=_("Nội dung"),
        required=False,
        max_length=body.LONGEST,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false"}),
        help_text=_(
            "Cách một dòng trống là đoạn mới. Đầu dòng ghi ## là đề mục, ghi - là gạch đầu dòng. **Hai dấu sao** là in đậm."
        ),
    )
    byline = forms.CharField(label=_("Tác giả"), required=False, max_length=LENGTHS["byline"])
    source = forms.CharField(
        label=_("Nguồn"),
        required=False,
        max_length=LENGTHS["source"],
        help_text=_("Khi đăng lại của nơi khác: ghi tên nơi đó."),
    )
    source_url = forms.CharField(label=_("Địa chỉ nguồn"), required=False, max_length=LENGTHS["source_url"])
    kind = forms.ChoiceField(label=_("Thể loại"), choices=Kind.choices, required=False)
    column = forms.ModelChoiceField(
        label=_("Chuyên mục"), queryset=Column.objects.none(), required=False, empty_label=_("chưa chọn")
    )
    field = forms.ChoiceField(
        label=_("Lĩnh vực cải cách hành chính"),
        choices=[("", _("không thuộc cải cách hành chính")), *ReformField.choices],
        required=False,
        help_text=_("Chọn lĩnh vực hoặc nhiệm vụ thì khi đăng, tin tự vào sổ theo dõi."),
    )
    task = TaskField(
        label=_("Nhiệm vụ trong kế hoạch"),
        queryset=Task.objects.none(),
        required=False,
        empty_label=_("không gắn nhiệm vụ"),
    )
    publish_at = MomentField(label=_("Muốn đăng lúc"))
    review_by = DayField(
        label=_("Xem lại trước ngày"),
        required=False,
        help_text=_("Với nội dung dùng lâu: đến ngày này phần mềm nhắc xem còn đúng không."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    keep_mine = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, item: Item, edition: Edition, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": _shown(item, edition)})
        self.item = item
        shape = SHAPES[Kind(item.kind)]
        self.needs = dict.fromkeys([*shape.needs, "column"], True)
        for name in ("question", "starts_at", "ends_at", "place"):
            if name not in shape.asks:
                del self.fields[name]
        self.fields["body"].label = str(shape.body_label)
        _columns(self.fields["column"]).queryset = _open_columns(item)
        _columns(self.fields["task"]).queryset = _open_tasks(item)
        if item.published_at is not None:
            # Where everyone finds it changes at once, and by another action (`actions.classify`).
            for name in ("kind", "column", "field", "task"):
                del self.fields[name]

    def words(self) -> Words:
        """The words as they were typed, the body as HTML. Raises `body.TextTooLong`."""
        given = self.cleaned_data
        names = [name for name in LENGTHS if name in given]
        return Words(
            **{name: given[name] for name in names},
            body=body.from_text(given["body"]),
            starts_at=given.get("starts_at"),
            ends_at=given.get("ends_at"),
        )

    def placing(self) -> Placing:
        """Where the item belongs; what the form does not ask stays."""
        given, item = self.cleaned_data, self.item
        return Placing(
            kind=given.get("kind") or item.kind,
            column=given.get("column", item.column),
            field=given.get("field", item.field),
            task=given.get("task", item.task),
            publish_at=given["publish_at"],
            review_by=given["review_by"],
        )


class ClassifyForm(forms.Form):
    """Where a published item is found, and what it counts for."""

    kind = forms.ChoiceField(label=_("Thể loại"), choices=Kind.choices)
    column = forms.ModelChoiceField(label=_("Chuyên mục"), queryset=Column.objects.none(), empty_label=None)
    field = forms.ChoiceField(
        label=_("Lĩnh vực cải cách hành chính"),
        choices=[("", _("không thuộc cải cách hành chính")), *ReformField.choices],
        required=False,
    )
    task = TaskField(
        label=_("Nhiệm vụ trong kế hoạch"),
        queryset=Task.objects.none(),
        required=False,
        empty_label=_("không gắn nhiệm vụ"),
    )

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        placed = {"kind": item.kind, "column": item.column_id, "field": item.field, "task": item.task_id}
        super().__init__(*args, **{**kwargs, "initial": placed})
        _columns(self.fields["column"]).queryset = _open_columns(item)
        _columns(self.fields["task"]).queryset = _open_tasks(item)


class PictureForm(forms.Form):
    """A picture and what is said about it."""

    file = forms.FileField(
        label=_("Ảnh"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        error_messages={"required": _("Chưa chọn ảnh.")},
    )
    alternative = forms.CharField(
        label=_("Mô tả ảnh"),
        max_length=300,
        help_text=_("Ảnh cho thấy gì, như kể cho người không nhìn thấy."),
        error_messages={
            "required": _("Ảnh chưa có mô tả. Ghi ảnh cho thấy gì, để người không nhìn được vẫn biết.")
        },
    )
    caption = forms.CharField(label=_("Chú thích dưới ảnh"), max_length=300, required=False)
    credit = forms.CharField(label=_("Người chụp"), max_length=120, required=False)
    words = forms.CharField(
        label=_("Chữ trong ảnh"),
        max_length=10_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ảnh chụp thông báo, tờ rơi: gõ lại chữ trong ảnh."),
    )


class DocumentForm(forms.Form):
    """A document that the item rests on or brings."""

    symbol = forms.CharField(label=_("Số, ký hiệu"), max_length=80, required=False)
    issued_on = DayField(label=_("Ngày ban hành"), required=False)
    title = forms.CharField(
        label=_("Trích yếu"),
        max_length=500,
        error_messages={"required": _("Văn bản chưa có trích yếu. Ghi văn bản nói về việc gì.")},
    )
    url = forms.CharField(label=_("Đường dẫn"), max_length=1000, required=False)
    file = forms.FileField(label=_("Tệp"), required=False)
    transcript = forms.CharField(
        label=_("Nội dung bằng chữ"),
        max_length=100_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Cần khi tệp là bản quét, không có chữ."),
    )


class RecordingForm(forms.Form):
    """A recording."""

    file = forms.FileField(
        label=_("Tệp âm thanh"),
        widget=forms.FileInput(attrs={"accept": "audio/*"}),
        error_messages={"required": _("Chưa chọn tệp âm thanh.")},
    )


class AssignForm(forms.Form):
    """Who takes care of an item, and until when."""

    assignee = forms.ChoiceField(label=_("Người phụ trách"), required=False)
    due_on = DayField(label=_("Hạn xong"), required=False)

    def __init__(self, *args: Any, people: Iterable[Person], item: Item, **kwargs: Any) -> None:
        now = {"assignee": item.assignee_id or "", "due_on": item.due_on}
        super().__init__(*args, **{**kwargs, "initial": now})
        self.people = {str(person.pk): person for person in people}
        named = [(key, person.full_name) for key, person in self.people.items()]
        cast(forms.ChoiceField, self.fields["assignee"]).choices = [("", _("người viết tự lo")), *named]

    @property
    def chosen(self) -> Person | None:
        return self.people.get(self.cleaned_data["assignee"])


class DeedForm(forms.Form):
    """What the acts of the board may come with; each takes what it needs."""

    reason = forms.CharField(required=False, max_length=2000)
    publish_at = MomentField()
    review_by = DayField(required=False)
    change = forms.ChoiceField(choices=Change.choices, required=False)
    in_error = forms.BooleanField(required=False)


class ItemFilter(Filter):
    """What to show of the list of items."""

    q = search_field(_("Tìm trong tin, bài"))
    state = forms.ChoiceField(
        label=_("Trạng thái"),
        required=False,
        choices=[
            ("", _("Tất cả")),
            ("public", _("Người dân đang đọc được")),
            ("owes", _("Đăng khẩn, chờ duyệt sau")),
            *State.choices,
        ],
    )
    column = forms.ChoiceField(label=_("Chuyên mục"), required=False)
    field = forms.ChoiceField(
        label=_("Lĩnh vực"), required=False, choices=[("", _("Tất cả")), *ReformField.choices]
    )
    author = forms.ChoiceField(label=_("Người viết"), required=False)
    since = DayField(label=_("Đăng từ ngày"), required=False)
    until = DayField(label=_("đến ngày"), required=False)

    def __init__(
        self, *args: Any, columns: Iterable[Column], authors: Iterable[Person], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, named in (
            ("column", [(str(one.pk), one.name) for one in columns]),
            ("author", [(str(one.pk), one.full_name) for one in authors]),
        ):
            if named:
                cast(forms.ChoiceField, self.fields[name]).choices = [("", _("Tất cả")), *named]
            else:
                del self.fields[name]


def _columns(field: forms.Field) -> forms.ModelChoiceField:
    return cast(forms.ModelChoiceField, field)


def _open_columns(item: Item) -> Any:
    """The open columns of the unit, and the one the item stands in."""
    of_unit = Column.objects.filter(unit=item.unit)
    return of_unit.filter(is_open=True) | of_unit.filter(pk=item.column_id or 0)


def _open_tasks(item: Item) -> Any:
    """The tasks of this year's and last year's plans, and the one the item belongs to."""
    return open_tasks([item.unit_id], timezone.localdate()) | Task.objects.filter(
        pk=item.task_id or 0
    ).select_related("plan").order_by("-plan__year", "plan_id", "position")


def _shown(item: Item, edition: Edition) -> dict[str, Any]:
    shown: dict[str, Any] = {name: getattr(edition, name) for name in LENGTHS}
    moments: dict[str, datetime | None] = {
        "starts_at": edition.starts_at,
        "ends_at": edition.ends_at,
        "publish_at": item.publish_at,
    }
    return {
        **shown,
        **{name: timezone.localtime(value) if value else None for name, value in moments.items()},
        "body": body.to_text(edition.body),
        "kind": item.kind,
        "column": item.column_id,
        "field": item.field,
        "task": item.task_id,
        "review_by": item.review_by,
        "version": edition.version,
    }
