"""Completeness, timeliness and quality of the reports that are owed, as open data: of a unit, or of all below a province.

Open to all only where the unit says so. A row is one report that one unit owes: no person, no reason of a delay, no letter
that asked for something once. Nouns: file (một chương trình trong một năm, .csv và .json), as of (tính đến ngày).
"""
