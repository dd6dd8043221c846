"""What every act of the board has in common: the item under lock, its new state, the step and the audit entry."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.org.rules import Refused
from dinhlang.portal.models import ApprovalLink, Edition, Item, Step
from dinhlang.portal.newsroom.queries.content import digest_of, words_of
from dinhlang.portal.newsroom.rules import words as rules
from dinhlang.portal.newsroom.rules.states import Deed, after


def locked(item: Item) -> Item:
    """The item as it is now, while nobody else changes it."""
    return (
        Item.objects.select_for_update(of=("self",))
        .select_related("unit", "column", "draft", "shown", "task", "line")
        .get(pk=item.pk)
    )


def edition_in_work(item: Item) -> Edition:
    """The edition that is written and judged; a published item without a new one has none."""
    if item.draft is None:
        raise Refused(_("Tin không có bản nào đang viết. Bấm Sửa để mở bản mới."))
    return item.draft


def move(
    item: Item,
    deed: Deed,
    *,
    by: Person | None,
    at: datetime,
    reason: str = "",
    link: ApprovalLink | None = None,
    edition: Edition | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Step:
    """Change the state as the table says, save the item, write the step and the audit entry. Called last.

    Raises `WrongMove` where the deed cannot happen.
    """
    item.state = after(item.state, deed)
    item.changed_at = at
    item.save()
    told = dict(detail or {})
    if link is not None:
        told["link"] = link.pk
    step = Step.objects.create(
        item=item,
        edition=edition or item.draft or item.shown,
        deed=deed,
        state=item.state,
        reason=reason,
        at=at,
        by=by,
        link=link,
    )
    audit(by=by, at=at, action=f"item.{deed}", target=item, unit=item.unit, detail=told)
    return step


def check_complete(item: Item, edition: Edition) -> None:
    """Raise `NotReady` with all that the item's kind needs and the edition lacks."""
    rules.check_complete(
        item.kind,
        has_column=item.column is not None,
        words=words_of(edition),
        documents=edition.documents.count(),
        has_recording=edition.recording_id is not None,
    )


def check_approved_as_it_is(item: Item, edition: Edition) -> None:
    """Raise `Refused` when a word differs from what was approved."""
    if item.approved_digest != digest_of(edition):
        raise Refused(_("Nội dung đã khác bản được duyệt. Hãy trình duyệt lại."))
