"""What a machine of the level above asks: send a bulletin, its recording, how it stands, take it back (docs/broadcast.md)."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Field, NinjaAPI, Schema, Status
from pydantic import ConfigDict

from dinhlang.broadcast.actions import SaidOtherwise
from dinhlang.broadcast.intake import actions, queries, rules
from dinhlang.broadcast.models import Bulletin, IntakeKey
from dinhlang.broadcast.rules.words import NAME_LENGTH, SCRIPT_LENGTH, TITLE_LENGTH
from dinhlang.broadcast.speech.finishing import BadSound
from dinhlang.org.machines import Key, Readable, Wrong, said, tell_what_is_wrong
from dinhlang.org.rules import Refused


class BulletinIn(Schema):
    model_config = ConfigDict(extra="forbid")

    key: str = Field(max_length=120, description="Mã riêng của bản tin ở nơi gửi; gửi lại dùng đúng mã này.")
    title: str = Field(max_length=TITLE_LENGTH, description="Tiêu đề.")
    script: str = Field("", max_length=SCRIPT_LENGTH, description="Lời đọc, chữ thường, không thẻ HTML.")
    writer: str = Field("", max_length=NAME_LENGTH, description="Tác giả.")
    reference: str = Field("", max_length=120, description="Số, ký hiệu văn bản kèm theo.")
    kind: str = Field("thong-bao", description="Thể loại, như tin, bai, thong-bao.")
    priority: Literal["thuong", "uu-tien", "khan-cap"] = Field("thuong", description="Mức ưu tiên.")
    language: str = Field("vi", description="Mã ngôn ngữ; tiếng dân tộc phải gửi kèm bản ghi âm.")
    valid_from: date | None = Field(None, description="Phát từ ngày.")
    valid_until: date | None = Field(None, description="Phát đến hết ngày.")


class WithdrawIn(Schema):
    reason: str = Field(max_length=500, description="Vì sao thu hồi.")


class BulletinOut(Schema):
    key: str = Field(description="Mã của bản tin ở nơi gửi.")
    title: str = Field(description="Tiêu đề bản đang có ở xã.")
    state: str = Field(description="draft, submitted, passed-on, returned, approved, withdrawn, dropped.")
    state_name: str = Field(description="Trạng thái bằng chữ.")
    recorded: bool = Field(description="Đã có bản ghi âm.")
    approved_at: str | None = Field(None, description="Lãnh đạo xã duyệt lúc.")
    planned: int = Field(description="Số lượt đã đặt vào buổi phát.")
    aired: int = Field(description="Số lượt đã phát theo sổ nhật ký.")


class Error(Schema):
    message: str = Field(description="Sai ở đâu và cần làm gì.")


api = NinjaAPI(
    title="Gửi bản tin cho đài xã",
    version="1.0.0",
    description=(
        "Máy của cấp trên gửi bản tin cho đài truyền thanh xã bằng khóa do xã cấp. Bản tin đến thành bản nháp: xã đọc lại "
        "và lãnh đạo duyệt rồi mới phát. Gửi lại cùng một mã bao nhiêu lần cũng chỉ nhận một lần."
    ),
    docs_url=None,
    urls_namespace="bulletin-api",
    renderer=Readable(),
    auth=Key("bulletin-key", actions.key_of, actions.NoKey),
)
_REFUSED = {401: Error, 404: Error, 409: Error, 413: Error, 422: Error, 429: Error}
_SOUND = {
    "requestBody": {
        "required": True,
        "content": {"audio/*": {"schema": {"type": "string", "format": "binary"}}},
    },
    "parameters": [
        {
            "in": "header",
            "name": "X-SHA256",
            "required": True,
            "schema": {"type": "string"},
            "description": "SHA-256 của tệp, 64 chữ số và chữ cái thường.",
        }
    ],
}


@api.post("/bulletins", response={200: BulletinOut, 201: BulletinOut, **_REFUSED}, summary="Gửi một bản tin")
def send(request: HttpRequest, asked: BulletinIn) -> Any:
    received = rules.received_of(asked.model_dump(mode="json"))
    taken = actions.take_in_message(key=_key(request), received=received, at=timezone.now())
    return Status(201 if taken.is_new else 200, _told(taken.bulletin))


@api.put(
    "/bulletins/{key}/recording",
    response={200: BulletinOut, **_REFUSED},
    summary="Gửi bản ghi âm của bản tin",
    openapi_extra=_SOUND,
)
def recording(request: HttpRequest, key: str) -> Any:
    too_large = Wrong(
        413,
        _("Bản ghi âm nặng quá %(most)s MB. Nén lại thành MP3.") % {"most": rules.LONGEST_SOUND // 1048576},
    )
    # Read by hand: the usual limit of a request is for forms.
    data = request.read(rules.LONGEST_SOUND + 1)
    if len(data) > rules.LONGEST_SOUND:
        raise too_large
    bulletin = actions.take_in_recording(
        key=_key(request),
        mark=key,
        data=data,
        digest=request.headers.get("X-SHA256", ""),
        at=timezone.now(),
    )
    return _told(bulletin)


@api.get(
    "/bulletins/{key}", response={200: BulletinOut, **_REFUSED}, summary="Bản tin đang ở đâu, đã phát chưa"
)
def standing(request: HttpRequest, key: str) -> Any:
    return _told(actions.bulletin_of(_key(request), key))


@api.post(
    "/bulletins/{key}/withdraw",
    response={200: BulletinOut, **_REFUSED},
    summary="Thu hồi: bản tin không phát nữa",
)
def withdraw(request: HttpRequest, key: str, asked: WithdrawIn) -> Any:
    return _told(actions.withdraw(key=_key(request), mark=key, reason=asked.reason, at=timezone.now()))


def _key(request: HttpRequest) -> IntakeKey:
    found: IntakeKey = request.auth  # type: ignore[attr-defined]  # ninja puts it there
    return found


def _told(bulletin: Bulletin) -> dict[str, Any]:
    bulletin.refresh_from_db()
    found = queries.standing_of(bulletin)
    edition = bulletin.draft or bulletin.approved
    return {
        "key": bulletin.sender_key,
        "title": str(bulletin),
        "state": bulletin.state,
        "state_name": str(bulletin.get_state_display()),
        "recorded": edition is not None and edition.recording_id is not None,
        "approved_at": found.approved_at.isoformat() if found.approved_at else None,
        "planned": found.planned,
        "aired": found.aired,
    }


# --- what is wrong --------------------------------------------------------------------------------


tell_what_is_wrong(
    api,
    no_key=gettext_lazy("Thiếu khóa gửi bản tin. Gửi kèm khóa như mô tả OpenAPI của địa chỉ này."),
    busy=gettext_lazy("Máy chủ đang bận. Xin gửi lại sau một phút."),
)


@api.exception_handler(Refused)
def _refused(request: HttpRequest, reason: Refused) -> HttpResponse:
    status = 404 if isinstance(reason, actions.NotThere) else 422
    if isinstance(reason, SaidOtherwise | actions.SentAlready):
        status = 409
    return said(status, {"message": str(reason)})


@api.exception_handler(BadSound)
def _bad_sound(request: HttpRequest, reason: BadSound) -> HttpResponse:
    return said(422, {"message": str(reason)})
