"""What happens to classes: made, announced, held, closed with a line of the ledger, corrected, called off."""

from dinhlang.citizens.training.actions.attendance import add_unannounced, tick, undo_tick
from dinhlang.citizens.training.actions.classes import (
    ClassGiven,
    call_off,
    change_class,
    close_class,
    make_class,
    reopen_class,
    send_invitations,
)
from dinhlang.citizens.training.actions.files import add_file, remove_file
from dinhlang.citizens.training.actions.guests import (
    Invited,
    export_guests,
    invite_named,
    invite_people,
    note_call,
    remove_guest,
)
from dinhlang.citizens.training.actions.tests import answer_test, choose_test, move_test, note_slips

__all__ = [
    "ClassGiven",
    "Invited",
    "add_file",
    "add_unannounced",
    "answer_test",
    "call_off",
    "change_class",
    "choose_test",
    "close_class",
    "export_guests",
    "invite_named",
    "invite_people",
    "make_class",
    "move_test",
    "note_call",
    "note_slips",
    "remove_file",
    "remove_guest",
    "reopen_class",
    "send_invitations",
    "tick",
    "undo_tick",
]
