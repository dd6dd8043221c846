"""Slips with a code each, and the poster that everyone may scan, as PDF."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from dinhlang.citizens.models import SurveyRound
from dinhlang.citizens.surveys.rules.rounds import printed_token
from dinhlang.org import queries as org
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Unit
from dinhlang.org.qr import qr_svg
from dinhlang.org.rules import printed_day
from dinhlang.org.typesetting import Typesetter

_FILE = Path(__file__).with_name("slips.typ")
_SHORT = 90
_FAMILIES = ("Liberation Sans", "Arial", "Noto Sans")


@kept_in_vietnamese
def slips(round_: SurveyRound, made: Sequence[tuple[int | None, str, str]], *, on: date) -> bytes:
    """Eight slips to a sheet of A4, to be cut: number, code, address of each. One alone is as wide as the sheet."""
    document = _document(round_, on) | {
        "form": "slips",
        # As much as a slip has room for beside the code.
        "short": Truncator(round_.version.definition["title"]).chars(_SHORT),
        "slips": [
            {
                "number": _("Phiếu số %s") % number if number is not None else "",
                "code": printed_token(token),
                "ask": _("Quét mã, hoặc vào %s rồi gõ mã:") % _door(address),
                "qr": qr_svg(address),
            }
            for number, token, address in made
        ],
        "note": _("Mỗi mã trả lời một lần. Không hỏi họ tên."),
    }
    return _typesetter().pdf(document)


@kept_in_vietnamese
def poster(round_: SurveyRound, address: str, *, on: date) -> bytes:
    """One sheet of A4 with a large code."""
    return poster_of(
        round_.unit,
        title=round_.version.definition["title"],
        ask=_("Quét mã bằng điện thoại, hoặc vào:"),
        address=address,
        note=_("Không hỏi họ tên. Trả lời mất vài phút."),
        days=_days(round_),
        on=on,
    )


@kept_in_vietnamese
def poster_of(unit: Unit, *, title: str, ask: str, address: str, note: str, days: str, on: date) -> bytes:
    """A poster of anything that is opened by its code: a round, a contest, a class."""
    return _typesetter().pdf(
        {
            "form": "poster",
            "body": _body(unit, on),
            "title": title,
            "qr": qr_svg(address),
            "ask": ask,
            "address": address.partition("//")[2].rstrip("/"),
            "note": note,
            "days": days,
        }
    )


def _document(round_: SurveyRound, on: date) -> dict[str, Any]:
    return {
        "body": _body(round_.unit, on),
        "title": round_.version.definition["title"],
        "days": _days(round_),
    }


def _body(unit: Unit, on: date) -> str:
    return _("Ủy ban nhân dân %(name)s") % {"name": org.title_of(unit, on)}


def _days(round_: SurveyRound) -> str:
    return _("Từ ngày %(first)s đến hết ngày %(last)s") % {
        "first": printed_day(round_.opens_on),
        "last": printed_day(round_.closes_on),
    }


def _door(address: str) -> str:
    """Where a code is typed: the address without the code."""
    return address.partition("//")[2].rstrip("/").rpartition("/")[0]


@lru_cache(maxsize=1)
def _typesetter() -> Typesetter:
    return Typesetter(_FILE, first=_FAMILIES)
