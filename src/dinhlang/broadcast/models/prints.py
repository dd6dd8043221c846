"""Prints, when they were printed, and where they hang or were handed out."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.prints import rules
from dinhlang.broadcast.prints.rules import Form
from dinhlang.org.models import Unit
from dinhlang.work.models import Activity, Blob, ReformField, Task


class Print(models.Model):
    """One thing to print: its words, its sheet, and who let it be printed.

    `source_words` are the sentences of what it was made from (`made_from_*` as in `Bulletin`): words that are whole
    sentences of these need no approval. `approved_digest` is what the leader approved (`rules.digest`): a word changed since
    needs approval anew. Width, height and distance are a banner's, in metres.
    """

    PERSONAL_FIELDS = ("approved_by", "made_by")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="prints", verbose_name=_("đơn vị"))
    form = models.CharField(_("loại ấn phẩm"), max_length=10, choices=Form.choices)
    title = models.CharField(_("dòng chữ lớn"), max_length=rules.TITLE_LENGTH)
    lead = models.CharField(_("lời dẫn"), max_length=rules.LEAD_LENGTH, blank=True)
    body = models.TextField(_("nội dung"), blank=True)
    contact = models.CharField(_("liên hệ"), max_length=rules.SHORT_LENGTH, blank=True)
    address = models.CharField(_("địa chỉ mã QR"), max_length=rules.ADDRESS_LENGTH, blank=True)
    picture = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("ảnh")
    )
    picture_alt = models.CharField(_("ảnh cho thấy gì"), max_length=rules.SHORT_LENGTH, blank=True)
    width = models.DecimalField(_("rộng (m)"), max_digits=4, decimal_places=2, default=Decimal("6"))
    height = models.DecimalField(_("cao (m)"), max_digits=3, decimal_places=2, default=Decimal("0.8"))
    distance = models.PositiveSmallIntegerField(_("đọc được từ (m)"), default=30)
    field = models.CharField(_("lĩnh vực CCHC"), max_length=20, choices=ReformField.choices, blank=True)
    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="prints",
        verbose_name=_("nhiệm vụ"),
    )
    made_from_kind = models.CharField(_("lập từ"), max_length=20, blank=True)
    made_from_key = models.CharField(max_length=80, blank=True)
    made_from_digest = models.CharField(max_length=64, blank=True)
    made_from_title = models.CharField(_("tên bài gốc"), max_length=300, blank=True)
    source_words = models.TextField(editable=False, blank=True)
    folded = models.TextField(editable=False, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    approved_digest = models.CharField(max_length=64, blank=True, editable=False)
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    withdrawn_at = models.DateTimeField(_("thu hồi lúc"), null=True, blank=True)
    withdrawn_why = models.CharField(_("lý do thu hồi"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người lập"),
    )
    changed_at = models.DateTimeField(_("sửa lúc"))

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("ấn phẩm")
        verbose_name_plural = _("ấn phẩm")
        indexes = [
            models.Index(fields=["unit", "-changed_at"], name="print_of_a_unit"),
            models.Index(fields=["made_from_kind", "made_from_key"], name="print_made_from"),
        ]
        constraints = [
            models.CheckConstraint(
                name="print_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_why="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why=""),
            ),
            models.CheckConstraint(
                name="print_approved_words_at_a_moment",
                condition=Q(approved_at=None, approved_digest="")
                | Q(approved_at__isnull=False) & ~Q(approved_digest=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def words(self) -> rules.Words:
        return rules.Words(self.title, self.lead, self.body, self.contact, self.picture_alt)

    @property
    def cloth(self) -> rules.Cloth:
        return rules.Cloth(self.width, self.height, self.distance)

    @property
    def digest(self) -> str:
        """Of the words as they stand."""
        return rules.digest(
            self.words,
            form=self.form,
            picture=self.picture_id or "",
            address=self.address,
            cloth=self.cloth,
        )

    @property
    def is_word_for_word(self) -> bool:
        """Whether it says nothing that was not published."""
        return bool(self.source_words) and rules.is_word_for_word(self.words, self.source_words)

    @property
    def is_cleared(self) -> bool:
        """Whether it may be printed as it stands."""
        if self.withdrawn_at is not None:
            return False
        return self.approved_digest == self.digest or self.is_word_for_word


class PrintRun(models.Model):
    """Once printed: how many copies, when, where; the bill or a photo beside it. `words_digest` says which words."""

    PERSONAL_FIELDS = ("recorded_by", "printer", "note")

    of = models.ForeignKey(Print, on_delete=models.PROTECT, related_name="runs", verbose_name=_("ấn phẩm"))
    printed_on = models.DateField(_("in ngày"))
    copies = models.PositiveIntegerField(
        _("số bản"), validators=[MinValueValidator(1), MaxValueValidator(rules.MOST_COPIES)]
    )
    printer = models.CharField(_("nơi in"), max_length=rules.PLACE_LENGTH, blank=True)
    note = models.CharField(_("ghi chú"), max_length=500, blank=True)
    file = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("chứng từ")
    )
    words_digest = models.CharField(max_length=64, editable=False)
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )
    taken_back_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)
    taken_back_why = models.CharField(_("lý do rút"), max_length=500, blank=True)

    class Meta:
        ordering = ["-printed_on", "-pk"]
        verbose_name = _("lần in")
        verbose_name_plural = _("lần in")
        constraints = [models.CheckConstraint(name="print_run_has_copies", condition=Q(copies__gte=1))]


class PrintPlace(models.Model):
    """Where copies hang from a day until a day, both included, or were handed out (leaflets). `line` is its line of the
    ledger; a photo has no trace of where and when it was taken (`work.photos`)."""

    PERSONAL_FIELDS = ("recorded_by", "taken_down_by", "photo", "place")

    of = models.ForeignKey(Print, on_delete=models.PROTECT, related_name="places", verbose_name=_("ấn phẩm"))
    place = models.CharField(_("nơi treo, phát"), max_length=rules.PLACE_LENGTH)
    folded = models.CharField(max_length=2 * rules.PLACE_LENGTH, editable=False, blank=True)
    copies = models.PositiveIntegerField(
        _("số bản"), validators=[MinValueValidator(1), MaxValueValidator(rules.MOST_COPIES)]
    )
    starts_on = models.DateField(_("từ ngày"))
    until = models.DateField(_("đến hết ngày"), null=True, blank=True)
    photo = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("ảnh tại chỗ")
    )
    line = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="print_places",
        verbose_name=_("dòng sổ theo dõi"),
    )
    taken_down_on = models.DateField(_("tháo ngày"), null=True, blank=True)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi việc tháo"),
    )
    recorded_at = models.DateTimeField(_("ghi lúc"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )
    taken_back_at = models.DateTimeField(_("rút lúc"), null=True, blank=True)
    taken_back_why = models.CharField(_("lý do rút"), max_length=500, blank=True)

    class Meta:
        ordering = ["-starts_on", "-pk"]
        verbose_name = _("nơi treo, phát ấn phẩm")
        verbose_name_plural = _("nơi treo, phát ấn phẩm")
        indexes = [
            models.Index(
                fields=["until"],
                condition=Q(taken_down_on=None, taken_back_at=None),
                name="print_place_still_hangs",
            )
        ]
        constraints = [
            models.CheckConstraint(name="print_place_has_copies", condition=Q(copies__gte=1)),
            models.CheckConstraint(
                name="print_place_days_in_order",
                condition=Q(until=None) | Q(until__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="print_place_down_after_up",
                condition=Q(taken_down_on=None) | Q(taken_down_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.place
