"""The units of the seeds as they stood before 1/12/2024, and the units of today that took over from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from dinhlang.org import places
from dinhlang.org.actions.catalogue import _store_units
from dinhlang.org.changes import files
from dinhlang.org.changes.rules import Asked
from dinhlang.org.places import Days, LinkSpec, NameSpec, UnitSpec

TWO_TIERS = date(2025, 7, 1)
TO_BE_MADE = ("tran-phu-nam-sach", "ky-son-tu-ky")
# Beside the communes whose documents we hold: who merged with them, by district.
NEIGHBOURS = {
    "huyen-nam-sach": {"nam-chinh": "Nam Chính", "quoc-tuan": "Quốc Tuấn", "hiep-cat": "Hiệp Cát"},
    "huyen-tu-ky": {
        "ngoc-ky": "Ngọc Kỳ",
        "dai-hop": "Đại Hợp",
        "tan-ky-cu": "Tân Kỳ",
        "dan-an": "Dân An",
        "hung-dao": "Hưng Đạo",
    },
    "huyen-thanh-ha": {"hong-lac": "Hồng Lạc"},
    "thanh-pho-hai-duong": {"ai-quoc-cu": "Ái Quốc"},
    "thi-xa-kinh-mon": {"tan-dan": "Tân Dân", "minh-tan": "Minh Tân", "duy-tan": "Duy Tân"},
}
TODAY = {
    "tran-phu-10633": ("xã", "Trần Phú"),
    "tan-ky-11113": ("xã", "Tân Kỳ"),
    "ai-quoc-10660": ("phường", "Ái Quốc"),
    "nhi-chieu-10714": ("phường", "Nhị Chiểu"),
    "mau-ky-99001": ("xã", "Mẫu Kỳ"),
    "mau-lac-99002": ("xã", "Mẫu Lạc"),
}


def store() -> None:
    """Store them all, without any of the changes that followed."""
    _store_units([*_today(), *_before(), *_neighbours()])


def changes() -> list[Asked]:
    """The changes that followed, as they happened."""
    path = Path(__file__).with_name("changes_2025.toml")
    return files.read(path.read_bytes(), path.name)


def _today() -> list[UnitSpec]:
    days = Days(TWO_TIERS)
    city = UnitSpec("hai-phong", "province", days, (NameSpec("thành phố", "Hải Phòng", days),))
    communes = [
        UnitSpec(
            unit_id, "commune", days, (NameSpec(kind, name, days),), parents=(LinkSpec("hai-phong", days),)
        )
        for unit_id, (kind, name) in TODAY.items()
    ]
    return [city, *communes]


def _before() -> list[UnitSpec]:
    return [_still_there(spec) for spec in places.collection("hai_duong").units if spec.id not in TO_BE_MADE]


def _still_there(spec: UnitSpec) -> UnitSpec:
    """The unit before anyone knew that it would end."""

    def open_ended(days: Days) -> Days:
        return replace(days, ends_on=None) if days.ends_on == spec.days.ends_on else days

    return replace(
        spec,
        days=replace(spec.days, ends_on=None),
        names=tuple(replace(one, days=open_ended(one.days)) for one in spec.names),
        parents=tuple(replace(one, days=open_ended(one.days)) for one in spec.parents),
        reports_to=tuple(replace(one, days=open_ended(one.days)) for one in spec.reports_to),
    )


def _neighbours() -> list[UnitSpec]:
    days = Days()
    return [
        UnitSpec(unit_id, "commune", days, (NameSpec("xã", name, days),), parents=(LinkSpec(district, days),))
        for district, communes in NEIGHBOURS.items()
        for unit_id, name in communes.items()
    ]
