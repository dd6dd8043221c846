"""The counter on a site's public pages: a dossier looked up on a phone, guessed at by a machine; results and figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from dinhlang.onestop import actions, looking_up, public, queries, slips
from dinhlang.onestop.rules.intake import Offices
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.tests.conftest import _counter, counter  # noqa: F401 - the counter of the commune
from dinhlang.portal.counter import limits
from dinhlang.portal.models import Site
from dinhlang.portal.sites import registry
from dinhlang.portal.sites.actions import make_site

if TYPE_CHECKING:
    from dinhlang.onestop.models import Dossier
    from dinhlang.onestop.tests.counters import Counter

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture
def home(counter: Counter, settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> str:  # noqa: F811
    settings.DATA, settings.BLOBS, settings.KEPT = tmp_path, tmp_path / "blobs", tmp_path / "kept"
    cache.clear()
    monkeypatch.setattr(timezone, "now", lambda: counter.now)
    if not Site.objects.filter(unit=counter.cast.commune).exists():
        make_site(unit=counter.cast.commune, path="ben-truc", by=None, at=counter.now)
    registry.forget()
    return registry.now().by_unit[counter.cast.commune.pk].prefix


def test_who_has_the_paper_reads_how_it_stands_and_no_name(
    client: Client,
    home: str,
    counter: Counter,  # noqa: F811
) -> None:
    dossier = counter.receive()
    form = client.get(f"{home}/tra-cuu-ho-so/?ma={dossier.code}")
    assert f'value="{dossier.code}"' in form.content.decode()
    assert "Mã đã có sẵn từ mã QR" in form.content.decode()
    assert "autofocus" in form.content.decode().partition('name="digits"')[2].partition(">")[0]
    assert "Mã đã có sẵn" not in client.get(f"{home}/tra-cuu-ho-so/").content.decode()
    for answer in (
        form,
        client.post(
            f"{home}/tra-cuu-ho-so/", {"code": dossier.code.lower().replace("-", " "), "digits": "01 23"}
        ),
        client.post(
            f"{home}/en/tra-cuu-ho-so/", {"code": dossier.code, "digits": looking_up.receipt_number(dossier)}
        ),
    ):
        page = answer.content.decode()
        assert answer.status_code == 200
        assert '<meta name="robots" content="noindex">' in page
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert not answer.cookies
        assert dossier.code in page
        for personal in ("Ví Dụ", "Thôn Mẫu", "0900", "000 123"):
            assert personal not in page
    page = client.post(f"{home}/tra-cuu-ho-so/", {"code": dossier.code, "digits": "0123"}).content.decode()
    assert "Vì sao hẹn ngày này?" in page
    assert "Đã tiếp nhận, chờ giải quyết." in page


def test_the_first_page_leads_to_what_citizens_look_up_and_send(client: Client, home: str) -> None:
    page = client.get(f"{home}/").content.decode()
    for place in ("tra-cuu-ho-so", "phan-anh/gui", "phan-anh/tra-cuu", "khao-sat"):
        address = f"{home}/{place}/"
        assert f'<a href="{address}">' in page
        assert client.get(address).status_code == 200


def test_who_was_refused_reads_why_by_the_number_on_the_slip(
    client: Client,
    home: str,
    counter: Counter,  # noqa: F811
) -> None:
    dossier = counter.refused("Không thuộc thẩm quyền của xã, bà Nguyễn Thị Ví Dụ nộp ở tỉnh")
    led_to = public.address(counter.cast.commune, "TCHS-2023-0001")
    form = client.get(led_to[led_to.index(home) :]).content.decode()
    assert 'value="TCHS-2023-0001"' in form
    for digits in ("0123", looking_up.receipt_number(dossier)):
        answer = client.post(f"{home}/tra-cuu-ho-so/", {"code": "tchs 2023 1", "digits": digits})
        page = answer.content.decode()
        assert answer.status_code == 200
        assert "Phiếu từ chối TCHS-2023-0001" in page
        assert "Không thuộc thẩm quyền của xã" in page
        assert "Ví Dụ" not in page
        assert "Hẹn trả kết quả" not in page
        assert "bạn có thể nộp lại; nơi nhận theo lý do nêu trên" in page
    counter.later()
    actions.reverse(
        dossier=dossier,
        number=2,
        reason="Xem lại",
        key=uuid4(),
        by=counter.cast.one_stop_clerk,
        at=counter.now,
    )
    page = client.post(
        f"{home}/tra-cuu-ho-so/", {"code": "TCHS-2023-0001", "digits": "0123"}
    ).content.decode()
    assert "Hồ sơ chưa tiếp nhận" in page
    assert "Phiếu từ chối" not in page
    wrong = client.post(f"{home}/tra-cuu-ho-so/", {"code": "TCHS-2023-0001", "digits": "9999"})
    assert wrong.status_code == 403


def test_a_wrong_code_and_wrong_digits_are_one_answer(client: Client, home: str, counter: Counter) -> None:  # noqa: F811
    dossier = counter.receive()
    other = dossier.code[:-4] + "9999"
    pages = [
        client.post(f"{home}/tra-cuu-ho-so/", {"code": code, "digits": "9876"})
        for code in (dossier.code, other)
    ]
    assert [one.status_code for one in pages] == [403, 403]
    assert pages[0].content.decode().replace(dossier.code, "") == pages[1].content.decode().replace(other, "")


def test_codes_guessed_by_the_thousand_are_stopped(client: Client, home: str, counter: Counter) -> None:  # noqa: F811
    dossier = counter.receive()
    answers = [
        client.post(
            f"{home}/tra-cuu-ho-so/", {"code": f"{dossier.code[:-4]}{number:04d}", "digits": "1234"}
        ).status_code
        for number in range(2000, 2000 + limits.MOST_WRONG + 5)
    ]
    assert answers == [403] * limits.MOST_WRONG + [429] * 5
    # The right one is refused to whoever guessed so often, too.
    said = {"code": dossier.code, "digits": "0123"}
    assert client.post(f"{home}/tra-cuu-ho-so/", said).status_code == 429


def test_digits_of_one_code_are_guessed_a_few_times_a_day_from_wherever(
    client: Client,
    home: str,
    counter: Counter,  # noqa: F811
) -> None:
    dossier = counter.receive()
    for number in range(limits.MOST_WRONG_OF_A_CODE):
        said = {"code": dossier.code, "digits": f"{5000 + number}"}
        answer = client.post(f"{home}/tra-cuu-ho-so/", said, REMOTE_ADDR=f"10.1.0.{number}")
        assert answer.status_code == 403
    right = {"code": dossier.code, "digits": "0123"}
    assert client.post(f"{home}/tra-cuu-ho-so/", right, REMOTE_ADDR="10.2.0.1").status_code == 429
    # Who has the receipt is not shut out by those who guess at a telephone.
    paper = {"code": dossier.code, "digits": looking_up.receipt_number(dossier)}
    assert client.post(f"{home}/tra-cuu-ho-so/", paper, REMOTE_ADDR="10.2.0.1").status_code == 200


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"code": "<script>alert(1)</script>", "digits": "<b>"},
        {"code": "Nguyễn " * 60, "digits": "1234"},
        {"code": "H15.50.05.13-261008-0975", "digits": "١٢٣٤"},
        {"code": "H15.50.05.13-261008-0975", "digits": "1" * 300},
        {"code": "\x00", "digits": "\x00"},
    ],
)
def test_nonsense_is_answered_in_words(client: Client, home: str, said: dict[str, str]) -> None:
    answer = client.post(f"{home}/tra-cuu-ho-so/", said)
    assert answer.status_code == 403
    assert "<script>alert" not in answer.content.decode()


def test_a_mistyped_code_is_told_of_both_that_can_be_looked_up(client: Client, home: str) -> None:
    for typed in ("TCHS-26-x", "H15"):
        answer = client.post(f"{home}/tra-cuu-ho-so/", {"code": typed, "digits": "1234"})
        assert answer.status_code == 403
        page = answer.content.decode()
        assert "hoặc số của phiếu từ chối, như TCHS-2026-0003" in page
        assert "như H15.50.05.13-261008-0975" in page


def test_results_tell_the_end_of_a_code_and_nobody(client: Client, home: str, counter: Counter) -> None:  # noqa: F811
    dossier = counter.receive()
    counter.do(actions.resolve, dossier)
    page = client.get(f"{home}/mot-cua/ket-qua/").content.decode()
    assert "-".join(["…", *dossier.code.split("-")[-2:]]) in page
    assert "Ví Dụ" not in page
    assert dossier.procedure_name not in page
    for asked in ("?ngay=2023-07-20&trang=x", "?ngay=hôm nay", "?ngay=1900-01-01"):
        assert client.get(f"{home}/mot-cua/ket-qua/{asked}").status_code == 200


def test_figures_of_the_year_are_a_page_and_open_data(client: Client, home: str, counter: Counter) -> None:  # noqa: F811
    for _number in range(6):
        counter.do(actions.resolve, counter.receive())
    year = counter.now.year
    page = client.get(f"{home}/mot-cua/").content.decode()
    assert "<strong>100 %</strong>" in page
    told = json.loads(client.get(f"{home}/mot-cua/{year}.json").content)
    whole = told["rows"][-1]
    assert (whole["part"], whole["received"], whole["in_time"], whole["late"]) == ("year", 6, 6, 0)
    assert sum(one["received"] for one in told["rows"] if one["part"] == "field") == 6
    assert "part,name,received" in client.get(f"{home}/mot-cua/{year}.csv").content.decode()
    assert client.get(f"{home}/mot-cua/{year + 1}/").status_code == 404
    assert client.get(f"{home}/mot-cua/{year - 5}.csv").status_code == 404


def test_a_field_of_few_dossiers_is_not_told_alone(client: Client, home: str, counter: Counter) -> None:  # noqa: F811
    counter.receive()
    told = json.loads(client.get(f"{home}/mot-cua/{counter.now.year}.json").content)
    assert [one["part"] for one in told["rows"] if one["part"] == "field"] == []


def test_a_slip_leads_to_the_look_up_and_says_its_number(home: str, counter: Counter) -> None:  # noqa: F811
    dossier = counter.receive()
    where = public.address(dossier.unit, dossier.code)
    assert where.endswith(f"{home}/tra-cuu-ho-so/?ma={dossier.code}")
    number = looking_up.receipt_number(dossier)
    body = str(slips.words.slip(dossier, Slip.RECEIPT).body)
    assert f"{number[:3]} {number[3:]}" in body
    assert "tra-cuu-ho-so" in body


def test_an_expected_day_is_said_to_be_one_until_the_office_elsewhere_has_the_dossier(
    client: Client,
    home: str,
    counter: Counter,  # noqa: F811
) -> None:
    counter.now = counter.now.replace(year=2026, month=8, day=10, hour=9)
    [chosen] = queries.procedures_to_choose(counter.cast.commune, counter.now.date(), words="1.004873")
    counter.version = chosen.version
    there = "Sở Mẫu tỉnh Ví Dụ"
    here, elsewhere = counter.receive(), counter.receive(offices=Offices(handling=there))

    def told(dossier: Dossier) -> str:
        paper = {"code": dossier.code, "digits": looking_up.receipt_number(dossier)}
        return client.post(f"{home}/tra-cuu-ho-so/", paper).content.decode()

    assert "(dự kiến)</dd>" not in told(here)
    assert "(dự kiến)</dd>" in told(elsewhere)
    counter.do(actions.hand_over, elsewhere, office=there)
    assert "(dự kiến)</dd>" not in told(elsewhere)
