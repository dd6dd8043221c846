"""Editions: the words, pictures and documents of an item as they were at one moment."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.portal.models.items import Item
from dinhlang.portal.newsroom.rules.states import Change
from dinhlang.work.models import Blob

TITLE_LENGTH = 200
LEAD_LENGTH = 500
ALTERNATIVE_LENGTH = 300


class Edition(models.Model):
    """The words of an item at one moment. One that was published never changes: the database refuses it.

    `body` is HTML of a small white list, cleaned on the way in (`newsroom.rules.body`). `version` counts the times a
    draft was saved, so that two people who write at once notice. `change` and `note` say what is new against the
    edition before, `note` in words that everyone reads. `folded` is all its words without marks, for search.
    Of an event `starts_at`, `ends_at` and `place` are filled, of a question `question`, of an audio item `recording`.
    """

    PERSONAL_FIELDS = ("byline", "made_by", "changed_by", "question")

    item = models.ForeignKey(
        Item, on_delete=models.CASCADE, related_name="editions", verbose_name=_("tin, bài")
    )
    number = models.PositiveIntegerField(_("bản số"))
    title = models.CharField(_("tiêu đề"), max_length=TITLE_LENGTH, blank=True)
    lead = models.CharField(_("tóm tắt"), max_length=LEAD_LENGTH, blank=True)
    body = models.TextField(_("nội dung"), blank=True)
    byline = models.CharField(_("tác giả"), max_length=120, blank=True)
    source = models.CharField(_("nguồn"), max_length=200, blank=True)
    source_url = models.CharField(_("địa chỉ nguồn"), max_length=1000, blank=True)
    question = models.TextField(_("câu hỏi"), blank=True)
    starts_at = models.DateTimeField(_("bắt đầu"), null=True, blank=True)
    ends_at = models.DateTimeField(_("kết thúc"), null=True, blank=True)
    place = models.CharField(_("địa điểm"), max_length=200, blank=True)
    recording = models.ForeignKey(
        Blob,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("tệp âm thanh"),
    )
    change = models.CharField(_("thay đổi"), max_length=10, choices=Change.choices, blank=True)
    note = models.CharField(_("nội dung thay đổi"), max_length=500, blank=True)
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
    published_at = models.DateTimeField(_("đăng lúc"), null=True, blank=True)
    # SHA-256 of all it says, with pictures and documents, as it was when published (`newsroom.queries.digest_of`).
    digest = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["item", "-number"]
        verbose_name = _("bản tin")
        verbose_name_plural = _("bản tin")
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="edition_number_once"),
            models.CheckConstraint(
                name="edition_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gte=models.F("starts_at")),
            ),
            models.CheckConstraint(
                name="edition_published_with_a_title",
                condition=Q(published_at=None) | ~Q(title="") & ~Q(digest=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SavedWords(models.Model):
    """The words of a draft as they were saved at one version: what two people's changes are put together against.

    Rows go when the edition is published: from then on it is its own witness.
    """

    PERSONAL_FIELDS = ("words", "by")

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="saves", verbose_name=_("bản tin")
    )
    version = models.PositiveIntegerField(_("lần lưu"))
    words = models.JSONField(_("các ô"))
    at = models.DateTimeField(_("lúc"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người sửa"),
    )

    class Meta:
        ordering = ["edition", "-version"]
        verbose_name = _("lần lưu bản nháp")
        verbose_name_plural = _("lần lưu bản nháp")
        constraints = [models.UniqueConstraint(fields=["edition", "version"], name="draft_version_once")]


class EditionPicture(models.Model):
    """A picture of an edition. What it shows is always said in words; `words` are those that stand in the picture."""

    PERSONAL_FIELDS = ("alternative", "caption", "credit", "words")

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="pictures", verbose_name=_("bản tin")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+", verbose_name=_("ảnh"))
    width = models.PositiveIntegerField(_("rộng"))
    height = models.PositiveIntegerField(_("cao"))
    alternative = models.CharField(_("mô tả ảnh"), max_length=ALTERNATIVE_LENGTH)
    caption = models.CharField(_("chú thích"), max_length=300, blank=True)
    credit = models.CharField(_("người chụp"), max_length=120, blank=True)
    words = models.TextField(_("chữ trong ảnh"), blank=True)
    # As the newsroom's rules judged the picture when it came: a photographed page wants its words typed.
    is_text = models.BooleanField(_("giống ảnh chụp văn bản"), default=False)

    class Meta:
        ordering = ["edition", "position"]
        verbose_name = _("ảnh của tin")
        verbose_name_plural = _("ảnh của tin")
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="picture_place_once"),
            models.CheckConstraint(condition=~Q(alternative=""), name="picture_with_words_for_it"),
        ]


class CitedDocument(models.Model):
    """A document that an edition rests on or brings: its symbol and day, and a file or an address.

    `transcript` says in text what a scan shows.
    """

    PERSONAL_FIELDS = ("transcript",)

    edition = models.ForeignKey(
        Edition, on_delete=models.CASCADE, related_name="documents", verbose_name=_("bản tin")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    symbol = models.CharField(_("số, ký hiệu"), max_length=80, blank=True)
    issued_on = models.DateField(_("ngày ban hành"), null=True, blank=True)
    title = models.CharField(_("trích yếu"), max_length=500)
    url = models.CharField(_("đường dẫn"), max_length=1000, blank=True)
    blob = models.ForeignKey(
        Blob, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp")
    )
    file_name = models.CharField(_("tên tệp"), max_length=255, blank=True)
    transcript = models.TextField(_("nội dung bằng chữ"), blank=True)
    is_scan = models.BooleanField(_("bản quét không có chữ"), default=False)

    class Meta:
        ordering = ["edition", "position"]
        verbose_name = _("văn bản trích dẫn")
        verbose_name_plural = _("văn bản trích dẫn")
        constraints = [
            models.UniqueConstraint(fields=["edition", "position"], name="cited_place_once"),
            models.CheckConstraint(condition=~Q(title=""), name="cited_with_a_title"),
        ]

    def __str__(self) -> str:
        return self.title
