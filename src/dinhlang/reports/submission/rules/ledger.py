"""The ledger of facts inside a package: each figure, the lines behind it, and whether the one follows from the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from dinhlang.org.rules import Refused
from dinhlang.reports.rules import LINES
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN
from dinhlang.work.models import Exactness
from dinhlang.work.rules import DIGEST_MODULUS

SCHEMA = "dinhlang.facts/1"
LEDGER = "ledger"
MOST_FIGURES = 2_000
MOST_LINES = 2**31
_HEX = frozenset("0123456789abcdef")
_LARGEST = Decimal(10) ** 15


class BadLedger(Refused):
    """The ledger cannot be read, or its figures do not follow from its lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the sender's ledger: `counts` what it counts by concept; `joint` what shows that another unit speaks of
    the same event (the link or file that proves it)."""

    id: int
    hash: str
    on: str
    kind: str
    title: str
    counts: Mapping[str, int]
    exactness: Mapping[str, str]
    files: int
    joint: str | None


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure as its unit states it. `evidence` are ids of lines, `quote` the words of an old document."""

    anchor: str
    concept: str
    label: str
    start: date
    end: date
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    exactness: str
    printed: str
    origin: str
    lines: int
    digest: str
    evidence: tuple[int, ...]
    quote: str

    @property
    def name(self) -> str:
        """What a person calls it."""
        return self.label or self.concept or self.anchor


@dataclass(frozen=True, slots=True)
class Ledger:
    """Figures in the order of the document, and every line that stands behind one of them."""

    figures: tuple[Stated, ...]
    lines: Mapping[int, Line]

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> Ledger:
        """The ledger in those values. Raises `BadLedger`."""
        if told.get("schema") != SCHEMA:
            raise BadLedger(
                _(
                    "Sổ số liệu trong gói theo mẫu “%(schema)s”, máy nhận chỉ đọc mẫu “%(known)s”. Cập nhật phần mềm."
                )
                % {"schema": str(told.get("schema"))[:60], "known": SCHEMA}
            )
        try:
            lines = {line.id: line for line in map(_line, told["lines"])}
            figures = tuple(map(_stated, told["figures"]))
        except (KeyError, TypeError, ValueError, InvalidOperation, AttributeError):
            raise BadLedger(
                _("Sổ số liệu trong gói thiếu hoặc sai giá trị. Lập lại gói rồi gửi lại.")
            ) from None
        anchors = [one.anchor for one in figures]
        if (
            len(lines) != len(told["lines"])
            or len(set(anchors)) != len(anchors)
            or len(anchors) > MOST_FIGURES
        ):
            raise BadLedger(
                _("Sổ số liệu trong gói có dòng hoặc số liệu ghi hai lần. Lập lại gói rồi gửi lại.")
            )
        return cls(figures, lines)

    def told(self) -> dict[str, Any]:
        """The values that `of` reads."""
        return {
            "schema": SCHEMA,
            "figures": [
                {
                    "anchor": one.anchor,
                    "concept": one.concept,
                    "label": one.label,
                    "window": {"from": one.start.isoformat(), "to": one.end.isoformat()},
                    "value": None if one.value is None else format(one.value.normalize(), "f"),
                    "numerator": one.numerator,
                    "denominator": one.denominator,
                    "exactness": one.exactness,
                    "printed": one.printed,
                    "origin": one.origin,
                    "lines": one.lines,
                    "digest": one.digest,
                    "evidence": list(one.evidence),
                    "quote": one.quote,
                }
                for one in self.figures
            ],
            "lines": [
                {
                    "id": line.id,
                    "hash": line.hash,
                    "on": line.on,
                    "kind": line.kind,
                    "title": line.title,
                    "counts": dict(line.counts),
                    "exactness": dict(line.exactness),
                    "files": line.files,
                    "joint": line.joint,
                }
                for line in self.lines.values()
            ],
        }

    def evidence_of(self, figure: Stated) -> list[dict[str, Any]]:
        """The lines behind a figure, as they are stored with it (docs/submission.md)."""
        return [
            {
                "id": line.id,
                "hash": line.hash,
                "on": line.on,
                "kind": line.kind,
                "title": line.title,
                "value": line.counts.get(figure.concept, 1 if figure.concept.startswith(LINES) else None),
                "exactness": line.exactness.get(figure.concept, ""),
                "files": line.files,
                "joint": line.joint,
            }
            for line in (self.lines[one] for one in figure.evidence if one in self.lines)
        ]

    def check(self) -> None:
        """Refuse figures that do not follow from their lines and from each other. Raises `BadLedger`."""
        same: dict[tuple[str, date, date], Stated] = {}
        for figure in self.figures:
            self._check(figure)
            first = same.setdefault((figure.concept, figure.start, figure.end), figure)
            if figure.concept and first.value != figure.value:
                raise BadLedger(
                    _(
                        "“%(name)s” ghi hai giá trị khác nhau, %(one)s và %(two)s, cho cùng một kỳ. Lập lại báo cáo."
                    )
                    % {"name": figure.name, "one": first.printed, "two": figure.printed}
                )

    def _check(self, figure: Stated) -> None:
        if figure.numerator is not None and figure.denominator is not None:
            _check_share(figure)
        if figure.origin != LEDGER or figure.value is None or figure.concept in FROM_PLAN:
            return
        behind = [self.lines[one] for one in figure.evidence if one in self.lines]
        if len(behind) != len(figure.evidence):
            raise BadLedger(
                _("“%(name)s” dẫn tới dòng sổ không có trong gói. Lập lại gói rồi gửi lại.")
                % {"name": figure.name}
            )
        for said, counts in _sums(figure, behind):
            if said != counts:
                raise BadLedger(
                    _(
                        "“%(name)s” ghi %(said)s nhưng cộng các dòng sổ được %(counts)s. Lập lại báo cáo từ sổ."
                    )
                    % {"name": figure.name, "said": said, "counts": counts}
                )
        if figure.concept.startswith(LINES) or figure.numerator is not None or not figure.digest:
            return
        total = sum(int(line.hash, 16) for line in behind) % DIGEST_MODULUS
        if f"{total:064x}" != figure.digest:
            raise BadLedger(
                _("Mã băm của “%(name)s” không khớp các dòng sổ đứng sau. Lập lại gói rồi gửi lại.")
                % {"name": figure.name}
            )


def _sums(figure: Stated, behind: list[Line]) -> Iterator[tuple[Decimal, Decimal]]:
    """What is stated, and what the lines make of it."""
    if figure.concept.startswith(LINES):
        yield figure.value or Decimal(0), Decimal(len(behind))
        return
    concept = CONCEPTS.get(figure.concept)
    if concept is None:
        return  # the sender counts something that is not known here
    if concept.numerator is None or concept.denominator is None:
        yield figure.value or Decimal(0), _total(concept.id, behind)
    elif figure.numerator is not None and figure.denominator is not None:
        yield Decimal(figure.numerator), _total(concept.numerator, behind)
        yield Decimal(figure.denominator), _total(concept.denominator, behind)


def _total(concept: str, behind: list[Line]) -> Decimal:
    return Decimal(sum(line.counts.get(concept, 0) for line in behind))


def _check_share(figure: Stated) -> None:
    top, bottom = figure.numerator or 0, figure.denominator or 0
    share = (Decimal(top) * 100 / bottom).quantize(Decimal("0.01"), ROUND_HALF_UP) if bottom else None
    same = (
        figure.value == share
        if share is None or figure.value is None
        else abs(figure.value - share) <= Decimal("0.01")
    )
    if not same:
        raise BadLedger(
            _(
                "Tỷ lệ “%(name)s” ghi %(printed)s nhưng tử số là %(top)s, mẫu số là %(bottom)s. Lập lại báo cáo từ sổ."
            )
            % {"name": figure.name, "printed": figure.printed, "top": top, "bottom": bottom}
        )


# --- reading values --------------------------------------------------------------------------------


def _line(told: Mapping[str, Any]) -> Line:
    counts = {text_of(name, 40): whole_of(value) for name, value in told["counts"].items()}
    exactness = {text_of(name, 40): text_of(word, 10) for name, word in told["exactness"].items()}
    joint = told["joint"]
    return Line(
        id=whole_of(told["id"]),
        hash=_hex(told["hash"]),
        on=date.fromisoformat(told["on"]).isoformat(),
        kind=text_of(told["kind"], 20),
        title=text_of(told["title"], 500),
        counts=counts,
        exactness=exactness,
        files=whole_of(told["files"]),
        joint=None if joint is None else text_of(joint, 1100),
    )


def _stated(told: Mapping[str, Any]) -> Stated:
    numerator, denominator = told["numerator"], told["denominator"]
    start, end = (date.fromisoformat(told["window"][name]) for name in ("from", "to"))
    exactness = text_of(told["exactness"], 10)
    if end < start or exactness not in Exactness.values:
        raise ValueError(told)
    digest = told["digest"]
    return Stated(
        anchor=text_of(told["anchor"], 60) or _empty(),
        concept=text_of(told["concept"], 40),
        label=text_of(told["label"], 200),
        start=start,
        end=end,
        value=number_of(told["value"]),
        numerator=None if numerator is None else whole_of(numerator),
        denominator=None if denominator is None else whole_of(denominator),
        exactness=exactness,
        printed=text_of(told["printed"], 60),
        origin=text_of(told["origin"], 10),
        lines=whole_of(told["lines"], MOST_LINES),
        digest=_hex(digest) if digest else "",
        evidence=tuple(whole_of(one) for one in told["evidence"]),
        quote=text_of(told["quote"], 300),
    )


def text_of(value: Any, most: int) -> str:
    """A text of at most so many characters that every database keeps. Raises ValueError."""
    if not isinstance(value, str) or len(value) > most or "\0" in value:
        raise ValueError(value)
    value.encode()  # half of a character that JSON writes as two is no text: a UnicodeEncodeError is a ValueError
    return value


def number_of(value: Any) -> Decimal | None:
    """A value as it is stored, or none. Raises ValueError and InvalidOperation."""
    number = None if value is None else Decimal(text_of(value, 24))
    if number is not None and (not number.is_finite() or abs(number) >= _LARGEST):
        raise ValueError(value)
    return number


def _empty() -> str:
    raise ValueError


def whole_of(value: Any, most: int = 2**62) -> int:
    """A count, from 0 to below `most`. Raises ValueError."""
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < most:
        raise ValueError(value)
    return value


def _hex(value: Any) -> str:
    if not isinstance(value, str) or len(value) != 64 or not set(value) <= _HEX:
        raise ValueError(value)
    return value
