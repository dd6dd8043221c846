"""Who asks for each address, and the answers that many addresses share."""

from __future__ import annotations

OF_THE_COMMUNE = frozenset(
    {
        "chu-tich",
        "van-hoa",
        "van-phong",
        "mot-cua",
        "truyen-thanh",
        "truong-thon",
        "cong-tac-vien",
        "quan-tri",
    }
)
NEIGHBOUR = "ben-dua"
REVIEWER = "so-noi-vu"
CAST = OF_THE_COMMUNE | {NEIGHBOUR, REVIEWER}

# What a GET answers to whom. Nobody signed in is always led to the sign-in page.
EVERYONE = dict.fromkeys(CAST, 200)
WHO_MAY_SEE_IT = {**EVERYONE, NEIGHBOUR: 404}
WHO_EDITS_OUTLINES = {**dict.fromkeys(CAST, 404), "chu-tich": 200, "van-hoa": 200, "van-phong": 200}
ONLY_BY_A_FORM = dict.fromkeys(CAST, 405)
