"""How the web reaches procedures."""

from dinhlang.procedures.views.catalogue import (
    procedure_codes,
    procedure_detail,
    procedure_export,
    procedure_list,
    procedure_notice,
)
from dinhlang.procedures.views.decisions import decision, decisions
from dinhlang.procedures.views.imports import procedure_import, procedure_import_confirm
from dinhlang.procedures.views.posting import place_add, place_change, post, postings

__all__ = [
    "decision",
    "decisions",
    "place_add",
    "place_change",
    "post",
    "postings",
    "procedure_codes",
    "procedure_detail",
    "procedure_export",
    "procedure_import",
    "procedure_import_confirm",
    "procedure_list",
    "procedure_notice",
]
