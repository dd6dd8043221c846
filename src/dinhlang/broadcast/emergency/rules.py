"""What an emergency message says, who may send it, and which of several is live. No database, no clock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.broadcast.rules.script import plain
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import moved
from dinhlang.vietnamese.text import one_line

EVENT_LENGTH, HEADLINE_LENGTH, AREA_LENGTH = 80, 160, 300
WORDS_LENGTH = 4000
"""About five minutes of reading: who must act at once cannot listen longer."""
MOST_REPEATS = 10
LONGEST = timedelta(days=7)
"""A danger that lasts longer is said again, with what is known by then."""
TOLD_FOR = timedelta(days=1)
"""How long a device is told why a message is not live any more."""
_HIGHEST = 2**53 - 1
"""The highest number that every browser counts exactly."""


class Status(models.TextChoices):
    """Whether it is meant; CAP's `status`."""

    ACTUAL = "actual", gettext_lazy("Thật")
    EXERCISE = "exercise", gettext_lazy("Diễn tập")
    TEST = "test", gettext_lazy("Thử hệ thống")


class Message(models.TextChoices):
    """What it is to the messages before it; CAP's `msgType`."""

    ALERT = "alert", gettext_lazy("Báo động")
    UPDATE = "update", gettext_lazy("Cập nhật")
    CANCEL = "cancel", gettext_lazy("Hủy báo động")


class Category(models.TextChoices):
    """What kind of danger; the closed set of CAP 1.2, 3.2.2."""

    GEO = "Geo", gettext_lazy("Động đất, sạt lở")
    MET = "Met", gettext_lazy("Bão, mưa lũ, thời tiết")
    SAFETY = "Safety", gettext_lazy("An toàn chung")
    SECURITY = "Security", gettext_lazy("An ninh, trật tự")
    RESCUE = "Rescue", gettext_lazy("Cứu hộ, cứu nạn")
    FIRE = "Fire", gettext_lazy("Cháy, nổ")
    HEALTH = "Health", gettext_lazy("Dịch bệnh, y tế")
    ENV = "Env", gettext_lazy("Môi trường, ô nhiễm")
    TRANSPORT = "Transport", gettext_lazy("Giao thông")
    INFRA = "Infra", gettext_lazy("Điện, nước, đê, đập")
    CBRNE = "CBRNE", gettext_lazy("Hóa chất, phóng xạ")
    OTHER = "Other", gettext_lazy("Khác")


class Urgency(models.TextChoices):
    """How soon people must act; CAP's set."""

    IMMEDIATE = "Immediate", gettext_lazy("Ngay lập tức")
    EXPECTED = "Expected", gettext_lazy("Trong vòng một giờ")
    FUTURE = "Future", gettext_lazy("Trong thời gian tới")
    PAST = "Past", gettext_lazy("Đã qua")
    UNKNOWN = "Unknown", gettext_lazy("Chưa rõ")


class Severity(models.TextChoices):
    """How bad it is; CAP's set."""

    EXTREME = "Extreme", gettext_lazy("Đặc biệt nguy hiểm")
    SEVERE = "Severe", gettext_lazy("Rất nguy hiểm")
    MODERATE = "Moderate", gettext_lazy("Nguy hiểm")
    MINOR = "Minor", gettext_lazy("Ít nguy hiểm")
    UNKNOWN = "Unknown", gettext_lazy("Chưa rõ")


class Certainty(models.TextChoices):
    """How sure it is; CAP's set."""

    OBSERVED = "Observed", gettext_lazy("Đã xảy ra")
    LIKELY = "Likely", gettext_lazy("Nhiều khả năng")
    POSSIBLE = "Possible", gettext_lazy("Có thể")
    UNLIKELY = "Unlikely", gettext_lazy("Ít khả năng")
    UNKNOWN = "Unknown", gettext_lazy("Chưa rõ")


# --- On its way ---------------------------------------------------------------------------------------------------


class State(models.TextChoices):
    """Where it stands. What devices made of it is no state: receipts and the air log say it."""

    DRAFT = "draft", gettext_lazy("Bản nháp")
    PROPOSED = "proposed", gettext_lazy("Chờ người thứ hai phát")
    ISSUED = "issued", gettext_lazy("Đã phát lệnh")
    DROPPED = "dropped", gettext_lazy("Đã bỏ")


class Deed(models.TextChoices):
    """What people do with it."""

    PROPOSE = "propose", gettext_lazy("đề nghị phát")
    TAKE_BACK = "take-back", gettext_lazy("lấy lại để sửa")
    ISSUE = "issue", gettext_lazy("phát lệnh")
    DROP = "drop", gettext_lazy("bỏ")


NEXT: Mapping[State, Mapping[Deed, State]] = {
    State.DRAFT: {Deed.PROPOSE: State.PROPOSED, Deed.DROP: State.DROPPED},
    State.PROPOSED: {Deed.ISSUE: State.ISSUED, Deed.TAKE_BACK: State.DRAFT, Deed.DROP: State.DROPPED},
    State.ISSUED: {},
    State.DROPPED: {},
}


def after(state: str, deed: Deed) -> State:
    """The state that a deed leads to. Raises `org.rules.moves.WrongMove` from one in which it cannot be done."""
    return moved(
        NEXT,
        State(state),
        deed,
        _("Thông điệp đang ở trạng thái “%(state)s” nên không thể %(deed)s. Hãy tải lại trang để xem lại."),
    )


def can_happen(state: str, deed: Deed) -> bool:
    """Whether `after` would give a state."""
    return deed in NEXT[State(state)]


class OnePerson(Refused):
    """The person who wrote or proposed it may not send it too."""


def check_two_people(status: str, *, author: int | None, proposer: int | None, sender: int | None) -> None:
    """Raise `OnePerson` where one person would do both. What everyone hears needs two, an exercise too; a test may be sent
    by one, because it says that it is a test and nobody has to act."""
    if status != Status.TEST and (sender is None or sender in (author, proposer)):
        raise OnePerson(
            _("Người soạn hoặc đề nghị không tự phát lệnh được. Nhờ một lãnh đạo khác xem và phát lệnh.")
        )


# --- What it says -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Told:
    """All that a message says, as it is typed or taken in. `zone` is a group of speakers, '' for all."""

    status: str
    event: str
    headline: str
    words: str
    area: str
    expires_at: datetime
    category: str = Category.MET
    urgency: str = Urgency.IMMEDIATE
    severity: str = Severity.SEVERE
    certainty: str = Certainty.LIKELY
    zone: str = ""
    repeats: int = 3


def fit(said: Told, *, at: datetime) -> Told:
    """What is kept of it, on one line where there is one. Raises `Unfit` naming the field."""
    lines = {name: one_line(getattr(said, name)) for name in ("event", "headline", "area", "zone")}
    words = "\n".join(filter(None, (one_line(line) for line in plain(said.words).split("\n"))))
    for name, text, most, missing in (
        ("event", lines["event"], EVENT_LENGTH, _("Ghi việc gì đang xảy ra, ví dụ: Lũ quét.")),
        ("headline", lines["headline"], HEADLINE_LENGTH, _("Ghi một câu tóm tắt để ai nghe cũng hiểu.")),
        ("area", lines["area"], AREA_LENGTH, _("Ghi nơi bị ảnh hưởng, ví dụ: thôn Đông và thôn Bãi.")),
        ("words", words, WORDS_LENGTH, _("Ghi lời đọc trên loa: việc gì, ở đâu, bà con làm gì.")),
    ):
        if not text:
            raise Unfit(missing, name)
        if len(text) > most:
            raise Unfit(
                _("Dài %(length)s ký tự, tối đa %(most)s. Hãy viết gọn lại.")
                % {"length": len(text), "most": most},
                name,
            )
    for name, choices in (
        ("status", Status),
        ("category", Category),
        ("urgency", Urgency),
        ("severity", Severity),
        ("certainty", Certainty),
    ):
        if getattr(said, name) not in choices.values:
            raise Unfit(_("Chọn một giá trị trong danh sách."), name)
    if not 1 <= said.repeats <= MOST_REPEATS:
        raise Unfit(_("Đọc từ 1 đến %(most)s lần.") % {"most": MOST_REPEATS}, "repeats")
    if not at < said.expires_at <= at + LONGEST:
        raise Unfit(_("Hiệu lực phải sau lúc này và không quá 7 ngày."), "expires_at")
    return replace(
        said,
        event=lines["event"],
        headline=lines["headline"],
        area=lines["area"],
        zone=lines["zone"][:120],
        words=words,
    )


def spoken(status: str, words: str) -> str:
    """What is read out: nobody who turns on the radio in the middle may take an exercise for the thing itself."""
    if status == Status.ACTUAL:
        return words
    said = "Đây là diễn tập." if status == Status.EXERCISE else "Đây là thử hệ thống loa."
    return f"{said}\n{words}\n{said}"


def digest(said: Told, *, message: str, refers: str, recording: str) -> str:
    """SHA-256 of what is sent, with its sound: another word gives another."""
    told = {**asdict(said), "expires_at": said.expires_at.timestamp(), "message": message}
    told |= {"refers": refers, "recording": recording}
    return sha256(json.dumps(told, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


# --- What devices say ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A device says, by its own number and clock, that it has a message."""

    device: int
    alarm: str
    sequence: int
    at: datetime


def acknowledged_of(device: int, said: Mapping[str, Any]) -> Acknowledged | None:
    """The acknowledgement that a device sent; None for what cannot be read."""
    try:
        alarm, sequence = UUID(said["alarm"]), said["sequence"]
        moment = datetime.fromisoformat(said["at"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    is_number = isinstance(sequence, int) and not isinstance(sequence, bool) and 0 <= sequence <= _HIGHEST
    if not is_number or moment.tzinfo is None or not 1970 <= moment.year <= 2098:
        return None
    return Acknowledged(device, str(alarm), sequence, moment)


# --- What is live -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sent:
    """A message that was sent, as a device is to know it. `refers` is the one it updates or cancels."""

    uid: str
    unit: str
    zone: str
    message: str
    status: str
    severity: str
    refers: str
    title: str
    words: str
    media: str
    size: int
    type: str
    seconds: int
    repeats: int
    digest: str
    issued_at: datetime
    expires_at: datetime


_GRAVEST = {severity: place for place, severity in enumerate(Severity.values)}


def live(sent: Iterable[Sent], at: datetime) -> tuple[list[Sent], dict[str, str]]:
    """What is to be heard at a moment, the gravest first and of these the newest; and why others are not any more.

    What a later message updates or cancels is over with all that it referred to itself. A cancellation is heard too, as
    long as it holds: people must know.
    """
    known = {one.uid: one for one in sent}
    over: dict[str, str] = {}
    for one in sorted(known.values(), key=lambda found: (found.issued_at, found.uid)):
        why = _("báo động đã hủy") if one.message == Message.CANCEL else _("đã có thông điệp mới hơn")
        before = known.get(one.refers)
        while before is not None:
            over[before.uid] = why
            before = known.get(before.refers)
    for uid, one in known.items():
        if one.expires_at <= at:
            over.setdefault(uid, _("báo động đã hết hiệu lực"))
    heard = [one for uid, one in known.items() if uid not in over]
    heard.sort(key=lambda one: one.issued_at, reverse=True)
    heard.sort(key=lambda one: _GRAVEST.get(one.severity, len(_GRAVEST)))
    return heard, over
