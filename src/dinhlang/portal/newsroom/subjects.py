"""What items tell of in other rooms, for the pages there: what exists already, and where a new one is begun."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q
from django.urls import reverse

from dinhlang.org.desk import Looking
from dinhlang.org.models import Unit
from dinhlang.org.permissions import can
from dinhlang.org.rules import Permission
from dinhlang.portal.models import Item
from dinhlang.portal.newsroom.queries import items_for
from dinhlang.procedures.public import Article, Articles


def articles(looking: Looking, unit: Unit, decisions: Sequence[int], versions: Sequence[int]) -> Articles:
    """The unit's items about these decisions and versions that the person may see; one question."""
    found: dict[str, defaultdict[int, list[Article]]] = {
        "decision": defaultdict(list),
        "version": defaultdict(list),
    }
    asked = Q(decision__in=decisions) | Q(procedure_version__in=versions)
    for item in items_for(looking).filter(asked, unit=unit) if decisions or versions else ():
        for name, key in (("decision", item.decision_id), ("version", item.procedure_version_id)):
            if key is not None:
                found[name][key].append(_article(item))
    may_write = can(looking.person, Permission.NEWS_WRITE, unit, looking.on)
    return Articles(
        of_decisions=dict(found["decision"]),
        of_versions=dict(found["version"]),
        begin=reverse("newsroom:begin") if may_write else "",
    )


def _article(item: Item) -> Article:
    edition = item.draft or item.shown
    title = edition.title if edition is not None else item.slug
    return Article(reverse("newsroom:item", args=[item.pk]), title, str(item.get_state_display()))
