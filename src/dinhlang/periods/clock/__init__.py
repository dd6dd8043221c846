"""The clock of a dossier or of citizens' feedback: it starts, stands still, goes on, is set anew once, and says why.

`appointment` folds what happened into the moment by which the answer is due and the sentences that explain it ("Vì sao hẹn
ngày này?"). Bộ luật Dân sự 2015, art. 147–148: the day of receipt does not count, a term that would end on a day off ends on
the next working day. NĐ 61/2018/NĐ-CP, art. 19: who will be late apologises in writing before that and sets a new day, once.
A term that begins again when papers have come never ends before the day that was promised so. Where another office decides,
the term of a dossier runs from when that office has it (NĐ 309/2026/NĐ-CP, art. 8).

How a pause is counted, which no law says: the day on which the clock is stopped counts, the day on which it goes on does
not, as the day of receipt. So stopping and going on within one day changes nothing, and nobody gains a day by it. A pause
that begins when the term is over changes nothing: late stays late.
"""

from dinhlang.periods.clock.appointment import Appointment, appointment, working_days_used
from dinhlang.periods.clock.events import Act, Elsewhere, Event, WrongEvent
from dinhlang.periods.clock.hours import USUAL_HOURS, VIETNAM, OfficeHours, Session
from dinhlang.periods.clock.term import BadTerm, Term

__all__ = [
    "USUAL_HOURS",
    "VIETNAM",
    "Act",
    "Appointment",
    "BadTerm",
    "Elsewhere",
    "Event",
    "OfficeHours",
    "Session",
    "Term",
    "WrongEvent",
    "appointment",
    "working_days_used",
]
