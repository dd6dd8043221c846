"""Units of today and of the documents we hold: right in number, loaded once, resolved by date."""

from __future__ import annotations

import hashlib
import re
from datetime import date

import pytest
from django.core import serializers

from dinhlang.officialdoc.model import Issuer
from dinhlang.org import actions, queries
from dinhlang.org.models import ReportingLine, Unit, UnitName, UnitPlacement, UnitSuccession
from dinhlang.org.places import named_after, present_day, slug
from dinhlang.vietnamese.text import house_style

pytestmark = [pytest.mark.django_db, pytest.mark.integration]

BEFORE_2019 = date(2019, 11, 30)
LAST_OF_OLD = date(2024, 11, 30)
FIRST_MERGED = date(2024, 12, 1)
LAST_OF_THREE_TIERS = date(2025, 6, 30)
TWO_TIERS = date(2025, 7, 1)
# Of 2025.10.1 on Python 3.11 and of 2026.9.0 on 3.12: plans, reports and backups hold these ids.
IDS_OF_TODAY = "90f9dae3e65469d23fef4a09776fc2f0a95549505e51c8e56dbc87c7c652be35"


def everything() -> str:
    tables = (Unit, UnitName, UnitPlacement, UnitSuccession, ReportingLine)
    return serializers.serialize("json", [row for table in tables for row in table.objects.order_by("pk")])


def test_today_has_34_provinces_and_3321_communes() -> None:
    specs = list(present_day())
    assert sum(spec.level == "province" for spec in specs) == 34
    assert sum(spec.level == "commune" for spec in specs) == 3321
    assert len({spec.id for spec in specs}) == len(specs)


def test_ids_are_the_same_whatever_the_version_of_the_package() -> None:
    ids = "\n".join(sorted(spec.id for spec in present_day()))
    assert hashlib.sha256(ids.encode()).hexdigest() == IDS_OF_TODAY


def test_names_are_in_one_style() -> None:
    names = [name.name for spec in present_day() for name in spec.names]
    assert all(name == house_style(name) == name.strip() for name in names)
    assert not [name for name in names if re.search(r"[’–]|\s\s|^(xã|phường|đặc khu) ", name, re.IGNORECASE)]


def test_a_province_that_became_a_city_was_a_province_before(places: None) -> None:
    unit = queries.unit("quang-ninh")
    assert queries.title_of(unit, date(2026, 8, 31)) == "tỉnh Quảng Ninh"
    assert queries.title_of(unit, date(2026, 9, 1)) == "thành phố Quảng Ninh"
    assert queries.title_of(queries.unit("hai-phong"), TWO_TIERS) == "thành phố Hải Phòng"


def test_loading_places_twice_gives_the_same_rows(places: None) -> None:
    once = everything()
    assert len(once) > 1_000_000
    assert actions.load_places() == 0
    assert everything() == once


def test_loading_places_tells_its_progress(db: None) -> None:
    heard: list[tuple[int, int]] = []
    actions.load_places(progress=lambda done, total: heard.append((done, total)))
    assert heard[-1][0] == heard[-1][1]


@pytest.mark.parametrize(
    ("unit_id", "on", "exists", "title", "parent", "heirs"),
    [
        ("nam-trung", LAST_OF_OLD, True, "xã Nam Trung", "huyen-nam-sach", ["nam-trung"]),
        ("nam-trung", FIRST_MERGED, False, "xã Nam Trung", None, ["tran-phu-nam-sach"]),
        ("nam-trung", TWO_TIERS, False, "xã Nam Trung", None, ["tran-phu-10633"]),
        (
            "tran-phu-nam-sach",
            LAST_OF_THREE_TIERS,
            True,
            "xã Trần Phú",
            "huyen-nam-sach",
            ["tran-phu-nam-sach"],
        ),
        ("tran-phu-10633", TWO_TIERS, True, "xã Trần Phú", "hai-phong", ["tran-phu-10633"]),
        ("tai-son", LAST_OF_OLD, True, "xã Tái Sơn", "huyen-tu-ky", ["tai-son"]),
        ("tai-son", LAST_OF_THREE_TIERS, False, "xã Tái Sơn", None, ["ky-son-tu-ky"]),
        ("tai-son", TWO_TIERS, False, "xã Tái Sơn", None, ["tan-ky-11113"]),
        (
            "quyet-thang-hai-duong",
            BEFORE_2019,
            True,
            "xã Quyết Thắng",
            "huyen-thanh-ha",
            ["quyet-thang-hai-duong"],
        ),
        (
            "quyet-thang-hai-duong",
            LAST_OF_THREE_TIERS,
            True,
            "xã Quyết Thắng",
            "thanh-pho-hai-duong",
            ["quyet-thang-hai-duong"],
        ),
        ("quyet-thang-hai-duong", TWO_TIERS, False, "xã Quyết Thắng", None, ["ai-quoc-10660"]),
        ("phu-thu", LAST_OF_THREE_TIERS, True, "phường Phú Thứ", "thi-xa-kinh-mon", ["phu-thu"]),
        ("phu-thu", TWO_TIERS, False, "phường Phú Thứ", None, ["nhi-chieu-10714"]),
    ],
)
def test_a_unit_is_what_it_was_on_the_day(
    places: None, unit_id: str, on: date, exists: bool, title: str, parent: str | None, heirs: list[str]
) -> None:
    unit = queries.unit(unit_id)
    above = queries.parent_of(unit, on)
    assert queries.exists_on(unit, on) is exists
    assert queries.title_of(unit, on) == title
    assert (above.id if above else None) == parent
    assert [heir.id for heir in queries.heirs(unit, on)] == heirs


def test_the_whole_chain_of_successors_is_told_in_order(places: None) -> None:
    unit = queries.unit("nam-trung")
    assert [later.id for later in queries.successors(unit)] == ["tran-phu-nam-sach", "tran-phu-10633"]
    assert [later.id for later in queries.successors(unit, LAST_OF_THREE_TIERS)] == ["tran-phu-nam-sach"]


def test_only_the_succession_known_from_memory_is_unconfirmed(places: None) -> None:
    doubted = UnitSuccession.objects.filter(is_confirmed=False)
    assert [(step.predecessor_id, step.successor_id) for step in doubted] == [("tai-son", "ky-son-tu-ky")]
    assert all(step.legal_basis for step in UnitSuccession.objects.all())


def test_the_path_goes_up_to_the_province_of_the_day(places: None) -> None:
    old, new = queries.unit("nam-trung"), queries.unit("tran-phu-10633")
    assert [unit.id for unit in queries.path_up(old, LAST_OF_OLD)] == ["huyen-nam-sach", "tinh-hai-duong"]
    assert [unit.id for unit in queries.path_up(new, TWO_TIERS)] == ["hai-phong"]


def test_reports_went_to_the_district_and_go_to_the_city(places: None) -> None:
    before = queries.recipient_of(queries.unit("tai-son"), "cchc-tuyen-truyen", date(2023, 7, 20))
    after = queries.recipient_of(queries.unit("tan-ky-11113"), "cchc-tuyen-truyen", TWO_TIERS)
    assert before is not None
    assert before.name == "Phòng Văn hóa và Thông tin huyện Tứ Kỳ"
    assert after is not None
    assert after.name == "Sở Nội vụ thành phố Hải Phòng"
    assert queries.recipient_of(queries.unit("tai-son"), "cchc-tuyen-truyen", TWO_TIERS) is None


@pytest.mark.parametrize(
    ("text", "unit_id"),
    [
        ("nam-trung", "nam-trung"),
        ("nam trung", "nam-trung"),
        ("Xã Nam Trung", "nam-trung"),
        ("UBND xã Nam Trung", "nam-trung"),
        ("xa\u0303 Ta\u0301i Sơn", "tai-son"),
        ("TP Hải Dương", "thanh-pho-hai-duong"),
        ("tỉnh Hải Dương", "tinh-hai-duong"),
        ("phường Hải Dương", "hai-duong-10525"),
        ("xã Cẩm Giàng, Hải Phòng", "cam-giang-10903"),
        ("Trần Phú, Nam Sách", "tran-phu-nam-sach"),
        ("xã Quyết Thắng, thành phố Hải Dương", "quyet-thang-hai-duong"),
    ],
)
def test_a_unit_answers_to_its_id_or_to_a_name_that_is_its_alone(
    places: None, text: str, unit_id: str
) -> None:
    assert queries.unit(text).id == unit_id


def test_a_name_that_repeats_is_refused_with_candidates(places: None) -> None:
    with pytest.raises(queries.UnknownUnit) as refused:
        queries.unit("Quyết Thắng")
    said = str(refused.value)
    assert "quyet-thang-hai-duong" in said
    assert "thành phố Hải Dương" in said
    assert "quyet-thang-11761" in said
    assert "01/7/2025" in said


def test_the_day_tells_repeated_names_apart(places: None) -> None:
    assert queries.unit("Quyết Thắng", on=date(2024, 6, 1)).id == "quyet-thang-hai-duong"
    with pytest.raises(queries.UnknownUnit):
        queries.unit("Quyết Thắng", on=TWO_TIERS)


@pytest.mark.parametrize("text", ["Nam Trungg", "", "   ", "xã", "../etc", "x" * 500])
def test_an_unknown_name_is_refused_in_vietnamese(places: None, text: str) -> None:
    with pytest.raises(queries.UnknownUnit, match="Không có đơn vị"):
        queries.unit(text)


def test_a_misspelt_name_brings_the_nearest(places: None) -> None:
    with pytest.raises(queries.UnknownUnit, match="nam-trung"):
        queries.unit("Nam Trungg")


@pytest.mark.parametrize(
    ("issuer", "on", "unit_id"),
    [
        (Issuer("ỦY BAN NHÂN DÂN XÃ TÁI SƠN", "xã", "Tái Sơn"), date(2023, 7, 20), "tai-son"),
        (Issuer("ỦY BAN NHÂN DÂN XÃ TÁI SƠN"), date(2023, 7, 20), "tai-son"),
        (Issuer("UBND xã Quyết Thắng", "xã", "Quyết Thắng"), date(2024, 6, 1), "quyet-thang-hai-duong"),
        (Issuer("UBND xã Quyết Thắng", "xã", "Quyết Thắng"), date(2025, 8, 1), None),
        (
            Issuer("UBND xã Quyết Thắng", "xã", "Quyết Thắng", "thành phố Hải Phòng"),
            date(2025, 8, 1),
            "quyet-thang-11761",
        ),
        (Issuer(None, "xã", "Trần Phú", "UBND HUYỆN NAM SÁCH"), date(2025, 1, 1), "tran-phu-nam-sach"),
        (Issuer("UBND phường Phú Thứ", "phường", "Phú Thứ"), None, "phu-thu"),
        (Issuer("UBND xã Nam Trung", "xã", "Nam Trung"), date(2025, 1, 1), None),
        (Issuer(), None, None),
    ],
)
def test_a_letterhead_finds_its_unit_or_none(
    places: None, issuer: Issuer, on: date | None, unit_id: str | None
) -> None:
    found = queries.unit_for_issuer(issuer, on)
    assert (found.id if found else None) == unit_id


def test_a_repeated_name_in_a_letterhead_goes_to_the_unit_near(places: None) -> None:
    issuer = Issuer("UBND xã Quyết Thắng", "xã", "Quyết Thắng")
    found = queries.unit_for_issuer(issuer, date(2025, 8, 1), near=queries.unit("tran-phu-10633"))
    assert found is not None
    assert found.id == "quyet-thang-11761"


@pytest.mark.parametrize(
    ("unit_id", "on", "parent", "issuer", "place"),
    [
        ("tai-son", LAST_OF_OLD, None, ("ỦY BAN NHÂN DÂN", "XÃ TÁI SƠN"), "Tái Sơn"),
        ("tran-phu-10633", TWO_TIERS, None, ("ỦY BAN NHÂN DÂN", "XÃ TRẦN PHÚ"), "Xã Trần Phú"),
        ("nhi-chieu-10714", TWO_TIERS, None, ("ỦY BAN NHÂN DÂN", "PHƯỜNG NHỊ CHIỂU"), "Nhị Chiểu"),
        ("huyen-tu-ky-vhtt", LAST_OF_OLD, "UBND HUYỆN TỨ KỲ", ("PHÒNG VĂN HÓA VÀ THÔNG TIN",), "Tứ Kỳ"),
        ("hai-phong", TWO_TIERS, None, ("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG"), "Hải Phòng"),
    ],
)
def test_the_letterhead_is_that_of_the_day(
    places: None, unit_id: str, on: date, parent: str | None, issuer: tuple[str, ...], place: str
) -> None:
    assert queries.letterhead(queries.unit(unit_id), on) == queries.Letterhead(parent, issuer, place)


def test_every_name_of_a_person_is_the_name_of_a_commune_of_today() -> None:
    names = {name.name for spec in present_day() for name in spec.names}
    assert named_after("Trần Phú") == "person"
    assert named_after("4") == "number"
    assert named_after("Tái Sơn") == ""
    assert {name for name in names if named_after(name) == "person"} >= {"Lê Thanh Nghị", "Nguyễn Trãi"}


def test_ids_are_made_of_folded_names() -> None:
    assert slug("Đông Hưng") == "dong-hung"
    assert slug("Văn Miếu - Quốc Tử Giám") == "van-mieu-quoc-tu-giam"


def test_the_names_around_a_commune_are_its_own_and_those_above_and_beside(places: None) -> None:
    names = queries.names_around(Unit.objects.get(pk="nam-trung"))
    assert {"Nam Trung", "Nam Sách", "Hải Dương", "Tứ Kỳ"} <= set(names)
    assert "Phòng Văn hóa và Thông tin" not in names
