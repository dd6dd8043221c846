"""What can happen on the radio: one function for each thing a person does."""

from dinhlang.broadcast.actions.airing import (
    Tick,
    settle_programme,
    take_back_entry,
    tick_session,
)
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
    withdraw_taken_in,
)
from dinhlang.broadcast.actions.counting import count_due, count_session
from dinhlang.broadcast.actions.demo import load_demo
from dinhlang.broadcast.actions.hearing import Report, Taken, take_reports
from dinhlang.broadcast.actions.keeping import check_log, check_logs
from dinhlang.broadcast.actions.links import decide_by_link, make_link, revoke_link
from dinhlang.broadcast.actions.programmes import (
    add_session,
    cancel_session,
    make_programme,
    move_item,
    place_bulletin,
    take_out,
)
from dinhlang.broadcast.actions.slots import (
    SlotGiven,
    add_slot,
    cancel_mourning,
    end_rules,
    end_slot,
    note_mourning,
    set_rules,
)
from dinhlang.broadcast.actions.writing import (
    Placing,
    SaidOtherwise,
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
    "Report",
    "SaidOtherwise",
    "SlotGiven",
    "SomebodyElseWrote",
    "Taken",
    "Tick",
    "add_session",
    "add_slot",
    "approve",
    "attach_recording",
    "bulletin_from",
    "cancel_mourning",
    "cancel_session",
    "check_log",
    "check_logs",
    "count_due",
    "count_session",
    "decide_by_link",
    "drop",
    "end_rules",
    "end_slot",
    "load_demo",
    "make_link",
    "make_programme",
    "move_item",
    "note_mourning",
    "pass_on",
    "place_bulletin",
    "return_bulletin",
    "revise",
    "revoke_link",
    "save_draft",
    "say_in",
    "set_rules",
    "settle_programme",
    "submit",
    "take_back",
    "take_back_entry",
    "take_in",
    "take_out",
    "take_reports",
    "tick_session",
    "withdraw",
    "withdraw_made_from",
    "withdraw_taken_in",
    "write_bulletin",
]
