"""A draft is sent, looked through, returned with what is to be mended, or taken back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.models import Person
from dinhlang.org.permissions import NotAllowed, check_can
from dinhlang.reports.actions.issuing import check_issuable
from dinhlang.reports.approval import queries
from dinhlang.reports.approval.moving import (
    check_among,
    check_seen,
    locked,
    one_line,
    presented_now,
    step,
)
from dinhlang.reports.approval.rules import stages
from dinhlang.reports.approval.rules.stages import Deed, Stage
from dinhlang.reports.models import Approval, ApprovalStep, Report, ReportLink

MOST_POINTS = 20


@dataclass(frozen=True, slots=True)
class Point:
    """What is to be mended in one place: a paragraph by its key, or a figure by its anchor; neither is the whole."""

    said: str
    key: str = ""
    anchor: str = ""


@transaction.atomic
def send(*, report: Report, note: str = "", by: Person | None, at: datetime) -> ApprovalStep:
    """Present a draft for approval as it stands: to the head of section, or at once to the approver.

    What would keep it from being issued is said now, not to the chair. Raises `rules.CannotIssue`, `WrongStage`,
    `NobodyThere`, `NotAllowed`.
    """
    today = localdate(at)
    check_can(by, "report.draft", report.unit, today)
    report, approval = locked(report)
    stages.check_move(queries.stage_of(approval), Deed.SEND)
    check_issuable(report, max(today, report.window_to), at)
    path = queries.path_of(report.unit, today)
    heads = path.heads(today)
    after = stages.after_sending(has_head=path.has_head, is_head=by in heads)
    if after is Stage.HEAD and not heads:
        raise stages.NobodyThere(
            _(
                "Đơn vị chưa có người phụ trách để xem trước khi duyệt. Người duyệt vào “Các bước duyệt” "
                "để chỉ định người phụ trách, hoặc bỏ bước này."
            )
        )
    _check_an_approver(path, report, by, at)
    approval = approval or Approval(report=report)
    approval.presented, approval.sent_by = presented_now(report, at), by
    return step(report, approval, Deed.SEND, after, by=by, at=at, reason=one_line(note))


def _check_an_approver(path: queries.Path, report: Report, by: Person | None, at: datetime) -> None:
    """A report is sent only where somebody other than its drafter can approve it in the end."""
    own = {by.pk if by else None, report.drafted_by_id}
    people = path.approvers(report, localdate(at))
    if not any(path.own_is_allowed or one.pk not in own for one in people):
        raise stages.NobodyThere(
            _(
                "Đơn vị chưa có ai ngoài người soạn đủ thẩm quyền ký báo cáo. Nhờ quản trị giao chức vụ Chủ tịch, "
                "Phó Chủ tịch, hoặc ghi việc giao ký ở “Các bước duyệt”."
            )
        )


@transaction.atomic
def pass_on(*, report: Report, seen: str, note: str = "", by: Person | None, at: datetime) -> ApprovalStep:
    """The head of section has looked it through and presents it to the approver.

    `seen` is the digest of what they looked at. Raises `Stale`, `WrongStage`, `NotAllowed`.
    """
    today = localdate(at)
    report, approval = locked(report)
    stages.check_move(queries.stage_of(approval), Deed.PASS)
    assert approval is not None  # noqa: S101 - a report at a stage has its row
    check_among(by, queries.path_of(report.unit, today).heads(today), _("phụ trách xem"))
    check_seen(report, approval, seen)
    return step(report, approval, Deed.PASS, Stage.APPROVER, by=by, at=at, reason=one_line(note))


@transaction.atomic
def return_report(
    *,
    report: Report,
    reason: str,
    points: Sequence[Point] = (),
    seen: str,
    by: Person | None,
    at: datetime,
    link: ReportLink | None = None,
) -> ApprovalStep:
    """Give a report back to its drafter, with what is to be mended and where.

    Raises `NoReason`, `Stale`, `WrongStage`, `NotAllowed`. With a `link` the right was checked when it was used.
    """
    today = localdate(at)
    report, approval = locked(report)
    stage = queries.stage_of(approval)
    stages.check_move(stage, Deed.RETURN)
    assert approval is not None  # noqa: S101 - a report at a stage has its row
    path = queries.path_of(report.unit, today)
    if stage is Stage.HEAD:
        check_among(by, path.heads(today), _("phụ trách xem"))
    else:
        check_among(by, path.approvers(report, today), _("duyệt"))
    check_seen(report, approval, seen)
    placed = _placed(approval, points)
    why = one_line(reason)
    if not why and not placed:
        raise stages.NoReason(
            _("Chưa ghi cần sửa gì. Chọn đoạn hoặc số liệu cần sửa, hoặc ghi ý kiến chung.")
        )
    return step(
        report, approval, Deed.RETURN, Stage.WRITING, by=by, at=at, reason=why, points=placed, link=link
    )


def _placed(approval: Approval, points: Sequence[Point]) -> list[dict[str, Any]]:
    """The points with the words they are about, as they were presented. A place that is not there is refused."""
    content: Mapping[str, Any] = approval.presented.content if approval.presented else {}
    pieces = {one["key"]: one["text"] for one in content.get("pieces", ())}
    figures = {one["anchor"]: one["printed"] for one in content.get("figures", ())}
    found = []
    for point in points[:MOST_POINTS]:
        said = one_line(point.said)
        if not said:
            if point.key or point.anchor:
                raise stages.NoReason(_("Có chỗ đã chọn nhưng chưa ghi cần sửa gì. Ghi rồi trả lại."))
            continue
        if (point.key and point.key not in pieces) or (point.anchor and point.anchor not in figures):
            raise stages.Stale(_("Chỗ đã chọn không còn trong báo cáo. Tải lại trang để xem bản mới."))
        quote = pieces.get(point.key, "") if point.key else figures.get(point.anchor, "")
        found.append({"key": point.key, "anchor": point.anchor, "quote": quote[:300], "said": said})
    return found


@transaction.atomic
def take_back(*, report: Report, by: Person | None, at: datetime) -> ApprovalStep:
    """Whoever sent a report takes it back to change it. Raises `WrongStage`, `NotAllowed`."""
    check_can(by, "report.draft", report.unit, localdate(at))
    report, approval = locked(report)
    stages.check_move(queries.stage_of(approval), Deed.TAKE_BACK)
    assert approval is not None  # noqa: S101 - a report at a stage has its row
    if by is not None and approval.sent_by != by:
        raise NotAllowed(
            _("Báo cáo do %(person)s trình nên chỉ người đó rút lại được.") % {"person": approval.sent_by}
        )
    return step(report, approval, Deed.TAKE_BACK, Stage.WRITING, by=by, at=at)
