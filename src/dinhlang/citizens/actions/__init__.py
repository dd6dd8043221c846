"""What can happen in this room. Every act checks, changes and leaves its trace together."""

from dinhlang.citizens.actions.answering import (
    approve_answer,
    draft_answer,
    end_reply,
    return_answer,
    write_reply,
)
from dinhlang.citizens.actions.giving import assign, claim, give_back, set_route, take_back
from dinhlang.citizens.actions.handling import (
    ask,
    cancel_rules,
    close,
    come_back,
    extend,
    forward,
    open_file,
    open_original,
    pause,
    resume,
    write_note,
    write_rules,
)
from dinhlang.citizens.actions.looking import look_at_files, refuser
from dinhlang.citizens.actions.mailing import stop_mail
from dinhlang.citizens.actions.noting import SomebodyElse
from dinhlang.citizens.actions.publishing import (
    decide_redactions,
    propose_publication,
    publish,
    return_publication,
    take_down,
)
from dinhlang.citizens.actions.reminding import remind_due
from dinhlang.citizens.actions.sending import invite, rate, reopen, supplement, withdraw
from dinhlang.citizens.actions.sweeping import sweep_letters
from dinhlang.citizens.actions.taking import (
    Agreed,
    Receipt,
    accept,
    add_kept,
    lead_away,
    name_sender,
    not_apart,
    refuse,
    renew_pin,
    set_subject,
    submit,
    take_as_advice,
    take_in,
)
from dinhlang.citizens.actions.ticking import close_due, record_days

__all__ = [
    "Agreed",
    "Receipt",
    "SomebodyElse",
    "accept",
    "add_kept",
    "approve_answer",
    "ask",
    "assign",
    "cancel_rules",
    "claim",
    "close",
    "close_due",
    "come_back",
    "decide_redactions",
    "draft_answer",
    "end_reply",
    "extend",
    "forward",
    "give_back",
    "invite",
    "lead_away",
    "look_at_files",
    "name_sender",
    "not_apart",
    "open_file",
    "open_original",
    "pause",
    "propose_publication",
    "publish",
    "rate",
    "record_days",
    "refuse",
    "refuser",
    "remind_due",
    "renew_pin",
    "reopen",
    "resume",
    "return_answer",
    "return_publication",
    "set_route",
    "set_subject",
    "stop_mail",
    "submit",
    "supplement",
    "sweep_letters",
    "take_as_advice",
    "take_back",
    "take_down",
    "take_in",
    "withdraw",
    "write_note",
    "write_reply",
    "write_rules",
]
