"""A class as guests meet it: by a code, without an account; the tests on a phone; mail."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core import mail as django_mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from dinhlang.citizens.models import TrainingAnswer, TrainingClass
from dinhlang.citizens.training import actions, queries
from dinhlang.citizens.training.rules.classes import Paper, Stage, new_pair
from dinhlang.citizens.training.tests.test_classes import GUESTS, given, made, move, with_test
from dinhlang.org.tests import codes
from dinhlang.org.tests.clients import as_
from dinhlang.portal.newsroom.actions.digest import choose_digest
from dinhlang.portal.training.views import MOST_WRONG_CODES
from dinhlang.portal.training_mail import mail_invitations

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _world(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    settings.DATA, settings.BLOBS = tmp_path, tmp_path / "blobs"
    settings.MAIL = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(timezone, "now", lambda: cast.now)
    cache.clear()


def said(client: Client, name: str, *args: Any, **posted: Any) -> tuple[int, str]:
    there = reverse(f"class:{name}", args=args)
    answer = client.post(there, posted) if posted else client.get(there)
    return answer.status_code, answer.content.decode()


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found is not None
    return found[1]


RIGHT, WRONG = {"mot": "a", "hai": "a"}, {"mot": "b", "hai": "b"}


def test_the_page_is_closed_until_the_class_is_announced(cast: Cast) -> None:
    training = actions.make_class(unit=cast.commune, given=given(cast), by=cast.office_clerk, at=cast.now)
    assert said(Client(), "page", training.code)[0] == 404
    status, page = said(Client(), "page", made(cast).code)
    assert status == 200
    assert "Nộp hồ sơ trực tuyến" in page
    assert "thứ Năm, ngày 20/7/2023" in page
    assert not any(one.name in page for one in GUESTS)


def test_the_invitation_for_everyone_names_nobody(cast: Cast) -> None:
    answer = Client().get(reverse("class:invitation", args=[made(cast).code]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Robots-Tag"] == "noindex"


def test_a_telephone_reads_from_each_paper_of_a_class_where_it_leads(cast: Cast) -> None:
    training = sitting(cast)
    desk, host = as_(cast.office_clerk), "http://testserver"
    page = (f"{host}{reverse('class:page', args=[training.code])}",)

    def paper(name: str, *more: Any, **posted: Any) -> bytes:
        there = reverse(f"training:{name}", args=[training.pk, *more])
        return (desk.post(there, posted) if posted else desk.get(there)).content

    for name in ("invitation", "poster"):
        made = paper(name, *(["pdf"] if name == "invitation" else []))
        assert codes.in_pdf(made)[0].squares == page
    assert codes.in_word(paper("invitation", "docx")).squares == page
    list_at = (f"{host}{reverse('training:attendance', args=[training.pk])}",)
    assert codes.in_pdf(paper("sheet", "pdf"))[0].squares == list_at
    assert codes.in_word(paper("sheet", "docx")).squares == list_at
    [slips] = codes.in_pdf(paper("slips", **{"phieu-count": "3"}))
    assert len(set(slips.squares)) == 3
    for one in slips.squares:
        assert Client().get(one.removeprefix(host)).status_code == 200


def test_only_material_is_handed_out_and_never_run(cast: Cast) -> None:
    training = made(cast)
    kept = [
        actions.add_file(
            training=training,
            kind=kind,
            title="Tệp",
            data=b"%PDF-1.7 thu",
            name="tep.pdf",
            by=cast.office_clerk,
            at=cast.now,
        )
        for kind in (Paper.MATERIAL, Paper.SHEET)
    ]
    answer = Client().get(reverse("class:material", args=[training.code, kept[0].pk]))
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    # The signed sheet names people.
    assert said(Client(), "material", training.code, kept[1].pk)[0] == 404
    actions.remove_file(file=kept[0], by=cast.office_clerk, at=cast.now)
    assert said(Client(), "material", training.code, kept[0].pk)[0] == 404


def test_whoever_tries_codes_waits(cast: Cast) -> None:
    stranger = Client()
    for _one in range(MOST_WRONG_CODES):
        assert said(stranger, "page", "zzzzzz")[0] == 404
    assert said(stranger, "page", "zzzzzz")[0] == 429


def sitting(cast: Cast) -> TrainingClass:
    return move(cast, with_test(cast, made(cast)), Stage.BEFORE)


def test_a_phone_sits_both_tests_with_the_code_that_it_keeps(cast: Cast) -> None:
    training = sitting(cast)
    phone = Client()
    page = said(phone, "sit", training.code)[1]
    code = hidden(page, "ma")
    # The right answers are nowhere in what a browser gets.
    assert "correct" not in page
    status, thanks = said(phone, "sit", training.code, page=hidden(page, "page"), ma=code, **WRONG)
    assert (status, code.upper() in thanks) == (200, True)
    move(cast, move(cast, training, Stage.BETWEEN), Stage.AFTER)
    again = said(phone, "sit", training.code)[1]
    assert f'value="{code.upper()}"' in again
    status, thanks = said(
        phone, "sit", training.code, page=hidden(again, "page"), ma=f" {code.upper()} ", **RIGHT
    )
    assert (status, code.upper() in thanks) == (200, False)
    found = queries.told(training)
    assert (found.people_before, found.people_after, found.pairs) == (1, 1, 1)


def test_a_slip_brings_its_code_along(cast: Cast) -> None:
    training, code = sitting(cast), new_pair()
    for _one in range(2):
        page = said(Client(), "sit-with", training.code, code)[1]
        status, answer = said(Client(), "sit-with", training.code, code, page=hidden(page, "page"), **RIGHT)
    assert (status, "đã nộp bài rồi" in answer) == (422, True)
    assert TrainingAnswer.objects.count() == 1
    assert said(Client(), "sit-with", training.code, "kh0ng")[0] == 404


def test_a_wrong_code_is_told_and_the_answers_stay(cast: Cast) -> None:
    training = move(cast, move(cast, sitting(cast), Stage.BETWEEN), Stage.AFTER)
    page = said(Client(), "sit", training.code)[1]
    status, answer = said(Client(), "sit", training.code, page=hidden(page, "page"), ma=new_pair(), **RIGHT)
    assert (status, "Không có bài trước nào" in answer) == (422, True)
    assert answer.count(" checked") == 2
    status, _answer = said(Client(), "sit", training.code, page=hidden(answer, "page"), ma="", **RIGHT)
    assert status == 200


def test_a_first_test_sent_late_is_not_taken_for_a_second(cast: Cast) -> None:
    training = sitting(cast)
    page = said(Client(), "sit", training.code)[1]
    move(cast, move(cast, training, Stage.BETWEEN), Stage.AFTER)
    status, _answer = said(
        Client(), "sit", training.code, page=hidden(page, "page"), ma=hidden(page, "ma"), **RIGHT
    )
    assert status == 422
    assert not TrainingAnswer.objects.exists()


def test_without_an_open_test_there_is_none(cast: Cast) -> None:
    training = made(cast)
    assert "chưa mở" in said(Client(), "sit", training.code)[1]
    called_off = actions.call_off(training=training, reason="Mưa lớn", by=cast.office_clerk, at=cast.now)
    assert "Mưa lớn" in said(Client(), "page", called_off.code)[1]
    assert said(Client(), "invitation", called_off.code)[0] == 404


def test_who_has_an_address_is_invited_once_and_told_when_it_is_off(cast: Cast) -> None:
    ahead = {"starts_at": cast.now + timedelta(days=2), "ends_at": None}
    training = made(cast, **ahead)
    assert mail_invitations(at=cast.now) == 1
    assert mail_invitations(at=cast.now) == 0
    [letter] = django_mail.outbox
    assert letter.to == ["thu@example.vn"]
    assert training.code in letter.body
    assert training.subject not in letter.body
    assert "Thử" not in letter.body
    actions.call_off(training=training, reason="Mưa lớn", by=cast.office_clerk, at=cast.now)
    assert mail_invitations(at=cast.now) == 1
    assert mail_invitations(at=cast.now) == 0
    assert "hủy" in django_mail.outbox[1].subject
    assert "Mưa" not in django_mail.outbox[1].body


def test_an_official_who_switched_mail_off_gets_none(cast: Cast) -> None:
    cast.office_clerk.email = "van-phong@example.vn"
    cast.office_clerk.save(update_fields=["email"])
    choose_digest(person=cast.office_clerk, address="", is_wanted=False)
    made(cast, starts_at=cast.now + timedelta(days=2), ends_at=None)
    assert mail_invitations(at=cast.now) == 1
    assert django_mail.outbox[0].to == ["thu@example.vn"]


def test_without_a_mail_server_everyone_is_listed(cast: Cast, settings: Any) -> None:
    settings.MAIL = False
    training = made(cast, starts_at=cast.now + timedelta(days=2), ends_at=None)
    assert mail_invitations(at=cast.now) == 0
    assert queries.unreached(training) == training.guests.count()
