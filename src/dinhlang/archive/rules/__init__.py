"""What is true and allowed of documents that come in, in plain Python."""

from dinhlang.archive.rules.alike import (
    ALIKE,
    Difference,
    differences,
    is_to_decide,
    likeness,
    may_be_alike,
    searched,
    signature,
)
from dinhlang.archive.rules.doubts import (
    ALL_SUBJECTS,
    DAMAGED,
    DAMAGED_TEXT,
    NO_BASE,
    NO_PERIOD,
    Doubt,
    doubts,
    is_damaged,
    sentence_of,
)
from dinhlang.archive.rules.files import form_of, needs_password, shown_name, takes_long
from dinhlang.archive.rules.refusals import (
    AlreadyArchived,
    NotOfItsTime,
    StillToDecide,
    UnknownIssuer,
    Unreadable,
    WrongStep,
)
from dinhlang.archive.rules.steps import NEXT, UNDER_WAY, Step, check_move, printed_table

__all__ = [
    "ALIKE",
    "ALL_SUBJECTS",
    "DAMAGED",
    "DAMAGED_TEXT",
    "NEXT",
    "NO_BASE",
    "NO_PERIOD",
    "UNDER_WAY",
    "AlreadyArchived",
    "Difference",
    "Doubt",
    "NotOfItsTime",
    "Step",
    "StillToDecide",
    "UnknownIssuer",
    "Unreadable",
    "WrongStep",
    "check_move",
    "differences",
    "doubts",
    "form_of",
    "is_damaged",
    "is_to_decide",
    "likeness",
    "may_be_alike",
    "needs_password",
    "printed_table",
    "searched",
    "sentence_of",
    "shown_name",
    "signature",
    "takes_long",
]
