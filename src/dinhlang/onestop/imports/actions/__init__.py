"""What happens to a file of the province's system: received, read, understood, compared, written, undone.

Reading and writing are the worker's (`carry_on`); a run says how far it is and goes on from there whichever process was lost.
"""

from dinhlang.onestop.imports.actions.carrying import carry_on, drop, receive_file, resume_imports
from dinhlang.onestop.imports.actions.deciding import confirm, decide
from dinhlang.onestop.imports.actions.reading import confirm_columns
from dinhlang.onestop.imports.actions.running import UNDER_WAY, WAITING, WrongState
from dinhlang.onestop.imports.actions.undoing import undo

__all__ = [
    "UNDER_WAY",
    "WAITING",
    "WrongState",
    "carry_on",
    "confirm",
    "confirm_columns",
    "decide",
    "drop",
    "receive_file",
    "resume_imports",
    "undo",
]
