"""What is stored about plans, tasks, the ledger and its evidence.

The ledger (`Activity` with its `Measure` and `Evidence` rows, and `Reversal`) is append-only: the database
itself refuses to change or delete a line (see the migration `ledger_append_only`). `DailyFact` is only a
fold over the ledger, kept beside it for speed; it can be thrown away and rebuilt.
"""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit


class ActivityKind(models.TextChoices):
    """The eight channels of NĐ 49/2024/NĐ-CP, then what a commune does besides."""

    RADIO = "radio", "Đài truyền thanh cấp xã"
    BOARD = "board", "Bảng tin công cộng"
    BULLETIN = "bulletin", "Bản tin thông tin cơ sở"
    LEAFLET = "leaflet", "Tài liệu không kinh doanh"
    SPEAKER = "speaker", "Tuyên truyền viên trực tiếp"
    WEBSITE = "website", "Cổng, trang thông tin điện tử"
    SOCIAL = "social", "Mạng xã hội, ứng dụng nhắn tin"
    MESSAGE = "message", "Tin nhắn viễn thông"
    MEETING = "meeting", "Hội nghị, cuộc họp"
    GUIDANCE = "guidance", "Hướng dẫn tại bộ phận một cửa"
    TRAINING = "training", "Tập huấn, bồi dưỡng"
    CONTEST = "contest", "Cuộc thi tìm hiểu"
    POSTING = "posting", "Niêm yết thủ tục hành chính"
    ONESTOP = "onestop", "Kết quả tại bộ phận một cửa"


class ReformField(models.TextChoices):
    """The six contents of NQ 76/NQ-CP of 15/7/2021, and steering."""

    INSTITUTIONS = "the-che", "Cải cách thể chế"
    PROCEDURES = "thu-tuc", "Cải cách thủ tục hành chính"
    ORGANISATION = "bo-may", "Cải cách tổ chức bộ máy"
    CIVIL_SERVICE = "cong-vu", "Cải cách chế độ công vụ"
    FINANCE = "tai-chinh-cong", "Cải cách tài chính công"
    DIGITAL = "chinh-quyen-so", "Xây dựng, phát triển chính quyền số"
    STEERING = "chi-dao", "Chỉ đạo, điều hành"


class Exactness(models.TextChoices):
    """How exactly a number is known, in the words of reports."""

    EXACT = "", "đúng"
    MORE_THAN = "hơn", "hơn"
    OVER = "trên", "trên"
    NEARLY = "gần", "gần"
    ABOUT = "khoảng", "khoảng"
    AT_LEAST = "ít nhất", "ít nhất"


class Basis(models.TextChoices):
    """What a count rests on."""

    EVENT = "su-kien", "Ghi từng lần"
    BOOK = "so", "Theo sổ"
    SYSTEM = "he-thong", "Hệ thống tự đếm"
    ESTIMATE = "uoc-tinh", "Ước tính"


class Blob(models.Model):
    """A stored file, known by what it contains. The bytes lie under the data folder, never in the database."""

    PERSONAL_FIELDS = ()

    sha256 = models.CharField(primary_key=True, max_length=64)
    size = models.PositiveBigIntegerField("kích thước (byte)")
    media_type = models.CharField("kiểu tệp", max_length=120)
    stored_at = models.DateTimeField("lưu lúc")

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"


class Picture(models.Model):
    """What was measured of a stored photo: its size, a small copy for lists, and how it looks (see `photos`)."""

    PERSONAL_FIELDS = ("thumbnail", "fingerprint")

    blob = models.OneToOneField(
        Blob, primary_key=True, on_delete=models.CASCADE, related_name="picture", verbose_name=_("ảnh")
    )
    width = models.PositiveIntegerField(_("rộng"))
    height = models.PositiveIntegerField(_("cao"))
    thumbnail = models.ForeignKey(
        Blob, on_delete=models.PROTECT, related_name="+", verbose_name=_("ảnh thu nhỏ")
    )
    fingerprint = models.CharField(_("dấu nhận dạng"), max_length=16, blank=True)

    class Meta:
        verbose_name = _("ảnh")
        verbose_name_plural = _("ảnh")


class Plan(models.Model):
    """A year's plan of one unit, as its document says."""

    PERSONAL_FIELDS = ("document", "created_by")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans", verbose_name="đơn vị")
    year = models.PositiveSmallIntegerField("năm")
    programme = models.CharField("chương trình", max_length=40, default="cchc-tuyen-truyen")
    title = models.TextField("trích yếu")
    number = models.CharField("số", max_length=20, blank=True)
    symbol = models.CharField("ký hiệu", max_length=40, blank=True)
    issued_on = models.DateField("ngày ban hành", null=True, blank=True)
    source = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name="tệp gốc"
    )
    source_name = models.CharField("tên tệp gốc", max_length=255, blank=True)
    document = models.JSONField("nội dung đã đọc", default=dict)
    bases = models.JSONField("căn cứ", default=list, blank=True)
    rolled_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="rolled_to",
        verbose_name="lập từ kế hoạch",
    )
    version = models.PositiveIntegerField("lần sửa", default=1)
    created_at = models.DateTimeField("tạo lúc")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người tạo",
    )

    class Meta:
        ordering = ["-year", "unit"]
        verbose_name = "kế hoạch"
        verbose_name_plural = "kế hoạch"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "source"], condition=Q(source__isnull=False), name="plan_source_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanDraft(models.Model):
    """A plan that is only proposed: read from a document, or rolled over, and not yet confirmed.

    `proposal` holds each value with its place in `source_text` (see `proposal`), and what was decided about it.
    Nothing of it is in any plan until someone confirms; then the row goes. One left alone is swept.
    """

    PERSONAL_FIELDS = ("source_text", "proposal", "document", "created_by", "changed_by")

    class Origin(models.TextChoices):
        DOCUMENT = "document", _("đọc từ văn bản")
        ROLLOVER = "rollover", _("lập từ kế hoạch năm trước")

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="plan_drafts")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    source = models.ForeignKey(Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source_name = models.CharField(max_length=255, blank=True)
    rolled_from = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    source_text = models.TextField()
    document = models.JSONField(default=dict)
    proposal = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["-changed_at"]
        verbose_name = _("bản đề xuất kế hoạch")
        verbose_name_plural = _("bản đề xuất kế hoạch")
        indexes = [models.Index(fields=["changed_at"], name="plan_draft_age")]


class CalendarFeed(models.Model):
    """A calendar that a person's own phone or mail program may fetch without signing in.

    The address is derived from `key` and the secret of the installation (see `calendars`), so that this table
    alone opens no calendar. A new key makes the old address void.
    """

    PERSONAL_FIELDS = ("person",)

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    only_own = models.BooleanField(_("chỉ việc tôi chủ trì"), default=False)
    name = models.CharField(max_length=32, unique=True, editable=False)
    key = models.CharField(max_length=64, editable=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["person", "unit", "only_own"]
        verbose_name = _("địa chỉ lịch")
        verbose_name_plural = _("địa chỉ lịch")
        constraints = [
            models.UniqueConstraint(fields=["person", "unit", "only_own"], name="calendar_feed_once")
        ]


class Task(models.Model):
    """A row of the plan's appendix. The schedule keeps its own words; `schedule` holds how they were read."""

    PERSONAL_FIELDS = ()

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks", verbose_name="kế hoạch")
    position = models.PositiveSmallIntegerField("thứ tự")
    ordinal = models.CharField("STT", max_length=10, blank=True)
    text = models.TextField("nhiệm vụ")
    product = models.TextField("sản phẩm, kết quả", blank=True)
    lead = models.TextField("cơ quan chủ trì", blank=True)
    cooperating = models.TextField("cơ quan phối hợp", blank=True)
    schedule_text = models.TextField("thời gian thực hiện", blank=True)
    schedule = models.JSONField("thời gian đã đọc", default=dict)
    watch_months = models.PositiveSmallIntegerField("nhịp theo dõi (tháng)", null=True, blank=True)
    expected_kinds = models.JSONField("loại hoạt động mong đợi", default=list, blank=True)

    class Meta:
        ordering = ["plan", "position"]
        verbose_name = "nhiệm vụ"
        verbose_name_plural = "nhiệm vụ"
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="task_position_once")]

    def __str__(self) -> str:
        return self.text


class Assignment(models.Model):
    """What section III of the plan asks of one unit: one row for each duty."""

    PERSONAL_FIELDS = ()

    plan = models.ForeignKey(
        Plan, on_delete=models.CASCADE, related_name="assignments", verbose_name="kế hoạch"
    )
    position = models.PositiveSmallIntegerField("thứ tự")
    unit_text = models.TextField("đơn vị được giao")
    duty = models.TextField("nội dung giao")

    class Meta:
        ordering = ["plan", "position"]
        verbose_name = "phân công"
        verbose_name_plural = "phân công"


class Occurrence(models.Model):
    """One time a task is due: the span in which the work counts, and the working day by which it is due."""

    PERSONAL_FIELDS = ()

    task = models.ForeignKey(
        Task, on_delete=models.CASCADE, related_name="occurrences", verbose_name="nhiệm vụ"
    )
    number = models.PositiveSmallIntegerField("kỳ")
    starts_on = models.DateField("từ ngày")
    ends_on = models.DateField("đến ngày")
    due_on = models.DateField("hạn")
    needed = models.PositiveSmallIntegerField("số lần", default=1)
    is_watch = models.BooleanField("nhịp theo dõi, không phải hạn", default=False)

    class Meta:
        ordering = ["task", "number"]
        verbose_name = "kỳ thực hiện"
        verbose_name_plural = "kỳ thực hiện"
        constraints = [models.UniqueConstraint(fields=["task", "number"], name="occurrence_once")]


class Batch(models.Model):
    """Something done to many lines of a ledger at once, so that it can be undone as a whole.

    The lines that it wrote or reversed and the evidence that it brought point to it. Never changed: undoing is a
    batch of its own that says which one it undoes.
    """

    PERSONAL_FIELDS = ("note", "by")

    class Deed(models.TextChoices):
        REVERSE = "reverse", _("Hủy ghi")
        AMEND = "amend", _("Sửa phân loại")
        EVIDENCE = "evidence", _("Thêm minh chứng")
        IMPORT = "import", _("Nhập tệp")
        UNDO = "undo", _("Hoàn tác")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name=_("đơn vị"))
    deed = models.CharField(_("việc"), max_length=10, choices=Deed.choices)
    note = models.CharField(_("lý do"), max_length=500, blank=True)
    lines = models.PositiveIntegerField(_("số dòng"))
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người làm"),
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("thao tác hàng loạt")
        verbose_name_plural = _("thao tác hàng loạt")


class Import(models.Model):
    """A file of activities that was taken in, so that the same file is not taken in twice unless it was undone."""

    PERSONAL_FIELDS = ("name", "by")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", verbose_name="đơn vị")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name="tệp")
    name = models.CharField("tên tệp", max_length=255)
    rows = models.PositiveIntegerField("số dòng")
    batch = models.OneToOneField(Batch, null=True, on_delete=models.PROTECT, related_name="taken_in")
    is_undone = models.BooleanField(_("đã hoàn tác"), default=False)
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người nhập",
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = "lần nhập tệp"
        verbose_name_plural = "lần nhập tệp"
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "blob"], condition=Q(is_undone=False), name="import_once_unless_undone"
            )
        ]


class Activity(models.Model):
    """One line of the ledger: something that was done, by which unit, on which day. Never changed.

    `uid` comes from whoever records it, so that a line sent twice is stored once. `line_hash` is the SHA-256
    of the line's content (see `rules.line_hash`); facts and issued reports pin it. `folded` is title and note
    without marks, for search. `instead_of` is the reversed line that this one stands for.
    """

    PERSONAL_FIELDS = ("title", "note", "recorded_by")

    uid = models.UUIDField("mã", unique=True, default=uuid.uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="activities", verbose_name="đơn vị")
    kind = models.CharField("loại hoạt động", max_length=12, choices=ActivityKind.choices)
    happened_on = models.DateField("ngày thực hiện")
    title = models.CharField("nội dung", max_length=500)
    task = models.ForeignKey(
        Task,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="activities",
        verbose_name="nhiệm vụ",
    )
    reform_field = models.CharField("lĩnh vực CCHC", max_length=20, choices=ReformField.choices, blank=True)
    basis = models.CharField("căn cứ đếm", max_length=12, choices=Basis.choices, default=Basis.EVENT)
    note = models.TextField("ghi chú", blank=True)
    folded = models.TextField(editable=False)
    imported_from = models.ForeignKey(
        Import, null=True, blank=True, on_delete=models.PROTECT, related_name="activities"
    )
    instead_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="successors",
        verbose_name=_("thay cho dòng"),
    )
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="written")
    recorded_at = models.DateTimeField("ghi lúc")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người ghi",
    )
    line_hash = models.CharField(max_length=64, editable=False)

    class Meta:
        ordering = ["-happened_on", "-id"]
        indexes = [
            # A report counts lines by kind and by field over a window: answered from the index alone.
            models.Index(fields=["unit", "happened_on", "kind", "reform_field"], name="activity_unit_day"),
            models.Index(fields=["task", "happened_on"], name="activity_task_day"),
        ]
        verbose_name = "hoạt động"
        verbose_name_plural = "sổ theo dõi"

    def __str__(self) -> str:
        return self.title


class Measure(models.Model):
    """One counter of a line: so many of one concept, known so exactly."""

    PERSONAL_FIELDS = ()

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="measures")
    concept = models.CharField("chỉ tiêu", max_length=40)
    value = models.PositiveBigIntegerField("số lượng")
    exactness = models.CharField("độ chính xác", max_length=10, choices=Exactness.choices, blank=True)

    class Meta:
        ordering = ["activity", "concept"]
        constraints = [models.UniqueConstraint(fields=["activity", "concept"], name="measure_once")]


class Evidence(models.Model):
    """What shows that a line is true: a stored file or photo, or a link."""

    PERSONAL_FIELDS = ("blob", "caption", "added_by")

    class Kind(models.TextChoices):
        FILE = "file", "tệp"
        PHOTO = "photo", "ảnh"
        LINK = "link", "đường dẫn"

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="evidence", verbose_name="hoạt động"
    )
    kind = models.CharField("loại", max_length=6, choices=Kind.choices)
    blob = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence", verbose_name="tệp"
    )
    url = models.URLField("đường dẫn", max_length=1000, blank=True)
    caption = models.CharField("chú thích", max_length=300, blank=True)
    batch = models.ForeignKey(Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence")
    added_at = models.DateTimeField("thêm lúc")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["id"]
        verbose_name = "minh chứng"
        verbose_name_plural = "minh chứng"
        constraints = [
            models.CheckConstraint(
                name="evidence_is_a_file_or_a_link",
                condition=Q(kind="link", blob=None) & ~Q(url="")
                | Q(kind__in=["file", "photo"], blob__isnull=False, url=""),
            ),
        ]


class Reversal(models.Model):
    """Takes a line out of the count, with the reason. The line itself stays."""

    PERSONAL_FIELDS = ("reason", "by")

    activity = models.OneToOneField(
        Activity, on_delete=models.PROTECT, related_name="reversal", verbose_name="hoạt động"
    )
    reason = models.CharField("lý do", max_length=500)
    batch = models.ForeignKey(
        Batch, null=True, blank=True, on_delete=models.PROTECT, related_name="reversals"
    )
    at = models.DateTimeField("lúc")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="người hủy",
    )

    class Meta:
        verbose_name = "hủy ghi"
        verbose_name_plural = "hủy ghi"
        constraints = [models.CheckConstraint(name="reversal_has_a_reason", condition=~Q(reason=""))]


class KeptBoth(models.Model):
    """Two lines that look alike, and someone who knows says that they are two acts. `first` is the older line."""

    PERSONAL_FIELDS = ("by",)

    first = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người xác nhận"),
    )

    class Meta:
        verbose_name = _("cặp dòng giữ cả hai")
        verbose_name_plural = _("cặp dòng giữ cả hai")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="kept_both_once"),
            models.CheckConstraint(name="kept_both_in_order", condition=Q(first__lt=models.F("second"))),
        ]


class DailyFact(models.Model):
    """The fold of one concept over one unit's lines of one day (ADR 0005).

    `digest` is the sum of the lines' hashes modulo 2^256, in hex: it changes when any line behind the total
    changes, and can be kept up line by line in any order. A task is folded too, under `rules.task_concept`.
    """

    PERSONAL_FIELDS = ()

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    concept = models.CharField(max_length=40)
    day = models.DateField()
    total = models.BigIntegerField()
    lines = models.PositiveIntegerField()
    inexact_lines = models.PositiveIntegerField(default=0)
    unevidenced_lines = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "concept", "day"], name="daily_fact_once")]
