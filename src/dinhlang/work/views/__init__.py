"""How the web reaches plans and the ledger."""

from dinhlang.work.views.files import download, evidence_file, evidence_thumbnail
from dinhlang.work.views.imports import activity_import, activity_import_confirm
from dinhlang.work.views.ledger import activity_detail, activity_reverse, ledger, ledger_export
from dinhlang.work.views.phone import manifest, offline_page, worker
from dinhlang.work.views.plans import plan_amend, plan_detail, plan_import, plan_list, plan_source
from dinhlang.work.views.record import (
    activity_again,
    activity_kinds,
    activity_record,
    activity_undo,
    who_records,
)

__all__ = [
    "activity_again",
    "activity_detail",
    "activity_import",
    "activity_import_confirm",
    "activity_kinds",
    "activity_record",
    "activity_reverse",
    "activity_undo",
    "download",
    "evidence_file",
    "evidence_thumbnail",
    "ledger",
    "ledger_export",
    "manifest",
    "offline_page",
    "plan_amend",
    "plan_detail",
    "plan_import",
    "plan_list",
    "plan_source",
    "who_records",
    "worker",
]
