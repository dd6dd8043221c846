"""What is true of procedures, their codes, versions and decisions: no database, no clock."""

from dinhlang.procedures.rules.changes import Difference, differences
from dinhlang.procedures.rules.checklist import Group, checklist
from dinhlang.procedures.rules.codes import BadCode, codes_in, short_code
from dinhlang.procedures.rules.decisions import Change, DecisionGiven
from dinhlang.procedures.rules.sheet import (
    PARTS,
    Channel,
    LegalBasis,
    Level,
    Method,
    Outcome,
    Paper,
    Sheet,
    Unread,
    from_json,
    is_online,
    missing_parts,
    to_json,
)
from dinhlang.procedures.rules.validity import (
    EVENT_WORDS,
    STANDING_WORDS,
    CannotChangeProcedure,
    EventKind,
    Span,
    Standing,
    check_days,
    effective,
    standing,
)

__all__ = [
    "EVENT_WORDS",
    "PARTS",
    "STANDING_WORDS",
    "BadCode",
    "CannotChangeProcedure",
    "Change",
    "Channel",
    "DecisionGiven",
    "Difference",
    "EventKind",
    "Group",
    "LegalBasis",
    "Level",
    "Method",
    "Outcome",
    "Paper",
    "Sheet",
    "Span",
    "Standing",
    "Unread",
    "check_days",
    "checklist",
    "codes_in",
    "differences",
    "effective",
    "from_json",
    "is_online",
    "missing_parts",
    "short_code",
    "standing",
    "to_json",
]
