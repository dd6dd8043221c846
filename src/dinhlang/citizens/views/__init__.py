"""How the web reaches this room."""

from dinhlang.citizens.views.cases import case_detail, case_step
from dinhlang.citizens.views.days import day_cases
from dinhlang.citizens.views.figures import counted, counted_export, figures
from dinhlang.citizens.views.keys import key_list, key_revoke
from dinhlang.citizens.views.listing import case_export, case_list
from dinhlang.citizens.views.office import reply_end, reply_export, reply_list, route_list
from dinhlang.citizens.views.reading import approval, case_file, original, publication
from dinhlang.citizens.views.taking import case_new
from dinhlang.citizens.views.terms import terms, terms_cancel

__all__ = [
    "approval",
    "case_detail",
    "case_export",
    "case_file",
    "case_list",
    "case_new",
    "case_step",
    "counted",
    "counted_export",
    "day_cases",
    "figures",
    "key_list",
    "key_revoke",
    "original",
    "publication",
    "reply_end",
    "reply_export",
    "reply_list",
    "route_list",
    "terms",
    "terms_cancel",
]
