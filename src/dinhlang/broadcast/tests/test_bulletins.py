"""Bulletins over the board: made, approved, never changed again, withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from dinhlang.broadcast import actions, queries
from dinhlang.broadcast.actions import Placing
from dinhlang.broadcast.models import Bulletin, BulletinEdition
from dinhlang.broadcast.rules.kinds import Kind, Language, Source
from dinhlang.broadcast.rules.script import Written
from dinhlang.broadcast.rules.sources import Origin, Received
from dinhlang.broadcast.rules.states import NEXT, Deed, State, after, can_happen
from dinhlang.broadcast.rules.words import NotReady, Words
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.rules.moves import NoReason, WrongMove

if TYPE_CHECKING:
    from conftest import Cast

WORDS = Words("Nhận hồ sơ đất đai", "Xã nhận hồ sơ đất đai từ ngày 01/8/2023.")
LATER = timedelta(hours=1)

database = [pytest.mark.django_db, pytest.mark.integration]


def test_every_state_is_in_the_table_and_can_be_left() -> None:
    assert NEXT.keys() == set(State)
    assert all(NEXT.values())
    assert not can_happen(State.DRAFT, Deed.APPROVE)
    with pytest.raises(WrongMove, match="Bản nháp"):
        after(State.DRAFT, Deed.APPROVE)


@pytest.fixture
def _data_of_its_own(settings: Any, tmp_path: Any) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"


def written(cast: Cast, words: Words = WORDS, **placing: Any) -> Bulletin:
    return actions.write_bulletin(
        unit=cast.commune, words=words, placing=Placing(**placing), by=cast.radio_operator, at=cast.now
    )


def approved(cast: Cast, bulletin: Bulletin | None = None, **placing: Any) -> Bulletin:
    bulletin = bulletin or written(cast, **placing)
    actions.submit(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
    actions.pass_on(bulletin=bulletin, by=cast.culture_officer, at=cast.now)
    return let(cast, bulletin)


def let(cast: Cast, bulletin: Bulletin) -> Bulletin:
    bulletin.refresh_from_db()
    assert bulletin.draft is not None
    return actions.approve(
        bulletin=bulletin, seen=queries.digest_of(bulletin, bulletin.draft), by=cast.chair, at=cast.now
    )


@pytest.mark.usefixtures("_data_of_its_own")
class TestTheBoard:
    pytestmark = database

    def test_a_bulletin_is_aired_only_when_the_leader_has_approved_it(self, cast: Cast) -> None:
        bulletin = written(cast)
        assert not queries.airable(cast.commune, cast.today, cast.today).exists()
        with pytest.raises(WrongMove):
            let(cast, bulletin)
        bulletin = approved(cast, bulletin)
        assert list(queries.airable(cast.commune, cast.today, cast.today)) == [bulletin]
        assert [(step.deed, step.by) for step in bulletin.steps.order_by("pk")] == [
            ("write", cast.radio_operator),
            ("submit", cast.radio_operator),
            ("pass-on", cast.culture_officer),
            ("approve", cast.chair),
        ]
        assert AuditEntry.objects.filter(action="bulletin.approve", unit=cast.commune).count() == 1

    def test_only_those_whose_step_it_is_may_do_it(self, cast: Cast) -> None:
        bulletin = written(cast)
        for person in (cast.neighbour, cast.hamlet_head, cast.chair):
            with pytest.raises(NotAllowed):
                actions.submit(bulletin=bulletin, by=person, at=cast.now)
        actions.submit(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
        with pytest.raises(NotAllowed):
            actions.pass_on(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
        actions.pass_on(bulletin=bulletin, by=cast.culture_officer, at=cast.now)
        bulletin.refresh_from_db()
        assert bulletin.draft is not None
        with pytest.raises(NotAllowed):
            actions.approve(
                bulletin=bulletin,
                seen=queries.digest_of(bulletin, bulletin.draft),
                by=cast.culture_officer,
                at=cast.now,
            )

    def test_other_words_than_the_leader_saw_are_not_approved(self, cast: Cast) -> None:
        bulletin = written(cast)
        actions.pass_on(bulletin=bulletin, by=cast.culture_officer, at=cast.now)
        with pytest.raises(Refused, match="thay đổi"):
            actions.approve(bulletin=bulletin, seen="0" * 64, by=cast.chair, at=cast.now)

    def test_the_database_itself_keeps_an_approved_edition(self, cast: Cast) -> None:
        bulletin = approved(cast)
        assert bulletin.approved is not None
        for change in ({"script": "khác"}, {"digest": "1" * 64}):
            with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
                BulletinEdition.objects.filter(pk=bulletin.approved_id).update(**change)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            bulletin.steps.all().delete()

    def test_a_new_edition_leaves_the_approved_one_on_air_until_it_is_approved(self, cast: Cast) -> None:
        bulletin = approved(cast)
        old = bulletin.approved_id
        bulletin = actions.revise(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
        assert bulletin.draft is not None
        actions.save_draft(
            bulletin=bulletin,
            words=replace(WORDS, script="Lời mới."),
            seen=1,
            by=cast.radio_operator,
            at=cast.now,
        )
        [aired] = queries.airable(cast.commune, cast.today, cast.today)
        assert aired.approved_id == old
        bulletin = approved(cast, bulletin)
        assert bulletin.approved_id != old
        assert bulletin.editions.count() == 2

    def test_dropping_a_new_edition_leaves_what_was_approved(self, cast: Cast) -> None:
        bulletin = actions.revise(bulletin=approved(cast), by=cast.radio_operator, at=cast.now)
        bulletin = actions.drop(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
        assert bulletin.state == State.APPROVED
        assert bulletin.draft_id == bulletin.approved_id

    def test_a_withdrawn_bulletin_is_not_aired_and_says_why(self, cast: Cast) -> None:
        bulletin = approved(cast)
        with pytest.raises(NoReason):
            actions.withdraw(bulletin=bulletin, reason=" ", by=cast.radio_operator, at=cast.now)
        bulletin = actions.withdraw(bulletin=bulletin, reason="Sai ngày", by=cast.radio_operator, at=cast.now)
        assert bulletin.withdrawn_why == "Sai ngày"
        assert not queries.airable(cast.commune, cast.today, cast.today).exists()
        with pytest.raises(Refused):
            actions.withdraw(bulletin=bulletin, reason="Lần nữa", by=cast.radio_operator, at=cast.now)

    def test_a_returned_bulletin_says_what_to_mend(self, cast: Cast) -> None:
        bulletin = written(cast)
        actions.submit(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
        with pytest.raises(NoReason):
            actions.return_bulletin(bulletin=bulletin, reason="", by=cast.culture_officer, at=cast.now)
        bulletin = actions.return_bulletin(
            bulletin=bulletin, reason="Thiếu giờ làm việc", by=cast.culture_officer, at=cast.now
        )
        assert bulletin.state == State.RETURNED

    def test_it_is_aired_only_within_its_days(self, cast: Cast) -> None:
        day = timedelta(days=1)
        bulletin = approved(cast, valid_from=cast.today, valid_until=cast.today + day)
        assert bulletin.approved is not None
        for first, last, found in (
            (cast.today - day, cast.today - day, 0),
            (cast.today - day, cast.today, 1),
            (cast.today + day, cast.today + 9 * day, 1),
            (cast.today + 2 * day, cast.today + 9 * day, 0),
        ):
            assert queries.airable(cast.commune, first, last).count() == found
        with pytest.raises(Unfit):
            written(cast, valid_from=cast.today, valid_until=cast.today - day)


@pytest.mark.usefixtures("_data_of_its_own")
class TestWhereTheyComeFrom:
    pytestmark = database
    source = Origin(
        "item",
        "17",
        "a" * 64,
        Written("Xã mở lớp tập huấn", "Xã mở lớp tập huấn cho 40 cán bộ thôn.", ("Xem chi tiết tại đây.",)),
        writer="Mai Hoa",
        reform_field="thu-tuc",
    )

    def test_a_published_item_becomes_a_draft_for_the_ear_once(self, cast: Cast) -> None:
        given = {"unit": cast.commune, "source": self.source, "by": cast.radio_operator, "at": cast.now}
        bulletin = actions.bulletin_from(**given)
        assert bulletin.draft is not None
        assert bulletin.draft.script == "Xã mở lớp tập huấn cho 40 cán bộ thôn."
        assert (bulletin.field, bulletin.made_from_key) == ("thu-tuc", "17")
        assert actions.bulletin_from(**given) == bulletin
        changed = {**given, "source": replace(self.source, digest="b" * 64)}
        assert actions.bulletin_from(**changed) != bulletin

    def test_what_is_no_longer_published_is_no_longer_aired(self, cast: Cast) -> None:
        bulletin = approved(
            cast,
            actions.bulletin_from(unit=cast.commune, source=self.source, by=cast.radio_operator, at=cast.now),
        )
        told = {
            "kind": "item",
            "key": "17",
            "reason": "Bài đã gỡ",
            "by": cast.culture_officer,
            "at": cast.now,
        }
        assert actions.withdraw_made_from(**told) == 1
        assert actions.withdraw_made_from(**told) == 0
        bulletin.refresh_from_db()
        assert bulletin.state == State.WITHDRAWN

    def test_a_message_from_above_is_taken_in_once(self, cast: Cast) -> None:
        received = Received("Sở Y tế tỉnh", "Phòng chống sốt xuất huyết", "Bà con diệt bọ gậy.", key="SXH-1")
        given = {"unit": cast.commune, "by": cast.radio_operator, "at": cast.now}
        bulletin = actions.take_in(received=received, **given)
        assert bulletin.source == Source.ABOVE
        assert actions.take_in(received=received, **given) == bulletin
        assert actions.take_in(received=replace(received, key=""), **given) != bulletin
        with pytest.raises(Unfit):
            actions.take_in(received=replace(received, sender=" "), **given)

    def test_another_language_is_a_bulletin_of_its_own_that_needs_a_recording(self, cast: Cast) -> None:
        first = approved(cast)
        given = {"bulletin": first, "language": Language.KHMER, "by": cast.radio_operator, "at": cast.now}
        other = actions.say_in(**given)
        assert (other.original, other.language) == (first, Language.KHMER)
        with pytest.raises(Refused):
            actions.say_in(**given)
        with pytest.raises(NotReady, match="bản ghi âm"):
            actions.submit(bulletin=other, by=cast.radio_operator, at=cast.now)
        edition = actions.attach_recording(
            bulletin=other, data=b"RIFF....WAVE", seconds=61, by=cast.radio_operator, at=cast.now
        )
        assert edition.seconds == 61
        actions.submit(bulletin=other, by=cast.radio_operator, at=cast.now)

    def test_the_rate_of_a_station_is_measured_by_its_recordings(self, cast: Cast) -> None:
        script = "một hai ba bốn năm " * 30
        for _ in range(5):
            bulletin = written(cast, Words("Tin", script))
            actions.attach_recording(
                bulletin=bulletin, data=b"RIFF....WAVE", seconds=50, by=cast.radio_operator, at=cast.now
            )
        rate = queries.rate_of(cast.commune)
        assert (rate.syllables_a_minute, rate.recordings) == (180, 5)

    def test_a_relay_needs_no_words(self, cast: Cast) -> None:
        relay = written(cast, Words("Tiếp âm Đài Tiếng nói Việt Nam"), kind=Kind.RELAY, source=Source.RELAY)
        actions.submit(bulletin=relay, by=cast.radio_operator, at=cast.now)
        with pytest.raises(NotReady):
            actions.submit(bulletin=written(cast, Words("Tin")), by=cast.radio_operator, at=cast.now)


@pytest.mark.usefixtures("_data_of_its_own")
class TestWriting:
    pytestmark = database

    def test_two_who_save_at_once_do_not_lose_words(self, cast: Cast) -> None:
        bulletin = written(cast)
        actions.save_draft(
            bulletin=bulletin,
            words=replace(WORDS, script="Một."),
            seen=1,
            by=cast.radio_operator,
            at=cast.now,
        )
        with pytest.raises(actions.SomebodyElseWrote):
            actions.save_draft(
                bulletin=bulletin,
                words=replace(WORDS, script="Hai."),
                seen=1,
                by=cast.culture_officer,
                at=cast.now,
            )
        edition = actions.save_draft(
            bulletin=bulletin,
            words=replace(WORDS, script="Một."),
            seen=1,
            by=cast.culture_officer,
            at=cast.now,
        )
        assert edition.version == 2

    def test_what_is_on_the_board_is_not_written_in(self, cast: Cast) -> None:
        bulletin = written(cast)
        actions.submit(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
        with pytest.raises(Refused, match="Lấy lại"):
            actions.save_draft(
                bulletin=bulletin,
                words=replace(WORDS, script="x"),
                seen=1,
                by=cast.radio_operator,
                at=cast.now,
            )
        actions.take_back(bulletin=bulletin, by=cast.radio_operator, at=cast.now)
        actions.save_draft(
            bulletin=bulletin, words=replace(WORDS, script="x"), seen=1, by=cast.radio_operator, at=cast.now
        )

    @pytest.mark.parametrize(
        ("words", "field"),
        [
            (Words(""), "title"),
            (Words("T" * 201), "title"),
            (Words("T", "x" * 60_001), "script"),
            (Words("T", writer="x" * 121), "writer"),
        ],
    )
    def test_what_cannot_be_kept_is_said_with_its_place(self, cast: Cast, words: Words, field: str) -> None:
        with pytest.raises(Unfit) as refused:
            written(cast, words)
        assert refused.value.field == field

    def test_code_and_tags_of_a_typed_script_are_not_kept(self, cast: Cast) -> None:
        bulletin = written(cast, Words("Tin", "Chào <b>bà con</b>\n\n\n\n{% x %}Mời họp."))
        assert bulletin.draft is not None
        assert bulletin.draft.script == "Chào bà con\n\nMời họp."

    def test_the_list_is_searched_without_marks_and_narrowed(self, cast: Cast) -> None:
        first = written(cast, kind=Kind.NOTICE)
        written(cast, Words("Tiêm phòng cho trâu bò"))
        found = queries.bulletins([cast.commune.pk], queries.Asked(words="dat dai"))
        assert list(found) == [first]
        assert queries.bulletins([cast.commune.pk], queries.Asked(kind=Kind.NEWS)).count() == 1
        assert not queries.bulletins([cast.neighbour_commune.pk]).exists()

    def test_a_task_of_another_unit_is_refused(self, cast: Cast) -> None:
        assert date(2023, 7, 20) == cast.today
        with pytest.raises(Unfit):
            written(cast, kind="không có")
