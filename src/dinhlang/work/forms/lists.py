"""Filters of the lists beside the ledger: what was done to many lines, and lines that may be one act."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import ListFilter
from dinhlang.work.models import Batch
from dinhlang.work.queries import WHY_ALIKE


class BatchFilter(ListFilter):
    """What to show of the batches: words of the reason, the file or the person, the unit, and what was done."""

    deed = forms.ChoiceField(
        label=_("Việc"), required=False, choices=[("", _("Tất cả")), *Batch.Deed.choices]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Tìm lý do, tệp, người làm")


class PairFilter(ListFilter):
    """What to show of the pairs: words of either line, the unit, and what the two share."""

    why = forms.ChoiceField(
        label=_("Vì sao"),
        required=False,
        choices=[("", _("Tất cả")), *((why.value, label) for why, label in WHY_ALIKE.items())],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].label = _("Tìm trong nội dung")
