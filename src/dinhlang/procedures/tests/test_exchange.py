"""Procedures for machines: schema.org, CPSV-AP 3.2, tables."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from dinhlang.org import tables
from dinhlang.procedures import exchange, reading
from dinhlang.procedures.exchange import Described, Provider
from dinhlang.procedures.rules import Sheet, Standing, checklist
from dinhlang.procedures.rules.fees import amount
from dinhlang.procedures.rules.sheet import Paper
from dinhlang.procedures.tests.sheets import BIRTH, MARRIAGE, SHOP

COMMUNE = Provider(
    name="Ủy ban nhân dân xã Bến Trúc",
    url="https://ben-truc.example.vn/",
    area="xã Bến Trúc",
    telephone="0220 000 000",
    address="Thôn Đông",
    hours="Mo-Fr 07:30-17:00",
)
DESCRIBED = Described(
    code="1.001193",
    sheet=BIRTH,
    url="https://ben-truc.example.vn/thu-tuc/1.001193/",
    provider=COMMUNE,
    events=[("sinh-con", "Sinh con")],
    modified="2026-04-01",
)
# Of the shapes 3.2.0: which properties a node of a class must have, and may have once only.
MUST = {
    "cpsv:PublicService": {"dct:identifier", "dct:title", "dct:description", "cv:hasCompetentAuthority"},
    "cv:PublicOrganisation": {"skos:prefLabel", "dct:spatial"},
    "cv:Channel": {"dct:identifier"},
    "cv:Evidence": {"dct:identifier", "dct:title"},
    "cv:Cost": {"dct:identifier"},
    "cv:Output": {"dct:identifier", "dct:title"},
    "cv:Requirement": {"dct:identifier", "dct:title"},
    "cv:LifeEvent": {"dct:identifier", "dct:title"},
    "dcat:Dataset": {"dct:title", "dct:description", "dct:publisher"},
}
ONCE = {"dct:identifier", "adms:status", "cv:processingTime", "dct:type", "cv:hasValue", "dct:publisher"}


def nodes(made: Any) -> list[dict[str, Any]]:
    if isinstance(made, list):
        return [node for one in made for node in nodes(one)]
    if not isinstance(made, dict):
        return []
    return [made, *(node for key, one in made.items() if key != "@context" for node in nodes(one))]


@pytest.mark.parametrize("sheet", [BIRTH, MARRIAGE, SHOP, Sheet(name="Chỉ có tên")])
def test_a_service_keeps_the_cardinalities_of_cpsv_ap(sheet: Sheet) -> None:
    made = exchange.cpsv_catalogue(
        "Danh mục", "https://ben-truc.example.vn/thu-tuc/", COMMUNE, [replace_sheet(sheet)]
    )
    found = nodes(made)
    assert any(node.get("@type") == "cpsv:PublicService" for node in found)
    for node in found:
        missing = MUST.get(node.get("@type", ""), set()) - node.keys()
        assert not missing, (node["@type"], missing)
        for key, value in node.items():
            if key in ONCE:
                assert not isinstance(value, list), key
            elif ":" in key and key not in {"cv:hasTelephone", "cv:hasEmail", "cv:openingHours", "cv:contactPage", "cv:currency", "skos:inScheme", "dct:isReplacedBy"}:  # fmt: skip
                assert isinstance(value, list), key
    prefixes = {key.partition(":")[0] for node in found for key in node if ":" in key}
    assert prefixes <= exchange.CONTEXT.keys()


def replace_sheet(sheet: Sheet) -> Described:
    return replace(DESCRIBED, sheet=sheet)


def test_times_differ_by_channel_and_working_days_stay_in_words() -> None:
    made = exchange.cpsv_service(DESCRIBED)
    assert "cv:processingTime" not in made
    counter, online = made["cv:hasChannel"]
    assert counter["cv:processingTime"]["@value"] == "P0D"
    assert online["cv:processingTime"]["@value"] == "P1D"
    assert {"@language": "vi", "@value": "01 ngày làm việc"} in online["dct:description"]
    assert exchange.cpsv_service(replace_sheet(MARRIAGE))["cv:processingTime"]["@value"] == "P5D"


def test_a_service_of_schema_org_says_what_a_reader_of_it_needs() -> None:
    made = exchange.government_service(DESCRIBED)
    assert {
        "name", "description", "url", "identifier", "serviceType", "provider", "serviceOperator", "jurisdiction",
        "areaServed", "audience", "availableChannel", "offers", "serviceOutput", "subjectOf",
    } <= made.keys()  # fmt: skip
    assert made["identifier"]["value"] == "1.001193"
    assert [one.get("processingTime") for one in made["availableChannel"]] == ["P0D", "P1D"]
    assert made["availableChannel"][1]["serviceUrl"] == exchange.NATIONAL_PORTAL
    prices = {one["description"]: one.get("price") for one in made["offers"]}
    assert prices == {BIRTH.methods[0].fee: None, "Miễn lệ phí": 0}
    json.dumps(made)


def test_an_abolished_service_says_so_and_what_replaces_it() -> None:
    made = exchange.cpsv_service(
        replace(
            DESCRIBED,
            standing=Standing.ABOLISHED,
            replaced_by="https://ben-truc.example.vn/thu-tuc/2.001263/",
        )
    )
    assert made["adms:status"]["skos:prefLabel"][0]["@value"] == "abolished"
    assert made["dct:isReplacedBy"].endswith("2.001263/")


@pytest.mark.parametrize(
    ("words", "money"),
    [
        ("Miễn phí", 0),
        ("Không", 0),
        ("50,000 Việt Nam Đồng", 50_000),
        ("8.000 đồng", 8_000),
        ("Lệ phí : 25000 Đồng", 25_000),
        ("Miễn phí (Mức lệ phí do Hội đồng nhân dân tỉnh quyết định)", None),
        ("10.000 đồng; miễn cho hộ nghèo", None),
        ("2.000 đồng/trang; từ trang thứ ba 1.000 đồng", None),
        ("Theo quy định", None),
        ("", None),
    ],
)
def test_a_fee_is_a_number_only_when_its_words_say_one_thing(words: str, money: int | None) -> None:
    assert amount(words) == money


def test_a_table_that_left_is_read_again() -> None:
    rows = [exchange.row("1.001193", BIRTH), exchange.row("1.000894", MARRIAGE)]
    found = reading.read(tables.as_xlsx(exchange.COLUMNS, rows), "a.xlsx")
    first, second = (one.sheet for one in found.records)
    assert [one.code for one in found.records] == ["1.001193", "1.000894"]
    assert (first.name, first.field, first.levels) == (BIRTH.name, BIRTH.field, BIRTH.levels)
    assert [one.channel for one in first.methods] == [one.channel for one in BIRTH.methods]
    assert second.methods == (replace(MARRIAGE.methods[0], fee=""),)
    assert second.fees == "Miễn phí"


def test_what_to_bring_is_a_list_with_notes_beside_it() -> None:
    sheet = replace(
        BIRTH,
        papers=(
            Paper("- Tờ khai", 1, None, "1 bản chính", "To khai.docx", "* Giấy tờ phải nộp:"),
            Paper("Bản sao thẻ", None, 2, "2 bản sao", "", "* Giấy tờ phải nộp:"),
            Paper("Không phải nộp nếu đã có dữ liệu.", 0, None, "0 bản chính", "", "* Giấy tờ phải nộp:"),
        ),
    )
    [group] = checklist(sheet)
    assert group.title == "Giấy tờ phải nộp"
    assert [(one.name, one.count) for one in group.items] == [
        ("Tờ khai", "1 bản chính"),
        ("Bản sao thẻ", "2 bản sao"),
    ]
    assert group.notes == ("Không phải nộp nếu đã có dữ liệu.",)
