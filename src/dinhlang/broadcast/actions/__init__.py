"""What can happen on the radio: one function for each thing a person does."""

from dinhlang.broadcast.actions.board import (
    approve,
    drop,
    pass_on,
    return_bulletin,
    revise,
    submit,
    take_back,
    withdraw,
    withdraw_made_from,
)
from dinhlang.broadcast.actions.writing import (
    Placing,
    SomebodyElseWrote,
    attach_recording,
    bulletin_from,
    save_draft,
    say_in,
    take_in,
    write_bulletin,
)

__all__ = [
    "Placing",
    "SomebodyElseWrote",
    "approve",
    "attach_recording",
    "bulletin_from",
    "drop",
    "pass_on",
    "return_bulletin",
    "revise",
    "save_draft",
    "say_in",
    "submit",
    "take_back",
    "take_in",
    "withdraw",
    "withdraw_made_from",
    "write_bulletin",
]
