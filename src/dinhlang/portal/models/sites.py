"""The public site of a unit: where it stands, how the unit is reached, and which old addresses lead to it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dinhlang.org.models import Unit


class Site(models.Model):
    """The public face of one unit. It is reached under `/<path>/`, or under a host name of its own (`SiteHost`)."""

    PERSONAL_FIELDS = ()

    unit = models.OneToOneField(Unit, on_delete=models.PROTECT, related_name="site", verbose_name=_("đơn vị"))
    path = models.SlugField(_("địa chỉ"), max_length=60, unique=True)
    is_open = models.BooleanField(_("đang mở"), default=True)
    # Whether everyone may read how the unit's reports stand (`portal.opendata`).
    opens_duties = models.BooleanField(_("công khai tình hình nộp báo cáo"), default=False)
    welcome = models.CharField(_("lời giới thiệu"), max_length=300, blank=True)
    hotline = models.CharField(_("đường dây nóng"), max_length=80, blank=True)
    phone = models.CharField(_("điện thoại"), max_length=80, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    address = models.CharField(_("địa chỉ trụ sở"), max_length=200, blank=True)
    directions = models.TextField(_("đường đi"), max_length=600, blank=True)
    hours = models.TextField(_("giờ làm việc"), max_length=400, blank=True)
    organisation = models.TextField(_("tổ chức bộ máy"), max_length=6000, blank=True)

    class Meta:
        ordering = ["path"]
        verbose_name = _("trang công khai")
        verbose_name_plural = _("trang công khai")

    def __str__(self) -> str:
        return self.path


class SiteHost(models.Model):
    """A host name that leads to a site: the one at which it stands, or an old one whose addresses lead there."""

    PERSONAL_FIELDS = ()

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="hosts", verbose_name=_("trang"))
    host = models.CharField(_("tên miền"), max_length=253, unique=True)
    is_main = models.BooleanField(_("tên miền chính"), default=False)

    class Meta:
        ordering = ["-is_main", "host"]
        verbose_name = _("tên miền")
        verbose_name_plural = _("tên miền")
        constraints = [
            models.UniqueConstraint(
                fields=["site"], condition=Q(is_main=True), name="site_stands_at_one_host"
            )
        ]

    def __str__(self) -> str:
        return self.host


class OldAddress(models.Model):
    """An address that people know from before, and where it leads now.

    `path` is that of an old page with its query (`/tin-tuc?id=12`), `target` a path inside the site without its prefix
    (`/tin/thong-bao/hop-dan/`): what is stored outlives a change of the host name.
    """

    PERSONAL_FIELDS = ()

    site = models.ForeignKey(
        Site, on_delete=models.CASCADE, related_name="old_addresses", verbose_name=_("trang")
    )
    path = models.CharField(_("địa chỉ cũ"), max_length=500)
    target = models.CharField(_("nay ở"), max_length=500)

    class Meta:
        ordering = ["site", "path"]
        verbose_name = _("địa chỉ cũ")
        verbose_name_plural = _("địa chỉ cũ")
        constraints = [models.UniqueConstraint(fields=["site", "path"], name="old_address_leads_one_way")]

    def __str__(self) -> str:
        return self.path


class KeptChange(models.Model):
    """A change whose pages are still to be rendered: written with the change itself, so that none is ever forgotten."""

    PERSONAL_FIELDS = ()

    tags = models.JSONField(_("nhãn"))
    at = models.DateTimeField(_("lúc"))

    class Meta:
        ordering = ["pk"]
        verbose_name = _("thay đổi chờ kết xuất")
        verbose_name_plural = _("thay đổi chờ kết xuất")
