"""Breaches of the rules that protect personal data, and their steps."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.org.sealed import SealedTextField
from dinhlang.privacy.rules.breaches import ENDED, Nature, Outcome, Source, State, Telling

GROUND_LENGTH = 300
NUMBER_LENGTH = 40


class Breach(models.Model):
    """A breach as it is known now, sealed; what was known before stands in the steps.

    `occurred_at` and `persons` are empty while nobody knows. `due_at` is the end of the term that stood at discovery, in real
    hours; `notified_at` the moment at which the first notice went. `ground`: why no notice is owed. No name of anybody
    whose data it is stands here, how many they are will do.
    """

    PERSONAL_FIELDS = (
        "words",
        "consequences",
        "measures",
        "late_reason",
        "noted_by",
        "proposed_by",
        "decided_by",
    )

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="data_breaches", verbose_name=_("đơn vị")
    )
    year = models.PositiveSmallIntegerField(_("năm"))
    number = models.PositiveIntegerField(_("số thứ tự"))
    key = models.UUIDField(null=True, editable=False)
    discovered_at = models.DateTimeField(_("phát hiện lúc"))
    occurred_at = models.DateTimeField(_("xảy ra lúc"), null=True, blank=True)
    source = models.CharField(_("ai phát hiện"), max_length=10, choices=Source.choices)
    nature = models.CharField(_("hành vi"), max_length=10, choices=Nature.choices)
    words = SealedTextField(_("diễn biến"), blank=True)
    data_kinds = models.JSONField(_("loại dữ liệu"), default=list)
    persons = models.PositiveIntegerField(_("số người có dữ liệu (khoảng)"), null=True, blank=True)
    consequences = SealedTextField(_("hậu quả, thiệt hại có thể xảy ra"), blank=True)
    measures = SealedTextField(_("biện pháp đã làm, sẽ làm"), blank=True)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.NOTED)
    noted_at = models.DateTimeField(_("ghi sổ lúc"))
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người ghi sổ")
    )
    term = models.CharField(_("thời hạn"), max_length=40)
    term_basis = models.CharField(_("căn cứ của thời hạn"), max_length=300)
    due_at = models.DateTimeField(_("phải thông báo trước"))
    outcome = models.CharField(_("kết quả trình"), max_length=9, choices=Outcome.choices, blank=True)
    ground = models.CharField(_("lý do không phải thông báo"), max_length=GROUND_LENGTH, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người trình"),
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    late_reason = SealedTextField(_("lý do thông báo chậm"), blank=True)
    notified_at = models.DateTimeField(_("đã gửi thông báo lúc"), null=True, blank=True)
    notice_number = models.CharField(_("số của thông báo"), max_length=NUMBER_LENGTH, blank=True)
    telling = models.CharField(
        _("báo cho người có dữ liệu"), max_length=9, choices=Telling.choices, default=Telling.UNDECIDED
    )
    ended_at = models.DateTimeField(_("kết thúc lúc"), null=True, blank=True)

    class Meta:
        ordering = ["-discovered_at", "-pk"]
        verbose_name = _("vi phạm về bảo vệ dữ liệu cá nhân")
        verbose_name_plural = _("vi phạm về bảo vệ dữ liệu cá nhân")
        indexes = [models.Index(fields=["unit", "-discovered_at"], name="breach_of_unit")]
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "number"], name="breach_number_once"),
            # The same form sent twice is one breach.
            models.UniqueConstraint(fields=["unit", "key"], name="breach_sent_once"),
            models.CheckConstraint(
                name="breach_ends_with_its_state",
                condition=Q(ended_at=None) & ~Q(state__in=sorted(ENDED))
                | Q(ended_at__isnull=False, state__in=sorted(ENDED)),
            ),
            # Two people: who proposed does not decide.
            models.CheckConstraint(
                name="breach_two_people",
                condition=Q(decided_by=None) | Q(proposed_by=None) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="breach_notified_with_number",
                condition=Q(notified_at=None, notice_number="")
                | Q(notified_at__isnull=False) & ~Q(notice_number=""),
            ),
            models.CheckConstraint(
                name="breach_not_due_has_ground",
                condition=~Q(state=State.NOT_DUE.value) | ~Q(ground=""),
            ),
        ]

    def __str__(self) -> str:
        return f"VP-{self.year}-{self.number:02d}"


class BreachStep(models.Model):
    """What was done about a breach and the words said at it; the database lets nobody change it.

    `happened_at` and `number` of a notice are those of the paper that went.
    """

    PERSONAL_FIELDS = ("words", "by")

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, related_name="steps")
    position = models.PositiveIntegerField()
    deed = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=State.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    words = SealedTextField(blank=True)
    happened_at = models.DateTimeField(null=True, blank=True)
    number = models.CharField(max_length=NUMBER_LENGTH, blank=True)

    class Meta:
        ordering = ["breach", "position"]
        verbose_name = _("bước xử lý vi phạm dữ liệu")
        verbose_name_plural = _("các bước xử lý vi phạm dữ liệu")
        constraints = [models.UniqueConstraint(fields=["breach", "position"], name="breach_step_position")]

    def __str__(self) -> str:
        return f"{self.breach_id}/{self.position}"
