"""What cases are about: the list, and which of it a text is likely about. `data/categories.toml` holds both."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.utils.translation import gettext as _

from dinhlang.org.rules import Unfit
from dinhlang.vietnamese.text import fold

OTHER = "khac"


@dataclass(frozen=True, slots=True)
class Category:
    """`is_rule`: feedback on administrative rules and on how officials apply them, counted apart (NĐ 20/2008/NĐ-CP)."""

    key: str
    label: str
    is_rule: bool = False
    forward_to: str = ""
    signs: tuple[str, ...] = ()


@cache
def categories() -> Mapping[str, Category]:
    """All of them by their keys, in the order in which a form shows them."""
    text = resources.files("dinhlang.citizens").joinpath("data/categories.toml").read_text("utf-8")
    rows = (Category(**{**one, "signs": tuple(one["signs"])}) for one in tomllib.loads(text)["categories"])
    return {one.key: one for one in rows}


def label_of(key: str) -> str:
    """What a category is called; its key for one that is gone."""
    found = categories().get(key)
    return found.label if found else key


def choices() -> list[tuple[str, str]]:
    """For a form: key and label."""
    return [(one.key, one.label) for one in categories().values()]


def check_category(key: str) -> None:
    """Raise `Unfit` for what is no category."""
    if key not in categories():
        raise Unfit(_("Chọn một lĩnh vực trong danh sách."), "category")


def proposed(text: str) -> str:
    """The category of which a text has the most signs, longer ones weighing more; `OTHER` when it has none."""
    folded = f" {' '.join(re.findall(r'[a-z0-9]+', fold(text)))} "
    weights = {
        one.key: sum(len(sign.split()) ** 2 * folded.count(f" {sign} ") for sign in one.signs)
        for one in categories().values()
    }
    best = max(weights, key=lambda key: weights[key])
    return best if weights[best] else OTHER
