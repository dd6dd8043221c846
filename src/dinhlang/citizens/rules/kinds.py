"""What a case is: in what capacity it is taken, which way it came, what was said of it in words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy


class Nature(models.TextChoices):
    """As what a case is taken. Only feedback has a promised day."""

    FEEDBACK = "feedback", gettext_lazy("Phản ánh, kiến nghị")
    ADVICE = "advice", gettext_lazy("Góp ý")
    COMPLAINT = "complaint", gettext_lazy("Khiếu nại")
    DENUNCIATION = "denunciation", gettext_lazy("Tố cáo")


class Way(models.TextChoices):
    """How a case came."""

    WEB = "web", gettext_lazy("Trang công khai")
    PHONE = "phone", gettext_lazy("Điện thoại")
    COUNTER = "counter", gettext_lazy("Tại nơi tiếp nhận")
    LETTER = "letter", gettext_lazy("Thư, đơn")
    MAIL = "mail", gettext_lazy("Thư điện tử")
    OPEN311 = "open311", gettext_lazy("Ứng dụng khác (Open311)")
    SYSTEM = "system", gettext_lazy("Hệ thống phản ánh, kiến nghị")


class Said(models.TextChoices):
    """What the words beside a case are. Those of `TOLD` are read by the sender, the others only on the desk."""

    SUPPLEMENT = "supplement", gettext_lazy("Người gửi bổ sung")
    QUESTION = "question", gettext_lazy("Hỏi thêm người gửi")
    REASON = "reason", gettext_lazy("Lý do")
    NOTE = "note", gettext_lazy("Ghi chú nội bộ")
    RATING = "rating", gettext_lazy("Nhận xét của người gửi")


TOLD = frozenset({Said.SUPPLEMENT, Said.QUESTION, Said.REASON, Said.RATING})


class Actor(models.TextChoices):
    """Who did something, where it was no official."""

    OFFICIAL = "official", gettext_lazy("Cán bộ")
    SENDER = "sender", gettext_lazy("Người gửi")
    MACHINE = "machine", gettext_lazy("Hệ thống")


class Doubt(models.TextChoices):
    """Why a form may be a machine's. It is looked at all the same."""

    TRAP = "trap", gettext_lazy("ô ẩn, người đọc trang không thấy, có chữ")
    FAST = "fast", gettext_lazy("gửi nhanh hơn người viết kịp")
    NO_PROOF = "no-proof", gettext_lazy("máy gửi không làm phép tính, câu hỏi phụ không được trả lời đúng")


def doubts_of(flags: str) -> list[Doubt]:
    """What is kept of the doubts about a case (`trap,fast`), read again."""
    return [Doubt(one) for one in flags.split(",") if one in Doubt.values]


class Satisfaction(models.IntegerChoices):
    """How content the sender is with an answer."""

    VERY_CONTENT = 5, gettext_lazy("Rất hài lòng")
    CONTENT = 4, gettext_lazy("Hài lòng")
    NEUTRAL = 3, gettext_lazy("Bình thường")
    DISCONTENT = 2, gettext_lazy("Không hài lòng")
    VERY_DISCONTENT = 1, gettext_lazy("Rất không hài lòng")


CONTENT = frozenset({Satisfaction.CONTENT, Satisfaction.VERY_CONTENT})
DISCONTENT = frozenset({Satisfaction.DISCONTENT, Satisfaction.VERY_DISCONTENT})

WORDS_LENGTH = 5_000
SUBJECT_LENGTH = 160
NAME_LENGTH = 120
PHONE_LENGTH = 20
ADDRESS_LENGTH = 250
PLACE_LENGTH = 250
AUTHORITY_LENGTH = 200
ANSWER_LENGTH = 20_000
MOST_FILES = 5
