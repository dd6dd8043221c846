"""Messages of the Common Alerting Protocol 1.2 (OASIS), written and read. No database, no clock.

What comes in is held against the schema of the standard (`data/cap.xsd`) and against what its prose asks beyond it. Files
are small and hold no document type, so that no entity is ever expanded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from dinhlang.broadcast.emergency.rules import Message, Status
from dinhlang.org.rules import Unfit
from dinhlang.vietnamese.text import one_line

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
MEDIA_TYPE = "application/cap+xml"
LARGEST = 1024 * 1024
_HERE = ZoneInfo("Asia/Ho_Chi_Minh")
_STATUS = {Status.ACTUAL: "Actual", Status.EXERCISE: "Exercise", Status.TEST: "Test"}
_MESSAGE = {Message.ALERT: "Alert", Message.UPDATE: "Update", Message.CANCEL: "Cancel"}
_OUR_STATUS = {said: ours.value for ours, said in _STATUS.items()}
_OUR_MESSAGE = {said: ours.value for ours, said in _MESSAGE.items()}


@dataclass(frozen=True, slots=True)
class Name:
    """What a message is called in `references`: sender, identifier, and the moment as it stood in the file."""

    sender: str
    identifier: str
    sent: str

    def __str__(self) -> str:
        return f"{self.sender},{self.identifier},{self.sent}"


@dataclass(frozen=True, slots=True)
class Cap:
    """A message as far as a loudspeaker needs it. `words` are the description and what people should do."""

    name: Name
    status: str
    message: str
    category: str
    event: str
    urgency: str
    severity: str
    certainty: str
    headline: str
    words: str
    area: str
    sender_name: str
    expires_at: datetime | None
    references: tuple[Name, ...] = ()
    sound: str = ""
    sound_type: str = ""
    sound_size: int = 0
    sound_digest: str = ""


def moment(at: datetime) -> str:
    """A moment as the standard writes it, in Vietnam's time."""
    return at.astimezone(_HERE).isoformat(timespec="seconds")


# --- Out ----------------------------------------------------------------------------------------------------------


def written(said: Cap) -> bytes:
    """The message as an XML file. Raises nothing: what a message of ours may hold, the standard takes."""
    from lxml import etree

    alert = etree.Element(f"{{{NAMESPACE}}}alert", nsmap=cast("dict[str, str]", {None: NAMESPACE}))
    _add(
        alert,
        ("identifier", said.name.identifier),
        ("sender", said.name.sender),
        ("sent", said.name.sent),
        ("status", _STATUS[Status(said.status)]),
        ("msgType", _MESSAGE[Message(said.message)]),
        ("scope", "Public"),
        # 3.2.1: what an exercise is about stands here, so that nobody has to read on to see that it is one.
        ("note", "" if said.status == Status.ACTUAL else str(Status(said.status).label)),
        ("references", " ".join(map(str, said.references))),
    )
    info = etree.SubElement(alert, f"{{{NAMESPACE}}}info")
    _add(
        info,
        ("language", "vi-VN"),
        ("category", said.category),
        ("event", said.event),
        ("urgency", said.urgency),
        ("severity", said.severity),
        ("certainty", said.certainty),
        ("expires", moment(said.expires_at) if said.expires_at else ""),
        ("senderName", said.sender_name),
        ("headline", said.headline),
        ("description", said.words),
    )
    if said.sound:
        resource = etree.SubElement(info, f"{{{NAMESPACE}}}resource")
        _add(
            resource,
            ("resourceDesc", "Lời đọc"),
            ("mimeType", said.sound_type),
            ("size", str(said.sound_size)),
            ("uri", said.sound),
            ("digest", said.sound_digest),
        )
    area = etree.SubElement(info, f"{{{NAMESPACE}}}area")
    _add(area, ("areaDesc", said.area))
    data: bytes = etree.tostring(alert, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return data


def _add(parent: Any, *said: tuple[str, str]) -> None:
    from lxml import etree

    for name, text in said:
        if text:
            # Control characters that no XML file may hold came with pasted words.
            kept = "".join(one for one in text if one >= " " or one in "\n\t")
            etree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = kept


# --- In -----------------------------------------------------------------------------------------------------------


def read(data: bytes) -> Cap:
    """The message in a file. Raises `Unfit` with what is wrong with it and in which line."""
    alert = _parsed(data)
    info = _info(alert)
    status, message = _text(alert, "status"), _text(alert, "msgType")
    if status not in _OUR_STATUS:
        raise Unfit(
            _("Thông điệp là bản nháp hoặc tin nội bộ giữa các hệ thống, không phát trên loa."), "file"
        )
    if message not in _OUR_MESSAGE:
        raise Unfit(_("Tệp là thư báo nhận hoặc báo lỗi của hệ thống khác, không phải báo động."), "file")
    if _text(alert, "scope") != "Public":
        raise Unfit(_("Thông điệp không dành cho công chúng nên không phát trên loa."), "file")
    references = _references(_text(alert, "references"))
    if message != "Alert" and not references:
        raise Unfit(
            _("Thông điệp cập nhật hoặc hủy mà không nói về thông điệp nào. Hỏi lại nơi gửi."),
            "file",
        )
    areas = [
        one_line(one.findtext(f"{{{NAMESPACE}}}areaDesc") or "") for one in info.iter(f"{{{NAMESPACE}}}area")
    ]
    event = one_line(_text(info, "event"))
    sender = _text(alert, "sender")
    words = "\n".join(filter(None, (_text(info, "description"), _text(info, "instruction"))))
    headline = one_line(_text(info, "headline")) or event
    expires = _text(info, "expires")
    return Cap(
        name=Name(sender, _text(alert, "identifier"), _text(alert, "sent")),
        status=_OUR_STATUS[status],
        message=_OUR_MESSAGE[message],
        category=_text(info, "category"),
        event=event,
        urgency=_text(info, "urgency"),
        severity=_text(info, "severity"),
        certainty=_text(info, "certainty"),
        headline=headline,
        words=words or headline,
        area="; ".join(dict.fromkeys(filter(None, areas))),
        sender_name=one_line(_text(info, "senderName")) or sender,
        expires_at=datetime.fromisoformat(expires) if expires else None,
        references=references,
    )


def check(data: bytes) -> None:
    """Raise `Unfit` for what is no CAP 1.2 message, with what is wrong with it and in which line."""
    _parsed(data)


def _parsed(data: bytes) -> Any:
    from lxml import etree

    if len(data) > LARGEST:
        raise Unfit(_("Tệp lớn hơn 1 MB. Thông điệp CAP chỉ có chữ; bỏ tệp kèm rồi gửi lại."), "file")
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as reason:
        line = getattr(reason, "lineno", None) or 1
        raise Unfit(
            _("Tệp không phải XML hoặc bị cắt ngang ở dòng %(line)s. Tải lại tệp từ nơi gửi.")
            % {"line": line},
            "file",
        ) from None
    if cast("Any", root.getroottree().docinfo).doctype:
        raise Unfit(_("Tệp khai báo DOCTYPE, điều thông điệp CAP không có. Không nhận tệp này."), "file")
    schema = _schema()
    if not schema.validate(root):
        first = schema.error_log[0]
        raise Unfit(
            _("Tệp không đúng chuẩn CAP 1.2 ở dòng %(line)s, phần %(part)s. Hỏi lại nơi gửi.")
            % {"line": first.line, "part": _part(root, first.path)},
            "file",
        )
    return root


def _part(root: Any, path: str) -> str:
    """'info/expires' of the path that the schema's checker gives."""
    from lxml import etree

    found = root.getroottree().xpath(path)
    if not found:
        return "alert"
    names = [etree.QName(one).localname for one in (found[0], *found[0].iterancestors()) if one is not root]
    return "/".join(reversed(names)) or "alert"


@cache
def _schema() -> Any:
    from lxml import etree

    return etree.XMLSchema(etree.parse(str(Path(__file__).parent / "data" / "cap.xsd")))


def _info(alert: Any) -> Any:
    """The part in Vietnamese, else the first. Without one nothing can be read out."""
    infos = alert.findall(f"{{{NAMESPACE}}}info")
    if not infos:
        raise Unfit(_("Thông điệp không có nội dung để đọc. Hỏi lại nơi gửi."), "file")
    own = [one for one in infos if _text(one, "language").lower().startswith("vi")]
    return (own or infos)[0]


def _text(parent: Any, name: str) -> str:
    return (parent.findtext(f"{{{NAMESPACE}}}{name}") or "").strip()


def _references(text: str) -> tuple[Name, ...]:
    """What a message refers to: groups of three between spaces. Raises `Unfit` for what is none."""
    found: list[Name] = []
    for group in text.split():
        parts: Sequence[str] = group.split(",")
        if len(parts) != 3 or not all(parts):
            raise Unfit(
                _("Phần dẫn thông điệp trước không đúng dạng nơi-gửi,mã,giờ. Hỏi lại nơi gửi."), "file"
            )
        found.append(Name(*parts))
    return tuple(found)
