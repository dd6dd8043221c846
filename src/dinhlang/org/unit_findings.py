"""What is wrong in a document about units on its day: rules for the checker that ask the catalogue of units.

The rules of official documents know no database. These do, and find in the same form: what a person leaves with a reason,
takes as a fix or gets as a comment in Word is the same for both. DV01–DV03 are about the letterhead, DV04 about the text.

They keep silent where they are not sure: of names that more than one unit of the province bore, of what is said of the past.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.utils.translation import gettext as _

from dinhlang.officialdoc import check
from dinhlang.officialdoc.check import Finding, FindingKind, Layout, Rule, Severity
from dinhlang.officialdoc.check.case import Case
from dinhlang.officialdoc.check.letters import UPPER
from dinhlang.officialdoc.check.pieces import Part, Piece
from dinhlang.officialdoc.check.registry import Found, Hit
from dinhlang.officialdoc.model import Document
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.org.models import Unit
from dinhlang.org.queries.named import Bearer, Fate, Spelling, bearers, fate, spelling
from dinhlang.org.queries.standing import parent_of, path_up, title_of
from dinhlang.org.queries.succession import predecessor_ids
from dinhlang.org.rules import printed_day
from dinhlang.vietnamese.text import fold

ENDED, NOT_YET, WRONG_PARENT, NAMED = "DV01", "DV02", "DV03", "DV04"

_KINDS = ("thị trấn", "thị xã", "thành phố", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
_KIND = "|".join(form for kind in _KINDS for form in (kind, kind.capitalize(), kind.upper()))
_WORD = rf"[{UPPER}][^\W\d_]*(?:['’][^\W\d_]+)?"
# The whole run of capitalised words is the name: 'xã Tân Kỳ Đông' is not 'xã Tân Kỳ'.
_UNIT = re.compile(rf"(?<![^\W_])(?P<kind>{_KIND}) (?P<name>{_WORD}(?: {_WORD}){{0,4}})(?![^\W_])")
_ABOVE = re.compile(rf"\s*(?:,|-|–|thuộc)\s*(?P<unit>(?:{_KIND}) {_WORD}(?: {_WORD}){{0,4}})")
_PAST = re.compile(
    r"(?<!can )\bcu\b|\btruoc (?:day|do|khi|ngay|sap)|sap nhap|hop nhat|giai the|sap xep|chia tach|doi ten|nay la|nay thuoc"
    r"|thanh lap|ban giao|tiep nhan tu|lich su|ke thua|nguyen (?:la|quan)|que quan|sinh (?:ra|ngay|nam)|dia chi|thuong tru"
    r"|chuyen (?:tu|ve|thanh)|khong con|ket thuc"
)
_CITED = re.compile(r"\d\s*/\s*(?:\d{4}\s*/\s*)?[A-ZĐ][^;]*$|ngày [\d/ thángnăm]+ của [^;]*$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_Known = dict[tuple[frozenset[Spelling], date], dict[Spelling, tuple[Bearer, ...]]]
_SAID = (Part.SUBJECT, Part.HEADING, Part.BODY, Part.ITEM)


@kept_in_vietnamese
def judged(
    document: Document,
    near: Sequence[Unit],
    *,
    as_of: date | None = None,
    text: str | None = None,
    draft: bool = False,
    layout: Layout | None = None,
) -> tuple[Finding, ...]:
    """What the checker finds (`officialdoc.check`), with what is wrong about units. `near` are the units to whose province
    the document belongs; without them only the checker speaks."""
    if not near:
        return check.check(document, as_of=as_of, text=text, draft=draft, layout=layout)
    rules = (*check.rules_in(check.packs_for(document.kind), check.all_rules()), *rules_near(near))
    return _said_once(check.check(document, as_of=as_of, text=text, draft=draft, layout=layout, rules=rules))


@kept_in_vietnamese
def about_units(
    document: Document, near: Sequence[Unit], on: date, others: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Only what is wrong about units named in a draft, without what the `others` say already. Its letterhead is printed
    from the catalogue and is not asked about."""
    named = [rule for rule in rules_near(near) if rule.id == NAMED]
    found = check.check(document, as_of=on, draft=True, rules=named)
    return tuple(one for one in _said_once((*others, *found)) if _is_ours(one))


def rules_near(near: Sequence[Unit]) -> tuple[Rule, ...]:
    """The rules, for documents that come from these units' province."""
    units = tuple(near)
    # The rules ask for the same: what was found stays with them.
    known: _Known = {}
    return tuple(
        Rule(number, FindingKind.ABOLISHED_BODY, severity, title, _asking(units, known, find))
        for number, severity, title, find in (
            (ENDED, Severity.ERROR, _("Cơ quan ban hành không còn vào ngày của văn bản"), _ended),
            (NOT_YET, Severity.WARNING, _("Cơ quan ban hành chưa có vào ngày của văn bản"), _not_yet),
            (WRONG_PARENT, Severity.ERROR, _("Cơ quan cấp trên không đúng vào ngày của văn bản"), _parent),
            (NAMED, Severity.WARNING, _("Đơn vị được nhắc đến không còn vào ngày của văn bản"), _named),
        )
    )


def _said_once(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Without what a rule of the checker says of the same place: 'UBND huyện' is no more, whichever it was."""
    found = tuple(found)
    bodies = [one for one in found if one.kind is FindingKind.ABOLISHED_BODY and not _is_ours(one)]
    return tuple(one for one in found if not (_is_ours(one) and any(_meet(one, other) for other in bodies)))


def _is_ours(one: Finding) -> bool:
    return one.rule in (ENDED, NOT_YET, WRONG_PARENT, NAMED)


def _meet(one: Finding, other: Finding) -> bool:
    return (
        one.place.path == other.place.path
        and one.place.start < other.place.end
        and other.place.start < one.place.end
    )


def _asking(near: Sequence[Unit], known: _Known, find: Callable[[_Told], Found]) -> Callable[[Case], Found]:
    def found(case: Case) -> Found:
        return find(_Told(case, near, case.day, known)) if case.day else ()

    return found


# --- what the document says of units --------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mention:
    """A unit named in a text, from `start` up to `end`. `above` is the unit written after it, if any."""

    piece: Piece
    start: int
    end: int
    spelling: Spelling
    above: Spelling | None = None

    @property
    def text(self) -> str:
        return self.piece.text[self.start : self.end]

    def hit(self, message: str, fix: str | None, basis: str) -> Hit:
        return Hit(
            self.piece, self.start, self.end, message, fix and _written_as(self.text, fix), basis or None
        )


@dataclass(frozen=True)
class _Told:
    """A document on its day, and whose province it comes from."""

    case: Case
    near: Sequence[Unit]
    on: date
    known: _Known

    @cached_property
    def issuer(self) -> _Mention | None:
        issuer = self.case.document.issuer
        if issuer is None or not issuer.unit_kind or not issuer.unit_name:
            return None
        wanted = spelling(issuer.unit_kind, issuer.unit_name)
        return self._of_head(wanted, "name", issuer.name or f"{issuer.unit_kind} {issuer.unit_name}")

    @cached_property
    def parent(self) -> _Mention | None:
        issuer = self.case.document.issuer
        text = issuer.parent if issuer else None
        found = _UNIT.search(text or "")
        if text is None or found is None:
            return None
        return self._of_head(spelling(found["kind"], found["name"]), "parent", text)

    def _of_head(self, wanted: Spelling, field: str, text: str) -> _Mention:
        """Where the letterhead names the unit; of a document that was never a file, its field."""
        for line in (*self.case.head_lines, Piece(("issuer", field), Part.LINE, text)):
            for one in _mentions(line):
                if one.spelling == wanted:
                    return one
        return _Mention(Piece(("issuer", field), Part.LINE, text), 0, len(text), wanted)

    @cached_property
    def is_of_the_past(self) -> bool:
        """A document about the change itself names what was before."""
        return bool(_PAST.search(fold(self.case.document.subject or "")))

    def addressed(self) -> Iterator[_Mention]:
        """The units the document goes to."""
        pieces = list(self.case.of(Part.RECIPIENT))
        lines = self.case.head_lines
        begins = next((at for at, line in enumerate(lines) if "kinh gui" in line.folded), len(lines))
        pieces += lines[begins:]
        pieces += [one for one in self.case.main[:12] if "kinh gui" in one.folded]
        for piece in pieces:
            if not _PAST.search(piece.folded):
                yield from _mentions(piece)

    def said(self) -> Iterator[_Mention]:
        """The units the text speaks of, where it speaks of its own day."""
        if self.is_of_the_past:
            return
        for piece in self.case.of(*_SAID):
            if "kinh gui" in piece.folded or _PAST.search(piece.folded):
                continue
            for one in _mentions(piece):
                if not _CITED.search(piece.text[: one.start]) and not self.case.is_cited(piece, one.start):
                    yield one

    def is_said_of_before(self, mention: _Mention, day: date) -> bool:
        """Whether the words may be about a time before the day: the document's period, or a year in the text."""
        period = self.case.period
        if period is not None and (period.year, period.first_month) < (day.year, day.month):
            return True
        return any(int(year) <= day.year for year in _YEAR.findall(mention.piece.text))

    def bearers(self, mentions: Iterable[_Mention]) -> dict[Spelling, tuple[Bearer, ...]]:
        key = (frozenset(one.spelling for one in mentions), self.on)
        if key not in self.known:
            self.known[key] = bearers(key[0], self.near, self.on)
        return self.known[key]


def _mentions(piece: Piece) -> Iterator[_Mention]:
    for found in _UNIT.finditer(piece.text):
        after = _ABOVE.match(piece.text, found.end())
        above = _UNIT.fullmatch(after["unit"]) if after else None
        yield _Mention(
            piece,
            found.start(),
            found.end(),
            spelling(found["kind"], found["name"]),
            spelling(above["kind"], above["name"]) if above else None,
        )


def _written_as(quote: str, name: str) -> str:
    """The name in the capitals of what it is to stand for."""
    if quote.isupper():
        return name.upper()
    return name[:1].upper() + name[1:] if quote[:1].isupper() else name


# --- the rules ------------------------------------------------------------------------------------


def _ended(told: _Told) -> Found:
    """The issuer had ended, or had another name, on the document's day."""
    if told.issuer is None:
        return
    known = told.bearers([told.issuer]).get(told.issuer.spelling, ())
    became = _what_became(known, told.on)
    if became is not None:
        message = _("%(told)s Ghi tên cơ quan đúng vào ngày của văn bản, hoặc sửa ngày.")
        yield told.issuer.hit(
            message % {"told": _sentence(told.issuer.text, became)}, _fix(became), became.basis
        )


def _not_yet(told: _Told) -> Found:
    """The issuer came later. Only of the reader's own unit and those before it: of others the catalogue may not know who
    bore the name earlier."""
    if told.issuer is None:
        return
    known = told.bearers([told.issuer]).get(told.issuer.spelling, ())
    days = [one.first_day for one in known]
    if not known or any(day is None or day <= told.on for day in days):
        return
    own = {unit.pk for unit in told.near}
    if not {one.unit.pk for one in known} <= own | predecessor_ids(own, date.max):
        return
    first = min(known, key=lambda one: one.first_day or date.max)
    message = _("“%(name)s” chỉ có từ ngày %(day)s. Kiểm tra ngày của văn bản, hoặc ghi tên cơ quan khi đó.")
    day = printed_day(first.first_day or told.on)
    yield told.issuer.hit(message % {"name": told.issuer.text, "day": day}, None, first.names[0].legal_basis)


def _parent(told: _Told) -> Found:
    """The unit above in the letterhead was not above the issuer on that day."""
    issuer, parent = told.issuer, told.parent
    if issuer is None or parent is None or issuer.spelling == parent.spelling:
        return
    known = told.bearers([issuer, parent])
    units = [one.unit for one in known.get(issuer.spelling, ()) if one.bears(told.on)]
    named = {one.unit.pk for one in known.get(parent.spelling, ())}
    if len(units) != 1 or not named:
        return
    path = path_up(units[0], told.on)
    if not path or named & {one.pk for one in path}:
        return
    placed = units[0].placements.in_force(told.on).filter(parent=parent_of(units[0], told.on)).first()
    above = title_of(path[0], told.on)
    message = _(
        "Vào ngày %(day)s, %(unit)s không thuộc %(named)s mà thuộc %(above)s: sửa dòng cơ quan cấp trên."
    )
    yield parent.hit(
        message
        % {
            "day": printed_day(told.on),
            "unit": title_of(units[0], told.on),
            "named": parent.text,
            "above": above,
        },
        above,
        placed.legal_basis if placed else "",
    )


def _named(told: _Told) -> Found:
    """A unit that the document goes to or speaks of had ended, or had another name."""
    own = told.issuer.spelling if told.issuer else None
    mentions = [*((one, False) for one in told.addressed()), *((one, True) for one in told.said())]
    known = told.bearers(one for one, _is_said in mentions if one.spelling != own)
    became: dict[Spelling, Fate | None] = {}
    for mention, is_said in mentions:
        wanted = mention.spelling
        if wanted not in known:
            continue
        if wanted not in became:
            became[wanted] = _what_became(known[wanted], told.on)
        past = became[wanted]
        if past is None or not _is_meant(mention, known[wanted][0]):
            continue
        if is_said and told.is_said_of_before(mention, past.day):
            continue
        message = _("%(told)s Ghi đơn vị hiện nay; nếu nói về thời gian trước thì thêm “cũ” sau tên.")
        yield mention.hit(message % {"told": _sentence(mention.text, past)}, _fix(past), past.basis)


def _is_meant(mention: _Mention, bearer: Bearer) -> bool:
    """Whether the unit written after the name is one that the bearer stood under."""
    if mention.above is None:
        return True
    names = (name for unit in Unit.objects.filter(pk__in=bearer.above) for name in unit.names.all())
    return any(spelling(name.kind, name.name) == mention.above for name in names)


def _what_became(known: Sequence[Bearer], on: date) -> Fate | None:
    """What became of the only unit that had the name; `None` when there are several, or it has it still."""
    return fate(known[0], on) if len(known) == 1 else None


def _sentence(name: str, became: Fate) -> str:
    said = {"name": name, "day": printed_day(became.day), "now": ", ".join(became.now)}
    if became.is_renamed:
        return _("“%(name)s” đổi tên thành %(now)s từ ngày %(day)s.") % said
    if not became.now:
        return _("“%(name)s” không còn từ ngày %(day)s.") % said
    if became.is_one or len(became.now) == 1:
        return _("“%(name)s” không còn từ ngày %(day)s, nay thuộc %(now)s.") % said
    return _("“%(name)s” không còn từ ngày %(day)s, nay chia về %(now)s.") % said


def _fix(became: Fate) -> str | None:
    return became.now[0] if became.is_one else None
