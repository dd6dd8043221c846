"""Files of these tests lie in a folder of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def _blobs_of_the_test(settings: Settings, tmp_path: Path) -> None:
    settings.BLOBS = tmp_path / "blobs"
