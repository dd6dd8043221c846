"""How the web reaches the radio."""

from dinhlang.broadcast.views.bulletins import (
    bulletin_detail,
    bulletin_edit,
    bulletin_export,
    bulletin_list,
    bulletin_new,
    bulletin_say_in,
    bulletin_step,
)
from dinhlang.broadcast.views.links import decide, link_make, link_revoke, link_sound
from dinhlang.broadcast.views.log import log, log_export, log_take_back
from dinhlang.broadcast.views.programme import (
    programme,
    programme_make,
    session,
    session_change,
    session_paper,
    slot_add,
    slot_end,
    slots,
)
from dinhlang.broadcast.views.station_rules import mourning_cancel, rules_end, station_rules

__all__ = [
    "bulletin_detail",
    "bulletin_edit",
    "bulletin_export",
    "bulletin_list",
    "bulletin_new",
    "bulletin_say_in",
    "bulletin_step",
    "decide",
    "link_make",
    "link_revoke",
    "link_sound",
    "log",
    "log_export",
    "log_take_back",
    "mourning_cancel",
    "programme",
    "programme_make",
    "rules_end",
    "session",
    "session_change",
    "session_paper",
    "slot_add",
    "slot_end",
    "slots",
    "station_rules",
]
