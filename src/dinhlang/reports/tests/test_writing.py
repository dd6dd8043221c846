"""People write in a draft: nothing is lost, everything can be taken back, and files show the edited text."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from dinhlang.officialdoc.check import Severity
from dinhlang.officialdoc.model import Role
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions, editing, queries, render, reuse, rules
from dinhlang.reports.actions.findings import found_in
from dinhlang.reports.editing import Origin, Piece
from dinhlang.reports.models import Manuscript, RegisterEntry, Report, TextBlock
from dinhlang.reports.passages import Text
from dinhlang.work.actions import record_activity, reverse_activity
from dinhlang.work.concepts import CONCEPTS
from dinhlang.work.models import Activity
from dinhlang.work.rules import LinkEvidence

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

H1 = Period.parse("2023-H1")


@pytest.fixture
def record(cast: Any) -> Callable[..., Activity]:
    def write(day: date, **measures: int) -> Activity:
        return record_activity(
            unit=cast.commune,
            kind="website",
            happened_on=day,
            title=f"Tin ngày {day}",
            measures=measures,
            evidence=[LinkEvidence(f"https://bentruc.example/{day}")],
            by=cast.culture_officer,
            at=cast.now,
        )

    return write


@pytest.fixture
def draft(cast: Any, record: Callable[..., Activity]) -> Report:
    record(date(2023, 3, 3), articles=3)
    return actions.draft_report(unit=cast.commune, period=H1, by=cast.culture_officer, at=cast.now)


def pieces(report: Report) -> list[Piece]:
    return list(queries.draft_in(Manuscript.objects.get(report=report)).pieces)


def sentence(report: Report) -> Piece:
    """The paragraph in which the articles are counted."""
    return next(
        piece
        for piece in pieces(report)
        if isinstance(piece.block, Text) and "[[articles]] tin, bài" in piece.block.words
    )


def printed(report: Report) -> str:
    report.refresh_from_db()
    return "\n".join(getattr(block, "text", "") for block in render.document_of(report).body)


def edit(cast: Any, report: Report, words: str, *, by: Any = None, minutes: int = 0, seen: int = 99) -> None:
    actions.edit_piece(
        report=report,
        key=sentence(report).key,
        words=words,
        seen=seen,
        by=by or cast.culture_officer,
        at=cast.now + timedelta(minutes=minutes),
    )


MINE = "Cả xã đã viết được [[articles]] tin, bài về CCHC."


def test_an_edited_sentence_is_in_the_document_with_its_figure(cast: Any, draft: Report) -> None:
    edit(cast, draft, MINE)
    assert "Cả xã đã viết được 3 tin, bài về CCHC." in printed(draft)
    assert draft.figures.get(anchor="articles").value == 3
    assert render.docx(draft).startswith(b"PK")


def test_drawn_again_the_sentence_stays_and_the_figure_is_new(
    cast: Any, draft: Report, record: Callable[..., Activity]
) -> None:
    edit(cast, draft, MINE)
    record(date(2023, 5, 5), articles=4)
    actions.draft_report(unit=cast.commune, period=H1, by=cast.office_clerk, at=cast.now)
    assert "Cả xã đã viết được 7 tin, bài về CCHC." in printed(draft)
    assert queries.drift(draft) == []


def test_a_figure_taken_out_is_told_in_the_history_and_leaves_the_list(cast: Any, draft: Report) -> None:
    table = next(p for p in pieces(draft) if not isinstance(p.block, Text) and "[[articles]]" in str(p.block))
    actions.remove_piece(report=draft, key=table.key, seen=99, by=cast.office_clerk, at=cast.now)
    edit(cast, draft, "Xã đã viết nhiều tin, bài.")
    assert not draft.figures.filter(concept="articles").exists()
    steps = queries.history_of(Manuscript.objects.get(report=draft))
    assert steps[0].lost == ["articles"]


def test_a_figure_can_be_put_in(cast: Any, draft: Report) -> None:
    actions.insert_piece(
        report=draft,
        words="Trang đã có [[visits]] lượt truy cập, [[articles]] tin.",
        after=sentence(draft).key,
        by=cast.culture_officer,
        at=cast.now,
    )
    assert "Trang đã có … lượt truy cập, 3 tin." in printed(draft)
    assert draft.figures.get(anchor="visits").value is None
    assert CONCEPTS["visits"].missing in [one["message"] for one in draft.missing]


def test_an_empty_section_is_missing_until_something_is_written_under_it(cast: Any, draft: Report) -> None:
    told = "“Nguyên nhân”"
    assert any(told in one["message"] for one in draft.missing) or any(
        "“Đánh giá chung”" in one["message"] for one in draft.missing
    )
    heading = next(p for p in pieces(draft) if p.is_heading and p.block.words == "Nguyên nhân")  # type: ignore[union-attr]
    actions.insert_piece(
        report=draft, words="Do kiêm nhiệm nhiều việc.", after=heading.key, by=cast.office_clerk, at=cast.now
    )
    assert "Do kiêm nhiệm nhiều việc." in printed(draft)
    assert "Nguyên nhân" in printed(draft)
    assert not any(told in one["message"] for one in draft.missing)


def test_who_comes_second_is_shown_both_texts(cast: Any, draft: Report) -> None:
    seen = sentence(draft).version
    edit(cast, draft, MINE, seen=seen)
    with pytest.raises(editing.Stale) as stale:
        edit(cast, draft, "Bản thứ hai [[articles]] tin, bài.", by=cast.office_clerk, seen=seen)
    assert stale.value.piece.block == Text(Role.BODY, MINE)
    assert "Cả xã đã viết được 3" in printed(draft)


def test_two_people_in_two_paragraphs_do_not_disturb_each_other(cast: Any, draft: Report) -> None:
    first, second = [p for p in pieces(draft) if isinstance(p.block, Text) and p.block.role is Role.BODY][-2:]
    for piece, person in ((first, cast.culture_officer), (second, cast.office_clerk)):
        actions.edit_piece(
            report=draft, key=piece.key, words=f"Của {person}.", seen=piece.version, by=person, at=cast.now
        )
    assert f"Của {cast.culture_officer}." in printed(draft)
    assert f"Của {cast.office_clerk}." in printed(draft)


def test_typing_in_one_paragraph_is_one_step_and_can_be_taken_back(cast: Any, draft: Report) -> None:
    before = printed(draft)
    manuscript = Manuscript.objects.get(report=draft)
    for minute, words in enumerate(("Cả", "Cả xã", MINE)):
        edit(cast, draft, words + (" [[articles]] tin, bài" if words != MINE else ""), minutes=minute)
    steps = queries.history_of(manuscript)
    assert [step.what for step in steps] == ["edit", "draw"]
    actions.bring_back(report=draft, version=steps[1].version, by=cast.culture_officer, at=cast.now)
    assert printed(draft) == before
    steps = queries.history_of(manuscript)
    actions.bring_back(report=draft, version=steps[1].version, by=cast.culture_officer, at=cast.now)
    assert "Cả xã đã viết được 3" in printed(draft)


def test_a_version_that_never_was_cannot_be_brought_back(cast: Any, draft: Report) -> None:
    for version in (0, 77):
        with pytest.raises(Refused):
            actions.bring_back(report=draft, version=version, by=cast.culture_officer, at=cast.now)


def test_the_audit_has_one_line_for_a_sitting(cast: Any, draft: Report) -> None:
    for minute in range(4):
        edit(cast, draft, f"{MINE} Lần {'x' * minute}.", minutes=minute)
    edit(cast, draft, f"{MINE} Người khác.", by=cast.office_clerk, minutes=5)
    edit(cast, draft, f"{MINE} Hôm sau.", minutes=60 * 24)
    found = AuditEntry.objects.filter(action="report.edit").order_by("pk")
    assert [entry.by for entry in found] == [cast.culture_officer, cast.office_clerk, cast.culture_officer]


@pytest.mark.parametrize("who", ["radio_operator", "reviewer", "neighbour"])
def test_who_may_not_draft_may_not_write(cast: Any, draft: Report, who: str) -> None:
    person = getattr(cast, who)
    key = sentence(draft).key
    acts: list[Callable[[], object]] = [
        lambda: actions.edit_piece(report=draft, key=key, words="x", seen=99, by=person, at=cast.now),
        lambda: actions.insert_piece(report=draft, words="x", after=key, by=person, at=cast.now),
        lambda: actions.remove_piece(report=draft, key=key, seen=99, by=person, at=cast.now),
        lambda: actions.bring_back(report=draft, version=1, by=person, at=cast.now),
        lambda: actions.suppress_finding(
            report=draft, rule="DL1", quote="x", reason="để nguyên", by=person, at=cast.now
        ),
        lambda: actions.save_block(unit=cast.commune, section="ket-qua", text="x", by=person, at=cast.now),
    ]
    for act in acts:
        with pytest.raises(NotAllowed):
            act()
    assert Manuscript.objects.get(report=draft).version == 1


def test_an_issued_report_is_not_written_in(cast: Any, draft: Report) -> None:
    actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    with pytest.raises(rules.NotADraft):
        edit(cast, draft, MINE)


def test_a_report_with_undecided_paragraphs_is_not_issued(cast: Any, draft: Report) -> None:
    edit(cast, draft, MINE)
    key = sentence(draft).key
    text = queries.outline_text(cast.commune, cast.now.date()).replace(
        "đã thực hiện {{", "đã thực hiện, công khai {{"
    )
    actions.save_outline(unit=cast.commune, text=text, by=cast.office_clerk, at=cast.now)
    actions.draft_report(unit=cast.commune, period=H1, by=cast.office_clerk, at=cast.now)
    with pytest.raises(rules.CannotIssue, match="Còn 1 đoạn có hai bản"):
        actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    assert "Cả xã đã viết được 3" in printed(draft)
    actions.settle_piece(report=draft, key=key, keep_mine=False, by=cast.culture_officer, at=cast.now)
    assert "đã thực hiện, công khai 3 tin, bài" in printed(draft)
    actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)


# --- a report that replaces another ---------------------------------------------------------------


def test_a_corrected_report_keeps_the_text_takes_a_number_and_says_what_it_replaces(
    cast: Any, draft: Report, record: Callable[..., Activity]
) -> None:
    edit(cast, draft, MINE)
    first = actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    before = first.document
    record(date(2023, 5, 5), articles=4)
    second = actions.correct_report(report=first, by=cast.office_clerk, at=cast.now)
    assert actions.correct_report(report=first, by=cast.office_clerk, at=cast.now) == second
    text = printed(second)
    assert "Cả xã đã viết được 7 tin, bài về CCHC." in text
    assert (
        "Báo cáo này thay thế Báo cáo số 01/BC-UBND ngày 20 tháng 7 năm 2023 của Ủy ban nhân dân xã Bến Trúc."
        in text
    )
    assert text.rstrip().endswith("./.")
    drawn = actions.draft_report(unit=cast.commune, period=H1, by=cast.office_clerk, at=cast.now)
    said = [one for one in queries.draft_in(drawn.manuscript).body if one.key == "replaces"]
    assert [one.closing for one in said] == [True], "under the last heading it would make a section of it"
    issued = actions.issue_report(report=second, on=cast.today, by=None, at=cast.now)
    first.refresh_from_db()
    assert (issued.number, issued.corrects, first.document) == (2, first, before)
    assert list(first.corrections.all()) == [issued]
    assert RegisterEntry.objects.count() == 2
    assert queries.report_of(cast.commune, H1) == issued
    with pytest.raises(rules.CannotCorrect, match="02/BC-UBND"):
        actions.correct_report(report=first, by=cast.office_clerk, at=cast.now)
    third = actions.correct_report(report=issued, by=cast.office_clerk, at=cast.now)
    assert "thay thế Báo cáo số 02/BC-UBND" in printed(third)


def test_the_database_lets_no_period_have_two_reports_side_by_side(cast: Any, draft: Report) -> None:
    first = actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    for corrects in (None, first):
        again = Report.objects.get(pk=first.pk)
        again.pk, again.corrects, again.number = None, corrects, 9
        if corrects:
            again.save()
            again.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            again.save()


def test_a_draft_is_corrected_in_the_draft(cast: Any, draft: Report) -> None:
    with pytest.raises(rules.CannotCorrect):
        actions.correct_report(report=draft, by=cast.office_clerk, at=cast.now)
    with pytest.raises(NotAllowed):
        actions.correct_report(report=draft, by=cast.neighbour, at=cast.now)


def test_a_line_reversed_after_issue_is_out_of_the_corrected_report(cast: Any, draft: Report) -> None:
    first = actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    reverse_activity(
        activity=Activity.objects.get(), reason="Ghi trùng", by=cast.culture_officer, at=cast.now
    )
    second = actions.correct_report(report=first, by=cast.office_clerk, at=cast.now)
    assert second.figures.get(anchor="articles").value is None
    assert "đã thực hiện … tin, bài" in printed(second)


# --- sentences ------------------------------------------------------------------------------------


def test_a_shipped_sentence_is_counted_and_a_kept_one_is_kept_once(cast: Any, draft: Report) -> None:
    put_in(cast, draft, "san-ket-qua-2")
    put_in(cast, draft, "san-ket-qua-2")
    assert sum("[[guidance]]" in str(piece.block) for piece in pieces(draft) if piece.source) == 2
    assert TextBlock.objects.get(shipped="san-ket-qua-2").uses == 2
    kept = [
        actions.save_block(unit=cast.commune, section="han-che", text=text, by=cast.office_clerk, at=cast.now)
        for text in ("Loa ở thôn 2 hỏng.", "  Loa ở thôn 2   hỏng. ")
    ]
    assert kept[0] == kept[1]
    with pytest.raises(Refused):
        actions.save_block(
            unit=cast.commune, section="han-che", text="[[khong_co]]", by=cast.office_clerk, at=cast.now
        )
    theirs = actions.save_block(
        unit=cast.neighbour_commune, section="han-che", text="Câu của xã bên.", by=cast.neighbour, at=cast.now
    )
    for name in (str(theirs.pk), "khong-co", "\0", "9" * 30):
        with pytest.raises(Refused):
            put_in(cast, draft, name)


def put_in(cast: Any, report: Report, block: str, *, key: str = "") -> None:
    actions.insert_piece(
        report=report, block=block, after=sentence(report).key, key=key, by=cast.office_clerk, at=cast.now
    )


def test_a_sentence_sent_twice_is_put_in_and_counted_once(cast: Any, draft: Report) -> None:
    count = len(pieces(draft))
    for _ in range(2):
        put_in(cast, draft, "san-ket-qua-2", key="nabcdef0123")
    assert len(pieces(draft)) == count + 1
    assert TextBlock.objects.get(shipped="san-ket-qua-2").uses == 1


def test_a_sentence_that_cannot_be_put_in_is_not_counted(cast: Any, draft: Report) -> None:
    with pytest.raises(editing.BadEdit):
        actions.insert_piece(
            report=draft, block="san-ket-qua-2", after="khong-co", by=cast.office_clerk, at=cast.now
        )
    assert not TextBlock.objects.exists()


def test_a_sentence_of_last_years_report_is_known_again(
    cast: Any, draft: Report, record: Callable[..., Activity]
) -> None:
    told = "Hệ thống truyền thanh của xã được sửa chữa và hoạt động ổn định trong 6 tháng đầu năm 2022."
    record(date(2022, 3, 3), articles=1)
    last_year = actions.draft_report(
        unit=cast.commune, period=Period.parse("2022-H1"), by=cast.culture_officer, at=cast.now
    )
    actions.insert_piece(
        report=last_year, words=told, after=sentence(last_year).key, by=cast.culture_officer, at=cast.now
    )
    actions.issue_report(report=last_year, on=cast.today, by=None, at=cast.now)
    actions.insert_piece(
        report=draft, words=told, after=sentence(draft).key, key="moi", by=cast.culture_officer, at=cast.now
    )
    manuscript = Manuscript.objects.get(report=draft)
    piece = queries.draft_in(manuscript).find("moi")
    assert piece is not None
    assert piece.origin is Origin.ADDED
    found = reuse.in_piece(piece, manuscript.reused, 2023)
    assert [(one.sentence, one.year, one.is_exact, one.stale) for one in found] == [
        (told, 2022, True, (2022,))
    ]


def test_a_grave_finding_is_mended_or_left_with_a_reason_before_the_report_is_issued(
    cast: Any, draft: Report
) -> None:
    edit(cast, draft, "Hội nghị ngày 31 tháng 02 năm 2023 đã thông qua.")
    with pytest.raises(rules.CannotIssue, match="điều phải sửa"):
        actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now)
    draft.refresh_from_db()
    assert (draft.status, draft.number) == (Report.Status.DRAFT, None)
    grave = [one for one in found_in(draft, cast.now) if one.severity is Severity.ERROR]
    assert grave
    for one in grave:
        actions.suppress_finding(
            report=draft,
            rule=one.rule,
            quote=one.quote,
            reason="nguyên văn của biên bản",
            by=cast.office_clerk,
            at=cast.now,
        )
    assert actions.issue_report(report=draft, on=cast.today, by=None, at=cast.now).number == 1
