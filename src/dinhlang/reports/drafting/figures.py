"""The figures of a report being drafted: placed in its text once they are called for, and what is missing behind them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from dinhlang.officialdoc.model import Run
from dinhlang.org.models import Unit
from dinhlang.reports.models import Obligation
from dinhlang.reports.outline import Mark, Marks, OutlineError
from dinhlang.reports.rules import HEADLINE, PROGRAMME, change
from dinhlang.reports.sources import Sources, Stated, is_share, label_of, points_of
from dinhlang.work.concepts import CONCEPTS, FROM_PLAN, PARTS_ONLY

WHICH = ("current", "previous", "same")


@dataclass(frozen=True, slots=True)
class Missing:
    """Something a person must still bring, as a sentence; `concept` when it is evidence of a figure."""

    message: str
    concept: str = ""


class StatisticWords:
    """A line of statistics; the figure is placed only when the outline prints it."""

    def __init__(self, drafting: Figures, concept: str) -> None:
        self._drafting, self._concept = drafting, concept
        self.label = CONCEPTS[concept].label
        self.measure = CONCEPTS[concept].unit

    @property
    def figure(self) -> Mark:
        return self._drafting.figure(self._concept)

    @property
    def change(self) -> str:
        return self._drafting.change(self._concept)


@dataclass
class Figures:
    """One report being drafted. `on` is the day whose names, posts and recipient it prints.

    `owed` is what the report meets, where anybody asked for it. `wanted` are the names its outline speaks of: a report that cites no plan is not told that it lacks one.
    """

    unit: Unit
    sources: Sources
    on: date
    marks: Marks
    placed: dict[str, Stated] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    programme: str = PROGRAMME
    wanted: frozenset[str] = frozenset({"plan", "next_tasks"})
    owed: Obligation | None = None

    def figure(self, concept: str, which: str = "current") -> Mark:
        """Place a figure: a run with an anchor, '…' when nothing shows it."""
        if concept not in CONCEPTS or which not in WHICH:
            raise OutlineError(
                None, f"không có chỉ tiêu “{concept}” của kỳ “{which}”. Đối chiếu với đề cương mẫu."
            )
        return self.place(
            self.sources.stated(concept, which), concept if which == "current" else f"{concept}_{which}"
        )

    def place(self, stated: Stated, anchor: str) -> Mark:
        """The mark of a figure's run; what is missing behind it is noted."""
        if stated.value is None:
            self._note_missing(stated)
        elif stated.window == self.sources.window:
            # Of a share what lacks evidence is told of the whole it is taken of, once, whoever prints either.
            whole = CONCEPTS[stated.concept].denominator if is_share(stated.concept) else None
            counted = self.sources.stated(whole) if whole else stated
            if counted.unevidenced_lines:
                self._note_unevidenced(counted)
        name = self.marks.anchor(anchor.replace("-", "_"))
        self.placed[name] = stated
        return self.marks.run(Run(stated.printed, fact=name))

    def known(self, concept: str, which: str = "current") -> bool:
        return concept in CONCEPTS and self.sources.stated(concept, which).value is not None

    def change(self, concept: str) -> str:
        """', tăng 12,5% so với cùng kỳ năm trước'; nothing when the two cannot be compared."""
        now, before = self.sources.stated(concept), self.sources.stated(concept, "same")
        words = change(now.known, before.known, is_share=is_share(concept), points=points_of(concept))
        if not words:
            return ""
        return ", bằng cùng kỳ năm trước" if words == "bằng" else f", {words} so với cùng kỳ năm trước"

    @cached_property
    def rows(self) -> list[str]:
        """The concepts worth a line: those with a figure, those the plan's work should give, and the articles of a
        report on communication."""
        progress = self.sources.progress
        begun = [row.task for row in progress.tasks if row.is_completed is not None] if progress else []
        usual = {"articles"} if self.programme == PROGRAMME else set()
        expected = usual | {
            HEADLINE[kind] for task in begun for kind in task.expected_kinds if kind in HEADLINE
        }
        return [
            concept
            for concept in CONCEPTS
            if concept not in FROM_PLAN | PARTS_ONLY
            and (concept in expected or self.known(concept) or self._known_before(concept))
        ]

    def _worth_telling(self) -> list[str]:
        return [concept for concept in self.rows if concept != "articles"]

    def _known_before(self, concept: str) -> bool:
        return self.known(concept, "previous") or self.known(concept, "same")

    def _note_missing(self, stated: Stated) -> None:
        if stated.window == self.sources.window and stated.concept in CONCEPTS:
            noted = Missing(CONCEPTS[stated.concept].missing, stated.concept)
            if noted not in self.missing:
                self.missing.append(noted)

    def _note_unevidenced(self, stated: Stated) -> None:
        """A figure of these days that is known, but not wholly shown: an earlier period's evidence was that report's matter."""
        noted = Missing(
            f"{label_of(stated.concept)}: {stated.unevidenced_lines} trên {stated.lines} dòng sổ chưa có minh chứng. "
            "Bổ sung minh chứng trong sổ theo dõi.",
            stated.concept,
        )
        if noted not in self.missing:
            self.missing.append(noted)
