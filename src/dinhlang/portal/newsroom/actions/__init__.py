"""What can happen to an item: one function for each thing a person does, each all or nothing and with its trace."""

from dinhlang.portal.newsroom.actions.attaching import (
    add_document,
    add_picture,
    change_picture,
    remove_document,
    remove_picture,
    set_recording,
)
from dinhlang.portal.newsroom.actions.board import (
    approve,
    assign,
    drop,
    mark_reviewed,
    pass_on,
    return_item,
    submit,
    take_back,
)
from dinhlang.portal.newsroom.actions.links import decide_by_link, make_link, revoke_link
from dinhlang.portal.newsroom.actions.publishing import (
    approve_later,
    classify,
    publish_due,
    publish_emergency,
    publish_item,
    revise,
    schedule,
    unschedule,
    withdraw,
)
from dinhlang.portal.newsroom.actions.writing import Placing, SomebodyElseWrote, save_draft, write_item

__all__ = [
    "Placing",
    "SomebodyElseWrote",
    "add_document",
    "add_picture",
    "approve",
    "approve_later",
    "assign",
    "change_picture",
    "classify",
    "decide_by_link",
    "drop",
    "make_link",
    "mark_reviewed",
    "pass_on",
    "publish_due",
    "publish_emergency",
    "publish_item",
    "remove_document",
    "remove_picture",
    "return_item",
    "revise",
    "revoke_link",
    "save_draft",
    "schedule",
    "set_recording",
    "submit",
    "take_back",
    "unschedule",
    "withdraw",
    "write_item",
]
