"""Mistakes of every kind, planted one at a time into documents in good order: each is found, and nothing beside it."""

from __future__ import annotations

import pytest

from dinhlang.officialdoc.check import FindingKind
from dinhlang.officialdoc.tests.planted import Mistake, mistakes

ALL = mistakes()
# A heading with a wrong number or a wrong day of the document may put its neighbours in doubt too.
MOST_BESIDE = 1


@pytest.mark.parametrize("mistake", ALL, ids=lambda one: f"{one.kinds[0]}-{one.write[:30]}")
def test_a_planted_mistake_is_found_and_little_else(mistake: Mistake) -> None:
    told, others = mistake.findings()
    assert told
    assert len(others) <= MOST_BESIDE, others


def test_few_mistakes_have_findings_beside_them() -> None:
    assert sum(bool(mistake.findings()[1]) for mistake in ALL[::3]) <= len(ALL[::3]) // 10


def test_mistakes_of_every_kind_are_planted() -> None:
    # What needs the page, not the text, is planted in the tests of the layout.
    planted = {kind for mistake in ALL for kind in mistake.kinds}
    assert planted == {kind.value for kind in FindingKind}
