"""Vietnamese: 20/7/2023, 14:30, 1.234.567,5; the week begins on Monday."""

DATE_FORMAT = "j/n/Y"
SHORT_DATE_FORMAT = "j/n/Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "H:i j/n/Y"
SHORT_DATETIME_FORMAT = "H:i j/n/Y"
YEAR_MONTH_FORMAT = r"\t\há\n\g n/Y"
MONTH_DAY_FORMAT = "j/n"
FIRST_DAY_OF_WEEK = 1

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3

# A year of two digits is not read: a day that can be taken in two ways is for a person to settle.
DATE_INPUT_FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%H:%M:%S.%f", "%Hh%M", "%Hh"]
DATETIME_INPUT_FORMATS = [
    *(f"{day} {hour}" for day in DATE_INPUT_FORMATS for hour in TIME_INPUT_FORMATS),
    *(f"{hour} {day}" for day in DATE_INPUT_FORMATS for hour in TIME_INPUT_FORMATS),
    *DATE_INPUT_FORMATS,
]
