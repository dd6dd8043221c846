"""A merger as the whole house sees it: what is listed, passed on, kept, refused, and all of it undone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from django.utils.timezone import localdate

from dinhlang.cli.unit import unit as unit_commands
from dinhlang.org import queries as org
from dinhlang.org.changes import actions
from dinhlang.org.changes.rules import from_json
from dinhlang.org.models import Position, Unit, UnitChange
from dinhlang.org.rules import Refused
from dinhlang.org.tests import before_2025
from dinhlang.periods.identifier import Period
from dinhlang.periods.window import Window
from dinhlang.portal.models import Item, Site
from dinhlang.reports import comparison
from dinhlang.reports.actions import draft_report
from dinhlang.reports.duties import actions as duties
from dinhlang.reports.duties import queries as owed
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.models import Obligation, Outline, Programme, Report
from dinhlang.work import actions as work
from dinhlang.work import queries as ledger
from dinhlang.work.models import Activity, Plan, PlanDraft

if TYPE_CHECKING:
    from pathlib import Path

    from dinhlang.portal.tests.conftest import World

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

PROGRAMME = "cchc-tuyen-truyen"
TWO_TIERS = date(2025, 7, 1)


def at(day: date, hour: int = 3) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def _unit(unit_id: str) -> Unit:
    return Unit.objects.get(pk=unit_id)


# --- the commune of the demonstration --------------------------------------------------------------


def tomorrow(world: World) -> datetime:
    """The demonstration issues a report today, so that its commune cannot end before tomorrow."""
    return world.at + timedelta(days=1)


def merger(world: World) -> dict[str, Any]:
    return {
        "kind": "merge",
        "on": localdate(tomorrow(world)).isoformat(),
        "basis": "NQ 9/NQ-HĐND ngày 1/6/2026",
        "units": ["ben-truc", "ben-dua"],
        "targets": [{"kind": "xã", "name": "Bến Mới", "code": "99999"}],
    }


def state(world: World) -> list[Any]:
    of_units = [
        list(model.objects.order_by("pk").values_list("pk", "unit"))
        for model in (Item, Report, PlanDraft, Plan, Obligation, Activity, Outline, Position)
    ]
    return [
        *of_units,
        list(Obligation.objects.order_by("pk").values_list("released_on", "recipient")),
        list(Item.objects.order_by("pk").values_list("state", "column")),
    ]


def test_a_dry_run_lists_each_sort_of_thing_and_the_undo_leaves_nothing_behind(world: World) -> None:
    running = draft_report(
        unit=world.commune,
        period=Period.parse(str(world.today.year)),
        by=world.people["van-hoa"],
        at=world.at,
    )
    was = state(world)
    [told] = actions.rehearse(asked=[from_json(merger(world))], by=None, at=tomorrow(world))
    assert not told.refusals
    assert {
        "org.below",
        "org.post",
        "org.line",
        "reports.duty",
        "reports.draft",
        "work.plan",
        "work.plan-draft",
        "work.line",
        "archive.document",
        "portal.site",
        "portal.column",
    } <= told.counts.keys()
    assert state(world) == was

    [change] = actions.apply(asked=[from_json(merger(world))], by=None, at=tomorrow(world))
    new = org.unit("xã Bến Mới", localdate(tomorrow(world)))
    running.refresh_from_db()
    assert running.unit == new
    assert PlanDraft.objects.get(pk=world.draft.pk).unit == new
    assert not Obligation.objects.filter(
        unit__in=("ben-truc", "ben-dua"), released_on=None, window_to__gte=localdate(tomorrow(world))
    ).exclude(sent_on__isnull=False)
    assert Activity.objects.get(pk=world.line.pk).unit == world.commune
    assert Site.objects.get(unit=world.commune)

    actions.undo(change=change, reason="Chạy thử thật", by=None, at=tomorrow(world))
    assert state(world) == was


def test_a_report_of_the_new_unit_keeps_its_merger_from_being_undone(world: World) -> None:
    [change] = actions.apply(asked=[from_json(merger(world))], by=None, at=tomorrow(world))
    work.record_activity(
        unit=org.unit("xã Bến Mới", localdate(tomorrow(world))),
        kind="website",
        happened_on=localdate(tomorrow(world)),
        title="Bài đầu tiên của xã mới",
        measures={"articles": 1},
        by=None,
        at=tomorrow(world),
    )
    with pytest.raises(Refused, match="đơn vị mới đã ghi 1 dòng sổ"):
        actions.undo(change=change, reason="Nhầm", by=None, at=tomorrow(world))


def test_a_merger_dated_before_an_issued_report_is_refused_with_its_number(world: World) -> None:
    issued = world.publication.report
    assert issued.issued_on
    early = {**merger(world), "on": issued.issued_on.isoformat()}
    with pytest.raises(Refused, match=f"Xã Bến Trúc đã phát hành báo cáo số {issued.number}/"):
        actions.apply(asked=[from_json(early)], by=None, at=world.at)
    assert not UnitChange.objects.exists()


def test_the_desk_leads_from_the_form_to_the_dry_run_and_back(world: World) -> None:
    browser = world.signed_in("quan-tri", checks_forms=False)
    base = "/ban-lam-viec/don-vi/thay-doi/"
    said = {
        "units": "xã Bến Trúc",
        "targets": "phường Bến Trúc Mới",
        "basis": "NQ 9/NQ-HĐND",
        "on": world.today.isoformat(),
    }
    wrong = browser.post(f"{base}moi/rename/", {**said, "units": "xã Không Có"})
    assert "Không có đơn vị nào" in wrong.content.decode()
    there = browser.post(f"{base}moi/rename/", said)
    assert there.status_code == 302
    dry = browser.get(there["Location"]).content.decode()
    assert "Giữ nguyên chức vụ" in dry
    found = browser.get(there["Location"] + "?q=chu tich&loai=org.post").content.decode()
    assert "1 mục" in found
    file = browser.post(there["Location"] + "xuat/csv/")
    assert b"Chu" in b"".join(file.streaming_content)  # type: ignore[attr-defined]
    assert "Đánh dấu đã xem" in browser.post(there["Location"] + "ap-dung/", follow=True).content.decode()
    applied = browser.post(there["Location"] + "ap-dung/", {"sure": "1"}, follow=True)
    assert (
        "Phường Bến Trúc Mới" in applied.content.decode() or "phường Bến Trúc Mới" in applied.content.decode()
    )
    change = UnitChange.objects.get()
    assert org.title_of(world.commune, world.today) == "phường Bến Trúc Mới"
    assert "Ghi lý do" in browser.post(f"{base}{change.pk}/hoan-tac/").content.decode()
    browser.post(f"{base}{change.pk}/hoan-tac/", {"reason": "Ghi nhầm"})
    assert org.title_of(world.commune, world.today) == "xã Bến Trúc"


def test_an_administrator_of_one_commune_does_not_merge_its_neighbour(world: World) -> None:
    browser = world.signed_in("quan-tri", checks_forms=False)
    said = {
        "units": "ben-truc\nben-dua",
        "targets": "+ xã Bến Mới",
        "basis": "NQ 9/NQ-HĐND",
        "on": world.today.isoformat(),
        "posts": "carry",
    }
    answer = browser.post("/ban-lam-viec/don-vi/thay-doi/moi/merge/", said).content.decode()
    assert "Xã Bến Dừa có cán bộ riêng dùng hệ thống" in answer


# --- the seeds' communes, 2022 to 2026 --------------------------------------------------------------


def articles(unit_id: str, day: date, many: int) -> None:
    work.record_activity(
        unit=_unit(unit_id),
        kind="website",
        happened_on=day,
        title=f"Tin, bài {unit_id}",
        measures={"articles": many},
        by=None,
        at=at(date(2026, 11, 20)),
    )


def test_the_seeds_communes_keep_their_years_through_both_mergers(db: None) -> None:
    before_2025.store()
    import_shipped(at=at(date(2022, 1, 3)))
    programme = Programme.objects.get(pk=PROGRAMME)
    for unit_id in ("nam-trung", "nam-chinh", "quoc-tuan"):
        articles(unit_id, date(2022, 5, 4), 10)
    articles("nam-trung", date(2024, 11, 20), 4)
    articles("quoc-tuan", date(2025, 3, 3), 6)
    ids = ["nam-trung", "quoc-tuan"]
    for period in ("2022", "2024", "2025-H1", "2025"):
        duties.open_period(
            programme=programme, period=Period.parse(period), at=at(date(2024, 11, 1)), units=ids
        )
    actions.apply(asked=before_2025.changes(), by=None, at=at(date(2025, 7, 2)))
    articles("tran-phu-nam-sach", date(2025, 1, 10), 8)
    articles("tran-phu-10633", date(2025, 9, 9), 5)
    articles("tran-phu-10633", date(2026, 3, 3), 30)

    # What was owed before stays with its unit; what is cut off later is owed by the heir, to the city's office.
    rows = {(row.unit_id, row.period): row for row in Obligation.objects.all()}
    assert rows["nam-trung", "2022"].released_on is None
    assert rows["nam-trung", "2024"].released_on == date(2024, 12, 1)
    assert rows["quoc-tuan", "2025-H1"].released_on is None
    assert rows["quoc-tuan", "2025"].released_on == TWO_TIERS
    duties.open_period(
        programme=programme, period=Period.parse("2025"), at=at(date(2025, 7, 2)), units=["tran-phu-10633"]
    )
    new = Obligation.objects.get(unit="tran-phu-10633", period="2025")
    assert new.window_from == TWO_TIERS
    assert owed.state_on(
        owed.with_standing(Obligation.objects.filter(pk=rows["quoc-tuan", "2025"].pk), TWO_TIERS).get(),
        TWO_TIERS,
    ).value

    # The series reaches back and says so; nothing is counted twice.
    heir = _unit("tran-phu-10633")
    years = {
        year: ledger.joint_fact(heir, "articles", Window(date(year, 1, 1), date(year, 12, 31)))
        for year in (2022, 2024, 2025, 2026)
    }
    assert [years[year].fact.value for year in years] == [30, 4, 19, 30]
    assert "xã Nam Trung" in years[2022].label
    assert "01/12/2024" in years[2022].label
    assert years[2026].label == ""
    everyone = [
        _unit(one) for one in ("nam-trung", "nam-chinh", "quoc-tuan", "tran-phu-nam-sach", "tran-phu-10633")
    ]
    all_years = Window(date(2022, 1, 1), date(2026, 12, 31))
    own = sum(ledger.fact(one, "articles", all_years).value or 0 for one in everyone)
    assert ledger.joint_facts(everyone, all_years, ["articles"])["articles"].fact.value == own == 83

    # The comparison of 2026 shows the year before with its label.
    report = draft_report(unit=heir, period=Period.parse("2026"), by=None, at=at(date(2026, 11, 20)))
    [row] = [one for one in comparison.of(report).rows if one.concept == "articles"]
    assert row.before.value == 19
    assert "xã Quốc Tuấn" in row.made_of

    # Documents are of their day: head and unit above are those of 2022.
    old = _unit("nam-trung")
    assert org.letterhead(old, date(2022, 12, 20)).issuer == ("ỦY BAN NHÂN DÂN", "XÃ NAM TRUNG")
    assert org.unit_for_issuer(report_issuer("xã", "Nam Trung"), on=date(2022, 12, 20)) == old
    assert org.unit_for_issuer(report_issuer("xã", "Nam Trung"), on=date(2026, 1, 1)) is None


def report_issuer(kind: str, name: str) -> Any:
    from dinhlang.officialdoc.model import Issuer

    return Issuer(name=f"ỦY BAN NHÂN DÂN {kind} {name}".upper(), unit_kind=kind, unit_name=name)


def test_the_command_tells_a_whole_list_and_applies_it(db: None, tmp_path: Path) -> None:
    before_2025.store()
    file = tmp_path / "tinh.toml"
    file.write_text(_list(), "utf-8")
    out = tmp_path / "chay-thu.csv"
    told = CliRunner().invoke(unit_commands, ["change", str(file), "--dry-run", "--out", str(out)])
    assert told.exit_code == 0, told.output
    assert "10. merge từ 01/07/2025: tỉnh Hải Dương" in told.output
    assert "Phòng Văn hóa và Thông tin" in out.read_text("utf-8")
    assert not UnitChange.objects.exists()
    done = CliRunner().invoke(unit_commands, ["change", str(file)])
    assert done.output.count("Đã áp dụng") == 10
    assert CliRunner().invoke(unit_commands, ["changes"]).output.count("\n") == 10
    last = UnitChange.objects.order_by("-pk")[0]
    undone = CliRunner().invoke(unit_commands, ["change-undo", str(last.pk), "--reason", "Ghi nhầm"])
    assert undone.exit_code == 0, undone.output
    assert _unit("tinh-hai-duong").ends_on is None


def _list() -> str:
    from pathlib import Path

    return Path(before_2025.__file__).with_name("changes_2025.toml").read_text("utf-8")


def test_a_list_in_a_table_is_read_as_one_in_toml() -> None:
    from dinhlang.org.changes import files

    table = (
        "kind,on,basis,units,targets,parent\n"
        "merge,01/7/2025,NQ 9,xa-a; xa-b,+ xã Ba (99999),tinh-thu\n"
        'split,2025-07-01,NQ 9,xa-c,"xa-c = 60%\n+ xã Tư = 40%",\n'
    )
    merge, split = files.read(table.encode("utf-8-sig"), "tinh.csv")
    assert (merge.on, merge.units, merge.targets[0].code) == (TWO_TIERS, ("xa-a", "xa-b"), "99999")
    assert [str(one.share) for one in split.targets] == ["0.6", "0.4"]
    with pytest.raises(Refused, match="Hàng 2: Không có loại"):
        files.read(b"kind,on,basis,units\nnhap,2025-07-01,NQ,a\n", "tinh.csv")
    with pytest.raises(Refused, match="thiếu cột"):
        files.read(b"a,b\n1,2\n", "tinh.csv")
