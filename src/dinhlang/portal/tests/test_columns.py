"""The columns of a commune's public page, from the usual set to the report that stands in one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils import timezone

from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.portal import first_steps
from dinhlang.portal.columns import actions, rules
from dinhlang.portal.columns.rules import CannotChangeColumn
from dinhlang.portal.models import Column, Item
from dinhlang.portal.public.actions import publish_report, withdraw_report
from dinhlang.portal.public.rules import CannotPublish

if TYPE_CHECKING:
    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def names(world: World) -> list[str]:
    return list(Column.objects.filter(unit=world.commune).values_list("name", flat=True))


def delete_columns(world: World) -> None:
    Item.objects.filter(unit=world.commune).update(column=None)
    Column.objects.filter(unit=world.commune).delete()


def usual(world: World) -> list[Column]:
    return actions.make_usual_columns(unit=world.commune, by=world.people["van-hoa"], at=timezone.now())


def test_the_usual_columns_are_made_once_and_keep_what_is_there(world: World) -> None:
    delete_columns(world)
    before = AuditEntry.objects.filter(action="columns.make").count()
    actions.add_column(unit=world.commune, name="Thông báo", by=world.people["van-hoa"], at=timezone.now())
    assert len(usual(world)) == len(rules.usual_names()) - 1
    assert usual(world) == []
    assert sorted(names(world)) == sorted(rules.usual_names())
    assert names(world)[0] == "Thông báo"
    assert AuditEntry.objects.filter(action="columns.make").count() == before + 1


@pytest.mark.parametrize(
    ("name", "told"),
    [("  \u200b ", "chưa có tên"), ("x" * 81, "quá 80 ký tự"), ("thong  BAO", "Đã có chuyên mục")],
)
def test_a_name_that_says_nothing_too_much_or_the_same_is_refused(world: World, name: str, told: str) -> None:
    usual(world)
    with pytest.raises(CannotChangeColumn, match=told):
        actions.add_column(unit=world.commune, name=name, by=world.people["van-hoa"], at=timezone.now())


def test_only_those_who_keep_the_page_change_its_columns(world: World) -> None:
    with pytest.raises(NotAllowed):
        actions.make_usual_columns(unit=world.commune, by=world.people["truong-thon"], at=timezone.now())


def test_a_column_is_added_renamed_closed_and_opened_again_on_its_page(world: World) -> None:
    client = world.signed_in("van-hoa", checks_forms=False)
    delete_columns(world)
    address = reverse("publications:columns")
    assert "Lập bộ thường dùng" in client.get(address).content.decode()
    client.post(f"{reverse('publications:columns-usual')}?unit={world.commune.pk}")
    page = client.post(f"{address}?unit={world.commune.pk}", {"name": "Nông thôn mới"}, follow=True)
    assert "Đã thêm chuyên mục “Nông thôn mới”." in page.content.decode()
    column = Column.objects.get(name="Nông thôn mới")
    change = reverse("publications:column", args=[column.pk])
    client.post(change, {"name": "Xây dựng nông thôn mới"})
    client.post(change, {"name": "Xây dựng nông thôn mới", "do": "close"})
    column.refresh_from_db()
    assert (column.name, column.is_open) == ("Xây dựng nông thôn mới", False)
    client.post(change, {"name": "Xây dựng nông thôn mới", "do": "open"})
    column.refresh_from_db()
    assert column.is_open
    page = client.post(change, {"name": "Thông báo"}, follow=True)
    assert "Đã có chuyên mục “Thông báo”." in page.content.decode()


def test_another_units_columns_are_not_there(world: World) -> None:
    usual(world)
    column = Column.objects.filter(unit=world.commune).first()
    assert column is not None
    for who in ("truong-thon", "so-noi-vu"):
        client = world.signed_in(who, checks_forms=False)
        assert client.post(reverse("publications:column", args=[column.pk]), {"name": "x"}).status_code == 404
        assert (
            client.post(f"{reverse('publications:columns-usual')}?unit={world.commune.pk}").status_code == 404
        )
    neighbour = world.signed_in("van-hoa", checks_forms=False)
    assert neighbour.get(reverse("publications:columns"), {"unit": "1-bao-loc-24823"}).status_code == 404


def test_a_report_stands_in_the_column_it_was_opened_in_and_is_found_there(world: World) -> None:
    usual(world)
    reform = Column.objects.get(unit=world.commune, name=rules.reform_name())
    notices = Column.objects.get(unit=world.commune, name="Thông báo")
    report, by, at = world.publication.report, world.people["van-phong"], timezone.now()
    withdraw_report(publication=world.publication, reason="Đăng lại", by=by, at=at)
    client = world.signed_in("van-phong", checks_forms=False)
    page = client.get(reverse("publications:report", args=[report.pk])).content.decode()
    assert f'<option value="{reform.pk}" selected>' in page
    publish_report(report=report, by=by, at=at, is_read=True, column=reform)
    public = reverse("public:reports", args=[world.commune.pk])
    shown = client.get(public).content.decode()
    assert f"?chuyen-muc={reform.pk}" in shown
    assert f"?chuyen-muc={notices.pk}" not in shown
    assert report.subject in client.get(public, {"chuyen-muc": reform.pk}).content.decode()
    # A column that is not there filters nothing away.
    assert report.subject in client.get(public, {"chuyen-muc": "99999999999999999999"}).content.decode()


def test_a_report_is_not_opened_in_a_closed_column(world: World) -> None:
    usual(world)
    column = Column.objects.filter(unit=world.commune).first()
    assert column is not None
    by, at = world.people["van-phong"], timezone.now()
    actions.change_column(column=column, name=column.name, is_open=False, by=by, at=at)
    withdraw_report(publication=world.publication, reason="Đăng lại", by=by, at=at)
    with pytest.raises(CannotPublish, match="không còn mở"):
        publish_report(report=world.publication.report, by=by, at=at, is_read=True, column=column)


def test_the_first_steps_of_a_commune_ask_for_its_columns(world: World) -> None:
    from dinhlang.org.desk import Looking

    # The plan of the year is gone, so that the steps are shown again.
    delete_columns(world)
    looking = Looking(world.people["van-hoa"], timezone.localdate() + timedelta(days=400))
    step = next(one for one in first_steps.steps(looking, world.commune) if "chuyên mục" in one.title)
    assert (step.address, step.is_done) == (reverse("publications:columns"), False)
    usual(world)
    step = next(one for one in first_steps.steps(looking, world.commune) if "chuyên mục" in one.title)
    assert step.is_done
