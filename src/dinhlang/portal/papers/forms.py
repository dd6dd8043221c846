"""What is asked before a plan is opened to all. It checks form, not right."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class OpenPlanForm(forms.Form):
    """Whether its progress is shown, and that the doubtful places were read."""

    shows_progress = forms.BooleanField(
        label=_("Cho người dân xem tiến độ từng nhiệm vụ ở trang Kết quả"), required=False, initial=True
    )
    is_read = forms.BooleanField(
        label=_("Tôi đã đọc lại các chỗ trên; kế hoạch công khai được."), required=False
    )
