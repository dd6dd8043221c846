"""English as a second language of the same office: the day first, its month by name where there is room.

Numbers are written and read as in Vietnamese. They stand beside figures of documents, and 1.234 must not mean a
thousand on one page and hardly more than one on the next.
"""

from dinhlang.config.formats.vi import formats as vietnamese

DATE_FORMAT = "j F Y"
SHORT_DATE_FORMAT = vietnamese.SHORT_DATE_FORMAT
TIME_FORMAT = vietnamese.TIME_FORMAT
DATETIME_FORMAT = "H:i, j F Y"
SHORT_DATETIME_FORMAT = vietnamese.SHORT_DATETIME_FORMAT
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
FIRST_DAY_OF_WEEK = vietnamese.FIRST_DAY_OF_WEEK

DECIMAL_SEPARATOR = vietnamese.DECIMAL_SEPARATOR
THOUSAND_SEPARATOR = vietnamese.THOUSAND_SEPARATOR
NUMBER_GROUPING = vietnamese.NUMBER_GROUPING

DATE_INPUT_FORMATS = [*vietnamese.DATE_INPUT_FORMATS, "%d %B %Y", "%d %b %Y"]
TIME_INPUT_FORMATS = vietnamese.TIME_INPUT_FORMATS
DATETIME_INPUT_FORMATS = vietnamese.DATETIME_INPUT_FORMATS
