"""What is stored of cases, of their answers, and of what is made public of them.

Events and openings of the original are only added to, the database refuses the rest; they hold no words of anybody, so that
these can be erased (`org.ledger_triggers`, `citizens.personal`).
"""

from dinhlang.citizens.models.answers import Answer, Publication, PublicText, Renewal, StandardReply
from dinhlang.citizens.models.cases import Case, CaseEvent, CaseFile, CaseOpening, CaseReminder, CaseWords
from dinhlang.citizens.models.contests import (
    Contest,
    ContestAnswer,
    ContestDraw,
    ContestSitting,
    ContestWeek,
)
from dinhlang.citizens.models.handling import HandlingRules, Route
from dinhlang.citizens.models.keys import Open311Key
from dinhlang.citizens.models.mail import CaseMail
from dinhlang.citizens.models.surveys import (
    PaperBatch,
    PaperEntry,
    Survey,
    SurveyAnswer,
    SurveyRemark,
    SurveyRound,
    SurveyToken,
    SurveyVersion,
)
from dinhlang.citizens.models.training import (
    TrainingAnswer,
    TrainingCall,
    TrainingClass,
    TrainingFile,
    TrainingGuest,
)

__all__ = [
    "Answer",
    "Case",
    "CaseEvent",
    "CaseFile",
    "CaseMail",
    "CaseOpening",
    "CaseReminder",
    "CaseWords",
    "Contest",
    "ContestAnswer",
    "ContestDraw",
    "ContestSitting",
    "ContestWeek",
    "HandlingRules",
    "Open311Key",
    "PaperBatch",
    "PaperEntry",
    "PublicText",
    "Publication",
    "Renewal",
    "Route",
    "StandardReply",
    "Survey",
    "SurveyAnswer",
    "SurveyRemark",
    "SurveyRound",
    "SurveyToken",
    "SurveyVersion",
    "TrainingAnswer",
    "TrainingCall",
    "TrainingClass",
    "TrainingFile",
    "TrainingGuest",
]
