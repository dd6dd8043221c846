"""Prints from their words to the wall: set, approved, printed, hung, counted, called back."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from dinhlang.broadcast.models import Print, PrintPlace
from dinhlang.broadcast.prints import actions, queries, sheets
from dinhlang.broadcast.prints.actions import PlaceGiven, RunGiven, Sheet, SomebodyElseWrote
from dinhlang.broadcast.prints.rules import Cloth, Form, NotReady, PrintOrigin, Words
from dinhlang.broadcast.prints.telling import prints_carried
from dinhlang.officialdoc.fonts import VIETNAMESE_LETTERS
from dinhlang.org.models import AuditEntry
from dinhlang.org.permissions import NotAllowed
from dinhlang.org.rules import Refused, Unfit
from dinhlang.org.tests import codes
from dinhlang.org.tests.clients import as_
from dinhlang.work import queries as work
from dinhlang.work.models import Activity, Evidence, Reversal

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.integration,
    pytest.mark.usefixtures("own_data", "clock_of_the_cast"),
]

WORDS = Words("Nộp hồ sơ tại xã", "Không phải lên tỉnh.", "## Mang theo\n- Căn cước\nXã không thu phí.")
SOURCE = PrintOrigin(
    "item", "7", "d" * 64, WORDS, "https://bentruc.example.vn/tin/a/b/", reform_field="thu-tuc"
)


def photo(shade: int = 90) -> bytes:
    """As a phone sends it, with the place where it was taken."""
    held = BytesIO()
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (10.0, 1.0, 2.0)}
    Image.effect_noise((320, 240), shade).convert("RGB").save(held, "JPEG", exif=exif)
    return held.getvalue()


def from_item(cast: Cast, form: str = Form.BOARD) -> Print:
    return actions.print_from(
        unit=cast.commune, source=SOURCE, form=form, by=cast.radio_operator, at=cast.now
    )


def printed(cast: Cast, form: str = Form.POSTER, copies: int = 10) -> Print:
    made = from_item(cast, form)
    run = RunGiven(cast.now.date(), copies, "tiệm in")
    actions.record_run(made=made, run=run, by=cast.radio_operator, at=cast.now)
    return made


def hung(cast: Cast, made: Print, place: str = "cổng chợ", **given: Any) -> PrintPlace:
    on = cast.now.date()
    until = None if made.form == Form.LEAFLET else on + timedelta(days=10)
    asked = PlaceGiven(**{"place": place, "copies": 2, "starts_on": on, "until": until, **given})
    return actions.record_place(made=made, place=asked, by=cast.radio_operator, at=cast.now)


# --- Words ---------------------------------------------------------------------------------------------------------


def test_a_print_of_what_is_published_may_be_printed_until_a_word_is_changed(cast: Cast) -> None:
    made = from_item(cast)
    assert made.is_cleared
    assert from_item(cast).pk == made.pk
    sheet = Sheet(Form.BOARD, SOURCE.address, field="thu-tuc")
    changed = actions.save_print(
        made=made, words=Words("Mau nộp hồ sơ"), sheet=sheet, seen=1, by=cast.radio_operator, at=cast.now
    )
    assert not changed.is_cleared
    with pytest.raises(NotReady, match="chưa được duyệt"):
        actions.record_run(made=made, run=RunGiven(cast.now.date(), 1), by=cast.radio_operator, at=cast.now)
    with pytest.raises(SomebodyElseWrote):
        actions.save_print(made=made, words=WORDS, sheet=sheet, seen=1, by=cast.radio_operator, at=cast.now)
    with pytest.raises(NotAllowed):
        actions.approve_print(made=changed, seen=changed.digest, by=cast.radio_operator, at=cast.now)
    with pytest.raises(Refused, match="Lời đã đổi"):
        actions.approve_print(made=changed, seen="0" * 64, by=cast.chair, at=cast.now)
    assert actions.approve_print(made=changed, seen=changed.digest, by=cast.chair, at=cast.now).is_cleared


def test_what_was_printed_keeps_its_words(cast: Cast) -> None:
    made = printed(cast)
    with pytest.raises(Refused, match="đã in"):
        actions.save_print(
            made=made, words=WORDS, sheet=Sheet(made.form), seen=1, by=cast.radio_operator, at=cast.now
        )
    with pytest.raises(Refused, match="đã in"):
        actions.set_picture(made=made, data=photo(), by=cast.radio_operator, at=cast.now)


def test_whoever_is_of_another_commune_makes_and_sees_nothing(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        actions.write_print(
            unit=cast.commune, words=WORDS, sheet=Sheet(Form.BOARD), by=cast.neighbour, at=cast.now
        )
    made = from_item(cast)
    for name, args in (
        ("print", [made.pk]),
        ("print-file", [made.pk, "may-in.pdf"]),
        ("print-preview", [made.pk, 1]),
    ):
        assert as_(cast.neighbour).get(reverse(f"broadcast:{name}", args=args)).status_code == 404


# --- Sheets --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "pages", "mm"),
    [(Form.LEAFLET, 2, (148, 210)), (Form.POSTER, 1, (297, 420)), (Form.BOARD, 1, (210, 297)), (Form.BANNER, 1, (600, 80))],
)  # fmt: skip
def test_each_sheet_has_its_size_and_says_every_letter(
    cast: Cast, form: str, pages: int, mm: tuple[int, int]
) -> None:
    letters = " ".join(VIETNAMESE_LETTERS[at : at + 12] for at in range(0, len(VIETNAMESE_LETTERS), 12))
    made = actions.write_print(
        unit=cast.commune,
        words=Words(letters),
        sheet=Sheet(form, SOURCE.address),
        by=cast.radio_operator,
        at=cast.now,
    )
    document = pypdfium2.PdfDocument(sheets.pdf(made, on=cast.now.date(), shop=False))
    assert len(document) == pages
    assert [round(side / 72 * 25.4) for side in document[0].get_size()] == list(mm)
    said = "".join(page.get_textpage().get_text_range() for page in document)
    assert "BẢN NHÁP" in said
    # A banner is read from across the street: no telephone gets near enough.
    led_to = [code for page in document for code in codes.on_paper(page).squares]
    assert led_to == ([] if form == Form.BANNER else [SOURCE.address])
    wanted = VIETNAMESE_LETTERS.upper() if form == Form.BANNER else VIETNAMESE_LETTERS
    assert not set(wanted) - set(said)
    for_shop = pypdfium2.PdfDocument(sheets.pdf(made, on=cast.now.date(), shop=True))
    assert [round(side / 72 * 25.4) for side in for_shop[0].get_size()] == [side + 24 for side in mm]
    assert sheets.look(made, on=cast.now.date()).fits


def test_a_sheet_says_what_does_not_fit_and_is_not_approved(cast: Cast) -> None:
    words = Words("Dài", "", "\n".join(["Một dòng thật dài để tờ rơi không còn chỗ nào cho nó."] * 90))
    made = actions.write_print(
        unit=cast.commune, words=words, sheet=Sheet(Form.LEAFLET), by=cast.radio_operator, at=cast.now
    )
    assert sheets.look(made, on=cast.now.date()).too_long == ("nội dung",)
    with pytest.raises(NotReady, match="không vừa"):
        actions.approve_print(made=made, seen=made.digest, by=cast.chair, at=cast.now)


def test_a_banner_tells_how_tall_its_letters_are(cast: Cast) -> None:
    def letters(title: str, width: str) -> Any:
        cloth = Cloth(Decimal(width), Decimal("0.9"), 30)
        made = actions.write_print(
            unit=cast.commune, words=Words(title), sheet=Sheet(Form.BANNER, cloth=cloth), by=None, at=cast.now
        )
        return sheets.look(made, on=cast.now.date()).letters

    short, long = letters("Nộp hồ sơ tại xã", "6"), letters("Nộp hồ sơ tại xã " * 8, "6")
    assert short.height_cm > 20
    assert short.is_enough
    assert long.height_cm < short.height_cm
    assert not letters("Nộp hồ sơ tại xã " * 8, "2").is_enough
    with pytest.raises(Unfit):
        letters("Nộp", "50")


def test_a_picture_comes_upon_the_sheet_without_the_place_where_it_was_taken(cast: Cast) -> None:
    made = from_item(cast, Form.POSTER)
    made = actions.set_picture(made=made, data=photo(), by=cast.radio_operator, at=cast.now)
    look = sheets.look(made, on=cast.now.date())
    assert look.dpi is not None
    assert 0 < look.dpi < 300
    data = sheets.pdf(made, on=cast.now.date(), shop=True)
    assert b"GPS" not in data
    assert pypdfium2.PdfDocument(data)[0].get_objects is not None
    with pytest.raises(Refused):
        actions.set_picture(made=made, data=b"%PDF-1.7 x", by=cast.radio_operator, at=cast.now)


# --- The register --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "kind", "measures"),
    [
        (Form.POSTER, "board", {"banners": 2, "spots": 1}),
        (Form.BANNER, "board", {"banners": 2, "spots": 1}),
        (Form.BOARD, "board", {"posts": 2, "spots": 1}),
        (Form.LEAFLET, "leaflet", {"leaflets": 2, "spots": 1}),
    ],
)
def test_each_place_is_one_line_with_copies_and_places_apart(
    cast: Cast, form: str, kind: str, measures: dict[str, int]
) -> None:
    place = hung(cast, printed(cast, form), photo=photo())
    line = place.line
    assert line is not None
    assert (line.kind, line.reform_field, line.happened_on) == (kind, "thu-tuc", cast.now.date())
    assert {one.concept: one.value for one in line.measures.all()} == measures
    assert line.evidence.get().kind == Evidence.Kind.PHOTO
    assert place.photo is not None
    assert work.unevidenced_count(cast.commune) == 0


def test_without_a_photo_the_ledger_asks_for_one_until_it_comes(cast: Cast) -> None:
    place = hung(cast, printed(cast))
    assert work.unevidenced_count(cast.commune) == 1
    actions.add_photo(place=place, data=photo(), by=cast.radio_operator, at=cast.now)
    assert work.unevidenced_count(cast.commune) == 0


def test_a_print_without_field_and_task_is_in_the_register_only(cast: Cast) -> None:
    made = actions.write_print(
        unit=cast.commune, words=WORDS, sheet=Sheet(Form.BOARD), by=cast.radio_operator, at=cast.now
    )
    actions.approve_print(made=made, seen=made.digest, by=cast.chair, at=cast.now)
    actions.record_run(made=made, run=RunGiven(cast.now.date(), 5), by=cast.radio_operator, at=cast.now)
    assert hung(cast, made).line is None
    assert not Activity.objects.exists()


def test_no_more_copies_hang_than_were_printed(cast: Cast) -> None:
    made = printed(cast, copies=3)
    place = hung(cast, made)
    with pytest.raises(Unfit, match="Chỉ còn 1 bản"):
        hung(cast, made)
    with pytest.raises(Refused, match="đã ghi nơi treo"):
        actions.take_back_run(run=made.runs.get(), reason="Ghi nhầm", by=cast.radio_operator, at=cast.now)
    actions.take_back_place(place=place, reason="Ghi nhầm nơi", by=cast.radio_operator, at=cast.now)
    assert Reversal.objects.get().activity_id == place.line_id
    assert queries.copies_of(made).left == 3
    actions.take_back_run(run=made.runs.get(), reason="Ghi nhầm", by=cast.radio_operator, at=cast.now)
    assert queries.copies_of(made).printed == 0


def test_the_desk_reminds_of_what_hangs_too_long_until_it_is_down(cast: Cast) -> None:
    on = cast.now.date()
    place = hung(cast, printed(cast), until=on)
    assert queries.to_take_down(cast.commune, on) == (0, 0)
    late = on + timedelta(days=1)
    assert queries.to_take_down(cast.commune, late) == (1, 0)
    with pytest.raises(Unfit):
        actions.take_down(place=place, on=late, by=cast.radio_operator, at=cast.now)
    actions.take_down(place=place, on=on, by=cast.radio_operator, at=cast.now)
    assert queries.to_take_down(cast.commune, late) == (0, 0)
    with pytest.raises(Refused):
        actions.take_down(place=place, on=on, by=cast.radio_operator, at=cast.now)


def test_what_is_taken_back_where_it_came_from_is_printed_no_more_and_must_come_down(cast: Cast) -> None:
    made = printed(cast)
    hung(cast, made)
    assert actions.withdraw_made_from(kind="item", key="7", reason="Sai giờ", by=cast.chair, at=cast.now) == 1
    assert actions.withdraw_made_from(kind="item", key="7", reason="Sai giờ", by=cast.chair, at=cast.now) == 0
    assert queries.to_take_down(cast.commune, cast.now.date()) == (0, 1)
    with pytest.raises(Refused, match="Sai giờ"):
        hung(cast, made, "nơi khác")
    assert AuditEntry.objects.filter(action="print.withdraw").count() == 1


def test_the_board_of_items_and_channels_says_where_an_item_hangs(cast: Cast) -> None:
    assert not prints_carried("item", ["7"])
    made = printed(cast)
    [told] = prints_carried("item", ["7", "8"])["7"]
    assert (told.where, told.state, told.tone) == ("Áp phích A3", "Đã in, chưa treo, phát", "wait")
    place = hung(cast, made)
    [told] = prints_carried("item", ["7"])["7"]
    assert (told.state, told.tone) == ("1 nơi treo, phát", "done")
    actions.withdraw_made_from(kind="item", key="7", reason="Sai giờ", by=cast.chair, at=cast.now)
    assert prints_carried("item", ["7"])["7"][0].tone == "late"
    actions.take_down(place=place, on=cast.now.date(), by=cast.radio_operator, at=cast.now)
    assert prints_carried("item", ["7"])["7"][0].tone == "calm"


# --- Pages ---------------------------------------------------------------------------------------------------------


def test_a_clerk_types_a_sheet_the_leader_approves_it_and_it_is_printed_and_hung(cast: Cast) -> None:
    clerk, leader = as_(cast.radio_operator), as_(cast.chair)
    answer = clerk.post(
        reverse("broadcast:print-new") + "?loai=bang-ron",
        {"form": "bang-ron", "title": "Chuyển đổi số", "width": "7,5", "height": "0,9", "distance": "40", "field": "thu-tuc"},
    )  # fmt: skip
    made = Print.objects.get()
    page = reverse("broadcast:print", args=[made.pk])
    assert (answer.status_code, answer["Location"]) == (302, page)
    assert made.width == Decimal("7.5")
    said = clerk.get(page).content.decode()
    assert "Chờ lãnh đạo duyệt" in said
    assert "Vải 7,5 × 0,9 mét" in said
    assert "Ghi lần in" not in said
    leader.post(reverse("broadcast:print-step", args=[made.pk]), {"do": "approve", "seen": made.digest})
    run = reverse("broadcast:print-run", args=[made.pk])
    assert "Chưa điền ô này" in clerk.post(run, {"in-copies": "2"}).content.decode()
    assert clerk.post(run, {"in-copies": "2", "in-printed_on": "2023-07-20"}).status_code == 302
    place = {"noi-place": "cổng chào", "noi-copies": "1", "noi-starts_on": "2023-07-20"}
    there = reverse("broadcast:print-place", args=[made.pk])
    assert "Chưa điền ô này" in clerk.post(there, place).content.decode()
    picture = SimpleUploadedFile("anh.jpg", photo(), "image/jpeg")
    assert clerk.post(there, {**place, "noi-until": "2023-07-30", "noi-photo": picture}).status_code == 302
    found = PrintPlace.objects.get()
    small = clerk.get(reverse("broadcast:print-photo", args=[found.pk, "nho"]))
    assert small["Content-Type"] == "image/jpeg"
    assert b"GPS" not in small.content
    said = clerk.get(
        reverse("broadcast:print-places"), {"q": "cong chao", "standing": "treo"}
    ).content.decode()
    assert "Chuyển đổi số" in said
    assert (
        "khớp với điều kiện"
        in clerk.get(reverse("broadcast:print-places"), {"q": "cong cho"}).content.decode()
    )
    exported = clerk.post(reverse("broadcast:print-places-export", args=["csv"]))
    assert "cổng chào" in b"".join(exported).decode()  # type: ignore[arg-type]  # streamed
    clerk.post(
        reverse("broadcast:print-place-step", args=[found.pk]), {"do": "down", "taken_down_on": "2023-07-20"}
    )
    assert "Đã tháo" in clerk.get(page).content.decode()


def test_files_are_pdf_and_pictures_at_three_hundred_dots(cast: Cast) -> None:
    made, clerk = from_item(cast, Form.LEAFLET), as_(cast.radio_operator)
    for kind in ("may-in.pdf", "tiem-in.pdf"):
        answer = clerk.get(reverse("broadcast:print-file", args=[made.pk, kind]))
        assert answer.content.startswith(b"%PDF-")
    with Image.open(
        BytesIO(clerk.get(reverse("broadcast:print-file", args=[made.pk, "anh-2.png"])).content)
    ) as side:
        assert (round(side.width / 300 * 25.4), round(side.height / 300 * 25.4)) == (148, 210)
    assert clerk.get(reverse("broadcast:print-file", args=[made.pk, "x.pdf"])).status_code == 404
    assert clerk.get(reverse("broadcast:print-preview", args=[made.pk, 3])).status_code == 404
