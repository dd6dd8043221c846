"""Figures of every level: sums of daily facts for a unit and all below it (ADR 0018, docs/rollup.md).

Nouns: `bucket` (a stretch of time that has sums of its own: a year, a month, the days 1 to 14 of a month), `piece` (a
bucket or a day, added or taken away to make up a window), `stay` (a time under one parent), `sums`.
Users: whoever watches from a province or the ministry, down to the line and its evidence; programs by the command
`dinhlang facts`. Law: the window of a periodic report, NĐ 09/2019/NĐ-CP, Điều 12 (15/12 – 14/6).
"""
