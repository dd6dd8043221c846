"""A commune says a step of a guide in its own words, checks it, and goes back; every version is kept."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING, Any
from unittest.mock import Mock

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils.timezone import localdate
from PIL import Image

from dinhlang.onestop.models import StepVersion
from dinhlang.onestop.support import own, writing
from dinhlang.onestop.support.guides import guide_named
from dinhlang.onestop.support.leaflet import leaflet_pdf
from dinhlang.onestop.support.writing import Beside, Said
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.work import photos
from dinhlang.work.models import Blob

if TYPE_CHECKING:
    from pathlib import Path

    from django.test import Client
    from pytest_django.fixtures import Settings

    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

STEP = {"guide": "dang-nhap", "step": "mo-cong"}
WORDS = "Mở trình duyệt, gõ dichvucong.gov.vn. Bấm Đóng rồi bấm Đăng nhập."


@pytest.fixture(autouse=True)
def _folders(settings: Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"


def png(width: int = 60, height: int = 150) -> bytes:
    packed = BytesIO()
    Image.new("RGB", (width, height), "teal").save(packed, "PNG")
    return packed.getvalue()


def write(cast: Cast, *, by: Any = None, **said: Any) -> StepVersion:
    told = Said(**{"words": WORDS, **said})
    return writing.write(unit=cast.commune, **STEP, said=told, by=by or cast.culture_officer, at=cast.now)


def step_of(cast: Cast) -> Any:
    found = own.guide_for(cast.commune.pk, "dang-nhap")
    assert found is not None
    return found.steps[0]


def test_own_words_stand_until_the_commune_goes_back_and_every_version_is_kept(cast: Cast) -> None:
    house = step_of(cast)
    first = write(cast)
    assert (step_of(cast).words, step_of(cast).title, step_of(cast).is_drawn) == (WORDS, house.title, True)
    # Next door nothing changed, nor what the log counts by.
    neighbour = own.guide_for(cast.neighbour_commune.pk, "dang-nhap")
    assert neighbour == guide_named("dang-nhap")
    picture = writing.hold_picture(data=png(), name="anh.png", at=cast.now)
    second = write(
        cast, seen=first.pk, beside=Beside.PICTURE, picture=picture, alternative="Trang đầu có nút Đăng nhập"
    )
    assert step_of(cast).picture.alternative == "Trang đầu có nút Đăng nhập"
    assert own.shown_picture(cast.commune.pk, picture) == second
    assert own.shown_picture(cast.neighbour_commune.pk, picture) is None
    # The picture stays when only the words change.
    third = write(
        cast, seen=second.pk, words="Bấm Đăng nhập.", beside=Beside.PICTURE, alternative="Nút Đăng nhập"
    )
    assert third.picture_id == picture
    writing.go_back(unit=cast.commune, **STEP, by=cast.office_clerk, at=cast.now)
    assert step_of(cast) == house
    assert own.shown_picture(cast.commune.pk, picture) is None
    assert own.versions(cast.commune.pk, **STEP).count() == 4
    with pytest.raises(Refused, match="đang dùng bản của hệ thống"):
        writing.go_back(unit=cast.commune, **STEP, by=cast.office_clerk, at=cast.now)


def test_a_check_says_who_looked_and_when(cast: Cast) -> None:
    made = write(cast)
    assert (made.checked_by, made.checked_at) == (cast.culture_officer, cast.now)
    later = cast.now + timedelta(days=40)
    check = partial(writing.check, unit=cast.commune, **STEP, by=cast.office_clerk)
    check(seen=made.pk, at=later)
    made.refresh_from_db()
    assert (made.checked_by, made.checked_at, made.made_at) == (cast.office_clerk, later, cast.now)
    write(cast, seen=made.pk, words="Khác.")
    with pytest.raises(Refused, match="không còn dùng"):
        check(seen=made.pk, at=later)


def test_the_houses_words_are_checked_without_being_written_anew(cast: Cast) -> None:
    check = partial(writing.check, unit=cast.commune, **STEP)
    first = check(seen=None, by=cast.office_clerk, at=cast.now)
    assert (first.is_house, first.checked_by) == (True, cast.office_clerk)
    house = guide_named("dang-nhap")
    assert house is not None
    assert step_of(cast) == replace(house.steps[0], checked_on=localdate(cast.now))
    later = cast.now + timedelta(days=40)
    assert check(seen=first.pk, by=cast.culture_officer, at=later).pk == first.pk
    assert step_of(cast).checked_on == localdate(later)
    # What was checked of an older text of the house says nothing of this one.
    StepVersion.objects.update(house_version=house.version - 1)
    assert step_of(cast).checked_on is None
    assert check(seen=first.pk, by=cast.office_clerk, at=later).pk != first.pk
    # Going back is no check.
    own_words = write(cast, seen=own.versions(cast.commune.pk, **STEP)[0].pk)
    assert own_words.checked_at == cast.now
    writing.go_back(unit=cast.commune, **STEP, by=cast.office_clerk, at=later)
    assert step_of(cast).checked_on is None
    with pytest.raises(NotAllowed):
        check(seen=None, by=cast.hamlet_head, at=later)


def test_a_picture_of_an_identity_paper_is_refused_and_not_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = iter(["CĂN CƯỚC CÔNG DÂN\nHọ và tên\nNgày sinh\n012345678901", "Bấm Đăng nhập"])
    monkeypatch.setattr("dinhlang.officialdoc.read.pages.ocr.is_there", lambda: True)
    monkeypatch.setattr("dinhlang.citizens.actions.looking._readings", lambda data, seconds: [next(read)])
    clean = Mock(side_effect=photos.clean)
    monkeypatch.setattr(photos, "clean", clean)
    with pytest.raises(Unfit, match="giấy tờ tùy thân"):
        writing.hold_picture(data=png(), name="anh.png", at=cast.now)
    assert not Blob.objects.exists()
    assert writing.hold_picture(data=png(), name="anh.png", at=cast.now)
    # A large photo is opened and painted once for both.
    assert clean.call_count == 2


def test_a_picture_that_is_slow_to_read_is_judged_by_what_was_read(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = b""

    def stopped(command: list[str], *, timeout: float | None, **_more: object) -> None:
        assert timeout == writing.LONGEST_LOOK
        raise subprocess.TimeoutExpired(command, timeout, output=told)

    monkeypatch.setattr("dinhlang.officialdoc.read.pages.ocr.is_there", lambda: True)
    monkeypatch.setattr(subprocess, "run", stopped)
    assert writing.hold_picture(data=png(), name="anh.png", at=cast.now)
    lines = ["CĂN CƯỚC CÔNG DÂN", "Họ và tên", "Ngày sinh 012345678901"]
    rows = [
        "\t".join(("5", *"111", str(number), "1", *"0099", "90", word))
        for number, line in enumerate(lines)
        for word in line.split()
    ]
    told = "\n".join((*rows, "5\t1\t1")).encode()
    with pytest.raises(Unfit, match="giấy tờ tùy thân"):
        writing.hold_picture(data=png(), name="anh.png", at=cast.now)


def test_what_cannot_be_taken_says_why_and_changes_nothing(cast: Cast) -> None:
    house = step_of(cast)
    refused: list[tuple[type[Exception], str, dict[str, Any]]] = [
        (Unfit, "Chưa có lời", {"words": "  "}),
        (Unfit, "tối đa 300", {"words": "a" * 301}),
        (Unfit, "tối đa 200", {"note": "a" * 201}),
        (Unfit, "chưa có mô tả", {"beside": Beside.PICTURE}),
        (Unfit, "Chưa chọn ảnh", {"beside": Beside.PICTURE, "alternative": "Màn hình"}),
        (Refused, "Có người vừa sửa", {"seen": 999}),
        (Refused, "Chưa có gì khác", {"words": house.words, "note": house.note}),
        (NotAllowed, "quyền", {"by": cast.hamlet_head}),
        (NotAllowed, "quyền", {"by": cast.neighbour}),
    ]
    for error, why, said in refused:
        with pytest.raises(error, match=why):
            write(cast, **said)
    for data in (b"%PDF-1.7", b"\x89PNG\r\n\x1a\nhalf"):
        with pytest.raises(Refused):
            writing.hold_picture(data=data, name="tep", at=cast.now)
    assert step_of(cast) == house
    for wrong in (
        {"is_house": True, "words": "x"},
        {"words": ""},
        {"words": "x", "alternative": "x"},
        {"words": "x", "checked_at": None},
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            StepVersion.objects.create(
                unit=cast.commune,
                **STEP,
                house_version=1,
                made_at=cast.now,
                **{"checked_at": cast.now, **wrong},
            )


@pytest.mark.one_database
def test_the_leaflet_has_the_own_picture(cast: Cast) -> None:
    before = own.guide_for(cast.commune.pk, "dang-nhap")
    picture = writing.hold_picture(data=png(), name="anh.png", at=cast.now)
    write(cast, beside=Beside.PICTURE, picture=picture, alternative="Trang đầu")
    after = own.guide_for(cast.commune.pk, "dang-nhap")
    assert before is not None
    assert after is not None
    [one, other] = [leaflet_pdf(guide, "UBND xã", "https://vi.du/") for guide in (before, after)]
    assert one.count(b"/Subtype/Image") < other.count(b"/Subtype/Image")


def test_a_form_that_cannot_be_taken_keeps_words_and_picture(cast: Cast, client: Client) -> None:
    client.force_login(cast.culture_officer)
    there = reverse("onestop:support-step", args=["dang-nhap", "mo-cong"])
    file = SimpleUploadedFile("anh.png", png(), "image/png")
    sent = {"do": "save", "words": WORDS, "beside": "drawing", "alternative": "", "seen": ""}
    answer = client.post(there, {**sent, "file": file})
    page = answer.content.decode()
    assert "Ảnh vừa gửi đã được giữ" in page
    assert WORDS in page
    # Whoever chose a file means it to be seen.
    assert 'value="picture" selected' in page
    held = answer.context["held"]
    again = {**sent, "beside": "picture", "alternative": "Trang đầu", "held": held}
    assert "Xem lại ảnh rồi đánh dấu" in client.post(there, again).content.decode()
    assert client.post(there, {**again, "is_clean": "on"}).status_code == 302
    [made] = own.versions(cast.commune.pk, **STEP)
    page = client.get(there).content.decode()
    assert f"Lần kiểm tra cuối: {localdate(made.made_at):%-d/%-m/%Y}" in page
    image = reverse("onestop:support-step-picture", args=[made.pk])
    assert image in client.get(reverse("onestop:support-guide", args=["dang-nhap"])).content.decode()
    assert client.get(image)["Content-Type"] == "image/png"
    client.post(there, {"do": "check", "seen": made.pk})
    client.post(there, {"do": "house"})
    assert own.versions(cast.commune.pk, **STEP)[0].is_house
    # An older version is taken up again with its picture.
    page = client.get(f"{there}?tu={made.pk}").content.decode()
    assert 'value="picture" selected' in page
    assert 'name="held"' in page
    for bad in ("?tu=9999", "?tu=abc"):
        assert client.get(f"{there}{bad}").status_code == 200
    # The house's words stand again: they can be checked too, by whoever has seen what stands.
    for bad in ("x", "9"):
        answer = client.post(there, {"do": "check", "seen": bad}, follow=True)
        assert "không còn dùng" in answer.content.decode()
    stands = own.versions(cast.commune.pk, **STEP)[0]
    page = client.post(there, {"do": "check", "seen": stands.pk}, follow=True).content.decode()
    assert f", {cast.culture_officer.full_name}." in page
