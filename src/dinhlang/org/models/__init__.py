"""What is stored about units, people and what people did.

Dates are half open: `starts_on` is the first day that counts, `ends_on` the first that no longer does.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

from dinhlang.org.models.changes import ChangeDraft, UnitChange, UnitChangeStep
from dinhlang.org.models.dated import EARLIEST_FIRST, Dated, DatedQuerySet, days_in_order
from dinhlang.org.models.links import DecisionLink, HeldLink, link_constraints
from dinhlang.org.models.machine_keys import MachineKey
from dinhlang.org.models.retention import RetentionRun
from dinhlang.org.models.signing import SigningKey, SigningMandate
from dinhlang.org.rules.invitations import LinkState, Purpose, link_state

__all__ = [
    "EARLIEST_FIRST",
    "AuditEntry",
    "AuditHead",
    "CachedValue",
    "ChangeDraft",
    "Dated",
    "DatedQuerySet",
    "DecisionLink",
    "HeldLink",
    "Invitation",
    "MachineKey",
    "Person",
    "Position",
    "ReportingLine",
    "RetentionRun",
    "SigningKey",
    "SigningMandate",
    "Unit",
    "UnitChange",
    "UnitChangeStep",
    "UnitName",
    "UnitPlacement",
    "UnitSuccession",
    "days_in_order",
    "link_constraints",
]


class Unit(models.Model):
    """A body with an identity of its own. Names, place and parent change; the id never does.

    Ids are readable and chosen once ('nam-trung'); present-day communes carry their official code
    ('tran-phu-10633') because their names repeat.
    """

    PERSONAL_FIELDS = ()

    class Level(models.TextChoices):
        NATION = "nation", "trung ương"
        PROVINCE = "province", "cấp tỉnh"
        DISTRICT = "district", "cấp huyện"
        COMMUNE = "commune", "cấp xã"
        HAMLET = "hamlet", "thôn, tổ dân phố"
        DEPARTMENT = "department", "phòng, ban, bộ phận"

    id = models.SlugField("mã đơn vị", primary_key=True, max_length=80)
    level = models.CharField("cấp", max_length=12, choices=Level.choices)
    official_code = models.CharField("mã hành chính", max_length=12, blank=True, db_index=True)
    starts_on = models.DateField("thành lập ngày", null=True, blank=True)
    ends_on = models.DateField("kết thúc ngày", null=True, blank=True)
    is_demo = models.BooleanField("đơn vị minh họa", default=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name = "đơn vị"
        verbose_name_plural = "đơn vị"
        constraints = [days_in_order("unit_days_in_order")]

    def __str__(self) -> str:
        return self.id


class UnitName(Dated):
    """How a unit was called for a time: kind 'xã', name 'Nam Trung', full 'xã Nam Trung'.

    A name taken from a person, a number or an event keeps its kind in the place of a letterhead
    ('Xã Trần Phú, ngày …'; NĐ 30/2020/NĐ-CP, Phụ lục I).
    """

    PERSONAL_FIELDS = ()

    class NamedAfter(models.TextChoices):
        PERSON = "person", "tên người"
        NUMBER = "number", "chữ số"
        EVENT = "event", "sự kiện lịch sử"

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="names", verbose_name="đơn vị")
    kind = models.CharField("loại đơn vị", max_length=30, blank=True)
    name = models.CharField("tên", max_length=120)
    folded = models.CharField(max_length=160, db_index=True, editable=False)
    named_after = models.CharField("đặt theo", max_length=6, choices=NamedAfter.choices, blank=True)

    class Meta(Dated.Meta):
        ordering = ["unit", EARLIEST_FIRST]
        verbose_name = "tên đơn vị"
        verbose_name_plural = "tên đơn vị"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "starts_on"], name="unit_name_one_from_a_day"),
        ]

    def __str__(self) -> str:
        return self.full

    @property
    def full(self) -> str:
        return f"{self.kind} {self.name}".strip()


class UnitPlacement(Dated):
    """Which unit another one stood under for a time."""

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="placements", verbose_name="đơn vị")
    parent = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="children_placements", verbose_name="đơn vị cấp trên"
    )

    class Meta(Dated.Meta):
        ordering = ["unit", EARLIEST_FIRST]
        verbose_name = "vị trí trong hệ thống"
        verbose_name_plural = "vị trí trong hệ thống"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["unit", "starts_on"], name="unit_placement_one_from_a_day"),
        ]


class UnitSuccession(models.Model):
    """Which unit took over from which, by what instrument. Old facts stay with the old unit.

    `share` is the part that the successor took: the whole when it is empty, unless only a part is known to have gone
    (`is_partial`) and nobody said how much.
    """

    PERSONAL_FIELDS = ()

    class Reason(models.TextChoices):
        MERGED = "merged", "sáp nhập"
        SPLIT = "split", "chia tách"
        RENAMED = "renamed", "đổi tên"
        REPLACED = "replaced", "thay thế"

    predecessor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="precessions")
    reason = models.CharField("lý do", max_length=10, choices=Reason.choices)
    is_partial = models.BooleanField("chỉ một phần", default=False)
    share = models.DecimalField("tỷ lệ", max_digits=9, decimal_places=8, null=True, blank=True)
    takes_effect_on = models.DateField("có hiệu lực ngày")
    legal_basis = models.CharField("căn cứ", max_length=200)
    is_confirmed = models.BooleanField("đã đối chiếu văn bản", default=True)

    class Meta:
        ordering = ["takes_effect_on"]
        verbose_name = "kế thừa"
        verbose_name_plural = "kế thừa"
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "takes_effect_on"], name="succession_once"
            ),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="succession_of_another"),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gt=0, share__lte=1), name="succession_share_of_one"
            ),
        ]


class ReportingLine(Dated):
    """To whom a unit reports for a programme: data of its own, not the tree of placement."""

    PERSONAL_FIELDS = ()

    programme = models.CharField("chương trình", max_length=40, default="cchc-tuyen-truyen")
    unit = models.ForeignKey(
        Unit, on_delete=models.CASCADE, related_name="reporting_lines", verbose_name="đơn vị"
    )
    recipient = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="reporting_from", verbose_name="nơi nhận"
    )
    recipient_name = models.CharField("ghi trên văn bản", max_length=120, blank=True)

    class Meta(Dated.Meta):
        ordering = ["unit", EARLIEST_FIRST]
        verbose_name = "tuyến báo cáo"
        verbose_name_plural = "tuyến báo cáo"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["unit", "programme", "starts_on"], name="reporting_line_one_from_a_day"
            ),
        ]


class Person(AbstractUser):
    """Someone who signs in. What they may do follows from their positions, not from this row."""

    PERSONAL_FIELDS = ("username", "full_name", "email", "last_login")

    # Vietnamese names are one string, family name first; there is nothing to cut them into.
    first_name = last_name = None  # type: ignore[assignment]
    full_name = models.CharField("họ và tên", max_length=120)

    class Meta:
        ordering = ["username"]
        verbose_name = "cán bộ"
        verbose_name_plural = "cán bộ"

    def __str__(self) -> str:
        return self.full_name or self.username

    def get_full_name(self) -> str:
        return self.full_name or self.username

    @property
    def is_awaited(self) -> bool:
        """Whether the person was invited and has not come yet. Somebody locked out has a passphrase."""
        return not self.is_active and not self.has_usable_password()


class Position(Dated):
    """A person's post in a unit for a time; it gives a role there (see `rules.ROLES`)."""

    PERSONAL_FIELDS = ("person", "title")

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="positions", verbose_name="cán bộ"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions", verbose_name="đơn vị")
    role = models.CharField("vai trò", max_length=30)
    title = models.CharField("chức danh", max_length=120)

    class Meta(Dated.Meta):
        ordering = ["person", EARLIEST_FIRST]
        verbose_name = "chức vụ"
        verbose_name_plural = "chức vụ"
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                fields=["person", "unit", "role", "starts_on"], name="position_one_from_a_day"
            ),
        ]


class Invitation(models.Model):
    """A link that lets one person choose a passphrase, once: the first one, or a new one for who forgot theirs.

    Only the hash of its secret is stored; whoever made the link has seen it once.
    """

    PERSONAL_FIELDS = ("person", "made_by")

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="invitations", verbose_name="cán bộ"
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    purpose = models.CharField(
        "để làm gì", max_length=10, choices=[(each.value, each.value) for each in Purpose]
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="người mời"
    )
    made_at = models.DateTimeField("lập lúc")
    expires_at = models.DateTimeField("hết hạn lúc")
    used_at = models.DateTimeField("dùng lúc", null=True)
    revoked_at = models.DateTimeField("thu hồi lúc", null=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "lời mời"
        verbose_name_plural = "lời mời"
        constraints = link_constraints("invitation")

    def state(self, at: datetime) -> LinkState:
        return link_state(at, expires_at=self.expires_at, used_at=self.used_at, revoked_at=self.revoked_at)


class AuditEntry(models.Model):
    """One thing a person did, chained to what was done before in the same unit (`rules.chain`).

    Rows are only added: the database refuses the rest.
    """

    PERSONAL_FIELDS = ("by", "detail")

    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="người làm"
    )
    unit = models.ForeignKey(
        Unit, null=True, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị"
    )
    action = models.CharField("việc", max_length=60)
    target = models.CharField("đối tượng", max_length=120)
    detail = models.JSONField("chi tiết", default=dict)
    number = models.PositiveBigIntegerField("số trong chuỗi")
    previous_hash = models.CharField("mã của dòng trước", max_length=64, blank=True)
    entry_hash = models.CharField("mã của dòng", max_length=64)

    class Meta:
        ordering = ["-id"]
        verbose_name = "nhật ký thao tác"
        verbose_name_plural = "nhật ký thao tác"
        constraints = [
            models.UniqueConstraint(fields=["unit", "number"], name="audit_number_once_in_a_unit"),
            models.UniqueConstraint(
                fields=["number"], condition=Q(unit=None), name="audit_number_once_without_a_unit"
            ),
        ]


class AuditHead(models.Model):
    """The end of a unit's chain of audit entries. It only ever counts up, by one: the database refuses the rest."""

    PERSONAL_FIELDS = ()

    chain = models.CharField("chuỗi", primary_key=True, max_length=80)
    count = models.PositiveBigIntegerField("số dòng", default=0)
    last_hash = models.CharField("mã của dòng cuối", max_length=64, blank=True)

    class Meta:
        verbose_name = "đầu chuỗi nhật ký"
        verbose_name_plural = "đầu chuỗi nhật ký"


class CachedValue(models.Model):
    """The table of Django's cache: counts of failed sign-ins, codes of a second factor already used.

    In the database so that several web processes share it without a server of its own. The columns are
    Django's (`DatabaseCache`); rows are deleted when they expire.
    """

    PERSONAL_FIELDS = ("cache_key",)

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)
