"""Whether what a question rests on is in force: doubts for whoever writes or approves a bank, never a refusal."""

from __future__ import annotations

from datetime import date

from dinhlang.citizens.rules.answers import Outdated, outdated
from dinhlang.citizens.surveys.rules.definition import Question


def doubts(question: Question, on: date) -> list[Outdated]:
    """Acts that are not in force on the day, cited by the question, its right answers or its explanation; each once.

    Wrong answers are left out: an act of yesterday is a good one.
    """
    right = (one.text for one in question.options if one.correct)
    words = "\n".join((question.text, question.help, *right, question.explanation))
    return list({one.quote: one for one in outdated(words, on)}.values())
