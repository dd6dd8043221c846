"""Units that change: the real mergers of 2024 and 2025 end where the catalogue says, and every refusal says why."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, models

from dinhlang.org import places, queries
from dinhlang.org.changes import actions, registry
from dinhlang.org.changes.rules import Asked, Kind, Target, from_json, share_of
from dinhlang.org.models import (
    AuditEntry,
    Person,
    Position,
    ReportingLine,
    Unit,
    UnitChange,
    UnitName,
    UnitPlacement,
    UnitSuccession,
)
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.tests import before_2025

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

AT = datetime(2025, 7, 2, 3, tzinfo=UTC)
DAY = date(2025, 7, 1)
TABLES = (Unit, UnitName, UnitPlacement, UnitSuccession, ReportingLine, Position)


def everything() -> list[list[dict[str, Any]]]:
    return [list(table.objects.order_by("pk").values()) for table in TABLES]


def asked(kind: str, units: list[str], **said: Any) -> Asked:
    return from_json({"kind": kind, "on": DAY, "basis": "NQ 9/NQ-HĐND ngày 1/6/2025", "units": units, **said})


def refused(one: Asked) -> str:
    with pytest.raises(Refused) as caught:
        actions.apply(asked=[one], by=None, at=AT)
    return str(caught.value)


@pytest.fixture
def before(db: None) -> None:
    before_2025.store()


# --- the real mergers -----------------------------------------------------------------------------


def test_real_mergers_end_where_the_catalogue_says(before: None) -> None:
    actions.apply(asked=before_2025.changes(), by=None, at=AT)
    told = places.collection("hai_duong")
    for spec in told.units:
        assert Unit.objects.get(pk=spec.id).ends_on == spec.days.ends_on, spec.id
        if spec.days.ends_on is None:
            continue
        assert not UnitName.objects.in_force(spec.days.ends_on).filter(unit=spec.id)
        assert not UnitPlacement.objects.in_force(spec.days.ends_on).filter(unit=spec.id)
    made = set(UnitSuccession.objects.values_list("predecessor", "successor", "reason", "takes_effect_on"))
    assert {
        (one.predecessor, one.successor, one.reason, one.takes_effect_on) for one in told.successions
    } <= made
    old = Unit.objects.get(pk="nam-trung")
    assert [unit.pk for unit in queries.heirs(old, DAY)] == ["tran-phu-10633"]
    assert queries.letterhead(old, date(2024, 11, 30)).issuer == ("ỦY BAN NHÂN DÂN", "XÃ NAM TRUNG")
    assert [unit.pk for unit in queries.path_up(old, date(2024, 11, 30))] == [
        "huyen-nam-sach",
        "tinh-hai-duong",
    ]


def test_lines_to_an_abolished_district_lead_to_who_was_named(before: None) -> None:
    actions.apply(asked=before_2025.changes(), by=None, at=AT)
    between = queries.recipient_of(
        Unit.objects.get(pk="tran-phu-nam-sach"), "cchc-tuyen-truyen", date(2025, 3, 1)
    )
    assert between
    assert between.name == "Phòng Văn hóa và Thông tin huyện Nam Sách"
    assert not ReportingLine.objects.in_force(DAY).filter(recipient__ends_on__lte=DAY)
    shares = UnitSuccession.objects.filter(predecessor="hung-dao").values_list(
        "successor", "share", "is_partial"
    )
    assert {(one, float(share), partial) for one, share, partial in shares} == {
        ("tan-ky-11113", 0.25, True),
        ("mau-ky-99001", 0.75, True),
    }


def test_a_dry_run_of_a_whole_list_writes_nothing_and_the_undoing_of_all_leaves_nothing(before: None) -> None:
    was = everything()
    found = actions.rehearse(asked=before_2025.changes(), by=None, at=AT)
    assert len(found) == 10
    assert not any(one.refusals for one in found)
    assert everything() == was
    assert not UnitChange.objects.exists()
    changes = actions.apply(asked=before_2025.changes(), by=None, at=AT)
    with pytest.raises(Refused, match=f"thay đổi số {changes[4].pk}"):
        actions.undo(change=changes[0], reason="Ghi nhầm", by=None, at=AT)
    for change in reversed(changes):
        actions.undo(change=change, reason="Ghi nhầm ngày", by=None, at=AT)
    assert everything() == was
    assert AuditEntry.objects.filter(unit="nam-trung").values_list("action", flat=True).count() == 2


def test_a_change_is_never_edited(before: None) -> None:
    [change] = actions.apply(asked=before_2025.changes()[:1], by=None, at=AT)
    with pytest.raises(IntegrityError):
        UnitChange.objects.filter(pk=change.pk).update(legal_basis="khác")


# --- what is passed on and undone -----------------------------------------------------------------


@pytest.fixture
def pair(db: None) -> list[Unit]:
    """Two communes with a department, a hamlet and a clerk, under one province."""
    units = []
    top = _unit("tinh-thu", "province", "tỉnh", "Thử")
    for name in ("mot", "hai"):
        body = _unit(f"xa-{name}", "commune", "xã", name.capitalize(), top)
        _unit(f"xa-{name}-thon", "hamlet", "thôn", "Đông", body)
        _unit(f"xa-{name}-phong", "department", "", "Văn phòng", body)
        units.append(body)
    return units


def _unit(unit_id: str, level: str, kind: str, name: str, parent: Unit | None = None) -> Unit:
    unit = Unit.objects.create(id=unit_id, level=level)
    UnitName.objects.create(unit=unit, kind=kind, name=name, folded=name.lower())
    if parent:
        UnitPlacement.objects.create(unit=unit, parent=parent)
    return unit


def _person(name: str, unit: str, role: str) -> Person:
    person = Person.objects.create(username=name, full_name=name)
    Position.objects.create(person=person, unit_id=unit, role=role, title="Công chức")
    return person


NEW = {"kind": "xã", "name": "Ba", "code": "99999"}


def test_hamlets_live_on_departments_end_and_posts_go_on_in_the_new_unit(pair: list[Unit]) -> None:
    clerk = _person("thu-van-phong", "xa-mot-phong", "office-clerk")
    actions.apply(asked=[asked("merge", ["xa-mot", "xa-hai"], targets=[NEW])], by=None, at=AT)
    new = queries.unit("xã Ba", DAY)
    assert new.pk == "ba-99999"
    assert queries.body_of(Unit.objects.get(pk="xa-mot-thon"), DAY) == new
    assert Unit.objects.get(pk="xa-hai-phong").ends_on == DAY
    assert [post.unit_id for post in queries.positions(clerk, DAY)] == ["ba-99999"]
    assert [post.unit_id for post in queries.positions(clerk, date(2025, 6, 30))] == ["xa-mot-phong"]
    assert queries.visible_units(clerk, DAY).filter(pk="xa-hai").exists()


def test_posts_end_when_nobody_asked_to_keep_them(pair: list[Unit]) -> None:
    clerk = _person("thu-van-phong", "xa-mot", "office-clerk")
    actions.apply(asked=[asked("merge", ["xa-mot", "xa-hai"], targets=[NEW], posts="end")], by=None, at=AT)
    assert not queries.positions(clerk, DAY)


def test_an_undo_is_refused_by_name_once_somebody_builds_on_the_new_unit(pair: list[Unit]) -> None:
    [change] = actions.apply(asked=[asked("merge", ["xa-mot", "xa-hai"], targets=[NEW])], by=None, at=AT)
    _person("nguoi-moi", "ba-99999", "office-clerk")
    with pytest.raises(Refused, match="chức vụ"):
        actions.undo(change=change, reason="Nhầm", by=None, at=AT)
    assert Unit.objects.filter(pk="ba-99999").exists()
    Position.objects.filter(unit="ba-99999").delete()
    actions.undo(change=change, reason="Nhầm", by=None, at=AT)
    assert not Unit.objects.filter(pk="ba-99999").exists()
    with pytest.raises(Refused, match="đã được hoàn tác"):
        actions.undo(change=change, reason="Nhầm", by=None, at=AT)


def test_an_undo_notices_what_was_edited_since(pair: list[Unit]) -> None:
    [change] = actions.apply(
        asked=[asked("rename", ["xa-mot"], targets=[{"kind": "phường", "name": "Mốt"}])], by=None, at=AT
    )
    assert queries.title_of(pair[0], date(2025, 6, 30)) == "xã Mot"
    assert queries.title_of(pair[0], DAY) == "phường Mốt"
    UnitName.objects.filter(unit="xa-mot", starts_on=None).update(ends_on=date(2025, 8, 1))
    with pytest.raises(Refused, match="tên đơn vị đã được sửa sau đó"):
        actions.undo(change=change, reason="Nhầm", by=None, at=AT)


def test_a_change_of_a_coming_day_passes_on_only_when_the_day_has_come(pair: list[Unit]) -> None:
    early = datetime(2025, 6, 1, tzinfo=UTC)
    [change] = actions.apply(asked=[asked("merge", ["xa-mot", "xa-hai"], targets=[NEW])], by=None, at=early)
    assert not change.steps.filter(deed="pass-on").exists()
    assert actions.pass_on_due(at=early) == 0
    assert actions.pass_on_due(at=AT) == 1
    assert actions.pass_on_due(at=AT) == 0


def test_a_split_keeps_the_old_unit_when_it_is_one_of_the_parts(pair: list[Unit]) -> None:
    split = asked(
        "split",
        ["xa-mot"],
        targets=[{"unit": "xa-mot", "share": "60%"}, {**NEW, "share": "40%", "parts": ["xa-mot-thon"]}],
    )
    actions.apply(asked=[split], by=None, at=AT)
    assert Unit.objects.get(pk="xa-mot").ends_on is None
    assert Unit.objects.get(pk="xa-mot-phong").ends_on is None
    assert queries.body_of(Unit.objects.get(pk="xa-mot-thon"), DAY).pk == "ba-99999"
    assert queries.body_of(Unit.objects.get(pk="xa-mot-thon"), date(2025, 6, 30)).pk == "xa-mot"


def test_a_tier_that_ends_leaves_those_below_to_the_unit_above(before: None) -> None:
    actions.apply(asked=[asked("abolish", ["huyen-nam-sach"])], by=None, at=AT)
    assert queries.parent_of(Unit.objects.get(pk="nam-trung"), DAY) == Unit.objects.get(pk="tinh-hai-duong")


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "units", "said", "why"),
    [
        ("merge", ["xa-mot"], {"targets": [NEW]}, "ít nhất hai đơn vị"),
        ("merge", ["xa-mot", "xa-hai"], {"targets": [NEW, {**NEW, "name": "Bốn"}]}, "một đơn vị nhận"),
        ("merge", ["xa-mot", "xa-mot"], {"targets": [NEW]}, "hai lần"),
        ("merge", ["xa-mot", "tinh-thu"], {"targets": [NEW]}, "cùng một cấp"),
        ("merge", ["xa-mot", "xa-hai"], {"targets": ["xa-mot-thon"]}, "khác cấp"),
        ("merge", ["xa-mot-thon", "xa-hai-thon"], {"targets": [NEW]}, "Thôn, bộ phận"),
        ("merge", ["xa-mot", "khong-co"], {"targets": [NEW]}, "Không có đơn vị nào"),
        ("merge", ["xa-mot", "xa-hai"], {"targets": [NEW], "basis": ""}, "căn cứ"),
        ("split", ["xa-mot"], {"targets": [{**NEW, "share": 1}]}, "ít nhất hai"),
        (
            "split",
            ["xa-mot"],
            {"targets": [{**NEW, "share": 0.5}, {"unit": "xa-hai", "share": 0.4}]},
            "cộng lại được 90%",
        ),
        ("split", ["xa-mot"], {"targets": [NEW, "xa-hai"]}, "tỷ lệ"),
        (
            "split",
            ["xa-mot"],
            {"targets": [{**NEW, "share": 0.5, "parts": ["xa-hai-thon"]}, {"unit": "xa-hai", "share": 0.5}]},
            "không thuộc đơn vị được chia",
        ),
        ("move", ["xa-mot"], {"parent": "xa-hai"}, "không ở cấp trên"),
        ("move", ["tinh-thu"], {"parent": "xa-mot"}, "không thể là cấp trên"),
        ("move", ["xa-mot"], {}, "cấp trên mới"),
        ("rename", ["xa-mot"], {"targets": [{"kind": "xã"}]}, "loại và tên"),
        ("abolish", ["xa-mot"], {}, "không bãi bỏ"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    pair: list[Unit], kind: str, units: list[str], said: dict[str, Any], why: str
) -> None:
    assert why in refused(asked(kind, units, **said))
    assert not UnitChange.objects.exists()


def test_a_unit_that_ceased_is_refused_with_its_successor(pair: list[Unit]) -> None:
    actions.apply(asked=[asked("merge", ["xa-mot", "xa-hai"], targets=[NEW])], by=None, at=AT)
    told = refused(asked("merge", ["xa-mot", "xa-hai"], targets=[{**NEW, "name": "Bốn"}], on="2025-08-01"))
    assert "đã ghi kết thúc từ ngày 01/7/2025" in told
    assert "xã Ba" in told
    assert "đã ghi kết thúc" in refused(
        asked(
            "split",
            ["ba-99999"],
            on="2025-08-01",
            targets=[{"unit": "xa-mot", "share": 0.5}, {**NEW, "share": 0.5}],
        )
    )


def test_a_unit_does_not_come_after_one_that_came_after_it(pair: list[Unit]) -> None:
    split = [{"unit": "xa-mot", "share": "60%"}, {**NEW, "share": "40%"}]
    actions.apply(asked=[asked("split", ["xa-mot"], targets=split)], by=None, at=AT)
    told = refused(asked("merge", ["ba-99999"], targets=["xa-mot"], on="2025-09-01"))
    assert "tiền thân" in told


def test_shares_are_read_as_people_write_them() -> None:
    assert share_of("60%") == share_of("0,6") == share_of(0.6)
    for wrong in ("0", "101%", "abc", "nan", "-1"):
        with pytest.raises(Unfit):
            share_of(wrong)


# --- who may --------------------------------------------------------------------------------------


def test_units_with_people_of_their_own_are_changed_by_who_stands_above_them(pair: list[Unit]) -> None:
    own = _person("quan-tri-mot", "xa-mot", "administrator")
    above = _person("quan-tri-tinh", "tinh-thu", "administrator")
    change = asked("merge", ["xa-mot", "xa-hai"], targets=[NEW])
    assert actions.rehearse(asked=[change], by=own, at=AT)
    _person("can-bo-hai", "xa-hai-phong", "office-clerk")
    with pytest.raises(NotAllowed, match="Xã Hai có cán bộ riêng"):
        actions.rehearse(asked=[change], by=own, at=AT)
    assert actions.apply(asked=[change], by=above, at=AT)


# --- rooms answer for what they hold --------------------------------------------------------------


def test_every_key_to_a_unit_says_what_becomes_of_it() -> None:
    keys = {
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.ForeignKey) and field.related_model is Unit and field.model is model
    }
    assert keys - registry.answered() == set(), "say it in the room's AppConfig.ready (org.changes.registry)"
    assert registry.answered() - keys == set(), "these keys are no more"


def test_kinds_of_changes_have_words() -> None:
    from dinhlang.org.changes.rules import LABELS, MEANINGS

    assert set(LABELS) == set(MEANINGS) == set(Kind)
    assert Target(kind="xã", name="Ba").called == "xã Ba"
