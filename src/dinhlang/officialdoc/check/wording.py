"""Kinds of words that many rules look for: days, months and years, units and their bodies."""

from __future__ import annotations

from dinhlang.officialdoc.check.noted import signs, word_kind, words

DAY, MONTH, QUARTER, YEAR = words("ngày"), words("tháng"), words("quý"), words("năm")

NUMBER = word_kind(str.isdecimal)

SLASH, PERCENT_SIGN, COLON, BRACKET, DASH = signs("/"), signs("%"), signs(":"), signs("("), signs("-–—")

SO = words("số")
"""As it stands before the number of a document."""

OF_2000S = word_kind(lambda word: word.isdecimal() and word.startswith("20"))
"""A number that begins as our years do."""

IN_UNIT = word_kind(frozenset(["xã", "phường", "trấn", "khu"]).__contains__)
"""The last word of each level of a commune, as it stands in a sentence before a name."""

OF_BODY = word_kind(lambda word: word.endswith(("UBND", "HĐND")) or word in ("dân", "ủy", "đạo"))
"""The last word of 'UBND', 'Hội đồng nhân dân', 'Đảng ủy', 'lãnh đạo' as it stands in a sentence."""
