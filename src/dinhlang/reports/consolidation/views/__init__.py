"""How the web reaches what is taken together."""

from dinhlang.reports.consolidation.views.figures import concept_page, figure_page, submitted_figure
from dinhlang.reports.consolidation.views.report import (
    consolidated,
    consolidated_take_in,
    events_tell_apart,
    proposal_part,
    proposals_join,
)
from dinhlang.reports.consolidation.views.table import consolidate, consolidation, consolidation_export

__all__ = [
    "concept_page",
    "consolidate",
    "consolidated",
    "consolidated_take_in",
    "consolidation",
    "consolidation_export",
    "events_tell_apart",
    "figure_page",
    "proposal_part",
    "proposals_join",
    "submitted_figure",
]
