"""Proposals in the reports that are taken together, in groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dinhlang.reports.consolidation.rules import Group, Said, grouped
from dinhlang.reports.consolidation.taken import Taken
from dinhlang.reports.models import Consolidation, Submission

# A proposal is a sentence or two; what is longer was read wrongly, and would break the page.
_LONGEST = 600
_NAMED = 6


def said_in(taken: Taken) -> list[Said]:
    """Every proposal of the units that are counted."""
    unit_of = {one.pk: unit for unit, one in taken.submissions.items() if unit in taken.coverage.taken}
    rows = Submission.objects.filter(pk__in=unit_of).order_by("pk").values_list("pk", "document__proposals")
    return [
        Said(unit_of[pk], words)
        for pk, stated in rows
        for one in stated or []
        if (words := _clean(one.get("text") or ""))
    ]


def _clean(text: str) -> str:
    """One line, with one full stop; a figure's token of another report is no token here."""
    words = " ".join(text.replace("[[", "[").replace("]]", "]").split()).strip(" ;.,-+")
    return f"{words[:_LONGEST]}." if words else ""


def groups_of(taken: Taken, decided: Consolidation | None = None) -> list[Group]:
    """The proposals in groups, as the rules and what a person decided have them."""
    joined: Sequence[Sequence[str]] = decided.joined if decided else []
    parted: Sequence[Sequence[str]] = decided.parted if decided else []
    return grouped(said_in(taken), [(a, b) for a, b in joined], [(a, b) for a, b in parted])


def source_of(group: Group, word: str, names: Mapping[str, str], order: Sequence[str]) -> str:
    """'3 xã: xã A, xã B, xã C': who made a proposal, a few of many by name."""
    units = [one for one in order if one in group.units]
    named = ", ".join(names[one] for one in units[:_NAMED])
    more = f" và {len(units) - _NAMED} đơn vị khác" if len(units) > _NAMED else ""
    if len(units) == 1:
        return named
    return f"{len(units)} {word}: {named}{more}"
