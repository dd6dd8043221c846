"""The form for a link with which somebody decides on a phone. It checks form, not right."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Person


class LinkForm(forms.Form):
    """To whom the link goes."""

    def __init__(self, *args: Any, people: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._people = {str(one.pk): one for one in people}
        self.fields["approver"] = forms.ChoiceField(
            label=_("Gửi đường dẫn cho"),
            choices=[(key, one.full_name) for key, one in self._people.items()],
        )

    @property
    def chosen(self) -> Person:
        """Whom the form names, once it is valid."""
        return self._people[self.cleaned_data["approver"]]
