"""The forms that every room's lists share, and their field of words. They check form, not right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.rules import folded_name

LONGEST_SEARCH = 200


def search_field(label: Any, **attrs: Any) -> forms.CharField:
    """The words to look for in a list: the field `q` of its form, which may be left empty."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_SEARCH,
        widget=forms.TextInput(attrs={"type": "search", **attrs}),
    )


def choose(form: forms.Form, name: str, choices: Iterable[tuple[str, Any]]) -> None:
    """Say what can be chosen in a field of a form."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


class Filter(forms.Form):
    """What to show of a list. Every field may be left empty."""

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for and makes sense; the rest as if it were left empty."""
        if not self.is_bound:
            return {}
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def words(self) -> list[str]:
        """The words to look for, without marks."""
        return folded_name(self.asked.get("q", "")).split()

    def fits(self, text: str) -> bool:
        """Whether every word that is looked for stands in the text, with marks or without."""
        folded = folded_name(text) if self.words else ""
        return all(word in folded for word in self.words)


class UnitFilter(Filter):
    """What to show of a list of one of `units`, names by id. A choice of one is no choice: the field goes."""

    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)

    field_order = ("q", "unit")

    def __init__(self, *args: Any, units: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose(self, "unit", units.items())
        if len(units) < 2:
            del self.fields["unit"]


class ListFilter(Filter):
    """What to show of a list: words of the subject, a unit, a year. Every field may be left empty."""

    q = search_field(_("Tìm trong trích yếu"))
    unit = forms.ChoiceField(label=_("Đơn vị"), required=False)
    year = forms.ChoiceField(label=_("Năm"), required=False)

    def __init__(self, *args: Any, units: dict[str, str], years: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = [("", _("Tất cả"))]
        choose(self, "unit", [*every, *units.items()])
        choose(self, "year", [*every, *((str(year), str(year)) for year in years)])
        # A choice of one is no choice.
        for name, choices in (("unit", units), ("year", list(years))):
            if len(choices) < 2:
                del self.fields[name]

    @property
    def narrows(self) -> bool:
        """Whether more was asked for than a unit."""
        return bool(self.asked.keys() - {"unit"})
