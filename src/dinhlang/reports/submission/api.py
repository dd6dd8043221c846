"""What a commune's own box asks: begin, parts, complete, the receipt, how it stands (docs/submission.md)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Field, NinjaAPI, Query, Schema

from dinhlang.org.machines import Key, Readable, Wrong, said, tell_what_is_wrong
from dinhlang.org.rules import Refused
from dinhlang.reports.models import Submission, SubmissionKey
from dinhlang.reports.submission import queries
from dinhlang.reports.submission.actions import uploads
from dinhlang.reports.submission.rules.package import LARGEST
from dinhlang.reports.submission.rules.states import State


class Begin(Schema):
    digest: str = Field(description="SHA-256 của cả gói, 64 chữ số và chữ cái thường.", max_length=64)
    size: int = Field(description=f"Kích thước gói, từ 1 đến {LARGEST} byte.")


class OffsetOut(Schema):
    offset: int = Field(description="Đã nhận đến byte này.")


class Point(Schema):
    anchor: str = Field("", description="Dấu của số liệu cần sửa.")
    key: str = Field("", description="Đoạn thứ mấy trong văn bản.")
    quote: str = Field("", description="Nguyên văn chỗ cần sửa.")
    said: str = Field("", description="Cần sửa gì.")


class ReceiptOut(Schema):
    schema_: str = Field(alias="schema", description="Mẫu của giấy tiếp nhận.")
    number: str = Field(description="Số tiếp nhận, như 12/TN-2026.")
    digest: str = Field(description="SHA-256 của gói đã nhận.")
    unit: str = Field(description="Mã đơn vị nộp.")
    recipient: str = Field(description="Mã đơn vị nhận.")
    subject: str = Field(description="Trích yếu.")
    symbol: str = Field(description="Số, ký hiệu văn bản.")
    submitted_at: str = Field(description="Nộp lúc.")
    received_at: str = Field(description="Nhận lúc.")
    state: State = Field(description="Báo cáo đang ở đâu.")
    decided_at: str | None = Field(None, description="Cấp trên quyết định lúc.")
    reason: str = Field("", description="Cấp trên nói gì khi trả lại.")
    points: list[Point] = Field([], description="Chỗ cần sửa khi bị trả lại.")


class UploadOut(Schema):
    upload: str | None = Field(None, description="Mã để gửi các phần; không có khi gói đã nhận từ trước.")
    offset: int | None = Field(None, description="Đã nhận đến byte này; gửi tiếp từ đây.")
    part: int | None = Field(None, description="Mỗi phần nhiều nhất bao nhiêu byte.")
    receipt: ReceiptOut | None = Field(None, description="Giấy tiếp nhận, khi gói đã nhận từ trước.")


class Error(Schema):
    message: str = Field(description="Sai ở đâu và cần làm gì.")
    offset: int | None = Field(None, description="Khi gửi sai chỗ: gửi tiếp từ byte này.")


api = NinjaAPI(
    title="Nộp báo cáo",
    version="1.0.0",
    description=(
        "Máy riêng của xã nộp gói báo cáo lên cấp trên bằng khóa của đơn vị. Mất mạng giữa chừng thì hỏi lại chỗ đã "
        "nhận rồi gửi tiếp; gửi lại gói đã nhận thì được đúng giấy tiếp nhận cũ."
    ),
    docs_url=None,
    urls_namespace="submission-api",
    renderer=Readable(),
    auth=Key("submission-key", uploads.key_of, uploads.NoKey),
)
_REFUSED = {401: Error, 404: Error, 409: Error, 413: Error, 422: Error, 429: Error}


@api.post(
    "/uploads",
    response={200: UploadOut, 201: UploadOut, **_REFUSED},
    summary="Bắt đầu hoặc tiếp tục gửi một gói",
)
def begin(request: HttpRequest, asked: Begin) -> Any:
    if asked.size > LARGEST:
        raise Wrong(413, _("Gói nộp quá lớn, tối đa %(most)s MB.") % {"most": LARGEST // 1048576})
    begun = uploads.begin_upload(key=_key(request), digest=asked.digest, size=asked.size, at=timezone.now())
    if begun.submission is not None:
        return 200, {"receipt": told(begun.submission)}
    upload = begun.upload
    return 201, {
        "upload": upload.token if upload else None,
        "offset": upload.offset if upload else None,
        "part": uploads.LARGEST_PART,
    }


@api.get("/uploads/{token}", response={200: OffsetOut, **_REFUSED}, summary="Đã nhận đến đâu")
def offset(request: HttpRequest, token: str) -> Any:
    return {"offset": uploads.upload_of(_key(request), token).offset}


@api.patch(
    "/uploads/{token}",
    response={200: OffsetOut, **_REFUSED},
    summary="Gửi một phần",
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
        }
    },
)
def part(request: HttpRequest, token: str, offset: Query[int]) -> Any:
    try:
        length = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        length = 0
    if length > uploads.LARGEST_PART:
        raise Wrong(413, _("Mỗi phần gửi tối đa %(most)s KB.") % {"most": uploads.LARGEST_PART // 1024})
    data = request.body
    # A line that was cut gives less than was announced: what came of it counts for nothing.
    if len(data) != length:
        raise Wrong(422, _("Phần gửi bị cắt giữa chừng. Hỏi lại chỗ đã nhận rồi gửi tiếp."))
    now = uploads.add_part(key=_key(request), token=token, offset=offset, data=data, at=timezone.now())
    return {"offset": now}


@api.post(
    "/uploads/{token}/complete",
    response={201: ReceiptOut, **_REFUSED},
    by_alias=True,
    summary="Gửi đủ: kiểm tra và tiếp nhận",
)
def complete(request: HttpRequest, token: str) -> Any:
    made = uploads.complete_upload(key=_key(request), token=token, at=timezone.now())
    return 201, told(made)


@api.get(
    "/submissions/{digest}",
    response={200: ReceiptOut, **_REFUSED},
    by_alias=True,
    summary="Giấy tiếp nhận và quyết định của cấp trên",
)
def submission(request: HttpRequest, digest: str) -> Any:
    found = uploads.taken_in(_key(request), digest.lower())
    if found is None:
        raise Wrong(404, _("Chưa nhận gói nào có mã băm này của đơn vị."))
    return told(found)


@api.post(
    "/submissions/{digest}/take-back",
    response={200: ReceiptOut, **_REFUSED},
    by_alias=True,
    summary="Rút lại khi cấp trên chưa quyết định",
)
def take_back(request: HttpRequest, digest: str) -> Any:
    return told(uploads.take_back_by_key(key=_key(request), digest=digest.lower(), at=timezone.now()))


def told(one: Submission) -> dict[str, Any]:
    """The receipt, and how the submission stands."""
    returned = queries.returned_points(one) if one.decision == "return" else None
    return {
        **queries.receipt_of(one),
        "state": one.state,
        "decided_at": one.decided_at.isoformat() if one.decided_at else None,
        "reason": returned.reason if returned else "",
        "points": returned.points if returned else [],
    }


def _key(request: HttpRequest) -> SubmissionKey:
    found: SubmissionKey = request.auth  # type: ignore[attr-defined]  # ninja puts it there
    return found


# --- what is wrong --------------------------------------------------------------------------------


tell_what_is_wrong(
    api,
    no_key=gettext_lazy("Thiếu khóa nộp báo cáo. Gửi kèm khóa như mô tả OpenAPI của địa chỉ này."),
    busy=gettext_lazy("Máy nhận đang bận. Xin gửi lại sau một phút."),
)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, reason: Refused) -> HttpResponse:
    if isinstance(reason, uploads.WrongOffset):
        return said(409, {"message": str(reason), "offset": reason.offset})
    return said(404 if isinstance(reason, uploads.NoUpload) else 422, {"message": str(reason)})
