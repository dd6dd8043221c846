"""What every act about a bulletin has in common: the bulletin under lock, its new state, the step and the audit entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.broadcast.models import Bulletin, BulletinEdition, BulletinLink
from dinhlang.broadcast.rules.states import Deed, State, after
from dinhlang.org.actions import audit
from dinhlang.org.actions.decision_links import end_links
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused


def locked(bulletin: Bulletin) -> Bulletin:
    """The bulletin as it is now, while nobody else changes it."""
    return (
        Bulletin.objects.select_for_update(of=("self",))
        .select_related("unit", "draft", "approved", "task")
        .get(pk=bulletin.pk)
    )


def edition_in_work(bulletin: Bulletin) -> BulletinEdition:
    """The edition that is written and judged; an approved bulletin without a new one has none in work."""
    if bulletin.draft is None or bulletin.draft.approved_at is not None:
        raise Refused(_("Bản tin không có bản nào đang soạn. Bấm Sửa để mở bản mới."))
    return bulletin.draft


def move(
    bulletin: Bulletin,
    deed: Deed,
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
    edition: BulletinEdition | None = None,
    detail: Mapping[str, Any] | None = None,
    link: BulletinLink | None = None,
) -> None:
    """Change the state as the table says, save the bulletin, write the step and the audit entry. Called last.

    Links that wait for a decision end with the state they were made in. Raises `WrongMove` where the deed cannot happen.
    """
    before, bulletin.state = bulletin.state, after(bulletin.state, deed)
    if before == State.PASSED_ON:
        end_links(bulletin.links.all(), at)
    note(bulletin, deed, by=by, at=at, reason=reason, edition=edition, detail=detail, link=link)


def note(
    bulletin: Bulletin,
    deed: Deed,
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
    edition: BulletinEdition | None = None,
    detail: Mapping[str, Any] | None = None,
    link: BulletinLink | None = None,
) -> None:
    """Save the bulletin where it stands, with the step and the audit entry; the link it was decided with, if any."""
    bulletin.changed_at = at
    bulletin.save()
    bulletin.steps.create(
        edition=edition or bulletin.draft or bulletin.approved,
        deed=deed,
        state=bulletin.state,
        reason=reason,
        at=at,
        by=by,
        link=link,
    )
    audit(
        by=by,
        at=at,
        action=f"bulletin.{deed}",
        target=bulletin,
        unit=bulletin.unit,
        detail={**(detail or {}), **({"link": link.pk} if link is not None else {})},
    )
