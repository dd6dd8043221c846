"""What happens to contests: written, approved, sat, finished, drawn. Each act of an official leaves its trace."""

from dinhlang.citizens.contests.actions.deciding import approve, close, give_back, send, take_back
from dinhlang.citizens.contests.actions.finishing import (
    draw_lots,
    exclude,
    export_results,
    finish,
    read_phones,
    void_question,
)
from dinhlang.citizens.contests.actions.sitting import AlreadySat, Answered, answer, go_on, join
from dinhlang.citizens.contests.actions.writing import ContestGiven, begin, drop_week, edit, write_week

__all__ = [
    "AlreadySat",
    "Answered",
    "ContestGiven",
    "answer",
    "approve",
    "begin",
    "close",
    "draw_lots",
    "drop_week",
    "edit",
    "exclude",
    "export_results",
    "finish",
    "give_back",
    "go_on",
    "join",
    "read_phones",
    "send",
    "take_back",
    "void_question",
    "write_week",
]
