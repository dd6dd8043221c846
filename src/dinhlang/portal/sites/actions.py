"""What can happen to a unit's public site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.db.models import Field
from django.http.request import validate_host
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from dinhlang.org.actions import audit
from dinhlang.org.locking import lock
from dinhlang.org.models import Person, Unit
from dinhlang.org.permissions import check_can
from dinhlang.org.rules import Permission
from dinhlang.portal.columns.actions import make_usual_columns
from dinhlang.portal.kept import changed
from dinhlang.portal.models import Site, SiteHost
from dinhlang.portal.sites import reach, rules
from dinhlang.portal.sites.rules import CannotChangeSite

WORDS = ("welcome", "hotline", "phone", "email", "address", "directions", "hours", "organisation")


@transaction.atomic
def make_site(
    *, unit: Unit, path: str, by: Person | None, at: datetime, words: Mapping[str, str] | None = None
) -> Site:
    """Give a unit its public site, with the columns a commune usually has. Raises `CannotChangeSite`, `NotAllowed`.

    `words` are any of `WORDS`: how the unit is reached, and what it says of itself.
    """
    check_can(by, Permission.SITE_MANAGE, unit, localdate(at))
    lock(unit)
    if Site.objects.filter(unit=unit).exists():
        raise CannotChangeSite(_("Đơn vị đã có trang công khai. Tải lại trang để sửa."))
    path = rules.checked_path(path)
    _check_free(path)
    site = Site.objects.create(unit=unit, path=path, **_checked(words or {}))
    make_usual_columns(unit=unit, by=by, at=at)
    changed(f"site:{site.pk}", "sites")
    audit(by=by, at=at, action="site.make", target=site, unit=unit, detail={"path": path})
    return site


@transaction.atomic
def change_site(
    *,
    site: Site,
    path: str,
    is_open: bool,
    by: Person | None,
    at: datetime,
    words: Mapping[str, str] | None = None,
) -> Site:
    """Change where a site stands, whether it is open, and what it says. Raises as `make_site`."""
    check_can(by, Permission.SITE_MANAGE, site.unit, localdate(at))
    site = Site.objects.select_for_update(of=("self",), no_key=True).select_related("unit").get(pk=site.pk)
    path = rules.checked_path(path)
    if path != site.path:
        _check_free(path)
    new = {"path": path, "is_open": is_open, **_checked(words or {})}
    was = {name: getattr(site, name) for name, value in new.items() if getattr(site, name) != value}
    if not was:
        return site
    for name, value in new.items():
        setattr(site, name, value)
    site.save(update_fields=[*new])
    changed(f"site:{site.pk}", "sites")
    audit(by=by, at=at, action="site.change", target=site, unit=site.unit, detail={"was": was})
    return site


@transaction.atomic
def set_host(*, site: Site, host: str, is_main: bool, by: Person | None, at: datetime) -> SiteHost:
    """Let a host name lead to a site, as the one at which it stands or as an old one. Raises as `make_site`.

    It takes any name: whoever runs the machine knows which lead there. People of the unit use `move_to_host`.
    """
    check_can(by, Permission.SITE_MANAGE, site.unit, localdate(at))
    host = rules.checked_host(host)
    if host in _own_hosts():
        raise CannotChangeSite(
            _("Tên miền “%(host)s” là của chính phần mềm. Chọn tên miền khác cho trang.") % {"host": host}
        )
    other = SiteHost.objects.filter(host=host).exclude(site=site).select_related("site").first()
    if other is not None:
        raise CannotChangeSite(
            _("Tên miền “%(host)s” đang thuộc trang “%(site)s”. Bỏ ở đó trước.")
            % {"host": host, "site": other.site.path}
        )
    if is_main:
        # The one that was main stays as an old one: its addresses are in people's bookmarks.
        SiteHost.objects.filter(site=site, is_main=True).exclude(host=host).update(is_main=False)
    found, _made = SiteHost.objects.update_or_create(host=host, defaults={"site": site, "is_main": is_main})
    changed(f"site:{site.pk}", "sites")
    audit(
        by=by,
        at=at,
        action="site.host",
        target=site,
        unit=site.unit,
        detail={"host": host, "is_main": is_main},
    )
    return found


@transaction.atomic
def move_to_host(*, site: Site, host: str, by: Person, at: datetime) -> None:
    """Let a site stand at a host name of its own, or under its path again when `host` is empty. Raises as `make_site`.

    For people of the unit: the name must lead to this machine already, and be none of the installation's. The name
    before it stays, and leads on.
    """
    check_can(by, Permission.SITE_MANAGE, site.unit, localdate(at))
    main = SiteHost.objects.filter(site=site, is_main=True).first()
    if not host.strip():
        if main is not None:
            set_host(site=site, host=main.host, is_main=False, by=by, at=at)
        return
    host = rules.checked_host(host)
    if main is not None and main.host == host:
        return
    if validate_host(host, _of_operator()):
        raise CannotChangeSite(
            _("Tên miền “%(host)s” là của chính phần mềm. Chọn tên miền khác cho trang.") % {"host": host}
        )
    if not reach.leads_here(host):
        raise CannotChangeSite(
            _(
                "Tên miền “%(host)s” chưa trỏ về máy chủ này. Nhờ nơi cấp tên miền trỏ về, đợi vài giờ rồi lưu lại; "
                "nếu máy chủ đứng sau máy khác thì nhờ người vận hành thêm bằng lệnh “dinhlang site host”."
            )
            % {"host": host}
        )
    set_host(site=site, host=host, is_main=True, by=by, at=at)


@transaction.atomic
def remove_host(*, site: Site, host: str, by: Person | None, at: datetime) -> None:
    """Let a host name lead to a site no more. Raises as `make_site`."""
    check_can(by, Permission.SITE_MANAGE, site.unit, localdate(at))
    gone, _by_kind = SiteHost.objects.filter(site=site, host=rules.checked_host(host)).delete()
    if not gone:
        raise CannotChangeSite(_("Trang không có tên miền “%(host)s”.") % {"host": host})
    changed(f"site:{site.pk}", "sites")
    audit(by=by, at=at, action="site.host", target=site, unit=site.unit, detail={"host": host, "gone": True})


def _of_operator() -> list[str]:
    """The names that the operator gave; a pattern that takes every name says nothing of whose they are."""
    return [one for one in settings.ALLOWED_HOSTS if one != "*" and not one.startswith(".")]


def _own_hosts() -> set[str]:
    return {urlsplit(settings.PUBLIC_URL).hostname or "", "localhost", "127.0.0.1"}


def _check_free(path: str) -> None:
    if Site.objects.filter(path=path).exists():
        raise CannotChangeSite(
            _("Địa chỉ “%(path)s” đang thuộc trang khác. Chọn địa chỉ khác.") % {"path": path}
        )


def _checked(words: Mapping[str, str]) -> dict[str, str]:
    """What is said of the site, as it is kept. Raises `CannotChangeSite` for what is too long."""
    kept = {}
    for name, text in words.items():
        if name not in WORDS:
            raise TypeError(f"a site has no {name}")
        field = Site._meta.get_field(name)
        if not isinstance(field, Field):
            raise TypeError(f"{name} is no field with words")
        most = field.max_length or 0
        value = rules.checked_words(text, is_long=name in ("directions", "hours", "organisation"))
        if len(value) > most:
            raise CannotChangeSite(
                _("Mục “%(name)s” dài quá %(most)s ký tự. Rút gọn rồi lưu lại.")
                % {"name": field.verbose_name, "most": most}
            )
        kept[name] = value
    return kept
