"""How the web reaches plans and the ledger."""

from dinhlang.work.views.files import download, evidence_file
from dinhlang.work.views.imports import activity_import, activity_import_confirm
from dinhlang.work.views.ledger import activity_detail, activity_reverse, ledger, ledger_export
from dinhlang.work.views.plans import plan_amend, plan_detail, plan_import, plan_list, plan_source
from dinhlang.work.views.record import activity_kinds, activity_record

__all__ = [
    "activity_detail",
    "activity_import",
    "activity_import_confirm",
    "activity_kinds",
    "activity_record",
    "activity_reverse",
    "download",
    "evidence_file",
    "ledger",
    "ledger_export",
    "plan_amend",
    "plan_detail",
    "plan_import",
    "plan_list",
    "plan_source",
]
