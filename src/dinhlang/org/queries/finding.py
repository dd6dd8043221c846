"""Finding a unit by what people and letterheads call it. Names repeat, so a name alone is never enough."""

from __future__ import annotations

from datetime import date

from rapidfuzz import fuzz

from dinhlang.officialdoc.model import Issuer
from dinhlang.org.models import EARLIEST_FIRST, Unit, UnitName, UnitPlacement
from dinhlang.org.queries.standing import exists_on
from dinhlang.org.rules import Refused, Wanted, printed_day, wanted
from dinhlang.vietnamese.text import fold, nfc

# Below this likeness (of 100) two names have little in common but some letters.
ALIKE = 78


class UnknownUnit(Refused):
    """No unit, or more than one, answers to what was asked; the message names the nearest."""


def unit(id_or_name: str, on: date | None = None) -> Unit:
    """The unit with this id, else the only one that answers to the name.

    Names are matched without marks or case; marks, the kind ('xã'), a unit above ('Nam Trung, Nam Sách')
    and the day `on` tell several apart. Raises `UnknownUnit`, naming up to five candidates.
    """
    text = nfc(id_or_name).strip()
    exact = Unit.objects.filter(id=text.lower()).first()
    if exact is not None:
        return exact
    asked = wanted(text)
    matches = _answering(asked)
    if on is not None and len(_units(matches)) > 1:
        matches = _preferred(matches, [name for name in matches if _held(name, on)])
    matches = _preferred(matches, [name for name in matches if nfc(name.name).lower() in asked.spellings])
    if len(_units(matches)) == 1:
        return matches[-1].unit
    raise UnknownUnit(_no_single_unit(text, matches))


def unit_for_issuer(issuer: Issuer, on: date | None = None, near: Unit | None = None) -> Unit | None:
    """The unit that issued a document, from its letterhead; `None` when none or several would fit.

    With `on`, only units in being and so named on that day. `near` is a unit to which the document is
    likely to belong: it, or a unit beside it, is preferred when names repeat.
    """
    text = " ".join(part for part in (issuer.unit_kind, issuer.unit_name) if part) or issuer.name
    if not text:
        return None
    matches = _answering(wanted(f"{text}, {issuer.parent}" if issuer.parent else text))
    if on is not None:
        matches = [name for name in matches if _held(name, on)]
    if near is not None:
        matches = _preferred(matches, [name for name in matches if name.unit == near])
        beside = _ancestor_ids(near)
        matches = _preferred(matches, [name for name in matches if beside & _ancestor_ids(name.unit)])
    return matches[-1].unit if len(_units(matches)) == 1 else None


def find(text: str, on: date | None = None, limit: int = 20) -> list[UnitName]:
    """Names that resemble the text, best first, for people to choose from; with `on`, those held on that day."""
    names = UnitName.objects.select_related("unit")
    if on is not None:
        names = names.in_force(on)
    asked = wanted(nfc(text))
    scored = [(_likeness(name, asked), name) for name in names]
    scored.sort(key=lambda pair: (-pair[0], pair[1].folded, pair[1].unit_id))
    return [name for score, name in scored[:limit] if score >= ALIKE]


def describe(name: UnitName) -> str:
    """One unit among others of its name: 'tran-phu-10633 (xã Trần Phú, thành phố Hải Phòng, từ 01/7/2025)'."""
    unit = name.unit
    placement = unit.placements.select_related("parent").order_by(EARLIEST_FIRST).last()
    parts = [name.full]
    if placement is not None:
        last_name = placement.parent.names.order_by(EARLIEST_FIRST).last()
        parts.append(last_name.full if last_name else placement.parent_id)
    if unit.starts_on:
        parts.append(f"từ {printed_day(unit.starts_on)}")
    if unit.ends_on:
        parts.append(f"đến trước {printed_day(unit.ends_on)}")
    return f"{unit.id} ({', '.join(parts)})"


def _answering(asked: Wanted) -> list[UnitName]:
    names = (
        UnitName.objects.filter(folded__in=asked.folded)
        .select_related("unit")
        .order_by("unit", EARLIEST_FIRST)
    )
    return [
        name
        for name in names
        if (asked.kind is None or fold(name.kind) == asked.kind or name.folded == asked.folded[0])
        and all(_stands_under(name.unit, above) for above in asked.above)
    ]


def _likeness(name: UnitName, asked: Wanted) -> float:
    """0 to 101: how much a name is like what was asked; a hair more when the kind agrees too."""
    spelling = asked.folded[-1]
    if not spelling:
        return 0
    whole = max(fuzz.ratio(name.folded, each) for each in asked.folded)
    inside = 90.0 if f" {spelling} " in f" {name.folded} " else 0.0
    return max(whole, inside) + (asked.kind is not None and fold(name.kind) == asked.kind)


def _held(name: UnitName, on: date) -> bool:
    begun = name.starts_on is None or name.starts_on <= on
    return begun and (name.ends_on is None or name.ends_on > on) and exists_on(name.unit, on)


def _units(names: list[UnitName]) -> set[str]:
    return {name.unit_id for name in names}


def _preferred(all_of_them: list[UnitName], better: list[UnitName]) -> list[UnitName]:
    return better or all_of_them


def _ancestor_ids(unit: Unit) -> set[str]:
    """Ids of all units this one ever stood under, at any height."""
    found: set[str] = set()
    layer = {unit.id}
    while layer:
        above = UnitPlacement.objects.filter(unit__in=layer).values_list("parent_id", flat=True)
        layer = set(above) - found
        found |= layer
    return found


def _stands_under(unit: Unit, above: Wanted) -> bool:
    names = UnitName.objects.filter(unit__in=_ancestor_ids(unit), folded__in=above.folded)
    return any(above.kind is None or fold(name.kind) == above.kind for name in names)


def _no_single_unit(text: str, matches: list[UnitName]) -> str:
    if matches:
        candidates = list({name.unit_id: name for name in matches}.values())
        shown = "; ".join(describe(name) for name in candidates[:5])
        more = f" và {len(candidates) - 5} đơn vị khác" if len(candidates) > 5 else ""
        return f"Có {len(candidates)} đơn vị tên “{text}”: {shown}{more}. Hãy ghi mã đơn vị thay cho tên."
    similar = "; ".join(describe(name) for name in find(text, limit=5))
    hint = f" Gần giống: {similar}." if similar else ""
    return f"Không có đơn vị nào mã hoặc tên “{text}”.{hint} Tìm mã bằng lệnh: dinhlang unit find TÊN."
