"""How long an answer may take in a unit on a day, and what of it is checked law: data with dates and a legal basis."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.citizens.rules.categories import label_of
from dinhlang.org.rules import Unfit
from dinhlang.periods.clock import BadTerm, Term
from dinhlang.periods.duration import read_duration

_LENGTHS = ("accept", "answer", "extended", "reopened", "wait")
MOST_RATE_DAYS = 365


@dataclass(frozen=True, slots=True)
class Terms:
    """Lengths of time in the words of a decision ('15 ngày làm việc').

    `accept`: until a case is looked at; `answer`: until it is answered, `categories` where one is handled faster or slower;
    `extended`: the whole time of one that is extended, once; `reopened`: of one that was reopened; `wait`: for how long a
    sender is waited for who was asked something. Within `rate_days` days of an answer the sender may rate it and have the
    case reopened, once; then it is closed.
    """

    accept: str
    answer: str
    extended: str
    reopened: str
    wait: str
    rate_days: int
    categories: Mapping[str, str] = field(default_factory=dict)
    name: str = ""
    legal_basis: str = ""
    is_checked: bool = True

    def answer_of(self, category: str) -> str:
        """The time for a category."""
        return self.categories.get(category, self.answer)

    def to_json(self) -> dict[str, Any]:
        """What is stored: the lengths, without name and basis, which stand beside."""
        return {
            **{name: getattr(self, name) for name in _LENGTHS},
            "rate_days": self.rate_days,
            "categories": dict(self.categories),
        }

    @classmethod
    def from_json(
        cls, said: Mapping[str, Any], *, name: str = "", legal_basis: str = "", is_checked: bool = True
    ) -> Terms:
        """What `to_json` gave, or a file says. Raises `Unfit` that names the part."""
        lengths = {one: str(said.get(one, "")) for one in _LENGTHS}
        faster = {str(key): str(words) for key, words in dict(said.get("categories") or {}).items()}
        for part, words in (*lengths.items(), *(("categories", one) for one in faster.values())):
            _check_length(words, part)
        days = said.get("rate_days")
        if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= MOST_RATE_DAYS:
            raise Unfit(
                _("Số ngày được đánh giá phải từ 1 đến %(most)s.") % {"most": MOST_RATE_DAYS}, "rate_days"
            )
        return cls(
            **lengths,
            rate_days=days,
            categories=faster,
            name=name,
            legal_basis=legal_basis,
            is_checked=is_checked,
        )


def lengths(terms: Terms) -> list[tuple[str, str]]:
    """The terms with what each is called, as people read them; a category that has one of its own by its name."""
    labels = labels_of_lengths()
    every = [(labels[name], str(getattr(terms, name))) for name in _LENGTHS]
    own = [(label_of(key), words) for key, words in terms.categories.items()]
    return [*every, *own, (_("Được đánh giá, mở lại trong"), _("%(days)s ngày") % {"days": terms.rate_days})]


def labels_of_lengths() -> dict[str, str]:
    """What each length is called."""
    return {
        "accept": _("Xem và tiếp nhận"),
        "answer": _("Trả lời"),
        "extended": _("Trả lời khi đã gia hạn"),
        "reopened": _("Trả lời lại khi mở lại"),
        "wait": _("Chờ người gửi bổ sung"),
    }


@dataclass(frozen=True, slots=True)
class Given:
    """Terms of a file, with the day from which they hold."""

    terms: Terms
    starts_on: date


def read_terms(data: bytes) -> Given:
    """Terms from a TOML file in UTF-8: name, starts_on, legal_basis and a table `values` as `Terms.to_json`. Raises `Unfit`."""
    try:
        said = tomllib.loads(data.decode("utf-8"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as reason:
        raise Unfit(_("Không đọc được tệp TOML: %(reason)s.") % {"reason": reason}, "file") from None
    name, basis, day = said.get("name"), said.get("legal_basis"), said.get("starts_on")
    if not (isinstance(name, str) and name.strip() and isinstance(basis, str) and basis.strip()):
        raise Unfit(
            _("Tệp thiếu tên quy định hoặc căn cứ (%(keys)s). Ghi cả hai.") % {"keys": "name, legal_basis"},
            "legal_basis",
        )
    if type(day) is not date:
        raise Unfit(
            _("Tệp thiếu ngày áp dụng (%(keys)s), ghi như 2026-07-01.") % {"keys": "starts_on"}, "starts_on"
        )
    if not isinstance(said.get("values"), dict):
        raise Unfit(_("Tệp thiếu bảng các thời hạn (%(keys)s).") % {"keys": "[values]"}, "values")
    terms = Terms.from_json(said["values"], name=name.strip()[:200], legal_basis=basis.strip()[:300])
    return Given(terms, day)


def _check_length(words: str, part: str) -> None:
    try:
        term_of(words)
    except BadTerm as reason:
        raise Unfit(str(reason), part) from None


def term_of(words: str) -> Term:
    """The term that a length of time in words is ('15 ngày làm việc'). Raises `BadTerm`."""
    length = read_duration(words)
    if length is None:
        raise BadTerm(f"Không đọc được thời hạn “{words}”. Ghi như “15 ngày làm việc”.")
    return Term(length)


@cache
def _shipped() -> tuple[tuple[date, Terms], ...]:
    text = resources.files("dinhlang.citizens").joinpath("data/terms.toml").read_text("utf-8")
    found = [
        (
            one["starts_on"],
            Terms.from_json(
                one["values"], name=one["name"], legal_basis=one["legal_basis"], is_checked=one["is_checked"]
            ),
        )
        for one in tomllib.loads(text)["terms"]
    ]
    return tuple(sorted(found, key=lambda pair: pair[0], reverse=True))


def usual_terms(on: date) -> Terms:
    """Those that hold where a unit has none of its own."""
    return next((terms for day, terms in _shipped() if day <= on), _shipped()[-1][1])
