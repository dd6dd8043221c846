"""Figures: folded as lines come and go, equal to a fold of everything from nothing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from dinhlang.org.locking import lock
from dinhlang.org.rules import Refused
from dinhlang.periods.regimes import Window
from dinhlang.work import actions, folds, queries, rules
from dinhlang.work.models import Activity, Batch, DailyFact, Evidence, Plan, Task
from dinhlang.work.rules import Count, LinkEvidence

if TYPE_CHECKING:
    from conftest import Cast
    from dinhlang.org.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

DAY = date(2023, 3, 1)
YEAR = Window(date(2022, 12, 15), date(2023, 12, 14))


def record(cast: Cast, **changes: Any) -> Activity:
    given_: dict[str, Any] = {
        "unit": cast.commune,
        "kind": "website",
        "happened_on": DAY,
        "title": "Bài",
        "measures": {"articles": 1},
        "by": cast.culture_officer,
        "at": cast.now,
    }
    return actions.record_activity(**{**given_, **changes})


def kept() -> list[tuple[Any, ...]]:
    return list(
        DailyFact.objects.order_by("unit", "concept", "day").values_list(
            "unit", "concept", "day", "total", "lines", "inexact_lines", "unevidenced_lines", "digest"
        )
    )


# --- the property ---------------------------------------------------------------------------------

_days = st.integers(0, 4).map(lambda number: DAY + timedelta(days=number))
_counts = st.builds(Count, st.integers(0, 5000), st.sampled_from(["", "", "hơn", "gần", "khoảng"]))
_lines = st.fixed_dictionaries(
    {
        "kind": st.just("website"),
        "happened_on": _days,
        "title": st.sampled_from(["Bài một", "Bài hai", "Bài ba"]),
        "measures": st.dictionaries(st.sampled_from(["articles", "posts", "visits"]), _counts, min_size=1),
        "evidence": st.sampled_from([(), (LinkEvidence("https://bentruc.example.vn/1"),)]),
        "task": st.sampled_from([None, "1", "2"]),
    }
)
_where = st.sampled_from(["commune", "neighbour_commune"])
_which = st.integers(0, 30)
_steps = st.one_of(
    st.tuples(st.just("record"), _where, _lines),
    st.tuples(st.just("import"), _where, st.lists(_lines, min_size=1, max_size=4)),
    # Any line, also one that is reversed already or that the other unit keeps.
    st.tuples(st.just("reverse"), _where, _which),
    st.tuples(st.just("evidence"), _where, _which),
    st.tuples(st.just("reverse-then-evidence"), _where, _which),
    st.tuples(st.just("again"), _where, _which),
    st.tuples(st.just("write-again"), _where, _which),
    st.tuples(st.just("rebuild"), _where, _which),
    # Many lines at once, any of them, and taking any of that back.
    st.tuples(
        st.sampled_from(["all-reverse", "all-amend", "all-evidence"]), _where, st.sets(_which, min_size=1)
    ),
    st.tuples(st.just("undo"), _where, _which),
)


def as_table(lines: list[dict[str, Any]]) -> bytes:
    head = "Ngày;Loại;Nội dung;Số tin bài;Số lượt đăng;Lượt truy cập;Minh chứng;Nhiệm vụ"
    rows = []
    for line in lines:
        counts = [line["measures"].get(concept) for concept in ("articles", "posts", "visits")]
        cells = ["" if count is None else f"{count.exactness} {count.value}".strip() for count in counts]
        link = line["evidence"][0].url if line["evidence"] else ""
        rows.append(
            ";".join(
                [
                    f"{line['happened_on']:%d/%m/%Y}",
                    "Website",
                    line["title"],
                    *cells,
                    link,
                    line["task"] or "",
                ]
            )
        )
    return "\n".join([head, *rows]).encode()


def take(step: tuple[str, str, Any], cast: Cast) -> None:
    name, where, given_ = step
    unit = getattr(cast, where)
    if name == "record":
        task = Task.objects.filter(plan__unit=unit, ordinal=given_["task"]).first()
        record(cast, unit=unit, by=None, **{**given_, "task": task})
    elif name == "import":
        actions.import_activities(unit=unit, data=as_table(given_), name="a.csv", by=None, at=cast.now)
    elif name == "rebuild":
        actions.rebuild_facts()
    elif name.startswith("all-"):
        take_many(name, unit, given_, cast)
    elif name == "undo":
        if batches := list(Batch.objects.order_by("pk")):
            actions.undo_batch(batch=batches[given_ % len(batches)], by=None, at=cast.now)
    else:
        lines = list(Activity.objects.order_by("pk"))
        take_up(name, lines[given_ % len(lines)] if lines else record(cast), cast)


def take_up(name: str, line: Activity, cast: Cast) -> None:
    """Do something with a line that is there."""
    if name == "again":
        record(
            cast,
            unit=line.unit,
            uid=line.uid,
            kind=line.kind,
            happened_on=line.happened_on,
            title=line.title,
            measures=queries.counts_of(line),
            task=line.task,
            evidence=(LinkEvidence("https://bentruc.example.vn/3"),),
            by=None,
        )
    if name == "write-again":
        actions.record_again(activity=line, by=None, at=cast.now)
    if name.startswith("reverse"):
        actions.reverse_activity(activity=line, reason="Nhầm", by=None, at=cast.now)
    if name.endswith("evidence"):
        actions.add_evidence(
            activity=line, evidence=LinkEvidence("https://bentruc.example.vn/2"), by=None, at=cast.now
        )


def take_many(name: str, unit: Unit, which: set[int], cast: Cast) -> None:
    """Do something with several lines of a unit at once."""
    every = list(Activity.objects.filter(unit=unit).order_by("pk").values_list("pk", flat=True))
    some = {every[one % len(every)] for one in which if every}
    if name == "all-reverse":
        actions.reverse_lines(unit=unit, lines=some, reason="Nhầm", by=None, at=cast.now)
    elif name == "all-amend":
        task = Task.objects.filter(plan__unit=unit).order_by("pk")[sum(which) % 2]
        actions.amend_lines(unit=unit, lines=some, to=actions.NewClass(task=task), by=None, at=cast.now)
    else:
        link = LinkEvidence("https://bentruc.example.vn/4")
        actions.add_evidence_to(unit=unit, lines=some, evidence=[link], by=None, at=cast.now)


def folded_by_hand() -> list[tuple[Any, ...]]:
    """What the daily facts must be, counted line by line without the code that keeps them."""
    found: dict[tuple[str, str, date], list[int]] = {}
    for line in Activity.objects.filter(reversal=None):
        shown = Evidence.objects.filter(activity=line).exists()
        counts = {one.concept: (one.value, bool(one.exactness)) for one in line.measures.all()}
        if line.task_id is not None:
            counts[f"task:{line.task_id}"] = (1, False)
        counts[f"kind:{line.kind}"] = (1, False)
        if line.reform_field:
            counts[f"field:{line.reform_field}"] = (1, False)
        for concept, (value, inexact) in counts.items():
            row = found.setdefault((line.unit_id, concept, line.happened_on), [0, 0, 0, 0, 0])
            parts = (value, 1, int(inexact), int(not shown), int(line.line_hash, 16))
            row[:] = [old + new for old, new in zip(row, parts, strict=True)]
    return sorted((*key, *row[:4], f"{row[4] % 2**256:064x}") for key, row in found.items())


@settings(
    max_examples=60,
    # Without shrinking: a history of twelve steps can be read as it is, and each try costs a second of database.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(_steps, max_size=14))
def test_after_any_history_a_rebuild_finds_the_facts_as_they_are(
    cast: Cast, steps: list[tuple[str, str, Any]]
) -> None:
    with transaction.atomic():
        plans = [plan_of_two_tasks(unit, cast) for unit in (cast.commune, cast.neighbour_commune)]
        for step in steps:
            try:
                take(step, cast)
            except Refused:  # reversed twice, imported twice: refused, and nothing may have changed
                continue
        before = kept()
        assert sorted(before) == folded_by_hand()
        actions.rebuild_facts()
        assert kept() == before
        for plan in plans:
            check_figures(plan)
        transaction.set_rollback(True)


def plan_of_two_tasks(unit: Unit, cast: Cast) -> Plan:
    plan = Plan.objects.create(unit=unit, year=2023, title="Kế hoạch", created_at=cast.now)
    for ordinal in (1, 2):
        Task.objects.create(plan=plan, position=ordinal, ordinal=str(ordinal), text=f"Việc {ordinal}")
    return plan


def check_figures(plan: Plan) -> None:
    """Each figure is what its lines add up to."""
    fact = queries.fact(plan.unit, "articles", YEAR)
    lines = queries.fact_lines(plan.unit, "articles", YEAR)
    counts = [queries.counts_of(line)["articles"] for line in lines]
    assert fact.value == (sum(count.value for count in counts) if counts else None)
    assert fact.lines == len(counts)
    assert fact.exactness == rules.joint_exactness(count.exactness for count in counts)
    assert fact.digest == f"{sum(int(line.line_hash, 16) for line in lines) % rules.DIGEST_MODULUS:064x}"
    for task in queries.progress(plan, YEAR.end).tasks:
        behind = queries.ledger(plan.unit, task=task.task, standing=queries.Standing.COUNTED)
        assert task.lines == behind.count()
        assert task.evidenced_lines == behind.filter(is_evidenced=True).count()


def test_a_rebuild_mends_facts_that_were_damaged(cast: Cast) -> None:
    record(cast)
    before = kept()
    DailyFact.objects.update(total=99)
    DailyFact.objects.create(
        unit=cast.neighbour_commune, concept="articles", day=DAY, total=1, lines=1, digest="0" * 64
    )
    seen: list[tuple[int, int]] = []
    assert actions.rebuild_facts(progress=lambda done, total: seen.append((done, total))) == len(before)
    assert kept() == before
    assert seen == [(1, 2), (2, 2)]


# --- asking ---------------------------------------------------------------------------------------


def test_a_window_counts_its_first_and_last_day_and_no_other(cast: Cast) -> None:
    for number in range(5):
        record(cast, happened_on=DAY + timedelta(days=number), measures={"articles": 10**number})
    window = Window(DAY + timedelta(days=1), DAY + timedelta(days=3))
    assert queries.fact(cast.commune, "articles", window).value == 1110


def test_what_nobody_recorded_is_unknown_and_says_what_is_missing(cast: Cast) -> None:
    fact = queries.fact(cast.commune, "articles", YEAR)
    assert (fact.value, fact.lines, fact.missing) == (None, 0, "Chưa có tin, bài nào trong sổ theo dõi của kỳ. "
        "Cần đường dẫn hoặc ảnh chụp từng tin, bài đã đăng.")  # fmt: skip


def test_a_share_carries_its_two_counts(cast: Cast) -> None:
    counts = {"dossiers_received": 3718, "dossiers_online": 2255, "dossiers_resolved": 3000}
    record(cast, kind="onestop", title="Tháng 2", measures=counts, basis="so")
    online = queries.fact(cast.commune, "online_share", YEAR)
    assert (online.value, online.numerator, online.denominator) == (60.65, 2255, 3718)
    assert online.lines == 2
    on_time = queries.fact(cast.commune, "on_time_share", YEAR)
    assert (on_time.value, on_time.numerator, on_time.denominator) == (None, None, 3000)
    assert on_time.missing


def test_a_share_of_inexact_counts_is_only_about_right(cast: Cast) -> None:
    record(cast, kind="onestop", measures={"dossiers_received": Count(100, "hơn"), "dossiers_online": 50})
    assert queries.fact(cast.commune, "online_share", YEAR).exactness == "khoảng"


def test_the_words_of_exactness_are_carried(cast: Cast) -> None:
    record(cast, kind="guidance", measures={"guidance": Count(3500, "hơn")})
    fact = queries.fact(cast.commune, "guidance", YEAR)
    assert (fact.value, fact.exactness) == (3500, "hơn")
    record(cast, kind="guidance", measures={"guidance": Count(10, "gần")})
    assert queries.fact(cast.commune, "guidance", YEAR).exactness == "khoảng"


def test_all_figures_of_a_window_cost_a_handful_of_questions(
    cast: Cast, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    record(cast, measures={"articles": Count(1, "hơn"), "posts": 2})
    with django_assert_max_num_queries(3):
        found = queries.facts(cast.commune, YEAR)
    assert found["articles"].value == 1
    assert found["completion"].value is None


def test_behind_the_progress_of_a_plan_stand_its_lines_from_before_the_window_too(cast: Cast) -> None:
    plan = plan_of_two_tasks(cast.commune, cast)
    record(cast, task=plan.tasks.get(ordinal="1"), evidence=(LinkEvidence("https://bentruc.example.vn/1"),))
    second_half = Window(date(2023, 6, 15), date(2023, 12, 14))
    fact = queries.fact(cast.commune, "tasks_completed", second_half)
    lines = queries.fact_lines(cast.commune, "tasks_completed", second_half)
    assert (fact.value, fact.lines, lines.count()) == (1, 1, 1)
    assert fact.digest == lines.get().line_hash


def test_an_unknown_concept_is_an_error_of_the_caller(cast: Cast) -> None:
    with pytest.raises(KeyError):
        queries.fact(cast.commune, "nonsense", YEAR)


# --- writers at the same time ---------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_lose_nothing(cast: Cast) -> None:
    unit, errors = cast.commune, []

    def write(number: int) -> None:
        try:
            for turn in range(4):
                line = record(cast, title=f"Bài {number}.{turn}", measures={"articles": 1, "posts": 2})
                if turn == 0:
                    actions.reverse_activity(activity=line, reason="Nhầm", by=None, at=cast.now)
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    # SQLite's database of the tests is in memory and knows one writer; there they take turns.
    together = connection.vendor == "postgresql"
    for writer in writers:
        writer.start()
        if not together:
            writer.join()
    for writer in writers:
        writer.join()
    assert errors == []
    assert queries.fact(unit, "articles", YEAR).value == 12
    before = kept()
    with transaction.atomic():
        _rebuild(unit)
    assert kept() == before


def _rebuild(unit: Unit) -> None:
    lock(unit)
    folds.rebuild(unit)
