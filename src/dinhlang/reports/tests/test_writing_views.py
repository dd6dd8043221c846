"""Writing on the web: by plain forms and by the editor's script; stale, forged and strange input."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from dinhlang.officialdoc.model import Role
from dinhlang.org.actions import export_list
from dinhlang.org.models import AuditEntry, Unit, UnitName, UnitPlacement, UnitSuccession
from dinhlang.org.permissions import NotAllowed
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions, queries, rules
from dinhlang.reports.actions.findings import found_in
from dinhlang.reports.editing import Piece
from dinhlang.reports.editor import shown
from dinhlang.reports.models import Manuscript, Report, Suppression, TextBlock
from dinhlang.reports.passages import Text
from dinhlang.work import actions as work

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import Settings

    from conftest import Cast
    from dinhlang.org.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _blobs_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"


@pytest.fixture
def report(cast: Cast) -> Report:
    for day in (60, 61):
        work.record_activity(
            unit=cast.commune,
            kind="website",
            happened_on=cast.today - timedelta(days=day),
            title="Tin cải cách hành chính",
            measures={"articles": 1},
            by=cast.culture_officer,
            at=cast.now,
        )
    return actions.draft_report(
        unit=cast.commune, period=Period.parse("2023-H1"), by=cast.culture_officer, at=cast.now
    )


def draft(report: Report) -> Any:
    return queries.draft_in(Manuscript.objects.get(report=report))


def body(report: Report) -> Piece:
    found = next(p for p in draft(report).body if isinstance(p.block, Text) and p.block.role is Role.BODY)
    assert isinstance(found, Piece)
    return found


def at(report: Report, name: str, *more: Any) -> str:
    return reverse(f"reports:{name}", args=[report.pk, *more])


def quiet(client: Client, where: str, data: dict[str, Any]) -> Any:
    return client.post(where, data, headers={"accept": "application/json"})


def as_person(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def test_a_paragraph_is_saved_by_the_script_and_answers_with_time_and_piece(
    client: Client, cast: Cast, report: Report
) -> None:
    piece = body(report)
    answer = quiet(
        as_person(client, cast.office_clerk),
        at(report, "piece", piece.key),
        {"words": "Có 35 tin, <b>bài</b> và [[articles]] tin.", "seen": piece.version},
    )
    told = answer.json()
    assert answer.status_code == 200
    assert told["seen"] == 2
    assert "&lt;b&gt;bài&lt;/b&gt;" in told["html"]
    assert 'class="typed">35</span>' in told["html"]
    assert 'data-figure="articles"' in told["html"]
    assert "gõ tay" in told["findings"]


def test_a_paragraph_is_saved_by_a_plain_form(client: Client, cast: Cast, report: Report) -> None:
    piece = body(report)
    as_person(client, cast.office_clerk)
    page = client.get(at(report, "piece", piece.key)).content.decode()
    assert f'name="seen" value="{piece.version}"' in page
    answer = client.post(at(report, "piece", piece.key), {"words": "Đoạn mới.", "seen": piece.version})
    assert answer.headers["Location"].endswith(f"#doan-{piece.key}")
    assert "Đoạn mới." in client.get(at(report, "report")).content.decode()


@pytest.mark.parametrize("by_script", [True, False])
def test_a_stale_form_shows_both_texts_and_changes_nothing(
    client: Client, cast: Cast, report: Report, by_script: bool
) -> None:
    piece = body(report)
    as_person(client, cast.office_clerk)
    where = at(report, "piece", piece.key)
    client.post(where, {"words": "Bản thứ nhất.", "seen": piece.version})
    send: Callable[..., Any] = quiet if by_script else lambda c, w, d: c.post(w, d)
    answer = send(client, where, {"words": "Bản thứ hai.", "seen": piece.version})
    assert answer.status_code == 409
    if by_script:
        assert answer.json()["stale"] is True
        assert "Bản thứ nhất." in answer.json()["html"]
    else:
        page = answer.content.decode()
        assert "Bản thứ nhất." in page
        assert "Bản thứ hai." in page
    assert draft(report).find(piece.key).block.words == "Bản thứ nhất."


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"words": ""},
        {"words": "\u200b\ufeff"},
        {"words": "[[khong_co]]", "seen": "9"},
        {"words": "x" * 9000, "seen": "9"},
        {"words": "x", "seen": "\0"},
        {"words": "x", "seen": "-1"},
        {"words": "x", "seen": "99999999999999999999"},
        {"cell-0-0": "x", "seen": "9"},
    ],
)
def test_strange_input_is_refused_in_words_and_changes_nothing(
    client: Client, cast: Cast, report: Report, sent: dict[str, str]
) -> None:
    piece = body(report)
    before = draft(report)
    answer = quiet(as_person(client, cast.office_clerk), at(report, "piece", piece.key), sent)
    assert answer.status_code in {409, 422}
    assert answer.json()["refused"]
    assert client.post(at(report, "piece", piece.key), sent).status_code in {302, 409}
    assert draft(report) == before


def test_a_table_is_edited_cell_by_cell(client: Client, cast: Cast, report: Report) -> None:
    table = next(p for p in draft(report).body if not isinstance(p.block, Text))
    as_person(client, cast.office_clerk)
    page = client.get(at(report, "piece", table.key)).content.decode()
    cells = {f"cell-{r}-{c}": cell for r, line in enumerate(table.block.lines) for c, cell in enumerate(line)}
    assert all(f'name="{name}"' in page for name in cells)
    changed = {**cells, "cell-1-1": "Trang của xã", "seen": table.version}
    assert client.post(at(report, "piece", table.key), changed).status_code == 302
    assert draft(report).find(table.key).block.rows[0][1] == "Trang của xã"
    few = {"cell-0-0": "x", "seen": "99"}
    assert quiet(client, at(report, "piece", table.key), few).status_code == 422


def test_rows_of_a_table_are_dropped_and_added(client: Client, cast: Cast, report: Report) -> None:
    table = next(p for p in draft(report).body if not isinstance(p.block, Text))
    as_person(client, cast.office_clerk)
    there = at(report, "piece", table.key)

    def sent(**more: object) -> dict[str, object]:
        now = draft(report).find(table.key)
        lines = now.block.lines
        cells = {f"cell-{r}-{c}": cell for r, line in enumerate(lines) for c, cell in enumerate(line)}
        return {**cells, "seen": now.version, **more}

    before = draft(report).find(table.key).block
    # The form comes again, with an empty row that has its number.
    assert client.post(there, sent(more="1")).url == there
    rows = draft(report).find(table.key).block.rows
    assert rows[:-1] == before.rows
    assert rows[-1] == (str(len(rows)), *[""] * (len(before.header) - 1))
    page = client.get(there).content.decode()
    assert f'name="drop" value="{len(rows)}"' in page
    assert 'name="drop" value="0"' not in page
    told = quiet(client, there, sent(drop=["1"])).json()
    assert told["again"] == there
    left = draft(report).find(table.key).block.rows
    assert [row[1:] for row in left] == [row[1:] for row in rows[1:]]
    assert [row[0] for row in left] == [str(number) for number in range(1, len(rows))]
    # Not the last one; and a form of the table as it was before is not believed.
    everything = [str(number) for number in range(1, len(left) + 1)]
    assert quiet(client, there, sent(drop=everything)).status_code == 422
    assert quiet(client, there, {**sent(), "cell-9-0": "9"}).status_code == 422
    assert draft(report).find(table.key).block.rows == left


def test_a_paragraph_is_added_removed_and_brought_back(client: Client, cast: Cast, report: Report) -> None:
    piece = body(report)
    as_person(client, cast.office_clerk)
    new = "n0123456789ab"
    for _ in range(2):
        answer = quiet(
            client,
            at(report, "insert"),
            {"after": piece.key, "words": "Thêm một ý.", "role": "item", "level": "9", "key": new},
        )
        assert answer.json()["key"] == new
    assert [p.key for p in draft(report).body].count(new) == 1
    assert draft(report).find(new).block.level == 2
    for act, removed in (("bo", True), ("dua-lai", False)):
        client.post(at(report, "piece-act", new, act), {"seen": "99"})
        assert draft(report).find(new).removed is removed


@pytest.mark.parametrize("key", ["replaces", "subject", "p1", "n<b>", "n" + "a" * 80])
def test_a_name_of_a_piece_cannot_be_chosen_from_outside(
    client: Client, cast: Cast, report: Report, key: str
) -> None:
    before = {p.key for p in draft(report).pieces}
    quiet(
        as_person(client, cast.office_clerk),
        at(report, "insert"),
        {"after": body(report).key, "words": "Thêm.", "key": key},
    )
    added = {p.key for p in draft(report).pieces} - before
    assert len(added) == 1
    assert key not in added


@pytest.mark.parametrize(
    "sent",
    [
        {"after": "khong-co", "words": "x"},
        {"words": ""},
        {"block": "san-khong-co"},
        {"role": "basis", "words": "x"},
    ],
)
def test_a_paragraph_that_cannot_be_added_is_refused(
    client: Client, cast: Cast, report: Report, sent: dict[str, str]
) -> None:
    before = draft(report)
    answer = quiet(as_person(client, cast.office_clerk), at(report, "insert"), sent)
    assert answer.status_code == 422
    assert draft(report) == before


def test_a_text_block_goes_in_with_its_figures_and_is_counted(
    client: Client, cast: Cast, report: Report
) -> None:
    as_person(client, cast.office_clerk)
    client.post(at(report, "insert"), {"after": body(report).key, "block": "san-ket-qua-2", "role": "item"})
    assert "[[guidance]]" in json.dumps(Manuscript.objects.get(report=report).state)
    assert TextBlock.objects.get().uses == 1


def test_the_units_own_sentences_are_kept_taken_away_and_brought_back(
    client: Client, cast: Cast, report: Report
) -> None:
    as_person(client, cast.office_clerk)
    there = reverse("reports:text-blocks", args=[cast.commune.pk])
    back = f"{at(report, 'report')}#doan-p1"
    answer = client.post(there, {"section": "han-che", "text": "Loa thôn 2 hỏng.", "back": back})
    assert answer.headers["Location"] == back
    answer = client.post(there, {"section": "han-che", "text": "Khác.", "back": "https://la.example/"})
    assert answer.headers["Location"] == there
    block = TextBlock.objects.get(text="Loa thôn 2 hỏng.")
    retire = reverse("reports:text-block-retire", args=[cast.commune.pk, block.pk])
    for sent, gone in (({}, True), ({"undo": "1"}, False)):
        client.post(retire, sent)
        block.refresh_from_db()
        assert (block.retired_at is not None) is gone
    stranger = as_person(client, cast.neighbour)
    assert stranger.post(retire).status_code == 404
    assert stranger.post(there, {"section": "han-che", "text": "x"}).status_code == 404
    wrong_unit = reverse("reports:text-block-retire", args=[cast.neighbour_commune.pk, block.pk])
    assert stranger.post(wrong_unit).status_code == 404


def test_a_finding_is_left_with_a_reason_and_told_again(client: Client, cast: Cast, report: Report) -> None:
    piece = body(report)
    as_person(client, cast.office_clerk)
    quiet(client, at(report, "piece", piece.key), {"words": "Có 35 tin, bài.", "seen": "99"})
    sent = {"rule": "BT01", "quote": "35", "message": "Giả mạo"}
    assert quiet(client, at(report, "suppress"), {**sent, "reason": " "}).status_code == 422
    unknown = {**sent, "quote": "36", "reason": "Theo biên bản của thôn"}
    assert quiet(client, at(report, "suppress"), unknown).status_code == 422
    assert not Suppression.objects.exists()
    told = quiet(client, at(report, "suppress"), {**sent, "reason": "Theo biên bản của thôn"}).json()
    assert 'name="quote" value="35"' not in told["findings"]
    assert "Theo biên bản của thôn" in told["findings"]
    # Who approves sees it without opening anything.
    issuing = client.get(at(report, "approval")).content.decode()
    assert "Theo biên bản của thôn" in issuing.partition('<details class="fold" open>')[2]
    again = Suppression.objects.get()
    assert again.message.startswith("Số 35 gõ tay")
    told = quiet(client, at(report, "suppress"), {"again": again.pk}).json()
    assert 'name="quote" value="35"' in told["findings"]


def test_what_the_checker_proposes_is_done_by_one_tap_and_nothing_else_is(
    client: Client, cast: Cast, report: Report
) -> None:
    piece = body(report)
    as_person(client, cast.office_clerk)
    words = "Có [[articles]] tin, bài tuyền truyền của xã."
    told = quiet(client, at(report, "piece", piece.key), {"words": words, "seen": "99"}).json()
    report.refresh_from_db()
    found = shown(report, cast.today)
    assert found is not None
    fixes = [one for one in found.remarks if one.key == piece.key and one.fix]
    assert fixes, told["findings"]
    forged = {"rule": fixes[0].rule, "quote": "Có", "key": piece.key, "fix": "Xóa hết"}
    assert quiet(client, at(report, "mend"), forged).status_code == 422
    sent = {"rule": fixes[0].rule, "quote": fixes[0].quote, "key": piece.key}
    assert quiet(client, at(report, "mend"), sent).status_code == 200
    changed = draft(report).find(piece.key).block.words
    assert changed == words.replace(fixes[0].quote, fixes[0].fix or "")


def test_two_people_at_once_are_told_of_each_other(client: Client, cast: Cast, report: Report) -> None:
    piece = body(report)
    as_person(client, cast.office_clerk).post(at(report, "presence"), {"key": piece.key, "since": "1"})
    page = as_person(client, cast.culture_officer).get(at(report, "report")).content.decode()
    assert "Lê Thị Minh Họa đang" in page
    client.post(at(report, "piece", piece.key), {"words": "Mới.", "seen": "9"})
    heard = as_person(client, cast.office_clerk).post(at(report, "presence"), {"since": "1"}).json()
    assert [one["key"] for one in heard["pieces"]] == [piece.key]
    assert "Mới." in heard["pieces"][0]["html"]
    assert len(heard["busy"]) == 1
    for strange in ("\0", "x" * 200, "<b>", "ă"):
        assert client.post(at(report, "presence"), {"key": strange, "since": "\0"}).status_code == 200
    assert set(report.presences.values_list("key", flat=True)) == {""}
    assert as_person(client, cast.radio_operator).post(at(report, "presence")).status_code == 404


def test_an_editor_left_open_while_the_report_was_issued_is_asked_to_load_again(
    client: Client, cast: Cast, report: Report
) -> None:
    as_person(client, cast.office_clerk)
    actions.issue_report(report=report, on=cast.today, by=None, at=cast.now)
    heard = client.post(at(report, "presence"), {"since": "1"}).json()
    assert (heard["reload"], heard["busy"]) == (True, ["Báo cáo không còn là dự thảo."])


def test_many_changes_at_once_are_not_passed_over_but_ask_for_a_reload(
    client: Client, cast: Cast, report: Report
) -> None:
    for number in range(41):
        actions.insert_piece(
            report=report,
            words=f"Ý {number}.",
            after=body(report).key,
            by=cast.office_clerk,
            at=cast.now,
        )
    as_person(client, cast.office_clerk)
    heard = client.post(at(report, "presence"), {"since": "1"}).json()
    assert heard["reload"] is True
    assert heard["pieces"] == []
    heard = client.post(at(report, "presence"), {"since": "2"}).json()
    assert heard["reload"] is False
    assert len(heard["pieces"]) == 40
    assert max(one["version"] for one in heard["pieces"]) == heard["version"]


def test_the_history_goes_back_and_says_which_figures_were_lost(
    client: Client, cast: Cast, report: Report
) -> None:
    as_person(client, cast.office_clerk)
    piece = next(
        p for p in draft(report).body if "[[articles]]" in str(p.block) and isinstance(p.block, Text)
    )
    client.post(at(report, "piece", piece.key), {"words": "Không còn số.", "seen": "9"})
    page = client.get(at(report, "history")).content.decode()
    assert "bỏ số liệu: Tin, bài về cải cách hành chính" in page
    client.post(at(report, "history"), {"version": "1"})
    assert draft(report).find(piece.key).block == piece.block
    for version in ("", "0", "77", "\0"):
        assert client.post(at(report, "history"), {"version": version}).status_code == 302


def test_a_figure_opens_beside_the_report_and_before_it_is_put_in(
    client: Client, cast: Cast, report: Report
) -> None:
    as_person(client, cast.chair)
    part = client.get(at(report, "figure", "articles"), headers={"hx-request": "true"}).content.decode()
    assert "<html" not in part
    assert "Tin cải cách hành chính" in part
    assert "tổng các dòng sổ" in part
    assert client.get(at(report, "figure", "visits")).status_code == 200
    assert client.get(at(report, "figure", "khong_co")).status_code == 404


@pytest.mark.one_database
@pytest.mark.parametrize("who", ["neighbour", "radio_operator", "reviewer"])
@pytest.mark.parametrize(
    ("name", "more", "sent"),
    [
        ("piece", ["KEY"], {"words": "x", "seen": "9"}),
        ("piece-act", ["KEY", "bo"], {"seen": "9"}),
        ("insert", [], {"words": "x", "after": "KEY"}),
        ("insert", [], {"block": "san-ket-qua-2", "after": "KEY"}),
        ("suppress", [], {"rule": "x", "quote": "x", "reason": "để nguyên"}),
        ("history", [], {"version": "1"}),
        ("redraft", [], {}),
        ("correct", [], {}),
    ],
)
def test_who_may_not_write_changes_nothing(
    client: Client, cast: Cast, report: Report, who: str, name: str, more: list[str], sent: dict[str, str]
) -> None:
    key = body(report).key
    before = Report.objects.values().get(), Manuscript.objects.values().get()
    where = at(report, name, *(key if one == "KEY" else one for one in more))
    answer = as_person(client, getattr(cast, who)).post(
        where, {field: key if value == "KEY" else value for field, value in sent.items()}
    )
    assert answer.status_code == (404 if who == "neighbour" else answer.status_code)
    assert answer.status_code in {302, 404, 409}
    assert (Report.objects.values().get(), Manuscript.objects.values().get()) == before
    assert not Suppression.objects.exists()
    assert not TextBlock.objects.exists()


def test_an_issued_report_cannot_be_written_in_and_can_be_replaced(
    client: Client, cast: Cast, report: Report
) -> None:
    key = body(report).key
    as_person(client, cast.office_clerk)
    actions.issue_report(report=report, on=cast.today, by=None, at=cast.now)
    report.refresh_from_db()
    assert report.status == Report.Status.ISSUED
    assert client.post(at(report, "piece", key), {"words": "x", "seen": "9"}).status_code == 404
    page = client.get(at(report, "report")).content.decode()
    assert "Lập báo cáo thay thế" in page
    assert "data-write" not in page
    answer = client.post(at(report, "correct"))
    second = Report.objects.get(corrects=report)
    assert answer.headers["Location"] == at(second, "report")
    assert "Đang có dự thảo thay thế" in client.get(at(report, "report")).content.decode()
    actions.issue_report(report=second, on=cast.today, by=None, at=cast.now)
    assert "thay thế bằng báo cáo số 02/BC-UBND" in client.get(at(report, "report")).content.decode()
    again = client.post(at(report, "correct"))
    assert "02/BC-UBND" in " ".join(str(one) for one in get_messages(again.wsgi_request))


def test_redrawing_tells_of_paragraphs_with_two_texts_and_they_can_be_settled(
    client: Client, cast: Cast, report: Report
) -> None:
    piece = next(
        p for p in draft(report).body if "[[articles]]" in str(p.block) and isinstance(p.block, Text)
    )
    as_person(client, cast.office_clerk)
    client.post(at(report, "piece", piece.key), {"words": "Của tôi: [[articles]] tin.", "seen": "9"})
    text = queries.outline_text(cast.commune, cast.now.date()).replace("đã thực hiện {{", "đã đăng {{")
    actions.save_outline(unit=cast.commune, text=text, by=cast.office_clerk, at=cast.now)
    answer = client.post(at(report, "redraft"))
    assert "1 đoạn có hai bản" in " ".join(str(one) for one in get_messages(answer.wsgi_request))
    page = client.get(at(report, "report")).content.decode()
    assert "Giữ bản sửa tay" in page
    assert "đã đăng" in page
    client.post(at(report, "piece-act", piece.key, "lay"))
    assert "đã đăng" in draft(report).find(piece.key).block.words


def test_an_outline_is_looked_over_while_it_is_written(client: Client, cast: Cast) -> None:
    as_person(client, cast.office_clerk)
    there = reverse("reports:outline-try", args=[cast.commune.pk])
    good = queries.default_outline()
    assert "Đề cương dùng được" in client.post(there, {"text": good}).content.decode()
    wrong = client.post(there, {"text": good.replace('figure("articles")', 'figure("la")')}).content.decode()
    assert "source__wrong" in wrong
    assert "dòng" in wrong


def test_the_comparison_shows_sentences_tables_and_charts(client: Client, cast: Cast, report: Report) -> None:
    work.record_activity(
        unit=cast.commune,
        kind="website",
        happened_on=cast.today.replace(year=2022, month=3),
        title="Tin năm trước",
        measures={"articles": 4},
        by=cast.culture_officer,
        at=cast.now,
    )
    page = as_person(client, cast.chair).get(at(report, "comparison")).content.decode()
    assert "giảm 50% so với cùng kỳ năm trước (từ 4 xuống 2)" in page
    assert page.count('<svg class="chart"') == 1
    assert "<title" in page


def test_the_list_is_filtered_and_exported(client: Client, cast: Cast, report: Report) -> None:
    as_person(client, cast.chair)
    issued = client.get(reverse("reports:reports"), {"status": "issued"})
    assert not issued.context["rows"]
    assert len(client.get(reverse("reports:reports"), {"status": "draft"}).context["rows"]) == 1
    lines = b"".join(client.get(reverse("reports:export")).streaming_content).decode().splitlines()
    assert len(lines) == 2
    assert "6 tháng đầu năm 2023" in lines[1]
    noted = AuditEntry.objects.get(action="report.export")
    assert (noted.by, noted.unit, noted.detail) == (cast.chair, cast.commune, {"rows": 1, "form": "csv"})
    Report.objects.update(subject="\r=1+1")
    told = b"".join(client.get(reverse("reports:export")).streaming_content).decode()
    assert "'\r=1+1" in told
    with pytest.raises(NotAllowed):
        export_list(
            action="report.export",
            rows={cast.commune.pk: 1},
            form="csv",
            by=cast.neighbour,
            at=cast.now,
        )
    assert AuditEntry.objects.filter(action="report.export").count() == 2
    assert (
        len(
            b"".join(as_person(client, cast.neighbour).get(reverse("reports:export")).streaming_content)
            .decode()
            .splitlines()
        )
        == 1
    )


def test_the_likeliest_period_is_chosen_already(client: Client, cast: Cast) -> None:
    assert str(rules.likely_period(cast.today)) == "2023-H1"
    assert str(rules.likely_period(cast.today, {"2023-H1"})) == "2023-9M"
    assert str(rules.likely_period(cast.today.replace(month=12))) == "2023"
    wanted = f"{timezone.localdate().year}-Q1"
    page = as_person(client, cast.office_clerk).get(reverse("reports:new"), {"period": wanted})
    assert page.context["form"].fields["period"].initial == wanted
    assert client.get(reverse("reports:new"), {"period": "x\0"}).status_code == 200


def test_a_draft_that_names_a_unit_that_ended_is_told_its_successor(cast: Cast, report: Report) -> None:
    old = Unit.objects.create(pk="ben-xua", level="commune", ends_on=date(2022, 7, 1))
    UnitName.objects.create(unit=old, kind="xã", name="Bến Xưa", folded="ben xua", ends_on=old.ends_on)
    UnitPlacement.objects.create(unit=old, parent=cast.province, ends_on=old.ends_on)
    UnitSuccession.objects.create(
        predecessor=old,
        successor=cast.neighbour_commune,
        reason="merged",
        takes_effect_on=old.ends_on,
        legal_basis="NQ 9/NQ-HĐND",
    )
    words = "Phối hợp với UBND xã Bến Xưa tuyên truyền."
    actions.insert_piece(
        report=report, words=words, after=body(report).key, by=cast.office_clerk, at=cast.now
    )
    [one] = [one for one in found_in(report, cast.now) if one.rule == "DV04"]
    assert (one.quote, one.fix is not None, one.basis) == ("xã Bến Xưa", True, "NQ 9/NQ-HĐND")
    actions.mend_piece(
        report=report, rule="DV04", quote=one.quote, key=one.key, by=cast.office_clerk, at=cast.now
    )
    assert not [one for one in found_in(report, cast.now) if one.rule == "DV04"]


# --- how much is asked of the database ------------------------------------------------------------


def test_the_editor_asks_a_bounded_number_of_questions(
    client: Client, cast: Cast, report: Report, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    as_person(client, cast.office_clerk)
    for number in range(20):
        actions.insert_piece(
            report=report,
            words=f"Ý {number}: [[articles]] tin.",
            after=body(report).key,
            by=cast.office_clerk,
            at=cast.now,
        )
    client.get(at(report, "report"))
    # Two of them ask the registers what they counted of the same days.
    with django_assert_max_num_queries(44):
        client.get(at(report, "report"))
    with django_assert_max_num_queries(45):
        quiet(client, at(report, "piece", body(report).key), {"words": "Mới.", "seen": "99"})


def test_lists_ask_the_same_for_many_as_for_few(
    client: Client, cast: Cast, report: Report, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for period in ("2022-H1", "2022-9M", "2022", "2023-Q1"):
        actions.draft_report(
            unit=cast.commune, period=Period.parse(period), by=cast.culture_officer, at=cast.now
        )
    as_person(client, cast.office_clerk)
    client.get(reverse("reports:reports"))
    for name, most in (("reports", 40), ("new", 20), ("register", 20)):
        with django_assert_max_num_queries(most):
            client.get(reverse(f"reports:{name}"))
    with django_assert_max_num_queries(25):
        client.get(at(report, "comparison"))
    with django_assert_max_num_queries(20):
        client.get(reverse("reports:text-blocks", args=[cast.commune.pk]))
    with django_assert_max_num_queries(20):
        client.get(at(report, "history"))


def test_the_register_is_searched_and_exported(client: Client, cast: Cast, report: Report) -> None:
    actions.issue_report(report=report, on=cast.today, by=None, at=cast.now)
    as_person(client, cast.chair)
    there = reverse("reports:register")
    (word,) = report.subject.split()[:1]
    assert len(client.get(there, {"q": word}).context["rows"]) == 1
    nothing = client.get(there, {"q": "khong-co-chu-nay"})
    assert nothing.context["rows"] == []
    assert "Không có văn bản nào khớp" in nothing.content.decode()
    answer = client.post(reverse("reports:register-export", args=["csv"]))
    _header, row = b"".join(answer.streaming_content).decode().splitlines()
    assert report.subject in row
    noted = AuditEntry.objects.get(action="register.export")
    assert (noted.unit, noted.detail) == (cast.commune, {"rows": 1, "form": "csv"})
