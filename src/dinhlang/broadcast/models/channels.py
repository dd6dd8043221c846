"""Accounts on other services, what was sent to them, and what they said of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.channels.rules import ENDED, Service, Standing, State
from dinhlang.org.models import Unit
from dinhlang.org.sealed import SealedTextField
from dinhlang.work.models import Activity, Blob, ReformField, Task


class Channel(models.Model):
    """A unit's account on a service, or a place to which a person copies by hand.

    `remote_id` is the page or account on the service, `remote_name` what it calls itself. Tokens are sealed
    (`org.sealed`). `refreshing_at` is set while one process gets new tokens: a refresh token works once. `login_*` is of a
    person who is on the way to the service to allow us in. Until `rests_until` nothing is called: the service asked for it.
    `longest` is how many characters a place without API takes.
    """

    PERSONAL_FIELDS = ("made_by",)

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="channels", verbose_name=_("đơn vị")
    )
    service = models.CharField(_("dịch vụ"), max_length=10, choices=Service.choices)
    name = models.CharField(_("tên kênh"), max_length=80)
    remote_id = models.CharField(_("mã trang, mã OA"), max_length=64, blank=True)
    remote_name = models.CharField(_("tên trên dịch vụ"), max_length=200, blank=True)
    app_id = models.CharField(_("mã ứng dụng"), max_length=64, blank=True)
    app_secret = SealedTextField(_("khóa bí mật của ứng dụng"), blank=True, default="")
    token = SealedTextField(_("mã truy cập"), blank=True, default="")
    refresh_token = SealedTextField(_("mã làm mới"), blank=True, default="")
    token_until = models.DateTimeField(_("mã truy cập dùng đến"), null=True, blank=True)
    refreshing_at = models.DateTimeField(null=True, blank=True, editable=False)
    login_state = models.CharField(max_length=64, blank=True, editable=False)
    login_verifier = SealedTextField(blank=True, default="")
    login_at = models.DateTimeField(null=True, blank=True, editable=False)
    standing = models.CharField(_("trạng thái"), max_length=8, choices=Standing.choices, default=Standing.NEW)
    why = models.CharField(_("vì sao"), max_length=500, blank=True)
    checked_at = models.DateTimeField(_("kiểm tra lần cuối"), null=True, blank=True)
    rests_until = models.DateTimeField(_("nghỉ đến"), null=True, blank=True)
    with_pictures = models.BooleanField(_("đăng kèm ảnh"), default=False)
    cover = models.CharField(_("ảnh bìa dùng chung"), max_length=500, blank=True)
    longest = models.PositiveIntegerField(_("số ký tự tối đa"), null=True, blank=True)
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người lập"),
    )

    class Meta:
        ordering = ["unit", "service", "name", "pk"]
        verbose_name = _("kênh")
        verbose_name_plural = _("kênh")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"], condition=~Q(standing="closed"), name="channel_name_once"
            ),
            models.CheckConstraint(
                name="channel_broken_says_why", condition=~Q(standing="broken") | ~Q(why="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One version of one thing on one channel: what was to be said, where it stands, and the receipt.

    `source_*` say plainly what another room made it of: which kind of thing, its key there, the digest of its words;
    `approved_*` who approved just those words. Everything that is posted is copied in (`words`, `picture`), so that what
    leaves is what was approved. `mark` stands in the link and finds the post again. `state_at` is since when it stands
    where it stands, `opened_at` since when it is to be sent, `due_at` when the worker looks at it next, `attempted_at` when
    it was first sent since then. `unwanted` is why it must not be there (any more), whatever comes of a pending attempt.
    """

    PERSONAL_FIELDS = ("approved_by", "asked_by", "posted_by", "words")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("đơn vị")
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("kênh")
    )
    source_kind = models.CharField(_("lập từ"), max_length=20)
    source_key = models.CharField(max_length=80)
    source_digest = models.CharField(max_length=64)
    title = models.CharField(_("tiêu đề"), max_length=300)
    words = models.JSONField(_("lời đăng"))
    address = models.CharField(_("địa chỉ bài"), max_length=1000)
    picture = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("ảnh")
    )
    mark = models.CharField(max_length=16, unique=True, editable=False)
    field = models.CharField(_("lĩnh vực CCHC"), max_length=20, choices=ReformField.choices, blank=True)
    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deliveries",
        verbose_name=_("nhiệm vụ"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("người duyệt")
    )
    approved_digest = models.CharField(max_length=64)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người gửi"),
    )
    asked_at = models.DateTimeField(_("giao gửi lúc"))
    opened_at = models.DateTimeField(_("gửi từ lúc"))
    state = models.CharField(_("trạng thái"), max_length=16, choices=State.choices)
    state_at = models.DateTimeField(_("từ lúc"))
    due_at = models.DateTimeField(_("làm tiếp lúc"), null=True, blank=True)
    why = models.CharField(_("vì sao"), max_length=500, blank=True)
    said = models.CharField(_("lời của dịch vụ"), max_length=400, blank=True)
    unwanted = models.CharField(_("lý do gỡ"), max_length=500, blank=True)
    tries = models.PositiveIntegerField(_("số lần gửi"), default=0)
    looks = models.PositiveIntegerField(_("số lần hỏi"), default=0)
    attempted_at = models.DateTimeField(_("gửi lần cuối"), null=True, blank=True)
    handle = models.CharField(max_length=500, blank=True, editable=False)
    remote_id = models.CharField(_("mã trên kênh"), max_length=200, blank=True)
    remote_address = models.CharField(_("địa chỉ trên kênh"), max_length=1000, blank=True)
    published_at = models.DateTimeField(_("đăng lúc"), null=True, blank=True)
    posted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người chép đăng"),
    )
    receipt = models.ForeignKey(
        Blob,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("lời xác nhận của dịch vụ"),
    )
    screenshot = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("ảnh chụp")
    )
    line = models.ForeignKey(
        Activity,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="deliveries",
        verbose_name=_("dòng sổ theo dõi"),
    )
    read_at = models.DateTimeField(_("đọc số liệu lúc"), null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        verbose_name = _("lượt đăng")
        verbose_name_plural = _("lượt đăng")
        indexes = [
            models.Index(fields=["state", "due_at"], name="delivery_due"),
            models.Index(fields=["source_kind", "source_key"], name="delivery_source"),
            models.Index(fields=["unit", "-asked_at"], name="delivery_unit"),
        ]
        constraints = [
            # Once for a version of a thing on a channel; again only after the earlier one is withdrawn.
            models.UniqueConstraint(
                fields=["channel", "source_kind", "source_key", "source_digest"],
                condition=~Q(state__in=sorted(ENDED)),
                name="delivery_once_for_a_version",
            ),
            models.CheckConstraint(
                name="delivery_of_what_was_approved",
                condition=Q(approved_digest=F("source_digest")) & ~Q(source_digest=""),
            ),
            models.CheckConstraint(
                name="delivery_published_with_its_moment",
                condition=~Q(state__in=["published", "withdrawing", "not-withdrawn", "withdrawn"])
                | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="delivery_failed_says_why",
                condition=~Q(state__in=["failed", "not-withdrawn"]) | ~Q(why=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DeliveryStep(models.Model):
    """One thing that happened to a delivery: never changed, so that it can be told afterwards."""

    PERSONAL_FIELDS = ("by", "why")

    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, related_name="steps", verbose_name=_("lượt đăng")
    )
    at = models.DateTimeField(_("lúc"))
    deed = models.CharField(_("việc"), max_length=12)
    state = models.CharField(_("trạng thái sau đó"), max_length=16, choices=State.choices)
    why = models.CharField(_("vì sao"), max_length=500, blank=True)
    said = models.CharField(_("lời của dịch vụ"), max_length=400, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người làm"),
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("bước của lượt đăng")
        verbose_name_plural = _("bước của lượt đăng")


class DeliveryFigure(models.Model):
    """What a service counted of a post, as read on a day; the last reading of a day stands."""

    PERSONAL_FIELDS = ()

    delivery = models.ForeignKey(
        Delivery, on_delete=models.CASCADE, related_name="figures", verbose_name=_("lượt đăng")
    )
    name = models.CharField(_("số liệu"), max_length=12)
    on = models.DateField(_("ngày"))
    value = models.PositiveBigIntegerField(_("giá trị"))

    class Meta:
        ordering = ["delivery", "name", "-on"]
        verbose_name = _("số liệu của lượt đăng")
        verbose_name_plural = _("số liệu của lượt đăng")
        constraints = [
            models.UniqueConstraint(fields=["delivery", "name", "on"], name="delivery_figure_once_a_day")
        ]
