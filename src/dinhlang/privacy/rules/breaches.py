"""What a breach is, where it stands, what can happen to it and when the authority must know of it.

Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15, Điều 23: a controller who discovers a breach that may harm national defence, security,
public order, or somebody's life, health, honour, dignity or property tells the authority within 72 hours of discovering it,
and makes a record that it happened; data used for another purpose are told as well, without an hour named. NĐ 356/2025/NĐ-CP, Điều 28
and Mẫu số 08: what the notice says. The hours are real ones: nights, weekends and Tết count. The persons concerned must be told,
within the same hours, where data are about where they were or of their body (Điều 29); elsewhere there is no such duty, and that
it was thought of is noted all the same.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib import resources

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.rules.moves import moved


class Source(models.TextChoices):
    """Who saw it first, as a kind: the register keeps no names."""

    OFFICIAL = "official", gettext_lazy("Cán bộ, công chức của xã")
    PERSON = "person", gettext_lazy("Người có dữ liệu hoặc người dân khác")
    PROCESSOR = "processor", gettext_lazy("Bên xử lý dữ liệu, nhà cung cấp dịch vụ")
    AUTHORITY = "authority", gettext_lazy("Cơ quan khác thông báo")
    SYSTEM = "system", gettext_lazy("Hệ thống cảnh báo")


class Nature(models.TextChoices):
    """What went wrong."""

    LEAK = "leak", gettext_lazy("Lộ, lọt dữ liệu ra ngoài")
    ACCESS = "access", gettext_lazy("Truy cập, sao chép trái phép")
    LOSS = "loss", gettext_lazy("Mất, hỏng dữ liệu hoặc thiết bị")
    ALTERED = "altered", gettext_lazy("Sửa, xóa trái phép")
    MISUSE = "misuse", gettext_lazy("Xử lý sai mục đích, quá phạm vi")
    TRADE = "trade", gettext_lazy("Mua bán, chuyển giao trái phép")


class DataKind(models.TextChoices):
    """What kinds of data are concerned."""

    CONTACT = "contact", gettext_lazy("Họ tên, điện thoại, địa chỉ, thư điện tử")
    IDENTITY = "identity", gettext_lazy("Số định danh, giấy tờ tùy thân, ảnh giấy tờ")
    WORDS = "words", gettext_lazy("Nội dung phản ánh, đơn thư")
    DOSSIER = "dossier", gettext_lazy("Giấy tờ trong hồ sơ thủ tục")
    IMAGE = "image", gettext_lazy("Ảnh, tiếng nói của người")
    FAMILY = "family", gettext_lazy("Quan hệ gia đình, hộ tịch")
    MONEY = "money", gettext_lazy("Tài khoản, tài sản, chế độ được hưởng")
    HEALTH = "health", gettext_lazy("Sức khỏe, khuyết tật")
    BELIEF = "belief", gettext_lazy("Dân tộc, tôn giáo")
    BODY = "body", gettext_lazy("Sinh trắc học (vân tay, khuôn mặt để nhận dạng)")
    PLACE = "place", gettext_lazy("Vị trí của người (định vị)")
    ACCOUNT = "account", gettext_lazy("Tài khoản, mật khẩu đăng nhập")


class State(models.TextChoices):
    NOTED = "noted", gettext_lazy("Mới ghi sổ, đang xem xét")
    PROPOSED = "proposed", gettext_lazy("Chờ lãnh đạo duyệt")
    APPROVED = "approved", gettext_lazy("Đã duyệt, chờ gửi thông báo")
    NOTIFIED = "notified", gettext_lazy("Đã thông báo, đang khắc phục")
    NOT_DUE = "not-due", gettext_lazy("Không phải thông báo, đang khắc phục")
    CLOSED = "closed", gettext_lazy("Đã khắc phục xong")


class Deed(models.TextChoices):
    """What is done about a breach, as its history calls it."""

    NOTE = "note", gettext_lazy("ghi sổ")
    AMEND = "amend", gettext_lazy("ghi thêm, sửa thông tin")
    PROPOSE = "propose", gettext_lazy("trình lãnh đạo")
    RETURN = "return", gettext_lazy("trả lại để xem thêm")
    APPROVE = "approve", gettext_lazy("duyệt gửi thông báo")
    SPARE = "spare", gettext_lazy("duyệt không phải thông báo")
    EXPLAIN = "explain", gettext_lazy("ghi lý do thông báo chậm")
    SEND = "send", gettext_lazy("gửi thông báo")
    SUPPLEMENT = "supplement", gettext_lazy("gửi thông báo bổ sung")
    TELL = "tell", gettext_lazy("báo cho người có dữ liệu")
    NOT_TELL = "not-tell", gettext_lazy("ghi lý do không báo cho người có dữ liệu")
    REOPEN = "reopen", gettext_lazy("xem xét lại")
    CLOSE = "close", gettext_lazy("kết thúc")


class Outcome(models.TextChoices):
    """What is proposed."""

    NOTIFY = "notify", gettext_lazy("Thông báo cho cơ quan chuyên trách")
    NO_NOTICE = "no-notice", gettext_lazy("Không phải thông báo, nêu lý do")


class Telling(models.TextChoices):
    """Whether the persons concerned know."""

    UNDECIDED = "undecided", gettext_lazy("Chưa quyết định")
    TOLD = "told", gettext_lazy("Đã báo")
    NOT = "not", gettext_lazy("Không báo, có lý do")


_USUAL = (Deed.AMEND, Deed.TELL, Deed.NOT_TELL)


def _with_usual(state: State, moves: Mapping[Deed, State]) -> Mapping[Deed, State]:
    return {**dict.fromkeys(_USUAL, state), **moves}


# From a state, by a deed, to a state. What is not here cannot happen.
NEXT: Mapping[State, Mapping[Deed, State]] = {
    State.NOTED: _with_usual(State.NOTED, {Deed.PROPOSE: State.PROPOSED}),
    State.PROPOSED: {
        Deed.RETURN: State.NOTED,
        Deed.APPROVE: State.APPROVED,
        Deed.SPARE: State.NOT_DUE,
    },
    State.APPROVED: _with_usual(State.APPROVED, {Deed.EXPLAIN: State.APPROVED, Deed.SEND: State.NOTIFIED}),
    State.NOTIFIED: _with_usual(State.NOTIFIED, {Deed.SUPPLEMENT: State.NOTIFIED, Deed.CLOSE: State.CLOSED}),
    # More became known: what was no case for the authority may be one.
    State.NOT_DUE: _with_usual(State.NOT_DUE, {Deed.REOPEN: State.NOTED, Deed.CLOSE: State.CLOSED}),
    State.CLOSED: {},
}
ENDED = frozenset(state.value for state, deeds in NEXT.items() if not deeds)
OWED = frozenset({State.NOTED.value, State.PROPOSED.value, State.APPROVED.value})
"""The authority may still have to be told: the clock runs."""


def after(state: str, deed: Deed) -> State:
    """The state a deed leads to. Raises `WrongMove`."""
    return moved(NEXT, State(state), deed, _("Vi phạm đang ở bước “%(state)s” nên không thể %(deed)s."))


def can_happen(state: str, deed: Deed) -> bool:
    return deed in NEXT[State(state)]


@dataclass(frozen=True, slots=True)
class NoticeTerm:
    """Within how many `hours` (in words `term`) which `authority` the law wants told, by which `form`; its `portal` takes it too."""

    starts_on: date
    legal_basis: str
    term: str
    hours: int
    authority: str
    portal: str
    form: str

    def __str__(self) -> str:
        return self.term


@cache
def _shipped() -> tuple[NoticeTerm, ...]:
    text = resources.files("dinhlang.privacy").joinpath("data/breaches.toml").read_text("utf-8")
    found = (NoticeTerm(**one) for one in tomllib.loads(text)["terms"])
    return tuple(sorted(found, key=lambda one: one.starts_on, reverse=True))


def term_on(on: date) -> NoticeTerm:
    """The one in force on a day; the first one for a day before any."""
    return next((one for one in _shipped() if one.starts_on <= on), _shipped()[-1])


def notice_due(discovered_at: datetime, term: NoticeTerm) -> datetime:
    """The last moment: so many real hours after the discovery."""
    return discovered_at + timedelta(hours=term.hours)


PERSONS_TOLD_OF = frozenset({DataKind.BODY.value, DataKind.PLACE.value})
"""Data of which the persons concerned are told within the same hours (NĐ 356/2025/NĐ-CP, Điều 29)."""


def persons_must_be_told(data_kinds: Iterable[str]) -> bool:
    return not PERSONS_TOLD_OF.isdisjoint(data_kinds)


def is_always_told(nature: str) -> bool:
    """Whether the authority is told whatever the harm (Luật 91/2025/QH15, Điều 23, khoản 3): used for another purpose."""
    return nature == Nature.MISUSE


def is_late(state: str, due_at: datetime, at: datetime) -> bool:
    """Whether the authority should know by now and does not."""
    return state in OWED and due_at < at


def persons_are_late(telling: str, data_kinds: Iterable[str], due_at: datetime, at: datetime) -> bool:
    """Whether the persons concerned should know by now and do not."""
    return telling == Telling.UNDECIDED and persons_must_be_told(data_kinds) and due_at < at
