"""Opening an issued report to all, closing it again, and deciding in which words its lines are shown."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.models import Person, Unit
from dinhlang.portal.columns.actions import make_usual_columns
from dinhlang.portal.columns.rules import reform_name
from dinhlang.portal.kept import changed
from dinhlang.portal.models import Column, Publication, PublicLine
from dinhlang.portal.public import queries, rules
from dinhlang.portal.public.permissions import check_can_publish
from dinhlang.portal.public.rules import CannotPublish
from dinhlang.portal.sites.actions import make_site
from dinhlang.reports import render
from dinhlang.reports.models import Report
from dinhlang.vietnamese.text import one_line
from dinhlang.work.models import Activity

# What the fields of a publication hold.
_LENGTH = 500


@transaction.atomic
def publish_report(
    *,
    report: Report,
    by: Person | None,
    at: datetime,
    note: str = "",
    is_read: bool = False,
    column: Column | None = None,
) -> Publication:
    """Open an issued report to all, in a column of its unit's page; one that was withdrawn is opened again.

    `is_read` says that a person has read the places which seem to name private people. Raises `CannotPublish` or
    `org.permissions.NotAllowed`.
    """
    check_can_publish(by, report.unit, localdate(at))
    report = (
        Report.objects.select_for_update(of=("self",), no_key=True).select_related("unit").get(pk=report.pk)
    )
    if report.status != Report.Status.ISSUED:
        raise CannotPublish(_("Báo cáo này còn là dự thảo. Phát hành báo cáo rồi mới công khai."))
    before = Publication.objects.filter(report=report).first()
    if before is not None and before.is_open:
        raise CannotPublish(_("Báo cáo này đã công khai rồi. Tải lại trang để xem."))
    if column is not None and (column.unit_id != report.unit_id or not column.is_open):
        raise CannotPublish(_("Chuyên mục này không còn mở. Chọn chuyên mục khác."))
    note = one_line(note)[:_LENGTH]
    rules.check_open_words(note, _("Lời dẫn"))
    found = rules.passages(render.document_of(report))
    if found and not is_read:
        raise CannotPublish(
            _("Nội dung báo cáo có %(count)s chỗ có thể nêu thông tin cá nhân. Đọc lại rồi đánh dấu đã đọc.")
            % {"count": len(found)}
        )
    publication = before or Publication(report=report)
    publication.published_at, publication.published_by, publication.note = at, by, note
    publication.column = column
    publication.months = queries.months_of(report)
    publication.withdrawn_at, publication.withdrawn_by, publication.reason = None, None, ""
    publication.save()
    _announce(report)
    audit(
        by=by,
        at=at,
        action="report.publish",
        target=report,
        unit=report.unit,
        detail={"again": before is not None, "passages": len(found)},
    )
    return publication


@transaction.atomic
def withdraw_report(*, publication: Publication, reason: str, by: Person | None, at: datetime) -> Publication:
    """Close a report that was open to all. Its address stays and says when and why. Raises as `publish_report`."""
    report = publication.report
    check_can_publish(by, report.unit, localdate(at))
    open_now = Publication.objects.select_for_update(of=("self",)).get(pk=publication.pk)
    if not open_now.is_open:
        raise CannotPublish(_("Báo cáo này đã gỡ rồi. Tải lại trang để xem."))
    reason = one_line(reason)[:_LENGTH]
    if not reason:
        raise CannotPublish(_("Chưa có lý do gỡ. Người xem trang sẽ đọc lý do này."))
    rules.check_open_words(reason, _("Lý do gỡ"))
    open_now.withdrawn_at, open_now.withdrawn_by, open_now.reason = at, by, reason
    open_now.save(update_fields=["withdrawn_at", "withdrawn_by", "reason"])
    _announce(report)
    audit(by=by, at=at, action="report.withdraw", target=report, unit=report.unit, detail={"reason": reason})
    return open_now


@transaction.atomic
def decide_wording(*, activity: Activity, wording: str, by: Person | None, at: datetime) -> PublicLine:
    """Say whether a line is shown in its own words or only by its kind. Raises `CannotPublish` or `NotAllowed`."""
    check_can_publish(by, activity.unit, localdate(at))
    if wording not in PublicLine.Wording.values:
        raise CannotPublish(_("Chọn “Giữ nguyên” hoặc “Dùng tên chung”."))
    line, _created = PublicLine.objects.update_or_create(
        activity=activity, defaults={"wording": wording, "decided_at": at, "decided_by": by}
    )
    changed(f"line:{activity.pk}")
    audit(
        by=by,
        at=at,
        action="line.wording",
        target=activity,
        unit=activity.unit,
        detail={"wording": wording},
    )
    return line


def _announce(report: Report) -> None:
    """Its own pages change, and so do those of the reports that it replaces or that replace it."""
    related = {report.corrects_id, *Report.objects.filter(corrects=report).values_list("pk", flat=True)}
    changed(*(f"report:{pk}" for pk in {report.pk, *related} if pk))


# --- the demonstration ----------------------------------------------------------------------------

_DEMO_UNIT = "ben-truc"


def _demo_contacts() -> dict[str, str]:
    return {
        "welcome": _(
            "Xã ven sông, mười hai thôn, có chợ phiên và nghề đan lát. Cần gì, hãy hỏi ở ô dưới đây."
        ),
        "hotline": "0900 000 000",
        "email": "mot-cua@ben-truc.example",
        "address": _("Thôn Đình, xã Bến Trúc"),
        "directions": _("Từ chợ Bến đi dọc bờ sông 300 m, qua cầu gỗ; trụ sở ở bên phải, trước cây đa."),
        "hours": _(
            "Thứ Hai đến thứ Sáu: 7 giờ 30 – 11 giờ 30, 13 giờ 30 – 17 giờ\nThứ Bảy: 7 giờ 30 – 11 giờ 30"
        ),
        "organisation": _(
            "Ủy ban nhân dân xã gồm Chủ tịch, hai Phó Chủ tịch và các ủy viên.\n\n"
            "Bộ phận Tiếp nhận và Trả kết quả nhận mọi hồ sơ của người dân; trụ sở ở cổng chính, tầng một."
        ),
    }


def load_demo(*, at: datetime) -> None:
    """Open the issued report of the fictional commune to all, once."""
    issued = Report.objects.filter(unit=_DEMO_UNIT, status=Report.Status.ISSUED, publication=None)
    for unit in Unit.objects.filter(pk=_DEMO_UNIT, site=None):
        make_site(unit=unit, path=unit.pk, by=None, at=at, words=_demo_contacts())
    if Publication.objects.filter(report__unit=_DEMO_UNIT).exists():
        return
    for report in issued.select_related("unit"):
        make_usual_columns(unit=report.unit, by=None, at=at)
        publish_report(
            report=report,
            by=None,
            at=at,
            note=_("Bản minh họa của một xã không có thật."),
            is_read=True,
            column=Column.objects.get(unit=report.unit, name=reform_name()),
        )
