"""How figures are printed and set side by side."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dinhlang.reports.rules import Known, Number, change, printed_value


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (0, "0"),
        (6694, "6.694"),
        (98.2, "98,2"),
        (12.35, "12,35"),  # 10 of 81 is 12,3457: a second rounding would make it 12,4
        (99.96, "99,96"),  # three dossiers late are not 'all on time'
        (Decimal("60.6500"), "60,65"),
        (Decimal("0.125"), "0,13"),
        (100.0, "100"),
    ],
)
def test_a_number_is_printed_the_vietnamese_way_and_rounded_once(value: Number, printed: str) -> None:
    assert printed_value(value) == printed


@pytest.mark.parametrize(
    ("now", "before", "is_share", "told"),
    [
        (Known(3, window_days=182), Known(2, window_days=182), False, "tăng 50%"),
        (Known(2, window_days=182), Known(3, window_days=181), False, "giảm 33,33%"),
        (Known(10004, window_days=1), Known(10000, window_days=1), False, "tăng 0,04%"),
        (Known(5, window_days=1), Known(0, window_days=1), False, "tăng 5"),
        (Known(5, window_days=1), Known(5, window_days=1), False, "bằng"),
        (Known(98.2, window_days=1), Known(96.15, window_days=1), True, "tăng 2,05 điểm %"),
        (Known(5, window_days=182), Known(5, window_days=365), False, ""),
        (Known(5, "hơn", 1), Known(4, window_days=1), False, ""),
        (Known(5, window_days=1), Known(None, window_days=1), False, ""),
        (Known(5, window_days=1), Known(4, window_days=1, comparable=False), False, ""),
    ],
)
def test_two_figures_are_compared_only_when_they_can_be(
    now: Known, before: Known, is_share: bool, told: str
) -> None:
    assert change(now, before, is_share=is_share) == told
