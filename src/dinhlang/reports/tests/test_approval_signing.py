"""The PDF of an approved report is signed with a key that is kept sealed; two who approve at once take one number."""

from __future__ import annotations

import io
import threading
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.urls import reverse

from dinhlang.officialdoc import sign
from dinhlang.officialdoc.tests.signers import PASSPHRASE, p12
from dinhlang.org import actions as org
from dinhlang.org import queries as known
from dinhlang.org.models import AuditEntry, SigningKey
from dinhlang.org.rules import Refused, Role, Unfit
from dinhlang.periods.identifier import Period
from dinhlang.reports import actions as reports
from dinhlang.reports import render, rules
from dinhlang.reports.approval import actions, queries
from dinhlang.reports.duties.actions import open_period
from dinhlang.reports.duties.actions.importing import import_shipped
from dinhlang.reports.models import Obligation, Programme, RegisterEntry, Report, ReportSeal, Submission
from dinhlang.work import blobs

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

START, END = datetime(2023, 1, 1, tzinfo=UTC), datetime(2023, 12, 31, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _blobs_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"


def waiting(cast: Cast, period: str = "2023-H1") -> Report:
    """A report that waits for the chairwoman."""
    report = reports.draft_report(
        unit=cast.commune, period=Period.parse(period), by=cast.culture_officer, at=cast.now
    )
    actions.send(report=report, by=cast.culture_officer, at=cast.now)
    actions.pass_on(report=report, seen=queries.digest_now(report), by=cast.office_clerk, at=cast.now)
    return report


def approve(cast: Cast, report: Report, **given: Any) -> Report:
    return actions.approve(
        report=report,
        seen=queries.digest_now(report),
        on=cast.today,
        by=given.pop("by", cast.chair),
        at=cast.now,
        **given,
    )


def with_key(cast: Cast) -> SigningKey:
    return org.add_key(
        unit=cast.commune,
        person=cast.chair,
        data=p12("Nguyễn Thị Mẫu", "Ủy ban nhân dân xã Bến Trúc", START, END),
        passphrase=PASSPHRASE,
        by=cast.chair,
        at=cast.now,
    )


def test_a_key_is_sealed_and_its_passphrase_stored_nowhere(cast: Cast) -> None:
    key = with_key(cast)
    assert key.name == "Nguyễn Thị Mẫu"
    assert PASSPHRASE not in key.sealed
    assert not key.sealed.startswith("MI")
    with pytest.raises(Unfit, match="không đúng"):
        org.add_key(unit=cast.commune, person=None, data=p12(), passphrase="sai", by=cast.chair, at=cast.now)


def test_the_signature_is_whole_and_covers_the_ledger(cast: Cast, client: Client) -> None:
    with_key(cast)
    issued = approve(cast, waiting(cast), passphrase=PASSPHRASE)
    found = sign.verify(render.pdf(issued), at=cast.now)
    assert found.is_good
    kept = issued.digital_signature
    assert [(one.name, one.ledger_digest) for one in found.signatures] == [
        ("Nguyễn Thị Mẫu", kept.ledger_digest)
    ]
    client.force_login(cast.chair)
    page = client.get(reverse("reports:signature", args=[issued.pk])).content.decode()
    assert "Chữ ký còn nguyên vẹn" in page
    assert "chữ ký phủ cả mã của sổ số liệu" in page


def png(colour: tuple[int, int, int]) -> bytes:
    """A stroke of one colour on a clear ground."""
    from PIL import Image, ImageDraw

    image = Image.new("RGBA", (300, 120), (0, 0, 0, 0))
    ImageDraw.Draw(image).line((20, 100, 120, 20, 180, 100, 280, 30), fill=(*colour, 255), width=8)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def seen(pdf: bytes) -> tuple[str, set[str]]:
    """The words of the last page, and which of blue and red are on it, signatures drawn."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    document.init_forms()
    page = document[len(document) - 1]
    colours = page.render(scale=0.6, may_draw_forms=True).to_pil().convert("RGB").getcolors(1 << 20) or []
    found = {
        name
        for _count, (red, green, blue) in colours
        for name, strong, others in (("blue", blue, (red, green)), ("red", red, (green, blue)))
        if strong > 150 and all(other < 90 for other in others)
    }
    return page.get_textpage().get_text_bounded(), found


@pytest.mark.parametrize(
    ("whose", "colour", "name"), [("chair", (20, 40, 200), "blue"), ("", (210, 20, 20), "red")]
)
def test_a_hand_is_shown_in_blue_and_a_seal_in_red_without_words(
    cast: Cast, whose: str, colour: tuple[int, int, int], name: str
) -> None:
    kept = org.add_key(
        unit=cast.commune,
        person=cast.chair if whose else None,
        data=p12("Nguyễn Thị Mẫu", "Ủy ban nhân dân xã Bến Trúc", START, END),
        passphrase=PASSPHRASE,
        picture=png(colour),
        by=cast.chair,
        at=cast.now,
    )
    assert "PNG" not in kept.picture
    signed = render.pdf(approve(cast, waiting(cast), passphrase=PASSPHRASE))
    words, colours = seen(signed)
    assert colours == {name}
    assert "Thời gian ký" not in words
    assert sign.verify(signed, at=cast.now).is_good
    org.retire_key(key=kept, by=cast.chair, at=cast.now)
    kept.refresh_from_db()
    assert (kept.sealed, kept.picture) == ("", "")


def agency_key(cast: Cast, picture: bytes = b"") -> SigningKey:
    return org.add_key(
        unit=cast.commune,
        person=None,
        data=p12(
            "Ủy ban nhân dân xã Bến Trúc", "Ủy ban nhân dân xã Bến Trúc", START, START + timedelta(days=7300)
        ),
        passphrase=PASSPHRASE,
        picture=picture,
        by=cast.chair,
        at=cast.now,
    )


def test_the_office_clerk_seals_behind_the_approver_and_both_signatures_stay_good(
    cast: Cast, client: Client
) -> None:
    with_key(cast)
    agency_key(cast, png((210, 20, 20)))
    issued = approve(cast, waiting(cast), passphrase=PASSPHRASE)
    before = render.pdf(issued)
    client.force_login(cast.office_clerk)
    page = client.get(reverse("reports:report", args=[issued.pk])).content.decode()
    address = reverse("reports:seal", args=[issued.pk])
    assert address in page
    assert "Nguyễn Thị Mẫu" in client.get(address).content.decode()
    wrong = client.post(address, {"passphrase": "sai"})
    assert wrong.status_code == 422
    assert not ReportSeal.objects.exists()
    done = client.post(address, {"passphrase": PASSPHRASE}, follow=True).content.decode()
    assert "Đã đóng dấu số" in done
    assert done.count("Chữ ký còn nguyên vẹn") == 2
    assert done.count("chữ ký phủ cả mã của sổ số liệu") == 2
    sealed = render.pdf(Report.objects.get(pk=issued.pk))
    assert sealed.startswith(before)
    assert "red" in seen(sealed)[1]
    found = sign.verify(sealed, at=cast.now)
    assert [one.name for one in found.signatures] == ["Nguyễn Thị Mẫu", "Ủy ban nhân dân xã Bến Trúc"]
    assert AuditEntry.objects.filter(action="report.seal", by=cast.office_clerk).exists()
    again = client.post(address, {"passphrase": PASSPHRASE}).content.decode()
    assert "không đóng lần nữa" in again
    # What was issued is as it was.
    assert blobs.read(Report.objects.get(pk=issued.pk).pdf) == before


def test_only_the_office_clerk_seals_only_what_is_issued_and_not_handed_in(
    cast: Cast, client: Client
) -> None:
    agency_key(cast)
    draft = waiting(cast)
    with pytest.raises(Refused, match="chưa phát hành"):
        actions.seal_report(report=draft, passphrase=PASSPHRASE, by=cast.office_clerk, at=cast.now)
    issued = approve(cast, draft, is_unsigned=True)
    for person in (cast.chair, cast.culture_officer):
        with pytest.raises(Refused):
            actions.seal_report(report=issued, passphrase=PASSPHRASE, by=person, at=cast.now)
        client.force_login(person)
        assert client.get(reverse("reports:seal", args=[issued.pk])).status_code == 404
    assert list(queries.to_be_sealed(cast.commune, cast.today)) == [issued]
    import_shipped(at=cast.now)
    open_period(
        programme=Programme.objects.get(pk=issued.programme), period=Period.parse("2023-H1"), at=cast.now
    )
    owed = Obligation.objects.get(unit=cast.commune, programme=issued.programme)
    blob = blobs.store(b"goi", "application/zip", cast.now)
    Submission.objects.create(
        obligation=owed,
        report=issued,
        number=1,
        way="inside",
        state="received",
        package=blob,
        digest=blob.sha256,
        submitted_at=cast.now,
        received_at=cast.now,
        receipt_year=2023,
        receipt_number=1,
    )
    with pytest.raises(Refused, match="Rút lại"):
        actions.seal_report(report=issued, passphrase=PASSPHRASE, by=cast.office_clerk, at=cast.now)
    assert not queries.to_be_sealed(cast.commune, cast.today).exists()
    assert not ReportSeal.objects.exists()


def test_a_report_signed_with_the_agency_s_key_takes_no_second_seal(cast: Cast) -> None:
    agency_key(cast)
    issued = approve(cast, waiting(cast), passphrase=PASSPHRASE)
    with pytest.raises(Refused, match="đã ký bằng khóa của cơ quan"):
        actions.seal_report(report=issued, passphrase=PASSPHRASE, by=cast.office_clerk, at=cast.now)


def test_what_is_no_picture_is_refused_with_the_remedy(cast: Cast, client: Client) -> None:
    client.force_login(cast.chair)
    key = SimpleUploadedFile("khoa.p12", p12("Nguyễn Thị Mẫu", "Ủy ban nhân dân xã Bến Trúc", START, END))
    given = {
        "what": "key",
        "holder": str(cast.chair.pk),
        "file": key,
        "passphrase": PASSPHRASE,
        "picture": SimpleUploadedFile("chu-ky.jpg", b"\xff\xd8\xff khong phai png"),
    }
    with pytest.raises(Unfit, match="phải là ảnh"):
        org.add_key(
            unit=cast.commune,
            person=cast.chair,
            data=p12("Nguyễn Thị Mẫu", "Ủy ban nhân dân xã Bến Trúc", START, END),
            passphrase=PASSPHRASE,
            picture=b"GIF89a",
            by=cast.chair,
            at=cast.now,
        )
    assert not SigningKey.objects.exists()
    address = reverse("reports:approval-setup", args=[cast.commune.pk])
    assert 'accept="image/png"' in client.get(address).content.decode()
    client.post(address, given)
    assert not SigningKey.objects.exists()


def test_a_wrong_passphrase_issues_nothing_and_five_are_enough(cast: Cast) -> None:
    with_key(cast)
    report = waiting(cast)
    with pytest.raises(actions.WrongPassphrase, match="Nhập mật khẩu"):
        approve(cast, report)
    for _ in range(5):
        with pytest.raises(actions.WrongPassphrase, match="không đúng"):
            approve(cast, report, passphrase="sai")
    with pytest.raises(actions.WrongPassphrase, match="Chờ 15 phút"):
        approve(cast, report, passphrase=PASSPHRASE)
    assert not RegisterEntry.objects.exists()
    assert approve(cast, report, is_unsigned=True).number == 1


def test_a_certificate_that_ends_is_said_in_time(cast: Cast) -> None:
    with_key(cast)
    assert known.keys_ending(cast.commune, cast.today) == []
    assert known.keys_ending(cast.commune, END.date() - timedelta(days=40)) != []


def approve_at_once(work: list[Any]) -> list[object]:
    """Do all of it at the same time where the database can; give what was refused."""
    refused: list[object] = []

    def do(one: Any) -> None:
        try:
            one()
        except Refused as reason:
            refused.append(reason)
        finally:
            connection.close()

    threads = [threading.Thread(target=do, args=(one,)) for one in work]
    # SQLite's database of the tests is in memory and knows one writer; there they take turns.
    together = connection.vendor == "postgresql"
    for thread in threads:
        thread.start()
        if not together:
            thread.join()
    for thread in threads:
        thread.join()
    return refused


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_one_report_at_once_issue_it_once(cast: Cast) -> None:
    report = waiting(cast)
    refused = approve_at_once([lambda: approve(cast, report)] * 2)
    assert [type(one) for one in refused] == [rules.CannotIssue]
    assert "đã phát hành với số 01" in str(refused[0])
    assert RegisterEntry.objects.get().number == 1
    assert report.steps.filter(deed="approve").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_people_who_approve_at_once_one_signs_and_the_other_is_told_the_number(cast: Cast) -> None:
    deputy = org.register_person(
        username="pho", full_name="Lý Thị Phó Mẫu", passphrase=cast.passphrase, by=None, at=cast.now
    )
    title = "Phó Chủ tịch Ủy ban nhân dân xã"
    org.appoint(
        person=deputy,
        unit=cast.commune,
        role=Role.APPROVER,
        title=title,
        starts_on=None,
        by=None,
        at=cast.now,
    )
    report = waiting(cast)
    people = [cast.chair, deputy]
    refused = approve_at_once([lambda one=one: approve(cast, report, by=one) for one in people])
    assert ["đã phát hành với số 01/BC-UBND" in str(one) for one in refused] == [True]
    step = report.steps.get(deed="approve")
    report.refresh_from_db()
    assert (report.issued_by, RegisterEntry.objects.count()) == (step.by, 1)
    assert step.by.full_name in str(report.document["signature"])


@pytest.mark.django_db(transaction=True)
def test_reports_approved_at_once_take_numbers_in_order_without_a_gap(cast: Cast) -> None:
    found = [waiting(cast, period) for period in ("2023-H1", "2023-Q1", "2022")]
    assert approve_at_once([lambda one=one: approve(cast, one) for one in found]) == []
    numbers = RegisterEntry.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2, 3]
