"""What people do here: put decisions into the catalogue, take files in, post and take down."""

from dinhlang.procedures.actions.catalogue import Applied, apply_changes
from dinhlang.procedures.actions.demo import load_demo
from dinhlang.procedures.actions.importing import Progress, import_procedures
from dinhlang.procedures.actions.posting import add_place, close_place, post_procedures, take_down
from dinhlang.procedures.rules import Change, DecisionGiven

__all__ = [
    "Applied",
    "Change",
    "DecisionGiven",
    "Progress",
    "add_place",
    "apply_changes",
    "close_place",
    "import_procedures",
    "load_demo",
    "post_procedures",
    "take_down",
]
