"""What the outline of a consolidated report may speak of, beside what every outline may."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files

from dinhlang.officialdoc.model import Table
from dinhlang.org import queries as org
from dinhlang.org.language import kept_in_vietnamese
from dinhlang.reports import outline
from dinhlang.reports.consolidation.past import Outlier, outliers
from dinhlang.reports.consolidation.proposing import groups_of, source_of
from dinhlang.reports.consolidation.rules import outlines
from dinhlang.reports.consolidation.sources import ChildSources
from dinhlang.reports.consolidation.taken import Figure, Taken
from dinhlang.reports.consolidation.taking import ruling_over
from dinhlang.reports.consolidation.words import unusual_in_words
from dinhlang.reports.dossiers import Dossiers
from dinhlang.reports.drafting import Drafting, Missing
from dinhlang.reports.models import Consolidation, Programme, Request
from dinhlang.reports.outline import GAP, Mark
from dinhlang.reports.queries.standing import imported_outline
from dinhlang.reports.queries.standing import outline_name as outline_asked
from dinhlang.reports.rules import PROGRAMME, REQUESTED, printed_value, request_of
from dinhlang.reports.sources import CHILDREN, UNITS_DUE, UNITS_SENT, Stated, label_of
from dinhlang.reports.words import PlanWords, TaskWords, request_words
from dinhlang.vietnamese.text import lower_first
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN
from dinhlang.work.models import Activity

# What a reader from above looks for first; the table of units has those of these that are known.
_COLUMNS = (
    "articles",
    "broadcasts",
    "meetings",
    "posts",
    "attendees",
    "leaflets",
    "dossiers_received",
    "on_time_share",
    "online_share",
    "satisfaction",
    "dossiers_resolved",
    "dossiers_late",
    "dossiers_open",
)
_MOST_COLUMNS = 5
_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class GroupWords:
    """A group of proposals in the document: what is asked, and who asks it."""

    words: str
    source: str


class ConsolidatedDrafting(Drafting):
    """A consolidated report being drafted."""

    def __init__(self, taken: Taken, sources: ChildSources, on: date, decided: Consolidation | None) -> None:
        super().__init__(taken.unit, sources, on, outline.Marks(), programme=taken.programme)
        self.taken = taken
        self._decided = decided

    def context(self) -> Mapping[str, object]:
        """The names a consolidated outline may use."""
        known = super().context()
        self._note_unusual()
        self._note_uncounted()
        return {
            **known,
            "children": self.taken.word,
            "coverage": self._coverage(),
            "own": bool(self.taken.own),
            "joint": self._joint(),
            "proposals": list(self._proposals()),
            "programme": self._programme(),
        }

    # --- what it speaks for -----------------------------------------------------------------------

    def _coverage(self) -> Mark:
        """The coverage sentence; its numbers are figures, which nobody can type over."""
        coverage, taken = self.taken.coverage, self.taken
        sent = self.place(self._count(UNITS_SENT, coverage.counted), "units_sent")
        due = self.place(self._count(UNITS_DUE, coverage.due), "units_due")
        return Mark(coverage.told(sent, due, taken.word, taken.names, taken.order))

    def _count(self, concept: str, count: int) -> Stated:
        return Stated(concept, self.taken.window, count, origin=CHILDREN, lines=self.taken.coverage.counted)

    def _joint(self) -> int:
        """How many events were reported by more than one unit and are counted once."""
        keys = {
            event.keys
            for concept in CONCEPTS
            for event in self.taken.sum_of(concept).events(self.taken.apart)
        }
        return len(keys)

    def _programme(self) -> str:
        """What is reported on: 'kết quả tuyên truyền cải cách hành chính'."""
        request = request_of(self.taken.programme)
        if request is not None:
            words = request_words(Request.objects.get(pk=request)).subject
            return lower_first(words)
        found = Programme.objects.filter(pk=self.taken.programme).first()
        name = found.name if found else "kết quả thực hiện"
        return name.removeprefix("Báo cáo ")

    def _proposals(self) -> Iterator[GroupWords]:
        taken = self.taken
        for group in groups_of(taken, self._decided):
            words = group.words.rstrip(".")
            yield GroupWords(words, source_of(group, taken.word, taken.names, taken.order))

    # --- what is no part of it ----------------------------------------------------------------------

    def _plan_words(self) -> PlanWords | None:
        """A consolidated report cites no plan; those of the units are counted."""
        return None

    def _next_tasks(self) -> list[TaskWords]:
        return []

    def _lines_of_fields(self) -> list[Activity]:
        """Units submit figures, not what each line is of."""
        return []

    # --- what to look at ------------------------------------------------------------------------------

    def _note_unevidenced(self, stated: Stated) -> None:
        noted = Missing(
            f"{label_of(stated.concept)}: {stated.unevidenced_lines} đơn vị báo số liệu không kèm minh chứng. "
            "Mở số liệu để xem đơn vị nào, trả lại nếu cần.",
            stated.concept,
        )
        if noted not in self.missing:
            self.missing.append(noted)

    def _note_missing(self, stated: Stated) -> None:
        if stated.window == self.sources.window and stated.concept in CONCEPTS:
            noted = Missing(f"{label_of(stated.concept)}: chưa đơn vị nào báo số liệu.", stated.concept)
            if noted not in self.missing:
                self.missing.append(noted)

    @kept_in_vietnamese
    def _note_unusual(self) -> None:
        for one in self.unusual[:_MOST_TOLD]:
            self.missing.append(Missing(unusual_in_words(one, self.taken)))

    def _note_uncounted(self) -> None:
        """Shares that were given without their counts cannot be taken into a sum."""
        for concept in CONCEPTS:
            units = self.taken.sum_of(concept).uncounted
            if units:
                named = ", ".join(self.taken.names[one] for one in self.taken.order if one in units)
                self.missing.append(
                    Missing(
                        f"{label_of(concept)}: {named} chỉ ghi tỷ lệ, không có tử số và mẫu số, nên không cộng được. "
                        "Đề nghị đơn vị gửi đủ hai số.",
                        concept,
                    )
                )

    @cached_property
    def unusual(self) -> list[Outlier]:
        """What is unusual for a unit, against its own earlier reports."""
        return outliers(self.taken)

    # --- tables ---------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> list[str]:
        """The concepts worth a line: those any unit gave, now or before, and the articles."""
        return [
            concept
            for concept in CONCEPTS
            if (concept not in FROM_PLAN or self.known(concept))
            and (
                (concept == "articles" and self.programme == PROGRAMME)
                or self.known(concept)
                or self._known_before(concept)
            )
        ]

    def _tables(self, rows: Sequence[TaskWords]) -> Callable[[str], Mark]:
        others = super()._tables(rows)
        return lambda name: self._unit_table() if name == "units" else others(name)

    def _by_field(self) -> Mapping[str, Dossiers]:
        """Reports from below say nothing of fields; the unit's own register alone would not add up to them."""
        return {}

    def _unit_table(self) -> Mark:
        """A line for each unit, and the sums as figures. Cells of units are text: their figures open on the desk."""
        taken = self.taken
        concepts = main_concepts(taken)
        header = ("STT", "Đơn vị", *(label_of(one) for one in concepts))
        lines = [
            (str(number), _capital(taken.names[unit]), *(self._cell(unit, one) for one in concepts))
            for number, unit in enumerate(taken.counted, start=1)
        ]
        if taken.own:
            own = [taken.own.get(one) for one in concepts]
            lines.append(("", _capital(taken.names[taken.unit.pk]), *map(_printed, own)))
        doubled = [taken.doubled(one) for one in concepts]
        if any(doubled):
            cells = (f"−{printed_value(one)}" if one else "" for one in doubled)
            lines.append(("", "Trừ phần nhiều đơn vị cùng báo", *cells))
        if concepts:
            lines.append(("", "Cộng", *(self.figure(one) for one in concepts)))
        each = 62.0 / max(len(concepts), 1)
        return self.marks.table(Table(header, tuple(lines), (8.0, 30.0, *(each for _ in concepts))))

    def _cell(self, unit: str, concept: str) -> str:
        if unit in self.taken.coverage.nil:
            return "0"
        return _printed(self.taken.figures.get(concept, {}).get(unit))


def main_concepts(taken: Taken, wanted: Sequence[str] = ()) -> list[str]:
    """The concepts that a table of units shows: those asked for, then those a reader looks for first and that are known."""
    asked = [one for one in dict.fromkeys(wanted) if one]
    known = [one for one in _COLUMNS if one not in asked and taken.value(one) is not None]
    return [*asked, *known[: max(_MOST_COLUMNS - len(asked), 0)]]


def _printed(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return GAP
    return f"{figure.exactness} {printed_value(figure.value)}".strip()


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def drafting_of(taken: Taken, today: date, decided: Consolidation | None = None) -> ConsolidatedDrafting:
    """The drafting of what was taken; names, posts and recipient are those of the day."""
    regime = ruling_over(taken.unit, taken.programme, taken.period).rule
    on = today if org.exists_on(taken.unit, today) else taken.window.end
    return ConsolidatedDrafting(taken, ChildSources(taken, regime), on, decided)


def outline_text(programme: str, named: str = "") -> str:
    """The outline of a programme's consolidated report, where the unit has none of its own.

    One that is shipped for it; else the outline that came in with the programme (`named` is the one its regime names),
    with what a report of many units needs beside it; else the one that is shipped for all.
    """
    there = files("dinhlang.reports") / "outlines"
    name = named or outline_asked(programme)
    shipped = there / f"consolidated-{name}.txt"
    if shipped.is_file():
        return shipped.read_text("utf-8")
    common = (there / "consolidated.txt").read_text("utf-8")
    own = imported_outline(name)
    return common if own is None else outlines.joined(own.text, common)


def outline_name(programme: str) -> str:
    """Under which name the outline of a programme's consolidated report is kept."""
    kept = programme if request_of(programme) is None else REQUESTED.rstrip("-")
    return f"tong-hop-{kept}"[:40]
