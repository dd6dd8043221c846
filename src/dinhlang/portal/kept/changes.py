"""A change announces itself: what pages show it is rendered anew once the change is committed."""

from __future__ import annotations

from django.utils import timezone

from dinhlang.portal.models import KeptChange


def changed(*tags: str) -> None:
    """Say that what these tags name has changed; for the transaction that changes it. Without tags nothing happens."""
    if not tags:
        return
    KeptChange.objects.create(tags=sorted(set(tags)), at=timezone.now())
