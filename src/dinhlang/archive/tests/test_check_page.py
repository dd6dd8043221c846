"""The page that checks a document: findings in their place, fixes taken and taken back, nothing stored."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from openpyxl import load_workbook

from dinhlang.archive import actions, held
from dinhlang.archive.actions.checks import check_of
from dinhlang.archive.checking import Filter, view_of
from dinhlang.archive.models import ArchivedDocument
from dinhlang.officialdoc.check import Severity, check, layout_of
from dinhlang.officialdoc.read import read_with_places
from dinhlang.officialdoc.write import docx, pdf
from dinhlang.org.models import AuditEntry, Unit, UnitName, UnitPlacement, UnitSuccession
from dinhlang.work.models import Blob

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration, pytest.mark.one_database]

LETTER = """ỦY BAN NHÂN DÂN
XÃ BẾN TRÚC

Số:      /BC-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Bến Trúc, ngày 20 tháng 12 năm 2022

BÁO CÁO
Kết quả tuyên truyền cải cách hành chính năm 2022.

Trong năm 2022, Ủy ban nhân dân xã đã đăng 48 tin, bài. <script>alert(1)</script>
Hệ thống đài truyền thanh phát 12 buổi buổi về thủ tục hành chính.

Nơi nhận:
- UBND huyện;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

Trần Văn Mẫu
"""


@pytest.fixture(autouse=True)
def _of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.HELD = tmp_path / "held"
    settings.BLOBS = tmp_path / "blobs"


@pytest.fixture
def clerk(client: Client, cast: Cast) -> Client:
    client.force_login(cast.office_clerk)
    return client


def send(client: Client, name: str, data: bytes) -> Any:
    return client.post(reverse("check:new"), {"file": SimpleUploadedFile(name, data)})


def begun(client: Client, name: str = "bao-cao.txt", data: bytes = LETTER.encode()) -> str:
    answer = send(client, name, data)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return str(answer.url)


def token_of(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2]


def with_fix(page: Any) -> str:
    """The key of the first finding of a page whose fix can be taken."""
    return str(
        next(key for key in page.context["checked"].findings if page.context["checked"].may_accept(key))
    )


def decide(client: Client, address: str, **given: str) -> Any:
    return client.post(f"{address}quyet-dinh/", given, follow=True)


@pytest.mark.parametrize(
    "who", ["chair", "culture_officer", "one_stop_clerk", "radio_operator", "hamlet_head", "administrator"]
)
def test_everyone_of_the_desk_may_check(client: Client, cast: Cast, who: str) -> None:
    client.force_login(getattr(cast, who))
    page = client.get(begun(client))
    assert page.context["checked"].findings
    assert "không được lưu" in page.content.decode()


def test_findings_stand_beside_their_place(clerk: Client) -> None:
    page = clerk.get(begun(clerk))
    html = page.content.decode()
    for key, one in page.context["checked"].findings.items():
        assert f'id="d-{key}"' in html
        if one.span and one.quote.strip():
            assert f'href="#d-{key}"' in html or "found" in html
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html
    # Every word of the document is on the page, in its order.
    shown = re.sub(r"<sup>\d+</sup>", "", html)
    shown = re.sub(
        r"<[^>]*>", "", "".join(re.findall(r'class="passage__line">(.*?)</span></p>', shown, re.S))
    )
    assert "".join(shown.split()) == "".join(LETTER.replace("<", "&lt;").replace(">", "&gt;").split())


def test_what_a_finding_says_is_not_said_twice(clerk: Client) -> None:
    page = clerk.get(begun(clerk))
    read = [one["code"] for one in page.context["state"].read["problems"]]
    assert "blank-number" in read
    assert "blank-number" in {one.kind.value for one in page.context["checked"].findings.values()}
    assert "blank-number" not in [one["code"] for one in page.context["problems"]]


def test_a_recipient_that_ended_by_its_day_is_told_with_its_successor(clerk: Client, cast: Cast) -> None:
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
    address = begun(clerk, data=LETTER.replace("UBND huyện", "UBND xã Bến Xưa").encode())
    page = clerk.get(address)
    [(key, one)] = [pair for pair in page.context["checked"].findings.items() if pair[1].rule == "DV04"]
    assert (one.quote, one.basis) == ("xã Bến Xưa", "NQ 9/NQ-HĐND")
    assert "nay thuộc xã" in page.content.decode()
    left = decide(clerk, address, finding=key, do="leave", reason="Tên ghi trên phong bì")
    assert left.context["checked"].reasons[key] == "Tên ghi trên phong bì"
    decide(clerk, address, finding=key, do="accept")
    assert f"UBND {one.fix}" in clerk.get(address).context["checked"].corrected_text


def test_pasted_text_is_checked_too(clerk: Client) -> None:
    answer = clerk.post(reverse("check:new"), {"text": LETTER.replace("\n", "\r\n")})
    assert answer.status_code == 302
    assert clerk.get(answer.url).context["checked"].findings


def test_a_fix_is_taken_and_taken_back(clerk: Client) -> None:
    address = begun(clerk)
    key = with_fix(clerk.get(address))
    page = decide(clerk, address, finding=key, do="accept")
    checked = page.context["checked"]
    assert [one.fix for one in checked.accepted] == [checked.findings[key].fix]
    assert checked.corrected_text != checked.state.text
    assert "<del>" in page.content.decode()
    # Twice, as from two tabs, is once.
    assert decide(clerk, address, finding=key, do="accept").context["checked"].state.accepted == (key,)
    page = decide(clerk, address, finding=key, do="undo")
    assert page.context["checked"].corrected_text == page.context["checked"].state.text


def test_every_fix_taken_leaves_nothing_that_can_be_fixed_twice(clerk: Client) -> None:
    address = begun(clerk)
    for _turn in range(40):
        page = clerk.get(address)
        key = next(
            (key for key in page.context["checked"].findings if page.context["checked"].may_accept(key)), None
        )
        if key is None:
            break
        decide(clerk, address, finding=key, do="accept")
    checked = page.context["checked"]
    assert len(checked.accepted) >= 2
    assert "buổi buổi" not in checked.corrected_text


def test_what_is_left_needs_a_reason_and_shows_it(clerk: Client) -> None:
    address = begun(clerk)
    key = next(iter(clerk.get(address).context["checked"].standing))
    page = decide(clerk, address, finding=key, do="leave", reason=" ")
    assert "Chưa ghi lý do" in page.content.decode()
    assert key in page.context["checked"].standing
    page = decide(clerk, address, finding=key, do="leave", reason="số ghi khi ban hành <b>")
    assert key not in page.context["checked"].standing
    assert "số ghi khi ban hành &lt;b&gt;" in page.content.decode()
    assert key in decide(clerk, address, finding=key, do="remind").context["checked"].standing


@pytest.mark.parametrize("given", [{"finding": "khong-co", "do": "accept"}, {"do": "accept"}, {}])
def test_nonsense_decisions_change_nothing(clerk: Client, given: dict[str, str]) -> None:
    address = begun(clerk)
    page = decide(clerk, address, **given)
    assert page.status_code == 200
    assert page.context["checked"].state.accepted == ()
    key = next(iter(page.context["checked"].findings))
    assert decide(clerk, address, finding=key, do="xoa-het").context["checked"].state.accepted == ()


def test_severity_and_kind_filter_what_is_shown(clerk: Client) -> None:
    address = begun(clerk)
    checked = clerk.get(address).context["checked"]
    for severity in Severity:
        wanted = [one for one in checked.findings.values() if one.severity is severity]
        assert clerk.get(address, {"muc": severity.value}).context["view"].matching == len(wanted)
        kinds = {one.kind for one in wanted}
        for kind in kinds:
            view = view_of(checked, Filter(kind=kind))
            assert {
                one.finding.kind for one in (*view.whole, *(f for p in view.passages for f in p.found))
            } == {kind}
    assert clerk.get(address, {"muc": "x", "loai": "\0"}).status_code == 200


def test_another_day_or_kind_judges_anew(clerk: Client) -> None:
    address = begun(clerk)
    page = clerk.post(
        f"{address}cach-xet/", {"as_of": "2026-01-05", "kind": "ke-hoach", "is_draft": "on"}, follow=True
    )
    checked = page.context["checked"]
    assert (checked.as_of.isoformat(), checked.document.kind.value, checked.state.is_draft) == (
        "2026-01-05",
        "ke-hoach",
        True,
    )
    assert not any(one.kind.value == "blank-number" for one in checked.findings.values())
    page = clerk.post(f"{address}cach-xet/", {"as_of": "31/2/2026", "kind": "x"}, follow=True)
    assert page.status_code == 200
    assert page.context["checked"].state.kind == "ke-hoach"


def test_another_person_finds_nothing_under_the_address(clerk: Client, cast: Cast) -> None:
    address = begun(clerk)
    key = next(iter(clerk.get(address).context["checked"].findings))
    for who in (cast.chair, cast.neighbour, cast.reviewer):
        clerk.force_login(who)
        assert clerk.get(address).status_code == 404
        assert clerk.get(f"{address}tai/docx").status_code == 404
        assert clerk.get(f"{address}tai/xlsx").status_code == 404
        for deed in ("quyet-dinh/", "cach-xet/", "xoa/"):
            assert clerk.post(f"{address}{deed}", {"finding": key, "do": "accept"}).status_code == 404
    clerk.force_login(cast.office_clerk)
    page = clerk.get(address)
    assert page.context["checked"].state.accepted == ()
    assert page.headers["Cache-Control"] == "no-store"
    # The address is the key: it does not go out with a link (stricter, and forms would lose their origin).
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_deleting_is_at_once_and_for_good(clerk: Client, tmp_path: Path) -> None:
    address = begun(clerk)
    clerk.post(f"{address}xoa/")
    page = clerk.get(address)
    assert page.status_code == 404
    assert "hết giờ giữ hoặc đã xóa" in page.content.decode()
    assert not list((tmp_path / "held").glob("*/*"))


def test_nothing_is_stored_and_the_audit_knows_no_word(clerk: Client, cast: Cast) -> None:
    address = begun(clerk, "mật danh.txt")
    decide(clerk, address, finding=with_fix(clerk.get(address)), do="accept")
    assert not ArchivedDocument.objects.exists()
    assert not Blob.objects.exists()
    entry = AuditEntry.objects.get(action="document.check")
    assert set(entry.detail) == {"form", "size"}
    assert entry.unit == cast.commune


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("trong.txt", b"", "trống"),
        ("trang.txt", b" \n\t", "Không có chữ nào"),
        ("hong.docx", b"PK\x03\x04 broken", "docx"),
        (
            "khoa.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "mật khẩu",
        ),
        ("rac.txt", b"\x00\x01\x02\x03" * 200, "Không đọc được"),
    ],
)
def test_a_bad_file_gets_a_sentence(clerk: Client, name: str, data: bytes, said: str, tmp_path: Path) -> None:
    answer = send(clerk, name, data)
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert not list((tmp_path / "held").glob("*/*"))


def test_too_large_a_file_is_not_even_held(
    clerk: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions.checks, "LIMIT", 1024 * 1024)
    answer = send(clerk, "nang.docx", b"PK\x03\x04" + bytes(1024 * 1024))
    assert "nặng 2 MB, tối đa 1 MB" in answer.content.decode()
    assert not list((tmp_path / "held").glob("*/*"))


def test_nothing_chosen_and_both_chosen_are_said(clerk: Client) -> None:
    assert "Chưa chọn tệp và chưa dán" in clerk.post(reverse("check:new")).content.decode()
    both = {"text": LETTER, "file": SimpleUploadedFile("a.txt", LETTER.encode())}
    assert "không cả hai" in clerk.post(reverse("check:new"), both).content.decode()


def test_a_name_shows_what_it_is(clerk: Client) -> None:
    page = clerk.get(begun(clerk, "b\u200báo\u202ecáo.txt"))
    assert page.context["state"].name == "báocáo.txt"


def test_the_corrected_word_file_holds_fixes_and_comments(clerk: Client) -> None:
    made = docx(read_with_places(LETTER.encode(), "a.txt").document)
    address = begun(clerk, "bao-cao.docx", made)
    page = clerk.get(address)
    key = with_fix(page)
    fix = page.context["checked"].findings[key].fix
    decide(clerk, address, finding=key, do="accept")
    answer = clerk.get(f"{address}tai/docx")
    assert answer.status_code == 200
    again = read_with_places(answer.content, "x.docx")
    assert fix in again.text
    assert b"word/comments.xml" in answer.content


def test_a_text_is_corrected_in_the_legal_layout(clerk: Client) -> None:
    address = begun(clerk)
    key = next(
        key
        for key, one in clerk.get(address).context["checked"].findings.items()
        if one.quote == "buổi buổi" or one.kind.value == "repetition"
    )
    decide(clerk, address, finding=key, do="accept")
    answer = clerk.get(f"{address}tai/docx")
    text = read_with_places(answer.content, "x.docx").text
    assert "buổi buổi" not in text
    assert "XÃ BẾN TRÚC" in text


def test_the_sheet_has_every_finding(clerk: Client) -> None:
    address = begun(clerk)
    found = clerk.get(address).context["checked"].findings
    answer = clerk.get(f"{address}tai/xlsx")
    sheet = load_workbook(BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet.max_row == len(found) + 1


def test_a_picture_waits_for_the_worker(clerk: Client, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        actions.checks,
        "read_with_places",
        lambda data, name, progress=None: read_with_places(LETTER.encode(), "a.txt"),
    )
    address = begun(clerk, "anh.png", b"\x89PNG\r\n\x1a\n" + bytes(500))
    page = clerk.get(address)
    assert page.headers["Refresh"] == "2"
    assert "tự cập nhật" in page.content.decode()
    task = DBTaskResult.objects.get()
    assert token_of(address) not in str(task.args_kwargs)
    actions.read_held(
        sealed=task.args_kwargs["args"][0]
        if task.args_kwargs["args"]
        else task.args_kwargs["kwargs"]["sealed"],
        at=timezone.now(),
    )
    page = clerk.get(address)
    assert "Refresh" not in page.headers
    assert page.context["checked"].findings
    DBTaskResult.objects.update(finished_at=timezone.now())
    actions.sweep_checks(at=timezone.now())
    assert not DBTaskResult.objects.exists()


def test_a_long_text_is_read_in_the_background_too(clerk: Client) -> None:
    address = begun(clerk, "dai.txt", (LETTER + "Đoạn văn dài thêm.\n" * 20_000).encode())
    assert clerk.get(address).headers["Refresh"] == "2"


def test_a_reading_whose_document_is_gone_does_nothing(clerk: Client, cast: Cast) -> None:
    address = begun(clerk)
    clerk.post(f"{address}xoa/")
    actions.read_held(sealed=held.sealed(token_of(address)), at=timezone.now())
    actions.read_held(sealed="nobody's", at=timezone.now())
    with pytest.raises(held.Gone):
        check_of(token_of(address), cast.office_clerk, timezone.now())


def test_a_page_asks_the_database_a_bounded_number_of_questions(
    clerk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    address = begun(clerk, data=(LETTER * 20).encode())
    with django_assert_max_num_queries(12):
        clerk.get(address)


# --- the pages of a PDF -----------------------------------------------------------------------------


@pytest.fixture
def checked_pdf(clerk: Client) -> str:
    """The address of a PDF that was read."""
    address = begun(clerk, "bao-cao.pdf", pdf(read_with_places(LETTER.encode(), "a.txt").document))
    actions.read_held(sealed=held.sealed(token_of(address)), at=timezone.now())
    return address


def test_findings_stand_beside_the_picture_of_their_page(clerk: Client, checked_pdf: str) -> None:
    page = clerk.get(checked_pdf).content.decode()
    key = re.search(r'id="d-(\w+)"[^§]*?Lặp chữ', page.replace("</article>", "§"))
    assert key is not None
    picture = re.search(r'<img src="([^"]+)"', page)
    assert picture is not None
    assert picture[1] == f"{checked_pdf}trang/1"
    # The mark has a frame and leads to the finding, and the finding leads to the mark.
    assert re.search(
        rf'<a class="at at--warning" href="#d-{key[1]}" id="h-{key[1]}"[^>]*>.*?<rect x="\d', page
    )
    assert f'href="#h-{key[1]}"' in page
    # Nothing was written with a comma, as numbers are in Vietnamese.
    assert not re.search(r'(?:x|y|width|height)="\d+,\d', page)
    assert "style=" not in page[page.index('id="ket-qua"') :]


def test_the_page_is_drawn_once_and_lies_encrypted(
    clerk: Client, checked_pdf: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = clerk.get(f"{checked_pdf}trang/1")
    assert (first.status_code, first.headers["Content-Type"]) == (200, "image/webp")
    assert first.headers["Cache-Control"] == "no-store"
    monkeypatch.setattr(
        "dinhlang.archive.actions.checks.picture_of", lambda *_given: pytest.fail("drawn twice")
    )
    assert clerk.get(f"{checked_pdf}trang/1").content == first.content
    assert all(b"WEBP" not in path.read_bytes() for path in (tmp_path / "held").rglob("*") if path.is_file())


@pytest.mark.parametrize("number", [0, 2, 10**6])
def test_a_page_that_is_not_there_is_not_found(clerk: Client, checked_pdf: str, number: int) -> None:
    assert clerk.get(f"{checked_pdf}trang/{number}").status_code == 404


def test_nobody_else_sees_the_picture(clerk: Client, cast: Cast, checked_pdf: str) -> None:
    clerk.force_login(cast.neighbour)
    assert clerk.get(f"{checked_pdf}trang/1").status_code == 404


def test_a_pdf_is_judged_on_its_layout_as_the_command_line_does(
    clerk: Client, cast: Cast, checked_pdf: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = actions.checks.file_of(token_of(checked_pdf), cast.office_clerk, timezone.now())
    reading = read_with_places(data, "bao-cao.pdf")
    layout = layout_of(data, "pdf", reading.decoded.sheets)
    checked = actions.checks.checked(token_of(checked_pdf), cast.office_clerk, timezone.now())
    assert checked.layout == layout is not None
    assert list(checked.findings.values()) == list(
        check(reading.document, as_of=checked.as_of, text=reading.text, layout=layout)
    )
