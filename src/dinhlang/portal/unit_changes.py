"""What this room holds of units, and what becomes of it when a unit changes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dinhlang.org.changes.passing import counted
from dinhlang.org.changes.registry import Found, Hand, Scope, Thing, add, stays, tell
from dinhlang.portal.kept import changed
from dinhlang.portal.models import Column, Item, OpenPlan, Site
from dinhlang.portal.sites import registry

_CLOSED = (Item.State.PUBLISHED, Item.State.WITHDRAWN, Item.State.DROPPED)


def answer() -> None:
    """Answer for the foreign keys of this room, and let public pages know of every change."""
    add(
        Thing(
            "portal.site",
            gettext_lazy("Trang công khai và tên miền"),
            gettext_lazy(
                "Ở nguyên địa chỉ, thành nơi lưu: mỗi trang có dải báo đơn vị đã kết thúc và dẫn sang đơn vị mới."
            ),
            ("portal.Site.unit",),
            _sites,
            order=510,
        ),
        Thing(
            "portal.column",
            gettext_lazy("Chuyên mục"),
            gettext_lazy("Ở lại trang cũ; tin đang viết vào chuyên mục cùng tên của đơn vị mới."),
            ("portal.Column.unit",),
            _columns,
            order=520,
        ),
        Thing(
            "portal.item",
            gettext_lazy("Tin, bài đang viết"),
            gettext_lazy("Sang đơn vị mới, giữ nguyên bước đang ở; bài đã duyệt phải duyệt lại."),
            ("portal.Item.unit",),
            _items,
            order=530,
            pass_on=_pass_items,
            built=_published,
        ),
        Thing(
            "portal.shown",
            gettext_lazy("Tin, bài đã đăng"),
            gettext_lazy("Ở lại trang cũ, địa chỉ không đổi."),
            (),
            lambda scope: counted(Item.objects.exclude(shown=None), _("%(count)s tin, bài"), scope),
            order=540,
        ),
        Thing(
            "portal.plan",
            gettext_lazy("Kế hoạch đã công khai"),
            gettext_lazy("Ở lại trang cũ, địa chỉ không đổi."),
            ("portal.OpenPlan.unit",),
            lambda scope: counted(OpenPlan.objects.all(), _("%(count)s kế hoạch"), scope),
            order=550,
        ),
    )
    stays(gettext_lazy("là lượt xem trang cũ"), "portal.Visits.unit")
    stays(gettext_lazy("là việc tìm trên trang cũ"), "portal.Unfound.unit", "portal.Promoted.unit")
    stays(gettext_lazy("đọc hướng dẫn từng bước trên trang cũ"), "portal.StepSound.unit")
    stays(
        gettext_lazy(
            "người đọc đã đồng ý cho đơn vị cũ gửi thư; đơn vị mới phải được họ đồng ý, không chuyển sang"
        ),
        "portal.Reader.unit",
        "portal.Mailing.unit",
    )
    tell(_tell)


def _sites(scope: Scope) -> Iterator[Found]:
    for site in Site.objects.filter(unit__in=scope.ids).prefetch_related("hosts"):
        hosts = ", ".join(host.host for host in site.hosts.all())
        fate = "" if site.unit_id in scope.ending else gettext_lazy("Giữ địa chỉ; tên, cấp trên đổi theo.")
        yield Found(site.unit_id, f"/{site.path}/" + (f" · {hosts}" if hosts else ""), fate)


def _columns(scope: Scope) -> Iterator[Found]:
    for column in Column.objects.filter(unit__in=scope.ending, is_open=True):
        yield Found(column.unit_id, column.name)


def _open_items(scope: Scope) -> Iterator[Item]:
    rows = Item.objects.filter(unit__in=scope.ending, shown=None).exclude(state__in=_CLOSED)
    yield from rows.select_related("draft", "column").order_by("unit", "pk")


def _items(scope: Scope) -> Iterator[Found]:
    for item in _open_items(scope):
        title = item.draft.title if item.draft else item.slug
        yield Found(item.unit_id, f"{title} ({item.get_state_display()})")


def _pass_items(hand: Hand) -> None:
    """Items nobody has read yet go to the heir, into its column of that address. What was approved was approved for the old
    unit: it goes back to a draft."""
    for item in _open_items(hand.scope):
        heir = hand.scope.heir(item.unit_id)
        if not heir or Item.objects.filter(unit=heir, slug=item.slug).exists():
            continue
        values = {"unit_id": heir, "column_id": _column_of(item, heir), "task_id": None}
        if item.state in (Item.State.APPROVED, Item.State.SCHEDULED):
            values |= {
                "state": Item.State.DRAFT,
                "publish_at": None,
                "approved_by_id": None,
                "approved_digest": "",
            }
        hand.record.change(item, **values)


def _column_of(item: Item, heir: str) -> int | None:
    if item.column is None:
        return None
    return Column.objects.filter(unit=heir, slug=item.column.slug).values_list("pk", flat=True).first()


def _published(scope: Scope, since: datetime) -> Iterator[str]:
    shown = Item.objects.filter(unit__in=scope.heirs - scope.ids, published_at__gte=since)
    if count := shown.count():
        yield _("đơn vị mới đã đăng %(count)s tin, bài") % {"count": count}


def _tell(unit_ids: set[str]) -> None:
    """Pages show names, units above and successors: those of the units and of the sites that lead to them are made anew."""
    sites = Site.objects.filter(unit__in=unit_ids).values_list("pk", flat=True)
    transaction.on_commit(registry.forget)
    if sites:
        changed(*(f"site:{pk}" for pk in sites), "sites")
