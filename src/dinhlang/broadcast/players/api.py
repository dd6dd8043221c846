"""What players and devices ask: the schedule, the sound by hash, what they did, that they are there (docs/broadcast.md)."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Field, NinjaAPI, Schema
from pydantic import AwareDatetime

from dinhlang.broadcast.actions.hearing import Report
from dinhlang.broadcast.emergency import queries as emergency
from dinhlang.broadcast.emergency.actions import take_receipts
from dinhlang.broadcast.emergency.rules import Acknowledged
from dinhlang.broadcast.models import Device
from dinhlang.broadcast.players import actions, queries, rules
from dinhlang.broadcast.voicing.serving import sound_file
from dinhlang.org.machines import Key, Readable, Wrong, said, tell_what_is_wrong
from dinhlang.org.rules import Refused
from dinhlang.work.models import Blob

MOST_EVENTS = 500
# What every browser counts exactly.
_HIGHEST = 2**53 - 1


class PlayOut(Schema):
    play: UUID = Field(description="Mã của mục, dùng khi báo lại.")
    title: str = Field(description="Tên mục.")
    kind: str = Field(description="Thể loại; tiep-am là tiếp âm đài khác, máy không phát gì.")
    priority: int = Field(description="Mức ưu tiên: 1 thường, 2 ưu tiên, 3 khẩn cấp.")
    seconds: int = Field(description="Thời lượng, giây.")
    digest: str = Field(description="Mã băm của bản đã duyệt.")
    media: str = Field(description="SHA-256 của tệp âm thanh; rỗng khi tiếp âm hoặc đọc trực tiếp.")
    size: int = Field(description="Kích thước tệp, byte.")
    type: str = Field(description="Kiểu tệp, như audio/mpeg.")


class SessionOut(Schema):
    session: UUID = Field(description="Mã của buổi phát.")
    name: str = Field(description="Tên chương trình.")
    starts_at: str = Field(description="Bắt đầu lúc, ISO 8601.")
    ends_at: str = Field(description="Kết thúc lúc; mục chưa bắt đầu trước giờ này thì không phát nữa.")
    plays: list[PlayOut] = Field(description="Các mục theo thứ tự phát.")


class WithdrawnOut(Schema):
    play: UUID = Field(description="Mục không được phát; đang phát thì dừng ngay.")
    why: str = Field(description="Vì sao.")


class ScheduleOut(Schema):
    unit: str = Field(description="Mã đơn vị.")
    device: str = Field(description="Tên của máy trong sổ nhật ký; gửi kèm mỗi lần báo.")
    until: str = Field(description="Sau lúc này không phát theo lịch đã lưu nữa.")
    sessions: list[SessionOut] = Field(description="Buổi phát từ hôm qua đến ba ngày tới.")
    withdrawn: list[WithdrawnOut] = Field(description="Mục đã gỡ, không được phát.")


class EventIn(Schema):
    sequence: Annotated[int, Field(ge=0, le=_HIGHEST, description="Số thứ tự của máy, mỗi việc một số.")]
    fact: Literal["sent", "aired", "missed"] = Field(description="Đã nhận tệp, đã phát hết, không phát.")
    play: UUID = Field(description="Mục nào.")
    at: AwareDatetime = Field(description="Bắt đầu lúc, theo đồng hồ của máy, có múi giờ.")
    ended_at: AwareDatetime | None = Field(None, description="Kết thúc lúc.")
    media: str = Field("", max_length=64, description="SHA-256 của tệp đã phát.")
    note: str = Field("", max_length=500, description="Ghi chú, như vì sao không phát.")


class EventsIn(Schema):
    device: str = Field(max_length=80, description="Tên của máy, như trong lịch phát.")
    now: AwareDatetime = Field(description="Đồng hồ của máy lúc gửi.")
    events: list[EventIn] = Field(max_length=MOST_EVENTS, description=f"Nhiều nhất {MOST_EVENTS} việc.")


class RefusedOut(Schema):
    sequence: int = Field(description="Số thứ tự của máy.")
    message: str = Field(description="Vì sao không ghi. Gửi lại cũng không được.")


class EventsOut(Schema):
    written: list[int] = Field(description="Mới ghi vào sổ.")
    known: list[int] = Field(description="Đã ghi từ lần gửi trước.")
    refused: list[RefusedOut] = Field(description="Không ghi.")
    clock_off: int = Field(description="Đồng hồ của máy chạy trước bao nhiêu giây (âm: chạy sau).")


class BeatIn(Schema):
    device: str = Field(max_length=80, description="Tên của máy; rỗng ở lần đầu, khi chưa có lịch phát.")
    now: AwareDatetime = Field(description="Đồng hồ của máy lúc gửi.")
    playing: UUID | None = Field(None, description="Mục đang phát.")
    volume: Annotated[int, Field(ge=0, le=100)] | None = Field(None, description="Âm lượng, phần trăm.")
    stored: Annotated[int, Field(ge=0, le=100_000)] = Field(0, description="Số tệp đã lưu.")
    waiting: Annotated[int, Field(ge=0, le=10_000_000)] = Field(0, description="Số việc chưa gửi.")
    problem: str = Field("", max_length=300, description="Máy gặp trục trặc gì.")


class BeatOut(Schema):
    now: str = Field(description="Giờ của máy chủ.")
    clock_off: int = Field(description="Đồng hồ của máy chạy trước bao nhiêu giây.")
    schedule: str = Field(description="ETag của lịch phát bây giờ; khác bản đã lưu thì tải lại.")
    next_sequence: int = Field(description="Số thứ tự nhỏ nhất chưa dùng.")
    beat: int = Field(description="Báo lại sau bao nhiêu giây.")


class AlarmOut(Schema):
    alarm: UUID = Field(description="Mã của thông điệp, dùng khi báo lại; là play trong events.")
    message: str = Field(description="alert: báo động, update: cập nhật, cancel: hủy.")
    status: str = Field(description="actual: thật, exercise: diễn tập, test: thử.")
    refers: str = Field(description="Mã của thông điệp trước mà thông điệp này thay; rỗng khi không có.")
    title: str = Field(description="Tên để hiện và ghi sổ.")
    words: str = Field(description="Lời đọc, cho bảng điện tử.")
    media: str = Field(description="SHA-256 của tệp âm thanh.")
    size: int = Field(description="Kích thước tệp, byte.")
    type: str = Field(description="Kiểu tệp, như audio/mpeg.")
    seconds: int = Field(description="Một lần đọc dài bao nhiêu giây.")
    repeats: int = Field(description="Phát bao nhiêu lần.")
    digest: str = Field(description="Mã băm của thông điệp đã phát lệnh.")
    issued_at: str = Field(description="Phát lệnh lúc, ISO 8601.")
    expires_at: str = Field(description="Sau lúc này không phát nữa.")


class EndedOut(Schema):
    alarm: UUID = Field(description="Thông điệp không còn hiệu lực; đang phát thì dừng ngay.")
    why: str = Field(description="Vì sao.")


class AlarmsOut(Schema):
    device: str = Field(description="Tên của máy trong sổ nhật ký.")
    alarms: list[AlarmOut] = Field(description="Phát ngay, ngắt mọi thứ đang phát; theo thứ tự này.")
    ended: list[EndedOut] = Field(description="Thông điệp trong một ngày qua không còn hiệu lực.")


class HeardIn(Schema):
    device: str = Field(max_length=80, description="Tên của máy.")
    alarm: UUID = Field(description="Đã nhận thông điệp nào, cả tệp âm thanh.")
    sequence: Annotated[int, Field(ge=0, le=_HIGHEST, description="Số thứ tự của máy, chung với events.")]
    at: AwareDatetime = Field(description="Nhận lúc, theo đồng hồ của máy.")


class HeardOut(Schema):
    new: bool = Field(description="Lần đầu báo nhận; gửi lại cũng chỉ ghi một lần.")


class Error(Schema):
    message: str = Field(description="Sai ở đâu và cần làm gì.")


api = NinjaAPI(
    title="Máy phát thanh",
    version="1.0.0",
    description=(
        "Máy phát và thiết bị loa lấy lịch, lấy tệp âm thanh theo mã băm, lưu trước để phát khi mất mạng, rồi báo lại đã "
        "làm gì. Mỗi máy một khóa. Việc đã báo gửi lại bao nhiêu lần cũng chỉ ghi một lần."
    ),
    docs_url=None,
    urls_namespace="device-api",
    renderer=Readable(),
    auth=Key("device-key", actions.device_of, actions.NoKey),
)
_REFUSED = {401: Error, 403: Error, 422: Error, 429: Error}


@api.get("/schedule", response={200: ScheduleOut, 304: None, **_REFUSED}, summary="Lịch phát")
def schedule(request: HttpRequest) -> Any:
    body = queries.schedule_of(_device(request), timezone.now())
    tag = rules.etag_of(body)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if rules.is_known_tag(request.headers.get("If-None-Match", ""), tag):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), content_type="application/json; charset=utf-8", headers=headers
    )


@api.get(
    "/media/{sha256}",
    response={200: None, 206: None, 404: Error, 416: Error, **_REFUSED},
    summary="Tệp âm thanh theo mã băm, cả tệp hoặc một phần",
)
def media(request: HttpRequest, sha256: str) -> Any:
    blob = queries.media_for(_device(request), sha256.lower(), timezone.now())
    if blob is None:
        raise Wrong(404, _("Không có tệp này trong lịch phát. Tệp có thể đã gỡ."))
    return _file(blob, request.headers.get("Range", ""))


def _file(blob: Blob, asked: str) -> HttpResponse:
    try:
        return sound_file(blob, asked)
    except rules.NoSuchPart:
        answer = said(416, {"message": _("Phần được hỏi nằm ngoài tệp.")})
        answer.headers["Content-Range"] = f"bytes */{blob.size}"
        return answer


@api.post("/events", response={200: EventsOut, **_REFUSED}, summary="Báo đã nhận, đã phát, không phát")
def events(request: HttpRequest, asked: EventsIn) -> Any:
    device, at = _device(request), timezone.now()
    actions.check_is_itself(device, asked.device, at=at)
    said = actions.take_events(
        device=device,
        events=[
            Report(one.sequence, one.fact, one.play, one.at, one.ended_at, one.media.lower(), one.note)
            for one in asked.events
        ],
        clock=asked.now,
        at=at,
    )
    taken = said.taken
    return {
        "written": list(taken.written),
        "known": list(taken.known),
        "refused": [{"sequence": number, "message": why} for number, why in taken.refused.items()],
        "clock_off": said.clock_off,
    }


@api.get(
    "/alarms",
    response={200: AlarmsOut, 304: None, **_REFUSED},
    summary="Thông điệp khẩn cấp: hỏi mỗi giây, kèm ETag",
)
def alarms(request: HttpRequest) -> Any:
    body = emergency.alarms_for(_device(request), timezone.now())
    tag = rules.etag_of(body)
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if rules.is_known_tag(request.headers.get("If-None-Match", ""), tag):
        return HttpResponse(status=304, headers=headers)
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), content_type="application/json; charset=utf-8", headers=headers
    )


@api.post("/alarms/heard", response={200: HeardOut, **_REFUSED}, summary="Đã nhận thông điệp khẩn cấp")
def alarm_heard(request: HttpRequest, asked: HeardIn) -> Any:
    device, at = _device(request), timezone.now()
    actions.check_is_itself(device, asked.device, at=at)
    given = Acknowledged(device.pk, str(asked.alarm), asked.sequence, asked.at)
    return {"new": any(take_receipts([given], way="http", at=at).values())}


@api.post("/heartbeat", response={200: BeatOut, **_REFUSED}, summary="Máy còn hoạt động")
def heartbeat(request: HttpRequest, asked: BeatIn) -> Any:
    device, at = _device(request), timezone.now()
    if asked.device:
        actions.check_is_itself(device, asked.device, at=at)
    told = asked.model_dump(mode="json", exclude={"device", "now"})
    off = actions.note_heard(device=device, clock=asked.now, told=told, at=at)
    return {
        "now": at.isoformat(),
        "clock_off": off,
        "schedule": rules.etag_of(queries.schedule_of(device, at)),
        "next_sequence": queries.next_sequence(device),
        "beat": int(rules.BEAT.total_seconds()),
    }


def _device(request: HttpRequest) -> Device:
    found: Device = request.auth  # type: ignore[attr-defined]  # ninja puts it there
    return found


# --- what is wrong --------------------------------------------------------------------------------


tell_what_is_wrong(
    api,
    no_key=gettext_lazy("Thiếu khóa máy phát. Gửi kèm khóa như mô tả OpenAPI của địa chỉ này."),
    busy=gettext_lazy("Máy chủ đang bận. Xin gửi lại sau một phút."),
)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, reason: Refused) -> HttpResponse:
    return said(403 if isinstance(reason, actions.AnotherDevice) else 422, {"message": str(reason)})
