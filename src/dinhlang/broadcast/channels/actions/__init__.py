"""What can happen with channels and deliveries: one function for each thing a person or the worker does."""

from dinhlang.broadcast.channels.actions.connecting import (
    ChannelGiven,
    add_channel,
    begin_login,
    change_channel,
    check_by_hand,
    check_channels,
    check_now,
    close_channel,
    end_login,
    put_tokens,
)
from dinhlang.broadcast.channels.actions.figures import read_figures
from dinhlang.broadcast.channels.actions.sending import (
    add_screenshot,
    cancel,
    note_posted,
    note_taken_down,
    retry,
    send,
    withdraw,
    withdraw_made_from,
)
from dinhlang.broadcast.channels.actions.working import turn

__all__ = [
    "ChannelGiven",
    "add_channel",
    "add_screenshot",
    "begin_login",
    "cancel",
    "change_channel",
    "check_by_hand",
    "check_channels",
    "check_now",
    "close_channel",
    "end_login",
    "note_posted",
    "note_taken_down",
    "put_tokens",
    "read_figures",
    "retry",
    "send",
    "turn",
    "withdraw",
    "withdraw_made_from",
]
