"""Found things in words: what they are called, where they stand, what narrows them."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy

from dinhlang.portal.models import Item
from dinhlang.portal.search import sources
from dinhlang.portal.sites.addresses import Addresses
from dinhlang.procedures.rules import STANDING_WORDS, Standing
from dinhlang.search import Hit
from dinhlang.work.models import ReformField

_KINDS = {
    sources.PROCEDURE: gettext_lazy("Thủ tục hành chính"),
    sources.REPORT: gettext_lazy("Báo cáo"),
    sources.PLAN: gettext_lazy("Kế hoạch"),
    sources.DECISION: gettext_lazy("Quyết định công bố thủ tục"),
    sources.VOICE: gettext_lazy("Phản ánh đã trả lời"),
}


def kind_of(value: str) -> str:
    """'article' is 'Tin, bài'."""
    if value in _KINDS:
        return str(_KINDS[value])
    return str(Item.Kind(value).label if value in Item.Kind.values else value)


def facet_word(name: str, value: str) -> str:
    """The value of a facet as readers narrow by it."""
    if name == "kind":
        return kind_of(value)
    if name == "field" and value in ReformField.values:
        return str(ReformField(value).label)
    return value


_STANDINGS = {one.value: words for one, words in STANDING_WORDS.items() if one != Standing.IN_FORCE}


def standing_of(hit: Hit) -> str:
    """What is to be known of a procedure that does not hold today; empty for all else."""
    return str(_STANDINGS.get(str(hit.facets.get("standing", "")), ""))


def address_of(hit: Hit, to: Addresses) -> str:
    """Where a found thing stands on the site."""
    kind = hit.facets.get("kind")
    if kind == sources.PROCEDURE:
        return to.procedure(hit.place)
    if kind == sources.PLAN:
        return to.plan(hit.place)
    if kind == sources.DECISION:
        return to.decision(int(hit.place))
    if kind == sources.VOICE:
        return to.voice(hit.place)
    one, _slash, other = hit.place.partition("/")
    if kind == sources.REPORT:
        return reverse("public:report", args=[hit.site, one, other])
    return to.item(one, other)
