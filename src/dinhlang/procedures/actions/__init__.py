"""What people do here: put decisions into the catalogue, take files in, post and take down."""

from dinhlang.procedures.actions.catalogue import Applied, apply_changes
from dinhlang.procedures.actions.demo import load_demo
from dinhlang.procedures.actions.importing import Progress, import_procedures
from dinhlang.procedures.rules import Change, DecisionGiven

__all__ = [
    "Applied",
    "Change",
    "DecisionGiven",
    "Progress",
    "apply_changes",
    "import_procedures",
    "load_demo",
]
