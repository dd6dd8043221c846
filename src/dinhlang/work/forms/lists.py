"""Filters of the lists beside the ledger: what was done to many lines, and lines that may be one act."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import ListFilter, search_field
from dinhlang.work.models import Batch
from dinhlang.work.queries import WHY_ALIKE


class BatchFilter(ListFilter):
    """What to show of the batches: words of the reason, the file or the person, the unit, and what was done."""

    q = search_field(_("Tìm lý do, tệp, người làm"))
    deed = forms.ChoiceField(
        label=_("Việc"), required=False, choices=[("", _("Tất cả")), *Batch.Deed.choices]
    )


class PairFilter(ListFilter):
    """What to show of the pairs: words of either line, the unit, and what the two share."""

    q = search_field(_("Tìm trong nội dung"))
    why = forms.ChoiceField(
        label=_("Vì sao"),
        required=False,
        choices=[("", _("Tất cả")), *((why.value, label) for why, label in WHY_ALIKE.items())],
    )
