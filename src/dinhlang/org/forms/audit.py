"""What to show of the audit."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dinhlang.org.forms import Filter, choose
from dinhlang.org.forms.fields import DayField
from dinhlang.org.rules.deeds import SENTENCES
from dinhlang.vietnamese.text import collation_key


class AuditFilter(Filter):
    """Who, what, when, on which object. Every field may be left empty."""

    by = forms.ChoiceField(label=_("Người làm"), required=False)
    action = forms.ChoiceField(label=_("Việc"), required=False)
    start = DayField(label=_("Từ ngày"), required=False)
    end = DayField(label=_("Đến hết ngày"), required=False)
    target = forms.CharField(required=False, max_length=120, widget=forms.HiddenInput())

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everyone = [("", _("Tất cả")), ("-", _("Người vận hành hệ thống")), *people]
        choose(self, "by", everyone)
        # All there are: to look up which were done costs more than the page itself.
        named = [(each, capfirst(str(said))) for each, said in SENTENCES.items() if not each.endswith(".")]
        deeds = sorted(named, key=lambda each: collation_key(each[1]))
        choose(self, "action", [("", _("Tất cả")), *deeds])
