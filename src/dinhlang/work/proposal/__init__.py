"""A plan that is proposed: each value beside the place it came from, and what a person said of it.

Plain values, no database. It comes from a document that was read or from the plan of another year; `values` gives
the plan as it would be stored now.
"""

from dinhlang.work.proposal.codec import from_json, to_json
from dinhlang.work.proposal.from_document import bases_of, of_document
from dinhlang.work.proposal.from_rollover import of_rollover
from dinhlang.work.proposal.model import ROW_FIELDS, Item, Proposal, group_of, label_of

__all__ = [
    "ROW_FIELDS",
    "Item",
    "Proposal",
    "bases_of",
    "from_json",
    "group_of",
    "label_of",
    "of_document",
    "of_rollover",
    "to_json",
]
