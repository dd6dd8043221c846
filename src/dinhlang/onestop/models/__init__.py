"""What is stored of dossiers. Names, addresses and telephones are sealed: the database does not read them."""

from dinhlang.onestop.models.counter import CounterRules
from dinhlang.onestop.models.dossiers import (
    Book,
    Channel,
    Dossier,
    DossierStep,
    Refusal,
    ReturnWay,
    Source,
    SurveySlip,
)
from dinhlang.onestop.models.guidance import Guidance, GuidanceWay, GuidedDay
from dinhlang.onestop.models.imports import (
    ConfirmedRows,
    Finding,
    FindingKind,
    ImportLayout,
    ImportRun,
    RunState,
)
from dinhlang.onestop.models.steps import StepVersion
from dinhlang.onestop.models.support import (
    AgeGroup,
    Sex,
    Support,
    SupportedDay,
    SupportMatter,
    SupportOutcome,
    SupportPlace,
)
from dinhlang.onestop.models.telling import CountedDay, Reminder, ToldDay, YearFigures

__all__ = [
    "AgeGroup",
    "Book",
    "Channel",
    "ConfirmedRows",
    "CountedDay",
    "CounterRules",
    "Dossier",
    "DossierStep",
    "Finding",
    "FindingKind",
    "Guidance",
    "GuidanceWay",
    "GuidedDay",
    "ImportLayout",
    "ImportRun",
    "Refusal",
    "Reminder",
    "ReturnWay",
    "RunState",
    "Sex",
    "Source",
    "StepVersion",
    "Support",
    "SupportMatter",
    "SupportOutcome",
    "SupportPlace",
    "SupportedDay",
    "SurveySlip",
    "ToldDay",
    "YearFigures",
]
