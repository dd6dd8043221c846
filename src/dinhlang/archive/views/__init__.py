"""How the web reaches old documents, and the page that checks any document."""

from dinhlang.archive.views.check import (
    check,
    check_decide,
    check_delete,
    check_docx,
    check_judge,
    check_new,
    check_page,
    check_xlsx,
)
from dinhlang.archive.views.documents import (
    document_detail,
    document_list,
    document_source,
    document_text,
)
from dinhlang.archive.views.intake import (
    check_to_archive,
    document_import,
    intake_compare,
    intake_detail,
    intake_list,
    intake_page,
    intake_source,
)

__all__ = [
    "check",
    "check_decide",
    "check_delete",
    "check_docx",
    "check_judge",
    "check_new",
    "check_page",
    "check_to_archive",
    "check_xlsx",
    "document_detail",
    "document_import",
    "document_list",
    "document_source",
    "document_text",
    "intake_compare",
    "intake_detail",
    "intake_list",
    "intake_page",
    "intake_source",
]
