"""Rows of an imported table as lines of the ledger: headings, then cell by cell.

A package of its own beside `rules`: reading what people typed is long, what is true of a line is short.
"""

from dinhlang.work.rows.cells import read_count
from dinhlang.work.rows.columns import Column, HeadingsUnknown, column_letters, columns_of
from dinhlang.work.rows.judging import judge
from dinhlang.work.rows.words import PARTS

__all__ = ["PARTS", "Column", "HeadingsUnknown", "column_letters", "columns_of", "judge", "read_count"]
