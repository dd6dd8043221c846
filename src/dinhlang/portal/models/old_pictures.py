"""Pictures of an old site on their way into the items that came from there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.portal.models.editions import ALTERNATIVE_LENGTH
from dinhlang.portal.models.items import Item
from dinhlang.work.models import Blob


class OldPicture(models.Model):
    """A picture that an imported item had on the old site: where it is, what was said of it, how far it is.

    It is asked of `host`, or taken out of `archive`, a .zip that came with the import. Once it is `held` its `blob` is
    made as that of any other picture; it goes into the item when somebody has said in words what it shows.
    """

    PERSONAL_FIELDS = ("alternative", "caption", "by")

    class State(models.TextChoices):
        WAITING = "waiting", _("chờ lấy")
        HELD = "held", _("chờ mô tả")
        PLACED = "placed", _("đã vào tin")
        REFUSED = "refused", _("không lấy được")
        LEFT_OUT = "left-out", _("đã bỏ")

    item = models.ForeignKey(
        Item, on_delete=models.PROTECT, related_name="old_pictures", verbose_name=_("tin, bài")
    )
    position = models.PositiveSmallIntegerField(_("thứ tự"))
    address = models.CharField(_("địa chỉ cũ"), max_length=2000)
    host = models.CharField(_("trang cũ"), max_length=255, blank=True)
    archive = models.ForeignKey(
        Blob, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("tệp .zip")
    )
    state = models.CharField(_("trạng thái"), max_length=8, choices=State.choices, default=State.WAITING)
    problem = models.CharField(_("vì sao không lấy được"), max_length=300, blank=True)
    alternative = models.CharField(_("mô tả ảnh"), max_length=ALTERNATIVE_LENGTH, blank=True)
    caption = models.CharField(_("chú thích"), max_length=300, blank=True)
    blob = models.ForeignKey(
        Blob, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("ảnh")
    )
    width = models.PositiveIntegerField(_("rộng"), default=0)
    height = models.PositiveIntegerField(_("cao"), default=0)
    is_text = models.BooleanField(_("giống ảnh chụp văn bản"), default=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("người nhập"),
    )
    changed_at = models.DateTimeField(_("thay đổi lúc"))

    class Meta:
        ordering = ["item", "position"]
        verbose_name = _("ảnh của trang cũ")
        verbose_name_plural = _("ảnh của trang cũ")
        constraints = [
            models.UniqueConstraint(fields=["item", "position"], name="old_picture_place_once"),
            models.CheckConstraint(
                name="old_picture_held_whole",
                condition=~Q(state__in=["held", "placed"]) | Q(blob__isnull=False, width__gt=0, height__gt=0),
            ),
            models.CheckConstraint(
                name="old_picture_refused_with_a_reason", condition=~Q(state="refused") | ~Q(problem="")
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="old_picture_by_state")]
