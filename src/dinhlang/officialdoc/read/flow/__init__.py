"""What the formats of word processors have in common: paragraphs and tables in the order of reading, before they are lines.

`pieces` are stretches of text that know where they came from, `blocks` the paragraphs and tables made of them,
`grids` tells tables of data from tables that only place text and puts merged cells right, and `printer` makes of
all the lines that the reader of text knows: a paragraph a line, a row of data between '|'.
"""

from __future__ import annotations

from dinhlang.officialdoc.read.flow.blocks import Block, Cell, Paragraph, Row, Table
from dinhlang.officialdoc.read.flow.pieces import Piece, Printed
from dinhlang.officialdoc.read.flow.printer import are_whole, printed

__all__ = ["Block", "Cell", "Paragraph", "Piece", "Printed", "Row", "Table", "are_whole", "printed"]
