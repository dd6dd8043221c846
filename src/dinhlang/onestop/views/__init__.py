"""How the web reaches the register."""

from dinhlang.onestop.views.counter import counter
from dinhlang.onestop.views.detail import applicant, dossier, step
from dinhlang.onestop.views.figures import behind, behind_export, figures, figures_export
from dinhlang.onestop.views.lists import book, dossiers, export
from dinhlang.onestop.views.papers import slip, survey_slip
from dinhlang.onestop.views.receiving import choose, receive, receive_presented

__all__ = [
    "applicant",
    "behind",
    "behind_export",
    "book",
    "choose",
    "counter",
    "dossier",
    "dossiers",
    "export",
    "figures",
    "figures_export",
    "receive",
    "receive_presented",
    "slip",
    "step",
    "survey_slip",
]
