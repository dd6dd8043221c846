"""The receipt: what is confirmed to whoever handed a report in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

SCHEMA = "dinhlang.receipt/1"


def printed_number(number: int, year: int) -> str:
    """'12/TN-2026': counted by each body that receives, from 1 in each year."""
    return f"{number:02d}/TN-{year}"


def receipt(
    *,
    number: int,
    year: int,
    digest: str,
    unit: str,
    recipient: str,
    subject: str,
    symbol: str,
    submitted_at: datetime,
    received_at: datetime,
) -> Mapping[str, Any]:
    """What was received, from whom, by whom, when. `digest` is that of the package; times are ISO with their offset."""
    return {
        "schema": SCHEMA,
        "number": printed_number(number, year),
        "digest": digest,
        "unit": unit,
        "recipient": recipient,
        "subject": subject,
        "symbol": symbol,
        "submitted_at": submitted_at.isoformat(),
        "received_at": received_at.isoformat(),
    }
