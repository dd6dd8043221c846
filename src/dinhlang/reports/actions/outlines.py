"""The unit's own outline of its reports."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.reports import outline, queries, rules, samples
from dinhlang.reports.models import Outline
from dinhlang.reports.rules import PROGRAMME
from dinhlang.work.concepts import CONCEPTS


@transaction.atomic
def save_outline(
    *, unit: Unit, text: str, by: Person | None, at: datetime, programme: str = PROGRAMME
) -> Outline:
    """Keep a new version of the unit's outline; the versions before stay, since reports were drafted with them.

    Raises `outline.OutlineError`, which names the line, or `NotAllowed`.
    """
    check_can(by, "outline.edit", unit, localdate(at))
    text = outline.tidied(text)
    try_outline(text)
    lock(unit)
    last = queries.outline_of(unit, programme)
    if last is not None and last.text == text:
        return last
    kept = Outline.objects.create(
        unit=unit,
        programme=programme,
        version=last.version + 1 if last else 1,
        text=text,
        created_at=at,
        created_by=by,
    )
    audit(by=by, at=at, action="outline.edit", target=kept, unit=unit, detail={"version": kept.version})
    return kept


def try_outline(text: str) -> None:
    """Refuse an outline that could fail when a report is due. Raises `outline.OutlineError`, which names the line."""
    outline.check(outline.tidied(text), (samples.full, samples.bare), tuple(CONCEPTS))


def outline_in_use(
    unit: Unit, programme: str, at: datetime, shipped: str = "", *, named: str = ""
) -> Outline:
    """The unit's own outline, else the one that its regime names, kept so that the report can name it.

    `named` is the regime's; `shipped` the text of one that no regime names. Raises `rules.NoOutline`.
    """
    kept_as = programme if rules.request_of(programme) is None else rules.REQUESTED.rstrip("-")
    own = queries.outline_of(unit, kept_as)
    if own is not None:
        return own
    imported = None if shipped else queries.imported_outline(named or queries.outline_name(programme))
    if imported is not None:
        return imported
    shipped = shipped or queries.default_outline(programme, named)
    # The answers to all requests have one outline.
    programme = kept_as
    same = Outline.objects.filter(unit=None, programme=programme).order_by("-version")
    last, known = same.first(), same.filter(text=shipped).first()
    if known is not None:
        return known
    version = last.version + 1 if last else 1
    kept, _ = Outline.objects.get_or_create(
        unit=None, programme=programme, version=version, defaults={"text": shipped, "created_at": at}
    )
    return kept
