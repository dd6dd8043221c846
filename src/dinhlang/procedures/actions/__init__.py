"""What people do here: put decisions into the catalogue, take files in, post and take down."""

from dinhlang.procedures.actions.catalogue import Applied, Change, DecisionGiven, apply_changes

__all__ = ["Applied", "Change", "DecisionGiven", "apply_changes"]
