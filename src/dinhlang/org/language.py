"""The language of what is kept: documents, and the remarks that are stored with them, are Vietnamese whoever acted."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.utils import translation

KEPT = "vi"

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def kept_in_vietnamese(make: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """For a function whose sentences are stored or stand in a document: the reader's own language is left aside.

    Refusals and pages are for one reader and follow that reader; what another person opens next year does not.
    """

    @wraps(make)
    def made(*args: _Given.args, **kwargs: _Given.kwargs) -> _Made:
        with translation.override(KEPT):
            return make(*args, **kwargs)

    return made
