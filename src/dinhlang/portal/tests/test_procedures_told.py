"""Sheets that hang on a board lead to the commune's own site and name its hotline."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dinhlang.portal.sites.actions import make_site
from dinhlang.procedures import public

if TYPE_CHECKING:
    from conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.integration]


def test_a_code_leads_to_the_site_of_the_commune(cast: Cast) -> None:
    site = make_site(
        unit=cast.commune, path="ben-truc", by=None, at=cast.now, words={"hotline": "0220 000 000"}
    )
    assert public.address(cast.commune, "1.001193").endswith(f"/{site.path}/thu-tuc/1.001193/")
    assert public.address(cast.commune).endswith(f"/{site.path}/thu-tuc/")
    assert public.address(cast.commune).startswith("http")
    assert public.hotline(cast.commune) == "0220 000 000"


def test_a_commune_without_a_site_has_the_address_that_it_would_have(cast: Cast) -> None:
    assert public.address(cast.neighbour_commune, "1.001193").endswith("/ben-dua/thu-tuc/1.001193/")
    assert public.hotline(cast.neighbour_commune) == ""
