"""The unit's own outline of its reports."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.reports import outline, queries, rules, samples
from dinhlang.reports.locking import lock
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
    text = _tidy(text)
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
    outline.check(_tidy(text), (samples.full, samples.bare), tuple(CONCEPTS))


def _tidy(text: str) -> str:
    """The text as it is kept: no spaces at the ends of lines, one line end at the end."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip() + "\n"


def outline_in_use(unit: Unit, programme: str, at: datetime, shipped: str = "") -> Outline:
    """The unit's own outline, else the one that is shipped, kept so that the report can name it."""
    shipped = shipped or queries.default_outline(programme)
    # The answers to all requests have one outline.
    programme = programme if rules.request_of(programme) is None else rules.REQUESTED.rstrip("-")
    own = queries.outline_of(unit, programme)
    if own is not None:
        return own
    last = Outline.objects.filter(unit=None, programme=programme).order_by("-version").first()
    if last is not None and last.text == shipped:
        return last
    version = last.version + 1 if last else 1
    kept, _ = Outline.objects.get_or_create(
        unit=None, programme=programme, version=version, defaults={"text": shipped, "created_at": at}
    )
    return kept
