"""How the web reaches the register."""

from dinhlang.onestop.views.counter import counter
from dinhlang.onestop.views.detail import applicant, dossier, slip, step
from dinhlang.onestop.views.figures import behind, figures
from dinhlang.onestop.views.lists import book, dossiers, export
from dinhlang.onestop.views.receiving import choose, receive, receive_presented

__all__ = [
    "applicant",
    "behind",
    "book",
    "choose",
    "counter",
    "dossier",
    "dossiers",
    "export",
    "figures",
    "receive",
    "receive_presented",
    "slip",
    "step",
]
