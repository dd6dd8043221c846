"""What is typed about a column. It checks form, not right."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.portal.columns.rules import NAME_LENGTH


class ColumnForm(forms.Form):
    """The name of a new column."""

    name = forms.CharField(
        label=_("Tên chuyên mục"),
        max_length=NAME_LENGTH,
        help_text=_("Ví dụ: Nông thôn mới."),
        error_messages={"required": _("Chuyên mục chưa có tên. Ghi tên rồi lưu lại.")},
    )
