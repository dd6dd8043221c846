"""What a sender wants to be told by mail: noted with the case, stopped by one click."""

from __future__ import annotations

from datetime import datetime

from dinhlang.citizens.models import Case, CaseMail
from dinhlang.org.sealed import fingerprint

_PLACE = "citizens.casemail.address_mark"


def want_mail(case: Case, *, address: str, news: bool) -> None:
    """A receipt goes to the address of the case, and word of what happens where that is wanted. For `submit`."""
    mark = fingerprint(address.casefold(), _PLACE)
    CaseMail.objects.create(case=case, wants_news=news, address_mark=mark)


def stop_mail(*, case: Case, at: datetime) -> bool:
    """No mail about this case any more; whether there was any to stop."""
    return bool(CaseMail.objects.filter(case=case, stopped_at=None).update(stopped_at=at))
