"""Opening a plan to all, opening it again as it was amended, and closing it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.officialdoc import codec
from dinhlang.officialdoc.model import Document
from dinhlang.org.actions import audit
from dinhlang.org.models import Person
from dinhlang.portal.kept import changed
from dinhlang.portal.models import OpenPlan
from dinhlang.portal.papers import queries
from dinhlang.portal.papers.rules import FILE_FORMS, CannotOpenPlan
from dinhlang.portal.public import rules as public
from dinhlang.portal.public.permissions import check_can_publish
from dinhlang.portal.sites.rules import free_slug
from dinhlang.vietnamese.text import one_line
from dinhlang.work import blobs
from dinhlang.work.models import Blob, Plan
from dinhlang.work.queries import printed_document


@transaction.atomic
def open_plan(
    *, plan: Plan, by: Person | None, at: datetime, is_read: bool = False, shows_progress: bool = True
) -> OpenPlan:
    """Open a plan to all as it reads now: for the first time, again after it was closed, or as it was amended since.

    `is_read` says that a person has read the places which seem to name private people. Raises `CannotOpenPlan` or
    `org.permissions.NotAllowed`.
    """
    check_can_publish(by, plan.unit, localdate(at))
    plan = Plan.objects.select_for_update(of=("self",), no_key=True).select_related("unit").get(pk=plan.pk)
    if not plan.number or plan.issued_on is None:
        raise CannotOpenPlan(
            _("Kế hoạch chưa có số và ngày ban hành. Ghi số, ngày vào kế hoạch rồi công khai.")
        )
    before = queries.opened(plan)
    if (
        before is not None
        and before.is_open
        and (before.version, before.shows_progress)
        == (
            plan.version,
            shows_progress,
        )
    ):
        raise CannotOpenPlan(_("Kế hoạch này đã công khai rồi. Tải lại trang để xem."))
    document = printed_document(plan)
    found = public.passages(document)
    if found and not is_read:
        raise CannotOpenPlan(
            _("Nội dung kế hoạch có %(count)s chỗ có thể nêu thông tin cá nhân. Đọc lại rồi đánh dấu đã đọc.")
            % {"count": len(found)}
        )
    opened = before or OpenPlan(plan=plan, unit=plan.unit)
    opened.number = f"{plan.number}/{plan.symbol}" if plan.symbol else plan.number
    opened.issued_on, opened.subject, opened.version = plan.issued_on, plan.title, plan.version
    opened.slug = opened.slug or _slug(opened)
    opened.document = codec.to_json(document)
    opened.file, opened.form = _file(plan, document, at)
    opened.shows_progress = shows_progress
    opened.published_at, opened.published_by = at, by
    opened.withdrawn_at, opened.withdrawn_by, opened.reason = None, None, ""
    opened.save()
    changed(f"plan:{plan.pk}")
    audit(
        by=by,
        at=at,
        action="plan.publish",
        target=plan,
        unit=plan.unit,
        detail={"again": before is not None, "passages": len(found), "version": plan.version},
    )
    return opened


@transaction.atomic
def close_plan(*, opened: OpenPlan, reason: str, by: Person | None, at: datetime) -> OpenPlan:
    """Close a plan that was open to all. Its address stays and says when and why. Raises as `open_plan`."""
    check_can_publish(by, opened.unit, localdate(at))
    now = OpenPlan.objects.select_for_update(of=("self",)).get(pk=opened.pk)
    if not now.is_open:
        raise CannotOpenPlan(_("Kế hoạch này đã gỡ rồi. Tải lại trang để xem."))
    reason = one_line(reason)[:500]
    if not reason:
        raise CannotOpenPlan(_("Chưa có lý do gỡ. Người xem trang sẽ đọc lý do này."))
    public.check_open_words(reason, _("Lý do gỡ"))
    now.withdrawn_at, now.withdrawn_by, now.reason = at, by, reason
    now.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    changed(f"plan:{now.plan_id}")
    audit(by=by, at=at, action="plan.withdraw", target=now.plan, unit=now.unit, detail={"reason": reason})
    return now


def _slug(opened: OpenPlan) -> str:
    """'12-kh-ubnd-2026': what people call the plan by."""
    taken = set(OpenPlan.objects.filter(unit=opened.unit).values_list("slug", flat=True))
    return free_slug(f"{opened.number} {opened.issued_on.year}", taken)


def _file(plan: Plan, document: Document, at: datetime) -> tuple[Blob, str]:
    """The file that was issued, when the plan was read from a document as it still stands; else a PDF of it."""
    form = FILE_FORMS.get(plan.source.media_type, "") if plan.source else ""
    if plan.source is not None and form and plan.version == 1:
        return plan.source, form
    # Slow to load, and seldom asked.
    from dinhlang.officialdoc import write

    return blobs.store(write.pdf(document), "application/pdf", at), "pdf"
