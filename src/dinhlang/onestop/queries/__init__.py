"""What can be asked of the register. Names and addresses are opened row by row, for whoever may see them."""

from dinhlang.onestop.queries.asking import has_survey_slip, survey_of
from dinhlang.onestop.queries.counter import (
    Procedure,
    due_by_the_version,
    often_received,
    procedures_to_choose,
    rules_on,
    version_to_receive,
)
from dinhlang.onestop.queries.dossiers import (
    REGISTER_OF_REFUSALS,
    SOON,
    Asked,
    as_step,
    book_rows,
    dossiers,
    journey_of,
    refusal_of,
    steps_of,
    taken_back,
    term_of,
)
from dinhlang.onestop.queries.figures import counted, figures, figures_by_field, first_day, results_of
from dinhlang.onestop.queries.handing_on import to_hand_on
from dinhlang.onestop.queries.supplements import asked_late, dossiers_asked_late
from dinhlang.onestop.queries.waiting import Waits, waits
from dinhlang.onestop.queries.years import Year, counted_year, kept_of, year_of

__all__ = [
    "REGISTER_OF_REFUSALS",
    "SOON",
    "Asked",
    "Procedure",
    "Waits",
    "Year",
    "as_step",
    "asked_late",
    "book_rows",
    "counted",
    "counted_year",
    "dossiers",
    "dossiers_asked_late",
    "due_by_the_version",
    "figures",
    "figures_by_field",
    "first_day",
    "has_survey_slip",
    "journey_of",
    "kept_of",
    "often_received",
    "procedures_to_choose",
    "refusal_of",
    "results_of",
    "rules_on",
    "steps_of",
    "survey_of",
    "taken_back",
    "term_of",
    "to_hand_on",
    "version_to_receive",
    "waits",
    "year_of",
]
