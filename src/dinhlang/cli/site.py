"""`dinhlang site …`: the public site of a unit, made with its columns; the host names that lead to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from dinhlang.config.start import ready

if TYPE_CHECKING:
    from dinhlang.portal.models import Site


@click.group(help="Trang công khai của đơn vị.")
def site() -> None:
    """Group of the commands below."""


@site.command(help="Lập trang công khai cho một đơn vị, với bộ chuyên mục thường dùng.")
@click.argument("id_or_name", metavar="ĐƠN_VỊ")
@click.option("--path", metavar="ĐỊA_CHỈ", help="Phần đầu địa chỉ của trang; mặc định là mã đơn vị.")
def make(id_or_name: str, path: str | None) -> None:
    """Make the site and print where it stands."""
    ready()
    from django.utils import timezone

    from dinhlang.org import queries
    from dinhlang.portal.sites import actions

    unit = queries.unit(id_or_name)
    made = actions.make_site(unit=unit, path=path or unit.pk, by=None, at=timezone.now())
    click.echo(_where(made))


@site.command("list", help="Liệt kê các trang công khai: địa chỉ, đơn vị, các tên miền.")
def list_sites() -> None:
    """Print one site a line, with tabs between."""
    ready()
    from dinhlang.portal.models import Site

    for one in Site.objects.select_related("unit").prefetch_related("hosts"):
        hosts = " ".join(host.host for host in one.hosts.all())
        click.echo(f"{_where(one)}\t{one.unit_id}\t{hosts}")


@site.command(help="Cho một tên miền dẫn về trang; tên miền chính trước đó thành tên miền cũ.")
@click.argument("path", metavar="TRANG")
@click.argument("name", metavar="TÊN_MIỀN")
@click.option("--old", is_flag=True, help="Tên miền cũ: mọi địa chỉ ở đó dẫn về tên miền chính.")
@click.option("--remove", is_flag=True, help="Bỏ tên miền này.")
def host(path: str, name: str, old: bool, remove: bool) -> None:
    """Set or remove a host name."""
    ready()
    from django.utils import timezone

    from dinhlang.org.rules import Refused
    from dinhlang.portal.models import Site
    from dinhlang.portal.sites import actions

    found = Site.objects.filter(path=path).select_related("unit").first()
    if found is None:
        raise Refused(f"Không có trang nào ở địa chỉ “{path}”. Xem danh sách: dinhlang site list.")
    if remove:
        actions.remove_host(site=found, host=name, by=None, at=timezone.now())
        click.echo(f"Đã bỏ tên miền {name}.")
        return
    made = actions.set_host(site=found, host=name, is_main=not old, by=None, at=timezone.now())
    click.echo(f"{made.host} dẫn về {_where(found)}.")


def _where(made: Site) -> str:
    from dinhlang.portal.sites import registry
    from dinhlang.portal.sites.addresses import Addresses, absolute

    now = registry.now().by_pk[made.pk]
    return absolute(now, Addresses(now).home)
