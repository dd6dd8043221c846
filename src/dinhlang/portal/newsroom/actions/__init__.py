"""What can happen to an item: one function for each thing a person does, each all or nothing and with its trace."""

from dinhlang.portal.newsroom.actions.airing import make_bulletin
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
from dinhlang.portal.newsroom.actions.digest import choose_digest, send_digests
from dinhlang.portal.newsroom.actions.links import decide_by_link, make_link, revoke_link
from dinhlang.portal.newsroom.actions.old_pictures import describe_old_pictures, take_old_pictures
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
from dinhlang.portal.newsroom.actions.spreading import send_to_channels
from dinhlang.portal.newsroom.actions.subjects import (
    write_about_decision,
    write_about_practice,
    write_about_version,
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
    "choose_digest",
    "classify",
    "decide_by_link",
    "describe_old_pictures",
    "drop",
    "make_bulletin",
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
    "send_digests",
    "send_to_channels",
    "set_recording",
    "submit",
    "take_back",
    "take_old_pictures",
    "unschedule",
    "withdraw",
    "write_about_decision",
    "write_about_practice",
    "write_about_version",
    "write_item",
]
