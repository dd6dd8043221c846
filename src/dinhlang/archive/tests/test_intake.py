"""A file's way into the archive: its steps, what is refused, what a person decides, and what is found afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from dinhlang.archive import actions, queries, rules
from dinhlang.archive.models import ArchivedDocument, Intake
from dinhlang.archive.proposal import NotAValue
from dinhlang.archive.rules import NEXT, Step, check_move, printed_table
from dinhlang.archive.watched import Watcher
from dinhlang.officialdoc.read import read
from dinhlang.officialdoc.write import pdf
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.periods.identifier import Period

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import Settings

    from conftest import Cast

stored = [pytest.mark.django_db, pytest.mark.integration]

REPORT = """ỦY BAN NHÂN DÂN
XÃ BẾN TRÚC

Số: 12/BC-UBND

Bến Trúc, ngày 20 tháng 12 năm 2022

BÁO CÁO
Kết quả tuyên truyền cải cách hành chính năm 2022

Trong năm 2022, Ủy ban nhân dân xã đã đăng 48 tin, bài về cải cách hành chính trên trang thông tin điện tử.
Đài truyền thanh xã đã phát 36 buổi tuyên truyền về thủ tục hành chính. Bộ phận một cửa hướng dẫn người dân nộp hồ sơ.
Việc tuyên truyền ở một số thôn chưa thường xuyên, cán bộ phụ trách trang thông tin điện tử còn kiêm nhiệm nhiều việc.
"""


@pytest.fixture(autouse=True)
def _of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"
    settings.HELD = tmp_path / "held"
    settings.INBOX = None


def received(cast: Cast, text: str = REPORT, name: str = "cu.txt", **given: Any) -> Intake:
    """A report that was handed in and read."""
    known: dict[str, Any] = {
        "data": text.encode(),
        "unit": cast.commune,
        "is_unit_given": True,
        "origin": Intake.Origin.WEB,
        "by": cast.office_clerk,
        "at": cast.now,
    }
    intake = actions.receive_file(name=name, **{**known, **given})
    actions.read_intake(pk=intake.pk, at=cast.now)
    return Intake.objects.get(pk=intake.pk)


def confirmed(cast: Cast, intake: Intake) -> ArchivedDocument:
    return actions.confirm_intake(intake=intake, by=cast.office_clerk, at=cast.now)


# --- the table of moves -----------------------------------------------------------------------------


def test_every_step_is_in_the_table_and_all_but_two_go_on() -> None:
    assert NEXT.keys() == set(Step)
    assert {step for step, after in NEXT.items() if not after} == {Step.ARCHIVED, Step.REFUSED}
    # Only a person, from where it waits, lets a file in.
    assert {step for step, after in NEXT.items() if Step.ARCHIVED in after} == {Step.WAITING}
    assert len(printed_table().splitlines()) == len(Step)


@pytest.mark.parametrize("old", Step)
@pytest.mark.parametrize("new", Step)
def test_a_move_that_is_not_in_the_table_is_refused(old: Step, new: Step) -> None:
    if new in NEXT[old]:
        check_move(old, new)
    else:
        with pytest.raises(rules.WrongStep):
            check_move(old, new)


# --- likeness, as rules -----------------------------------------------------------------------------


def test_small_differences_are_alike_and_other_documents_are_not() -> None:
    nearly = REPORT.replace("48", "49").replace("ủ", "u").replace("\n", " \n ")
    other = "QUYẾT ĐỊNH về việc thành lập tổ công nghệ số cộng đồng của thôn Đông, gồm các ông bà có tên sau đây nhé."
    assert rules.may_be_alike(rules.signature(REPORT), rules.signature(nearly))
    assert rules.likeness(REPORT, nearly) > rules.ALIKE
    assert not rules.may_be_alike(rules.signature(REPORT), rules.signature(other))
    assert rules.signature("ba từ thôi") == b""
    assert not rules.may_be_alike(b"", b"")


def test_two_periods_are_two_documents_unless_nearly_every_word_is_the_same() -> None:
    one = read(REPORT.encode(), "a.txt")
    other = replace(one, period="2023")
    assert rules.is_to_decide(0.9, one, one)
    assert not rules.is_to_decide(0.9, one, other)
    assert rules.is_to_decide(0.99, one, other)
    assert rules.is_to_decide(0.9, one, replace(one, period=None))


def test_differences_say_every_word_of_both_sides() -> None:
    other = REPORT.replace("48", "49").replace("một số thôn", "nhiều thôn")
    rows = rules.differences(REPORT, other)
    assert "".join(text for row in rows for text, _only in row.left) == REPORT
    assert "".join(text for row in rows for text, _only in row.right) == other
    only = {text.strip() for row in rows for text, is_only in (*row.left, *row.right) if is_only}
    assert {"48", "49"} <= only


# --- the way in -------------------------------------------------------------------------------------


class TestOnItsWay:
    pytestmark = stored

    def test_a_report_is_read_and_waits_and_is_in_the_archive_only_when_confirmed(self, cast: Cast) -> None:
        intake = received(cast)
        assert [step for step, _at in intake.history] == ["received", "reading", "comparing", "waiting"]
        assert not ArchivedDocument.objects.exists()
        document = confirmed(cast, intake)
        assert (document.period, document.confirmed_by) == ("2022", cast.office_clerk)
        found = queries.backfilled(cast.commune, "articles", Period.parse("2022"))
        assert found is not None
        assert found.value == 48
        intake.refresh_from_db()
        assert (intake.step, intake.archived, intake.text) == ("archived", document, "")
        assert list(
            AuditEntry.objects.filter(action__startswith="archive.")
            .order_by("pk")
            .values_list("action", flat=True)
        ) == ["archive.receive", "archive.import"]

    def test_values_are_corrected_and_struck_before_they_are_facts(self, cast: Cast) -> None:
        intake = received(cast)
        figures = (intake.document or {})["figures"]
        at = next(n for n, one in enumerate(figures) if one["concept"] == "articles")
        others = [n for n in range(len(figures)) if n != at]
        said = {f"figures.{at}.value": "1.050", "period": "2022-H1", "number": "21", "day": "20/6/2022"}
        intake = actions.decide_intake(
            intake=intake, said=said, struck=others, by=cast.office_clerk, at=cast.now
        )
        document = confirmed(cast, intake)
        assert (document.period, document.document["number"]) == ("2022-H1", "21")
        assert document.document["date"] == {"day": 20, "month": 6, "year": 2022}
        assert [fact.value for fact in document.facts.all()] == [1050]
        corrected = AuditEntry.objects.get(action="archive.import").detail["corrected"]
        assert corrected["period"] == ["năm 2022", "6 tháng đầu năm 2022"]
        assert len([path for path in corrected if path.count(".") == 1]) == len(others)

    @pytest.mark.parametrize(
        ("path", "value"),
        [
            ("period", "2022-H3"),
            ("period", "năm kia"),
            ("day", "31/2/2022"),
            ("kind", "thu-tinh"),
            ("figures.0.value", "12.5"),
            ("figures.0.value", "9" * 400),
            ("figures.0.concept", "khong-co"),
            ("number", "9" * 21),
        ],
    )
    def test_what_cannot_be_is_refused_and_keeps_nothing(self, cast: Cast, path: str, value: str) -> None:
        intake = received(cast)
        with pytest.raises(NotAValue):
            actions.decide_intake(
                intake=intake, said={path: value}, struck=[], by=cast.office_clerk, at=cast.now
            )
        intake.refresh_from_db()
        assert intake.proposal is None

    def test_unknown_paths_and_figures_are_passed_over(self, cast: Cast) -> None:
        intake = actions.decide_intake(
            intake=received(cast),
            said={"figures.99.value": "1", "document": "x", "": ""},
            struck=[99, -1],
            by=cast.office_clerk,
            at=cast.now,
        )
        assert intake.proposal == {"said": {}, "struck": []}

    def test_the_same_file_is_refused_whether_archived_or_waiting(self, cast: Cast) -> None:
        intake = received(cast)
        with pytest.raises(rules.AlreadyArchived, match="danh sách chờ"):
            received(cast, name="ten-khac.txt")
        confirmed(cast, intake)
        with pytest.raises(rules.AlreadyArchived, match="đã được đưa vào kho"):
            received(cast)

    def test_a_document_much_like_another_waits_for_a_word(self, cast: Cast) -> None:
        first = confirmed(cast, received(cast))
        second = received(cast, REPORT.replace("48", "49"), "gan-giong.txt")
        assert second.near == first
        assert second.likeness is not None
        assert second.likeness > rules.ALIKE
        with pytest.raises(rules.StillToDecide):
            confirmed(cast, second)
        actions.keep_beside(intake=second, by=cast.office_clerk, at=cast.now)
        assert confirmed(cast, second).facts.get(concept="articles").value == 49

    def test_what_is_refused_says_why_and_stays_out(self, cast: Cast) -> None:
        intake = received(cast)
        with pytest.raises(Refused):
            actions.refuse_intake(intake=intake, reason=" ", by=cast.office_clerk, at=cast.now)
        actions.refuse_intake(intake=intake, reason="bản nháp cũ", by=cast.office_clerk, at=cast.now)
        intake.refresh_from_db()
        assert (intake.step, intake.reason) == ("refused", "bản nháp cũ")
        with pytest.raises(rules.WrongStep):
            confirmed(cast, intake)
        # The same file may come again.
        assert received(cast).step == "waiting"

    def test_what_cannot_be_read_ends_refused(self, cast: Cast) -> None:
        intake = received(cast, "Danh sách họ tên và số điện thoại của tổ dân phố\nGhi chú linh tinh\n")
        assert intake.step == "refused"
        assert "không thấy dấu hiệu" in intake.reason

    def test_reading_twice_reads_once(self, cast: Cast) -> None:
        intake = received(cast)
        assert actions.read_intake(pk=intake.pk, at=cast.now) is None
        assert actions.read_intake(pk=0, at=cast.now) is None

    def test_the_letterhead_says_whose_it_is_and_who_may_file_it(self, cast: Cast) -> None:
        intake = received(
            cast, is_unit_given=False, unit=cast.neighbour_commune, by=None, name="cua-ben-truc.txt"
        )
        assert intake.unit == cast.commune
        other = REPORT.replace("BẾN TRÚC", "BẾN DỪA").replace("Bến Trúc", "Bến Dừa")
        refused = received(cast, other, "cua-xa-khac.txt", is_unit_given=False)
        assert refused.step == "refused"
        assert refused.unit == cast.commune

    def test_the_neighbour_neither_sees_nor_decides(self, cast: Cast) -> None:
        intake = received(cast)
        assert not queries.intakes_for(cast.neighbour, cast.today).exists()
        with pytest.raises(NotAllowed):
            received(cast, by=cast.neighbour, name="b.txt")
        for who in (cast.neighbour, cast.radio_operator, cast.reviewer):
            with pytest.raises(NotAllowed):
                actions.confirm_intake(intake=intake, by=who, at=cast.now)
            with pytest.raises(NotAllowed):
                actions.decide_intake(intake=intake, said={}, struck=[], by=who, at=cast.now)

    def test_what_was_cut_off_begins_again_once_and_is_then_refused(self, cast: Cast) -> None:
        intake = received(cast)
        later = cast.now + timedelta(minutes=16)
        Intake.objects.update(step="reading", attempts=1)
        assert actions.resume_intakes(at=later) == 1
        intake.refresh_from_db()
        assert intake.step == "received"
        Intake.objects.update(step="recognising", attempts=2)
        actions.resume_intakes(at=later + timedelta(minutes=16))
        intake.refresh_from_db()
        assert intake.step == "refused"
        actions.resume_intakes(at=later + timedelta(days=31))
        assert not Intake.objects.exists()

    def test_the_database_refuses_half_truths(self, cast: Cast) -> None:
        intake = received(cast)
        for nonsense in ({"step": "archived"}, {"step": "refused"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Intake.objects.filter(pk=intake.pk).update(**nonsense)


@pytest.mark.django_db
@pytest.mark.integration
def test_two_much_alike_that_came_together_are_still_decided_on(cast: Cast) -> None:
    first, second = received(cast), received(cast, f"{REPORT}\nNgười lập: Văn thư.", "cu-2.txt")
    assert (first.near, second.near) == (None, None)
    kept = confirmed(cast, first)
    with pytest.raises(rules.StillToDecide):
        confirmed(cast, second)
    second.refresh_from_db()
    assert second.near == kept
    actions.keep_beside(intake=second, by=cast.office_clerk, at=cast.now)
    assert confirmed(cast, second) != kept


# --- search -----------------------------------------------------------------------------------------


class TestSearch:
    pytestmark = stored

    def test_words_anywhere_in_the_text_are_found_without_marks_and_marked(self, cast: Cast) -> None:
        document = confirmed(cast, received(cast))
        visible = queries.documents_for(cast.office_clerk, cast.today)
        for words in (["kiem", "nhiem"], ["bao-cao"], ["12/bc-ubnd"], ["cu.txt"], ["36"], []):
            assert list(queries.searched(visible, words)) == [document], words
        # A word is a whole one, what is written together stands together, and signs are no words.
        for words in (["nhie"], ["kiem", "khongco"], ["cao-bao"], ["36/48"], ["%"], ["*"], ['"'], ["or"]):
            assert not queries.searched(visible, words).exists(), words
        [snippet] = queries.snippets([document.pk], ["kiem"])[document.pk]
        assert [text for text, is_word in snippet if is_word] == ["kiêm"]
        assert "còn kiêm nhiệm nhiều" in "".join(text for text, _is_word in snippet)
        assert not queries.searched(queries.documents_for(cast.neighbour, cast.today), ["kiem"]).exists()

    def test_the_index_follows_every_change_of_the_text(self, cast: Cast) -> None:
        """A later migration that rebuilds the table on SQLite takes its triggers along; then this fails."""
        document = confirmed(cast, received(cast))
        visible = queries.documents_for(cast.office_clerk, cast.today)
        document.text.folded = rules.searched("cu.txt", "Hội thi đua thuyền")
        document.text.save()
        assert list(queries.searched(visible, ["thuyen"])) == [document]
        assert not queries.searched(visible, ["kiem"]).exists()
        document.text.delete()
        assert not queries.searched(visible, ["thuyen"]).exists()
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("SELECT count(*) FROM archive_words WHERE archive_words MATCH 'thuyen'")
                assert cursor.fetchone() == (0,)

    def test_the_list_searches_the_whole_text(self, client: Client, cast: Cast) -> None:
        confirmed(cast, received(cast))
        client.force_login(cast.office_clerk)
        there = reverse("archive:documents")
        page = client.get(there, {"q": "KIÊM nhiệm"})
        assert "<mark>kiêm</mark>" in page.content.decode()
        for nonsense in ("%", "_", "\\", "'", "<b>", ""):
            assert not client.get(there, {"q": nonsense + "khongco"}).context["rows"]


# --- pages ------------------------------------------------------------------------------------------


class TestPages:
    pytestmark = stored

    def test_files_are_handed_in_confirmed_and_found(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.office_clerk)
        files = [SimpleUploadedFile("cu.txt", REPORT.encode()), SimpleUploadedFile("trong.txt", b" ")]
        answer = client.post(reverse("archive:import"), {"files": files}, follow=True)
        assert "trong.txt: tệp trống" in answer.content.decode()
        assert answer.headers["Refresh"]
        intake = Intake.objects.get()
        way = client.get(reverse("archive:intake", args=[intake.pk]))
        assert "đã nhận" in way.content.decode()
        actions.read_intake(pk=intake.pk, at=timezone.now())
        there = reverse("archive:intake", args=[intake.pk])
        page = client.get(there)
        assert "đăng 48 tin, bài" in page.content.decode()
        assert 'href="#s-0"' in page.content.decode()
        wrong = client.post(there, {"do": "confirm", "v:period": "năm kia"})
        assert wrong.status_code == 422
        assert "Kỳ không đúng dạng" in wrong.content.decode()
        done = client.post(there, {"do": "confirm", "v:period": "2022", "struck": ["x", "-1"]}, follow=True)
        document = ArchivedDocument.objects.get()
        assert done.redirect_chain[-1][0] == reverse("archive:document", args=[document.pk])
        # Back to the old page, as from a second tab.
        assert client.get(there).status_code == 302
        assert client.post(there, {"do": "confirm"}).status_code == 302
        assert ArchivedDocument.objects.count() == 1

    def test_two_documents_are_compared_side_by_side(self, client: Client, cast: Cast) -> None:
        confirmed(cast, received(cast))
        second = received(cast, REPORT.replace("48", "49"), "gan-giong.txt")
        client.force_login(cast.office_clerk)
        page = client.get(reverse("archive:intake-compare", args=[second.pk]))
        assert "<del>48 </del>" in page.content.decode()
        assert "<ins>49 </ins>" in page.content.decode()
        there = reverse("archive:intake", args=[second.pk])
        assert "gần giống" in client.post(there, {"do": "confirm"}, follow=True).content.decode()
        client.post(there, {"do": "keep-both"})
        client.post(there, {"do": "confirm"})
        assert ArchivedDocument.objects.count() == 2
        client.force_login(cast.neighbour)
        for name in ("intake", "intake-compare", "intake-source"):
            assert client.get(reverse(f"archive:{name}", args=[second.pk])).status_code == 404

    def test_who_only_reads_sees_the_values_and_changes_nothing(self, client: Client, cast: Cast) -> None:
        intake = received(cast)
        client.force_login(cast.reviewer)
        there = reverse("archive:intake", args=[intake.pk])
        assert "đăng 48 tin, bài" in client.get(there).content.decode()
        client.post(there, {"do": "confirm"})
        client.post(there, {"do": "refuse", "reason": "không thích"})
        intake.refresh_from_db()
        assert intake.step == "waiting"

    def test_a_checked_document_is_handed_over(self, client: Client, cast: Cast) -> None:
        client.force_login(cast.office_clerk)
        begun = client.post(reverse("check:new"), {"file": SimpleUploadedFile("cu.txt", REPORT.encode())})
        answer = client.post(f"{begun.url}vao-kho/", {"unit": "ben-dua"}, follow=True)
        assert "không đưa văn bản vào kho" in answer.content.decode()
        assert not Intake.objects.exists()
        client.post(f"{begun.url}vao-kho/", {"unit": cast.commune.pk})
        assert Intake.objects.get().origin == "check"

    def test_pages_ask_a_bounded_number_of_questions(
        self, client: Client, cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for number in range(4):
            received(cast, REPORT.replace("48", str(50 + number)), f"{number}.txt")
        client.force_login(cast.office_clerk)
        with django_assert_max_num_queries(18):
            client.get(reverse("archive:intakes"))
        with django_assert_max_num_queries(26):
            client.get(reverse("archive:intake", args=[Intake.objects.latest("pk").pk]))


# --- the watched folder -----------------------------------------------------------------------------


class TestWatchedFolder:
    pytestmark = stored

    @pytest.fixture
    def inbox(self, settings: Settings, tmp_path: Path, cast: Cast) -> Path:
        settings.INBOX = tmp_path / "inbox"
        (tmp_path / "inbox" / cast.commune.pk).mkdir(parents=True)
        return tmp_path / "inbox"

    def test_a_quiet_file_is_taken_in_and_moved(self, cast: Cast, inbox: Path) -> None:
        folder, watcher = inbox / cast.commune.pk, Watcher()
        (folder / "cu.txt").write_text(REPORT)
        assert actions.look_into_inbox(at=cast.now, watcher=watcher) == 0
        (folder / "cu.txt").write_text(REPORT + "thêm một dòng")
        assert actions.look_into_inbox(at=cast.now, watcher=watcher) == 0
        assert actions.look_into_inbox(at=cast.now, watcher=watcher) == 1
        assert [one.name for one in (folder / "da-nhan").iterdir()] == ["cu.txt"]
        intake = Intake.objects.get()
        assert (intake.unit, intake.origin) == (cast.commune, "folder")
        assert actions.look_into_inbox(at=cast.now, watcher=watcher) == 0

    def test_what_is_not_taken_in_lies_beside_its_reason(
        self, cast: Cast, inbox: Path, tmp_path: Path
    ) -> None:
        folder, watcher = inbox / cast.commune.pk, Watcher()
        (inbox / "khong-co").mkdir()
        (inbox / "khong-co" / "a.txt").write_text(REPORT)
        (folder / "trong.txt").write_text(" ")
        (folder / "la.txt").write_text("Ghi chú linh tinh của ai đó\nkhông phải văn bản\n")
        (folder / "~$khoa.docx").write_text("x")
        (folder / "dang-tai.docx.part").write_text("x")
        secret = tmp_path / "secret.txt"
        secret.write_text(REPORT)
        (folder / "link.txt").symlink_to(secret)
        for _look in range(2):
            actions.look_into_inbox(at=cast.now, watcher=watcher)
        assert "mã đơn vị" in (inbox / "khong-co" / "khong-nhan" / "a.txt.txt").read_text()
        assert "trống" in (folder / "khong-nhan" / "trong.txt.txt").read_text()
        actions.read_intake(pk=Intake.objects.get().pk, at=cast.now)
        assert "không thấy dấu hiệu" in (folder / "khong-nhan" / "la.txt.txt").read_text()
        assert (folder / "khong-nhan" / "la.txt").exists()
        assert (folder / "link.txt").is_symlink()
        assert {"~$khoa.docx", "dang-tai.docx.part"} <= {one.name for one in folder.iterdir()}

    def test_a_name_that_is_there_already_gets_a_number(self, cast: Cast, inbox: Path) -> None:
        folder, watcher = inbox / cast.commune.pk, Watcher()
        for text in (REPORT, REPORT.replace("48", "50")):
            (folder / "cu.txt").write_text(text)
            for _look in range(2):
                actions.look_into_inbox(at=cast.now, watcher=watcher)
        assert {one.name for one in (folder / "da-nhan").iterdir()} == {"cu.txt", "cu (2).txt"}

    def test_without_the_setting_nothing_is_watched(self, settings: Settings, cast: Cast) -> None:
        settings.INBOX = None
        assert actions.look_into_inbox(at=cast.now, watcher=Watcher()) == 0


# --- the pages of a PDF beside its values -----------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.integration
def test_values_stand_beside_the_picture_they_were_read_from(
    client: Client, cast: Cast, tmp_path: Path
) -> None:
    data = pdf(read(REPORT.encode(), "cu.txt"))
    intake = received(cast, name="cu.pdf", data=data)
    assert (intake.step, intake.pages) == (Step.WAITING, 1)
    client.force_login(cast.office_clerk)
    page = client.get(reverse("archive:intake", args=[intake.pk])).content.decode()
    address = reverse("archive:intake-page", args=[intake.pk, 1])
    assert f'<img src="{address}"' in page
    assert 'href="#g-number" id="h-number"' in page
    assert 'href="#s-0" id="h-s-0"' in page
    assert "1 trang" in page
    drawn = client.get(address)
    assert (drawn.status_code, drawn.headers["Content-Type"]) == (200, "image/webp")
    assert all(b"WEBP" not in path.read_bytes() for path in (tmp_path / "held").rglob("*") if path.is_file())
    client.force_login(cast.neighbour)
    assert client.get(address).status_code == 404
    confirmed(cast, intake)
    assert list((tmp_path / "held").glob("*")) == []
