"""The newsroom at work: the way of an item over the board, its line of the ledger, and who may do what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import IntegrityError, transaction

from dinhlang.org.actions.decision_links import LinkSpent
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused
from dinhlang.org.rules.deeds import SENTENCES
from dinhlang.org.rules.moves import NoReason
from dinhlang.portal.models import Column, Edition, Item, KeptChange, Step
from dinhlang.portal.newsroom import actions, heartbeat, queries
from dinhlang.portal.newsroom.actions import Placing, SomebodyElseWrote
from dinhlang.portal.newsroom.rules.body import from_text, to_text
from dinhlang.portal.newsroom.rules.states import Deed, State, WrongMove
from dinhlang.portal.newsroom.rules.words import NotReady, Unfit, Words
from dinhlang.portal.tests.newsroom_cast import WORDS, approved, passed_on, published, written
from dinhlang.work.models import Activity, Evidence, Reversal
from dinhlang.work.queries import fact

if TYPE_CHECKING:
    from conftest import Cast
    from dinhlang.org.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _blobs(settings: Any, tmp_path: Any) -> None:
    settings.BLOBS = tmp_path


def test_an_item_goes_from_its_author_to_everyone_and_into_the_ledger(cast: Cast) -> None:
    item = published(cast)
    assert (item.state, item.published_at) == (State.PUBLISHED, cast.now)
    assert item.shown is not None
    line = item.line
    assert line is not None
    assert (line.kind, line.reform_field, line.happened_on) == ("website", "thu-tuc", cast.today)
    assert {(one.concept, one.value) for one in line.measures.all()} == {("articles", 1), ("posts", 1)}
    kinds = set(Evidence.objects.filter(activity=line).values_list("kind", flat=True))
    assert kinds == {Evidence.Kind.LINK, Evidence.Kind.FILE}
    assert [step.deed for step in item.steps.order_by("pk")] == [
        "write",
        "submit",
        "pass-on",
        "approve",
        "publish",
    ]
    assert any(f"item:{item.pk}" in tags for tags in KeptChange.objects.values_list("tags", flat=True))


def test_an_item_without_field_and_task_is_published_without_a_line(cast: Cast) -> None:
    item = published(cast, field="")
    assert item.is_public
    assert item.line is None


def test_withdrawing_takes_the_line_back_and_says_why(cast: Cast) -> None:
    item = published(cast)
    line = item.line
    with pytest.raises(NoReason):
        actions.withdraw(item=item, reason=" ", by=cast.culture_officer, at=cast.now)
    item = actions.withdraw(item=item, reason="Đăng nhầm bản cũ", by=cast.culture_officer, at=cast.now)
    assert (item.is_public, item.withdrawn_why, item.line) == (False, "Đăng nhầm bản cũ", None)
    assert Reversal.objects.filter(activity=line).exists()
    assert queries.item_at(cast.commune, item.slug) == item
    assert queries.last_shown(item) == item.draft


def test_a_withdrawn_item_comes_back_with_a_line_of_its_own(cast: Cast) -> None:
    item = published(cast)
    item = actions.withdraw(item=item, reason="Sai số", by=cast.culture_officer, at=cast.now)
    item = actions.revise(
        item=item, change="correction", note="Sửa số điện thoại", by=cast.contributor, at=cast.now
    )
    item = actions.pass_on(item=item, by=cast.culture_officer, at=cast.now)
    item = actions.approve(item=item, by=cast.chair, at=cast.now)
    item = actions.publish_item(item=item, by=cast.culture_officer, at=cast.now)
    assert item.withdrawn_at is None
    assert Activity.objects.filter(items=item).exclude(reversal__isnull=False).count() == 1


def test_a_line_reversed_in_the_ledger_does_not_stop_a_withdrawal(cast: Cast) -> None:
    from dinhlang.work.actions import reverse_activity

    item = published(cast)
    assert item.line is not None
    reverse_activity(activity=item.line, reason="Ghi trùng", by=cast.culture_officer, at=cast.now)
    assert actions.withdraw(item=item, reason="Sai", by=cast.culture_officer, at=cast.now).line is None


@pytest.mark.one_database
@pytest.mark.parametrize(
    ("who", "what"),
    [
        ("contributor", "pass_on"),
        ("contributor", "approve"),
        ("culture_officer", "approve"),
        ("contributor", "publish_item"),
        ("neighbour", "submit"),
        ("reviewer", "submit"),
        ("hamlet_head", "submit"),
        ("administrator", "approve"),
        ("chair", "pass_on"),
    ],
)
def test_whoever_may_not_is_told_so_and_nothing_changes(cast: Cast, who: str, what: str) -> None:
    start = {"submit": written, "pass_on": written, "approve": passed_on, "publish_item": approved}[what]
    item = start(cast)
    person: Person = getattr(cast, who)
    before = item.steps.count()
    with pytest.raises(NotAllowed):
        getattr(actions, what)(item=item, by=person, at=cast.now)
    item.refresh_from_db()
    assert item.steps.count() == before


def test_each_step_leaves_an_audit_entry_that_has_a_sentence(cast: Cast) -> None:
    item = published(cast)
    said = AuditEntry.objects.filter(target=f"portal.item:{item.pk}").values_list("action", flat=True)
    assert set(said) == {"item.write", "item.submit", "item.pass-on", "item.approve", "item.publish"}
    assert {f"item.{deed}" for deed in Deed} <= set(SENTENCES)


def test_what_lacks_something_is_not_submitted_and_all_of_it_is_named(cast: Cast) -> None:
    item = written(cast, words=Words(title="Chỉ có tên"))
    with pytest.raises(NotReady, match="Tóm tắt, Nội dung"):
        actions.submit(item=item, by=cast.contributor, at=cast.now)


def test_a_return_needs_a_reason_and_goes_back_to_the_author(cast: Cast) -> None:
    item = passed_on(cast)
    with pytest.raises(NoReason):
        actions.return_item(item=item, reason="", by=cast.chair, at=cast.now)
    item = actions.return_item(item=item, reason="Bổ sung số điện thoại", by=cast.chair, at=cast.now)
    assert item.state == State.RETURNED
    waiting = queries.waiting_for(cast.contributor, cast.commune, frozenset(), cast.today)
    assert waiting.to_write == [item]


def test_words_changed_after_approval_need_it_anew(cast: Cast) -> None:
    item = approved(cast)
    Edition.objects.filter(pk=item.draft_id).update(title="Tiêu đề khác")
    with pytest.raises(Refused, match="khác bản được duyệt"):
        actions.publish_item(item=item, by=cast.culture_officer, at=cast.now)
    item = actions.take_back(item=Item.objects.get(pk=item.pk), by=cast.contributor, at=cast.now)
    assert item.approved_by is None


def test_an_emergency_is_published_first_and_owes_approval(cast: Cast) -> None:
    item = written(cast)
    with pytest.raises(NotAllowed):
        actions.publish_emergency(item=item, reason="Bão", by=cast.contributor, at=cast.now)
    item = actions.publish_emergency(
        item=item, reason="Bão đến đêm nay", by=cast.culture_officer, at=cast.now
    )
    assert item.is_public
    assert item.owes_approval == cast.now
    item = actions.approve_later(item=item, by=cast.chair, at=cast.now)
    assert item.owes_approval is None
    with pytest.raises(Refused):
        actions.approve_later(item=item, by=cast.chair, at=cast.now)


def test_a_published_edition_and_a_step_cannot_be_changed(cast: Cast) -> None:
    item = published(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=item.shown_id).update(title="Khác")
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(item=item).update(reason="Khác")


# --- the hour -------------------------------------------------------------------------------------------


def test_an_approved_item_with_an_hour_ahead_goes_up_by_itself(cast: Cast) -> None:
    hour = cast.now + timedelta(hours=3)
    item = approved(cast, publish_at=hour)
    assert item.state == State.SCHEDULED
    assert actions.publish_due(at=hour - timedelta(seconds=1)) == 0
    assert actions.publish_due(at=hour) == 1
    assert actions.publish_due(at=hour) == 0
    item.refresh_from_db()
    assert (item.state, item.published_at, item.publish_at) == (State.PUBLISHED, hour, None)
    assert item.line is not None
    assert item.line.recorded_by == cast.chair


def test_what_is_not_approved_does_not_go_up_at_its_hour(cast: Cast) -> None:
    hour = cast.now + timedelta(hours=3)
    item = passed_on(cast, publish_at=hour)
    assert actions.publish_due(at=hour + timedelta(days=1)) == 0
    item.refresh_from_db()
    assert not item.is_public


def test_what_cannot_go_up_at_its_hour_comes_back_with_the_reason_and_holds_nobody_up(cast: Cast) -> None:
    hour = cast.now + timedelta(hours=1)
    broken = approved(cast, publish_at=hour)
    Edition.objects.filter(pk=broken.draft_id).update(body="<p>đã đổi</p>")
    sound = approved(cast, publish_at=hour, words=replace(WORDS, title="Tin thứ hai"))
    assert actions.publish_due(at=hour) == 1
    broken.refresh_from_db()
    sound.refresh_from_db()
    assert (broken.state, sound.state) == (State.RETURNED, State.PUBLISHED)
    latest = broken.steps.first()
    assert latest is not None
    assert "khác bản được duyệt" in latest.reason


def test_an_hour_that_has_passed_is_refused(cast: Cast) -> None:
    with pytest.raises(Unfit, match="đã qua"):
        actions.schedule(item=approved(cast), publish_at=cast.now, by=cast.culture_officer, at=cast.now)


# --- two people -----------------------------------------------------------------------------------------


def _saved(item: Item, cast: Cast, words: Words, seen: int, by: Any = None, **given: Any) -> Edition:
    return actions.save_draft(
        item=item, words=words, seen=seen, by=by or cast.contributor, at=cast.now, **given
    )


def test_two_who_change_different_paragraphs_both_keep_theirs(cast: Cast) -> None:
    item = written(cast)
    text = to_text(WORDS.body)
    first = from_text(text.replace("gửi giấy tờ", "gửi ảnh giấy tờ"))
    second = from_text(text + "\n\nHỏi: gọi cho xã.")
    _saved(item, cast, replace(WORDS, body=first), 1)
    edition = _saved(item, cast, replace(WORDS, body=second, byline="Hồng"), 1, by=cast.culture_officer)
    assert "ảnh giấy tờ" in edition.body
    assert "gọi cho xã" in edition.body
    assert (edition.byline, edition.version) == ("Hồng", 3)


def test_two_who_change_one_place_are_told_and_nothing_is_lost(cast: Cast) -> None:
    item = written(cast)
    _saved(item, cast, replace(WORDS, title="Tiêu đề của Hoa"), 1)
    mine = replace(WORDS, title="Tiêu đề của Lan")
    with pytest.raises(SomebodyElseWrote) as caught:
        _saved(item, cast, mine, 1, by=cast.culture_officer)
    assert caught.value.fields == ("title",)
    assert caught.value.theirs.title == "Tiêu đề của Hoa"
    edition = _saved(item, cast, mine, 1, by=cast.culture_officer, is_mine_kept=True)
    assert edition.title == "Tiêu đề của Lan"


def test_saving_the_same_twice_changes_nothing(cast: Cast) -> None:
    item = written(cast)
    assert _saved(item, cast, WORDS, 1).version == 1


def test_an_item_on_the_board_is_not_edited(cast: Cast) -> None:
    with pytest.raises(Refused, match="Lấy lại"):
        _saved(passed_on(cast), cast, replace(WORDS, title="Khác"), 1)


# --- links ----------------------------------------------------------------------------------------------


def test_a_link_decides_once_and_its_trace_names_who_made_it(cast: Cast) -> None:
    item = passed_on(cast)
    link, token = actions.make_link(item=item, approver=cast.chair, by=cast.culture_officer, at=cast.now)
    assert token not in link.token_hash
    item = actions.decide_by_link(link=link, is_approved=True, reason="", signed_in=None, at=cast.now)
    assert item.state == State.APPROVED
    step = item.steps.first()
    assert step is not None
    assert step.link is not None
    assert (step.by, step.link.made_by) == (cast.chair, cast.culture_officer)
    entry = AuditEntry.objects.filter(action="item.approve").first()
    assert entry is not None
    assert entry.detail == {"link": link.pk}
    with pytest.raises(LinkSpent):
        actions.decide_by_link(link=link, is_approved=True, reason="", signed_in=None, at=cast.now)


def test_a_link_is_worth_nothing_after_its_time_or_another_hand(cast: Cast) -> None:
    item = passed_on(cast)
    link, _token = actions.make_link(item=item, approver=cast.chair, by=cast.culture_officer, at=cast.now)
    late = cast.now + timedelta(days=2)
    with pytest.raises(LinkSpent):
        actions.decide_by_link(link=link, is_approved=True, reason="", signed_in=None, at=late)
    with pytest.raises(NotAllowed, match="đang đăng nhập"):
        actions.decide_by_link(
            link=link, is_approved=True, reason="", signed_in=cast.culture_officer, at=cast.now
        )
    item = actions.take_back(item=item, by=cast.contributor, at=cast.now)
    with pytest.raises(LinkSpent):
        actions.decide_by_link(link=link, is_approved=True, reason="", signed_in=None, at=cast.now)


def test_a_link_returns_with_a_reason(cast: Cast) -> None:
    link, _token = actions.make_link(
        item=passed_on(cast), approver=cast.chair, by=cast.culture_officer, at=cast.now
    )
    with pytest.raises(NoReason), transaction.atomic():
        actions.decide_by_link(link=link, is_approved=False, reason="", signed_in=None, at=cast.now)
    item = actions.decide_by_link(
        link=link, is_approved=False, reason="Thiếu ảnh", signed_in=None, at=cast.now
    )
    assert item.state == State.RETURNED


def test_only_an_approver_of_the_unit_gets_a_link(cast: Cast) -> None:
    with pytest.raises(Refused, match="không có quyền duyệt"):
        actions.make_link(
            item=passed_on(cast), approver=cast.culture_officer, by=cast.culture_officer, at=cast.now
        )


# --- what is said of it, and where it stands ------------------------------------------------------------


def test_a_correction_says_what_changed_and_the_old_edition_is_shown_until_then(cast: Cast) -> None:
    item = published(cast)
    with pytest.raises(Unfit, match="nội dung thay đổi"):
        actions.revise(item=item, change="correction", note="", by=cast.contributor, at=cast.now)
    item = actions.revise(
        item=item, change="correction", note="Sửa giờ nhận hồ sơ", by=cast.contributor, at=cast.now
    )
    assert item.shown is not None
    assert item.draft is not None
    assert (item.shown.number, item.draft.number, item.state) == (1, 2, State.DRAFT)
    item = actions.drop(item=item, by=cast.contributor, at=cast.now)
    assert (item.state, item.draft) == (State.PUBLISHED, item.shown)
    item = actions.revise(item=item, change="minor", note="", by=cast.contributor, at=cast.now)
    assert item.draft is not None
    assert item.draft.number == 3


def test_another_field_of_a_published_item_is_counted_for_the_same_day(cast: Cast) -> None:
    item = published(cast)
    old = item.line
    assert old is not None
    later = cast.now + timedelta(days=40)
    item = actions.classify(
        item=item, placing=Placing(field="the-che", column=item.column), by=cast.culture_officer, at=later
    )
    assert item.line is not None
    assert (item.line.reform_field, item.line.happened_on) == ("the-che", old.happened_on)
    assert Reversal.objects.filter(activity=old).exists()


def test_a_column_of_another_commune_is_refused(cast: Cast) -> None:
    theirs = Column.objects.create(unit=cast.neighbour_commune, name="Tin", slug="tin", position=1)
    with pytest.raises(Unfit):
        written(cast, column=theirs)


def test_items_of_one_title_get_addresses_of_their_own(cast: Cast) -> None:
    assert [written(cast).slug for _ in range(3)] == [
        "nop-ho-so-tai-nha-nhan-ket-qua-qua-buu-chinh",
        "nop-ho-so-tai-nha-nhan-ket-qua-qua-buu-chinh-2",
        "nop-ho-so-tai-nha-nhan-ket-qua-qua-buu-chinh-3",
    ]


def test_published_items_are_asked_for_in_one_question_newest_first(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    items = [published(cast, words=replace(WORDS, title=f"Tin số {n}")) for n in (1, 2, 3)]
    written(cast)
    with django_assert_num_queries(1):
        shown = list(queries.published(cast.commune))
        assert [item.shown.title for item in shown if item.shown] == ["Tin số 3", "Tin số 2", "Tin số 1"]
    assert queries.neighbours(items[1]) == (items[0], items[2])


def test_assigning_is_for_people_who_may_write(cast: Cast) -> None:
    item = written(cast)
    item = actions.assign(
        item=item, assignee=cast.hamlet_head, due_on=cast.today, by=cast.culture_officer, at=cast.now
    )
    waiting = queries.waiting_for(cast.hamlet_head, cast.commune, frozenset(), cast.today)
    assert waiting.to_write == [item]
    with pytest.raises(NotAllowed):
        actions.assign(item=item, assignee=cast.neighbour, due_on=None, by=cast.culture_officer, at=cast.now)
    late = cast.today + timedelta(days=1)
    assert queries.reminders(cast.commune, late, cast.now)["overdue"] == 1


def test_the_figure_of_articles_follows_the_item(cast: Cast) -> None:
    from dinhlang.periods.window import Window

    window = Window(cast.today, cast.today)
    item = published(cast)
    assert fact(cast.commune, "articles", window).value == 1
    actions.withdraw(item=item, reason="Trùng", by=cast.culture_officer, at=cast.now)
    assert not fact(cast.commune, "articles", window).value


def test_a_state_from_another_page_is_refused_in_words(cast: Cast) -> None:
    with pytest.raises(WrongMove):
        actions.publish_item(item=written(cast), by=cast.culture_officer, at=cast.now)


def test_the_desk_knows_when_nobody_looks_at_the_clock(settings: Any, tmp_path: Any, cast: Cast) -> None:
    settings.DATA = tmp_path
    assert not heartbeat.is_alive(cast.now)
    heartbeat.beat(at=cast.now)
    assert heartbeat.is_alive(cast.now + timedelta(seconds=60))
    assert not heartbeat.is_alive(cast.now + timedelta(minutes=5))
