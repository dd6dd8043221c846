"""The pages of the radio, as the operator, the culture officer and the leader use them."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dinhlang.broadcast import actions, queries
from dinhlang.broadcast.actions import SlotGiven
from dinhlang.broadcast.models import AirLogEntry, Bulletin, Session, StationRules
from dinhlang.broadcast.rules.states import State
from dinhlang.broadcast.rules.words import Words
from dinhlang.broadcast.tests.test_bulletins import approved, written
from dinhlang.org.models import AuditEntry
from dinhlang.org.tests.clients import as_

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.integration,
    pytest.mark.usefixtures("own_data", "clock_of_the_cast"),
]

FORM = {"title": "Nhận hồ sơ", "script": "Xã nhận hồ sơ từ ngày mai.", "kind": "tin", "priority": "1", "source": "tu-san-xuat", "language": "vi", "field": "thu-tuc"}  # fmt: skip


def said(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_bulletin_goes_from_the_operator_over_the_board_to_the_air(cast: Cast) -> None:
    operator, officer, chair = as_(cast.radio_operator), as_(cast.culture_officer), as_(cast.chair)
    assert "Chưa có bản tin nào" in said(operator, "broadcast:bulletins")
    assert operator.post(reverse("broadcast:new"), FORM).status_code == 302
    bulletin = Bulletin.objects.get()
    step = reverse("broadcast:step", args=[bulletin.pk])
    assert "Gửi công chức văn hóa" in said(operator, "broadcast:bulletin", bulletin.pk)
    operator.post(step, {"do": "submit"})
    officer.post(step, {"do": "pass-on"})
    page = said(chair, "broadcast:bulletin", bulletin.pk)
    assert "Duyệt cho phát" in page
    bulletin.refresh_from_db()
    assert bulletin.draft is not None
    chair.post(step, {"do": "approve", "seen": queries.digest_of(bulletin, bulletin.draft)})
    bulletin.refresh_from_db()
    assert bulletin.state == State.APPROVED
    assert "Nhận hồ sơ" in said(operator, "broadcast:bulletins", q="nhan ho so", state="approved")
    assert "không khớp" not in said(operator, "broadcast:bulletins", kind="tin")


def test_a_form_says_what_is_wrong_and_keeps_what_was_typed(cast: Cast) -> None:
    operator = as_(cast.radio_operator)
    answer = operator.post(
        reverse("broadcast:new"), {**FORM, "title": "", "valid_from": "2023-07-20", "valid_until": "x"}
    )
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "Chưa điền ô này." in text
    assert "Xã nhận hồ sơ từ ngày mai." in text
    late = operator.post(
        reverse("broadcast:new"), {**FORM, "valid_from": "2023-07-21", "valid_until": "2023-07-20"}
    )
    assert "Ngày hết hạn phát đứng trước" in late.content.decode()


def test_what_somebody_saved_meanwhile_is_not_lost(cast: Cast) -> None:
    bulletin = written(cast)
    client = as_(cast.radio_operator)
    edit = reverse("broadcast:edit", args=[bulletin.pk])
    client.post(edit, {**FORM, "seen": "1", "script": "Một."})
    answer = client.post(edit, {**FORM, "seen": "1", "script": "Hai."})
    assert "vừa lưu bản tin này" in answer.content.decode()


def month(cast: Cast) -> Session:
    """A programme with one approved bulletin; the first session."""
    actions.add_slot(
        unit=cast.commune,
        slot=SlotGiven("Bản tin chiều", "hằng ngày", time(17), 15),
        by=cast.radio_operator,
        at=cast.now,
    )
    approved(cast, written(cast, Words("Nhận hồ sơ đất đai", "Xã nhận hồ sơ."), field="thu-tuc"))
    client = as_(cast.radio_operator)
    make = reverse("broadcast:programme-make")
    client.post(f"{make}?thang=2023-07", {"do": "make"})
    client.post(f"{make}?thang=2023-07", {"do": "settle"})
    return Session.objects.order_by("day").first()  # type: ignore[return-value]  # so there is one


def test_the_operator_plans_prints_ticks_and_reads_the_book(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = month(cast)
    client = as_(cast.radio_operator)
    page = said(client, "broadcast:programme", thang="2023-07")
    assert "Nhận hồ sơ đất đai" in page
    assert "Chốt lần cuối" in page
    paper = client.get(reverse("broadcast:session-paper", args=[session.pk]))
    assert paper.content[:5] == b"%PDF-"
    monkeypatch.setattr(timezone, "now", lambda: datetime.fromisoformat("2023-07-20T19:00:00+07:00"))
    assert "Ghi vào sổ nhật ký" in said(client, "broadcast:session", session.pk)
    assert "Buổi chưa ghi sổ" in said(client, "broadcast:log")
    given = {
        "started": "17:00",
        "ended": "17:10",
        "aired": [str(one.uid) for one in session.items.all()],
        "equipment": "Loa thôn 3 rè",
    }
    missing = client.post(reverse("broadcast:session", args=[session.pk]), {**given, "aired": []})
    assert "Chưa ghi vì sao" in missing.content.decode()
    assert client.post(reverse("broadcast:session", args=[session.pk]), given).status_code == 302
    book = said(client, "broadcast:log", thang="2023-07")
    assert "Loa thôn 3 rè" in book
    assert "Buổi chưa ghi sổ" not in book
    for form, start in (("pdf", b"%PDF-"), ("xlsx", b"PK"), ("csv", "\ufeffNgày".encode())):
        answer = client.post(reverse("broadcast:log-export", args=[form]) + "?thang=2023-07")
        content = b"".join(answer) if answer.streaming else answer.content
        assert content.startswith(start)
    assert AuditEntry.objects.filter(action="air.export").count() == 3
    entry = AirLogEntry.objects.filter(fact="aired").first()
    assert entry is not None
    client.post(reverse("broadcast:log-take-back", args=[entry.number]), {"reason": "Nhầm"})
    assert AirLogEntry.objects.filter(fact="taken-back").count() == 1


def test_the_running_order_is_changed_by_hand(cast: Cast) -> None:
    session = month(cast)
    other = approved(cast, written(cast, Words("Bão gần bờ", "Bà con chú ý."), priority=2))
    client = as_(cast.radio_operator)
    change = reverse("broadcast:session-change", args=[session.pk])
    client.post(change, {"do": "place", "bulletin": str(other.pk)})
    names = [item.title for item in session.items.order_by("position")]
    assert names == ["Bão gần bờ", "Nhận hồ sơ đất đai"]
    first = session.items.get(position=1)
    client.post(change, {"do": "down", "item": str(first.pk)})
    client.post(change, {"do": "out", "item": str(first.pk)})
    assert [item.title for item in session.items.all()] == ["Nhận hồ sơ đất đai"]
    client.post(change, {"do": "place", "bulletin": "x"})
    client.post(change, {"do": "cancel", "reason": "Mất điện cả xã"})
    session.refresh_from_db()
    assert session.cancelled_why == "Mất điện cả xã"


def test_slots_and_rules_are_set_on_their_page(cast: Cast) -> None:
    client = as_(cast.radio_operator)
    client.post(
        reverse("broadcast:slot-add"),
        {"k-name": "Bản tin sáng", "k-days": "thứ 2, 4, 6", "k-starts": "05:30", "k-minutes": "15"},
    )
    client.post(
        reverse("broadcast:rules"),
        {
            "do": "rules",
            "q-legal_basis": "QĐ 78/QĐ-UBND",
            "q-starts_on": "2023-07-01",
            "q-sessions_a_day": "2",
            "q-quiet_from": "11:30",
            "q-quiet_until": "13:30",
        },
    )
    page = said(client, "broadcast:slots")
    assert "Thứ Hai, thứ Tư và thứ Sáu hằng tuần" in page
    assert "Không phát từ 11:30 đến 13:30." in page
    assert StationRules.objects.get().legal_basis == "QĐ 78/QĐ-UBND"
    bad = client.post(
        reverse("broadcast:slot-add"),
        {"k-name": "X", "k-days": "khi rảnh", "k-starts": "05:30", "k-minutes": "15"},
        follow=True,
    )
    assert "Không hiểu ngày lặp lại" in bad.content.decode()


def test_a_month_that_is_none_is_not_there(cast: Cast) -> None:
    client = as_(cast.radio_operator)
    for asked in ("2023-13", "x", "1999-01", "2023-007", "99999-1"):
        assert client.get(reverse("broadcast:programme"), {"thang": asked}).status_code == 404


def test_the_list_asks_no_more_for_many_bulletins(cast: Cast, django_assert_max_num_queries: Any) -> None:
    client = as_(cast.radio_operator)
    for number in range(12):
        written(cast, Words(f"Tin {number}", "Lời."))
    client.get(reverse("broadcast:bulletins"))
    with django_assert_max_num_queries(24):
        client.get(reverse("broadcast:bulletins"))


def test_next_door_sees_nothing(cast: Cast) -> None:
    bulletin = written(cast)
    neighbour = as_(cast.neighbour)
    assert neighbour.get(reverse("broadcast:bulletin", args=[bulletin.pk])).status_code == 404
    assert neighbour.post(reverse("broadcast:step", args=[bulletin.pk]), {"do": "submit"}).status_code == 404
    assert neighbour.get(reverse("broadcast:bulletins"), {"unit": cast.commune.pk}).status_code == 404
