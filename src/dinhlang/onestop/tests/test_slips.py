"""Forms as files: what stands in them, that they are read back, and whose numbers they have on which day."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from uuid import uuid4
from zipfile import ZipFile

import pytest

from dinhlang.officialdoc.write.marks import Bars, Mark, bars_png, bars_svg, png, svg
from dinhlang.onestop import actions, queries, slips
from dinhlang.onestop.models import Dossier
from dinhlang.onestop.rules import regimes
from dinhlang.onestop.rules.regimes import Slip
from dinhlang.onestop.slips.parts import TITLES
from dinhlang.onestop.slips.words import NotThere
from dinhlang.onestop.tests.counters import APPLICANT, Counter
from dinhlang.org.barcode import code128

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]


def words(made: slips.SlipFile) -> str:
    with ZipFile(BytesIO(made.data)) as package:
        return package.read("word/document.xml").decode()


def test_every_form_can_be_had_when_its_step_was_taken(counter: Counter) -> None:
    dossier = counter.receive()
    assert slips.available(dossier, queries.steps_of(dossier)) == [Slip.RECEIPT, Slip.CONTROL]
    with pytest.raises(NotThere):
        slips.slip_file(dossier, Slip.APOLOGY, "pdf")
    counter.do(actions.ask_papers, dossier, wanted="Thiếu giấy xác nhận <b>")
    counter.do(actions.take_papers, dossier)
    counter.do(actions.apologise, dossier, reason="Chờ xác minh", new_on=date(2023, 8, 10), responsible="")
    counter.do(actions.stop, dossier, reason="Người nộp không bổ sung")
    told = slips.available(dossier, queries.steps_of(dossier))
    # The notice of stopping is a form since 15/9/2025 only; that something is refused after an examination had form 03 before.
    assert told == [Slip.RECEIPT, Slip.SUPPLEMENT, Slip.REFUSAL, Slip.APOLOGY, Slip.CONTROL]
    assert "Thiếu giấy xác nhận &lt;b&gt;" in words(slips.slip_file(dossier, Slip.SUPPLEMENT, "docx"))
    apology = words(slips.slip_file(dossier, Slip.APOLOGY, "docx"))
    assert "10/08/2023" in apology
    assert "25/07/2023" in apology
    control = words(slips.slip_file(dossier, Slip.CONTROL, "docx"))
    assert "Mẫu số 05" in control
    columns = ("Tên cơ quan", "Thời gian giao, nhận hồ sơ", "Kết quả giải quyết hồ sơ", "Ghi chú")
    assert sorted(control.index(one) for one in columns) == [control.index(one) for one in columns]


def test_the_receipt_says_who_what_when_and_carries_its_code(counter: Counter) -> None:
    dossier = counter.receive(papers=("Tờ khai", "Bản chính"), fee=8000)
    made = slips.slip_file(dossier, Slip.RECEIPT, "docx")
    said = words(made)
    for one in (
        APPLICANT.name,
        dossier.code,
        "Bản chính",
        "8.000 đồng",
        "17 giờ 00 phút, ngày 25/07/2023",
        "0900 000 123",
    ):
        assert one in said
    with ZipFile(BytesIO(made.data)) as package:
        for picture in ("mark.png", "bars.png"):
            assert package.read(f"word/media/{picture}").startswith(b"\x89PNG")
    assert slips.slip_file(dossier, Slip.RECEIPT, "pdf").data.startswith(b"%PDF")


def test_the_fee_slip_has_the_amount_and_names_nobody_to_the_bank(counter: Counter) -> None:
    dossier = counter.receive(fee=8000)
    code = slips.payment_code(dossier, counter.cast.today)
    assert "54048000" in code
    assert dossier.code.replace(".", "") in code
    assert "VI DU" not in code
    assert "VietQR" in words(slips.fee_file(dossier, "docx", on=counter.cast.today))
    counter.do(actions.pay, dossier, how="cash")
    with pytest.raises(NotThere):
        slips.fee_file(dossier, "docx", on=counter.cast.today)


def test_the_book_holds_each_number_once_those_cancelled_too(counter: Counter) -> None:
    for _number in range(3):
        counter.receive()
    wrong = Dossier.objects.get(number=2)
    actions.reverse(
        dossier=wrong,
        number=1,
        reason="Ghi nhầm",
        key=uuid4(),
        by=counter.cast.one_stop_clerk,
        at=counter.later(),
    )
    made = slips.book_file(
        counter.cast.commune, first=date(2023, 7, 1), last=date(2023, 7, 31), form="docx", on=date(2023, 8, 1)
    )
    said = words(made)
    assert "Đã hủy ghi" in said
    assert "NGƯỜI ĐỨNG ĐẦU BỘ PHẬN MỘT CỬA" in said.replace("\u00a0", " ").upper()
    assert said.count("230720-") == 3
    with pytest.raises(NotThere):
        slips.book_file(
            counter.cast.commune,
            first=date(2022, 1, 1),
            last=date(2022, 1, 2),
            form="docx",
            on=date(2023, 8, 1),
        )


def test_the_numbers_and_names_of_all_seven_forms_are_those_of_the_circular() -> None:
    """Phụ lục I of TT 03/2025/TT-VPCP, as published; where it was read: docs/law.md."""
    forms = regimes.forms_on(date(2026, 1, 5))
    titles = {**TITLES, Slip.BOOK: "SỔ THEO DÕI HỒ SƠ"}
    assert [(forms.number(one), titles[one]) for one in Slip if one in titles] == [
        ("01", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
        ("02", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
        ("03", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
        ("04", "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"),
        ("05", "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"),
        ("06", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
        ("07", "SỔ THEO DÕI HỒ SƠ"),
    ]


def test_bars_keep_their_white_and_are_drawn_the_same_in_word_and_in_pdf() -> None:
    bars = Bars(code128("H15.50.05.13-261008-0975"), "H15.50.05.13-261008-0975")
    drawn = bars_svg(bars)
    assert drawn.count("h-1z") == sum(bars.modules)
    assert "M10 0h1" in drawn
    assert bars.width == (len(bars.modules) + 20) * 0.3
    # Bars and ten modules of white on each side, 8 dots each; it fits the right half of the head (102 mm).
    assert bars_png(bars)[16:20] == ((len(bars.modules) + 20) * 8).to_bytes(4, "big")
    assert bars.width < 102


def test_a_code_is_drawn_the_same_in_word_and_in_pdf() -> None:
    mark = Mark(((True, False), (False, True)), "mã")
    assert svg(mark).count("h1v1h-1z") == 2
    assert png(mark) == png(mark)
    # 2 modules and a border of 4 on each side, 8 dots each.
    assert png(mark)[16:24] == (80).to_bytes(4, "big") * 2
