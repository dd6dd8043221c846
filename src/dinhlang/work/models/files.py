"""Stored files, known by what they contain."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


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
