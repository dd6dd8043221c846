"""Files of the province's system: taken in, compared, written once, taken back."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from django.utils.timezone import localdate
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dinhlang.onestop import actions as counter_actions
from dinhlang.onestop import queries
from dinhlang.onestop.imports import actions, keeping, writing
from dinhlang.onestop.imports.actions import deciding, running
from dinhlang.onestop.imports.rows import Row
from dinhlang.onestop.models import CountedDay, Dossier, DossierStep, Finding, ImportRun, RunState
from dinhlang.onestop.tests.counters import Counter
from dinhlang.onestop.tests.exports import (
    IDENTITY,
    SOMEBODY,
    as_csv,
    as_xlsx,
    code,
    line,
    register,
    take_in,
    write,
)
from dinhlang.org.rules import Refused
from dinhlang.work.sealed_files import FileLost

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

THREE = [
    line(code(3, 1), "03/07/2023", "13/07/2023", "12/07/2023", "13/07/2023", "Đã trả kết quả"),
    line(
        code(4, 2), "04/07/2023 09:30", "14/07/2023 09:30", "17/07/2023", "", "Đã giải quyết", field="Đất đai"
    ),
    line(code(18, 3), "18/07/2023", "28/07/2023", way="Trực tuyến"),
]


def test_a_commune_with_only_the_official_system_has_its_figures_from_a_file(counter: Counter) -> None:
    run = write(counter, take_in(counter, as_csv(THREE)))
    assert run.counts["written"] == {"new": 3}
    found = queries.figures(counter.cast.commune, date(2023, 7, 1), date(2023, 7, 20))
    assert (found.received, found.online, found.early, found.late, found.open_in_time) == (3, 1, 1, 1, 1)
    late = Dossier.objects.get(code=code(4, 2))
    assert late.due_at is not None
    assert late.source == "official"
    assert late.number is None
    assert list(queries.figures_by_field(counter.cast.commune, date(2023, 7, 1), date(2023, 7, 20))) == [
        "Đất đai",
        "Hộ tịch",
    ]


def test_nothing_of_a_person_is_taken_or_kept(counter: Counter) -> None:
    run = take_in(counter, as_csv(THREE))
    assert run.meanings["2"] == run.meanings["3"] == "personal"
    write(counter, run)
    told = f"{run.found} {run.meanings} {list(Finding.objects.values())} {list(DossierStep.objects.values('said'))}"
    assert SOMEBODY not in told
    assert IDENTITY not in told
    assert Dossier.objects.exclude(applicant="").count() == 0
    with pytest.raises(FileLost):
        keeping.FILES.read(run.kept_as)


def test_the_same_file_twice_is_refused_and_the_same_rows_change_nothing(counter: Counter) -> None:
    data = as_csv(THREE)
    write(counter, take_in(counter, data))
    before = register()
    with pytest.raises(Refused, match="đã đưa vào"):
        take_in(counter, data)
    run = write(
        counter,
        take_in(counter, as_csv([*THREE, ["", "", "", "", "", "", "", "", "", "", "", "", "ghi chú"]])),
    )
    assert run.counts["written"] == {"same": 3}
    assert register() == before
    assert DossierStep.objects.count() == 3


def test_next_month_is_taken_without_questions_and_goes_on_with_what_is_known(counter: Counter) -> None:
    write(counter, take_in(counter, as_csv(THREE)))
    later = line(code(18, 3), "18/07/2023", "28/07/2023", "19/07/2023", "", "Đã có kết quả", way="Trực tuyến")
    run = actions.receive_file(
        unit=counter.cast.commune,
        data=as_csv([later]),
        name="thang sau.csv",
        by=counter.cast.one_stop_clerk,
        at=counter.later(),
    )
    actions.carry_on(pk=run.pk, at=counter.now)
    run.refresh_from_db()
    assert run.state == RunState.SHOWN
    assert write(counter, run).counts["written"] == {"newer": 1}
    assert Dossier.objects.get(code=code(18, 3)).state == "resolved"
    assert [one.deed for one in Dossier.objects.get(code=code(18, 3)).steps.all()] == ["import", "import"]


def test_both_orders_of_a_code_are_one_dossier(counter: Counter) -> None:
    write(counter, take_in(counter, as_csv([line("H99.34.12-230703-0001", "03/07/2023", "13/07/2023")])))
    run = write(
        counter,
        take_in(
            counter, as_csv([line("000.12.34.H99-230703-0001", "03/07/2023", "13/07/2023")], delimiter=";")
        ),
    )
    assert run.counts["written"] == {"same": 1}


def test_what_was_typed_by_hand_is_named_and_not_written_over(counter: Counter) -> None:
    ours = counter.receive(code="H99.12.34-230720-0077")
    counter.do(counter_actions.resolve, ours)
    told = line("H99.12.34-230720-0077", "19/07/2023", "30/07/2023", "", "", "Đang giải quyết")
    run = take_in(counter, as_csv([told]))
    [finding] = run.findings.all()
    assert finding.kind == "contradicts"
    assert "ngày tiếp nhận: sổ ghi 20/7/2023, hệ thống ghi 19/7/2023" in finding.why
    write(counter, run)
    ours.refresh_from_db()
    assert ours.state == "resolved"
    assert run.findings.get().decision == ""


def decided(counter: Counter, run: ImportRun, decision: str) -> None:
    actions.decide(
        run=run, kind="contradicts", decision=decision, by=counter.cast.one_stop_clerk, at=counter.later()
    )


def test_a_person_decides_for_the_file_or_for_the_register_which_is_remembered(counter: Counter) -> None:
    one, other = counter.receive(code="H99.12.34-230720-0077"), counter.receive(code="H99.12.34-230720-0078")
    run = take_in(
        counter, as_csv([line(one.code, "19/07/2023", "30/07/2023", "20/07/2023", "", "Đã giải quyết")])
    )
    decided(counter, run, "file")
    write(counter, run)
    one.refresh_from_db()
    assert one.state == "resolved"
    assert one.steps.count() == 2
    again = [line(other.code, "18/07/2023", "30/07/2023", "20/07/2023", "", "Đã giải quyết")]
    run = take_in(counter, as_csv(again))
    decided(counter, run, "ours")
    write(counter, run)
    run = take_in(counter, as_csv(again, delimiter="\t"))
    assert run.counts["kept"] == 1
    assert not run.findings.exists()


def test_a_later_result_goes_on_with_what_was_typed(counter: Counter) -> None:
    ours = counter.receive(code="H99.12.34-230720-0077")
    run = take_in(
        counter,
        as_csv([line(ours.code, "20/07/2023", "31/07/2023", "20/07/2023 17:00", "", "Đã giải quyết")]),
    )
    assert [one.kind for one in run.findings.all()] == ["due"]
    due = ours.due_at
    counter.later(hours=9)
    write(counter, run)
    ours.refresh_from_db()
    assert (ours.state, ours.due_at) == ("resolved", due)


def test_an_older_file_changes_nothing(counter: Counter) -> None:
    done = line(code(3, 1), "03/07/2023", "13/07/2023", "12/07/2023", "", "Đã giải quyết")
    write(counter, take_in(counter, as_csv([done])))
    older = take_in(counter, as_csv([line(code(3, 1), "03/07/2023", "13/07/2023")]), as_of=date(2023, 7, 5))
    assert write(counter, older).counts["written"] == {"older": 1}
    assert Dossier.objects.get().state == "resolved"


def test_a_code_twice_with_two_states_waits_for_a_person(counter: Counter) -> None:
    rows = [
        line(code(3, 1), "03/07/2023", "13/07/2023"),
        line(code(3, 1), "03/07/2023", "13/07/2023", "12/07/2023", "", "Đã giải quyết"),
        line(code(3, 2), "03/07/2023", "13/07/2023"),
        line(code(3, 2), "03/07/2023", "13/07/2023"),
    ]
    run = take_in(counter, as_csv(rows))
    assert run.counts["doubled"] == 1
    assert run.counts["twice"] == 2
    second = run.findings.get(kind="twice", row=3)
    actions.decide(
        run=run,
        kind="twice",
        decision="file",
        finding=second.pk,
        by=counter.cast.one_stop_clerk,
        at=counter.later(),
    )
    write(counter, run)
    assert dict(Dossier.objects.values_list("code", "state")) == {
        code(3, 1): "resolved",
        code(3, 2): "in-hand",
    }


def test_what_is_open_in_the_register_and_not_in_the_file_is_named(counter: Counter) -> None:
    write(counter, take_in(counter, as_csv(THREE)))
    run = take_in(counter, as_csv([THREE[0], line(code(19, 9), "19/07/2023", "29/07/2023")]))
    assert [(one.kind, one.code) for one in run.findings.all()] == [("missing", code(18, 3))]


def test_an_import_is_undone_by_further_steps_and_can_come_again(counter: Counter) -> None:
    own = counter.receive()
    before = queries.figures(counter.cast.commune, date(2023, 7, 1), date(2023, 7, 20))
    data = as_csv(THREE)
    run = write(counter, take_in(counter, data))
    actions.undo(run=run, by=counter.cast.one_stop_clerk, at=counter.later())
    actions.carry_on(pk=run.pk, at=counter.now)
    run.refresh_from_db()
    assert run.state == RunState.UNDONE
    assert queries.figures(counter.cast.commune, date(2023, 7, 1), date(2023, 7, 20)) == before
    assert DossierStep.objects.filter(deed="reverse").count() == 3
    assert [one.pk for one in queries.dossiers([counter.cast.commune.pk], at=counter.now)] == [own.pk]
    assert write(counter, take_in(counter, data)).counts["written"] == {"new": 3}
    assert (
        queries.figures(counter.cast.commune, date(2023, 7, 1), date(2023, 7, 20)).received
        == before.received + 3
    )


def test_who_takes_a_file_back_does_not_take_back_what_others_confirmed(counter: Counter) -> None:
    def undone(run: ImportRun) -> None:
        actions.undo(run=run, by=counter.cast.one_stop_clerk, at=counter.later())
        actions.carry_on(pk=run.pk, at=counter.now)
        run.refresh_from_db()
        assert (run.state, run.confirmations.count()) == (RunState.UNDONE, 0)

    def told() -> list[date | None]:
        return list(Dossier.objects.order_by("code_key").values_list("told_on", flat=True))

    # The first says all three; the next ones confirm them, each with a row of its own so that no file is the same.
    first, second, third = date(2023, 7, 18), date(2023, 7, 19), date(2023, 7, 20)
    write(counter, take_in(counter, as_csv(THREE), as_of=first))
    assert told() == [first] * 3
    others = [line(code(18, number), "18/07/2023", "28/07/2023") for number in (51, 52, 53)]
    middle = write(counter, take_in(counter, as_csv([*THREE, others[0]]), as_of=second))
    one = write(counter, take_in(counter, as_csv([*THREE[:2], others[1]]), as_of=third))
    same_day = write(counter, take_in(counter, as_csv([*THREE[1:], others[2]]), as_of=third))
    assert told() == [third, third, third, second, third, third]
    undone(one)
    # The first dossier was confirmed by `middle` before, the second by another file of the same day as well.
    assert told()[:3] == [second, third, third]
    undone(same_day)
    assert told()[:3] == [second] * 3
    undone(middle)
    assert told()[:3] == [first] * 3


def test_a_file_lost_while_it_is_written_leaves_nothing_half_done(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "CHUNK", 2)
    own = counter.receive()
    before = queries.figures(counter.cast.commune, date(2023, 7, 1), date(2023, 7, 20))
    data = as_csv(THREE)
    run = take_in(counter, data)
    actions.confirm(run=run, by=counter.cast.one_stop_clerk, at=counter.later())
    rows = [Row.of_json(one) for one in keeping.read_rows(run.kept_as)]
    assert deciding.write_on(run, rows, writing.Desk(run.unit, run.as_of))
    # The database was restored from a moment in between, the folder of sealed files was not.
    keeping.erase(run.kept_as)
    for _attempt in range(3):
        ImportRun.objects.update(moved_at=counter.now)
        assert actions.resume_imports(at=counter.later(minutes=3)) == 1
        actions.carry_on(pk=run.pk, at=counter.now)
    run.refresh_from_db()
    assert run.state == RunState.UNDOING
    actions.carry_on(pk=run.pk, at=counter.now)
    run.refresh_from_db()
    assert run.state == RunState.UNDONE
    assert "Hãy chọn lại tệp" in run.told
    assert actions.resume_imports(at=counter.later(minutes=3)) == 0
    assert queries.figures(counter.cast.commune, date(2023, 7, 1), date(2023, 7, 20)) == before
    assert [one.pk for one in queries.dossiers([counter.cast.commune.pk], at=counter.now)] == [own.pk]
    # The same file again is written whole.
    assert write(counter, take_in(counter, data)).counts["written"] == {"new": 3}


def test_nothing_is_undone_that_something_was_built_on(counter: Counter) -> None:
    run = write(counter, take_in(counter, as_csv(THREE)))
    counter.do(counter_actions.resolve, Dossier.objects.get(code=code(18, 3)))
    with pytest.raises(Refused, match="1 hồ sơ đã có bước"):
        actions.undo(run=run, by=counter.cast.one_stop_clerk, at=counter.later())


def test_an_empty_export_with_merged_cells_is_told_so(counter: Counter) -> None:
    def merged(book: object) -> None:
        book.active.merge_cells("A1:M1")  # type: ignore[attr-defined]
        book.create_sheet("Chú thích").append(["Trang này để trống"])  # type: ignore[attr-defined]

    data = as_xlsx([], above=[["DANH SÁCH HỒ SƠ"], ["Từ ngày 01/07/2023 đến ngày 20/07/2023"]], more=merged)
    run = take_in(counter, data, "trong.xlsx")
    assert run.state == RunState.REFUSED
    assert "không có hồ sơ nào" in run.told


LIFE = st.lists(
    st.tuples(st.integers(1, 4), st.integers(3, 18), st.integers(0, 3), st.booleans()),
    min_size=1,
    max_size=8,
    unique_by=lambda one: one[0],
)


def _row(number: int, came: int, stage: int, online: bool) -> list[object]:
    way = "Trực tuyến" if online else "Trực tiếp"
    received, due, done = (f"{day:02d}/07/2023" for day in (came, came + 10, min(came + 2, 20)))
    ended = {2: ("Đã giải quyết", done, ""), 3: ("Đã trả kết quả", done, done)}
    state, resolved, given = ended.get(stage, (("Mới tiếp nhận", "Đang giải quyết")[stage % 2], "", ""))
    return line(code(came, number), received, due, resolved, given, state, way=way)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LIFE, st.data())
def test_any_partition_order_and_overlap_of_rows_gives_the_same_register(
    counter: Counter, lives: Any, data: st.DataObject
) -> None:
    """Each dossier is seen at some stages of its life; files hold any of these, come in any order, and say of which day they are."""
    seen = [
        (_row(number, came, stage, online), date(2023, 7, 19) if stage < last else date(2023, 7, 20))
        for number, came, last, online in lives
        for stage in range(last + 1)
    ]
    once = _register_after(counter, [seen])
    parts = data.draw(st.lists(st.lists(st.sampled_from(seen), max_size=6), max_size=3))
    assert _register_after(counter, data.draw(st.permutations([*parts, seen]))) == once


def _register_after(counter: Counter, files: Any) -> list[tuple[Any, ...]]:
    """The register after these files, each parted by the days that its rows are of; nothing of it stays."""
    with transaction.atomic():
        for number, rows in enumerate(files):
            for as_of in sorted({day for _row, day in rows}, reverse=bool(number % 2)):
                mine = [row for row, day in rows if day == as_of]
                random.Random(number).shuffle(mine)  # noqa: S311 - not a secret
                last = {str(row[1]): row for row in sorted(mine, key=_stage)}
                write(
                    counter,
                    take_in(counter, as_csv([*last.values(), [f"lượt {number} {as_of}"]]), as_of=as_of),
                )
        found = register()
        transaction.set_rollback(True)
    return found


def _stage(row: list[object]) -> int:
    return ["Mới tiếp nhận", "Đang giải quyết", "Đã giải quyết", "Đã trả kết quả"].index(str(row[-1]))


def test_the_reversed_and_the_repeated_file_leave_the_same_figures(counter: Counter) -> None:
    write(counter, take_in(counter, as_csv(THREE)))
    before = queries.figures_by_field(counter.cast.commune, date(2023, 7, 1), date(2023, 7, 20))
    write(counter, take_in(counter, as_csv([*reversed(THREE), THREE[0]], delimiter=";")))
    assert queries.figures_by_field(counter.cast.commune, date(2023, 7, 1), date(2023, 7, 20)) == before


def test_the_ledger_follows_an_import(counter: Counter) -> None:
    write(counter, take_in(counter, as_csv(THREE)))
    counter_actions.count_due(at=counter.later(days=1))
    assert CountedDay.objects.filter(
        unit=counter.cast.commune, day=date(2023, 7, 4), line__isnull=False
    ).exists()


def test_without_a_day_in_the_file_the_procedure_of_the_catalogue_says_it(counter: Counter) -> None:
    row = line(code(3, 1), "03/07/2023")
    row[4] = "1.004873"
    write(counter, take_in(counter, as_csv([row])))
    found = Dossier.objects.get()
    assert found.version is not None
    assert found.term_amount is not None
    assert found.due_at is not None


def test_what_stands_still_at_the_province_has_no_day_until_it_goes_on(counter: Counter) -> None:
    paused = line(code(3, 1), "03/07/2023", "13/07/2023", state="Yêu cầu bổ sung hồ sơ")
    write(counter, take_in(counter, as_csv([paused]), as_of=date(2023, 7, 18)))
    assert Dossier.objects.get().due_at is None
    write(counter, take_in(counter, as_csv([line(code(3, 1), "03/07/2023", "17/07/2023")])))
    assert localdate(Dossier.objects.get().due_at) == date(2023, 7, 17)


def test_a_stranger_takes_nothing_in(counter: Counter) -> None:
    with pytest.raises(Refused):
        actions.receive_file(
            unit=counter.cast.commune,
            data=as_csv(THREE),
            name="a.csv",
            by=counter.cast.culture_officer,
            at=counter.later(),
        )


def test_a_file_that_was_left_leaves_nothing(
    counter: Counter, django_capture_on_commit_callbacks: Any
) -> None:
    run = take_in(counter, as_csv(THREE))
    with django_capture_on_commit_callbacks(execute=True):
        actions.drop(run=run, by=counter.cast.one_stop_clerk, at=counter.later())
    with pytest.raises(FileLost):
        keeping.FILES.read(run.kept_as)
    assert not Dossier.objects.exists()
