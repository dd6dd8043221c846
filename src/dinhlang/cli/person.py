"""`dinhlang person …`: who may sign in, and with which post. For the operator of an installation."""

from __future__ import annotations

from datetime import date, datetime

import click

from dinhlang.config.start import ready

DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])
ROLES = (
    "administrator",
    "approver",
    "culture-officer",
    "office-clerk",
    "one-stop-clerk",
    "radio-operator",
    "hamlet-head",
    "contributor",
    "reviewer",
)


@click.group(help="Cán bộ: cấp tài khoản, giao và thôi chức vụ.")
def person() -> None:
    """Group of the commands below."""


@person.command(help="Cấp tài khoản và giao một chức vụ; người đã có tài khoản thì chỉ giao chức vụ.")
@click.argument("username", metavar="TÊN_ĐĂNG_NHẬP")
@click.option(
    "--name", "full_name", metavar="HỌ_TÊN", default="", help="Họ và tên, cần khi cấp tài khoản mới."
)
@click.option("--unit", "unit_id", metavar="ĐƠN_VỊ", required=True, help="Mã hoặc tên đơn vị.")
@click.option("--role", type=click.Choice(ROLES), required=True, help="Vai trò trong hệ thống.")
@click.option(
    "--title", metavar="CHỨC_DANH", required=True, help="Chức danh ghi trên văn bản, ví dụ Chủ tịch."
)
@click.option("--from", "start", type=DAY, metavar="NGÀY", help="Giữ chức vụ từ ngày; mặc định là hôm nay.")
def appoint(
    username: str, full_name: str, unit_id: str, role: str, title: str, start: datetime | None
) -> None:
    """Print the passphrase of a new account once: it is stored only as a hash."""
    ready()
    import secrets

    from django.db import transaction
    from django.utils import timezone

    from dinhlang.org import actions, queries
    from dinhlang.org.models import Person
    from dinhlang.org.rules import Role

    at = timezone.now()
    since = start.date() if start else timezone.localdate()
    unit = queries.unit(unit_id, since)
    passphrase = "-".join(secrets.token_hex(2) for _ in range(5))
    with transaction.atomic():
        known = Person.objects.filter(username=username).first()
        who = known or actions.register_person(
            username=username, full_name=full_name, passphrase=passphrase, by=None, at=at
        )
        actions.appoint(person=who, unit=unit, role=Role(role), title=title, starts_on=since, by=None, at=at)
    click.echo(f"{who} giữ chức vụ {title}, {queries.title_of(unit, since)}, từ ngày {since:%d/%m/%Y}.")
    if known is None:
        click.echo(f"Tên đăng nhập: {username}\nMật khẩu lần đầu: {passphrase}")
        click.echo("Mật khẩu chỉ hiện một lần. Người dùng đổi mật khẩu sau khi đăng nhập.")


@person.command(
    help="Mời một người: lập tài khoản, giao chức vụ và in đường dẫn để người ấy tự đặt mật khẩu."
)
@click.argument("username", metavar="TÊN_ĐĂNG_NHẬP")
@click.option("--name", "full_name", metavar="HỌ_TÊN", required=True, help="Họ và tên.")
@click.option("--unit", "unit_id", metavar="ĐƠN_VỊ", required=True, help="Mã hoặc tên đơn vị.")
@click.option(
    "--role",
    type=click.Choice(ROLES),
    default="administrator",
    help="Vai trò trong hệ thống; mặc định là quản trị của đơn vị.",
)
@click.option("--title", metavar="CHỨC_DANH", required=True, help="Chức danh ghi trên văn bản.")
@click.option("--from", "start", type=DAY, metavar="NGÀY", help="Giữ chức vụ từ ngày; mặc định là hôm nay.")
def invite(
    username: str, full_name: str, unit_id: str, role: str, title: str, start: datetime | None
) -> None:
    """Print the link once: only its hash is stored. So the first administrator of a commune comes in."""
    ready()
    from django.utils import timezone

    from dinhlang.org import actions, queries
    from dinhlang.org.rules import Role
    from dinhlang.org.views.links import address_of

    since = start.date() if start else timezone.localdate()
    invitation, token = actions.invite(
        full_name=full_name,
        username=username,
        unit=queries.unit(unit_id, since),
        role=Role(role),
        title=title,
        starts_on=since,
        by=None,
        at=timezone.now(),
    )
    _print_link(f"{invitation.person}, tên đăng nhập {username}", address_of(token), invitation.expires_at)


@person.command(help="In đường dẫn mới cho người chưa nhận lời mời hoặc quên mật khẩu.")
@click.argument("username", metavar="TÊN_ĐĂNG_NHẬP")
def link(username: str) -> None:
    """Print a new link once; the ones before are worth nothing from now on."""
    ready()
    from django.utils import timezone

    from dinhlang.org import actions
    from dinhlang.org.models import Person
    from dinhlang.org.rules import Refused
    from dinhlang.org.views.links import address_of

    who = Person.objects.filter(username=username.lower()).first()
    if who is None:
        raise Refused(f"Không có tài khoản nào tên “{username}”. Hãy kiểm tra lại tên đăng nhập.")
    invitation, token = actions.renew_link(person=who, by=None, at=timezone.now())
    _print_link(str(who), address_of(token), invitation.expires_at)


def _print_link(whom: str, address: str, expires_at: datetime) -> None:
    from django.utils import timezone

    until = timezone.localtime(expires_at)
    click.echo(f"Gửi đường dẫn này cho {whom}:\n{address}")
    click.echo(f"Dùng được một lần, đến {until:%H:%M} ngày {until:%d/%m/%Y}; chỉ hiện một lần ở đây.")


@person.command("list", help="Ai đang giữ chức vụ gì ở một đơn vị.")
@click.option("--unit", "unit_id", metavar="ĐƠN_VỊ", required=True, help="Mã hoặc tên đơn vị.")
def list_people(unit_id: str) -> None:
    """Print one position a line, with tabs between."""
    ready()
    from django.utils import timezone

    from dinhlang.org import queries
    from dinhlang.org.rules import ROLES as DESCRIBED
    from dinhlang.org.rules import Role

    on = timezone.localdate()
    unit = queries.unit(unit_id, on)
    for position in queries.by_given_name(unit.positions.in_force(on).select_related("person")):
        label = DESCRIBED[Role(position.role)].label
        click.echo(f"{position.person.username}\t{position.person}\t{position.title}\t{label}")


@person.command(help="Thôi chức vụ: từ ngày ấy người này không còn quyền ở đơn vị.")
@click.argument("username", metavar="TÊN_ĐĂNG_NHẬP")
@click.option("--unit", "unit_id", metavar="ĐƠN_VỊ", required=True, help="Mã hoặc tên đơn vị.")
@click.option(
    "--on", "day", type=DAY, metavar="NGÀY", help="Ngày đầu tiên không còn giữ; mặc định là hôm nay."
)
def leave(username: str, unit_id: str, day: datetime | None) -> None:
    """End every position the person holds in the unit."""
    ready()
    from django.db import transaction
    from django.utils import timezone

    from dinhlang.org import actions, queries
    from dinhlang.org.rules import Refused

    on: date = day.date() if day else timezone.localdate()
    unit = queries.unit(unit_id, on)
    held = list(unit.positions.in_force(on).filter(person__username=username))
    if not held:
        raise Refused(
            f"“{username}” không giữ chức vụ nào ở {queries.title_of(unit, on)} ngày {on:%d/%m/%Y}."
        )
    with transaction.atomic():
        for position in held:
            actions.end_position(position=position, on=on, by=None, at=timezone.now())
    click.echo(f"Đã thôi {len(held)} chức vụ của {username} từ ngày {on:%d/%m/%Y}.")


@person.command(help="Mở khóa cho người bị tạm khóa đăng nhập vì sai quá nhiều lần.")
@click.argument("username", metavar="TÊN_ĐĂNG_NHẬP")
@click.option(
    "--second-factor",
    is_flag=True,
    help="Bỏ cả xác thực hai lớp: người này mất điện thoại và hết mã dự phòng.",
)
def unlock(username: str, second_factor: bool) -> None:
    """Forget the failures of a person; with the option, their second factor too."""
    ready()
    from django.utils import timezone

    from dinhlang.org.models import Person
    from dinhlang.org.rules import Refused
    from dinhlang.org.sign_in import actions

    at = timezone.now()
    who = Person.objects.filter(username=username.lower()).first()
    if who is None:
        raise Refused(f"Không có tài khoản nào tên “{username}”. Hãy kiểm tra lại tên đăng nhập.")
    actions.unlock(person=who, by=None, at=at)
    click.echo(f"{who} đăng nhập lại được ngay.")
    if second_factor:
        count = actions.take_off_second_factor(person=who, by=None, at=at)
        click.echo(
            f"Đã bỏ {count} cách xác thực lớp thứ hai và đăng xuất mọi máy. Lần đăng nhập sau chỉ hỏi mật khẩu; "
            "hãy nhắc thiết lập lại ngay."
        )
