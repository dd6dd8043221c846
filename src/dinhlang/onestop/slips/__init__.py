"""The forms of the one-stop desk, filled in: as documents of `officialdoc`, then as .docx and PDF.

`words` says what stands in each, `parts` what they share, `book` the tracking book, `files` makes files of them. Numbers of
forms are those of the circular in force on the day of the slip (`rules.regimes`): the control slip was 05 until 14/9/2025 and
is 06 since. What the circulars ask for is taken from the regulation notes of the project; wording is ours.

Documents stay Vietnamese in both languages (docs/translation.md), so their words are not marked for translation.
"""

from dinhlang.onestop.slips.files import SlipFile, book_file, fee_file, payment_code, slip_file
from dinhlang.onestop.slips.words import NotThere, available, slip

__all__ = ["NotThere", "SlipFile", "available", "book_file", "fee_file", "payment_code", "slip", "slip_file"]
