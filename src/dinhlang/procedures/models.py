"""What is stored of procedures: versions, the decisions behind them, and where they hang.

Days are half open, as in `org`: `starts_on` is the first that counts, `ends_on` the first that no longer does.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit
from dinhlang.procedures.rules.validity import EVENT_WORDS
from dinhlang.work.models import Activity, Blob


class Procedure(models.Model):
    """A procedure in one body's catalogue, known by its short national code. Its address never goes away."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="procedures", verbose_name=_("đơn vị")
    )
    code = models.CharField(_("mã thủ tục"), max_length=8)
    added_at = models.DateTimeField(_("thêm lúc"))

    class Meta:
        ordering = ["code"]
        verbose_name = _("thủ tục hành chính")
        verbose_name_plural = _("thủ tục hành chính")
        constraints = [models.UniqueConstraint(fields=["unit", "code"], name="procedure_code_once")]

    def __str__(self) -> str:
        return self.code


class Decision(models.Model):
    """A decision that announces, amends, replaces or abolishes procedures. Its number may be all that is known."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    number = models.CharField(_("số, ký hiệu"), max_length=60)
    signed_on = models.DateField(_("ngày ký"), null=True, blank=True)
    issuer = models.CharField(_("cơ quan ban hành"), max_length=200, blank=True)
    subject = models.CharField(_("trích yếu"), max_length=1000, blank=True)
    blob = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp")
    )
    blob_name = models.CharField(_("tên tệp"), max_length=255, blank=True)
    added_at = models.DateTimeField(_("thêm lúc"))

    class Meta:
        ordering = [F("signed_on").desc(nulls_last=True), "-pk"]
        verbose_name = _("quyết định công bố")
        verbose_name_plural = _("quyết định công bố")
        constraints = [
            models.UniqueConstraint(fields=["unit", "number", "signed_on"], name="decision_once"),
            models.UniqueConstraint(
                fields=["unit", "number"], condition=Q(signed_on=None), name="decision_without_a_day_once"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Intake(models.Model):
    """A file of procedures that was taken in: what it was and what could not be understood of it."""

    PERSONAL_FIELDS = ("name", "by")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp"))
    name = models.CharField(_("tên tệp"), max_length=255)
    report = models.JSONField(_("kết quả"), default=dict)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người nhập"),
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("lần nhập thủ tục")
        verbose_name_plural = _("lần nhập thủ tục")


class VersionQuerySet(models.QuerySet):
    def in_force(self, on: date) -> VersionQuerySet:
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gt=on))


class Version(models.Model):
    """What a procedure said for a time. `sheet` holds every part (`rules.sheet`); the rest repeats what lists ask for.

    `levels` are the levels with commas around them (',commune,province,'), `folded` code, name, field and keywords
    without marks. A version never changes but for `ends_on`.
    """

    PERSONAL_FIELDS = ()

    class Online(models.TextChoices):
        NONE = "", _("không trực tuyến")
        SOME = "some", _("trực tuyến")
        PART = "part", _("trực tuyến một phần")
        FULL = "full", _("trực tuyến toàn trình")

    procedure = models.ForeignKey(
        Procedure, on_delete=models.CASCADE, related_name="versions", verbose_name=_("thủ tục")
    )
    number = models.PositiveSmallIntegerField(_("bản"))
    starts_on = models.DateField(_("từ ngày"), null=True, blank=True)
    ends_on = models.DateField(_("đến trước ngày"), null=True, blank=True)
    name = models.CharField(_("tên"), max_length=2000)
    field = models.CharField(_("lĩnh vực"), max_length=250, blank=True)
    levels = models.CharField(_("cấp thực hiện"), max_length=60, blank=True)
    online = models.CharField(_("trực tuyến"), max_length=4, choices=Online.choices, blank=True)
    sheet = models.JSONField(_("nội dung"), encoder=DjangoJSONEncoder)
    folded = models.TextField(editable=False)
    intake = models.ForeignKey(
        Intake, null=True, blank=True, on_delete=models.PROTECT, related_name="versions"
    )
    added_at = models.DateTimeField(_("thêm lúc"))

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["procedure", "number"]
        verbose_name = _("bản của thủ tục")
        verbose_name_plural = _("các bản của thủ tục")
        indexes = [models.Index(fields=["field", "starts_on"], name="version_field_day")]
        constraints = [
            models.UniqueConstraint(fields=["procedure", "number"], name="version_number_once"),
            models.UniqueConstraint(
                fields=["procedure"], condition=Q(ends_on=None), name="version_one_without_an_end"
            ),
            # One that was amended before it began holds for no day at all; it stays in the history.
            models.CheckConstraint(
                name="version_days_in_order",
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Event(models.Model):
    """One row of a decision: what it does to one procedure, and from which day. Never changed.

    `is_default_day` when the decision was silent and the day is only assumed. `version` is what it made, or what it
    ended when it abolishes; `replaced_by` the procedure that stands in its place.
    """

    PERSONAL_FIELDS = ("by",)

    procedure = models.ForeignKey(
        Procedure, on_delete=models.CASCADE, related_name="events", verbose_name=_("thủ tục")
    )
    decision = models.ForeignKey(
        Decision,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
        verbose_name=_("quyết định"),
    )
    kind = models.CharField(
        _("nội dung"), max_length=8, choices=[(kind.value, words) for kind, words in EVENT_WORDS.items()]
    )
    effective_on = models.DateField(_("hiệu lực từ"))
    is_default_day = models.BooleanField(_("ngày hiệu lực tạm tính"), default=False)
    version = models.ForeignKey(
        Version, null=True, blank=True, on_delete=models.CASCADE, related_name="events"
    )
    replaced_by = models.ForeignKey(
        Procedure,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("thay bằng"),
    )
    source_act = models.CharField(_("văn bản quy định"), max_length=500, blank=True)
    at = models.DateTimeField(_("ghi lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người ghi"),
    )

    class Meta:
        ordering = ["-effective_on", "-pk"]
        verbose_name = _("việc công bố")
        verbose_name_plural = _("việc công bố")
        indexes = [models.Index(fields=["effective_on"], name="event_day")]
        constraints = [
            models.CheckConstraint(
                name="event_replaced_by_only_when_it_ends",
                condition=Q(replaced_by=None) | Q(kind__in=["replace", "abolish"]),
            )
        ]


class Place(models.Model):
    """Where procedures are posted: a board, a kiosk, the commune's page. One that is closed keeps its history."""

    PERSONAL_FIELDS = ()

    class Channel(models.TextChoices):
        BOARD = "board", _("bảng niêm yết")
        KIOSK = "kiosk", _("máy tra cứu")
        PORTAL = "portal", _("trang thông tin điện tử")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="posting_places", verbose_name=_("đơn vị")
    )
    name = models.CharField(_("tên nơi niêm yết"), max_length=150)
    channel = models.CharField(_("hình thức"), max_length=6, choices=Channel.choices)
    is_open = models.BooleanField(_("đang dùng"), default=True)

    class Meta:
        ordering = ["unit", "pk"]
        verbose_name = _("nơi niêm yết")
        verbose_name_plural = _("nơi niêm yết")
        constraints = [models.UniqueConstraint(fields=["unit", "name"], name="place_named_once")]

    def __str__(self) -> str:
        return self.name


class Posting(models.Model):
    """One version of a procedure that hangs, or hung, in one place. Its line in the ledger holds the photo."""

    PERSONAL_FIELDS = ("posted_by", "taken_down_by")

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="postings", verbose_name=_("nơi niêm yết")
    )
    version = models.ForeignKey(
        Version, on_delete=models.PROTECT, related_name="postings", verbose_name=_("bản")
    )
    posted_on = models.DateField(_("niêm yết ngày"))
    line = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="postings",
        verbose_name=_("dòng sổ"),
    )
    posted_at = models.DateTimeField(_("ghi lúc"))
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người niêm yết"),
    )
    taken_down_on = models.DateField(_("gỡ ngày"), null=True, blank=True)
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người gỡ"),
    )
    photo_down = models.ForeignKey(
        Blob,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("ảnh sau khi gỡ"),
    )

    class Meta:
        ordering = ["-posted_on", "-pk"]
        verbose_name = _("lần niêm yết")
        verbose_name_plural = _("lần niêm yết")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "version"], condition=Q(taken_down_on=None), name="posting_hangs_once"
            ),
            models.CheckConstraint(
                name="posting_days_in_order",
                condition=Q(taken_down_on=None) | Q(taken_down_on__gte=F("posted_on")),
            ),
        ]
