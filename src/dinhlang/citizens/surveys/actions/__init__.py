"""What happens to surveys: forms written, rounds opened and closed, answers taken, paper typed. Each act leaves its trace."""

from dinhlang.citizens.surveys.actions.answering import NotFilled, Received, answer, invite_after
from dinhlang.citizens.surveys.actions.forms import (
    SomebodyElseWrote,
    begin_survey,
    change_version,
    new_version,
)
from dinhlang.citizens.surveys.actions.paper import (
    NotFinished,
    begin_batch,
    finish_batch,
    settle,
    type_sheet,
)
from dinhlang.citizens.surveys.actions.rounds import (
    RoundGiven,
    close_round,
    decide_remark,
    hand_slip,
    open_round,
    print_slips,
    publish_results,
    say_given_out,
    withdraw_results,
)

__all__ = [
    "NotFilled",
    "NotFinished",
    "Received",
    "RoundGiven",
    "SomebodyElseWrote",
    "answer",
    "begin_batch",
    "begin_survey",
    "change_version",
    "close_round",
    "decide_remark",
    "finish_batch",
    "hand_slip",
    "invite_after",
    "new_version",
    "open_round",
    "print_slips",
    "publish_results",
    "say_given_out",
    "settle",
    "type_sheet",
    "withdraw_results",
]
