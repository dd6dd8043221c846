"""What is true of reports taken together, in plain Python: sums, joint events, coverage, what is unusual, proposals."""

from dinhlang.reports.consolidation.rules.coverage import Coverage, counted_word
from dinhlang.reports.consolidation.rules.history import Past, Unusual, unusual
from dinhlang.reports.consolidation.rules.proposals import Group, Said, grouped, name_of
from dinhlang.reports.consolidation.rules.succession import Child, without_predecessors
from dinhlang.reports.consolidation.rules.sums import Event, Line, Part, Sum, ranked, together

__all__ = [
    "Child",
    "Coverage",
    "Event",
    "Group",
    "Line",
    "Part",
    "Past",
    "Said",
    "Sum",
    "Unusual",
    "counted_word",
    "grouped",
    "name_of",
    "ranked",
    "together",
    "unusual",
    "without_predecessors",
]
