"""What can happen to dossiers: one function for each thing a person does.

Each takes the `key` of the form it came with: the same form sent twice is done once.
"""

from dinhlang.onestop.actions.asking import hand_survey_slip
from dinhlang.onestop.actions.correcting import correct_applicant, reverse
from dinhlang.onestop.actions.counter import CounterGiven, set_rules
from dinhlang.onestop.actions.counting import count_day, count_due
from dinhlang.onestop.actions.demo import load_demo
from dinhlang.onestop.actions.receiving import present, receive, receive_presented, refuse, usual_handling
from dinhlang.onestop.actions.recounting import recount_open
from dinhlang.onestop.actions.reminding import remind_due
from dinhlang.onestop.actions.returning import come_back, give, pay, refund, send, set_fee, waive
from dinhlang.onestop.actions.working import (
    apologise,
    ask_papers,
    hand_over,
    pause,
    resolve,
    resume,
    stop,
    take_papers,
    withdraw,
)
from dinhlang.onestop.actions.yearly import keep_years

__all__ = [
    "CounterGiven",
    "apologise",
    "ask_papers",
    "come_back",
    "correct_applicant",
    "count_day",
    "count_due",
    "give",
    "hand_over",
    "hand_survey_slip",
    "keep_years",
    "load_demo",
    "pause",
    "pay",
    "present",
    "receive",
    "receive_presented",
    "recount_open",
    "refund",
    "refuse",
    "remind_due",
    "resolve",
    "resume",
    "reverse",
    "send",
    "set_fee",
    "set_rules",
    "stop",
    "take_papers",
    "usual_handling",
    "waive",
    "withdraw",
]
