"""What can happen to dossiers: one function for each thing a person does.

Each takes the `key` of the form it came with: the same form sent twice is done once.
"""

from dinhlang.onestop.actions.correcting import correct_applicant, reverse
from dinhlang.onestop.actions.counter import CounterGiven, set_rules
from dinhlang.onestop.actions.receiving import present, receive, receive_presented, refuse
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

__all__ = [
    "CounterGiven",
    "apologise",
    "ask_papers",
    "come_back",
    "correct_applicant",
    "give",
    "hand_over",
    "pause",
    "pay",
    "present",
    "receive",
    "receive_presented",
    "refund",
    "refuse",
    "resolve",
    "resume",
    "reverse",
    "send",
    "set_fee",
    "set_rules",
    "stop",
    "take_papers",
    "waive",
    "withdraw",
]
