"""Files of procedures read into records: lists (.xlsx, .csv, .json), decisions with their annex, single sheets.

Reading changes nothing; what could not be understood stays in its words (`Sheet.unread`) and is told (`Record.doubts`).
"""

from dinhlang.procedures.reading.files import read
from dinhlang.procedures.reading.record import Reading, Record

__all__ = ["Reading", "Record", "read"]
