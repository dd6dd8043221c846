"""Bulletins, their editions, and the way of each over the board."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dinhlang.broadcast.rules.kinds import Kind, Language, Priority, Source
from dinhlang.broadcast.rules.states import Deed, State
from dinhlang.broadcast.rules.words import NAME_LENGTH, TITLE_LENGTH
from dinhlang.org.models import HeldLink, Unit, link_constraints
from dinhlang.work.models import Blob, ReformField, Task


class Bulletin(models.Model):
    """One thing that is read out or played.

    `approved` is the edition that may be aired, `draft` the one in work; the same while nothing is being changed. From
    `valid_from` to `valid_until`, both included, it may be aired. `made_from_*` say plainly what another room made it
    from: which kind of thing, its key there, the digest of its words. `sender`, `reference` and `sender_key` are of one
    that came from above. `original` is the bulletin that this one says in another language.
    """

    PERSONAL_FIELDS = ("author", "approved_by")

    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="bulletins", verbose_name=_("đơn vị")
    )
    kind = models.CharField(_("thể loại"), max_length=12, choices=Kind.choices, default=Kind.NEWS)
    priority = models.PositiveSmallIntegerField(
        _("mức ưu tiên"), choices=Priority.choices, default=Priority.ORDINARY
    )
    source = models.CharField(_("nguồn"), max_length=12, choices=Source.choices, default=Source.OWN)
    language = models.CharField(
        _("ngôn ngữ"), max_length=3, choices=Language.choices, default=Language.VIETNAMESE
    )
    original = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="in_other_languages",
        verbose_name=_("bản tin gốc"),
    )
    field = models.CharField(_("lĩnh vực CCHC"), max_length=20, choices=ReformField.choices, blank=True)
    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="bulletins",
        verbose_name=_("nhiệm vụ"),
    )
    valid_from = models.DateField(_("phát từ ngày"), null=True, blank=True)
    valid_until = models.DateField(_("phát đến hết ngày"), null=True, blank=True)
    state = models.CharField(_("trạng thái"), max_length=10, choices=State.choices, default=State.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="bulletins_written",
        verbose_name=_("người soạn"),
    )
    made_from_kind = models.CharField(_("lập từ"), max_length=20, blank=True)
    made_from_key = models.CharField(max_length=80, blank=True)
    made_from_digest = models.CharField(max_length=64, blank=True)
    made_from_title = models.CharField(_("tên bài gốc"), max_length=300, blank=True)
    sender = models.CharField(_("nơi gửi"), max_length=200, blank=True)
    reference = models.CharField(_("số, ký hiệu"), max_length=120, blank=True)
    sender_key = models.CharField(max_length=120, blank=True)
    approved = models.ForeignKey(
        "broadcast.BulletinEdition",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("bản được phát"),
    )
    draft = models.ForeignKey(
        "broadcast.BulletinEdition",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("bản đang soạn"),
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người duyệt"),
    )
    withdrawn_at = models.DateTimeField(_("gỡ lúc"), null=True, blank=True)
    withdrawn_why = models.CharField(_("lý do gỡ"), max_length=500, blank=True)
    made_at = models.DateTimeField(_("lập lúc"))
    changed_at = models.DateTimeField(_("sửa lúc"))

    class Meta:
        ordering = ["-changed_at", "-pk"]
        verbose_name = _("bản tin phát thanh")
        verbose_name_plural = _("bản tin phát thanh")
        indexes = [
            models.Index(fields=["unit", "state", "-changed_at"], name="bulletin_unit_state"),
            models.Index(fields=["made_from_kind", "made_from_key"], name="bulletin_made_from"),
        ]
        constraints = [
            models.CheckConstraint(
                name="bulletin_validity_in_order",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="bulletin_approved_has_an_edition",
                condition=~Q(state="approved") | Q(approved__isnull=False),
            ),
            models.CheckConstraint(
                name="bulletin_withdrawn_with_a_reason",
                condition=Q(withdrawn_at=None, withdrawn_why="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawn_why=""),
            ),
            # The same message of the same sender is taken in once.
            models.UniqueConstraint(
                fields=["unit", "sender", "sender_key"],
                condition=~Q(sender_key=""),
                name="bulletin_taken_in_once",
            ),
        ]

    def __str__(self) -> str:
        edition = self.draft or self.approved
        return edition.title if edition is not None else ""


class BulletinEdition(models.Model):
    """The words of a bulletin at one moment. An approved one never changes: the database refuses it.

    `seconds` is how long it is: of its recording, else as read at the station's rate. `version` counts the times a draft
    was saved. `digest` says what was approved (`rules.words.digest`); speech that is made of a script is kept by it.
    """

    PERSONAL_FIELDS = ("writer", "reader", "made_by", "changed_by")

    bulletin = models.ForeignKey(
        Bulletin, on_delete=models.CASCADE, related_name="editions", verbose_name=_("bản tin")
    )
    number = models.PositiveIntegerField(_("bản số"))
    title = models.CharField(_("tiêu đề"), max_length=TITLE_LENGTH)
    script = models.TextField(_("lời đọc"), blank=True)
    writer = models.CharField(_("tác giả"), max_length=NAME_LENGTH, blank=True)
    reader = models.CharField(_("người đọc"), max_length=NAME_LENGTH, blank=True)
    recording = models.ForeignKey(
        Blob,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("bản ghi âm"),
    )
    recording_seconds = models.PositiveIntegerField(_("độ dài bản ghi (giây)"), null=True, blank=True)
    seconds = models.PositiveIntegerField(_("thời lượng (giây)"), default=0)
    folded = models.TextField(editable=False, blank=True)
    version = models.PositiveIntegerField(default=1, editable=False)
    made_at = models.DateTimeField(_("lập lúc"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người lập"),
    )
    changed_at = models.DateTimeField(_("sửa lúc"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người sửa"),
    )
    approved_at = models.DateTimeField(_("duyệt lúc"), null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["bulletin", "-number"]
        verbose_name = _("bản của bản tin")
        verbose_name_plural = _("bản của bản tin")
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "number"], name="bulletin_edition_once"),
            models.CheckConstraint(
                name="bulletin_edition_approved_with_digest",
                condition=Q(approved_at=None, digest="") | Q(approved_at__isnull=False) & ~Q(digest=""),
            ),
            models.CheckConstraint(
                name="bulletin_recording_with_its_length",
                condition=Q(recording=None, recording_seconds=None)
                | Q(recording__isnull=False, recording_seconds__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BulletinStep(models.Model):
    """One act of the board about a bulletin: who, when, what, why; with which link, where it was one. Never changed."""

    PERSONAL_FIELDS = ("by", "reason")

    bulletin = models.ForeignKey(
        Bulletin, on_delete=models.PROTECT, related_name="steps", verbose_name=_("bản tin")
    )
    edition = models.ForeignKey(
        BulletinEdition, null=True, on_delete=models.PROTECT, related_name="steps", verbose_name=_("bản")
    )
    deed = models.CharField(_("việc"), max_length=12, choices=Deed.choices)
    state = models.CharField(_("trạng thái sau đó"), max_length=10, choices=State.choices)
    reason = models.CharField(_("lý do, ghi chú"), max_length=500, blank=True)
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người làm"),
    )
    link = models.ForeignKey(
        "broadcast.BulletinLink",
        null=True,
        on_delete=models.PROTECT,
        related_name="steps",
        verbose_name=_("đường dẫn duyệt"),
    )

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("bước xử lý bản tin")
        verbose_name_plural = _("bước xử lý bản tin")
        constraints = [
            models.CheckConstraint(
                name="bulletin_step_with_a_reason",
                condition=~Q(deed__in=["return", "withdraw"]) | ~Q(reason=""),
            )
        ]


class BulletinLink(HeldLink):
    """A link by which one approver decides about one bulletin on a phone, once."""

    PERSONAL_FIELDS = ("approver", "made_by")

    bulletin = models.ForeignKey(
        Bulletin, on_delete=models.PROTECT, related_name="links", verbose_name=_("bản tin")
    )

    class Meta(HeldLink.Meta):
        constraints = link_constraints("bulletin_link")
