"""How the web reaches what is owed."""

from dinhlang.reports.duties.views.duty import (
    duty,
    duty_draft,
    duty_extend,
    duty_sent,
    duty_unsent,
    extension_decide,
)
from dinhlang.reports.duties.views.lists import (
    duties,
    duties_export,
    duty_quality,
    duty_table,
    duty_table_export,
)
from dinhlang.reports.duties.views.requests import (
    request_confirm,
    request_detail,
    request_file,
    request_new,
    request_page,
    request_withdraw,
    requests,
)

__all__ = [
    "duties",
    "duties_export",
    "duty",
    "duty_draft",
    "duty_extend",
    "duty_quality",
    "duty_sent",
    "duty_table",
    "duty_table_export",
    "duty_unsent",
    "extension_decide",
    "request_confirm",
    "request_detail",
    "request_file",
    "request_new",
    "request_page",
    "request_withdraw",
    "requests",
]
