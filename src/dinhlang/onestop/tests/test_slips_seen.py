"""Forms as they are seen: pages drawn as pictures, their lines, and what a reader of codes reads from paper and from the Word file."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.conf import settings
from pypdfium2 import PdfPage

from dinhlang.officialdoc.model import Document, Issuer, Paragraph
from dinhlang.onestop import actions, looking_up, public, queries, slips
from dinhlang.onestop.actions import CounterGiven
from dinhlang.onestop.models import Dossier
from dinhlang.onestop.rules.intake import Applicant, Offices
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.rules.states import State
from dinhlang.onestop.tests import pictures
from dinhlang.onestop.tests.counters import COUNTER, Counter
from dinhlang.org.tests import codes
from dinhlang.org.tests.codes import Codes
from dinhlang.org.vietqr import payload

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]

CENTRE = CounterGiven(
    office="Trung tâm Phục vụ hành chính công xã Bến Trúc",
    legal_basis="Quyết định số 5/QĐ-UBND ngày 01/7/2025",
    agency_code="H99.12.34",
    address="Thôn Mẫu, xã Bến Trúc",
    phone="0200 000 000",
    bank=COUNTER.bank,
    account=COUNTER.account,
)
DELEGATED = Applicant(
    "Nguyễn Phước Công Tằng Tôn Nữ Thị Hoàng Diễm Quỳnh Phương Khánh Huyền Trang",
    on_behalf_of="Nguyễn Thị Ví Dụ",
    address="Thôn Mẫu, xã Bến Trúc",
    phone="0900 000 123",
    email="vi.du@example.vn",
)
DAY = "Bến Trúc, ngày 08 tháng 10 năm 2026"


@pytest.fixture
def centre(counter: Counter) -> Counter:
    """The counter as a centre, under the circular of 2025."""
    counter.now = datetime(2026, 10, 8, 9, 0, tzinfo=counter.now.tzinfo)
    actions.set_rules(
        unit=counter.cast.commune, given=CENTRE, starts_on=date(2025, 7, 1), by=None, at=counter.now
    )
    return counter


def test_an_ordinary_receipt_is_one_page_whose_name_breaks_well_and_whose_codes_can_be_read(
    centre: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "address", lambda _unit, code="": f"https://ben-truc.example/tra-cuu/{code}")
    papers = ("Tờ khai đăng ký", "Giấy ủy quyền", "Giấy chứng sinh", "Bản sao trích lục", "Giấy xác nhận")
    dossier = centre.receive(applicant=DELEGATED, papers=papers, fee=8000)
    leads_to = f"https://ben-truc.example/tra-cuu/{dossier.code}"
    [page] = pictures.pages(slips.slip_file(dossier, Slip.RECEIPT, "pdf").data)
    assert any("Số tra cứu" in one for one in page.lines)
    said = page.lines
    assert said[said.index("UBND XÃ BẾN TRÚC") + 1 :][:3] == [
        "TRUNG TÂM PHỤC VỤ",
        "HÀNH CHÍNH CÔNG",
        "XÃ BẾN TRÚC",
    ]
    assert page.white_below(DAY) > 1.5
    counter_reads = Codes(squares=(leads_to,), bars=(dossier.code,))
    assert codes.on_paper(page.page) == counter_reads
    assert codes.in_word(slips.slip_file(dossier, Slip.RECEIPT, "docx").data) == counter_reads


def test_many_papers_go_on_a_second_page_with_who_signs(centre: Counter) -> None:
    papers = tuple(f"Giấy tờ số {number}: {'bản sao có chứng thực ' * 4}" for number in range(1, 13))
    dossier = centre.receive(applicant=DELEGATED, papers=papers)
    _first, second = pictures.pages(slips.slip_file(dossier, Slip.RECEIPT, "pdf").data)
    # Nobody signs a sheet on which nothing is said.
    assert any("Số lượng hồ sơ" in one for one in second.lines)
    assert any("NGƯỜI TIẾP NHẬN HỒ SƠ" in one for one in second.lines)


def test_the_fee_slip_shows_the_code_that_banks_read(centre: Counter) -> None:
    dossier = centre.receive(fee=8000)
    told = payload(
        bank=COUNTER.bank, account=COUNTER.account, amount=8000, purpose=dossier.code.replace(".", "")
    )
    [page] = pictures.pages(slips.fee_file(dossier, "pdf", on=centre.now.date()).data)
    bank_reads = Codes(squares=(told,))
    assert codes.on_paper(page.page) == bank_reads
    assert codes.in_word(slips.fee_file(dossier, "docx", on=centre.now.date()).data) == bank_reads


def test_what_a_head_signs_has_room_to_sign_and_a_number_to_come(centre: Counter) -> None:
    dossier = centre.receive()
    centre.do(actions.apologise, dossier, reason="Chờ xác minh", new_on=date(2026, 10, 20), responsible="")
    centre.do(actions.stop, dossier, reason="Người nộp không bổ sung")
    letter, notice = slips.slip(dossier, Slip.APOLOGY), slips.slip(dossier, Slip.STOP)
    assert (letter.number, letter.symbol) == (None, "UBND")
    assert (notice.number, notice.symbol) == (None, "TB-UBND")
    # Who decides says sorry and stops the work; the counter has a copy.
    for one, first in ((letter, "Như trên"), (notice, "Người nộp hồ sơ")):
        assert one.issuer == Issuer(name="Ủy ban nhân dân xã Bến Trúc")
        assert [to.name for to in one.recipients] == [first, CENTRE.office, "Lưu: VT, hồ sơ"]
    for which in (Slip.APOLOGY, Slip.STOP):
        [page] = pictures.pages(slips.slip_file(dossier, which, "pdf").data)
        assert page.edges_of("THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ")[1] < 250
        _carries_its_code(page.page, dossier, which)
    # The other two of a dossier, without a page to look it up: the code alone, for the search of the desk.
    other = centre.receive()
    centre.do(actions.ask_papers, other, wanted="Thiếu giấy xác nhận")
    for which in (Slip.SUPPLEMENT, Slip.CONTROL):
        page, *_more = pictures.pages(slips.slip_file(other, which, "pdf").data)
        _carries_its_code(page.page, other, which)


def _said(sheet: Document) -> str:
    return "\n".join(
        "".join(run.text for run in one.runs) for one in sheet.body if isinstance(one, Paragraph)
    )


def test_who_is_refused_after_an_examination_has_form_03_and_who_asks_to_stop_form_05(
    centre: Counter,
) -> None:
    """NĐ 118/2025/NĐ-CP, Điều 19, khoản 3; Điều 21."""
    refused = centre.receive()
    centre.do(actions.stop, refused, reason="Không đủ điều kiện")
    sheet = slips.slip(refused, Slip.REFUSAL)
    assert (sheet.number, sheet.symbol) == (None, "TB-UBND")
    assert sheet.issuer == Issuer(name="Ủy ban nhân dân xã Bến Trúc")
    said = _said(sheet)
    assert "thông báo từ chối giải quyết hồ sơ này" in said
    assert "Không đủ điều kiện" in said
    asked = centre.receive()
    centre.do(actions.withdraw, asked)
    assert slips.available(asked, queries.steps_of(asked)) == [Slip.RECEIPT, Slip.STOP, Slip.CONTROL]
    assert "dừng giải quyết hồ sơ theo yêu cầu của người nộp." in _said(slips.slip(asked, Slip.STOP))


def test_form_02_says_that_the_term_begins_anew_and_when_the_dossier_is_closed(centre: Counter) -> None:
    """NĐ 118/2025/NĐ-CP, Điều 19, khoản 5."""
    dossier = centre.receive()
    centre.do(actions.ask_papers, dossier, wanted="Thiếu giấy xác nhận")
    said = _said(slips.slip(dossier, Slip.SUPPLEMENT))
    assert "được tính lại từ đầu khi nhận đủ giấy tờ bổ sung" in said
    assert "Sau 15 ngày kể từ ngày thông báo" in said


def test_form_02_of_a_dossier_that_was_late_promises_no_new_term(centre: Counter) -> None:
    dossier = centre.receive()
    centre.later(days=60)
    centre.do(actions.ask_papers, dossier, wanted="Thiếu giấy xác nhận")
    promised = dossier.due_at
    assert promised is not None
    for _before_and_after in range(2):
        said = _said(slips.slip(dossier, Slip.SUPPLEMENT))
        assert "Hồ sơ đã quá hạn trả kết quả nên ngày hẹn không đổi." in said
        assert "tính lại từ đầu" not in said
        told = looking_up.told(dossier, centre.now)
        assert "ngày hẹn không đổi" in " ".join(told.why)
        if dossier.state == State.SUPPLEMENT:
            assert told.standing.endswith("Hồ sơ đã quá hạn trả kết quả nên ngày hẹn không đổi.")
            centre.do(actions.take_papers, dossier)
    assert (dossier.state, dossier.due_at) == (State.IN_HAND, promised)


@pytest.mark.parametrize(
    ("handling", "parent", "symbol", "has_copy"),
    [
        (CENTRE.office, "UBND xã Bến Trúc", "TTPVHCC", False),
        ("Phòng Kinh tế", "UBND xã Bến Trúc", "", True),
        ("Văn phòng HĐND và UBND", "UBND xã Bến Trúc", "", True),
        ("Sở Xây dựng tỉnh Mẫu", None, "", True),
    ],
)
def test_an_apology_has_the_letterhead_of_the_office_that_is_late(
    centre: Counter, handling: str, parent: str | None, symbol: str, has_copy: bool
) -> None:
    dossier = centre.receive(offices=Offices(handling=handling))
    centre.do(actions.apologise, dossier, reason="Chờ xác minh", new_on=date(2026, 10, 20), responsible="")
    letter = slips.slip(dossier, Slip.APOLOGY)
    assert (letter.issuer, letter.symbol) == (Issuer(name=handling, parent=parent), symbol)
    assert (CENTRE.office in [to.name for to in letter.recipients]) == has_copy


def test_a_refusal_has_a_number_of_its_own_that_leads_to_it(
    centre: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(public, "address", lambda _unit, code="": f"https://ben-truc.example/tra-cuu/{code}")
    dossier = centre.refused(applicant=DELEGATED)
    reads = Codes(squares=("https://ben-truc.example/tra-cuu/TCHS-2026-0001",), bars=("TCHS-2026-0001",))
    made = slips.slip_file(dossier, Slip.REFUSAL, "pdf")
    assert made.name == "phieu-tu-choi-TCHS-2026-0001.pdf"
    [page] = pictures.pages(made.data)
    assert page.edges_of("Số: 01/TCHS")
    assert any("Số tra cứu" in one for one in page.lines)
    assert codes.on_paper(page.page) == reads
    assert codes.in_word(slips.slip_file(dossier, Slip.REFUSAL, "docx").data) == reads


def _carries_its_code(page: PdfPage, dossier: Dossier, which: Slip) -> None:
    both = Codes(squares=(dossier.code,), bars=(dossier.code,))
    assert codes.on_paper(page) == both
    assert codes.in_word(slips.slip_file(dossier, which, "docx").data) == both


def test_codes_in_the_book_are_whole_and_its_head_stands_on_every_page(centre: Counter) -> None:
    for _number in range(12):
        centre.receive(applicant=DELEGATED)
    days = {"first": date(2026, 10, 1), "last": date(2026, 10, 31), "on": date(2026, 11, 1)}
    made = slips.book_file(centre.cast.commune, form="pdf", **days)
    cover, *lying = pictures.pages(made.data)
    assert "SỔ THEO DÕI HỒ SƠ" in cover.lines
    register = f"{settings.PUBLIC_URL}/ban-lam-viec/mot-cua/?unit={centre.cast.commune.pk}&first=2026-10-01&last=2026-10-31"
    both = Codes(squares=(register,), bars=("STD-261001-261031",))
    assert codes.on_paper(cover.page) == both
    assert codes.in_word(slips.book_file(centre.cast.commune, form="docx", **days).data) == both
    assert len(lying) > 1
    for page in lying:
        assert page.page.get_width() > page.page.get_height()
        assert any(one.startswith("STT") for one in page.lines)
    # A break that a line does not need is no sign of its own.
    said = " ".join(lying[0].lines).replace("\u200b", "")
    assert "H99.12.34- 261008-0001" in said
    assert "08/10/ 2026" in said
