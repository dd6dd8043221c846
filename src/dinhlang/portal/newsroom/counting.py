"""The line of the ledger that stands for an item while it is published.

The ledger counts communication on reform: an item that names neither a field of reform nor a task of the plan is
published without a line, and its page on the desk says so.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Person
from dinhlang.portal.models import Edition, Item
from dinhlang.portal.newsroom.addresses import public_address
from dinhlang.portal.newsroom.queries.content import words_of
from dinhlang.portal.newsroom.rules.kinds import SHAPES, Kind
from dinhlang.portal.newsroom.rules.words import as_evidence
from dinhlang.work import actions as work
from dinhlang.work.models import ActivityKind, Reversal
from dinhlang.work.rules import TITLE_LENGTH, FileEvidence, HeldEvidence, LinkEvidence

Evidence = list[HeldEvidence | LinkEvidence]


def is_counted(item: Item) -> bool:
    """Whether publishing writes a line."""
    return bool(item.field or item.task_id)


def make_ready(item: Item, at: datetime) -> Evidence:
    """The evidence of the line: the address, and the text as it stands, kept by its hash.

    Files are stored before any lock is taken.
    """
    edition = item.draft
    if edition is None or item.column is None or not is_counted(item):
        return []
    return _evidence(item, edition, at)


def _evidence(item: Item, edition: Edition, at: datetime) -> Evidence:
    address = public_address(item)
    text = as_evidence(words_of(edition), address)
    return [LinkEvidence(address), work.hold_file(FileEvidence(text.encode(), f"{item.slug[:80]}.txt"), at)]


def count(item: Item, evidence: Evidence, *, by: Person | None, at: datetime) -> None:
    """Write the line of an item that has none: published anew, not changed."""
    if is_counted(item) and (item.line is None or _is_reversed(item)):
        _write(item, evidence, on=localdate(at), by=by, at=at)


@kept_in_vietnamese
def count_anew(item: Item, *, by: Person | None, at: datetime) -> None:
    """Take the line out and write the one that is true now, for the same day."""
    on = item.line.happened_on if item.line is not None else localdate(item.published_at or at)
    uncount(item, _("Đổi lĩnh vực, nhiệm vụ hoặc thể loại của tin"), by=by, at=at)
    if is_counted(item) and item.shown is not None:
        _write(item, _evidence(item, item.shown, at), on=on, by=by, at=at)
    item.save(update_fields=["line"])


def uncount(item: Item, reason: str, *, by: Person | None, at: datetime) -> None:
    """Reverse the line, unless somebody did so in the ledger."""
    if item.line is not None and not _is_reversed(item):
        work.reverse_consequence(activity=item.line, reason=reason[:500], by=by, at=at)
    item.line = None


def _is_reversed(item: Item) -> bool:
    return Reversal.objects.filter(activity=item.line_id).exists()


def _write(item: Item, evidence: Evidence, *, on: date, by: Person | None, at: datetime) -> None:
    edition = item.shown or item.draft
    if edition is None:
        raise TypeError("an item is counted with an edition")
    item.line = work.record_consequence(
        unit=item.unit,
        kind=ActivityKind.WEBSITE,
        happened_on=on,
        title=edition.title[:TITLE_LENGTH],
        measures=SHAPES[Kind(item.kind)].counts,
        task=item.task,
        evidence=evidence,
        reform_field=item.field,
        by=by,
        at=at,
    )
