"""Sound that the worker makes of a text or of a person's recording, and how a commune reads its own short forms."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.models.bulletins import BulletinEdition
from dinhlang.org.models import Unit
from dinhlang.work.models import Blob


class Voicing(models.Model):
    """One sound: a text read by a voice of the machine, or a person's recording evened; made by the worker.

    `edition` is the edition of a bulletin whose sound it is, None for the sound of another room, which keeps the key.
    `key` is the digest of all that decides what is heard (`voicing.rules.key_of`): the same key, the same files. `words`
    are the commune's own short forms as they were read. `raw` is what a person recorded, of which the part from `starts`
    to `ends` is kept. A row is waiting, at work, or at its end; whoever works on it promises to speak again by
    `silent_until`, and is taken for dead after that. `said` of `total` sentences are spoken. `lines` are
    [start, end, sentence] in seconds; of a person's recording they are reckoned, not heard.
    """

    PERSONAL_FIELDS = ("asked_by", "raw", "reader")

    class By(models.TextChoices):
        VOICE = "voice", _("giọng máy")
        PERSON = "person", _("người đọc")

    class State(models.TextChoices):
        WAITING = "waiting", _("Đang chờ")
        WORKING = "working", _("Đang làm")
        DONE = "done", _("Đã xong")
        FAILED = "failed", _("Không làm được")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="voicings", verbose_name=_("đơn vị")
    )
    edition = models.ForeignKey(
        BulletinEdition,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="voicings",
        verbose_name=_("bản của bản tin"),
    )
    source = models.CharField(_("do ai đọc"), max_length=8, choices=By.choices)
    key = models.CharField(max_length=64, editable=False)
    title = models.CharField(_("tiêu đề"), max_length=300, blank=True)
    text = models.TextField(_("lời đọc"), blank=True)
    voice = models.CharField(_("giọng"), max_length=120, blank=True)
    rate = models.FloatField(_("tốc độ"), default=1.0)
    words = models.JSONField(default=dict, editable=False)
    raw = models.ForeignKey(
        Blob,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("tệp ghi âm"),
    )
    starts = models.FloatField(_("giữ từ giây"), default=0)
    ends = models.FloatField(_("giữ đến giây"), null=True, blank=True)
    reader = models.CharField(_("người đọc"), max_length=120, blank=True)
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.CharField(_("vì sao không làm được"), max_length=500, blank=True)
    said = models.PositiveIntegerField(default=0, editable=False)
    total = models.PositiveIntegerField(default=0, editable=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    asked_at = models.DateTimeField(_("yêu cầu lúc"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người yêu cầu"),
    )
    claimed_at = models.DateTimeField(null=True, editable=False)
    silent_until = models.DateTimeField(null=True, editable=False)
    done_at = models.DateTimeField(_("xong lúc"), null=True, blank=True)
    dropped_at = models.DateTimeField(_("bỏ lúc"), null=True, blank=True)
    mp3 = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp để phát")
    )
    opus = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp nén nhẹ")
    )
    seconds = models.FloatField(_("thời lượng (giây)"), null=True, blank=True)
    loudness = models.FloatField(_("độ to"), null=True, blank=True)
    peak = models.FloatField(_("đỉnh âm lượng"), null=True, blank=True)
    lines = models.JSONField(default=list, editable=False)

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("bản âm thanh")
        verbose_name_plural = _("bản âm thanh")
        indexes = [
            models.Index(fields=["state", "silent_until"], name="voicing_state"),
            models.Index(fields=["unit", "key"], name="voicing_key"),
        ]
        constraints = [
            models.CheckConstraint(
                name="voicing_done_with_all_of_it",
                condition=~Q(state="done")
                | Q(
                    mp3__isnull=False,
                    opus__isnull=False,
                    seconds__isnull=False,
                    loudness__isnull=False,
                    done_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="voicing_failed_with_a_reason", condition=~Q(state="failed") | ~Q(problem="")
            ),
            models.CheckConstraint(
                name="voicing_of_a_voice_or_a_file",
                condition=Q(source="voice", raw=None) & ~Q(voice="") | Q(source="person", raw__isnull=False),
            ),
            models.CheckConstraint(
                name="voicing_part_in_order",
                condition=Q(starts__gte=0) & (Q(ends=None) | Q(ends__gt=models.F("starts"))),
            ),
            # The same text by the same voice is made once, however often it is asked for.
            models.UniqueConstraint(
                fields=["unit", "key"],
                condition=Q(source="voice", edition=None, dropped_at=None),
                name="voicing_of_a_text_once",
            ),
            models.UniqueConstraint(
                fields=["edition", "key"],
                condition=Q(source="voice", edition__isnull=False, dropped_at=None),
                name="voicing_of_an_edition_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SpokenForm(models.Model):
    """How a commune reads a short form or a word of another language; it stands above the table of this house."""

    PERSONAL_FIELDS = ("changed_by",)

    class Section(models.TextChoices):
        ABBREVIATIONS = "abbreviations", _("Chữ viết tắt")
        FOREIGN = "foreign", _("Từ nước ngoài, tên riêng")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="spoken_forms", verbose_name=_("đơn vị")
    )
    section = models.CharField(
        _("loại"), max_length=13, choices=Section.choices, default=Section.ABBREVIATIONS
    )
    written = models.CharField(_("chữ viết"), max_length=40)
    spoken = models.CharField(_("cách đọc"), max_length=200)
    note = models.CharField(_("ghi chú"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("sửa lúc"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người sửa"),
    )

    class Meta:
        ordering = ["section", "written", "pk"]
        verbose_name = _("cách đọc của xã")
        verbose_name_plural = _("bảng đọc của xã")
        constraints = [
            models.UniqueConstraint(fields=["unit", "section", "written"], name="spoken_form_once"),
            models.CheckConstraint(
                name="spoken_form_says_something", condition=~Q(written="") & ~Q(spoken="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.written} = {self.spoken}"
