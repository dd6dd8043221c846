"""Files of cases that no row speaks of: what a killed process or a form sent twice left on the disk."""

from __future__ import annotations

from datetime import datetime, timedelta

from dinhlang.citizens import keeping
from dinhlang.citizens.models import CaseFile

# A file lies there before its row is written, for seconds; a form is never a day on its way.
_ROW_COMES_WITHIN = timedelta(days=1)


def sweep_letters(*, at: datetime) -> int:
    """Remove every file older than a day whose row never came, or says that it is erased. Gives how many went."""
    swept = 0
    for names in keeping.FILES.lain_since(at - _ROW_COMES_WITHIN):
        wanted = CaseFile.objects.filter(name_there__in=names, erased_at=None)
        for name in set(names) - set(wanted.values_list("name_there", flat=True)):
            keeping.FILES.erase(name)
            swept += 1
    return swept
