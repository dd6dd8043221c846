"""A commune's own table of short forms: changed by people, taken in from files, read by every text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from dinhlang.broadcast import actions as radio
from dinhlang.broadcast.models import SpokenForm
from dinhlang.broadcast.rules.words import Words
from dinhlang.broadcast.voicing import abbreviations
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.tests.clients import as_
from dinhlang.vietnamese import speech

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch, cast: Cast) -> None:
    monkeypatch.setattr(timezone, "now", lambda: cast.now)


def put(cast: Cast, written: str, spoken: str, section: str = "abbreviations", **more: Any) -> SpokenForm:
    given = {"unit": cast.commune, "by": cast.radio_operator, "at": cast.now}
    return abbreviations.set_form(written=written, spoken=spoken, section=section, **{**given, **more})


def said(cast: Cast, text: str) -> str:
    return speech.spoken(text, abbreviations.words_of(cast.commune))


def test_a_commune_s_row_stands_above_the_house_s_and_only_for_that_commune(cast: Cast) -> None:
    text = "TT thôn Bãi gửi tin qua Zalo."
    before = said(cast, text)
    put(cast, "TT", "Tổ trưởng")
    put(cast, "ZALO", "za lô", "foreign")
    put(cast, "Zalo", "da lô mới", "foreign")
    assert said(cast, text) == "tổ trưởng thôn Bãi gửi tin qua da lô mới"
    assert speech.spoken(text, abbreviations.words_of(cast.neighbour_commune)) == before
    assert SpokenForm.objects.count() == 2
    abbreviations.remove_form(form=SpokenForm.objects.get(written="TT"), by=cast.radio_operator, at=cast.now)
    abbreviations.remove_form(form=SpokenForm.objects.get(), by=cast.radio_operator, at=cast.now)
    assert said(cast, text) == before
    assert AuditEntry.objects.filter(action__startswith="spoken-form.").count() == 5


@pytest.mark.parametrize(
    ("written", "spoken", "section"),
    [
        ("", "nhà văn hóa", "abbreviations"),
        ("NVH", "", "abbreviations"),
        ("NVH", "nhà 2", "abbreviations"),
        ("NVH", "<b>nhà</b>", "abbreviations"),
        ("N" * 41, "nhà", "abbreviations"),
        ("NVH", "nhà", "units"),
    ],
)
def test_what_cannot_be_spoken_is_refused(cast: Cast, written: str, spoken: str, section: str) -> None:
    with pytest.raises(Unfit):
        put(cast, written, spoken, section)
    assert not SpokenForm.objects.exists()


def test_only_who_writes_for_the_radio_changes_it(cast: Cast) -> None:
    form = put(cast, "NVH", "nhà văn hóa")
    for act in (
        lambda: put(cast, "NVH", "khác", by=cast.neighbour),
        lambda: abbreviations.remove_form(form=form, by=cast.neighbour, at=cast.now),
        lambda: abbreviations.take_file(unit=cast.commune, data=b"a", by=cast.neighbour, at=cast.now),
    ):
        with pytest.raises(NotAllowed):
            act()


def taken(cast: Cast, data: bytes | str) -> int:
    raw = data if isinstance(data, bytes) else data.encode()
    return abbreviations.take_file(unit=cast.commune, data=raw, by=cast.radio_operator, at=cast.now)


def test_a_file_of_either_kind_is_taken_in_whole(cast: Cast) -> None:
    assert taken(cast, '[abbreviations]\nNVH = "nhà văn hóa"\n[foreign]\nWifi = "oai phai"\n') == 2
    csv = "\ufeffChữ viết;Đọc là;Loại;Ghi chú\nNVH;nhà vui hè;Chữ viết tắt;thử\nTDA;Tam Đa;;\n"
    assert taken(cast, csv) == 2
    assert abbreviations.table_of(cast.commune) == {
        "abbreviations": {"NVH": "nhà vui hè", "TDA": "tam đa"},
        "foreign": {"wifi": "oai phai"},
    }


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ("NVH,nhà văn hóa\nXXX,nhà 2\n", r"Dòng 2 \(XXX\)"),
        ("", "không có dòng nào"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("[lines]\na = 'b'\n", "hai mục"),
        ("x" * 1_000_001, "một triệu byte"),
        ("\n".join(f"A{n},nhà" for n in range(2001)), "hơn 2000 dòng"),
    ],
)
def test_a_file_with_one_wrong_row_changes_nothing(cast: Cast, data: bytes | str, reason: str) -> None:
    with pytest.raises(Refused, match=reason):
        taken(cast, data)
    assert not SpokenForm.objects.exists()


def test_the_length_of_a_script_is_told_with_the_commune_s_own_words(cast: Cast) -> None:
    script = "NVHTD họp. " * 20
    given = {"unit": cast.commune, "by": cast.radio_operator, "at": cast.now}
    put(cast, "NVHTD", "nhà văn hóa thôn đông mới xây xong năm ngoái")
    long = radio.write_bulletin(words=Words("Tin", script), **given).draft
    SpokenForm.objects.all().delete()
    short = radio.write_bulletin(words=Words("Tin", script), **given).draft
    assert long is not None
    assert short is not None
    assert long.seconds > short.seconds


def test_the_page_searches_tries_changes_takes_in_and_exports(cast: Cast) -> None:
    client = as_(cast.radio_operator)
    there = reverse("broadcast:spoken-forms")
    assert "Xã chưa có cách đọc riêng" in client.get(there).content.decode()
    client.post(reverse("broadcast:spoken-form-set"), {"written": "NVH", "spoken": "nhà văn hóa", "section": "abbreviations"})  # fmt: skip
    file = SimpleUploadedFile("bang.csv", "TDA,Tam Đa,,tên xã\n".encode())
    client.post(reverse("broadcast:spoken-form-file"), {"table": file})
    page = client.get(there, {"q": "tam", "thu": "Họp ở NVH lúc 7h."}).content.decode()
    assert "ọp ở nhà văn hóa lúc bảy giờ" in page
    assert '<td translate="no">TDA</td>' in page
    assert '<td translate="no">NVH</td>' not in page
    wrong = client.post(
        reverse("broadcast:spoken-form-set"), {"written": "NVH", "spoken": "2", "section": "abbreviations"}
    )
    assert "phải là các tiếng" in wrong.content.decode()
    exported = client.post(f"{reverse('broadcast:spoken-form-export', args=['csv'])}?q=NVH")
    assert "nhà văn hóa" in b"".join(exported).decode("utf-8-sig")  # type: ignore[arg-type]
    # What was exported can be taken in again.
    assert taken(cast, b"".join(client.post(reverse("broadcast:spoken-form-export", args=["csv"])))) == 2  # type: ignore[arg-type]
    form = SpokenForm.objects.get(written="TDA")
    client.post(reverse("broadcast:spoken-form-remove", args=[form.pk]))
    assert not SpokenForm.objects.filter(written="TDA").exists()
