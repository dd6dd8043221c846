"""What makes a person look twice before a file is taken for what the unit owes: another unit, another period, no number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.officialdoc.model import Document, Kind
from dinhlang.org import queries as org
from dinhlang.org.models import UnitName
from dinhlang.periods.identifier import BadPeriod, Period
from dinhlang.reports.models import Obligation
from dinhlang.reports.rules import request_of
from dinhlang.vietnamese.text import fold
from dinhlang.work.plan_reading import whole_date


def doubts_of(document: Document, known: Mapping[str, Any] | None, owed: Obligation) -> Iterator[str]:
    """Sentences; none where the file says that it is this report. `known` is the ledger that travels in a file of ours."""
    unit = org.title_of(owed.unit, owed.due_on)
    issuer = document.issuer
    if issuer is not None and issuer.unit_name and not _is_called(owed.unit_id, issuer.unit_name):
        said = f"{issuer.unit_kind or ''} {issuer.unit_name}".strip()
        yield _("Văn bản ghi là của %(said)s, báo cáo phải nộp là của %(unit)s.") % {
            "said": said,
            "unit": unit,
        }
    elif known is not None and known.get("unit") != owed.unit_id:
        yield _("Tệp Word này do phần mềm lập cho đơn vị khác, không phải %(unit)s.") % {"unit": unit}
    is_asked = request_of(owed.kept_as) is not None
    period = document.period or _period_in(known)
    if period and owed.period and not is_asked and period != owed.period:
        yield _("Văn bản là của kỳ %(said)s, báo cáo phải nộp là của kỳ %(period)s.") % {
            "said": _label(period),
            "period": _label(owed.period),
        }
    if document.kind is not Kind.REPORT and not is_asked:
        yield _("Văn bản này không phải báo cáo nên không lấy số liệu.")
    elif not document.number or whole_date(document.date) is None:
        yield _("Văn bản chưa có số hoặc ngày ban hành: có thể mới là dự thảo.")


def _is_called(unit: str, said: str) -> bool:
    wanted = fold(said)
    names = UnitName.objects.filter(unit=unit).values_list("name", flat=True)
    return any(fold(name) == wanted for name in names)


def _period_in(known: Mapping[str, Any] | None) -> str:
    return str(known.get("period") or "") if known else ""


def _label(period: str) -> str:
    try:
        return Period.parse(period).label
    except BadPeriod:
        return period
