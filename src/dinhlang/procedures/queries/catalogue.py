"""What stands in a body's catalogue on a day, and what stood before.

A body shows its own procedures and, for codes it has none of, those of the bodies above it (its province): a list
that the province keeps serves every commune. One question of the database each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from dinhlang.org import queries as org
from dinhlang.org.models import Unit
from dinhlang.procedures import rules
from dinhlang.procedures.models import Event, Procedure, Version
from dinhlang.procedures.rules import Level, Sheet, Span, Standing
from dinhlang.vietnamese.text import fold


def catalogue_ids(unit: Unit, on: date) -> list[str]:
    """Whose catalogues the body shows: its own first, then those above it."""
    return [unit.pk, *(one.pk for one in org.path_up(unit, on) if one.pk != unit.pk)]


def catalogue(unit: Unit, on: date, *, ids: list[str] | None = None) -> QuerySet[Procedure]:
    """The procedures that the body shows, each code once, whether they stand today or not.

    One that has no version is only named as the successor of another; it hides nothing.
    """
    own, *above = ids if ids is not None else catalogue_ids(unit, on)
    said = Procedure.objects.filter(Exists(Version.objects.filter(procedure=OuterRef("pk"))))
    found = said.filter(unit=own)
    for number, one in enumerate(above):
        nearer = Version.objects.filter(
            procedure__unit__in=[own, *above[:number]], procedure__code=OuterRef("code")
        )
        found |= said.filter(Q(unit=one) & ~Exists(nearer))
    return found.order_by("code")


def procedure(unit: Unit, code: str, on: date) -> Procedure | None:
    """The procedure with this short or long code in what the body shows; `None` when there is none."""
    try:
        short = rules.short_code(code)
    except rules.BadCode:
        return None
    return catalogue(unit, on).filter(code=short).first()


def standing_versions(
    unit: Unit,
    on: date,
    *,
    words: str = "",
    field: str = "",
    level: Level | str = "",
    online: bool | None = None,
    codes: Iterable[str] | None = None,
    ids: list[str] | None = None,
) -> QuerySet[Version]:
    """What stands on the day in the body's catalogue, narrowed, by field and name; `sheet` is left in the database.

    `ids` are those of `catalogue_ids`, for who has asked them already. `words` are found without marks, all of them, in code, name, field and keywords.
    """
    found = (
        Version.objects.in_force(on)
        .filter(procedure__in=catalogue(unit, on, ids=ids).values("pk"))
        .select_related("procedure")
        .defer("sheet", "folded")
    )
    if codes is not None:
        found = found.filter(procedure__code__in=list(codes))
    return narrowed_versions(found, words=words, field=field, level=level, online=online)


def narrowed_versions(
    found: QuerySet[Version],
    *,
    words: str = "",
    field: str = "",
    level: Level | str = "",
    online: bool | None = None,
) -> QuerySet[Version]:
    """The versions among `found` that fit, by field and name; see `standing_versions`."""
    for word in fold(words).split()[:12]:
        found = found.filter(folded__contains=word)
    if field:
        found = found.filter(field=field)
    if level:
        found = found.filter(levels__contains=f",{level},")
    if online is not None:
        found = found.exclude(online="") if online else found.filter(online="")
    return found.order_by("field", "name", "pk")


def inherited_versions(unit: Unit, on: date, codes: Iterable[str]) -> dict[str, Version]:
    """What stands of these codes in the catalogues above the body's own, by code; the nearest body's wins."""
    above = catalogue_ids(unit, on)[1:]
    if not above:
        return {}
    found: dict[str, Version] = {}
    rows = Version.objects.in_force(on).filter(procedure__unit__in=above).select_related("procedure")
    wanted = set(codes)
    for version in sorted(rows, key=lambda one: above.index(one.procedure.unit_id)):
        if version.procedure.code in wanted:
            found.setdefault(version.procedure.code, version)
    return found


def fields_of(unit: Unit, on: date, *, level: Level | str = "") -> list[tuple[str, int]]:
    """The fields (lĩnh vực) of what stands on the day with how many stand in each, in the order of their names."""
    from dinhlang.vietnamese.text import collation_key

    rows = (
        standing_versions(unit, on, level=level).order_by().values_list("field").annotate(count=Count("pk"))
    )
    return sorted(((field, count) for field, count in rows), key=lambda row: collation_key(row[0]))


def version_on(procedure: Procedure, on: date) -> Version | None:
    """The version that stands on the day, `None` when none does."""
    return procedure.versions.in_force(on).order_by("-number").first()


@dataclass(frozen=True, slots=True)
class Page:
    """One procedure as its page shows it on a day.

    `version` is what stands; of one that was abolished the last that stood, of one to come the first. `coming` are
    versions that begin later, `before` the older ones, newest first.
    """

    procedure: Procedure
    standing: Standing
    version: Version
    sheet: Sheet
    before: tuple[Version, ...]
    coming: tuple[Version, ...]
    events: tuple[Event, ...]

    @property
    def code(self) -> str:
        return self.procedure.code

    @property
    def ended(self) -> Event | None:
        """The event that ended it, when it does not stand any more."""
        if self.standing is not Standing.ABOLISHED:
            return None
        ends = [one for one in self.events if one.kind in ("abolish", "replace")]
        return ends[0] if ends else None


def page(
    unit: Unit,
    code: str,
    on: date,
    *,
    ids: list[str] | None = None,
    beside: Mapping[str, Subquery] | None = None,
) -> Page | None:
    """Everything about one procedure of the body's catalogue; `None` for a code it has not.

    Two questions for who gives `ids`, those of `catalogue_ids`. `beside` is asked for with each version, and stands
    there under its name: what rooms above have to say of the procedure needs no question of its own.
    """
    try:
        short = rules.short_code(code)
    except rules.BadCode:
        return None
    found = catalogue(unit, on, ids=ids).filter(code=short)
    versions = list(
        Version.objects.filter(procedure__in=found.values("pk"))
        .select_related("procedure")
        .annotate(**(beside or {}))
        .order_by("number")
    )
    return _page(versions[0].procedure, versions, on) if versions else None


def page_of(found: Procedure, on: date) -> Page | None:
    """As `page`, of a procedure that is at hand. `None` for one that is only named as a successor and has no version."""
    return _page(found, list(found.versions.order_by("number")), on)


def _page(found: Procedure, versions: list[Version], on: date) -> Page | None:
    if not versions:
        return None
    spans = [Span(one.starts_on, one.ends_on) for one in versions]
    stands = rules.standing(spans, on)
    shown = next((one for one, span in zip(versions, spans, strict=True) if span.holds(on)), None)
    if shown is None:
        begun = [one for one in versions if one.starts_on is None or one.starts_on <= on]
        shown = begun[-1] if begun else versions[0]
    return Page(
        procedure=found,
        standing=stands,
        version=shown,
        sheet=rules.from_json(shown.sheet),
        before=tuple(one for one in reversed(versions) if one.number < shown.number),
        coming=tuple(one for one in versions if one.number > shown.number),
        events=tuple(found.events.select_related("decision", "replaced_by", "version")),
    )


def changes_feed(
    unit: Unit, on: date, *, since: date | None = None, most: int = 50, ids: list[str] | None = None
) -> list[Event]:
    """What decisions did to the body's catalogue, newest first; those that take effect later are among them.

    A list of what stands, taken in without a decision, is no news and is left out.
    """
    found = (
        Event.objects.filter(procedure__in=catalogue(unit, on, ids=ids).values("pk"))
        .exclude(decision=None)
        .select_related("procedure", "decision", "version", "replaced_by")
        .defer("version__sheet", "version__folded")
    )
    if since is not None:
        found = found.filter(effective_on__gte=since)
    return list(found.order_by("-effective_on", "-pk")[:most])


def with_versions(unit: Unit, on: date) -> QuerySet[Procedure]:
    """The body's catalogue with all versions fetched (without their sheets)."""
    return catalogue(unit, on).prefetch_related(
        Prefetch("versions", Version.objects.defer("sheet", "folded").order_by("number"))
    )
