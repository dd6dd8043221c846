"""Reading the audit: whose entries a reader sees, and whether the chains still hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dinhlang.org.models import AuditEntry, AuditHead, Unit
from dinhlang.org.queries.people import ids_of_body, posts_of
from dinhlang.org.rules.chain import NO_UNIT, Break, Head, Link, first_break

CHUNK = 2000
# The fields of a `Link` in its order, as they are stored.
STORED = ("number", "at", "by_id", "unit_id", "action", "target", "detail", "previous_hash", "entry_hash")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a look at the chains found: how many entries in how many chains hold, and the first break."""

    entries: int
    chains: int
    broken: Break | None = None


def entries_for(body: Unit) -> QuerySet[AuditEntry]:
    """What an administrator of a body may read, newest first: what was done in it and in what is or was part of it,
    and what its people did, or had done to them, at the door: signing in, passphrases, second factors."""
    parts = Unit.objects.filter(placements__parent=body, level__in=(Unit.Level.HAMLET, Unit.Level.DEPARTMENT))
    # By their ids: with a question inside, the database goes through every entry of every unit.
    own = Q(unit__in={body.pk, *parts.values_list("pk", flat=True)})
    people = set(posts_of(body).order_by().values_list("person_id", flat=True))
    at_the_door = Q(unit=None) & (Q(by__in=people) | Q(target__in=[f"org.person:{pk}" for pk in people]))
    return AuditEntry.objects.filter(own | at_the_door).select_related("by", "unit").order_by("-pk")


def verify_audit() -> Verdict:
    """Go through every chain from its first entry to its head; stop at the first place that does not hold."""
    heads = {row.chain: Head(row.count, row.last_hash) for row in AuditHead.objects.all()}
    used = AuditEntry.objects.order_by().values_list("unit_id", flat=True).distinct()
    # A chain whose head was taken away is looked at too.
    chains = sorted(heads.keys() | {unit_id or NO_UNIT for unit_id in used})
    entries = 0
    for chain in chains:
        broken = first_break(chain, _links(chain), heads.get(chain, Head()))
        if broken is not None:
            return Verdict(entries, len(chains), broken)
        entries += heads[chain].count
    return Verdict(entries, len(chains))


def verify_chain(chain: str, newest: int | None = None) -> Verdict:
    """Go through one chain; with `newest`, only through that many of its last entries."""
    row = AuditHead.objects.filter(pk=chain).first()
    head = Head(row.count, row.last_hash) if row else Head()
    start = Head()
    if newest is not None and head.count > newest:
        before = _rows(chain).filter(number=head.count - newest).values_list("number", "entry_hash").first()
        # When even that entry is gone the whole chain is gone through, to name the place.
        start = Head(*before) if before else Head()
    broken = first_break(chain, _links(chain, after=start.count), head, start)
    return Verdict(head.count - start.count, 1, broken)


def verify_body(body: Unit, on: date, newest: int | None = None) -> Verdict:
    """Go through the chains of a body, its departments and its hamlets, as `verify_chain` does each."""
    entries = 0
    chains = AuditHead.objects.filter(pk__in=ids_of_body(body, on)).values_list("pk", flat=True)
    # The body's own is gone through even when its head was taken away.
    for chain in sorted({body.pk, *chains}):
        verdict = verify_chain(chain, newest)
        entries += verdict.entries
        if verdict.broken is not None:
            return Verdict(entries, len(chains), verdict.broken)
    return Verdict(entries, len(chains))


def _rows(chain: str) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(unit=None if chain == NO_UNIT else chain)


def _links(chain: str, after: int = 0) -> Iterator[Link]:
    rows = _rows(chain).filter(number__gt=after).order_by("number", "pk").values_list(*STORED)
    return (Link(*row) for row in rows.iterator(chunk_size=CHUNK))
