"""What guests say when they are called: about the invitation, or that the class is called off."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

NOTE_LENGTH = 200


class Answer(models.TextChoices):
    """How a call ended."""

    COMING = "coming", _("Sẽ dự")
    UNSURE = "unsure", _("Chưa chắc")
    NOT_COMING = "not-coming", _("Không dự được")
    TOLD = "told", _("Đã báo hủy")
    UNREACHED = "unreached", _("Không gọi được")


ABOUT_INVITATION = (Answer.COMING, Answer.UNSURE, Answer.NOT_COMING, Answer.UNREACHED)
ABOUT_CALLING_OFF = (Answer.TOLD, Answer.UNREACHED)
