"""What can be asked about units and people. Dates are always given, never read from the clock."""

from dinhlang.org.queries.catalogue import Listed, history, listing
from dinhlang.org.queries.finding import UnknownUnit, describe, find, unit, unit_for_issuer
from dinhlang.org.queries.people import home_units, positions, visible_units
from dinhlang.org.queries.standing import (
    PARTS,
    Letterhead,
    Recipient,
    body_of,
    exists_on,
    ids_below,
    letterhead,
    name_of,
    parent_of,
    path_up,
    recipient_of,
    title_of,
)
from dinhlang.org.queries.succession import heir_ids, heirs, predecessor_ids, successions, successors

__all__ = [
    "PARTS",
    "Letterhead",
    "Listed",
    "Recipient",
    "UnknownUnit",
    "body_of",
    "describe",
    "exists_on",
    "find",
    "heir_ids",
    "heirs",
    "history",
    "home_units",
    "ids_below",
    "letterhead",
    "listing",
    "name_of",
    "parent_of",
    "path_up",
    "positions",
    "predecessor_ids",
    "recipient_of",
    "successions",
    "successors",
    "title_of",
    "unit",
    "unit_for_issuer",
    "visible_units",
]
