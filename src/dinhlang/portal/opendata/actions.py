"""What can happen to the open data: a unit opens it to all, or closes it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission
from dinhlang.portal.kept import changed
from dinhlang.portal.models import Site


@transaction.atomic
def open_duties(*, site: Site, opens: bool, by: Person | None, at: datetime) -> Site:
    """Let everyone read how the unit's reports stand, or nobody any more. Raises `NotAllowed`.

    Nothing happens when it is so already.
    """
    check_can(by, Permission.REPORT_PUBLISH, site.unit, localdate(at))
    site = Site.objects.select_for_update(of=("self",), no_key=True).select_related("unit").get(pk=site.pk)
    if site.opens_duties == opens:
        return site
    site.opens_duties = opens
    site.save(update_fields=["opens_duties"])
    changed(f"site:{site.pk}", "sites")
    audit(
        by=by,
        at=at,
        action="site.open-duties" if opens else "site.close-duties",
        target=site,
        unit=site.unit,
    )
    return site
