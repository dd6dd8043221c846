"""What can be asked of the register. Names and addresses are opened row by row, for whoever may see them."""

from dinhlang.onestop.queries.counter import rules_on
from dinhlang.onestop.queries.dossiers import Asked, dossiers, steps_of

__all__ = ["Asked", "dossiers", "rules_on", "steps_of"]
